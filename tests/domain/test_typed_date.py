"""Dates and times as people type them."""

from datetime import date, time

import pytest

from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.typed_date import read_date, read_time

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("24 November 2026", date(2026, 11, 24)),
        ("Tuesday 24 November 2026", date(2026, 11, 24)),
        ("Tue, 24.11.2026", date(2026, 11, 24)),
        ("3 nov", date(2026, 11, 3)),
        ("24 Nov 2026", date(2026, 11, 24)),
        ("24nov26", date(2026, 11, 24)),
        ("November 3, 2026", date(2026, 11, 3)),
        ("Nov 3", date(2026, 11, 3)),
        ("24/11", date(2026, 11, 24)),
        ("24-11-2026", date(2026, 11, 24)),
        ("24.11.2026", date(2026, 11, 24)),
        ("24/11/26", date(2026, 11, 24)),
        ("1.12.", date(2026, 12, 1)),
        ("2026-11-03", date(2026, 11, 3)),
        ("1985/3/2", date(1985, 3, 2)),
        ("2026. 11. 24.", date(2026, 11, 24)),
        ("Tuesday 2026-11-24", date(2026, 11, 24)),
        ("today", TODAY),
        (" Yesterday ", date(2026, 11, 23)),
        ("4 January", date(2027, 1, 4)),  # without a year the nearest one
    ],
)
def test_a_date_is_read(typed: str, meant: date):
    assert read_date(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31 February", "February has no 31"),
        ("29.2.", "February has no 29"),  # none within a year of today
        ("24 Brumaire 2026", "“brumaire” is no month"),
        ("3.13.2026", "There is no month 13"),
        ("3.1.0226", "The year 0226 can’t be right"),
        ("  ", "Type a date, like 24 November 2026"),
        ("Tuesday", "is no date"),
        ("99 24 November", "is no date"),
        ("soon 24 November", "is no date"),
        ("next week", "is no date"),
    ],
)
def test_what_is_no_date_is_said(typed: str, said: str):
    with pytest.raises(Refused, match=said):
        read_date(typed, TODAY)


def test_a_birth_of_two_digits_is_never_to_come():
    assert read_date("24/11/85", TODAY, is_past=True) == date(1985, 11, 24)
    assert read_date("24 Nov 31", TODAY, is_past=True) == date(1931, 11, 24)
    assert read_date("24.11.26", TODAY, is_past=True) == TODAY
    assert read_date("24/11/85", TODAY) == date(2085, 11, 24)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2 March", "Type the year too, like 24 November 1985"),
        ("2.3.", "Type the year too"),
        ("25 November 2026", "still to come"),
        ("tomorrow", "still to come"),
    ],
)
def test_a_birth_needs_its_year_and_lies_behind(typed: str, said: str):
    with pytest.raises(Refused, match=said):
        read_date(typed, TODAY, is_past=True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("11", time(11)),
        ("11:30", time(11, 30)),
        ("1130", time(11, 30)),
        ("9.05", time(9, 5)),
        ("3 pm", time(15)),
        ("12:15am", time(0, 15)),
        ("12 pm", time(12)),
        ("  ", None),
    ],
)
def test_a_time_is_read(typed: str, meant: time | None):
    assert read_time(typed) == meant


@pytest.mark.parametrize("typed", ["24:00", "11:60", "13 pm", "noon", "11:3"])
def test_what_is_no_time_is_said(typed: str):
    with pytest.raises(Refused, match="is no time of day"):
        read_time(typed)


def test_a_date_in_words_is_read_back():
    assert read_date(day_words(TODAY, has_weekday=True, has_year=True), TODAY) == TODAY


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("11/24/2026", date(2026, 11, 24)),
        ("2/3/2026", date(2026, 2, 3)),
        ("2-3-26", date(2026, 2, 3)),
        ("12/1", date(2026, 12, 1)),
        ("3.2.2026", date(2026, 2, 3)),
        ("2026-02-03", date(2026, 2, 3)),
        ("3 February 2026", date(2026, 2, 3)),
    ],
)
def test_the_month_comes_first_where_the_computer_has_it_so(typed: str, meant: date):
    assert read_date(typed, TODAY, is_month_first=True) == meant


def test_the_order_is_told_where_there_is_no_such_month():
    with pytest.raises(Refused, match="month comes first"):
        read_date("24/11/2026", TODAY, is_month_first=True)
    with pytest.raises(Refused, match="day comes first"):
        read_date("11/24/2026", TODAY)
