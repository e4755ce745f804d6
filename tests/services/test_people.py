"""People deleted with all that is written about them, and brought back; what undo takes back beside what others changed."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from ipt_desktop.domain.departure import departure_words
from ipt_desktop.domain.errors import RecordGone, Refused
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import (
    AuditEntry,
    Client,
    Course,
    Document,
    Person,
    Placement,
    ProblemArea,
    Record,
    Revision,
    Sector,
    Sitting,
    Support,
    Tie,
    TieKind,
)
from ipt_desktop.domain.treatment_records import Goal
from ipt_desktop.services.desk import Desk
from ipt_desktop.storage.store import Writing

KEPT: tuple[type[Record], ...] = (
    Client,
    Course,
    Person,
    Placement,
    Tie,
    Document,
    Revision,
    ProblemArea,
    Goal,
    Sitting,
    Sector,
)


@dataclass
class Life:
    """Elin with two circles, two ties, an inventory entry of two stays, a problem area and a goal; and Noor."""

    desk: Desk
    course: Course
    elin: Person
    noor: Person
    sittings: list[Sitting]
    area: ProblemArea

    def rows(self) -> dict[str, list[Record]]:
        """Return every row there is, by table."""
        with self.desk.store.read() as reading:
            return {kind.__name__: list(reading.all(kind, "id")) for kind in KEPT}


@pytest.fixture
def life(desk: Desk) -> Life:
    protocol = desk.resources.protocol("weissman-markowitz-klerman")
    assert protocol is not None
    client = desk.clients.add_client(Client(name="Marta"))
    course = desk.courses.begin_course(client.id, protocol, started_on=date(2026, 9, 1))
    elin, noor = (desk.circles.add_person(client.id, name, what) for name, what in (("Elin", "daughter"), ("Noor", "friend")))
    circles = desk.circles
    sector = Sector(client_id=client.id, name="Family", start=0.0)
    circles.keep_sectors(client.id, [sector], {elin.id: sector.id})
    sittings = [circles.sitting_before(course.id, date(2026, 9, 1)), circles.sitting_now(course.id)]
    for sitting in sittings:
        for person in (elin, noor):
            row = Placement(person_id=person.id, sitting_id=sitting.id, felt=0.5, received=Support(emotional=2))
            circles.put_back(sitting.id, person.id, replace(row, words="like a wall" if person is elin else ""))
    for tie in (
        Tie(client_id=client.id, from_person_id=elin.id, kind=TieKind.CONFLICT),
        Tie(client_id=client.id, from_person_id=noor.id, to_person_id=elin.id, kind=TieKind.FRIEND),
    ):
        circles.add_tie(tie)
    write(desk, course, elin, {"good": "laughs with her"})
    write(desk, course, elin, {"good": "laughs with her, most days"})
    area = desk.phases.keep_problem_area(ProblemArea(course_id=course.id, area="role_dispute", person_id=elin.id))
    goal = Goal(course_id=course.id, words="closer to Elin", person_id=elin.id, problem_area_id=area.id, is_closeness=True)
    desk.store.write(lambda writing: writing.insert(goal))
    return Life(desk, course, elin, noor, sittings, area)


def write(desk: Desk, course: Course, person: Person, answers: dict[str, str]) -> Document:
    """Write in someone's inventory entry, in one stay."""
    document = desk.documents.open_document(Purpose.INVENTORY_ENTRY, course.client_id, course_id=course.id, about_id=person.id)
    draft = desk.documents.begin_writing(document)
    desk.documents.keep_draft(draft, answers)
    desk.documents.end_writing(draft)
    return draft.document


def operations(desk: Desk) -> list[str]:
    with desk.store.read() as reading:
        return [each.operation for each in reading.all(AuditEntry, "number")]


def test_deleted_everything_of_a_person_goes_and_comes_back_as_it_was(life: Life) -> None:
    before = life.rows()
    life.desk.circles.delete_person(life.elin.id)
    gone = life.rows()
    assert gone["Person"] == [life.noor]
    assert [row.person_id for row in gone["Placement"]] == [life.noor.id] * 2  # type: ignore[attr-defined]
    assert (gone["Tie"], gone["Document"], gone["Revision"]) == ([], [], [])
    assert [each.person_id for each in (*gone["ProblemArea"], *gone["Goal"])] == [None, None]  # type: ignore[attr-defined]
    life.desk.circles.restore_person(life.elin.id)
    assert life.rows() == before
    with pytest.raises(RecordGone):
        life.desk.circles.restore_person(life.elin.id)


