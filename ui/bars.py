"""The bars above the pages: one for what happens, and above it one for what holds of the whole practice.

Between them stands the one that asks about a flagged answer of the client chosen.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ui.widgets.inline_bar import InlineBar

if TYPE_CHECKING:
    from ui.risk.safety_bar import SafetyBar

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

    @cached_property
    def safety_bar(self) -> SafetyBar:
        """The one about a flagged answer; made when there is one."""
        from ui.risk.safety_bar import SafetyBar

        bar = SafetyBar(self)
        self._column.insertWidget(self._column.indexOf(self.bar), bar)
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
        for each in self._made():
            each.clear()

    def _fit(self) -> None:
        """Keep room around the bars only while one is there: a layout's margins stay when all in it is hidden."""
        is_any_shown = any(each.isVisibleTo(self) for each in (self.bar, *self._made()))
        self._column.setContentsMargins(*(MARGINS if is_any_shown else (0, 0, 0, 0)))
        self.setVisible(is_any_shown)

    def _made(self) -> list[InlineBar]:
        """Return those of the other bars that were needed so far."""
        return [vars(self)[name] for name in ("practice_bar", "safety_bar") if name in vars(self)]
