"""The course as a band: what was set up to now, what is agreed from now on."""

from dataclasses import replace
from datetime import date, timedelta

from ipt_desktop.domain.course import COUNTED_KINDS
from ipt_desktop.domain.course_band import Place, SlotState, Span, course_band, starts_for, suggestion, terms_with
from ipt_desktop.domain.records import AgreedPhase, Attendance, Course, PhaseChange, Session, SessionKind

START = date(2026, 10, 6)
WEEK = timedelta(weeks=1)
PHASES = (
    AgreedPhase(key="initial", first=1, last=3),
    AgreedPhase(key="middle", first=4, last=13),
    AgreedPhase(key="termination", first=14, last=16),
)
COURSE = Course(
    id="c", client_id="k", number=1, protocol="p", planned_sessions=16, minutes=50, frequency="weekly", phases=PHASES,
    started_on=START,
)  # fmt: skip


def weekly(*attendance: Attendance | None) -> list[Session]:
    return [
        Session(id=str(week), course_id="c", date=START + week * WEEK, attendance=each) for week, each in enumerate(attendance)
    ]


def entered(phase: str, week: float) -> PhaseChange:
    return PhaseChange(course_id="c", phase=phase, on=START + timedelta(days=round(7 * week)))


def test_before_anything_is_set_the_band_is_as_agreed():
    band = course_band(COURSE, [], [], START)
    assert band.spans == (
        Span("initial", 1, 3, Place.PRESENT),
        Span("middle", 4, 13, Place.FUTURE),
        Span("termination", 14, 16, Place.FUTURE),
    )
    assert band.now == 1
    assert {each.state for each in band.slots} == {SlotState.PLANNED}


def test_a_phase_set_late_and_set_back_shows_as_it_was():
    sessions = weekly(*[Attendance.ATTENDED] * 7)
    changes = [entered("middle", 4), entered("initial", 5), entered("middle", 6)]
    band = course_band(COURSE, changes, sessions, START + 6 * WEEK)
    assert [(each.phase, each.first, each.last, each.place) for each in band.spans] == [
        ("initial", 1, 4, Place.PAST),
        ("middle", 5, 5, Place.PAST),
        ("initial", 6, 6, Place.PAST),
        ("middle", 7, 13, Place.PRESENT),
        ("termination", 14, 16, Place.FUTURE),
    ]
    assert band.is_today


def test_an_early_ending_leaves_no_phase_that_is_over():
    band = course_band(
        COURSE, [entered("middle", 3), entered("termination", 5)], weekly(*[Attendance.ATTENDED] * 5), START + 5 * WEEK
    )
    assert band.spans[-1] == Span("termination", 6, 16, Place.PRESENT)


def test_a_missed_session_stands_between_and_has_no_number():
    sessions = weekly(Attendance.ATTENDED, Attendance.CANCELLED_BY_CLIENT, Attendance.LATE, None)
    band = course_band(COURSE, [], sessions, START + 4 * WEEK)
    assert [each.after for each in band.missed] == [1]
    beside = [Session(course_id=COURSE.id, date=START, kind=kind) for kind in SessionKind if kind not in COUNTED_KINDS]
    assert course_band(COURSE, [], [*sessions, *beside], START + 4 * WEEK).missed == band.missed, "a call was not missed"
    assert [each.state for each in band.slots[:4]] == [SlotState.HELD, SlotState.HELD, SlotState.UNANSWERED, SlotState.PLANNED]
    assert band.held == 2
    assert len(band.slots) == 16


def test_an_ended_course_has_no_present():
    band = course_band(replace(COURSE, ended_on=START + 9 * WEEK), [], weekly(*[Attendance.ATTENDED] * 2), START + 10 * WEEK)
    assert band.now is None
    assert Place.PRESENT not in {each.place for each in band.spans}


