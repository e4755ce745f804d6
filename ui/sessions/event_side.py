"""The events told in the session whose note is open, joined to the practice; each verb can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ipt_desktop.domain.errors import NoteSigned
from ipt_desktop.domain.session_records import Event
from ipt_desktop.domain.signing import events_in
from ui.forms.event_commands import AddEvent, ChangeEvent, RemoveEvent
from ui.page import Frame
from ui.verb import Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Document
    from ipt_desktop.domain.session_records import Signature
    from ipt_desktop.services.changes import Changed
    from ipt_desktop.services.desk import Desk


class EventSide(QObject):
    """The events of one session at a time. `changed`: they are others now, wherever that was done."""

    changed = Signal()
    is_whole = False

    def __init__(self, desk: Desk, frame: Frame, refused: Told, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._frame, self._refused = desk, frame, refused
        self._session_id = self._client_id = ""
        self._signed: Sequence[Event] | None = None  # as they were told when the note was signed
        frame.changes.changed.connect(self._on_changed)

    def belong_to(self, document: Document, signature: Signature | None = None) -> None:
        """Belong to the session of a note; of a signed one the events stay as they were told then."""
        self._signed = events_in(signature.snapshot) if signature is not None else None
        self._session_id, self._client_id = document.session_id or "", document.client_id

    def forget(self) -> None:
        """Belong to no session."""
        self._signed = None
        self._session_id = self._client_id = ""

    def events(self) -> Sequence[Event]:
        """Return the events told in the session, by their dates."""
        if self._signed is not None:
            return self._signed
        return self._desk.events.of_session(self._session_id) if self._session_id else ()

    def born_on(self) -> date | None:
        """Return when the client was born, None where that is not known."""
        return self._desk.clients.client(self._client_id).born_on if self._client_id else None

    def fresh(self) -> Event:
        """Return a new event of this session, on its day."""
        day = self._desk.sessions.session(self._session_id).date
        return Event(client_id=self._client_id, session_id=self._session_id, on=day.isoformat(), title="")

    def keep(self, event: Event) -> bool:
        """Keep a new or changed event; False where that was refused, which was said."""
        if self._signed is not None:
            self._refused(str(NoteSigned()))
            return False
        old = next((each for each in self.events() if each.id == event.id), None)
        if old == replace(event, title=" ".join(event.title.split())):
            return True
        service = self._desk.events
        verb: Verb = ChangeEvent(service, old, event, self._refused) if old else AddEvent(service, event, self._refused)
        self._frame.undo_stack().push(verb)
        return verb.is_done

    def remove(self, event: Event) -> None:
        """Take an event out."""
        if self._signed is not None:
            self._refused(str(NoteSigned()))
            return
        self._frame.undo_stack().push(RemoveEvent(self._desk.events, event, self._refused))

    def _on_changed(self, change: Changed) -> None:
        if self._session_id and self._signed is None and change.touches("event"):
            self.changed.emit()