def test_deleting_is_one_entry_of_the_trail_and_so_is_coming_back(life: Life) -> None:
    known = operations(life.desk)
    life.desk.circles.delete_person(life.elin.id)
    life.desk.circles.restore_person(life.elin.id)
    assert operations(life.desk)[len(known) :] == ["delete_person", "restore_person"]
    with life.desk.store.read() as reading:
        entry = reading.all(AuditEntry, "-number")[1]
    assert (entry.kind, entry.record_id, entry.client_id) == ("person", life.elin.id, life.course.client_id)


def test_a_person_who_comes_back_names_nothing_that_names_another_by_now(life: Life) -> None:
    life.desk.circles.delete_person(life.elin.id)
    life.desk.phases.keep_problem_area(replace(life.area, person_id=life.noor.id))
    life.desk.circles.restore_person(life.elin.id)
    (area,) = life.desk.phases.problem_areas(life.course.id)
    assert area.person_id == life.noor.id


def test_what_is_no_more_does_not_keep_a_person_from_coming_back(life: Life) -> None:
    before = life.rows()
    life.desk.circles.delete_person(life.elin.id)
    life.desk.circles.keep_sectors(life.course.client_id, [], {})
    life.desk.circles.delete_person(life.noor.id)

    def remove(writing: Writing) -> None:
        writing.delete(Sitting, life.sittings[0].id)
        writing.delete(ProblemArea, life.area.id)

    life.desk.store.write(remove)
    elin = life.desk.circles.restore_person(life.elin.id)
    assert elin.sector_id is None
    now = life.rows()
    assert [row.sitting_id for row in now["Placement"]] == [life.sittings[1].id]  # type: ignore[attr-defined]
    assert [tie.to_person_id for tie in now["Tie"]] == [None], "the one to Noor, who is gone, is not there"  # type: ignore[attr-defined]
    assert now["Revision"] == before["Revision"]


def test_nobody_comes_back_to_a_client_who_is_no_more(life: Life) -> None:
    life.desk.circles.delete_person(life.elin.id)
    life.desk.store.write(lambda writing: writing.delete(Client, life.course.client_id))
    with pytest.raises(RecordGone):
        life.desk.circles.restore_person(life.elin.id)
    assert life.rows()["Person"] == []


def test_what_goes_is_said_in_words(life: Life) -> None:
    going = life.desk.circles.departure(life.elin.id)
    assert going.has_text
    assert departure_words(going, ["Role dispute"]) == (
        "What goes with them: 1 entry of the inventory; the client’s own words in 2 circles; their places in 2 circles; "
        "2 ties. "
        "The problem area “Role dispute” stays and names nobody then. 1 goal stays and names nobody then. "
        "Undo brings all of it back until the practice is locked."
    )
    assert not life.desk.circles.departure(life.noor.id).has_text


def test_an_emptied_entry_has_text_still_as_its_earlier_version_has(life: Life) -> None:
    write(life.desk, life.course, life.noor, {"good": "warm"})
    write(life.desk, life.course, life.noor, {"good": ""})
    assert life.desk.circles.departure(life.noor.id).has_text


def test_words_about_someone_deleted_are_refused_and_kept_once_they_are_back(life: Life) -> None:
    documents = life.desk.documents
    document = documents.open_document(
        Purpose.INVENTORY_ENTRY, life.course.client_id, course_id=life.course.id, about_id=life.noor.id
    )
    draft = documents.begin_writing(document)
    life.desk.circles.delete_person(life.noor.id)
    with pytest.raises(RecordGone, match="person"):
        documents.keep_draft(draft, {"good": "kind"})
    life.desk.circles.restore_person(life.noor.id)
    assert documents.keep_draft(draft, {"good": "kind"}).about_id == life.noor.id


def test_a_tie_and_a_problem_area_to_someone_deleted_are_refused_in_words(life: Life) -> None:
    life.desk.circles.delete_person(life.noor.id)
    tie = Tie(client_id=life.course.client_id, from_person_id=life.elin.id, to_person_id=life.noor.id)
    with pytest.raises(RecordGone, match="person is no longer there"):
        life.desk.circles.add_tie(tie)
    with pytest.raises(RecordGone, match="person is no longer there"):
        life.desk.phases.keep_problem_area(replace(life.area, person_id=life.noor.id))


def test_two_who_were_tied_come_back_tied_in_whatever_order_they_went(life: Life) -> None:
    before, circles = life.rows(), life.desk.circles
    circles.delete_person(life.elin.id)
    circles.delete_person(life.noor.id)
    circles.restore_person(life.noor.id)
    circles.restore_person(life.elin.id)
    assert life.rows() == before


# What undo takes back


