"""A section of a form as it stands on the page, with a title that folds it; what is folded is made once it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.form import Section
from ipt_desktop.domain.text import _, within_a_line
from ui.theme import Theme
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.tab_order import go_in_order, stops_in


class SectionView(QWidget):
    """A section: its title folds and unfolds it; one without a title is always open.

    `opening` says that its body is about to be seen: what is in it need not be made before.
    """

    opening = Signal()

    def __init__(self, section: Section, theme: Theme, parent: QWidget, *, label_column: int) -> None:
        super().__init__(parent)
        self.section = section
        self.setObjectName(f"section_{section.key}")
        self.has_label_column = label_column > 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("s"))
        self._fold: Button | None = None
        self._head: list[QWidget] = []
        self.body = QWidget(self)
        self.body.setObjectName(f"section_{section.key}_body")
        self.grid = QGridLayout(self.body)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(0)
        self.grid.setVerticalSpacing(theme.px(theme.space("m") - 2))
        self.grid.setColumnMinimumWidth(0, theme.px(label_column))
        self.grid.setColumnStretch(1, 1)
        if section.title:
            rule = QFrame(self)
            rule.setProperty("role", "line")
            rule.setFixedHeight(1)
            column.addWidget(rule)
            self._fold = self._make_fold()
            column.addLayout(self._make_title(self._fold))
            self._head = [rule, self._fold, self._inside]
        column.addWidget(self.body)
        self.set_folded(section.is_folded and bool(section.title))

    def _make_title(self, fold: Button) -> QHBoxLayout:
        """Return the title, and beside it what waits inside while it is folded."""
        row = QHBoxLayout()
        self._inside = label("", self, kind="label", tone="text_soft", name=f"{self.objectName()}_inside", wraps=True)
        row.addWidget(fold)
        row.addWidget(self._inside, 1)
        return row

    def _make_fold(self) -> Button:
        name = f"{self.objectName()}_fold"
        made = Button(_(self.section.title), self, kind="quiet", name=name, icon="chevron-down")
        made.setProperty("is_section", True)
        made.clicked.connect(self._on_fold)
        return made

    @property
    def is_folded(self) -> bool:
        """Whether only its title shows."""
        return not self.body.isVisibleTo(self)

    def show_as_page(self) -> None:
        """Show without the title, which stands elsewhere."""
        self.opening.emit()
        for part in self._head:
            part.hide()
        self.body.show()

    def set_folded(self, is_folded: bool) -> None:
        """Fold or unfold."""
        if not is_folded:
            self.opening.emit()
        self.body.setVisible(not is_folded)
        if self._fold is not None:
            inside = " · ".join(within_a_line(_(each.label)) for each in self.section.fields)
            self._inside.setText(inside if is_folded else "")
            self._fold.set_icon("chevron-right" if is_folded else "chevron-down", "text_soft")
            self._fold.setAccessibleDescription(_("folded") if is_folded else _("unfolded"))

    def let_tab_through(self) -> None:
        """Let Tab go from the title through what was made later than what stands below."""
        if self._fold is not None:
            go_in_order((self._fold, *stops_in(self.body)))

    def _on_fold(self) -> None:
        self.set_folded(not self.is_folded)


class Unmade:
    """The fields of folded sections, made when their section opens or one of them is asked for."""

    def __init__(self) -> None:
        self._makers: dict[SectionView, Callable[[], None]] = {}

    def put_off(self, make: Callable[[], None], view: SectionView) -> None:
        """Call `make` for the fields of a folded section when it is time."""
        self._makers[view] = make
        view.opening.connect(partial(self._make, view))

    def make_all(self) -> None:
        """Make what has been put off."""
        for view in list(self._makers):
            self._make(view)

    def clear(self) -> None:
        """Make none of it any more."""
        self._makers = {}

    def _make(self, view: SectionView) -> None:
        make = self._makers.pop(view, None)
        if make is not None:
            make()
