"""Rows as an answer: what is asked again and again within one field, such as the turns of a talk or the options of a choice.

A row is `{column key: answer}`; text is plain text here, a scale a whole number, a date an ISO date. What a row does not
answer is left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ipt_desktop.domain.text import _


class ColumnKind(StrEnum):
    """How one column of a row is asked."""

    LINE = "line"
    PROSE = "prose"
    SCALE = "scale"
    DATE = "date"


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


def _fits(column: Column, value: Any) -> bool:
    if column.kind == ColumnKind.SCALE:
        return isinstance(value, int) and column.lowest <= value <= column.highest
    if column.kind == ColumnKind.DATE:
        return isinstance(value, str) and _is_date(value)
    return isinstance(value, str) or column.kind not in set(ColumnKind)


def _is_date(value: str) -> bool:
    try:
        return not value or bool(date.fromisoformat(value))
    except ValueError:
        return False
