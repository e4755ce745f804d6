"""Dates moved alike: what reads as a date in a text, and what does not."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from ipt_desktop.domain.sheltered import Sheltered
from ipt_desktop.domain.shifted_dates import DateShift

NEAR = date(2026, 6, 1)
YEAR = timedelta(weeks=52)


def moved(text: str, shift: DateShift) -> str:
    sheltered = Sheltered(text)
    sheltered.replace(shift.patterns())
    return sheltered.told()


@pytest.fixture
def back() -> DateShift:
    return DateShift(-10 * timedelta(weeks=1), NEAR)


def test_days_keep_their_weekday_their_order_and_their_distance(back: DateShift):
    days = [date(2026, 3, 12), date(2026, 3, 19), date(2026, 7, 9)]
    told = [back.day(each) for each in days]
    assert [each.weekday() for each in told] == [each.weekday() for each in days]
    assert [later - earlier for earlier, later in pairwise(told)] == [later - earlier for earlier, later in pairwise(days)]
    assert back.maybe(None) is None


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2026-03-12", "1 January 2026"),
        ("12 March 2026", "1 January 2026"),
        ("12th of March, 2026", "1 January 2026"),
        ("12. Mar 2026", "1 January 2026"),
        ("March 12th, 2026", "1 January 2026"),
        ("12/3/2026", "1 January 2026"),
        ("12.3.26", "1 January 2026"),
        ("3/24/2026", "13 January 2026"),
        ("on Thursday 12 March she", "on Thursday 1 January she"),
        ("Thursday, 24 September", "Thursday 16 July"),
        ("March 2026", "January 2026"),
        ("in March, late March", "in January, late January"),
        ("It began in March. She", "It began in January. She"),
        ("12 March. Then", "1 January. Then"),
        ("since 2019 (2018)", "since 2019 (2018)"),
        ("from 12 March to 9 July 2026", "from 1 January to 30 April 2026"),
    ],
)
def test_what_reads_as_a_date_is_moved(back: DateShift, written: str, told: str):
    assert moved(written, back) == told


def test_a_year_alone_moves_as_its_middle_does():
    assert moved("since 1998; winter 2019; Christmas 2020", DateShift(-2 * YEAR, NEAR)) == (
        "since 1996; winter 2017; Christmas 2018"
    )


@pytest.mark.parametrize(
    "written",
    [
        "she may go",
        "we march 2 miles",
        "24/7",
        "2026-13-40",
        "PHQ-9 18",
        "at 10.30",
        "1930 in the evening",
        "99/99/2026",
        "half of 12",
    ],
)
def test_what_is_no_date_stays(back: DateShift, written: str):
    assert moved(written, back) == written


def test_the_weekday_says_which_year_is_meant():
    # 24 November is a Tuesday in 2026, a Monday in 2025
    assert moved("Tuesday 24 November", DateShift(-100 * timedelta(weeks=1), NEAR)) == "Tuesday 24 December"
    assert moved("Monday 24 November", DateShift(-100 * timedelta(weeks=1), NEAR)) == "Monday 25 December"


def test_where_the_month_comes_first_numbers_are_read_so():
    assert moved("3/12/2026, 3.12.2026", DateShift(timedelta(0), NEAR, is_month_first=True)) == "12 March 2026, 3 December 2026"


@pytest.mark.parametrize(
    ("when", "told"), [("2026-03-12", "2026-01-01"), ("2026-03", "2026-01"), ("2026", "2026"), ("", ""), ("soon", "")]
)
def test_a_date_of_any_precision_is_moved_as_far_as_it_is_known(back: DateShift, when: str, told: str):
    assert back.when(when) == told


def test_years_that_were_moved_are_known(back: DateShift):
    moved("12 March 2028", back)
    back.day(date(2031, 6, 1))
    assert back.years == {"2028", "2031"}
