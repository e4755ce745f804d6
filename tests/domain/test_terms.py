"""What a course agreed and how it changed, in words; and the phases of one protocol on the agreement of another."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipt_desktop.domain.course import scaled_phases
from ipt_desktop.domain.records import AgreedPhase, Course
from ipt_desktop.domain.terms import change_from, change_words, history, mapped_phases, terms_of, with_terms

DAY = date(2026, 11, 3)


def phases(*spans: tuple[str, int, int]) -> tuple[AgreedPhase, ...]:
    return tuple(AgreedPhase(key=key, first=first, last=last) for key, first, last in spans)


COURSE = Course(
    client_id="k",
    number=1,
    protocol="wmk",
    planned_sessions=12,
    minutes=50,
    frequency="weekly",
    phases=phases(("initial", 1, 3), ("middle", 4, 10), ("termination", 11, 12)),
    started_on=date(2026, 10, 6),
    planned_end=date(2026, 12, 22),
)


def said(after: Course, before: Course = COURSE) -> str:
    return change_words(before, after, {"wmk": "IPT", "uk": "IPT-UK"}.__getitem__, str.capitalize)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"planned_sessions": 16, "planned_end": date(2027, 1, 19)}, "16 instead of 12 sessions"),
        ({"planned_sessions": 0}, "no number of sessions instead of 12"),
        ({"minutes": 45}, "45 instead of 50 minutes"),
        ({"frequency": "every two weeks"}, "every two weeks instead of weekly"),
        ({"frequency": ""}, "no frequency instead of weekly"),
        ({"protocol": "uk"}, "IPT-UK instead of IPT"),
        ({"planned_end": None}, "no agreed end"),
        ({"planned_end": date(2027, 1, 5)}, "agreed end 5 January 2027 instead of 22 December 2026"),
        ({"minutes": 30, "planned_sessions": 8}, "8 instead of 12 sessions; 30 instead of 50 minutes"),
        (
            {"phases": phases(("initial", 1, 4), ("middle", 5, 9), ("termination", 10, 12))},
            "Middle from session 5 instead of 4; Termination from session 10 instead of 11",
        ),
        ({}, ""),
    ],
)
def test_a_change_is_said_in_words(changed: dict[str, object], words: str) -> None:
    assert said(replace(COURSE, **changed)) == words  # type: ignore[arg-type]


def test_a_number_agreed_where_there_was_none() -> None:
    assert said(COURSE, replace(COURSE, planned_sessions=0)) == "12 sessions instead of no number"


def test_the_history_goes_from_each_state_to_the_next_one() -> None:
    first = change_from(COURSE, DAY, " a slow \n start ")
    longer = replace(COURSE, planned_sessions=16)
    second = change_from(longer, DAY, "")
    now = replace(longer, minutes=45)
    told = [(change.reason, said(after, with_terms(COURSE, change))) for change, after in history(now, [first, second])]
    assert told == [("", "45 instead of 50 minutes"), ("a slow start", "16 instead of 12 sessions")]
    assert terms_of(with_terms(now, first)) == terms_of(COURSE)


def test_a_phase_of_another_protocol_begins_where_its_namesake_began_or_where_the_one_in_its_place_did() -> None:
    other = phases(("assessment", 1, 4), ("middle", 5, 12), ("ending", 13, 16))
    mapped = mapped_phases(other, COURSE.phases, 12)
    assert mapped == phases(("assessment", 1, 3), ("middle", 4, 10), ("ending", 11, 12))


def test_with_another_count_of_phases_only_namesakes_keep_their_place_and_the_others_their_share() -> None:
    two = phases(("initial", 1, 4), ("work", 5, 16))
    assert mapped_phases(two, COURSE.phases, 12) == phases(("initial", 1, 3), ("work", 4, 12))
    four = phases(("initial", 1, 4), ("middle", 5, 8), ("late", 9, 12), ("termination", 13, 16))
    assert mapped_phases(four, COURSE.phases, 12) == phases(
        ("initial", 1, 3), ("middle", 4, 6), ("late", 7, 10), ("termination", 11, 12)
    )


def test_with_fewer_sessions_than_phases_the_last_ones_go() -> None:
    assert mapped_phases(COURSE.phases, COURSE.phases, 2) == phases(("initial", 1, 1), ("middle", 2, 2))


def test_without_a_number_the_last_phase_has_no_end_and_gets_one_again_with_a_number() -> None:
    opened = mapped_phases(COURSE.phases, COURSE.phases, 0)
    assert opened == phases(("initial", 1, 3), ("middle", 4, 10), ("termination", 11, 0))
    assert scaled_phases(opened, 16) == phases(("initial", 1, 3), ("middle", 4, 10), ("termination", 11, 16))


Agreement = tuple[int, tuple[AgreedPhase, ...]]
agreements = st.integers(0, 40).flatmap(
    lambda planned: st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=5, unique=True).map(
        lambda keys: (planned, scaled_phases(phases(*((key, place, place) for place, key in enumerate(keys, 1))), planned))
    )
)


@given(agreements, agreements)
def test_whatever_the_protocols_the_phases_fill_the_sessions_without_a_gap(one: Agreement, other: Agreement) -> None:
    planned, agreed = one
    protocol = other[1]
    expected = 1
    mapped = mapped_phases(protocol, agreed, planned)
    for place, phase in enumerate(mapped, start=1):
        assert phase.first == expected
        is_without_end = not planned and place == len(mapped)
        assert phase.last == 0 if is_without_end else phase.last >= phase.first
        expected = phase.last + 1
    assert expected - 1 == planned
