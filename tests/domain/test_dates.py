"""Dates and numbers as a page says them."""

from datetime import date

from ipt_desktop.domain import dates

MARCH, JULY, LATER = date(2026, 3, 12), date(2026, 7, 9), date(2027, 1, 14)


def test_dates_in_words() -> None:
    assert dates.day_words(JULY) == "9 July"
    assert dates.day_words(JULY, has_weekday=True, has_year=True) == "Thursday 9 July 2026"
    assert dates.long_date(JULY) == "9 July 2026"
    assert dates.day_and_month(JULY) == "9 July"
    assert dates.span(MARCH, JULY) == "12 March to 9 July 2026"
    assert dates.span(MARCH, LATER) == "12 March 2026 to 14 January 2027"
    assert dates.short_span(MARCH, JULY) == "12 Mar – 9 Jul"
    assert dates.short_span(JULY, JULY) == "9 Jul"


def test_numbers_that_follow_each_other_are_drawn_together() -> None:
    assert dates.numbers_in_words([1, 2, 3, 5, 7, 8]) == "1–3, 5, 7–8"
    assert dates.numbers_in_words([]) == ""
