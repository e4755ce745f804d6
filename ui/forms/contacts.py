"""The editor of people and lines to ring: a name and a number in each row."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.form import Field
from ipt_desktop.domain.text import _
from ui.forms.editor import Editor, Setting
from ui.widgets.buttons import icon_button, link
from ui.widgets.naming import named

Contact = dict[str, str]
ROOM_AROUND = 28  # pixels of a field beside its words


class _Row(QWidget):
    """One name with its number, below it where the name would be cut. `edited` at each key; `gone`: the row is not wanted."""

    edited = Signal()
    gone = Signal()

    def __init__(self, parent: QWidget, name: str, spoken: str, contact: Contact) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        self.who = named(QLineEdit(contact.get("name", ""), self), f"{name}_name", _("{label}: name").format(label=spoken))
        self.who.setPlaceholderText(_("Name"))
        self.number = named(
            QLineEdit(contact.get("number", ""), self), f"{name}_number", _("{label}: number").format(label=spoken)
        )
        self.number.setPlaceholderText(_("Number"))
        self.number.setMinimumWidth(self.number.fontMetrics().horizontalAdvance("00000 000 0000") + 24)  # one is never cut
        self._away = icon_button("x", self, name=f"{name}_away", spoken=_("Take this line away"))
        for line in (self.who, self.number):
            line.setCursorPosition(0)
            line.textEdited.connect(self.edited)
        self._away.clicked.connect(self.gone)
        self.who.editingFinished.connect(self._arrange)
        self._is_stacked: bool | None = None
        self._arrange()

    def _arrange(self) -> None:
        """Put the number below a name that has no room beside it."""
        words = self.who.fontMetrics().horizontalAdvance(self.who.text()) + ROOM_AROUND
        room = self.width() - self._away.sizeHint().width() - 2 * self._grid.horizontalSpacing()
        is_stacked = words > room - max(self.number.minimumWidth(), room * 2 // 5)
        if is_stacked == self._is_stacked:
            return
        self._is_stacked = is_stacked
        for part in (self.who, self.number, self._away):
            self._grid.removeWidget(part)
        self._grid.addWidget(self.who, 0, 0, 1, 3 if is_stacked else 1)
        self._grid.addWidget(self.number, *((1, 0) if is_stacked else (0, 1)))
        self._grid.addWidget(self._away, int(is_stacked), 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find room anew."""
        super().resizeEvent(event)
        self._arrange()

    def contact(self) -> Contact:
        """Return what is typed; empty where nothing is."""
        said = {"name": self.who.text().strip(), "number": self.number.text().strip()}
        return said if any(said.values()) else {}


class ContactsEditor(Editor):
    """Rows of name and number, as many as are wanted. A row taken away can be put back until the next change."""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent)
        self._rows: list[_Row] = []
        self._made = 0
        self._taken: tuple[int, Contact] | None = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.column.addLayout(self._lines)
        spoken = _("{label}: add a line").format(label=_(asked.label))
        self._add = link(_("Add a line"), self, name=self.name("add"), icon="plus", spoken=spoken)
        self._back = link(_("Put the line back"), self, name=self.name("back"))
        self._add.clicked.connect(self._on_add)
        self._back.clicked.connect(self._on_back)
        verbs = QHBoxLayout()
        verbs.addWidget(self._add)
        verbs.addWidget(self._back)
        verbs.addStretch(1)
        self.column.addLayout(verbs)
        self._back.hide()

    def answer(self) -> list[Contact]:
        """Return the rows in which something is typed."""
        return [contact for row in self._rows if (contact := row.contact())]

    def show_answer(self, answer: Any) -> None:
        """Show rows; without any an empty one to begin in."""
        while self._rows:
            self._drop(self._rows[-1])
        self._take(None)
        contacts: list[Contact] = list(answer or [{}])
        for contact in contacts:
            self._insert(len(self._rows), contact)

    def _insert(self, place: int, contact: Contact) -> _Row:
        self._made += 1
        row = _Row(self, self.name(str(self._made)), _(self.asked.label), contact)
        row.edited.connect(self._on_edited)
        row.gone.connect(self._on_gone)
        self._rows.insert(place, row)
        self._lines.insertWidget(place, row)
        row.show()
        return row

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        self._lines.removeWidget(row)
        row.hide()
        row.who.clear()
        row.number.clear()
        row.deleteLater()  # its button may be the sender

    def _take(self, taken: tuple[int, Contact] | None) -> None:
        self._taken = taken
        self._back.setVisible(taken is not None)

    def _on_edited(self) -> None:
        self._take(None)
        self.edited.emit()

    def _on_add(self) -> None:
        self._insert(len(self._rows), {}).who.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_gone(self) -> None:
        row = self.sender()
        if isinstance(row, _Row):
            contact = row.contact()
            self._take((self._rows.index(row), contact) if contact else None)
            self._drop(row)
            (self._back if contact else self._add).setFocus(Qt.FocusReason.OtherFocusReason)
            self.edited.emit()

    def _on_back(self) -> None:
        if self._taken is not None:
            row = self._insert(*self._taken)
            self._take(None)
            row.who.setFocus(Qt.FocusReason.OtherFocusReason)
            self.edited.emit()
