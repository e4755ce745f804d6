"""When something happened as a client tells it: "summer 2019", "age 14", "about 2019", "late 2018"; beside any exact date.

What is told is kept in the client's own words; how long a time they mean is computed from them (`told_span`), so that it can be
drawn as long as it is uncertain. Seasons are those of the practice's country: a summer is in June in the north and in January
in the south. The season that goes over the year's end is, told with one year, its first and its last months, so that it is as
uncertain as the whole year. Ages are counted from the client's date of birth.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.text import _, marked
from ipt_desktop.domain.typed_when import FIRST_YEAR, LAST_YEAR, is_when, read_when, when_words

Days = tuple[date, date]
"""The first and the last day something may have been on."""

OLDEST = 120
_ABOUT = marked("about|around|roughly|circa|ca.|c.")
_PARTS = (marked("early|start of|beginning of"), marked("mid|middle of"), marked("late|end of"))
_SEASONS = (marked("spring"), marked("summer"), marked("autumn|fall"), marked("winter"))
_IN = marked("in the|in|during|the")
_AGE = marked("at the age of|at age|aged|age|at")
_YEARS_OLD = marked("years old|year old")
_TO = marked("to|and")
_LEAST_ABOUT = timedelta(days=7)
_SOUTHERN = frozenset({"ar", "au", "bw", "cl", "ls", "mu", "na", "nz", "py", "sz", "uy", "za", "zw"})
_WHOLE_YEAR = timedelta(days=364)


def has_southern_seasons(country: str) -> bool:
    """Whether it is summer in January in a country (ISO 3166, "au")."""
    return country.casefold() in _SOUTHERN


@dataclass(frozen=True, slots=True)
class Told:
    """When something was: `on` an ISO date of any precision, "" where it has no place; `words` where it was told otherwise."""

    on: str
    words: str | None = None


@dataclass(frozen=True, slots=True)
class _Age:
    first: int
    last: int
    year: str


def read_told(text: str, today: date, born_on: date | None, *, is_month_first: bool = False) -> Told:
    """Return when it was; nothing typed is no time at all (`on` "").

    An age without a date of birth has its place by the year said beside it ("age 14, 1998"), and none without one. Of a season
    `on` holds what it is wherever it was, so that a practice may move. Raises Refused, saying what can be written.
    """
    typed = " ".join(text.split())
    try:
        return Told(read_when(typed, today, is_month_first=is_month_first))
    except Refused as refused:
        problem = refused
    age = _read_age(typed)
    if age is not None:
        return _told_age(typed, age, born_on)
    bases = [base for is_southern in (False, True) if (base := _base_of(typed, is_southern=is_southern)) is not None]
    if not bases:
        if not any(each.isdigit() for each in typed):
            problem = Refused(reason=_("“{text}” has no place in time.").format(text=typed))
        hint = _("You can write a day, a month or a year, or as it is told: summer 2019, late 2018, about 2019, age 14.")
        raise Refused(reason=_("{problem} {hint}").format(problem=problem, hint=hint)) from None
    return Told(_iso_of((min(first for first, _last in bases), max(last for _first, last in bases))), typed)


def told_span(on: str, told: str | None, born_on: date | None, *, is_southern: bool = False) -> Days | None:
    """Return the days that an event may have begun on; None where nothing places it.

    `on` and `told` are those of the event, `is_southern` whose seasons are meant. Words that can't be read leave the span to
    the date.
    """
    if told:
        age = _read_age(told)
        if age is not None and born_on is not None:
            return _widened(_lived(born_on, age), told)
        span = _span_of(told, is_southern=is_southern) if age is None else None
        if span is not None:
            return span
    return iso_span(on)


def iso_span(when: str) -> Days | None:
    """Return the first and the last day of an ISO date of any precision; None for what is none."""
    if not is_when(when):
        return None
    year, *rest = (int(part) for part in when.split("-"))
    if len(rest) == 2:
        day = date(year, *rest)
        return day, day
    return (_month_start(year, rest[0]), _month_end(year, rest[0])) if rest else (date(year, 1, 1), date(year, 12, 31))


def told_words(on: str, told: str | None, today: date | None = None) -> str:
    """Return when it was as it is told, else its date in words; a day of the year of `today` goes without its year."""
    return told or (when_words(on, today) if on else "")


# -- ages --------------------------------------------------------------------------------------------------------------


def _read_age(text: str) -> _Age | None:
    words = _without(text.casefold(), _ABOUT)[1]
    number = rf"(\d{{1,3}})(?:\s*(?:–|-|{_any(_TO)})\s*(\d{{1,3}}))?"
    year = r"(?:,?\s*\(?(\d{4})\)?)?"
    found = re.fullmatch(rf"(?:{_any(_AGE)})\s*{_about()}{number}{year}", words)
    found = found or re.fullmatch(rf"{number}\s*(?:{_any(_YEARS_OLD)}){year}", words)
    if found is None:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    return _Age(min(first, last), max(first, last), found[3] or "")


def _told_age(typed: str, age: _Age, born_on: date | None) -> Told:
    if age.last > OLDEST:
        raise Refused(reason=_("The age {age} can’t be right.").format(age=age.last))
    if age.year and not FIRST_YEAR <= int(age.year) <= LAST_YEAR:
        raise Refused(reason=_("The year {year} can’t be right.").format(year=age.year))
    words = re.sub(r",?\s*\(?\d{4}\)?$", "", typed) if age.year else typed
    lived = _lived(born_on, age) if born_on is not None else None
    if age.year and lived is not None and not lived[0].year <= int(age.year) <= lived[1].year:
        problem = _("By the date of birth, this age was from {first} to {last}; leave out the year, or the age.")
        raise Refused(reason=problem.format(first=lived[0].year, last=lived[1].year))
    return Told(age.year or (str(lived[0].year) if lived is not None else ""), words)


def _lived(born_on: date, age: _Age) -> Days:
    """Return the days on which somebody was of this age."""
    return _birthday(born_on, age.first), _birthday(born_on, age.last + 1) - timedelta(days=1)


def _birthday(born_on: date, age: int) -> date:
    year = min(born_on.year + age, date.max.year - 1)
    try:
        return born_on.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 3, 1)


# -- spans in words ----------------------------------------------------------------------------------------------------


def _base_of(text: str, *, is_southern: bool) -> Days | None:
    """Return what is told without regard to how roughly: of "about 2019" the year."""
    return _plain_span(_without(_without(text.casefold(), _IN)[1], _ABOUT)[1], is_southern=is_southern)


def _span_of(text: str, *, is_southern: bool) -> Days | None:
    base = _base_of(text, is_southern=is_southern)
    return _widened(base, text) if base is not None else None


def _widened(span: Days, told: str) -> Days:
    """Return a time told with "about" with as much again before and after it."""
    words = _without(told.casefold(), _IN)[1]
    if not _without(words, _ABOUT)[0] and not re.search(rf"\b(?:{_any(_ABOUT)})", words):
        return span
    more = max(span[1] - span[0] + timedelta(days=1), _LEAST_ABOUT)
    return span[0] - more, span[1] + more


def _plain_span(words: str, *, is_southern: bool) -> Days | None:
    words = _without(words, _IN)[1]
    for third, names in enumerate(_PARTS):
        is_there, rest = _without(words, names)
        if is_there:
            whole = _plain_span(rest, is_southern=is_southern)
            season = _season_span(_without(rest, _IN)[1], is_southern=is_southern)
            is_uncertain = (
                season is not None and season[1] - season[0] >= _WHOLE_YEAR
            )  # at the beginning or the end of its year
            return whole if whole is None or is_uncertain else _third(whole, third)
    if found := re.fullmatch(r"(\d{3})0s", words):
        return _years(int(found[1]) * 10, int(found[1]) * 10 + 9)
    season = _season_span(words, is_southern=is_southern)
    if season is not None:
        return season
    try:
        return iso_span(read_when(words, date.min + timedelta(days=800))) if re.search(r"\d{4}", words) else None
    except Refused:
        return None


def _season_span(words: str, *, is_southern: bool) -> Days | None:
    found = re.fullmatch(r"(\D+?)\s*(\d{4})(?:\s*[/–-]\s*(\d{2}|\d{4}))?", words)
    if found is None:
        return None
    number = next((at for at, names in enumerate(_SEASONS) if found[1] in _(names).split("|")), None)
    year = int(found[2])
    if number is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    begins = (3 + 3 * number + (6 if is_southern else 0) - 1) % 12 + 1
    if begins != 12:
        return (_month_start(year, begins), _month_end(year, begins + 2)) if not found[3] else None
    if not found[3]:
        return _years(year, year)
    is_next = found[3] in (str(year + 1), f"{(year + 1) % 100:02}")
    return (date(year, 12, 1), _month_end(year + 1, 2)) if is_next else None


def _third(span: Days, number: int) -> Days:
    length = (span[1] - span[0]).days + 1
    first, last = round(length * number / 3), round(length * (number + 1) / 3) - 1
    return span[0] + timedelta(days=first), span[0] + timedelta(days=max(first, last))


def _years(first: int, last: int) -> Days | None:
    return (date(first, 1, 1), date(last, 12, 31)) if FIRST_YEAR <= first <= LAST_YEAR - 10 else None


def _iso_of(span: Days) -> str:
    """Return the most exact ISO date that holds all of a span; the year it begins in where it goes over one."""
    first, last = span[0].isoformat(), span[1].isoformat()
    return next((first[:known] for known in (10, 7) if first[:known] == last[:known]), first[:4])


def _without(words: str, names: str) -> tuple[bool, str]:
    """Return whether one of these words comes first, and what follows it."""
    found = re.match(rf"(?:{_any(names)})(?![^\W\d_])[\s-]*(?=\S)", words)
    return (True, words[found.end() :]) if found else (False, words)


def _any(names: str) -> str:
    return "|".join(re.escape(each) for each in sorted(_(names).split("|"), key=len, reverse=True))


def _about() -> str:
    return rf"(?:(?:{_any(_ABOUT)})\s*)?"


def _month_start(year: int, month: int) -> date:
    return date(year, month, 1)


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)
