"""The clock of a session in figures and words."""

from datetime import UTC, datetime, timedelta

import pytest

from ipt_desktop.domain.session_clock import clock_words, is_near_end, mark_words, seconds_since, share_over

BEGUN = datetime(2026, 11, 24, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "00:00"), (1900, "31:40"), (52 * 60 + 10, "52:10"), (140 * 60 + 5, "140:05"), (25 * 3600, "over a day")],
)
def test_it_counts_minutes_and_seconds_and_never_stops(seconds: int, shown: str):
    assert clock_words(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (44 * 60 + 59, "of 50 min"),
        (45 * 60, "5 min left"),
        (45 * 60 + 1, "5 min left"),
        (46 * 60, "4 min left"),
        (49 * 60 + 59, "1 min left"),
        (50 * 60, "of 50 min"),
    ],
)
def test_a_word_marks_the_last_five_minutes(seconds: int, words: str):
    assert mark_words(seconds, 50) == words
    assert is_near_end(seconds, 50) == words.endswith("left")


def test_the_bar_fills_and_stays_full():
    assert share_over(25 * 60, 50) == 0.5
    assert share_over(52 * 60, 50) == 1
    assert share_over(0, 0) == 1


def test_a_clock_put_back_does_not_count_below_nothing():
    assert seconds_since(BEGUN, BEGUN + timedelta(seconds=61.9)) == 61
    assert seconds_since(BEGUN, BEGUN - timedelta(hours=1)) == 0
