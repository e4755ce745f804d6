"""The events of a client's life, joined to the practice; each verb can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ipt_desktop.domain.session_records import Event
from ui.forms.event_commands import AddEvent, ChangeEvent, RemoveEvent
from ui.page import Frame
from ui.verb import Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.services.changes import Changed
    from ipt_desktop.services.desk import Desk


class LifeEvents(QObject):
    """All events of one client, whichever session they were told in. `changed`: they are others now."""

    changed = Signal()
    is_whole = True

    def __init__(self, desk: Desk, frame: Frame, refused: Told, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._frame, self._refused = desk, frame, refused
        self._client_id = ""
        frame.changes.changed.connect(self._on_changed)

    def belong_to(self, client_id: str) -> None:
        """Belong to a client; "" to none."""
        if client_id != self._client_id:
            self._client_id = client_id
            self.changed.emit()

    def events(self) -> Sequence[Event]:
        """Return the events by their dates, the earliest first."""
        return self._desk.events.of_client(self._client_id) if self._client_id else ()

    def born_on(self) -> date | None:
        """Return when the client was born, None where that is not known."""
        return self._desk.clients.client(self._client_id).born_on if self._client_id else None

    def fresh(self) -> Event:
        """Return a new event, of no day yet."""
        return Event(client_id=self._client_id, on="", title="")

    def keep(self, event: Event) -> bool:
        """Keep a new or changed event; False where that was refused, which was said."""
        old = next((each for each in self.events() if each.id == event.id), None)
        if old == replace(event, title=" ".join(event.title.split())):
            return True
        service = self._desk.events
        verb: Verb = ChangeEvent(service, old, event, self._refused) if old else AddEvent(service, event, self._refused)
        self._frame.undo_stack().push(verb)
        return verb.is_done

    def remove(self, event: Event) -> None:
        """Take an event out."""
        self._frame.undo_stack().push(RemoveEvent(self._desk.events, event, self._refused))

    def _on_changed(self, change: Changed) -> None:
        if self._client_id and change.touches("event"):
            self.changed.emit()
