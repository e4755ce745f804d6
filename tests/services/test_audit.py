"""The audit trail of a desk: what it says of each operation, and that it never says a clinical word."""

import ast
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ipt_desktop.domain import records as r
from ipt_desktop.domain.audit import Wanted
from ipt_desktop.domain.audit_words import KINDS, OPERATIONS, Act, detail_words, operation_words, operations_of, who_words
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.practice_settings import PracticeSettings
from ipt_desktop.domain.report import as_text
from ipt_desktop.domain.treatment_records import Goal
from ipt_desktop.services.audit import wanted
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import open_with_key
from ipt_desktop.storage.tables import TABLES

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 3, 2)
CANARY = "Kanarienvogel"


def client_and_course(desk: Desk, word: str = "Marta") -> tuple[r.Client, r.Course]:
    protocol = desk.resources.protocol("weissman-markowitz-klerman")
    assert protocol is not None
    client = desk.clients.add_client(r.Client(name=f"{word} A.", presenting_problem=word, own_words=word, address=word))
    return client, desk.courses.begin_course(client.id, protocol, started_on=TODAY, frequency=word)


def kept(desk: Desk) -> list[r.AuditEntry]:
    """Return every entry, the oldest first, once what is queued has been written."""
    desk.store.write(lambda writing: None)
    return desk.audit.entries(limit=10_000)[::-1]


def walk(desk: Desk, word: str) -> r.Client:
    """Do everything that can be done at a desk, with this word in every text."""
    client, course = client_and_course(desk, word)
    desk.practice.name_therapist(word)
    desk.clients.change_client(replace(client, emergency_name=word))
    desk.clients.archive_client(client.id)
    desk.clients.bring_back_client(client.id)
    desk.courses.change_course(replace(course, minutes=45))
    session = desk.sessions.add_session(r.Session(course_id=course.id, date=TODAY))
    desk.sessions.change_session(replace(session, attendance=r.Attendance.ATTENDED))
    desk.sessions.bring_back_session(desk.sessions.remove_session(session.id))
    walk_phases(desk, course, word)
    walk_circle(desk, client, course, word)
    note = desk.documents.open_document(Purpose.PROGRESS_NOTE, client.id, course_id=course.id, session_id=session.id)
    draft = desk.documents.begin_writing(note)
    fields = [each.key for section in desk.documents.form_of(note).sections for each in section.fields]
    desk.documents.keep_draft(draft, {fields[0]: [{"kind": "paragraph", "runs": [{"text": word}]}]})
    desk.documents.end_writing(draft)
    desk.courses.end_course(course.id, TODAY + timedelta(days=80), r.EndingKind.PLANNED)
    desk.courses.reopen_course(course.id)
    desk.settings.change(backup_folders=(f"/media/{word}",), lock_after=9)
    desk.audit.note_opened(client.id)
    desk.audit.note_viewed(client.id, "sessions")
    desk.audit.verify()
    return client


def walk_phases(desk: Desk, course: r.Course, word: str) -> None:
    phase = desk.phases.enter_phase(course.id, "middle", TODAY, word)
    desk.phases.take_back_phase(phase.id)
    desk.phases.tick_task(course.id, "initial.history", TODAY)
    desk.phases.untick_task(course.id, "initial.history")
    area = desk.phases.keep_problem_area(r.ProblemArea(course_id=course.id, area="role_dispute", rank=1, about=word))
    stage = desk.phases.judge_stage(area.id, r.DisputeStage.IMPASSE, TODAY)
    desk.phases.take_back_stage(stage.id)
    session = desk.sessions.add_session(r.Session(course_id=course.id, date=TODAY))
    desk.strategies.restore_mark(desk.strategies.unmark_strategy(desk.strategies.mark_strategy(area.id, "act", session.id).id))
    goal = desk.goals.add_goal(Goal(course_id=course.id, words=word, problem_area_id=area.id, evidence=word))
    desk.goals.bring_back_rating(desk.goals.take_back_rating(desk.goals.rate_goal(goal.id, 3, TODAY, session.id).id))
    desk.goals.restore_goal(desk.goals.remove_goal(goal.id))
    desk.phases.restore_problem_area(desk.phases.remove_problem_area(area.id))


def walk_circle(desk: Desk, client: r.Client, course: r.Course, word: str) -> None:
    person = desk.circles.add_person(client.id, word, "sister", relation_words=word)
    desk.circles.change_person(replace(person, is_in_focus=True))
    sitting = desk.circles.sitting_now(course.id)
    placement = r.Placement(person_id=person.id, sitting_id=sitting.id, felt=0.5, angle=10, words=word)
    desk.circles.put_back(sitting.id, person.id, placement)
    tie = r.Tie(client_id=client.id, from_person_id=person.id, kind=r.TieKind.CUTOFF)
    desk.circles.add_tie(tie)
    desk.circles.change_tie(replace(tie, strength=1))
    desk.circles.remove_tie(tie.id)
    desk.circles.remove_person(person.id)
    desk.circles.restore_person(person.id)


