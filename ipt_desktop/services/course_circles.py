"""The circles of a course as one reading found them: any of them can be laid out without reading again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.records import Person, Placement, Sitting, Support
from ipt_desktop.domain.text import _


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle as it stood: everyone of the client's life, and the latest placement of each who was placed by then.

    `sitting` is the last one counted in, None before the first. A wish kept of someone who has died since is left out.
    """

    sitting: Sitting | None
    people: Sequence[Person]
    placements: dict[str, Placement]


@dataclass(frozen=True, slots=True)
class CourseCircles:
    """The people of a client's life, the sittings of the course (`own`) and of those before it, and who was placed in them."""

    people: Sequence[Person]
    earlier: Sequence[Sitting]
    own: Sequence[Sitting]
    placements: Sequence[Placement]

    @property
    def sittings(self) -> list[Sitting]:
        """The course's sittings in which anyone was placed, or that were named."""
        drawn = {each.sitting_id for each in self.placements}
        return [each for each in self.own if each.id in drawn or each.name]

    def circle(self, sitting_id: str | None = None) -> Circle:
        """Return the circle as it stood after a sitting of the course, or as it stands now. Raises RecordGone."""
        return self._of(self.own[: place_of(self.own, sitting_id) + 1])

    def circle_at_first(self) -> Circle:
        """Return the circle that the course begins with: where the courses before it ended, nobody in a first one."""
        return self._of(())

    def _of(self, own: Sequence[Sitting]) -> Circle:
        order = {each.id: number for number, each in enumerate((*self.earlier, *own))}
        rows = [each for each in self.placements if each.sitting_id in order]
        latest = {row.person_id: row for row in sorted(rows, key=lambda each: order[each.sitting_id])}
        for person in self.people:
            if person.has_died and person.id in latest:
                latest[person.id] = replace(latest[person.id], desired=None, wished=Support())
        return Circle(own[-1] if own else None, self.people, latest)


def place_of(sittings: Sequence[Sitting], sitting_id: str | None) -> int:
    """Return where a sitting stands, the last one for None. Raises RecordGone where it is not there."""
    if sitting_id is None:
        return len(sittings) - 1
    place = next((number for number, each in enumerate(sittings) if each.id == sitting_id), None)
    if place is None:
        raise RecordGone(kind=_("sitting"))
    return place
