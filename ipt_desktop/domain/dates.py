"""Dates and session numbers as a page says them: "9 July 2026", "9 Jul", "12 March to 9 July 2026", "1–4, 7"."""

from collections.abc import Iterable
from datetime import date

from ipt_desktop.domain.text import _


def month_names() -> tuple[str, ...]:
    """Return the twelve months' names, January first."""
    return (
        *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June")),
        *(_("July"), _("August"), _("September"), _("October"), _("November"), _("December")),
    )


def weekday_names() -> tuple[str, ...]:
    """Return the seven weekdays' names, Monday first."""
    return _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")


def day_words(day: date, *, has_weekday: bool = False, has_year: bool = False) -> str:
    """Return a date in words: "24 November", "Tuesday 24 November 2026"."""
    words = [weekday_names()[day.weekday()]] if has_weekday else []
    words += [str(day.day), month_names()[day.month - 1]]
    return " ".join([*words, str(day.year)] if has_year else words)


def long_date(day: date) -> str:
    """Return "9 July 2026"."""
    return day_words(day, has_year=True)


def day_and_month(day: date) -> str:
    """Return "9 July"."""
    return day_words(day)


def short_date(day: date) -> str:
    """Return "9 Jul", as tables say it."""
    return f"{day.day} {month_names()[day.month - 1][:3]}"


def span(first: date, last: date) -> str:
    """Return "12 March to 9 July 2026", the year once where both lie in it."""
    begin = day_and_month(first) if first.year == last.year else long_date(first)
    return _("{first} to {last}").format(first=begin, last=long_date(last))


def short_span(first: date, last: date) -> str:
    """Return "12 Mar – 2 Apr", or one date where both are the same day."""
    return short_date(first) if first == last else f"{short_date(first)} – {short_date(last)}"


def numbers_in_words(numbers: Iterable[int]) -> str:
    """Return rising numbers with those that follow each other drawn together: "1–4, 7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
