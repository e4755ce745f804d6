"""Risk as a level in words: which entry counts, what stands for it, what is to be reviewed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from ipt_desktop.domain.note_records import Occasion
from ipt_desktop.domain.risk import asked_again, entry_words, is_of_note, last_found, levels, shortened
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry, RiskKind

TODAY = date(2026, 11, 24)
MADE = datetime(2026, 1, 1, tzinfo=UTC)


def entry(day: int, asked: RiskAsked, words: str = "", **more: Any) -> RiskEntry:
    return RiskEntry(client_id="c", on=date(2026, 11, day), asked=asked, words=words, created_at=MADE, **more)


def test_unchanged_stands_for_the_words_before_it():
    level = levels(
        [
            entry(17, RiskAsked.UNCHANGED),
            entry(10, RiskAsked.UNCHANGED, ""),
            entry(3, RiskAsked.CHANGED, "Passive ideation. No plan, no intent."),
        ]
    )[0]
    assert (level.words, level.asked_words(TODAY), level.is_open) == ("Passive ideation", "asked 17 Nov", True)


def test_unchanged_after_none_is_none_and_nothing_to_review():
    level = levels([entry(10, RiskAsked.NONE, "as ever"), entry(17, RiskAsked.UNCHANGED)])[0]
    assert (level.words, level.is_found, level.is_open) == ("None", False, False)


def test_changed_without_words_never_borrows_older_ones():
    level = levels([entry(10, RiskAsked.CHANGED, "Passive ideation"), entry(17, RiskAsked.CHANGED)])[0]
    assert (level.words, level.is_open) == ("Changed", True)


def test_what_was_reviewed_is_open_again_only_by_a_later_entry():
    first = entry(10, RiskAsked.CHANGED, "Passive ideation", reviewed_on=date(2026, 11, 11))
    assert not levels([first])[0].is_open
    assert levels([first])[0].words == "Passive ideation"
    assert levels([first, entry(17, RiskAsked.UNCHANGED)])[0].is_open
    assert not levels([first, entry(17, RiskAsked.NONE)])[0].is_open


def test_what_was_not_asked_is_to_be_reviewed_and_keeps_the_level_before():
    asked, missed = entry(17, RiskAsked.CHANGED, "Passive ideation"), entry(23, RiskAsked.NOT_ASKED)
    level = levels([missed, asked])[0]
    assert (level.words, level.asked_words(TODAY), level.is_open) == ("To review", "not asked; asked 17 Nov", True)
    alone = levels([missed])[0]
    assert (alone.words, alone.asked_words(TODAY), alone.is_open) == ("To review", "not asked", True)


def test_kinds_stand_beside_each_other_and_none_of_one_never_hides_another():
    abuse = entry(3, RiskAsked.CHANGED, "He shouts", kind=RiskKind.DOMESTIC_ABUSE, reviewed_on=date(2026, 11, 4))
    harm = entry(10, RiskAsked.CHANGED, "Self-harm, past", kind=RiskKind.SELF_HARM)
    none = entry(23, RiskAsked.NONE)
    assert [each.kind for each in levels([none, abuse, harm])] == [
        RiskKind.SELF_HARM,
        RiskKind.DOMESTIC_ABUSE,
        RiskKind.SUICIDE,
    ]


def test_of_one_day_the_one_made_last_counts():
    morning = entry(17, RiskAsked.CHANGED, "Passive ideation")
    evening = replace(entry(17, RiskAsked.NONE), created_at=MADE + timedelta(hours=8))
    assert levels([evening, morning])[0].words == "None"


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Passive ideation: on some mornings would rather not have woken", "Passive ideation"),
        ("Self-harm, past", "Self-harm, past"),
        ("Passive ideation on Friday night, gone by morning", "Passive ideation on Friday…"),
        ("W" * 40, "W" * 30 + "…"),
        ("", ""),
    ],
)
def test_a_level_is_short_where_there_is_little_room(words: str, level: str):
    assert shortened(words) == level


def test_asking_again_repeats_the_words_but_neither_who_was_told_nor_what_was_done():
    told = entry(10, RiskAsked.CHANGED, "Passive ideation", told="Dr Weiss", told_on=TODAY, action="Rang", means="tablets")
    told = replace(told, session_id="s", reviewed_on=TODAY)
    again = asked_again(told, last_found([(told.on, told.asked, told.words)]), TODAY)
    assert (again.on, again.asked, again.words, again.means) == (TODAY, RiskAsked.UNCHANGED, "Passive ideation", "tablets")
    assert (again.told, again.told_on, again.action, again.reviewed_on, again.session_id) == ("", None, "", None, None)
    assert again.id != told.id
    none = entry(10, RiskAsked.NONE)
    assert asked_again(none, last_found([(none.on, none.asked, "")]), TODAY).asked is RiskAsked.NONE


def test_an_entry_knows_whether_a_note_made_it():
    of_note = entry(10, RiskAsked.NONE, session_id="s", course_id="k")
    of_note = replace(of_note, id=Occasion("c", "k", "s", of_note.on).risk_id)
    assert is_of_note(of_note)
    assert not is_of_note(entry(10, RiskAsked.NONE, session_id="s"))
    assert not is_of_note(entry(10, RiskAsked.NONE))


def test_a_line_of_the_time_line_says_what_it_stands_for():
    found = last_found([(TODAY, RiskAsked.UNCHANGED, ""), (TODAY, RiskAsked.CHANGED, "PTSD flashbacks. Much else.")])
    assert entry_words(entry(10, RiskAsked.UNCHANGED), found) == "PTSD flashbacks"
    assert entry_words(entry(10, RiskAsked.NOT_ASKED), found) == "Not asked"
