"""What of a client's circle is on the page: read together, so that table, circle and panel tell the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain.circle_overlay import AreaNote, area_notes
from ipt_desktop.domain.closeness import RingWords
from ipt_desktop.domain.standing import Standing, standings
from ipt_desktop.domain.text import _
from ui.page import Frame

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Person, Sector, Sitting, Tie
    from ipt_desktop.services.desk import Desk


class ShownCircle:
    """The circle of one course at a sitting, compared with another: who stands where, in whose words.

    `is_before` is whether the circle *before this began* is shown, which can be drawn at any time; `is_read_only` whether it is
    an earlier one, which is looked at and not changed. `waiting` was named and has no place in it.
    """

    def __init__(self, desk: Desk, frame: Frame) -> None:
        self.desk = desk
        self._frame = frame
        self.is_before = self.is_read_only = False
        self.show_client(None, None)

    def show_client(self, client_id: str | None, course_id: str | None) -> None:
        """Turn to this client's circle in this course; nobody is read yet."""
        self.client_id, self.course_id = client_id, course_id
        self.standings: list[Standing] = []
        self.waiting: list[Standing] = []
        self.sittings: Sequence[Sitting] = ()
        self.ties: Sequence[Tie] = ()
        self.sectors: Sequence[Sector] = ()
        self.people: Sequence[Person] = ()
        self.areas: Sequence[AreaNote] = ()
        self.client_label, self.words = self._read_client()

    def _read_client(self) -> tuple[str, RingWords]:
        """Return what stands in the middle, and what the course's protocol calls the rings."""
        if self.client_id is None or self.course_id is None:
            return "", RingWords()
        client = self.desk.clients.client(self.client_id)
        rings = self.desk.courses.protocol(self.course_id).rings
        name = self._frame.name_of(client)
        return name.split()[0] if name.split() else name, RingWords((rings.inner, rings.middle, rings.outer), rings.outside)

    def read_sittings(self) -> Sequence[Sitting]:
        """Read the sittings there are. Raises RecordGone where the course is no more."""
        self.sittings = self.desk.circles.sittings(self.course_id) if self.course_id else ()
        return self.sittings

    def read(self, sitting_id: str, since_id: str) -> None:
        """Read the circle as of a sitting ("" for now), compared with another ("" for none)."""
        if self.course_id is None or self.client_id is None:
            self.standings, self.waiting, self.ties, self.sectors = [], [], (), ()
            self.people, self.areas = (), ()
            return
        circles = self.desk.circles
        at = circles.sitting_before(self.course_id, date.today()).id if self.is_before else sitting_id or None
        shown = circles.circle(self.course_id, at)
        before = circles.circle(self.course_id, since_id).placements if since_id else None
        self.standings = standings(shown.people, shown.placements, before)
        placed = shown.placements.keys()
        self.waiting = [] if self.is_read_only else [Standing(each, None) for each in shown.people if each.id not in placed]
        self.sectors = circles.sectors(self.client_id)
        self.ties, self.people = circles.ties(self.client_id), shown.people
        labels = {each.key: _(each.label) for each in self.desk.courses.protocol(self.course_id).areas}
        self.areas = area_notes(self.desk.phases.problem_areas(self.course_id), labels)

    @property
    def here(self) -> list[Standing]:
        """Who is in the circle shown, nearest first."""
        return [each for each in self.standings if each.now]

    def standing(self, person_id: str) -> Standing | None:
        """Return where someone stands or that they wait for a place, or None for who is in neither circle."""
        people = (*self.waiting, *self.standings)
        return next((each for each in people if each.person.id == person_id), None)

    def sitting(self, sitting_id: str) -> Sitting | None:
        """Return a sitting by its id."""
        return next((each for each in self.sittings if each.id == sitting_id), None)

    def sitting_now(self) -> Sitting | None:
        """Return the sitting that changes go into: the running session's, else today's; or *before this began* while shown.

        None without a course. Raises PracticeError where it can't be made.
        """
        if self.course_id is None:
            return None
        if self.is_before:
            return self.desk.circles.sitting_before(self.course_id, date.today())
        return self.desk.circles.sitting_now(self.course_id)
