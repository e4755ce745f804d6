"""What the therapist does with the circle shown: each is one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from ipt_desktop.domain.closeness import OUTSIDE, Ring, middle_of
from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.records import Person, Placement, Sitting
from ipt_desktop.domain.relation import relation_like, relation_named
from ipt_desktop.domain.text import _
from ui.circle.commands import AddPerson, ChangePerson, PlacePerson
from ui.circle.shown import ShownCircle
from ui.verb import Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.services.circles import Circles


class CircleVerbs:
    """Verbs on the circle shown. `push` puts a step on the client's undo stack, `refused` is told what could not be done."""

    def __init__(self, shown: ShownCircle, push: Callable[[Verb], None], refused: Told) -> None:
        self._shown = shown
        self._push = push
        self._refused = refused

    @property
    def _circles(self) -> Circles:
        return self._shown.desk.circles

    def add_person(self, text: str, felt: float | None = None, angle: float | None = None) -> str:
        """Add someone from "name, relation"; without a place, in the outer ring where it is emptiest. Return their id."""
        name, _comma, words = (part.strip() for part in text.partition(","))
        sitting, client_id = self._sitting_now(), self._shown.client_id
        if not name or sitting is None or client_id is None:
            return ""
        known = relation_named(words)
        person = Person(
            client_id=client_id,
            name=name,
            relation=relation_like(words).key,
            relation_words="" if known else words,
        )
        at = Placement(
            person_id=person.id,
            sitting_id=sitting.id,
            felt=middle_of(Ring.OUTER) if felt is None else felt,
            angle=self._emptiest_angle() if angle is None else angle,
        )
        command = AddPerson(self._circles, person, at, self._refused)
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

    def move_person(self, person_id: str, felt: float, angle: float, *, is_nudge: bool = False) -> None:
        """Let a person stand elsewhere; nudges by keys that follow each other are one step."""
        self._change_place(person_id, _("Move {name}"), is_nudge=is_nudge, felt=felt, angle=angle)

    def choose_ring(self, person_id: str, ring: int) -> None:
        """Let a person stand in the middle of a ring."""
        self._change_place(person_id, _("Move {name}"), felt=middle_of(Ring(ring)))

    def choose_wanted(self, person_id: str, ring: int) -> None:
        """Keep in which ring a person is wanted; -1 for not asked."""
        desired = None if ring < 0 else OUTSIDE if ring == Ring.OUTSIDE else middle_of(Ring(ring))
        self._change_place(person_id, _("Closeness wanted with {name}"), desired=desired)

    def change_placement(self, placement: Placement, *, is_typing: bool = False) -> None:
        """Keep what was changed of where someone stands, and of what was asked about them in this sitting."""
        standing = self._shown.standing(placement.person_id)
        if standing is not None:
            self._place(placement, _("Change {name}").format(name=standing.person.name), is_nudge=is_typing)

    def _change_place(self, person_id: str, words: str, *, is_nudge: bool = False, **changed: object) -> None:
        standing = self._shown.standing(person_id)
        if standing is not None and standing.now is not None and not self._shown.is_read_only:
            placement = replace(standing.now, **changed)  # type: ignore[arg-type]
            self._place(placement, words.format(name=standing.person.name), is_nudge=is_nudge)

    def _place(self, placement: Placement, words: str, *, is_nudge: bool = False) -> None:
        """Keep a placement in the present sitting."""
        sitting, course_id = self._sitting_now(), self._shown.course_id
        if sitting is None or course_id is None:
            return
        known = self._circles.circle(course_id, sitting.id).placements.get(placement.person_id)
        old = known if known is not None and known.sitting_id == sitting.id else None
        fresh = Placement(person_id=placement.person_id, sitting_id=sitting.id)
        new = replace(placement, id=old.id if old else fresh.id, sitting_id=sitting.id)
        self._push(PlacePerson(self._circles, old, new, words, self._refused, is_nudge=is_nudge))

    def _sitting_now(self) -> Sitting | None:
        try:
            return self._shown.sitting_now()
        except PracticeError as error:
            self._refused(str(error))
            return None

    def _emptiest_angle(self) -> float:
        """Return the middle of the widest gap between the people there are."""
        angles = sorted(each.now.angle % 360.0 for each in self._shown.standings if each.now)
        if not angles:
            return 45.0
        gaps = [(after - angle) % 360.0 or 360.0 for angle, after in zip(angles, angles[1:] + angles[:1], strict=True)]
        widest = max(range(len(gaps)), key=gaps.__getitem__)
        return (angles[widest] + gaps[widest] / 2) % 360.0
