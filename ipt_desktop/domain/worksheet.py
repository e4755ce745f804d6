"""Worksheets: what the techniques are worked out on, as a list tells them: whom about, from which day, how they begin."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.dates import day_words, short_date
from ipt_desktop.domain.form import Field, FieldKind, Form, Means
from ipt_desktop.domain.form_rows import ColumnKind
from ipt_desktop.domain.records import Document, Session
from ipt_desktop.domain.text import _

MOST_LETTERS = 80


def about_person(form: Form, answers: Mapping[str, Any]) -> str | None:
    """Return the id of the person a worksheet is about, or None."""
    said = form.answer(answers, Means.ABOUT_PERSON)
    if isinstance(said, list):
        said = said[0] if said else None
    return said if isinstance(said, str) and said else None


def about_tie(form: Form, answers: Mapping[str, Any]) -> str | None:
    """Return the id of the tie a worksheet is about, or None."""
    said = form.answer(answers, Means.ABOUT_TIE)
    return said if isinstance(said, str) and said else None


def day_of(document: Document, sessions: Sequence[Session]) -> date:
    """Return the day of a worksheet: that of the session it was begun in, else the day it was begun."""
    session = next((each for each in sessions if each.id == document.session_id), None)
    return session.date if session is not None else document.created_at.astimezone().date()


def title_and_day(form: Form, day: date, today: date, *, is_short: bool = False) -> str:
    """Return how a link names a worksheet: "Communication analysis, 17 November", or "17 Nov" where it `is_short`."""
    is_this_year = day.year == today.year
    words = short_date(day) if is_short and is_this_year else day_words(day, has_year=not is_this_year)
    return _("{title}, {day}").format(title=_(form.title), day=words)


def first_words(form: Form, answers: Mapping[str, Any]) -> str:
    """Return how what is written begins, on one line; "" where nothing is. What is confidential stays out of any list."""
    words = next((" ".join(each.split()) for each in _texts(form, answers) if each.strip()), "")
    return words if len(words) <= MOST_LETTERS else words[: MOST_LETTERS - 1].rstrip() + "…"


def _texts(form: Form, answers: Mapping[str, Any]) -> Iterator[str]:
    for field in form.fields:
        answer = answers.get(field.key)
        if not answer or field.is_confidential or field.is_off_record:
            continue
        if field.kind == FieldKind.LINE:
            yield str(answer)
        elif field.kind == FieldKind.PROSE:
            yield rich_text.as_plain(rich_text.from_json(answer))
        elif field.kind == FieldKind.ROWS:
            yield from _row_texts(field, answer)


def _row_texts(field: Field, rows: Any) -> Iterator[str]:
    for row in rows if isinstance(rows, list) else ():
        for column in field.columns:
            if column.kind in (ColumnKind.LINE, ColumnKind.PROSE):
                yield str(row.get(column.key, ""))
