"""What is stored of a course's circles, read at one moment: what an export is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain.circle_graph import ties_on
from ipt_desktop.domain.circle_naming import Cast, Naming, cast_of
from ipt_desktop.domain.circle_order import CircleOrder
from ipt_desktop.domain.circle_overlay import AreaNote, area_notes
from ipt_desktop.domain.closeness import RingWords
from ipt_desktop.domain.records import Client, Course, Person, Placement, Practice, Sector, Session, Sitting, Tie
from ipt_desktop.domain.standing import Standing, standings
from ipt_desktop.domain.text import _
from ipt_desktop.services.summary_circle import sitting_caption
from ipt_desktop.services.termination_summary import client_initials

if TYPE_CHECKING:
    from ipt_desktop.services.course_circles import Circle
    from ipt_desktop.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleFile:
    """The circles an order asks for, in the order of the sittings, and the one they are compared with.

    `sittings` are all of the course, and of those before it what a placement may stem from.
    """

    order: CircleOrder
    today: date
    practice: Practice
    client: Client
    course: Course
    words: RingWords
    sessions: Sequence[Session]
    sittings: Sequence[Sitting]
    circles: Sequence[Circle]
    since: Circle | None
    ties: Sequence[Tie]
    sectors: Sequence[Sector]
    areas: Sequence[AreaNote]
    days: Mapping[str, date]
    cast: Cast

    @property
    def client_called(self) -> str:
        """What the client is called."""
        match self.order.naming:
            case Naming.NAMES:
                return self.client.name
            case Naming.PSEUDONYMS:
                return _("Client")
            case _:
                return client_initials(self.client)

    @property
    def token(self) -> str:
        """What stands in the middle of a circle: never the name, which has no room there."""
        return _("Client")[:1] if self.order.naming is Naming.PSEUDONYMS else client_initials(self.client)

    @property
    def day(self) -> date:
        """The day of the last circle shown."""
        return self.date_of(self.circles[-1])

    def date_of(self, circle: Circle) -> date:
        """Return the day a circle tells of; the present one tells of today."""
        is_now = "" in self.order.sittings and circle is self.circles[-1]
        return self.today if is_now or circle.sitting is None else circle.sitting.date

    def everyone(self, number: int) -> list[Standing]:
        """Return all of the client's life with where they stand in a circle and stood in the one compared with, if at all.

        A picture takes them all: those who share initials are numbered alike in each.
        """
        circle = self.circles[number]
        before = self.circles[number - 1] if number > 0 else self.since
        now, then = present(circle), present(before) if before else {}
        return [Standing(each, now.get(each.id), then.get(each.id)) for each in self._people(circle)]

    def nearest_first(self, number: int) -> list[Standing]:
        """Return who is in a circle or was in the one compared with, for a list."""
        circle = self.circles[number]
        before = self.circles[number - 1] if number > 0 else self.since
        return standings(self._people(circle), circle.placements, before.placements if before else None)

    def ties_of(self, circle: Circle) -> list[Tie]:
        """Return the ties that held on a circle's day, if ties are wanted."""
        held = ties_on(self.ties, self.date_of(circle)) if self.order.are_ties_shown else []
        return [replace(tie, until=None) for tie in held]

    def _people(self, circle: Circle) -> Sequence[Person]:
        """Return everyone; whose death the work is about lived still *before this began* (complicated grief)."""
        if circle.sitting is None or not circle.sitting.is_before:
            return self.cast.people
        is_grieved = [each.has_died and each.is_in_focus for each in self.cast.people]
        people = zip(self.cast.people, is_grieved, strict=True)
        return [replace(each, has_died=False, died="") if is_it else each for each, is_it in people]

    def caption(self, circle: Circle) -> str:
        """Return when a circle was drawn: "session 2, 19 March 2026"; a sitting's name may hold someone's."""
        return self.cast.hide(sitting_caption(circle.sitting, self.sessions))

    def title(self, circle: Circle) -> str:
        """Return which of the course's circles it is: *before this began*, its name, start, end, or its session."""
        sitting = circle.sitting
        own = [each.id for each in self.sittings if each.course_id == self.course.id and not each.is_before]
        if sitting is None:
            return _("Now")
        if sitting.is_before:
            return _("Before this began")
        if sitting.name:
            return self.cast.hide(sitting.name)
        place = own.index(sitting.id) if sitting.id in own else -1
        if place == len(own) - 1:
            return _("End") if self.course.ended_on else _("Now")
        if place == 0:
            return _("Start")
        return _("Middle") if place == len(own) // 2 else ""


def read_circles(desk: Desk, order: CircleOrder, today: date) -> CircleFile:
    """Read what an order asks for as the last commit left it. Raises RecordGone for a course or sitting that is not there."""
    with desk.store.read():  # all that follows sees the same commit
        course = desk.courses.course(order.course_id)
        client = desk.clients.client(course.client_id)
        rings = desk.courses.protocol(course.id).rings
        circles = [desk.circles.circle(course.id, each or None) for each in order.sittings]
        sittings = desk.circles.sittings(course.id)
        since = desk.circles.circle(course.id, order.since) if _is_earlier(order, sittings) else None
        people = desk.circles.people(client.id)
        labels = {each.key: _(each.label) for each in desk.courses.protocol(course.id).areas}
        cast = cast_of(people, order.naming, client_name=client.name)
        with desk.open_practice.read() as reading:
            drawn = [*circles, *([since] if since else [])]
            sitting_ids = {row.sitting_id for circle in drawn for row in circle.placements.values()}
            days = {each.id: each.date for each in reading.all(Sitting, id=sorted(sitting_ids))} if sitting_ids else {}
        return CircleFile(
            order=order,
            today=today,
            practice=desk.practice.details(),
            client=client,
            course=course,
            words=RingWords((rings.inner, rings.middle, rings.outer), rings.outside),
            sessions=desk.sessions.sessions(course.id),
            sittings=sittings,
            circles=circles,
            since=since,
            ties=desk.circles.ties(client.id),
            sectors=[replace(each, name=cast.hide(each.name)) for each in desk.circles.sectors(client.id)],
            areas=area_notes(desk.phases.problem_areas(course.id), labels),
            days=days,
            cast=cast,
        )


def _is_earlier(order: CircleOrder, sittings: Sequence[Sitting]) -> bool:
    """Whether one circle is compared with another that was drawn before it."""
    if not order.since or order.is_through_treatment:
        return False
    own = [each.id for each in sittings]
    shown = own.index(order.sittings[0]) if order.sittings[0] in own else len(own) - 1
    return order.since not in own or own.index(order.since) < shown


def present(circle: Circle) -> dict[str, Placement]:
    """Return where those stand who are in the circle, by person."""
    return {person_id: each for person_id, each in circle.placements.items() if each.is_present}
