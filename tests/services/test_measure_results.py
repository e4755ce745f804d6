"""Measures: what is kept and refused, a correction after signing, what is due when, and flags nobody asked about."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.measure_records import Given, PlannedMeasure
from ipt_desktop.domain.protocol import When
from ipt_desktop.domain.records import Attendance, Client, EndingKind, Session
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry
from ipt_desktop.domain.treatment_records import Medication
from ipt_desktop.services.demo import create_demo
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.measures import Entry, Measures
from ipt_desktop.services.vault import create_with_key

TODAY = date.today()
WEEK = timedelta(weeks=1)
MODERATE = {str(item): 1.0 for item in range(1, 9)} | {"9": 0.0, "difficulty": 1.0}  # 8 points


class Room:
    """A client in a course of weekly sessions, the last of them a week ago."""

    def __init__(self, desk: Desk, held: int = 0) -> None:
        self.desk, self.measures = desk, desk.measures
        self.client = desk.clients.add_client(Client(name="Marta Lindqvist"))
        begun = TODAY - 20 * WEEK
        self.course = desk.courses.begin_course(self.client.id, desk.resources.protocols[0], started_on=begun)
        self.sessions = [self.hold(TODAY - WEEK * back) for back in range(held, 0, -1)]

    def hold(self, on: date) -> Session:
        session = Session(course_id=self.course.id, date=on, attendance=Attendance.ATTENDED)
        return self.desk.sessions.add_session(session)

    def entry(self, key: str = "phq-9", on: date = TODAY, session: Session | None = None, **answers: float) -> Entry:
        measure = self.measures.measure(key)
        assert measure is not None
        told = MODERATE | {name.removeprefix("item_"): value for name, value in answers.items()}
        return Entry(self.client.id, measure, on, told, self.course.id, session.id if session else None)

    def given(self) -> list[tuple[str, float | None]]:
        return [(each.measure.key, each.result.total) for each in self.measures.measured(self.client.id)]

    def due(self) -> list[str]:
        return [each.measure for each in self.measures.due(self.course.id, TODAY)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(create_with_key(tmp_path / "practice", bytes(range(32)), "Willow Lane Practice"))
    yield opened
    opened.close()


@pytest.fixture
def demo_desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(create_demo(tmp_path / "demo", TODAY))
    yield opened
    opened.close()


def test_answers_are_scored_and_kept_with_the_measure_they_answer(desk: Desk) -> None:
    room = Room(desk)
    kept = room.measures.enter_measure(room.entry())
    (back,) = room.measures.measured(room.client.id)
    assert back.result == kept
    assert (kept.total, kept.flagged, kept.answers["difficulty"]) == (8.0, [], 1.0)
    assert back.band is not None
    assert back.band.label == "mild"
    assert back.measure == room.measures.measure("phq-9")


def test_what_can_not_be_is_refused_and_nothing_is_kept(desk: Desk) -> None:
    room = Room(desk)
    with pytest.raises(Refused, match="Item 3"):
        room.measures.enter_measure(room.entry(item_3=4.0))
    with pytest.raises(Refused, match="still to come"):
        room.measures.enter_measure(room.entry(on=TODAY + WEEK))
    phq = room.measures.measure("phq-9")
    assert phq is not None
    with pytest.raises(Refused, match="Nothing was answered"):
        room.measures.enter_measure(Entry(room.client.id, phq, TODAY, {}, room.course.id))
    other = Room(desk, held=1)
    with pytest.raises(Refused, match="belong to one course"):
        room.measures.enter_measure(room.entry(session=other.sessions[0]))
    assert room.given() == []


def test_the_same_measure_twice_on_a_day_is_kept_twice(desk: Desk) -> None:
    room = Room(desk)
    room.measures.enter_measure(room.entry())
    room.measures.enter_measure(room.entry(item_1=2.0))
    assert room.given() == [("phq-9", 8.0), ("phq-9", 9.0)]


def test_a_client_in_the_middle_of_it_loses_nothing_and_counts_once_finished(desk: Desk) -> None:
    room = Room(desk)
    begun = room.measures.begin_measure(replace(room.entry(), given=Given.SCREEN))
    room.measures.keep_answers(begun.id, {"1": 2.0, "2": 1.0})
    assert room.given() == []
    (open_one,) = room.measures.unfinished(room.client.id)
    assert open_one.answers == {"1": 2.0, "2": 1.0}
    room.measures.keep_answers(begun.id, MODERATE)
    done = room.measures.finish_measure(begun.id)
    assert (done.given, done.total) == (Given.SCREEN, 8.0)
    assert room.given() == [("phq-9", 8.0)]
    assert room.measures.unfinished(room.client.id) == []


def test_a_result_is_changed_and_put_back(desk: Desk) -> None:
    room = Room(desk)
    kept = room.measures.enter_measure(room.entry())
    changed = room.measures.change_measure(kept.id, MODERATE | {"9": 2.0}, TODAY - WEEK)
    assert (changed.id, changed.total, changed.flagged, changed.on) == (kept.id, 10.0, ["9"], TODAY - WEEK)
    assert room.measures.put_back_measure(kept) == kept
    assert room.given() == [("phq-9", 8.0)]
    gone = room.measures.remove_measure(kept.id)
    assert room.given() == []
    room.measures.put_back_measure(gone)
    assert room.given() == [("phq-9", 8.0)]


def test_what_a_signed_note_tells_of_is_corrected_beside_it_with_a_reason(desk: Desk) -> None:
    room = Room(desk, held=1)
    desk.practice.change_details(replace(desk.practice.details(), therapist="Dr Hanna Weiss"))
    (session,) = room.sessions
    kept = room.measures.enter_measure(room.entry(session=session, on=session.date))
    where = {"course_id": room.course.id, "session_id": session.id}
    note = desk.documents.open_document(Purpose.PROGRESS_NOTE, room.client.id, **where)
    draft = desk.documents.begin_writing(note)
    signature = desk.signing.sign(desk.documents.keep_draft(draft, {"what_happened": "Rang Johan"}), reason="in haste")
    desk.documents.end_writing(draft)
    assert [each["id"] for each in signature.snapshot["measures"]] == [kept.id]
    with pytest.raises(Refused, match="Say why it is corrected"):
        room.measures.change_measure(kept.id, MODERATE | {"1": 3.0}, session.date)
    with pytest.raises(Refused, match="can be corrected"):
        room.measures.remove_measure(kept.id)
    corrected = room.measures.change_measure(kept.id, MODERATE | {"1": 3.0}, session.date, reason="misread on paper")
    assert (corrected.corrects_id, corrected.reason, corrected.total) == (kept.id, "misread on paper", 10.0)
    assert room.given() == [("phq-9", 10.0)]
    assert room.measures.earlier_versions(corrected.id) == [kept]
    room.measures.remove_measure(corrected.id)  # a correction is no part of the signed note
    assert room.given() == [("phq-9", 8.0)]


def test_a_definition_that_is_gone_leaves_its_results_readable(desk: Desk) -> None:
    room = Room(desk)
    room.measures.enter_measure(room.entry())
    without = Measures(desk.open_practice, lambda: (), desk.measures_due.usual_plan)
    (back,) = without.measured(room.client.id)
    assert (back.measure.name, back.result.total) == ("PHQ-9", 8.0)
    assert without.measure("phq-9") is None


@pytest.mark.parametrize(
    ("held", "given_back", "due"),
    [
        (0, [], ["phq-9", "gad-7"]),  # at intake
        (1, [1], ["gad-7"]),
        (4, [4], ["phq-9", "gad-7"]),  # the first session's, four sessions ago
        (4, [3], ["gad-7"]),  # given later: the count begins anew
        (8, [8, 4], ["phq-9", "gad-7"]),
    ],
)
def test_measures_are_due_at_intake_and_every_four_sessions(
    desk: Desk, held: int, given_back: list[int], due: list[str]
) -> None:
    room = Room(desk, held)
    for back in given_back:
        room.measures.enter_measure(room.entry(on=TODAY - WEEK * back))
    assert room.due() == due


def test_a_course_may_have_a_plan_of_its_own_or_none(desk: Desk) -> None:
    room = Room(desk, held=1)
    room.measures.enter_measure(room.entry(on=TODAY - WEEK))
    assert room.measures.plan_measures(room.course.id, (PlannedMeasure("phq-9", 1),)) is None
    assert room.due() == ["phq-9"]
    before = room.measures.plan_measures(room.course.id, ())
    assert before is not None
    assert before.measures == (PlannedMeasure("phq-9", 1),)
    assert room.due() == []
    room.measures.plan_measures(room.course.id, (PlannedMeasure("mspss", 0, [1, 3]),))
    assert room.due() == ["mspss"]
    room.measures.plan_measures(room.course.id, None)
    assert room.due() == ["gad-7"]


def test_nothing_is_due_once_the_course_has_ended_and_what_was_given_today_is_not_due_again(desk: Desk) -> None:
    room = Room(desk, held=1)
    room.measures.enter_measure(room.entry())
    assert room.due() == ["gad-7"]
    desk.courses.end_course(room.course.id, TODAY, EndingKind.PLANNED)
    assert room.due() == []


def test_a_flag_waits_until_it_is_noted_what_was_asked(desk: Desk) -> None:
    room = Room(desk)
    kept = room.measures.enter_measure(room.entry(item_9=1.0))
    (waiting,) = room.measures.unasked(room.client.id)
    assert [each.item for each in waiting.safety_flags] == [9]
    entry = RiskEntry(client_id=room.client.id, on=TODAY, asked=RiskAsked.UNCHANGED, words="passive ideation")
    risk = desk.risk.keep_risk(entry)
    room.measures.note_asked(kept.id, risk.id)
    assert room.measures.unasked(room.client.id) == []
    desk.risk.remove_risk(risk.id)
    assert len(room.measures.unasked(room.client.id)) == 1, "with its entry the answer is gone"


def test_no_measure_for_four_sessions_is_suggested_and_a_course_without_measures_is_left_alone(desk: Desk) -> None:
    room = Room(desk, held=5)

    def is_suggested() -> bool:
        read = desk.suggestions.read(room.course.id, TODAY)
        return any(each.when is When.NO_MEASURE for each in read.suggested)

    assert is_suggested()
    room.measures.enter_measure(room.entry(on=TODAY - WEEK))
    assert not is_suggested()
    room.measures.remove_measure(room.measures.measured(room.client.id)[0].result.id)
    room.measures.plan_measures(room.course.id, ())
    assert not is_suggested()


def test_no_reliable_change_by_session_eight_is_suggested_with_its_numbers(desk: Desk) -> None:
    room = Room(desk, held=8)

    def reasons() -> list[str]:
        read = desk.suggestions.read(room.course.id, TODAY)
        return [each.reason for each in read.suggested if each.when is When.NO_RELIABLE_CHANGE]

    room.measures.enter_measure(room.entry(on=TODAY - 7 * WEEK, item_1=3, item_2=3, item_3=3, item_4=3))
    assert reasons() == []
    last = room.measures.enter_measure(room.entry(on=TODAY, item_1=3, item_2=3, item_3=3, item_4=3))
    (reason,) = reasons()
    total = f"{last.total:g}"
    assert reason.startswith("By session ")
    assert reason.endswith(f"PHQ-9 {total} → {total}, no reliable change on the PHQ-9 (less than 6).")
    begun = (TODAY - 20 * WEEK).isoformat()
    desk.medications.add_medication(Medication(client_id=room.client.id, name="Sertraline", begun=begun))
    assert "(less than 6) · Sertraline since " in reasons()[0], "medication stands beside every change"
    room.measures.change_measure(last.id, dict.fromkeys((str(number) for number in range(1, 10)), 0), TODAY)
    assert reasons() == []


def test_a_measure_is_kept_when_its_session_or_course_goes(desk: Desk) -> None:
    room = Room(desk, held=1)
    room.measures.enter_measure(room.entry(session=room.sessions[0]))
    with pytest.raises(Refused, match="recorded in this course"):
        desk.courses.remove_course(room.course.id)
    removed = desk.sessions.remove_session(room.sessions[0].id)
    (back,) = room.measures.measured(room.client.id)
    assert back.result.session_id is None
    assert back.result.total == 8.0
    with pytest.raises(Refused, match="recorded in this course"):
        desk.courses.remove_course(room.course.id)
    desk.sessions.bring_back_session(removed)
    (again,) = room.measures.measured(room.client.id)
    assert again.result.session_id == removed.id


def test_a_course_begun_by_mistake_comes_back_with_its_plan(desk: Desk) -> None:
    room = Room(desk, held=0)
    plan = (PlannedMeasure("gad-7", 1),)
    room.measures.plan_measures(room.course.id, plan)
    desk.courses.bring_back_course(desk.courses.remove_course(room.course.id))
    assert room.measures.plan(room.course.id) == plan


def test_totals_and_flags_of_the_demo_practice_are_what_scoring_makes_of_the_answers(demo_desk: Desk) -> None:
    clients = demo_desk.clients.clients()
    measured = [each for client in clients for each in demo_desk.measures.measured(client.id)]
    assert {each.measure.key for each in measured} >= {"phq-9", "gad-7", "mspss", "csi-4", "epds"}
    for each in measured:
        assert each.result.total == each.scored.total
        assert each.result.flagged == [str(flag.item) for flag in each.scored.flags]
    assert [each for client in clients for each in demo_desk.measures.unasked(client.id)] == []


def entry_of(room: Room, asked: RiskAsked, on: date = TODAY) -> RiskEntry:
    return RiskEntry(client_id=room.client.id, on=on, asked=asked, words="passive ideation")


def test_an_entry_about_what_was_asked_answers_the_flags_of_its_day_and_before(desk: Desk) -> None:
    room = Room(desk)
    flagged = room.measures.enter_measure(room.entry(item_9=1.0, on=TODAY - WEEK))
    desk.risk.keep_risk(entry_of(room, RiskAsked.NONE, TODAY - 2 * WEEK))  # before it was answered
    desk.risk.keep_risk(entry_of(room, RiskAsked.NOT_ASKED))
    assert [each.result.id for each in room.measures.unasked(room.client.id)] == [flagged.id]
    asked = desk.risk.keep_risk(entry_of(room, RiskAsked.UNCHANGED))
    assert room.measures.unasked(room.client.id) == []
    assert room.measures.one(flagged.id).result.risk_entry_id == asked.id
    removed = desk.risk.remove_risk(asked.id)
    assert len(room.measures.unasked(room.client.id)) == 1
    desk.risk.restore_risk(removed)
    assert room.measures.unasked(room.client.id) == []
    told = [each.operation for each in desk.audit.entries() if each.operation in ("raise_flag", "answer_flag")]
    assert sorted(told) == ["answer_flag", "answer_flag", "raise_flag"]


def test_a_change_of_its_words_later_answers_no_newer_flag(desk: Desk) -> None:
    room = Room(desk)
    asked = desk.risk.keep_risk(entry_of(room, RiskAsked.CHANGED))
    room.measures.enter_measure(room.entry(item_9=1.0, on=TODAY - WEEK))  # an old paper
    desk.risk.keep_risk(replace(asked, words="none since"))
    assert len(room.measures.unasked(room.client.id)) == 1


def test_the_note_of_its_session_answers_a_flag_whichever_comes_first(desk: Desk) -> None:
    room = Room(desk, held=2)
    first, second = room.sessions
    room.measures.enter_measure(room.entry(item_9=2.0, on=first.date, session=first))
    note_risk(room, first)
    assert room.measures.unasked(room.client.id) == []
    note_risk(room, second)
    room.measures.enter_measure(room.entry(item_9=2.0, on=second.date, session=second))
    assert room.measures.unasked(room.client.id) == []


def note_risk(room: Room, session: Session) -> None:
    """Say in the note of a session that risk was asked about."""
    documents = room.desk.documents
    note = documents.open_document(Purpose.PROGRESS_NOTE, room.client.id, course_id=room.course.id, session_id=session.id)
    documents.keep_draft(documents.begin_writing(note), {"risk": {"asked": "unchanged", "words": "passive ideation"}})


def test_a_result_changed_so_that_more_is_flagged_asks_again(desk: Desk) -> None:
    room = Room(desk)
    kept = room.measures.enter_measure(room.entry(item_9=1.0))
    desk.risk.keep_risk(entry_of(room, RiskAsked.UNCHANGED))
    room.measures.change_measure(kept.id, MODERATE | {"9": 2.0}, TODAY)
    assert room.measures.unasked(room.client.id) == []
    room.measures.change_measure(kept.id, MODERATE, TODAY)
    room.measures.change_measure(kept.id, MODERATE | {"9": 1.0}, TODAY)
    assert len(room.measures.unasked(room.client.id)) == 1
