"""One result, read: its answers by item, its scores, what they raised, and the ways to change it or to its session."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui.phases.parting import let_go
from ui.widgets.buttons import icon_button, link
from ui.widgets.chips import ChipRow
from ui.widgets.labels import label
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ui.progress.result_reading import ResultTold


class ResultPanel(QFrame):
    """`changed`, `removed` and `print_asked` carry the id of the result, `session_asked` its session’s."""

    changed = Signal(str)
    removed = Signal(str)
    session_asked = Signal(str)
    print_asked = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "result", _("One result"))
        self.setProperty("role", "card")
        self.result_id = ""
        self._parting: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 10, 20, 12)
        column.setSpacing(6)
        head = QHBoxLayout()
        self._title = label("", self, kind="title", name="result_title", wraps=True)
        self.top = self._close = icon_button("x", self, name="result_close", spoken=_("Close"))
        self._close.clicked.connect(self.left)
        head.addWidget(self._title, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self._lines = label("", self, name="result_lines", wraps=True)
        column.addWidget(self._lines)
        self._ways = QVBoxLayout()
        column.addLayout(self._ways)
        self._answers = QVBoxLayout()
        column.addLayout(self._answers)
        self._whose = label("", self, kind="caption", tone="text_soft", name="result_whose", wraps=True)
        column.addWidget(self._whose)
        self.hide()

    def show_result(self, told: ResultTold, *, takes_focus: bool = True) -> None:
        """Show a result, with the keyboard on the first thing that can be done."""
        self.result_id = told.result_id
        self.setAccessibleName(told.title)
        self._title.setText(told.title)
        self._lines.setText("\n".join(told.lines))
        self._whose.setText(told.whose)
        self._parting = let_go(self._answers)
        if told.answers:
            table = self._table(told)
            self._answers.addWidget(table)
            table.show()
        first = self._add_ways(told)
        self.show()
        if takes_focus:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _table(self, told: ResultTold) -> QWidget:
        made = named(QWidget(self), "result_answers", _("Answers"))
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(3)
        for number, each in enumerate(told.answers):
            grid.addWidget(label(each.item, made, kind="label", name=f"result_item_{number}", wraps=True), number, 0)
            grid.addWidget(label(each.value, made, kind="label_strong", name=f"result_value_{number}"), number, 1)
            answer = label(each.answer, made, kind="label", tone="text_soft", name=f"result_answer_{number}", wraps=True)
            grid.addWidget(answer, number, 2)
        grid.setColumnStretch(2, 1)
        return made

    def _add_ways(self, told: ResultTold) -> QWidget:
        self._parting += let_go(self._ways)
        row = ChipRow(self, name="result_ways", spoken=_("What to do with this result"))
        first: QWidget | None = None
        ways = [(_("Change…"), "result_change", "pencil", partial(self.changed.emit, told.result_id))]
        if told.session_id:
            ways.append((told.session_words, "result_session", "file-text", partial(self.session_asked.emit, told.session_id)))
        ways.append((_("Print…"), "result_print", "printer", partial(self.print_asked.emit, told.result_id)))
        ways.append((_("Remove"), "result_remove", "trash-2", partial(self.removed.emit, told.result_id)))
        for words, name, icon, act in ways:
            button = link(words, row, name=name, icon=icon)
            button.clicked.connect(act)
            row.add(button)
            first = first or button
        self._ways.addWidget(row)
        row.show()
        return first or self._close

    def forget(self) -> None:
        """Let go of every word."""
        self.result_id = ""
        for part in (self._title, self._lines, self._whose):
            part.clear()
        self.setAccessibleName(_("One result"))
        self._parting = [*let_go(self._answers), *let_go(self._ways)]
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
