"""What of a client's circle is on the page: read together, so that table, circle and panel tell the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain.circle_overlay import AreaNote, area_notes
from ipt_desktop.domain.circle_time import BEFORE, Stop
from ipt_desktop.domain.closeness import RingWords
from ipt_desktop.domain.standing import Standing, standings
from ipt_desktop.domain.text import _
from ipt_desktop.domain.told_apart import told_apart
from ui.circle.shown_time import ShownTime
from ui.page import Frame

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Person, Placement, Sector, Sitting, Tie
    from ipt_desktop.services.course_circles import Circle, CourseCircles
    from ipt_desktop.services.desk import Desk


class ShownCircle:
    """The circle of one course at an occasion (`time`), compared with an earlier one: who stands where, in whose words.

    `waiting` was named and has no place in it, while it can be changed.
    """

    def __init__(self, desk: Desk, frame: Frame) -> None:
        self.desk = desk
        self._frame = frame
        self.time = ShownTime(desk)
        self.show_client(None, None)

    def show_client(self, client_id: str | None, course_id: str | None) -> None:
        """Turn to this client's circle in this course as it is now; nobody is read yet."""
        self.client_id, self.course_id = client_id, course_id
        self.standings: list[Standing] = []
        self.waiting: list[Standing] = []
        self.ties: Sequence[Tie] = ()
        self.sectors: Sequence[Sector] = ()
        self.people: Sequence[Person] = ()
        self.off: dict[str, Placement] = {}
        """Who was taken off the circle shown, with the row that says so, by person id; while it can be changed."""
        self.called: dict[str, str] = {}
        """What everyone is called by person id: two people of one name are told apart."""
        self.areas: Sequence[AreaNote] = ()
        self._circles: CourseCircles | None = None
        self.time.forget()
        self.client_label, self.words = self._read_client()

    def _read_client(self) -> tuple[str, RingWords]:
        """Return what stands in the middle, and what the course's protocol calls the rings."""
        if self.client_id is None or self.course_id is None:
            return "", RingWords()
        client = self.desk.clients.client(self.client_id)
        rings = self.desk.courses.protocol(self.course_id).rings
        name = self._frame.name_of(client)
        return name.split()[0] if name.split() else name, RingWords((rings.inner, rings.middle, rings.outer), rings.outside)

    @property
    def is_read_only(self) -> bool:
        """Whether what is shown is looked at and not changed."""
        return self.time.is_read_only

    def read(self) -> None:
        """Read the circle of the occasion shown and of the one compared with. Raises RecordGone where the course is no more."""
        self._circles = None
        self.words = replace(self.words, is_numbered=self._frame.preferences.has_numbers)
        if self.course_id is None or self.client_id is None:
            self.standings, self.waiting, self.ties, self.sectors = [], [], (), ()
            self.people, self.areas, self.off, self.called = (), (), {}, {}
            return
        self._circles = self.desk.circles.course_circles(self.course_id)
        self.time.read(self.course_id, self._circles.sittings)
        self.standings = self.standings_at(self.time.stop)
        shown, circles = self._circle(self.time.stop), self.desk.circles
        placed, self.called = shown.placements.keys(), told_apart(shown.people)
        self.off = {} if self.is_read_only else {key: row for key, row in shown.placements.items() if not row.is_present}
        self.waiting = (
            []
            if self.is_read_only
            else [Standing(each, None, called=self.called[each.id]) for each in shown.people if each.id not in placed]
        )
        self.sectors = circles.sectors(self.client_id)
        self.ties, self.people = circles.ties(self.client_id), shown.people
        labels = {each.key: _(each.label) for each in self.desk.courses.protocol(self.course_id).areas}
        self.areas = area_notes(self.desk.phases.problem_areas(self.course_id), labels)

    @property
    def is_before(self) -> bool:
        """Whether the circle *before this began* is shown."""
        return self.time.stop.is_before

    def standings_at(self, stop: Stop) -> list[Standing]:
        """Return who stands where at an occasion, compared as chosen, as `read` found it. Raises RecordGone."""
        compared = self.time.compared
        shown = self._circle(stop)
        return standings(shown.people, shown.placements, self._circle(compared).placements if compared else None)

    @property
    def standings_before(self) -> list[Standing]:
        """Who stood where in the circle compared with."""
        return [replace(each, now=each.before, before=None) for each in self.standings if each.before]

    def _circle(self, stop: Stop) -> Circle:
        assert self._circles is not None  # noqa: S101 - `read` has read them
        if stop.is_before and not stop.is_placed:
            return self._circles.circle_at_first()
        return self._circles.circle(None if stop.is_now else stop.sitting_id)

    @property
    def here(self) -> list[Standing]:
        """Who is in the circle shown, nearest first."""
        return [each for each in self.standings if each.now]

    def standing(self, person_id: str) -> Standing | None:
        """Return where someone stands or that they wait for a place, or None for who is in neither circle."""
        people = (*self.waiting, *self.standings)
        return next((each for each in people if each.person.id == person_id), None)

    def sitting_now(self) -> Sitting | None:
        """Return the sitting that changes go into: the running session's, else today's; or the earlier one that is edited.

        None without a course, and while an earlier circle is only looked at. Raises PracticeError where it can't be made.
        """
        if self.course_id is None or self.is_read_only:
            return None
        circles = self.desk.circles
        if not self.time.is_past:
            return circles.sitting_now(self.course_id)
        if self.time.key == BEFORE:
            return circles.sitting_before(self.course_id, date.today())
        return next((each for each in circles.sittings(self.course_id) if each.id == self.time.key), None)
