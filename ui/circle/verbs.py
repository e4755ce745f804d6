"""What the therapist does with the circle shown: each is one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ipt_desktop.domain.circle_layout import widest_gap
from ipt_desktop.domain.closeness import OUTSIDE, Ring, middle_of
from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.records import Person, Placement, Sitting, Tie
from ipt_desktop.domain.text import _, ngettext
from ipt_desktop.domain.tie_words import same_ends
from ipt_desktop.domain.typed_person import typed_person
from ui.circle.commands import AddPerson, ChangePerson, DeletePerson, Keep, PlacePeople, PlacePerson, TidyCircle
from ui.circle.shown import ShownCircle
from ui.circle.tie_commands import AddTie, ChangeTie, RemoveTie
from ui.verb import Together, Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.services.circles import Circles

Place = tuple[float, float]
"""Closeness felt and angle in degrees."""


class CircleVerbs:
    """Verbs on the circle shown. `push` puts a step on the client's undo stack, `refused` is told what could not be done."""

    def __init__(self, shown: ShownCircle, push: Callable[[Verb], None], refused: Told) -> None:
        self._shown = shown
        self._push = push
        self._refused = refused
        self.joined: Callable[[str, str], None] | None = None
        """Told the person and the tie once `join` has joined someone."""
        self.keep: Keep = _nothing_typed
        """Keeps what is being typed about someone before they go; False where that failed."""

    @property
    def _circles(self) -> Circles:
        return self._shown.desk.circles

    def add_person(self, text: str, place: Place | None = None) -> str:
        """Add someone from what was typed (`typed_person`); without a place they wait for it in the tray. Return their id."""
        typed, client_id = typed_person(text), self._shown.client_id
        if not typed.name or client_id is None:
            return ""
        person = Person(client_id=client_id, name=typed.name, relation=typed.relation, relation_words=typed.relation_words)
        at = None
        if place is not None:
            sitting = self._sitting_now()
            if sitting is None:
                return ""
            at = Placement(person_id=person.id, sitting_id=sitting.id, felt=place[0], angle=place[1])
        command = AddPerson(self._circles, person, at, self._refused, self.keep)
        self._push(command)
        return command.person_id

    def rename_person(self, person_id: str, name: str) -> None:
        """Give a person another name."""
        standing = self._shown.standing(person_id)
        if standing is not None:
            self.change_person(replace(standing.person, name=name))

    def change_person(self, person: Person) -> None:
        """Keep what was changed of a person."""
        standing = self._shown.standing(person.id)
        if standing is not None and person != standing.person:
            self._push(ChangePerson(self._circles, standing.person, person, self._refused))

    def remove_person(self, person_id: str) -> None:
        """Take a person off the circle in this sitting; earlier ones keep them."""
        self._change_place(person_id, _("Remove {name}"), is_present=False)

    def delete_person(self, person: Person) -> None:
        """Delete a person with all that is written about them, in every sitting."""
        self._push(DeletePerson(self._circles, person, self._refused, self.keep))

    def put_on_again(self, person_id: str) -> None:
        """Put someone who was taken off back on the circle, where they stood."""
        row = self._shown.off.get(person_id)
        name = next((each.name for each in self._shown.people if each.id == person_id), "")
        if row is not None:
            self._place(replace(row, is_present=True), _("Put {name} back").format(name=name))

    def move_person(self, person_id: str, felt: float, angle: float, *, is_nudge: bool = False) -> None:
        """Let a person stand elsewhere, or place one who waited; nudges by keys that follow each other are one step."""
        self._change_place(person_id, _("Move {name}"), is_nudge=is_nudge, felt=felt, angle=angle)

    def move_people(self, places: Mapping[str, Place]) -> None:
        """Let several people stand elsewhere, as one step; places are (felt, angle) by person id."""
        sitting = self._sitting_now()
        if sitting is None or not places or self._shown.is_read_only:
            return
        old: dict[str, Placement | None] = {}
        new: dict[str, Placement | None] = {}
        for each in self._shown.here:
            if each.now is not None and each.person.id in places:
                felt, angle = places[each.person.id]
                row = replace(each.now, felt=felt, angle=angle)
                old[each.person.id], new[each.person.id] = self._rows(row, sitting)
        words = ngettext("Move {count} person", "Move {count} people", len(new)).format(count=len(new))
        self._push(PlacePeople(self._circles, sitting.id, (old, new), words, self._refused))

    def want_person(self, person_id: str, desired: float | None, *, is_nudge: bool = False) -> None:
        """Keep where the client wants a person to be, or that it was not asked (None)."""
        self._change_place(person_id, _("Closeness wanted with {name}"), is_nudge=is_nudge, desired=desired)

    def tidy(self, angles: Mapping[str, float]) -> None:
        """Turn people to these angles (by person id), wherever the placement shown was made: no sitting is added."""
        shown = {each.person.id: each.now for each in self._shown.here if each.now and each.person.id in angles}
        if not shown or self._shown.is_read_only:
            return
        old = {placement.id: placement.angle for placement in shown.values()}
        new = {placement.id: angles[person_id] for person_id, placement in shown.items()}
        self._push(TidyCircle(self._circles, old, new, self._refused))

    def align(self, person_ids: Iterable[str], ring: int) -> None:
        """Let several people stand in the middle of a ring, each in their direction."""
        chosen = frozenset(person_ids)
        here = [each.now for each in self._shown.here if each.now and each.person.id in chosen]
        self.move_people({each.person_id: (middle_of(Ring(ring)), each.angle) for each in here})

    def remove(self, person_id: str, together: Collection[str]) -> None:
        """Take a person off the circle, or all who are chosen together where they are one of them."""
        if person_id in together:
            self.remove_people(together)
        else:
            self.remove_person(person_id)

    def remove_people(self, person_ids: Iterable[str]) -> None:
        """Take several people off the circle in this sitting, as one step."""
        sitting, chosen = self._sitting_now(), frozenset(person_ids)
        if sitting is None or self._shown.is_read_only:
            return
        here = [each.now for each in self._shown.here if each.now and each.person.id in chosen]
        rows = {each.person_id: self._rows(replace(each, is_present=False), sitting) for each in here}
        if rows:
            old, new = ({person_id: pair[side] for person_id, pair in rows.items()} for side in (0, 1))
            words = ngettext("Remove {count} person", "Remove {count} people", len(rows)).format(count=len(rows))
            self._push(PlacePeople(self._circles, sitting.id, (old, new), words, self._refused))

    def choose_ring(self, person_id: str, ring: int) -> None:
        """Let a person stand in the middle of a ring."""
        self.place_person(person_id, middle_of(Ring(ring)))

    def place_person(self, person_id: str, felt: float) -> None:
        """Let a person stand at a closeness; who waited, where there is most room."""
        standing = self._shown.standing(person_id)
        angle = standing.now.angle if standing and standing.now else self._emptiest_angle()
        self._change_place(person_id, _("Move {name}"), felt=felt, angle=angle)

    def choose_wanted(self, person_id: str, ring: int) -> None:
        """Keep in which ring a person is wanted; -1 for not asked."""
        desired = None if ring < 0 else OUTSIDE if ring == Ring.OUTSIDE else middle_of(Ring(ring))
        self._change_place(person_id, _("Closeness wanted with {name}"), desired=desired)

    def change_group(self, person: Person, angle: float | None, felt: float | None = None) -> None:
        """Keep in which sector someone belongs and, in the same step, where they stand for it."""
        standing, sitting = self._shown.standing(person.id), None
        if standing is None:
            return
        steps: list[Verb] = [ChangePerson(self._circles, standing.person, person, self._refused)]
        if angle is not None and not self._shown.is_read_only:
            sitting = self._sitting_now()
        if sitting is not None:
            now = standing.now or Placement(person_id=person.id, sitting_id=sitting.id)
            place = replace(now, angle=angle or 0.0, felt=now.felt if felt is None else felt)
            old, new = self._rows(place, sitting)
            steps.append(PlacePerson(self._circles, old, new, "", self._refused))
        self._push(Together(steps, _("Move {name}").format(name=person.name), self._refused))

    def change_placement(self, placement: Placement, *, is_typing: bool = False) -> None:
        """Keep what was changed of where someone stands, and of what was asked about them in this sitting."""
        standing = self._shown.standing(placement.person_id)
        if standing is not None:
            self._place(placement, _("Change {name}").format(name=standing.name), is_nudge=is_typing)

    # -- ties ------------------------------------------------------------------------------------------------------

    def join(self, from_id: str, to_id: str | None) -> None:
        """Join a person with another, or with the client (None), by a tie of a kind not known yet; `joined` is told of it.

        Where such a tie is there already, it is that one that is told of.
        """
        client_id = self._shown.client_id
        if client_id is None or self._shown.is_read_only:
            return
        tie = Tie(client_id=client_id, from_person_id=from_id, to_person_id=to_id)
        known = [each for each in self._shown.ties if each.kind is tie.kind and each.until is None and same_ends(each, tie)]
        tie_id = known[0].id if known else tie.id
        if (known or self.add_tie(tie)) and self.joined is not None:
            self.joined(from_id, tie_id)

    def add_tie(self, tie: Tie) -> bool:
        """Join two people, or a person and the client; whether that was done."""
        command = AddTie(self._circles, tie, self._refused)
        self._push(command)
        return command.is_done

    def change_tie(self, tie: Tie) -> None:
        """Keep what was changed of a tie; ending it is a change."""
        known = self._tie(tie.id)
        if known is not None and known != tie:
            self._push(ChangeTie(self._circles, known, tie, self._refused))

    def remove_tie(self, tie_id: str) -> None:
        """Take a tie out, as if it had never been."""
        known = self._tie(tie_id)
        if known is not None:
            self._push(RemoveTie(self._circles, known, self._refused))

    def _tie(self, tie_id: str) -> Tie | None:
        client_id = self._shown.client_id
        ties = self._circles.ties(client_id) if client_id is not None else []
        return next((each for each in ties if each.id == tie_id), None)

    # -- placements ------------------------------------------------------------------------------------------------

    def _change_place(self, person_id: str, words: str, *, is_nudge: bool = False, **changed: Any) -> None:
        standing = self._shown.standing(person_id)
        if standing is None or self._shown.is_read_only:
            return
        waiting = Placement(person_id=person_id, sitting_id="")
        self._place(replace(standing.now or waiting, **changed), words.format(name=standing.name), is_nudge=is_nudge)

    def _place(self, placement: Placement, words: str, *, is_nudge: bool = False) -> None:
        """Keep a placement in the present sitting."""
        sitting = self._sitting_now()
        if sitting is not None:
            if self._shown.time.is_past:  # undone later, from another circle, it must not seem to be of that one
                words = _("{what} ({when})").format(what=words, when=self._shown.time.stop.title)
            old, new = self._rows(placement, sitting)
            self._push(PlacePerson(self._circles, old, new, words, self._refused, is_nudge=is_nudge))

    def _rows(self, placement: Placement, sitting: Sitting) -> tuple[Placement | None, Placement]:
        """Return a person's row of the sitting before, if there is one, and what it is to become."""
        known = self._circles.placement(sitting.id, placement.person_id)
        fresh = Placement(person_id=placement.person_id, sitting_id=sitting.id)
        return known, replace(placement, id=known.id if known else fresh.id, sitting_id=sitting.id)

    def _sitting_now(self) -> Sitting | None:
        try:
            return self._shown.sitting_now()
        except PracticeError as error:
            self._refused(str(error))
            return None

    def _emptiest_angle(self) -> float:
        return widest_gap(each.now.angle for each in self._shown.here if each.now)


def _nothing_typed() -> bool:
    """Return that nothing is being typed."""
    return True
