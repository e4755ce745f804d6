"""What a course agrees is changed with its reason and date, under another protocol too, and nothing recorded is lost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.protocol import Phase, Protocol
from ipt_desktop.domain.protocol_fit import Sort
from ipt_desktop.domain.records import Client, Course, DisputeStage, EndingKind, ProblemArea
from ipt_desktop.domain.treatment_records import StrategyWork
from ipt_desktop.services.desk import Desk

START, DAY = date(2026, 10, 6), date(2026, 11, 3)
WEEK = timedelta(weeks=1)


@pytest.fixture
def course(desk: Desk) -> Course:
    marta = desk.clients.add_client(Client(name="Marta"))
    return desk.courses.begin_course(marta.id, wmk(desk), started_on=START)


def wmk(desk: Desk) -> Protocol:
    protocol = desk.resources.protocol("weissman-markowitz-klerman")
    assert protocol is not None
    return protocol


def other(desk: Desk) -> Protocol:
    """A protocol with another last phase, one area less, fewer tasks and no stages."""
    known = wmk(desk)
    initial, middle, _termination = known.phases[:3]
    areas = [replace(each, stages=(), strategies=each.strategies[:1]) for each in known.areas if each.key != "deficits"]
    return replace(
        known,
        key="other",
        name="Another way",
        planned_sessions=12,
        phases=(
            replace(initial, first=1, last=4, tasks=initial.tasks[:3]),
            replace(middle, first=5, last=8),
            Phase(key="conclusion", label="Conclusion", first=9, last=12),
        ),
        areas=tuple(areas),
    )


def longer(course: Course) -> Course:
    phases = (*course.phases[:2], replace(course.phases[2], last=20))
    return replace(course, planned_sessions=20, phases=phases)


def test_a_change_of_terms_keeps_how_they_were_with_day_and_reason(desk: Desk, course: Course):
    change = desk.courses.change_course(longer(course), reason="A slow start", on=DAY)
    assert desk.courses.terms_changes(course.id) == [change]
    assert change is not None
    assert (change.on, change.reason, change.planned_sessions) == (DAY, "A slow start", 16)
    assert (change.phases, change.planned_end, change.protocol) == (course.phases, course.planned_end, course.protocol)


def test_the_first_day_alone_is_no_change_of_terms(desk: Desk, course: Course):
    assert desk.courses.change_course(replace(course, started_on=START - WEEK)) is None
    assert desk.courses.course(course.id).started_on == START - WEEK
    assert desk.courses.terms_changes(course.id) == []


def test_terms_that_can_not_be_leave_no_record(desk: Desk, course: Course):
    with pytest.raises(Refused):
        desk.courses.change_course(replace(course, planned_sessions=20))
    assert desk.courses.terms_changes(course.id) == []


def test_taken_back_the_record_goes_and_the_terms_hold_again(desk: Desk, course: Course):
    change = desk.courses.change_course(replace(longer(course), started_on=START + WEEK), on=DAY)
    assert change is not None
    assert desk.courses.take_back_terms(change, started_on=START) == course
    assert desk.courses.course(course.id) == course
    assert desk.courses.terms_changes(course.id) == []


def test_a_change_taken_back_comes_back_as_it_was(desk: Desk, course: Course):
    change = desk.courses.change_course(longer(course), reason="A slow start", on=DAY)
    assert change is not None
    after = desk.courses.course(course.id)
    desk.courses.take_back_terms(change)
    desk.courses.bring_back_terms(after, change)
    assert (desk.courses.course(course.id), desk.courses.terms_changes(course.id)) == (after, [change])
    with pytest.raises(Refused, match="changed again since"):
        desk.courses.bring_back_terms(after, change)


def test_only_the_latest_change_can_be_taken_back(desk: Desk, course: Course):
    first = desk.courses.change_course(longer(course), on=DAY)
    second = desk.courses.change_course(replace(longer(course), minutes=45), on=DAY - WEEK)  # told later, of an earlier day
    assert first is not None
    assert second is not None
    assert desk.courses.terms_changes(course.id) == [first, second]
    with pytest.raises(Refused, match="changed again since"):
        desk.courses.take_back_terms(first)
    desk.courses.take_back_terms(second)
    desk.courses.take_back_terms(first)
    assert desk.courses.course(course.id) == course


def test_changing_the_terms_never_ends_or_reopens_a_course(desk: Desk, course: Course):
    desk.courses.end_course(course.id, DAY, EndingKind.PLANNED)
    change = desk.courses.change_course(longer(course))
    assert desk.courses.course(course.id).ended_on == DAY
    assert change is not None
    desk.courses.take_back_terms(change)
    assert desk.courses.course(course.id) == replace(course, ended_on=DAY, ending=EndingKind.PLANNED)


def test_a_course_whose_terms_were_changed_is_not_taken_back(desk: Desk, course: Course):
    desk.courses.change_course(longer(course))
    with pytest.raises(Refused, match="Something has been recorded"):
        desk.courses.remove_course(course.id)


# -- another protocol --------------------------------------------------------------------------------------------------


def record(desk: Desk, course: Course) -> ProblemArea:
    """Tick, set, agree, judge and work on what the other protocol does not have, and on something that it has."""
    for task in ("initial.consent", "initial.agreement", "termination.gains"):
        desk.phases.tick_task(course.id, task, DAY)
    for phase in ("middle", "termination"):
        desk.phases.enter_phase(course.id, phase, DAY)
    dispute = desk.phases.keep_problem_area(ProblemArea(course_id=course.id, area="dispute", agreed_on=DAY))
    desk.phases.keep_problem_area(ProblemArea(course_id=course.id, area="deficits", rank=2))
    desk.phases.judge_stage(dispute.id, DisputeStage.IMPASSE, DAY)
    last = wmk(desk).areas[1].strategies[-1].key
    work = StrategyWork(problem_area_id=dispute.id, strategy=last, on=DAY)
    desk.open_practice.write("tick_task", lambda writing: writing.insert(work), about=course.id)
    return dispute


def test_another_protocol_keeps_the_terms_and_takes_its_own_phases(desk: Desk, course: Course):
    change = desk.courses.change_protocol(course.id, other(desk), DAY, "Trained otherwise")
    now = desk.courses.course(course.id)
    assert desk.courses.protocol(course.id) == other(desk)
    assert [(each.key, each.first, each.last) for each in now.phases] == [
        ("initial", 1, 3),
        ("middle", 4, 13),
        ("conclusion", 14, 16),
    ]
    assert (now.planned_sessions, now.minutes, now.planned_end) == (16, 50, course.planned_end)
    assert (change.protocol, change.on, change.reason) == (course.protocol, DAY, "Trained otherwise")
    desk.courses.take_back_terms(change)
    assert desk.courses.course(course.id) == course


def test_all_that_was_recorded_stays_and_what_has_no_place_is_listed(desk: Desk, course: Course):
    record(desk, course)
    before = (
        desk.phases.changes(course.id),
        desk.phases.ticks(course.id),
        desk.phases.problem_areas(course.id),
        desk.phases.stage_changes(course.id),
    )
    foretold = desk.courses.misfits(course.id, other(desk))
    assert desk.courses.misfits(course.id) == []
    desk.courses.change_protocol(course.id, other(desk), DAY)
    assert desk.courses.misfits(course.id) == foretold
    assert [(each.sort, each.words) for each in foretold] == [
        (Sort.PHASE, "Termination"),
        (Sort.TASK, "Treatment agreement made"),
        (Sort.TASK, "Gains reviewed"),
        (Sort.AREA, "Interpersonal deficits"),
        (Sort.STAGE, "Role dispute: impasse"),
        (Sort.STRATEGY, f"Role dispute: {wmk(desk).areas[1].strategies[-1].text}"),
    ]
    assert before == (
        desk.phases.changes(course.id),
        desk.phases.ticks(course.id),
        desk.phases.problem_areas(course.id),
        desk.phases.stage_changes(course.id),
    )


def test_what_was_recorded_under_an_earlier_protocol_keeps_its_words_everywhere(desk: Desk, course: Course):
    record(desk, course)
    desk.courses.change_protocol(course.id, other(desk), DAY)
    wording = desk.courses.wording(desk.courses.course(course.id))
    assert (wording.phase("termination"), wording.area("deficits")) == ("Termination", "Interpersonal deficits")
    (standing,) = desk.clients.overview(DAY)
    assert (standing.phase, standing.areas) == ("Termination", ("Role dispute", "Interpersonal deficits"))


def test_the_same_protocol_again_is_refused(desk: Desk, course: Course):
    with pytest.raises(Refused, match="has this protocol already"):
        desk.courses.change_protocol(course.id, wmk(desk), DAY)
    assert desk.courses.terms_changes(course.id) == []


def test_a_later_edition_of_the_same_protocol_is_another_one(desk: Desk, course: Course):
    desk.courses.change_protocol(course.id, replace(wmk(desk), version=99, name="Edited"), DAY)
    assert desk.courses.protocol(course.id).name == "Edited"
    assert desk.courses.misfits(course.id) == []


# -- reviews -----------------------------------------------------------------------------------------------------------


def test_a_phase_is_set_until_a_review_and_the_review_is_moved(desk: Desk, course: Course):
    change = desk.phases.enter_phase(course.id, "maintenance", DAY, "as agreed", DAY + 4 * WEEK)
    assert desk.phases.changes(course.id)[0].review_on == DAY + 4 * WEEK
    assert desk.phases.move_review(change.id, DAY + 8 * WEEK).review_on == DAY + 8 * WEEK
    desk.phases.move_review(change.id, None)
    assert desk.phases.changes(course.id) == [replace(change, review_on=None)]


def test_a_review_comes_after_the_phase_has_begun(desk: Desk, course: Course):
    with pytest.raises(Refused, match="review comes after"):
        desk.phases.enter_phase(course.id, "middle", DAY, "", DAY)
    change = desk.phases.enter_phase(course.id, "middle", DAY)
    with pytest.raises(Refused, match="review comes after"):
        desk.phases.move_review(change.id, DAY - WEEK)
    assert desk.phases.changes(course.id) == [change]
