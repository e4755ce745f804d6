"""Who attends beside the client: people of the client by chips, and whoever else in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.form import Field, FieldKind
from ipt_desktop.domain.records import Session
from ipt_desktop.domain.text import _
from ui import theme
from ui.forms.choices import PersonsEditor
from ui.forms.editor import Setting
from ui.widgets.naming import named

WORDS_WIDTH = 360


class Attending(QWidget):
    """`changed` carries the people's ids and the words, as soon as one of them is complete."""

    changed = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("session_attending")
        self._people: Sequence[tuple[str, str]] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.current().space("s"))
        self._chips = self._make_chips()
        self._words = named(QLineEdit(self), "session_attendees", _("Who else attends, in words"))
        self._words.setPlaceholderText(_("anyone else, in words"))
        self._words.setMaximumWidth(theme.current().px(WORDS_WIDTH))
        self._words.editingFinished.connect(self._on_edited)
        self._column.addWidget(self._words)

    def _make_chips(self) -> PersonsEditor:
        asked = Field(key="attendees", label=_("Who attends"), kind=FieldKind.PERSONS)
        made = PersonsEditor(asked, self, Setting(people=self._people))
        made.edited.connect(self._on_edited)
        self._column.insertWidget(0, made)
        return made

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        """Offer these people: (id, name)."""
        if list(people) == list(self._people):
            return
        self._people = people
        self._chips.blockSignals(True)
        self._chips.hide()
        self._chips.setParent(None)
        self._chips.deleteLater()
        self._chips = self._make_chips()

    def show_session(self, session: Session | None) -> None:
        """Show who attends a session."""
        self._chips.show_answer(session.attendee_ids if session else None)
        if not (self._words.hasFocus() and self._words.isModified()):
            self._words.setText(session.attendees if session else "")

    def flush(self) -> None:
        """Keep what is typed and not yet left."""
        if self._words.isModified():
            self._on_edited()

    def _on_edited(self) -> None:
        self._words.setModified(False)
        self.changed.emit(self._chips.answer(), self._words.text().strip())
