"""Dates are typed in this computer's own order, and what is wrong with one is said in words."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QLocale

from ipt_desktop.domain.errors import Refused
from ui.widgets.date_field import parse_day, typed_day, typed_format

TODAY = date(2026, 11, 24)


@pytest.fixture(params=["C", "en_GB", "en_US", "de_DE", "hu_HU", "zh_CN"])
def locale(request: pytest.FixtureRequest) -> Iterator[str]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


@pytest.mark.parametrize("day", [date(1985, 3, 2), date(2026, 11, 24), date(2027, 1, 31)])
def test_what_is_shown_is_read_back(locale: str, day: date):
    assert parse_day(typed_day(day), TODAY) == day
    assert "yyyy" in typed_format()


def test_day_and_month_stand_in_the_order_of_the_place(locale: str):
    assert parse_day("02/03/1985", TODAY) == (date(1985, 2, 3) if locale == "en_US" else date(1985, 3, 2))


@pytest.mark.parametrize("typed", ["1985-03-02", "1985/3/2", "2 March 1985", "2 Mar 1985"])
def test_a_year_first_and_words_are_read_everywhere(locale: str, typed: str):
    assert parse_day(typed, TODAY) == date(1985, 3, 2)


def test_a_birth_of_two_digits_is_never_to_come():
    assert parse_day("24/11/85", TODAY, is_past=True) == date(1985, 11, 24)
    assert parse_day("24/11/85", TODAY) == date(2085, 11, 24)
    with pytest.raises(Refused, match="Type the year too"):
        parse_day("2 March", TODAY, is_past=True)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("31/02/1985", "February has no 31"),
        ("29/02/2025", "February has no 29"),
        ("12/13/1985", "no month 13"),
        ("soon", "is no date"),
        ("1/1/0999", "0?999"),
    ],
)
def test_what_is_wrong_is_said(typed: str, reason: str):
    with pytest.raises(Refused, match=reason):
        parse_day(typed, TODAY)


def test_nothing_typed_is_no_date():
    assert parse_day("  ", TODAY) is None
