"""What can be undone on the circle: one command for each gesture, by id. It restores a sitting's row, or its absence."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from PySide6.QtGui import QUndoCommand

from ipt_desktop.domain.records import Person, Placement
from ipt_desktop.domain.text import _
from ui.verb import Told, Verb

_NUDGE = 1


class Circles(Protocol):
    """The operations of the circle a command stands on (`services.circles`)."""

    def add_person(self, client_id: str, name: str, relation: str, *, relation_words: str = "") -> Person:
        """Add someone to the client's life."""
        ...

    def change_person(self, person: Person) -> Person:
        """Keep what was changed of a person."""
        ...

    def remove_person(self, person_id: str) -> object:
        """Take someone out who was only just added."""
        ...

    def restore_person(self, person_id: str) -> object:
        """Bring back someone taken out."""
        ...

    def put_back(self, sitting_id: str, person_id: str, placement: Placement | None) -> object:
        """Make a person's row of a sitting this one, or none."""
        ...

    def put_back_all(self, sitting_id: str, rows: Mapping[str, Placement | None]) -> object:
        """Make several people's rows of a sitting these, or none."""
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
        self._old = old
        self.new = new if old is None else replace(new, id=old.id)
        self._is_nudge = is_nudge

    def id(self) -> int:
        """Return which commands may merge."""
        return _NUDGE if self._is_nudge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take a further nudge of the same person in the same sitting into this step."""
        if not isinstance(other, PlacePerson):
            return False
        mine, theirs = self.new, other.new
        if (mine.person_id, mine.sitting_id) != (theirs.person_id, theirs.sitting_id):
            return False
        self.new = replace(theirs, id=mine.id)
        return True

    def redo(self) -> None:
        """Put the person there."""
        self.attempt(lambda: self._circles.put_back(self.new.sitting_id, self.new.person_id, self.new))

    def undo(self) -> None:
        """Restore this sitting's row, or its absence."""
        self.attempt(lambda: self._circles.put_back(self.new.sitting_id, self.new.person_id, self._old))


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

    def redo(self) -> None:
        """Put them there."""
        self.attempt(lambda: self._circles.put_back_all(self._sitting_id, self._new))

    def undo(self) -> None:
        """Restore this sitting's rows, or their absence."""
        self.attempt(lambda: self._circles.put_back_all(self._sitting_id, self._old))


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

    def __init__(self, circles: Circles, person: Person, at: Placement | None, refused: Told) -> None:
        super().__init__(_("Add {name}").format(name=person.name), refused)
        self._circles = circles
        self._person = person
        self._at = at
        self._is_known = False
        self.person_id = ""

    def redo(self) -> None:
        """Add the person and place them."""
        self.attempt(self._add)

    def _add(self) -> None:
        if self._is_known:
            self._circles.restore_person(self.person_id)
        else:
            asked = self._person
            self.person_id = self._circles.add_person(
                asked.client_id, asked.name, asked.relation, relation_words=asked.relation_words
            ).id
            self._is_known = True
            if self._at is not None:
                self._at = replace(self._at, person_id=self.person_id)
        if self._at is not None:
            self._circles.put_back(self._at.sitting_id, self.person_id, self._at)

    def undo(self) -> None:
        """Take the person out again."""
        self.attempt(self._take_out)

    def _take_out(self) -> None:
        if self._at is not None:
            self._circles.put_back(self._at.sitting_id, self.person_id, None)
        self._circles.remove_person(self.person_id)


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
        self.attempt(lambda: self._circles.change_person(self._new))

    def undo(self) -> None:
        """Keep what was before."""
        self.attempt(lambda: self._circles.change_person(self._old))
