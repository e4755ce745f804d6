"""The events told in the session whose note is open, joined to the practice; each verb can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ipt_desktop.domain.errors import NoteSigned
from ipt_desktop.domain.session_records import Event
from ipt_desktop.domain.signing import events_in
from ipt_desktop.domain.text import _
from ui.page import Frame
from ui.verb import Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Document
    from ipt_desktop.domain.session_records import Signature
    from ipt_desktop.services.changes import Changed
    from ipt_desktop.services.desk import Desk
    from ipt_desktop.services.events import Events


class AddEvent(Verb):
    """An event comes to the timeline. Undone, it is gone; done again, it is the same event."""

    def __init__(self, events: Events, event: Event, refused: Told) -> None:
        super().__init__(_("Add an event"), refused)
        self._events, self._event, self._is_known = events, event, False

    def redo(self) -> None:
        """Add it, or bring it back."""
        self.attempt(self._add)

    def _add(self) -> None:
        if self._is_known:
            self._events.restore_event(self._event)
        else:
            self._event = self._events.add_event(self._event)
            self._is_known = True

    def undo(self) -> None:
        """Take it out again."""
        self.attempt(lambda: self._events.remove_event(self._event.id))


class ChangeEvent(Verb):
    """An event is told otherwise."""

    def __init__(self, events: Events, old: Event, new: Event, refused: Told) -> None:
        super().__init__(_("Change an event"), refused)
        self._events, self._old, self._new = events, old, new

    def redo(self) -> None:
        """Keep the change."""
        self.attempt(lambda: self._events.change_event(self._new))

    def undo(self) -> None:
        """Keep what was before."""
        self.attempt(lambda: self._events.change_event(self._old))


class RemoveEvent(Verb):
    """An event is taken out."""

    def __init__(self, events: Events, event: Event, refused: Told) -> None:
        super().__init__(_("Remove an event"), refused)
        self._events, self._event = events, event

    def redo(self) -> None:
        """Take it out."""
        self.attempt(lambda: self._events.remove_event(self._event.id))

    def undo(self) -> None:
        """Bring it back under its own id."""
        self.attempt(lambda: self._events.restore_event(self._event))


class EventSide(QObject):
    """The events of one session at a time. `changed`: they are others now, wherever that was done."""

    changed = Signal()

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