def test_the_agreement_suggests_and_a_decision_is_not_asked_again():
    held = weekly(*[Attendance.ATTENDED] * 3)
    assert suggestion(COURSE, [], held, START + 2 * WEEK) is None
    fourth = START + 3 * WEEK
    suggested = suggestion(COURSE, [], held, fourth)
    assert suggested is not None
    assert suggested.key == "middle"
    assert suggestion(COURSE, [entered("middle", 3)], held, fourth) is None
    longer = [entered("middle", 3), entered("initial", 3.2)]
    later = weekly(*[Attendance.ATTENDED] * 6)
    assert suggestion(COURSE, longer, later, START + 6 * WEEK) is None
    last = weekly(*[Attendance.ATTENDED] * 13)
    suggested = suggestion(COURSE, longer, last, START + 13 * WEEK)
    assert suggested is not None
    assert suggested.key == "termination"
    assert suggestion(replace(COURSE, ended_on=fourth), [], held, fourth) is None


def test_longer_or_shorter_the_last_phase_keeps_its_length():
    assert starts_for(COURSE, 20) == [4, 18]
    assert starts_for(COURSE, 12) == [4, 10]
    assert starts_for(COURSE, 5) == [2, 3]
    assert starts_for(COURSE, 3) == [2, 3]
    assert terms_with(COURSE, 20, [4, 18])[1:] == (
        AgreedPhase(key="middle", first=4, last=17),
        AgreedPhase(key="termination", first=18, last=20),
    )


AFTER = frozenset({"tapering", "maintenance"})
HELD = weekly(*[Attendance.ATTENDED] * 16)


def test_a_phase_after_the_sessions_agreed_follows_them_on_the_band_and_is_never_suggested():
    changes = [entered("middle", 3), entered("termination", 13), entered("tapering", 16)]
    band = course_band(COURSE, changes, HELD, START + 17 * WEEK, AFTER)
    assert band.now == 17
    assert band.spans[-2:] == (Span("termination", 14, 16, Place.PAST), Span("tapering", 17, 17, Place.PRESENT))
    assert suggestion(COURSE, changes, HELD, START + 17 * WEEK, AFTER) is None
    for week in range(30):
        suggested = suggestion(COURSE, [], HELD[:week], START + week * WEEK, AFTER)
        assert suggested is None or suggested.key not in AFTER


def test_begun_early_it_takes_the_sessions_that_are_left():
    changes = [entered("middle", 3), entered("tapering", 9)]
    band = course_band(COURSE, changes, HELD[:10], START + 10 * WEEK, AFTER)
    assert band.spans[-1] == Span("tapering", 10, 16, Place.PRESENT)
    assert suggestion(COURSE, changes, HELD[:13], START + 13 * WEEK, AFTER) is None


def test_a_course_without_an_end_has_a_slot_for_the_next_session_and_no_more():
    phases = (AgreedPhase(key="initial", first=1, last=2), AgreedPhase(key="work", first=3, last=0))
    course = replace(COURSE, planned_sessions=0, phases=phases)
    assert course_band(course, [], [], START).spans == (Span("initial", 1, 1, Place.PRESENT),)
    band = course_band(course, [entered("work", 2)], HELD, START + 20 * WEEK)
    assert len(band.slots) == band.now == 17
    assert band.spans == (Span("initial", 1, 2, Place.PAST), Span("work", 3, 17, Place.PRESENT))
    assert starts_for(course, 0) == [3]
    assert starts_for(course, 12) == [3]
    assert terms_with(course, 0, [3]) == phases
    assert starts_for(COURSE, 0) == [4, 14]


def test_a_phase_of_another_protocol_is_shown_as_it_was_and_the_agreed_one_suggested():
    changes = [entered("assessment", 0), entered("work", 3)]
    held = HELD[:5]
    band = course_band(COURSE, changes, held, START + 5 * WEEK, AFTER)
    assert [(each.phase, each.first, each.last) for each in band.spans] == [
        ("assessment", 1, 3),
        ("work", 4, 6),
        ("middle", 7, 13),
        ("termination", 14, 16),
    ]
    suggested = suggestion(COURSE, changes, held, START + 5 * WEEK, AFTER)
    assert suggested is not None
    assert suggested.key == "middle"
