"""Suggestions: each holds for its reason and no other, an answer hides it for as long as it was said, and nobody is nagged."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipt_desktop.domain.protocol import Area, MoodScale, Phase, Protocol, Rings, Suggestion, Task, When
from ipt_desktop.domain.suggestions import (
    AreaFact,
    CourseFacts,
    RiskFact,
    ScoreFact,
    StepFact,
    longest_look_back,
    reminder,
    suggestions_now,
    words_of,
)
from ipt_desktop.domain.treatment_records import SuggestionAnswer, SuggestionReply

TODAY = date(2026, 11, 24)
WEEK = timedelta(weeks=1)


def protocol(*suggestions: Suggestion) -> Protocol:
    return Protocol(
        key="short",
        version=1,
        name="Short",
        planned_sessions=16,
        minutes=50,
        frequency="weekly",
        phases=(Phase(key="ending", label="Ending", first=1, last=16, tasks=(Task(key="announce", text="Raise the ending"),)),),
        areas=(Area(key="dispute", label="Role dispute", client_label="a quarrel"),),
        rings=Rings(inner="inner", middle="middle", outer="outer", outside="outside"),
        mood=MoodScale(low="worst", high="best"),
        ending_word="Ending",
        suggestions=suggestions,
    )


def suggestion(when: str, **more: Any) -> Suggestion:
    return Suggestion(**{"key": "it", "text": "Do it", "reason": "Session {session}, {left} left", "when": when, **more})


def facts(number: int = 7, **more: Any) -> CourseFacts:
    """Return a course with a session a week up to now, the next one being number `number`; nothing is amiss in it."""
    days = tuple(TODAY - WEEK * (number - each) for each in range(1, number))
    sound = {
        "today": TODAY,
        "number": number,
        "planned": 16,
        "initial_until": 3,
        "held": days,
        "met": days,
        "has_focus": True,
        "last_circle": number,
        "drawn_on": TODAY,
        "is_formulation_shared": True,
    }
    return CourseFacts(**{**sound, **more})


def holds(asked: Suggestion, known: CourseFacts, *answers: SuggestionAnswer) -> list[str]:
    return [each.key for each in suggestions_now(protocol(asked), known, answers)]


def reason(asked: Suggestion, known: CourseFacts) -> str:
    (only,) = suggestions_now(protocol(asked), known, ())
    return only.reason


def answer(reply: SuggestionReply, on: date, key: str = "it") -> SuggestionAnswer:
    return SuggestionAnswer(client_id="client", course_id="course", suggestion=key, reply=reply, on=on)


UNTOUCHED = suggestion(When.AREA_UNTOUCHED, sessions=4, reason="{area}: {sessions}")
AREA = AreaFact(area="dispute", agreed_on=TODAY - 20 * WEEK)

# For each condition: a suggestion, a course in which it holds, and what settles it.
CASES: list[tuple[Suggestion, CourseFacts, dict[str, Any]]] = [
    (suggestion(When.NO_FOCUS, from_session=4), facts(4, has_focus=False), {"has_focus": True}),
    (
        suggestion(When.TASK_OPEN, sessions_left=3, task="ending.announce"),
        facts(13),
        {"ticked": frozenset({"ending.announce"})},
    ),
    (suggestion(When.NO_CIRCLE, from_session=3), facts(3, last_circle=None, drawn_on=None), {"last_circle": 2}),
    (suggestion(When.NO_MEASURE, sessions=4), facts(5, measured_on=()), {"measured_on": (TODAY - WEEK,)}),
    (
        suggestion(When.NO_RELIABLE_CHANGE, from_session=7, reason="{scores}"),
        facts(7, scores=(ScoreFact(words="PHQ-9 18 → 16", has_improved=False),)),
        {"scores": (ScoreFact(words="PHQ-9 18 → 16", has_improved=False), ScoreFact(words="GAD-7 13 → 8", has_improved=True))},
    ),
    (suggestion(When.NO_CIRCLE_SINCE_START, is_from_half=True), facts(8, last_circle=3), {"last_circle": 4}),
    (UNTOUCHED, facts(7, areas=(AREA,)), {"areas": (replace(AREA, touched_on=TODAY - 2 * WEEK),)}),
    (
        suggestion(When.STEP_NOT_REVIEWED, sessions=2, reason="“{step}”, {day}"),
        facts(7, open_steps=(StepFact(words="Ring Johan", agreed_on=TODAY - 3 * WEEK),)),
        {"open_steps": ()},
    ),
    (
        suggestion(When.RISK_NOT_REVIEWED, sessions=1, reason="{risk}, {day}"),
        facts(7, open_risks=(RiskFact(words="Passive ideation", on=TODAY - 2 * WEEK),)),
        {"open_risks": ()},
    ),
    (
        suggestion(When.FORMULATION_NOT_SHARED, from_session=4),
        facts(5, is_formulation_shared=False),
        {"is_formulation_shared": True},
    ),
]
each_case = pytest.mark.parametrize(("asked", "known", "settled"), CASES, ids=[each[0].when for each in CASES])


def test_there_is_a_case_for_every_condition():
    assert {each[0].when for each in CASES} == set(When)


@each_case
def test_it_holds_for_its_reason_and_not_once_that_is_settled(asked: Suggestion, known: CourseFacts, settled: dict[str, Any]):
    assert holds(asked, known)
    assert not holds(asked, replace(known, **settled))


@each_case
def test_a_ticked_task_settles_it_whatever_is_recorded(asked: Suggestion, known: CourseFacts, settled: dict[str, Any]):
    named = replace(asked, task="ending.announce")
    assert holds(named, known)
    assert not holds(named, replace(known, ticked=frozenset({"ending.announce"})))


@each_case
def test_a_course_that_has_ended_has_none(asked: Suggestion, known: CourseFacts, settled: dict[str, Any]):
    assert not holds(asked, replace(known, has_ended=True))


def test_it_waits_for_its_session():
    assert not holds(suggestion(When.NO_FOCUS, from_session=4), facts(3, has_focus=False))
    assert not holds(suggestion(When.TASK_OPEN, sessions_left=3, task="ending.announce"), facts(12))
    assert not holds(suggestion(When.NO_CIRCLE_SINCE_START, is_from_half=True), facts(7, last_circle=3))
    assert holds(suggestion(When.TASK_OPEN, sessions_left=3, task="ending.announce"), facts(17, planned=16))  # beyond the last


def test_what_needs_an_end_never_holds_in_a_course_without_one():
    open_course = facts(40, planned=0, last_circle=1, has_focus=False)
    assert not holds(suggestion(When.TASK_OPEN, sessions_left=3, task="ending.announce"), open_course)
    assert not holds(suggestion(When.NO_CIRCLE_SINCE_START, is_from_half=True), open_course)
    assert holds(suggestion(When.NO_FOCUS, from_session=4), open_course)


def test_measures_that_are_not_recorded_are_not_asked_for():
    assert not holds(suggestion(When.NO_MEASURE, sessions=4), facts(12, measured_on=None))


def test_sessions_are_counted_from_what_was_done_last():
    known = facts(6, areas=(replace(AREA, agreed_on=TODAY - 4 * WEEK),))
    assert not holds(UNTOUCHED, known)  # agreed in session 2: three came after it
    assert holds(UNTOUCHED, replace(known, number=7, held=(*known.held, TODAY)))
    waiting = StepFact(words="Ring Johan", agreed_on=TODAY - 3 * WEEK, due=TODAY + WEEK)
    assert not holds(suggestion(When.STEP_NOT_REVIEWED, sessions=2), facts(7, open_steps=(waiting,)))


def test_the_reason_is_filled_in_with_what_it_is_about():
    told = {asked.when: reason(asked, known) for asked, known, _settled in CASES}
    assert told[When.NO_FOCUS] == "Session 4, 12 sessions left"
    assert told[When.AREA_UNTOUCHED] == "Role dispute: 6 sessions"
    assert told[When.STEP_NOT_REVIEWED] == "“Ring Johan”, 3 November"
    assert told[When.RISK_NOT_REVIEWED] == "Passive ideation, 10 November"
    assert reason(suggestion(When.NO_FOCUS), facts(16, has_focus=False)) == "Session 16, no session left"


def test_what_the_client_said_is_never_taken_for_a_placeholder():
    step = StepFact(words="Say {session} aloud", agreed_on=TODAY - 3 * WEEK)
    asked = suggestion(When.STEP_NOT_REVIEWED, sessions=1, reason="{step} {unknown}")
    assert reason(asked, facts(7, open_steps=(step,))) == "Say {session} aloud {unknown}"


def test_one_for_each_problem_area_each_answered_for_itself():
    known = facts(9, areas=(AREA, replace(AREA, area="other")))
    assert holds(UNTOUCHED, known) == ["it.dispute", "it.other"]
    never = answer(SuggestionReply.NEVER, TODAY, "it.dispute")
    assert holds(UNTOUCHED, known, never) == ["it.other"]
    assert words_of(protocol(replace(UNTOUCHED, text="Come back to {area}")), "it.dispute") == "Come back to Role dispute"
    assert words_of(protocol(), "it.dispute") == ""


def test_not_now_hides_it_until_the_next_session():
    asked, known = suggestion(When.NO_FOCUS), facts(5, has_focus=False)
    assert not holds(asked, known, answer(SuggestionReply.NOT_NOW, TODAY))
    yesterday = TODAY - timedelta(days=1)
    assert not holds(asked, known, answer(SuggestionReply.NOT_NOW, yesterday))
    assert holds(asked, replace(known, met=(*known.met, TODAY)), answer(SuggestionReply.NOT_NOW, yesterday))


@given(days=st.integers(0, 400), later=st.integers(0, 40))
def test_never_hides_it_for_good(days: int, later: int):
    asked, said = suggestion(When.NO_FOCUS), answer(SuggestionReply.NEVER, TODAY - timedelta(days=days))
    known = facts(5, has_focus=False, met=tuple(TODAY + WEEK * each for each in range(later)), today=TODAY + WEEK * later)
    assert not holds(asked, known, said)
    assert holds(replace(asked, key="another"), known, said) == ["another"]


@given(
    number=st.integers(1, 99),
    planned=st.integers(0, 99),
    left=st.one_of(st.none(), st.integers(0, 20)),
    start=st.integers(0, 30),
    half=st.booleans(),
    when=st.sampled_from([*When, "of_a_later_version"]),
)
def test_whatever_a_protocol_asks_it_is_answered_in_plain_words(
    number: int, planned: int, left: int | None, start: int, half: bool, when: str
):
    asked = suggestion(when, from_session=start, sessions_left=left, is_from_half=half, sessions=1, task="ending.announce")
    known = facts(number, planned=planned, has_focus=False, last_circle=None, is_formulation_shared=False, areas=(AREA,))
    told = suggestions_now(protocol(asked), known, ())
    assert all("{" not in each.reason for each in told)
    if told:
        assert number >= start
        assert planned or (left is None and not half)
        assert left is None or planned - number <= left


def test_the_look_back_is_the_longest_asked_for():
    assert longest_look_back(protocol()) == 0
    assert longest_look_back(protocol(UNTOUCHED, replace(UNTOUCHED, key="long", sessions=6), CASES[3][0])) == 6


def test_a_reminder_says_what_belongs_to_this_session_or_nothing():
    countdown = Task(key="countdown", text="Say how many remain", hint="{session} of {planned}: {left} left")
    assert reminder(countdown, 7, 16) == "7 of 16: 9 sessions left"
    assert reminder(countdown, 7, 0) == ""
    assert reminder(Task(key="mood", text="Ask mood"), 7, 16) == ""


def test_what_belongs_to_the_sessions_agreed_is_not_suggested_after_them():
    raised = suggestion(When.TASK_OPEN, task="ending.announce", sessions_left=3)
    assert holds(raised, facts(14)) == ["it"]
    assert holds(raised, facts(17, is_after=True)) == []
    drawn = suggestion(When.NO_CIRCLE_SINCE_START, is_from_half=True)
    assert holds(drawn, facts(14, last_circle=2)) == ["it"]
    assert holds(drawn, facts(17, is_after=True, last_circle=2)) == []
