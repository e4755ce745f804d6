"""What can be undone on the circle: one command for each gesture, by id. It restores a sitting's row, or its absence."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Protocol

from PySide6.QtGui import QUndoCommand

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.records import Person, Placement
from ipt_desktop.domain.text import _
from ui.verb import Told, Verb

_NUDGE = 1
Rows = Mapping[str, Placement | None]
Keep = Callable[[], bool]
"""Keeps what is being typed about someone; False where that failed."""


class Circles(Protocol):
    """The operations of the circle a command stands on (`services.circles`)."""

    def add_person(self, client_id: str, name: str, relation: str, *, relation_words: str = "") -> Person:
        """Add someone to the client's life."""
        ...

    def change_person(self, person: Person, seen: Person | None = None) -> Person:
        """Keep what was changed of a person since they were seen."""
        ...

    def remove_person(self, person_id: str) -> object:
        """Take someone out who was only just added."""
        ...

    def delete_person(self, person_id: str) -> object:
        """Delete someone with all that is written about them."""
        ...

    def restore_person(self, person_id: str) -> object:
        """Bring back someone taken out or deleted."""
        ...

    def put_back(self, sitting_id: str, person_id: str, placement: Placement | None) -> object:
        """Make a person's row of a sitting this one, or none."""
        ...

    def put_back_all(self, sitting_id: str, rows: Mapping[str, Placement | None]) -> object:
        """Make several people's rows of a sitting these, or none."""
        ...

    def take_back(self, sitting_id: str, seen: Rows, wanted: Rows) -> object:
        """Change people's rows of a sitting back, and nothing else in them."""
        ...

    def turn(self, angles: Mapping[str, float]) -> object:
        """Turn placements to these angles, by placement id."""
        ...


class PlacePerson(Verb):
    """Someone stands elsewhere: `old` is this sitting's row before, or None. Nudges of one person merge into one step."""

    def __init__(
        self, circles: Circles, old: Placement | None, new: Placement, words: str, refused: Told, *, is_nudge: bool = False
    ) -> None:
        super().__init__(words, refused)
        self._circles = circles
        self.old = old
        self.new = new if old is None else replace(new, id=old.id)
        self._is_nudge = is_nudge
        self._is_known = False

    def id(self) -> int:
        """Return which commands may merge."""
        return _NUDGE if self._is_nudge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take a further nudge of the same person in the same sitting into this step."""
        if not isinstance(other, PlacePerson):
            return False
        mine, theirs = self.new, other.new
        if (mine.person_id, mine.sitting_id) != (theirs.person_id, theirs.sitting_id) or other.old != mine:
            return False  # of someone else, or what was changed in another place meanwhile would be undone with it
        self.new = replace(theirs, id=mine.id)
        return True

    def redo(self) -> None:
        """Put the person there."""
        self.attempt(self._put)

    def undo(self) -> None:
        """Restore this sitting's row, or its absence."""
        self.attempt(lambda: self._step(self.new, self.old))

    def _put(self) -> None:
        if self._is_known:
            self._step(self.old, self.new)
        else:
            self._circles.put_back(self.new.sitting_id, self.new.person_id, self.new)
            self._is_known = True

    def _step(self, seen: Placement | None, wanted: Placement | None) -> None:
        person_id = self.new.person_id
        self._circles.take_back(self.new.sitting_id, {person_id: seen}, {person_id: wanted})


class PlacePeople(Verb):
    """Several people stand elsewhere: `old` are this sitting's rows before, or None, and `new` those after, by person id."""

    def __init__(
        self,
        circles: Circles,
        sitting_id: str,
        rows: tuple[Mapping[str, Placement | None], Mapping[str, Placement | None]],
        words: str,
        refused: Told,
    ) -> None:
        super().__init__(words, refused)
        self._circles = circles
        self._sitting_id = sitting_id
        self._old, self._new = rows
        self._is_known = False

    def redo(self) -> None:
        """Put them there."""
        self.attempt(self._put)

    def undo(self) -> None:
        """Restore this sitting's rows, or their absence."""
        self.attempt(lambda: self._circles.take_back(self._sitting_id, self._new, self._old))

    def _put(self) -> None:
        if self._is_known:
            self._circles.take_back(self._sitting_id, self._old, self._new)
        else:
            self._circles.put_back_all(self._sitting_id, self._new)
            self._is_known = True


class TidyCircle(Verb):
    """People were turned so that nobody covers anybody: `old` and `new` are angles by placement id."""

    def __init__(self, circles: Circles, old: Mapping[str, float], new: Mapping[str, float], refused: Told) -> None:
        super().__init__(_("Tidy the circle"), refused)
        self._circles = circles
        self._old, self._new = old, new

    def redo(self) -> None:
        """Turn them."""
        self.attempt(lambda: self._circles.turn(self._new))

    def undo(self) -> None:
        """Turn them back."""
        self.attempt(lambda: self._circles.turn(self._old))


class AddPerson(Verb):
    """Someone new is in the client's life: at a place, or waiting for one. Undone, they are gone; again, the same person."""

    def __init__(self, circles: Circles, person: Person, at: Placement | None, refused: Told, keep: Keep) -> None:
        super().__init__(_("Add {name}").format(name=person.name), refused)
        self._circles = circles
        self._person = person
        self._at = at
        self._keep = keep
        self.person_id = ""

    def redo(self) -> None:
        """Add the person and place them."""
        self.attempt(self._add)

    def _add(self) -> None:
        if self.person_id:
            self._circles.restore_person(self.person_id)
            return
        asked = self._person
        self.person_id = self._circles.add_person(
            asked.client_id, asked.name, asked.relation, relation_words=asked.relation_words
        ).id
        if self._at is not None:
            at = replace(self._at, person_id=self.person_id)
            self._circles.put_back(at.sitting_id, self.person_id, at)

    def undo(self) -> None:
        """Take the person out again, unless something was written about them."""
        self.attempt(self._take_out)

    def _take_out(self) -> None:
        require_kept(self._keep)
        self._circles.remove_person(self.person_id)


class DeletePerson(Verb):
    """Someone is deleted with all that is written about them; undone, all of it is back. What is being typed is kept first."""

    def __init__(self, circles: Circles, person: Person, refused: Told, keep: Keep) -> None:
        super().__init__(_("Delete {name}").format(name=person.name), refused)
        self._circles, self._person_id, self._keep = circles, person.id, keep

    def redo(self) -> None:
        """Delete them."""
        self.attempt(self._delete)

    def _delete(self) -> None:
        require_kept(self._keep)
        self._circles.delete_person(self._person_id)

    def undo(self) -> None:
        """Bring them back with everything."""
        self.attempt(lambda: self._circles.restore_person(self._person_id))


def require_kept(keep: Keep) -> None:
    """Keep what is being typed. Raises Refused where that failed."""
    if not keep():
        raise Refused(reason=_("What is typed about them is not saved yet, so everything stays as it is."))


class ChangePerson(Verb):
    """What is known of a person was changed: name, relation, focus, whether they died."""

    def __init__(self, circles: Circles, old: Person, new: Person, refused: Told) -> None:
        words = _("Rename {name}") if old.name != new.name else _("Change {name}")
        super().__init__(words.format(name=old.name), refused)
        self._circles = circles
        self._old = old
        self._new = new

    def redo(self) -> None:
        """Keep the change."""
        self.attempt(lambda: self._circles.change_person(self._new, self._old))

    def undo(self) -> None:
        """Keep what was before."""
        self.attempt(lambda: self._circles.change_person(self._old, self._new))
