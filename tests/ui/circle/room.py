"""A window and a desk as small as the Circle tab needs them: everything is kept in memory, by the services' names."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.records import Client, Person, Placement, Sitting, Tie
from ui.change_bus import ChangeBus

DAY = date(2026, 11, 24)


@dataclass
class MemoryCircles:
    """The circle's operations on plain dictionaries."""

    people: dict[str, Person] = field(default_factory=dict)
    removed: dict[str, Person] = field(default_factory=dict)
    kept_sittings: list[Sitting] = field(default_factory=list)
    rows: dict[tuple[str, str], Placement] = field(default_factory=dict)
    kept_ties: list[Tie] = field(default_factory=list)

    def sittings(self, course_id: str) -> list[Sitting]:
        return list(self.kept_sittings)

    def sitting_now(self, course_id: str) -> Sitting:
        if not self.kept_sittings or self.kept_sittings[-1].date != DAY:
            self.kept_sittings.append(Sitting(id="today", course_id=course_id, date=DAY))
        return self.kept_sittings[-1]

    def circle(self, course_id: str, sitting_id: str | None = None) -> SimpleNamespace:
        placements: dict[str, Placement] = {}
        for sitting in self.kept_sittings:
            placements |= {row.person_id: row for (at, _who), row in self.rows.items() if at == sitting.id}
            if sitting.id == sitting_id:
                break
        return SimpleNamespace(sitting=None, people=list(self.people.values()), placements=placements)

    def ties(self, client_id: str) -> list[Tie]:
        return self.kept_ties

    def add_person(self, client_id: str, name: str, relation: str, *, relation_words: str = "") -> Person:
        person = Person(client_id=client_id, name=name, relation=relation, relation_words=relation_words)
        self.people[person.id] = person
        return person

    def change_person(self, person: Person) -> Person:
        self.people[person.id] = person
        return person

    def remove_person(self, person_id: str) -> None:
        self.removed[person_id] = self.people.pop(person_id)

    def restore_person(self, person_id: str) -> None:
        self.people[person_id] = self.removed.pop(person_id)

    def put_back(self, sitting_id: str, person_id: str, placement: Placement | None) -> None:
        if placement is None:
            self.rows.pop((sitting_id, person_id), None)
        else:
            self.rows[sitting_id, person_id] = placement


class MemoryFrame(QWidget):
    """The window round the page."""

    def __init__(self) -> None:
        super().__init__()
        self.changes = ChangeBus(self)
        self.stack = QUndoStack(self)
        self.said: list[str] = []

    def undo_stack(self) -> QUndoStack:
        return self.stack

    def name_of(self, client: Client) -> str:
        return client.name

    def say(self, title: str, words: str = "", **_more: Any) -> None:
        self.said.append(words)


def memory_desk(circles: MemoryCircles) -> Any:
    rings = SimpleNamespace(inner="inner", middle="middle", outer="outer", outside="outside")
    return SimpleNamespace(
        circles=circles,
        clients=SimpleNamespace(client=lambda client_id: Client(id=client_id, name="Marta Lindqvist")),
        courses=SimpleNamespace(protocol=lambda course_id: SimpleNamespace(rings=rings)),
    )


def marta() -> MemoryCircles:
    """Four people, drawn three weeks ago as before this began and a week ago."""
    circles = MemoryCircles()
    circles.kept_sittings = [
        Sitting(id="before", course_id="course", date=DAY - timedelta(21), is_before=True),
        Sitting(id="week", course_id="course", date=DAY - timedelta(7)),
    ]
    stood = (
        ("elin", "Elin", "daughter", 0.9, 0.9, 310.0, None),
        ("johan", "Johan", "husband", 0.8, 0.2, 75.0, None),
        ("ruth", "Ruth", "mother_in_law", 0.5, 0.5, 105.0, 0.1),
        ("choir", "Choir", "club", None, 0.2, 280.0, 0.5),
    )
    for person_id, name, relation, then, now, angle, wanted in stood:
        circles.people[person_id] = Person(
            id=person_id,
            client_id="client",
            name=name,
            relation=relation,
            is_in_focus=person_id == "johan",
            is_group=person_id == "choir",
        )
        row = Placement(person_id=person_id, sitting_id="week", felt=now, angle=angle, desired=wanted)
        circles.rows["week", person_id] = row
        if then is not None:
            circles.rows["before", person_id] = replace(row, id=f"b-{person_id}", sitting_id="before", felt=then, desired=None)
    return circles
