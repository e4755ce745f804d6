"""The editor of people and lines to ring: a name and a number in each row."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.form import Field
from ipt_desktop.domain.text import _
from ui.forms.editor import Editor, Setting
from ui.widgets.buttons import icon_button, link
from ui.widgets.naming import named

Contact = dict[str, str]


class _Row(QWidget):
    """One name with its number. `edited` at each key; `gone`: the row is not wanted."""

    edited = Signal()
    gone = Signal()

    def __init__(self, parent: QWidget, name: str, spoken: str, contact: Contact) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.who = named(QLineEdit(contact.get("name", ""), self), f"{name}_name", _("{label}: name").format(label=spoken))
        self.who.setPlaceholderText(_("Name"))
        self.number = named(
            QLineEdit(contact.get("number", ""), self), f"{name}_number", _("{label}: number").format(label=spoken)
        )
        self.number.setPlaceholderText(_("Number"))
        self.number.setMinimumWidth(self.number.fontMetrics().horizontalAdvance("00000 000 0000") + 24)  # one is never cut
        away = icon_button("x", self, name=f"{name}_away", spoken=_("Take this line away"))
        for line, stretch in ((self.who, 3), (self.number, 2)):
            line.setCursorPosition(0)
            line.textEdited.connect(self.edited)
            row.addWidget(line, stretch)
        away.clicked.connect(self.gone)
        row.addWidget(away)

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