# What it says


def test_no_entry_ever_holds_a_clinical_word(desk: Desk):
    walk(desk, CANARY)
    entries = kept(desk)
    assert len(entries) > 30
    with desk.store.read() as reading:
        rows = reading._connection.exec_driver_sql("SELECT * FROM audit_entry").all()
        assert any(CANARY in client.name for client in reading.all(r.Client)), "the word is in the practice"
    assert [row for row in rows if CANARY.lower() in str(tuple(row)).lower()] == []


def test_everything_done_to_a_client_names_the_client(desk: Desk):
    client = walk(desk, "word")
    of_nobody = {"create_practice", "change_practice", "change_settings", "verify_trail"}
    assert {each.operation for each in kept(desk) if each.client_id != client.id} == of_nobody


def test_every_operation_and_kind_has_words(desk: Desk):
    walk(desk, "word")
    assert {each.operation for each in kept(desk)} <= OPERATIONS.keys()
    assert {each.kind for each in kept(desk) if each.kind} <= KINDS.keys()
    apart = {"definition", "revision", "audit_entry", "audit_head"}  # nothing is done to these by themselves
    assert {table.name for table in TABLES.values()} - apart <= KINDS.keys()


def operations_in_the_source() -> set[str]:
    """Return each operation that is named where an entry is made."""
    found = set()
    for path in (ROOT / "ipt_desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            at = {"write": 0, "_note": 0, "note": 1, "_archive": 1, "_about": 1}.get(name)
            named = [each.value for each in node.keywords if each.arg == "operation"]
            named += [] if at is None else node.args[at : at + 1]
            found |= {each.value for each in named if isinstance(each, ast.Constant) and isinstance(each.value, str)}
    return {each for each in found if each.isidentifier()}


def test_every_operation_in_the_source_has_words():
    found = operations_in_the_source()
    assert {"add_client", "unlock", "change_settings", "begin_edit", "archive_client", "view"} <= found, "it sees them"
    assert found - OPERATIONS.keys() == set()


def test_every_act_is_one_of_the_filters():
    assert set().union(*(operations_of(act) for act in Act)) == OPERATIONS.keys()


def test_an_operation_of_another_release_is_shown_by_its_name():
    assert operation_words("knit_scarf") == "Knit scarf"


def test_what_else_an_entry_says_is_in_words():
    def words(**detail: object) -> str:
        return detail_words(r.AuditEntry(operation="x", detail=detail))

    assert words(how="keychain") == "by this computer’s keychain"
    assert words(settings=["lock_after", "cover_pin"]) == "when it locks, PIN on the cover"
    assert words(report="termination-summary", pages=3, disclosure="4711") == "Summary of treatment; pages: 3"
    assert words(at=datetime(2026, 3, 2, 12, 0, tzinfo=UTC).isoformat()).startswith("2026-03-0")
    assert words(at="yesterday") == "yesterday"
    assert words() == ""


@pytest.mark.parametrize("name", [each.name for each in fields(PracticeSettings)])
def test_each_setting_is_called_by_what_it_does(name: str):
    words = detail_words(r.AuditEntry(operation="change_settings", detail={"settings": [name]}))
    assert words not in (name, name.replace("_", " "))
    assert "private" not in words, "it stands on paper, where nothing tells that there are any"


def test_who_did_it_is_said(desk: Desk):
    assert who_words(r.AuditEntry(operation="x", who="hanna")) == "hanna"
    assert who_words(r.AuditEntry(operation="x", who="program")) == "the program by itself"
    assert who_words(r.AuditEntry(operation="x", who="")) == "not kept"


# What is looked at


def test_a_page_is_noted_once_for_each_client_and_an_opening_each_time(desk: Desk):
    client, _course = client_and_course(desk)
    other, _course = client_and_course(desk, "Other")
    for _turn in range(2):
        for each in (client, other):
            desk.audit.note_opened(each.id)
            desk.audit.note_viewed(each.id, "circle")
            desk.audit.note_viewed(each.id, "phases")
    seen = [(each.operation, each.client_id, each.detail) for each in kept(desk) if each.operation in operations_of(Act.SEEN)]
    assert len([each for each in seen if each[0] == "open_client"]) == 4
    views = [each for each in seen if each[0] == "view"]
    assert len(views) == 4
    assert ("view", other.id, {"page": "phases"}) in views


def test_writing_writes_no_entry_for_each_save(desk: Desk):
    client, course = client_and_course(desk)
    note = desk.documents.open_document(Purpose.FREE_NOTE, client.id, course_id=course.id)
    draft = desk.documents.begin_writing(note)
    before = len(kept(desk))
    for turn in range(20):
        desk.documents.keep_draft(draft, {"text": [{"kind": "paragraph", "runs": [{"text": str(turn)}]}]})
    assert [each.operation for each in kept(desk)[before:]] == ["begin_edit"]
    assert kept(desk)[-1].client_id == client.id, "also of a note that was not there before"


def test_locking_is_noted(desk: Desk):
    folder = desk.folder
    desk.close()
    again = open_with_key(folder, bytes(range(32)))
    again.store.write(lambda writing: None)
    with again.store.read() as reading:
        entries = reading.all(r.AuditEntry, "number")
    again.close()
    assert [each.operation for each in entries] == ["create_practice", "lock", "unlock"]


# Reading it


def test_entries_of_days_are_found_as_this_computer_counts_days(desk: Desk):
    noon = datetime(2026, 3, 2, 12).astimezone()
    at = {"late": noon.replace(hour=23, minute=59), "early": noon.replace(hour=0), "next": noon + timedelta(hours=12)}
    for name, instant in at.items():
        desk.store.write(lambda writing, name=name, instant=instant: writing.audit(r.AuditEntry(operation=name, at=instant)))
    day = noon.date()
    assert {each.operation for each in desk.audit.entries(wanted(first=day, last=day))} == {"late", "early"}
    assert "next" in {each.operation for each in desk.audit.entries(wanted(first=day + timedelta(days=1)))}


def test_a_long_trail_is_read_page_by_page(desk: Desk):
    client, _course = client_and_course(desk)
    for _turn in range(30):
        desk.audit.note_opened(client.id)
    everything = kept(desk)[::-1]
    asked, found = Wanted(client_id=client.id), []
    while page := desk.audit.entries(asked, limit=7):
        found += page
        asked = replace(asked, before=page[-1].number)
    assert found == [each for each in everything if each.client_id == client.id]


def test_looking_through_the_chain_is_noted_with_what_came_of_it(desk: Desk):
    client_and_course(desk)
    state = desk.audit.verify()
    assert state.is_sound
    words = "All 3 entries are as they were written, and none is missing. There was no backup to hold it against."
    assert state.in_words() == words
    assert (kept(desk)[-1].operation, kept(desk)[-1].detail) == ("verify_trail", {"entries": 3, "broken": 0})
    assert detail_words(kept(desk)[-1]) == "entries: 3; broken places: 0"


def test_that_it_was_looked_through_is_there_at_once(desk: Desk):
    for _turn in range(30):
        desk.audit.verify()
        assert desk.audit.entries(limit=1)[0].operation == "verify_trail"


@pytest.mark.parametrize("text", ["Entry 2 is not what was written.", "changed outside this program, or damaged"])
def test_a_broken_chain_is_told_in_a_sentence(desk: Desk, text: str):
    client_and_course(desk)

    def tamper(writing: object) -> None:
        run = writing._connection.exec_driver_sql  # type: ignore[attr-defined]
        run("DROP TRIGGER audit_entry_is_never_altered")
        run("UPDATE audit_entry SET who = 'nobody' WHERE number = 2")

    desk.store.write(tamper)
    state = desk.audit.verify()
    assert text in state.in_words()
    assert "safeguards were taken out" in state.in_words()
    assert kept(desk)[-1].detail["broken"] == 2


def test_which_record_an_entry_is_about_is_said_without_its_words(desk: Desk):
    client, course = client_and_course(desk, CANARY)
    session = desk.sessions.add_session(r.Session(course_id=course.id, date=TODAY))
    gone = desk.sessions.add_session(r.Session(course_id=course.id, date=TODAY))
    desk.sessions.remove_session(gone.id)
    for purpose, session_id in ((Purpose.PROGRESS_NOTE, session.id), (Purpose.FORMULATION, None)):
        document = desk.documents.open_document(purpose, client.id, course_id=course.id, session_id=session_id)
        desk.documents.keep_draft(desk.documents.begin_writing(document), {})
    entries = kept(desk)
    records = desk.audit.records(entries)
    said = [(each.operation, records.get(each.record_id)) for each in entries]
    assert said == [
        ("create_practice", None),
        ("add_client", "Client"),
        ("begin_course", "Course 1"),
        ("add_session", "Session, 2 Mar 2026"),
        ("add_session", "Session"),
        ("remove_session", "Session"),
        ("begin_edit", "Note, 2 Mar 2026"),
        ("begin_edit", "Formulation"),
    ]
    report = as_text(desk.audit.report(Wanted(), str, asked=""))
    assert "Note, 2 Mar 2026" in report
    assert CANARY not in report
