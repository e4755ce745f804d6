"""Rows as an answer: what is asked again and again within one field, such as the turns of a talk or the options of a choice.

A row is `{column key: answer}`; text is plain text here, a scale a whole number, a date an ISO date, *when* one of any
precision ("2019-12"), a tick 1. What a row does not answer is left out. Where a record follows each row, the row keeps an id
(`ROW_ID`), which stays when it is moved or changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ipt_desktop.domain.text import _

ROW_ID = "id"


class ColumnKind(StrEnum):
    """How one column of a row is asked."""

    LINE = "line"
    PROSE = "prose"
    SCALE = "scale"
    DATE = "date"
    WHEN = "when"
    TICK = "tick"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One thing that each row asks. `low` and `high` say the ends of a scale from `lowest` to `highest` in words."""

    key: str
    label: str
    kind: str = "line"
    hint: str = ""
    lowest: int = 0
    highest: int = 10
    low: str = ""
    high: str = ""


def is_rows(answer: Any) -> bool:
    """Whether an answer is a list of rows of text and whole numbers."""
    return isinstance(answer, list) and all(
        isinstance(row, Mapping) and all(isinstance(each, str | int) and not isinstance(each, bool) for each in row.values())
        for row in answer
    )


def rows_complaint(columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> str:
    """Say what in the rows does not fit its column, or ""; answers to columns that are not asked are left alone."""
    for number, row in enumerate(rows, start=1):
        for column in columns:
            if column.key in row and not _fits(column, row[column.key]):
                words = _("Row {number}, {column}: “{value}” is not an answer of the kind that is asked for.")
                return words.format(number=number, column=_(column.label), value=row[column.key])
    return ""


def cell_words(column: Column, value: Any) -> str:
    """Return what a row answers to a column, in words."""
    if column.kind == ColumnKind.WHEN:
        from ipt_desktop.domain.typed_when import when_words  # a start does without it

        return when_words(str(value))
    if column.kind == ColumnKind.TICK:
        return _("yes") if value == 1 else ""
    return str(value)


def _fits(column: Column, value: Any) -> bool:
    if column.kind == ColumnKind.SCALE:
        return isinstance(value, int) and column.lowest <= value <= column.highest
    if column.kind == ColumnKind.DATE:
        return isinstance(value, str) and _is_date(value)
    if column.kind == ColumnKind.WHEN:
        from ipt_desktop.domain.typed_when import is_when

        return isinstance(value, str) and (not value or is_when(value))
    if column.kind == ColumnKind.TICK:
        return value in (0, 1)
    return isinstance(value, str) or column.kind not in set(ColumnKind)


def _is_date(value: str) -> bool:
    try:
        return not value or bool(date.fromisoformat(value))
    except ValueError:
        return False
