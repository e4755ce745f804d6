"""The verbs of a practice on a real encrypted database: clients, courses, sessions, phases, circles."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from ipt_desktop.domain.errors import DemoPracticeOnly, PracticeLocked, RecordGone, Refused
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import (
    AgreedPhase,
    Attendance,
    AuditEntry,
    Client,
    ClientStatus,
    Course,
    DisputeStage,
    EndingKind,
    Person,
    Placement,
    ProblemArea,
    Session,
    Sitting,
    Tie,
    TieKind,
)
from ipt_desktop.services.changes import Changed
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_practice, create_with_key

TODAY = date(2026, 11, 24)


def begin(desk: Desk, client: Client | None = None, **terms: object) -> Course:
    protocol = desk.resources.protocol("weissman-markowitz-klerman")
    assert protocol is not None
    client = client or desk.clients.add_client(Client(name="Marta"))
    return desk.courses.begin_course(client.id, protocol, started_on=TODAY - timedelta(weeks=4), **terms)  # type: ignore[arg-type]


def audited(desk: Desk) -> list[str]:
    """Return what was done since the practice was made."""
    with desk.store.read() as reading:
        return [each.operation for each in reading.all(AuditEntry, "number")][1:]


# -- the practice and its changes --------------------------------------------------------------------------------------


def test_each_verb_is_one_audit_row_and_is_told_once(desk: Desk) -> None:
    told: list[Changed] = []
    stop = desk.changes.subscribe(told.append)
    client = desk.clients.add_client(Client(name="Marta"))
    assert [(dict(each.kinds), each.touches("client"), each.touches("session")) for each in told] == [
        ({"client": frozenset({client.id})}, True, False)
    ]
    with desk.store.read() as reading:
        made, entry = reading.all(AuditEntry, "number")
    assert (made.operation, made.kind) == ("create_practice", "practice")
    assert (entry.operation, entry.kind, entry.record_id, entry.client_id) == ("add_client", "client", client.id, client.id)
    stop()
    desk.clients.archive_client(client.id)
    assert len(told) == 1


def test_a_refused_verb_leaves_nothing_behind_and_tells_nobody(desk: Desk) -> None:
    told: list[Changed] = []
    desk.changes.subscribe(told.append)
    with pytest.raises(RecordGone):
        desk.clients.change_client(Client(name="Nobody here"))
    assert (told, audited(desk), desk.clients.clients()) == ([], [], [])


def test_the_therapist_is_named_on_the_practice(desk: Desk) -> None:
    desk.practice.name_therapist("  Dr A. Example ")
    assert (desk.practice_name, desk.practice.details().therapist) == ("Willow Lane Practice", "Dr A. Example")


def test_a_closed_desk_says_the_practice_is_locked(tmp_path: Path) -> None:
    desk = Desk(create_with_key(tmp_path / "p", bytes(range(32)), "P"))
    desk.close()
    with pytest.raises(PracticeLocked):
        desk.clients.clients()


# -- clients -----------------------------------------------------------------------------------------------------------


def test_clients_are_listed_by_name_and_archived_ones_are_put_away_not_lost(desk: Desk) -> None:
    names = ("zoe", "Änne", "Bo")
    zoe, _aenne, _bo = (desk.clients.add_client(Client(name=name)) for name in names)
    assert [each.name for each in desk.clients.clients()] == ["Bo", "zoe", "Änne"]
    desk.clients.archive_client(zoe.id)
    assert [each.name for each in desk.clients.clients()] == ["Bo", "Änne"]
    assert [each.name for each in desk.clients.clients(with_archived=True)] == ["Bo", "zoe", "Änne"]
    desk.clients.bring_back_client(zoe.id)
    assert len(desk.clients.clients()) == 3


def test_a_client_needs_a_name(desk: Desk) -> None:
    with pytest.raises(Refused, match="name"):
        desk.clients.add_client(Client(name="  "))
    client = desk.clients.add_client(Client(name=" Marta "))
    assert client.name == "Marta"
    with pytest.raises(Refused):
        desk.clients.change_client(replace(client, name=""))
    assert desk.clients.client(client.id) == client


def test_no_real_client_enters_the_demo_practice(tmp_path: Path) -> None:
    desk = Desk(create_practice(tmp_path / "demo", None, "Demo", is_demo=True))
    try:
        with pytest.raises(DemoPracticeOnly):
            desk.clients.add_client(Client(name="Real Person"))
        assert desk.clients.clients(with_archived=True) == []
    finally:
        desk.close()


def test_the_overview_tells_phase_session_area_and_last_visit_of_the_latest_course(desk: Desk) -> None:
    new = desk.clients.add_client(Client(name="A new one"))
    course = begin(desk)
    for week, attendance in enumerate((Attendance.ATTENDED, Attendance.DID_NOT_COME, Attendance.LATE)):
        day = course.started_on + timedelta(weeks=week)
        desk.sessions.add_session(Session(course_id=course.id, date=day, attendance=attendance))
    desk.phases.enter_phase(course.id, "middle", TODAY, "focus agreed")
    desk.phases.keep_problem_area(ProblemArea(course_id=course.id, area="transition"))
    desk.phases.keep_problem_area(ProblemArea(course_id=course.id, area="grief", rank=2))
    first, second = desk.clients.overview(TODAY)
    assert (first.client, first.course, first.courses) == (new, None, 0)
    assert (second.phase_key, second.phase, second.areas) == ("middle", "Middle", ("Role transition", "Grief"))
    assert second.count is not None
    assert (second.count.number, second.count.planned, second.count.after) == (3, 16, 13)
    assert second.last_seen == course.started_on + timedelta(weeks=2)


# -- courses -----------------------------------------------------------------------------------------------------------


def test_a_course_keeps_a_copy_of_what_was_agreed(desk: Desk) -> None:
    course = begin(desk)
    assert [(each.key, each.first, each.last) for each in course.phases] == [
        ("initial", 1, 3),
        ("middle", 4, 13),
        ("termination", 14, 16),
    ]
    assert (course.planned_sessions, course.minutes, course.number) == (16, 50, 1)
    assert course.planned_end == course.started_on + timedelta(weeks=15)
    assert desk.courses.protocol(course.id) == desk.resources.protocol("weissman-markowitz-klerman")
    with desk.store.read() as reading:
        assert reading.get(Course, course.id) == course


def test_one_course_at_a_time_and_the_client_s_status_follows(desk: Desk) -> None:
    first = begin(desk)
    client = desk.clients.client(first.client_id)
    with pytest.raises(Refused, match="still running"):
        begin(desk, client)
    desk.courses.end_course(first.id, TODAY, EndingKind.PLANNED)
    assert desk.clients.client(client.id).status is ClientStatus.FINISHED
    second = begin(desk, client)
    assert (second.number, desk.clients.client(client.id).status) == (2, ClientStatus.ACTIVE)
    with pytest.raises(Refused, match="Another course"):
        desk.courses.reopen_course(first.id)
    assert [each.number for each in desk.courses.courses(client.id)] == [1, 2]


@pytest.mark.parametrize(
    ("planned", "phases"),
    [
        (0, None),
        (100, None),
        (16, (AgreedPhase(key="initial", first=1, last=15),)),
        (16, (AgreedPhase(key="initial", first=1, last=3), AgreedPhase(key="middle", first=5, last=16))),
    ],
)
def test_terms_that_cannot_be_are_refused(desk: Desk, planned: int, phases: tuple[AgreedPhase, ...] | None) -> None:
    course = begin(desk)
    with pytest.raises(Refused):
        desk.courses.change_course(replace(course, planned_sessions=planned, phases=phases or course.phases))
    assert desk.courses.course(course.id) == course


def test_a_course_begun_by_mistake_can_go_until_something_is_in_it(desk: Desk) -> None:
    course = begin(desk)
    session = desk.sessions.add_session(Session(course_id=course.id, date=TODAY))
    with pytest.raises(Refused):
        desk.courses.remove_course(course.id)
    desk.sessions.remove_session(session.id)
    desk.courses.remove_course(course.id)
    assert desk.courses.courses(course.client_id) == []


# -- sessions ----------------------------------------------------------------------------------------------------------


def test_sessions_come_in_order_and_cannot_end_before_they_begin(desk: Desk) -> None:
    course = begin(desk)
    late = desk.sessions.add_session(Session(course_id=course.id, date=TODAY, starts_at=time(15), ends_at=time(15, 50)))
    early = desk.sessions.add_session(Session(course_id=course.id, date=TODAY, starts_at=time(9)))
    assert [each.id for each in desk.sessions.sessions(course.id)] == [early.id, late.id]
    with pytest.raises(Refused):
        desk.sessions.change_session(replace(late, ends_at=time(14)))


def test_a_session_with_words_stays_and_an_empty_one_comes_back_with_its_circle(desk: Desk) -> None:
    course = begin(desk)
    session = desk.sessions.add_session(Session(course_id=course.id, date=TODAY, starts_at=time(9)))
    sitting = desk.circles.sitting_now(course.id, datetime.combine(TODAY, time(9, 30)))
    assert sitting.session_id == session.id
    desk.phases.tick_task(course.id, "initial.consent", TODAY, session.id)
    note = desk.documents.open_document(Purpose.PROGRESS_NOTE, course.client_id, course_id=course.id, session_id=session.id)
    draft = desk.documents.begin_writing(note)
    desk.documents.keep_draft(draft, {"plan": "call the sister"})
    with pytest.raises(Refused, match="words"):
        desk.sessions.remove_session(session.id)
    desk.documents.keep_draft(draft, {"plan": " "})
    removed = desk.sessions.remove_session(session.id)
    assert desk.sessions.sessions(course.id) == []
    desk.sessions.bring_back_session(removed)
    assert desk.sessions.sessions(course.id) == [session]
    assert desk.documents.notes(course.id)[session.id].answers == {"plan": " "}
    assert desk.phases.ticks(course.id)[0].session_id == session.id
    assert desk.circles.sitting_now(course.id, datetime.combine(TODAY, time(9, 40))).session_id == session.id


# -- phases ------------------------------------------------------------------------------------------------------------


def test_a_phase_is_set_with_date_and_reason_backwards_too_and_taken_back(desk: Desk) -> None:
    course = begin(desk)
    desk.phases.enter_phase(course.id, "middle", TODAY - timedelta(7), "focus agreed")
    back = desk.phases.enter_phase(course.id, "initial", TODAY, " a new loss came up ")
    assert [(each.phase, each.reason) for each in desk.phases.changes(course.id)] == [
        ("middle", "focus agreed"),
        ("initial", "a new loss came up"),
    ]
    desk.phases.take_back_phase(back.id)
    assert [each.phase for each in desk.phases.changes(course.id)] == ["middle"]
    desk.phases.bring_back_phase(back)
    assert desk.phases.changes(course.id)[-1] == back


def test_a_task_has_one_tick_whose_date_can_change(desk: Desk) -> None:
    course = begin(desk)
    desk.phases.tick_task(course.id, "initial.consent", TODAY)
    desk.phases.tick_task(course.id, "initial.consent", TODAY - timedelta(7))
    assert [each.on for each in desk.phases.ticks(course.id)] == [TODAY - timedelta(7)]
    assert desk.phases.untick_task(course.id, "initial.consent") is not None
    assert desk.phases.untick_task(course.id, "initial.consent") is None
    assert desk.phases.ticks(course.id) == []


def test_problem_areas_keep_their_order_whatever_is_added_moved_or_removed(desk: Desk) -> None:
    course = begin(desk)

    def order() -> list[tuple[str, int]]:
        return [(each.area, each.rank) for each in desk.phases.problem_areas(course.id)]

    grief = desk.phases.keep_problem_area(ProblemArea(course_id=course.id, area="grief"))
    dispute = desk.phases.keep_problem_area(ProblemArea(course_id=course.id, area="dispute", rank=2))
    assert order() == [("grief", 1), ("dispute", 2)]
    desk.phases.keep_problem_area(replace(dispute, rank=1))
    assert order() == [("dispute", 1), ("grief", 2)]
    desk.phases.remove_problem_area(dispute.id)
    assert order() == [("grief", 1)]
    assert desk.phases.keep_problem_area(replace(dispute, rank=9)).rank == 2
    assert grief.id in {each.id for each in desk.phases.problem_areas(course.id)}


def test_a_dispute_s_stage_is_judged_on_a_date(desk: Desk) -> None:
    course = begin(desk)
    assert desk.phases.stage_changes(course.id) == []
    area = desk.phases.keep_problem_area(ProblemArea(course_id=course.id, area="dispute"))
    desk.phases.judge_stage(area.id, DisputeStage.IMPASSE, TODAY - timedelta(7))
    later = desk.phases.judge_stage(area.id, DisputeStage.RENEGOTIATION, TODAY)
    assert [each.stage for each in desk.phases.stage_changes(course.id)] == [DisputeStage.IMPASSE, DisputeStage.RENEGOTIATION]
    desk.phases.take_back_stage(later.id)
    assert [each.stage for each in desk.phases.stage_changes(course.id)] == [DisputeStage.IMPASSE]
    desk.phases.bring_back_stage(later)
    assert desk.phases.stage_changes(course.id)[-1] == later


# -- circles -----------------------------------------------------------------------------------------------------------


def place(desk: Desk, sitting: Sitting, person: Person, felt: float, desired: float | None = None) -> None:
    placement = Placement(person_id=person.id, sitting_id=sitting.id, felt=felt, desired=desired)
    desk.circles.put_back(sitting.id, person.id, placement)


def at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour))


def test_the_circle_remembers_each_sitting(desk: Desk) -> None:
    course = begin(desk)
    elin = desk.circles.add_person(course.client_id, "Elin", "daughter")
    johan = desk.circles.add_person(course.client_id, "Johan", "husband")
    third = desk.circles.sitting_now(course.id, at(TODAY - timedelta(7)))
    place(desk, third, elin, 0.9)
    place(desk, third, johan, 0.2)
    place(desk, third, johan, 0.3)  # again in the same sitting: replaces the row
    now = desk.circles.sitting_now(course.id, at(TODAY))
    place(desk, now, johan, 0.8)
    before = desk.circles.sitting_before(course.id, TODAY)
    place(desk, before, johan, 0.95)
    assert [each.id for each in desk.circles.sittings(course.id)] == [before.id, third.id, now.id]

    def felt(sitting_id: str | None) -> dict[str, float]:
        placements = desk.circles.circle(course.id, sitting_id).placements
        return {name: placements[who.id].felt for name, who in (("Elin", elin), ("Johan", johan)) if who.id in placements}

    assert felt(before.id) == {"Johan": 0.95}
    assert felt(third.id) == {"Elin": 0.9, "Johan": 0.3}
    assert felt(now.id) == felt(None) == {"Elin": 0.9, "Johan": 0.8}
    assert desk.circles.sitting_before(course.id, TODAY).id == before.id, "there is one such sitting a course"
    assert audited(desk).count("begin_sitting") == 3, "a sitting that is there is only read"


def test_changes_go_into_the_running_session_s_sitting(desk: Desk) -> None:
    course = begin(desk)
    without = desk.circles.sitting_now(course.id, at(TODAY, 8))
    assert without.session_id is None
    nine, noon = (desk.sessions.add_session(Session(course_id=course.id, date=TODAY, starts_at=time(hour))) for hour in (9, 12))
    assert desk.circles.sitting_now(course.id, at(TODAY, 10)).session_id == nine.id
    assert desk.circles.sitting_now(course.id, at(TODAY, 13)).session_id == noon.id
    assert desk.circles.sittings(course.id) == [], "a sitting in which nobody was placed is not one"


def test_a_second_course_starts_from_where_the_first_one_ended(desk: Desk) -> None:
    first = begin(desk)
    elin = desk.circles.add_person(first.client_id, "Elin", "daughter")
    place(desk, desk.circles.sitting_now(first.id, at(TODAY - timedelta(7))), elin, 0.4)
    desk.courses.end_course(first.id, TODAY, EndingKind.PLANNED)
    second = begin(desk, desk.clients.client(first.client_id))
    circle = desk.circles.circle(second.id)
    assert (circle.sitting, circle.placements[elin.id].felt) == (None, 0.4)
    place(desk, desk.circles.sitting_now(second.id, at(TODAY)), elin, 0.9)
    assert desk.circles.circle(first.id).placements[elin.id].felt == 0.4
    assert desk.circles.circle(second.id).placements[elin.id].felt == 0.9


def test_put_back_restores_a_row_or_its_absence(desk: Desk) -> None:
    course = begin(desk)
    elin = desk.circles.add_person(course.client_id, "Elin", "daughter")
    now = desk.circles.sitting_now(course.id, at(TODAY))
    place(desk, now, elin, 0.9)
    desk.circles.put_back(now.id, elin.id, None)
    assert desk.circles.circle(course.id).placements == {}
    with pytest.raises(RecordGone):
        desk.circles.put_back("no such sitting", elin.id, Placement(person_id=elin.id, sitting_id="no such sitting"))


def test_nobody_is_wished_nearer_who_has_died(desk: Desk) -> None:
    course = begin(desk)
    father = desk.circles.add_person(course.client_id, "Karl", "father")
    now = desk.circles.sitting_now(course.id, at(TODAY))
    place(desk, now, father, 0.2, desired=0.8)
    desk.circles.change_person(replace(father, has_died=True))
    assert desk.circles.circle(course.id).placements[father.id].desired is None
    with pytest.raises(Refused, match="has died"):
        place(desk, now, father, 0.2, desired=0.8)
    desk.circles.change_person(father)
    assert desk.circles.circle(course.id).placements[father.id].desired == 0.8, "undone, the wish is there again"


def test_someone_taken_out_comes_back_the_same_with_what_joined_them(desk: Desk) -> None:
    course = begin(desk)
    elin, johan = (desk.circles.add_person(course.client_id, name, "friend") for name in ("Elin", "Johan"))
    now = desk.circles.sitting_now(course.id, at(TODAY))
    place(desk, now, elin, 0.9)
    tie = desk.circles.add_tie(
        Tie(client_id=course.client_id, from_person_id=johan.id, to_person_id=elin.id, kind=TieKind.FRIEND)
    )
    desk.circles.remove_person(elin.id)
    assert (desk.circles.people(course.client_id), desk.circles.ties(course.client_id)) == ([johan], [])
    desk.circles.restore_person(elin.id)
    assert desk.circles.people(course.client_id) == [elin, johan]
    assert (desk.circles.ties(course.client_id), desk.circles.circle(course.id).placements[elin.id].felt) == ([tie], 0.9)
    with pytest.raises(RecordGone):
        desk.circles.restore_person(elin.id)


def test_someone_of_whom_words_were_written_is_never_taken_out_altogether(desk: Desk) -> None:
    course = begin(desk)
    elin = desk.circles.add_person(course.client_id, "Elin", "daughter")
    entry = desk.documents.open_document(Purpose.INVENTORY_ENTRY, course.client_id, about_id=elin.id)
    desk.documents.keep_draft(desk.documents.begin_writing(entry), {"good": "laughs with her"})
    with pytest.raises(Refused, match="written"):
        desk.circles.remove_person(elin.id)
    assert desk.circles.people(course.client_id) == [elin]


@pytest.mark.parametrize("name", ["", "   "])
def test_a_person_needs_a_name(desk: Desk, name: str) -> None:
    course = begin(desk)
    with pytest.raises(Refused):
        desk.circles.add_person(course.client_id, name, "friend")


def test_a_tie_is_made_changed_and_taken_out(desk: Desk) -> None:
    course = begin(desk)
    elin, johan = (desk.circles.add_person(course.client_id, name, "friend") for name in ("Elin", "Johan"))
    tie = desk.circles.add_tie(
        Tie(client_id=course.client_id, from_person_id=elin.id, to_person_id=johan.id, kind=TieKind.FRIEND)
    )
    cut = desk.circles.change_tie(replace(tie, kind=TieKind.CUTOFF, since=TODAY))
    assert desk.circles.ties(course.client_id) == [cut]
    desk.circles.remove_tie(cut.id)
    assert desk.circles.ties(course.client_id) == []
    with pytest.raises(RecordGone):
        desk.circles.change_tie(cut)
    with pytest.raises(Refused, match="two people"):
        desk.circles.add_tie(replace(tie, to_person_id=elin.id))
