"""*Move this note to another client*: asks whom it is about, above the note; moved, it can be undone until the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.text import _, ngettext
from ui import theme
from ui.strip_facts import initials_of
from ui.verb import Told, Verb
from ui.widgets.buttons import outlined, primary
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import label
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ipt_desktop.services.note_moving import Moved, NoteMoving
    from ui.page import Frame
    from ui.sessions.note_page import NotePage


class MoveNote(Verb):
    """The note goes to another client's session; undone it comes back."""

    def __init__(self, moving: NoteMoving, document_id: str, client_id: str, refused: Told) -> None:
        super().__init__(_("Move a note to another client"), refused)
        self._moving, self._document_id, self._client_id = moving, document_id, client_id
        self.moved: Moved | None = None

    def redo(self) -> None:
        """Move it."""
        self.attempt(self._move)

    def undo(self) -> None:
        """Move it back."""
        self.attempt(self._move_back)

    def _move(self) -> None:
        self.moved = self._moving.move_note(self._document_id, self._client_id)

    def _move_back(self) -> None:
        if self.moved is not None:
            self._moving.move_back(self.moved)


class MovePanel(QWidget):
    """Whom the note is about; nobody is chosen beforehand. Esc puts it away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "move_note_panel", _("Move this note to another client"))
        look = theme.current()
        card = QFrame(self)
        card.setProperty("role", "card")
        around = QVBoxLayout(self)
        around.setContentsMargins(20, 0, 20, 12)
        around.addWidget(card)
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(look.space("s"))
        column.addWidget(label(_("Move this note to another client"), card, kind="strong", name="move_note_title"))
        words = _(
            "With its versions, its task, its risk entry and the events told in it. "
            "People and goals that are not theirs are left out of it."
        )
        column.addWidget(label(words, card, kind="label", tone="text_soft", name="move_note_words", wraps=True))
        row = QHBoxLayout()
        row.setSpacing(look.space("s"))
        self.clients = ChoiceField(card, name="move_note_clients", spoken=_("The client it is about"))
        self.go = primary(_("Move the note"), card, name="move_note_go")
        self.leave = outlined(_("Keep it here"), card, name="move_note_leave")
        row.addWidget(self.clients, 1)
        row.addWidget(self.go)
        row.addWidget(self.leave)
        column.addLayout(row)
        self.clients.currentIndexChanged.connect(self._on_chosen)
        self.hide()

    def _on_chosen(self) -> None:
        self.go.setEnabled(bool(self.clients.currentData()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put it away on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave.click()
        else:
            super().keyPressEvent(event)


class NoteMover(QObject):
    """Builds the panel at its first use."""

    def __init__(self, desk: Desk, frame: Frame, note: NotePage) -> None:
        super().__init__(note)
        self._desk, self._frame, self._note = desk, frame, note
        self.panel: MovePanel | None = None

    def ask(self) -> None:
        """Ask which client the note that is open is about, once what is typed is kept."""
        document = self._note.writer.document
        if document is None or not self._note.writer.end_stay():
            return
        if not document.revision and not self._note.writer.answers():
            self._note.bar.say(_("Nothing is written in this note yet."))
            return
        panel = self._shown_panel()
        panel.clients.clear()
        panel.clients.addItem(_("Choose a client"), "")
        for client in self._desk.clients.clients():
            if client.id != document.client_id:
                panel.clients.addItem(self._frame.name_of(client), client.id)
        panel.go.setEnabled(False)
        panel.show()
        panel.clients.setFocus()

    def _shown_panel(self) -> MovePanel:
        if self.panel is None:
            self.panel = MovePanel(self._note)
            self.panel.go.clicked.connect(self._on_go)
            self.panel.leave.clicked.connect(self._on_leave)
            column = self._note.layout()
            assert isinstance(column, QVBoxLayout)  # noqa: S101 - the note's own
            column.insertWidget(2, self.panel)
        return self.panel

    def _on_leave(self) -> None:
        self.forget()
        self._note.focus_note()

    def _on_go(self) -> None:
        document = self._note.writer.document
        client_id = str(self.panel.clients.currentData() or "") if self.panel is not None else ""
        if document is None or not client_id or not self._note.writer.end_stay():
            return
        self.forget()
        verb = MoveNote(self._desk.note_moving, document.id, client_id, self._refused)
        self._frame.undo_stack().push(verb)
        if verb.is_done and verb.moved is not None:
            self._note.form_changed.emit()  # whoever holds the page reads it again
            self._say_moved(verb.moved)

    def _say_moved(self, moved: Moved) -> None:
        session = self._desk.sessions.session(moved.document.session_id or "")
        client = self._desk.clients.client(moved.document.client_id)
        title = _("The note was moved to {client}, session of {day}").format(
            client=initials_of(client), day=day_words(session.date)
        )
        left_out = ngettext(
            "{count} person or goal that is not theirs was left out of it.",
            "{count} people or goals that are not theirs were left out of it.",
            moved.dropped,
        )
        words = left_out.format(count=moved.dropped) if moved.dropped else ""
        self._note.bar.say(title, words, actions=(("move_note_undo", _("Undo"), self._on_undo),))

    def _on_undo(self) -> None:
        self._note.bar.clear()
        self._frame.undo_stack().undo()
        self._note.form_changed.emit()

    def _refused(self, reason: str) -> None:
        self._note.refused.emit(reason)

    def forget(self) -> None:
        """Put the panel away, with every name in it."""
        if self.panel is not None:
            self.panel.clients.clear()
            self.panel.hide()
