"""Goals of a course: the client's own words, and, where a goal points at an arrow of the circle, the way from start to aim.

An arrow goes from the closeness felt when the goal was set to the closeness wanted now. How much of that gap is closed is said
in words, for one person at a time: no number, nothing added up over goals, and no word of what is to come. (Goals of the
initial phase, agreed and reviewed with the client; actual and ideal placement after Popovic, Milne & Barrett 2003.)
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ipt_desktop.domain.closeness import Ring, RingWords, ring_of
from ipt_desktop.domain.records import Person, Placement
from ipt_desktop.domain.standing import LEAST_MOVE
from ipt_desktop.domain.text import _, marked
from ipt_desktop.domain.treatment_records import Goal

_UP_TO = (
    (0.25, marked("a little of the way")),
    (0.42, marked("a third of the way")),
    (0.6, marked("half of the way")),
    (1.0, marked("most of the way")),
)


def share_closed(start: float, now: float, wanted: float) -> float | None:
    """Return the share of the gap between `start` and `wanted` that is closed; None where there was no gap to close.

    0 is where it was, 1 where it is wanted; below 0 the gap has grown, above 1 it was crossed. Closeness as in
    `domain.closeness`.
    """
    gap = wanted - start
    return None if abs(gap) <= LEAST_MOVE else (now - start) / gap


@dataclass(frozen=True, slots=True)
class Way:
    """The way of a goal that points at an arrow, in three closenesses; `gone` says in words why there is none, else ""."""

    start: float | None
    now: float | None
    wanted: float | None
    gone: str = ""

    @property
    def share(self) -> float | None:
        """The share of the gap closed (`share_closed`), or None where one of the three is unknown or there was no gap."""
        if self.start is None or self.now is None or self.wanted is None:
            return None
        return share_closed(self.start, self.now, self.wanted)

    @property
    def is_reached(self) -> bool:
        """Whether the person stands where they are wanted: at the place, or in its ring where they came from another one."""
        if self.now is None or self.wanted is None:
            return False
        if abs(self.now - self.wanted) <= LEAST_MOVE:
            return True
        is_in_ring = ring_of(self.now) is ring_of(self.wanted)
        share = self.share
        if share is not None and share >= 1.0:
            return is_in_ring
        return is_in_ring and self.start is not None and ring_of(self.start) is not ring_of(self.wanted)

    @property
    def words(self) -> str:
        """How far the way was gone, in plain words: "half of the way", or why that can't be said."""
        if self.start is None or self.now is None or self.wanted is None:
            return self.gone
        if self.is_reached:
            return _("reached")
        share = self.share
        if share is None:
            return _("closer than wanted") if self.now > self.wanted else _("further than wanted")
        if share >= 1.0:
            return _("past it: closer than wanted") if self.now > self.wanted else _("past it: further than wanted")
        if abs(self.now - self.start) <= LEAST_MOVE:
            return _("no change")
        if share < 0:
            return _("further away than at the start") if self.now < self.start else _("closer than at the start")
        return _(next(words for bound, words in _UP_TO if share < bound))

    def places(self, words: RingWords) -> str:
        """Say the three places in ring words, as far as they are known: "from outer, now middle, wanted inner"."""
        told = (
            (_("from {ring}"), self.start),
            (_("now {ring}"), self.now),
            (_("wanted {ring}"), self.wanted),
        )
        return ", ".join(said.format(ring=words.of(felt)) for said, felt in told if felt is not None)


def way_of(goal: Goal, people: Mapping[str, Person], placements: Mapping[str, Placement]) -> Way | None:
    """Return the way of a goal that points at an arrow, None for a goal in words alone. Both mappings are by person id.

    Where the person or the wish is gone the way says so: nobody can come closer to be closer to who died.
    """
    if not goal.is_closeness:
        return None
    person = people.get(goal.person_id or "")
    if person is None:
        return Way(goal.start, None, None, _("the person is no longer in the inventory"))
    if person.has_died:
        return Way(goal.start, None, None, _("died since; no closeness is wanted"))
    placement = placements.get(person.id)
    if placement is None or not placement.is_present:
        return Way(goal.start, None, None, _("no longer in the circle"))
    if placement.desired is None:
        return Way(goal.start, placement.felt, None, _("no closeness is wanted at present"))
    gone = "" if goal.start is not None else _("the closeness at the start is not known")
    return Way(goal.start, placement.felt, placement.desired, gone)


def can_point(person: Person, placement: Placement | None) -> bool:
    """Tell whether a goal can point at this person: alive, on the circle, and wanted elsewhere than they stand."""
    if person.has_died or placement is None or not placement.is_present or placement.desired is None:
        return False
    return abs(placement.desired - placement.felt) > LEAST_MOVE


def proposed_words(name: str, felt: float, wanted: float) -> str:
    """Return the words proposed for a goal that points at an arrow: "Closer to Karin", "More distance to Ruth"."""
    return (_("Closer to {name}") if wanted > felt else _("More distance to {name}")).format(name=name)


def wanted_line(felt: float, wanted: float, words: RingWords) -> str:
    """Return an arrow in ring words: "outer, wanted middle"; within one ring by its direction: "outer, wanted closer"."""
    ring, aim = ring_of(felt), ring_of(wanted)
    if ring is aim and ring is not Ring.OUTSIDE:
        said = _("{ring}, wanted closer") if wanted > felt else _("{ring}, wanted further")
        return said.format(ring=words.word(ring))
    return _("{ring}, wanted {aim}").format(ring=words.word(ring), aim=words.word(aim))
