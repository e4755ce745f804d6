"""What the records say, above what is written and in line with it: a label, words, and the way to change them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.forms.form_view import LABEL_COLUMN
from ui.phases.parting import let_go
from ui.phases.text_growth import TextGrowth
from ui.widgets.buttons import link
from ui.widgets.labels import label


@dataclass(frozen=True, slots=True)
class FactRow:
    """A row by its key; `change` are the words of the link that leads to where it is changed."""

    key: str
    title: str
    words: str
    change: str = ""


class FactRows(QWidget):
    """Read, never written. `change_asked` carries the key of a row."""

    change_asked = Signal(str)

    def __init__(self, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(_("From the records"))
        self._rows: tuple[FactRow, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._parting: list[QWidget] = []
        TextGrowth(self, self._lay_out)

    def show_rows(self, rows: Sequence[FactRow]) -> None:
        """Show these rows."""
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self._lay_out()

    def _lay_out(self) -> None:
        self._parting = let_go(self._column)  # one of them may be the sender of what led here
        look, inner = theme.current(), QWidget(self)
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, look.space("s"))
        grid.setHorizontalSpacing(look.space("s"))
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, look.px(LABEL_COLUMN) - look.space("s"))
        grid.setColumnStretch(1, 1)
        for number, row in enumerate(self._rows):
            title = label(row.title, inner, kind="label", tone="text_soft", name=f"fact_{row.key}_label", wraps=True)
            title.setFixedWidth(look.px(LABEL_COLUMN) - look.space("s"))
            words = label(row.words, inner, name=f"fact_{row.key}", wraps=True)
            for made, style in ((title, "label"), (words, "body")):  # in line with the link
                made.setContentsMargins(0, (look.size("control") - look.line_height(style)) // 2, 0, 0)
            grid.addWidget(title, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, number, 1, Qt.AlignmentFlag.AlignTop)
            if row.change:
                spoken = f"{row.title}: {row.change}"
                change = link(row.change, inner, name=f"fact_{row.key}_change", icon="pencil", spoken=spoken)
                change.setProperty("row", row.key)
                change.clicked.connect(self._on_change)
                grid.addWidget(change, number, 2, Qt.AlignmentFlag.AlignTop)
        grid.setRowMinimumHeight(len(self._rows), look.space("s"))  # several lines end above the rule, not at it
        rule = QFrame(inner)
        rule.setProperty("role", "line")
        rule.setFixedHeight(1)
        grid.addWidget(rule, len(self._rows) + 1, 0, 1, 3)
        self._column.addWidget(inner)
        inner.show()

    def _on_change(self) -> None:
        self.change_asked.emit(str(self.sender().property("row")))

    def forget(self) -> None:
        """Let go of every word."""
        self.show_rows(())