def test_undo_of_a_change_leaves_what_others_changed_of_a_person(life: Life) -> None:
    circles, old = life.desk.circles, life.elin
    stored = circles.change_person(replace(old, relation="sister"), old)
    assert stored.sector_id, "the sector she was put into since she was read stays"
    circles.change_person(replace(stored, is_in_focus=True))
    back = circles.change_person(old, replace(old, relation="sister"))
    assert (back.relation, back.is_in_focus, back.sector_id) == ("daughter", True, stored.sector_id)
    circles.change_person(replace(back, name="Elina"))
    with pytest.raises(Refused, match="Elina was changed in another place"):
        circles.change_person(old, replace(old, name="Ellie"))
    assert circles.people(old.client_id)[0].name == "Elina"


def test_undo_of_a_move_leaves_the_words_that_were_written_since(life: Life) -> None:
    circles, sitting, elin = life.desk.circles, life.sittings[1].id, life.elin.id
    old = circles.placement(sitting, elin)
    assert old is not None
    moved = replace(old, felt=0.9)
    circles.put_back(sitting, elin, moved)
    circles.put_back(sitting, elin, replace(moved, words="softer now"))
    circles.take_back(sitting, {elin: moved}, {elin: old})
    row = circles.placement(sitting, elin)
    assert row == replace(old, words="softer now")
    circles.put_back(sitting, elin, replace(old, felt=0.1))
    with pytest.raises(Refused, match="Elin was changed in another place"):
        circles.take_back(sitting, {elin: moved}, {elin: old})


def test_undo_of_a_first_placing_never_takes_words_along_that_came_later(life: Life) -> None:
    circles, elin = life.desk.circles, life.elin.id
    sitting = circles.sitting_now(life.course.id).id
    circles.put_back(sitting, elin, None)
    first = Placement(person_id=elin, sitting_id=sitting, felt=0.3)
    circles.take_back(sitting, {elin: None}, {elin: first})
    assert circles.placement(sitting, elin) == first
    circles.put_back(sitting, elin, replace(first, words="she called"))
    with pytest.raises(Refused):
        circles.take_back(sitting, {elin: first}, {elin: None})
    circles.put_back(sitting, elin, first)
    circles.take_back(sitting, {elin: first}, {elin: None})
    assert circles.placement(sitting, elin) is None


def test_undo_of_a_move_of_several_is_whole_or_not_at_all(life: Life) -> None:
    circles, sitting = life.desk.circles, life.sittings[1].id
    both = (life.elin.id, life.noor.id)
    old = {each: circles.placement(sitting, each) for each in both}
    new = {each: replace(row, felt=0.9) for each, row in old.items() if row}
    circles.put_back_all(sitting, new)
    circles.put_back(sitting, life.noor.id, replace(new[life.noor.id], felt=0.2))
    with pytest.raises(Refused, match="Noor"):
        circles.take_back(sitting, new, old)
    row = circles.placement(sitting, life.elin.id)
    assert row is not None
    assert row.felt == 0.9


def test_a_wish_kept_of_someone_who_died_since_comes_back_with_undo(life: Life) -> None:
    circles, sitting, elin = life.desk.circles, life.sittings[1].id, life.elin.id
    row = circles.placement(sitting, elin)
    assert row is not None
    wished = replace(row, desired=0.9)
    circles.put_back(sitting, elin, wished)
    circles.change_person(replace(life.elin, has_died=True))
    moved = replace(wished, felt=0.7, desired=None)
    circles.put_back(sitting, elin, moved)
    circles.take_back(sitting, {elin: moved}, {elin: wished})
    assert circles.placement(sitting, elin) == wished


def test_a_tie_changed_elsewhere_keeps_that_when_a_change_is_undone(life: Life) -> None:
    circles = life.desk.circles
    tie = circles.ties(life.course.client_id)[0]
    stronger = circles.change_tie(replace(tie, strength=3), tie)
    circles.change_tie(replace(stronger, since=date(2026, 1, 1)))
    assert circles.change_tie(tie, stronger) == replace(tie, since=date(2026, 1, 1))


# Circles whose people are all gone


def test_a_circle_whose_people_were_all_deleted_is_empty_and_nothing_fails(life: Life) -> None:
    circles = life.desk.circles
    circles.name_sitting(life.sittings[1].id, "baseline")
    for each in (life.elin, life.noor):
        circles.delete_person(each.id)
    assert [each.name for each in circles.sittings(life.course.id)] == ["baseline"]
    assert circles.circle(life.course.id).placements == {}
    assert circles.circle(life.course.id, life.sittings[1].id).people == []
