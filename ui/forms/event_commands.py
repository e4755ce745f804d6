"""What can be undone of the events of a client's life: adding, changing and removing one, by the event itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipt_desktop.domain.text import _
from ui.verb import Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.domain.session_records import Event
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
