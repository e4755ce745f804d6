"""A window and a real practice for the Circle tab: Marta's four people, drawn as before this began and a week ago."""

from datetime import date, timedelta

from ipt_desktop.domain.records import Client, Person, Placement, Sitting
from ipt_desktop.storage.store import Writing
from tests.ui.practice_room import Room, RoomFrame
from ui.circle.page import CirclePage

TODAY, WEEK, THEN = "today", "week", "then"

STOOD = (
    ("elin", "Elin", "daughter", 0.9, 0.9, 310.0, None),
    ("johan", "Johan", "husband", 0.8, 0.2, 75.0, None),
    ("ruth", "Ruth", "mother_in_law", 0.5, 0.5, 105.0, 0.1),
    ("choir", "Choir", "club", None, 0.2, 280.0, 0.5),
)


class CircleRoom:
    """The page with what stands behind it."""

    def __init__(self, room: Room) -> None:
        self.desk = room.desk
        self.client: Client = room.client()
        self.course = room.course(self.client, date.today() - timedelta(weeks=4))
        self.desk.store.write(self._draw)
        self.frame: RoomFrame = room.frame(self.client)
        self.page = CirclePage(self.desk, self.frame)
        self.frame.hold(self.page, 1280, 660)

    def _draw(self, writing: Writing) -> None:
        course_id, day = self.course.id, date.today()
        writing.insert(Sitting(id=THEN, course_id=course_id, date=day - timedelta(21), is_before=True))
        writing.insert(Sitting(id=WEEK, course_id=course_id, date=day - timedelta(7)))
        for person_id, name, relation, then, now, angle, wanted in STOOD:
            is_group, is_in_focus = person_id == "choir", person_id == "johan"
            writing.insert(
                Person(
                    id=person_id,
                    client_id=self.client.id,
                    name=name,
                    relation=relation,
                    is_in_focus=is_in_focus,
                    is_group=is_group,
                )
            )
            if then is not None:
                writing.insert(Placement(person_id=person_id, sitting_id=THEN, felt=then, angle=angle))
            writing.insert(Placement(person_id=person_id, sitting_id=WEEK, felt=now, angle=angle, desired=wanted))

    @property
    def people(self) -> dict[str, Person]:
        """The people stored, by id."""
        return {each.id: each for each in self.desk.circles.people(self.client.id)}

    def row(self, sitting_id: str, person_id: str) -> Placement | None:
        """Return a person's stored row of a sitting; "today" is whichever of today's sittings has one."""
        with self.desk.store.read() as reading:
            if sitting_id != TODAY:
                return next(iter(reading.all(Placement, sitting_id=sitting_id, person_id=person_id)), None)
            todays = [each.id for each in reading.all(Sitting, course_id=self.course.id, date=date.today())]
            rows = reading.all(Placement, sitting_id=todays, person_id=person_id) if todays else []
            return rows[0] if rows else None

    def today(self, person_id: str) -> float | None:
        """Return how close someone stands in today's sitting, or None where they were not moved or taken off."""
        row = self.row(TODAY, person_id)
        return row.felt if row and row.is_present else None
