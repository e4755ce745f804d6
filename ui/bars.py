"""The bars above the pages: one for what happens, and above it one for what holds of the whole practice."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ui.widgets.inline_bar import InlineBar

MARGINS = (16, 10, 16, 0)


class Bars(QWidget):
    """Takes no room while nothing is said."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("bars")
        self._column = QVBoxLayout(self)
        self.bar = InlineBar(self, name="window_bar")
        self._column.addWidget(self.bar)
        self.bar.shown.connect(self._fit)
        self._home: tuple[QBoxLayout, int] | None = None
        self._fit()

    @cached_property
    def practice_bar(self) -> InlineBar:
        """The upper one; made when it is first needed."""
        bar = InlineBar(self, name="practice_bar")
        self._column.insertWidget(0, bar)
        bar.shown.connect(self._fit)
        return bar

    def lend_to(self, layout: QBoxLayout) -> None:
        """Show in another place: what is said must not wait behind a page that is shown alone."""
        home = self.parentWidget()
        own = home.layout() if home is not None else None
        assert isinstance(own, QBoxLayout)  # noqa: S101 - bars stand in a column
        self._home = own, own.indexOf(self)
        layout.addWidget(self)

    def come_home(self) -> None:
        """Show again where they belong."""
        if self._home is not None:
            own, place = self._home
            self._home = None
            own.insertWidget(place, self)

    def clear(self) -> None:
        """Take all of them away."""
        self.bar.clear()
        if "practice_bar" in vars(self):
            self.practice_bar.clear()

    def _fit(self) -> None:
        """Keep room around the bars only while one is there: a layout's margins stay when all in it is hidden."""
        known = [self.bar, *([self.practice_bar] if "practice_bar" in vars(self) else [])]
        is_any_shown = any(each.isVisibleTo(self) for each in known)
        self._column.setContentsMargins(*(MARGINS if is_any_shown else (0, 0, 0, 0)))
        self.setVisible(is_any_shown)
