"""When something was as a client tells it: the words are kept, and how long a time they mean is computed from them."""

from datetime import date

import pytest

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.told_when import Told, has_southern_seasons, iso_span, read_told, told_span, told_words

TODAY, BORN = date(2026, 11, 24), date(1985, 3, 2)


def days(text: str, born_on: date | None = BORN) -> str:
    told = read_told(text, TODAY, born_on)
    span = told_span(told.on, told.words, born_on)
    return f"{span[0]} {span[1]}" if span else ""


@pytest.mark.parametrize(
    ("text", "on", "span"),
    [
        ("summer 2019", "2019", "2019-06-01 2019-08-31"),
        ("in the spring 2020", "2020", "2020-03-01 2020-05-31"),
        ("fall 2018", "2018", "2018-09-01 2018-11-30"),
        ("winter 2018/19", "2018", "2018-12-01 2019-02-28"),
        ("winter 2019", "2019", "2019-01-01 2019-12-31"),
        ("late 2018", "2018", "2018-09-01 2018-12-31"),
        ("the end of 2018", "2018", "2018-09-01 2018-12-31"),
        ("mid-2019", "2019", "2019-05-03 2019-08-31"),
        ("late summer 2019", "2019", "2019-08-01 2019-08-31"),
        ("late winter 2019", "2019", "2019-01-01 2019-12-31"),
        ("early March 2019", "2019-03", "2019-03-01 2019-03-10"),
        ("about 2019", "2019", "2018-01-01 2020-12-31"),
        ("about 3 March 2019", "2019-03-03", "2019-02-24 2019-03-10"),
        ("the 1990s", "1990", "1990-01-01 1999-12-31"),
        ("age 14", "1999", "1999-03-02 2000-03-01"),
        ("Aged 14 to 16", "1999", "1999-03-02 2002-03-01"),
        ("14 years old", "1999", "1999-03-02 2000-03-01"),
    ],
)
def test_words_are_kept_and_mean_a_span(text: str, on: str, span: str):
    assert read_told(text, TODAY, BORN) == Told(on, text)
    first, last = (date.fromisoformat(each) for each in span.split())
    found = told_span(on, text, BORN)
    assert found is not None
    assert abs((found[0] - first).days) <= 1
    assert abs((found[1] - last).days) <= 1


@pytest.mark.parametrize(
    ("text", "on", "span"),
    [
        ("summer 2018/19", "2018", "2018-12-01 2019-02-28"),
        ("summer 2019", "2019", "2019-01-01 2019-12-31"),
        ("late summer 2019", "2019", "2019-01-01 2019-12-31"),
        ("winter 2019", "2019", "2019-06-01 2019-08-31"),
        ("early winter 2019", "2019", "2019-06-01 2019-06-30"),
        ("spring 2019", "2019", "2019-09-01 2019-11-30"),
        ("autumn 2019", "2019", "2019-03-01 2019-05-31"),
        ("late 2018", "2018", "2018-09-01 2018-12-31"),
    ],
)
def test_in_the_south_seasons_are_those_of_the_south_and_what_is_kept_is_true_everywhere(text: str, on: str, span: str):
    assert read_told(text, TODAY, BORN).on == on
    first, last = (date.fromisoformat(each) for each in span.split())
    found = told_span(on, text, BORN, is_southern=True)
    assert found is not None
    assert abs((found[0] - first).days) <= 1
    assert abs((found[1] - last).days) <= 1
    assert has_southern_seasons("au")
    assert not has_southern_seasons("gb")


@pytest.mark.parametrize(
    ("text", "on"),
    [("2019", "2019"), ("December 2019", "2019-12"), ("12/2019", "2019-12"), ("2 December 2019", "2019-12-02"), ("", "")],
)
def test_what_is_a_date_is_no_more_than_a_date(text: str, on: str):
    assert read_told(text, TODAY, BORN) == Told(on)


def test_an_age_without_a_date_of_birth_is_placed_by_its_year_alone():
    assert read_told("age 14", TODAY, None) == Told("", "age 14")
    assert days("age 14", None) == ""
    assert read_told("age 14, 1998", TODAY, None) == Told("1998", "age 14")
    assert days("age 14 (1998)", None) == "1998-01-01 1998-12-31"


def test_once_the_date_of_birth_is_known_the_age_is_placed_by_it():
    assert told_span("", "age 14", BORN) == (date(1999, 3, 2), date(2000, 3, 1))
    assert told_span("1998", "age 14", BORN) == (date(1999, 3, 2), date(2000, 3, 1))


def test_an_age_counts_from_29_february_too():
    assert told_span("", "age 15", date(1984, 2, 29)) == (date(1999, 3, 1), date(2000, 2, 28))


@pytest.mark.parametrize("text", ["sometime", "summer", "as a child", "31 February 2019", "winter 2019/22"])
def test_what_can_not_be_placed_is_told_what_can_be_written(text: str):
    with pytest.raises(Refused, match="summer 2019, late 2018, about 2019, age 14"):
        read_told(text, TODAY, BORN)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("age 140", "age 140"), ("age 14, 1850", "year 1850"), ("age 14, 2010", "from 1999 to 2000")],
)
def test_what_can_not_be_right_is_said(text: str, reason: str):
    with pytest.raises(Refused, match=reason):
        read_told(text, TODAY, BORN)


def test_words_in_another_language_leave_the_span_to_the_date():
    assert told_span("2019", "Sommer 2019", BORN) == iso_span("2019") == (date(2019, 1, 1), date(2019, 12, 31))
    assert iso_span("soon") is None


def test_it_is_said_as_it_was_told():
    assert told_words("2019", "summer 2019") == "summer 2019"
    assert told_words("2019-12", None) == "December 2019"
    assert told_words("", None) == ""
