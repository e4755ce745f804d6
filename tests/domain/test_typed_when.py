"""When something happened, read as exactly as it is known and said again in words."""

from datetime import date

import pytest

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.typed_when import read_when, when_words, yearly_day

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2019", "2019"),
        ("December 2019", "2019-12"),
        ("dec 2019", "2019-12"),
        ("12/2019", "2019-12"),
        ("2019-12", "2019-12"),
        ("December", "2026-12"),
        ("feb", "2027-02"),
        ("2 December 2019", "2019-12-02"),
        ("22 November", "2026-11-22"),
        ("yesterday", "2026-11-23"),
        ("  ", ""),
    ],
)
def test_a_year_a_month_or_a_day(typed: str, iso: str):
    assert read_when(typed, TODAY) == iso


@pytest.mark.parametrize("typed", ["13/2019", "0999", "some time in spring", "31 November 2019"])
def test_what_is_no_date_is_refused_in_words(typed: str):
    with pytest.raises(Refused):
        read_when(typed, TODAY)


def test_in_words_and_back():
    for iso in ("2019", "2019-12", "2019-12-02", "2026-11-22", "2026-01-02", "2027-01-02"):
        assert read_when(when_words(iso), TODAY) == iso
    assert when_words("2026-11-22", TODAY) == "22 November"
    assert when_words("about then", TODAY) == "about then"


def test_a_day_comes_round_again():
    assert yearly_day("2019-12-02", TODAY) == date(2026, 12, 2)
    assert yearly_day("2019-11-24", TODAY) == TODAY
    assert yearly_day("2019-11-23", TODAY) == date(2027, 11, 23)
    assert yearly_day("2024-02-29", TODAY) == date(2027, 2, 28)
    assert yearly_day("2019-12", TODAY) is None
    assert yearly_day("about then", TODAY) is None
