"""What a demo case tells, as the answers to a form: prose as blocks, people by id, dates counted from today."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ipt_desktop.domain.form import Field, FieldKind, Form
from ipt_desktop.domain.form_check import check
from ipt_desktop.domain.form_rows import ROW_ID, ColumnKind
from ipt_desktop.domain.rich_text import Block, BlockKind, Run, to_json
from ipt_desktop.domain.text import _
from ipt_desktop.services.definition_source import Source
from ipt_desktop.services.toml_lines import Place

# Not strftime: month names there follow the computer's language, and the cases are told in English.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DATE = re.compile(r"\{([sdmy])([+-]?\d+)\}")


@dataclass(frozen=True, slots=True)
class AnswerReader:
    """Reads answers for one course: `date_of` gives a session's date by number, `person_id` and `tie_id` an id by key.

    A tie is told as "whose kind": "johan conflict", a goal as its number in the course, an event by its title.
    """

    source: Source
    today: date
    date_of: Callable[[int], date]
    person_id: Callable[[str, Place], str]
    tie_id: Callable[[str, Place], str]
    goal_id: Callable[[int, Place], str]
    event_id: Callable[[str, Place], str]

    def answers(self, form: Form, told: Mapping[str, Any], place: Place) -> dict[str, Any]:
        """Return what was told as the form's answers; the case refuses what does not fit."""
        answers = {}
        for name, value in told.items():
            field = form.field(name)
            if field is None:
                self.source.refuse((*place, name), _("the form has no such field"))
            answers[name] = self._answer(field, value, (*place, name))
        for complaint in check(form, answers):
            self.source.refuse((*place, complaint.field), complaint.reason)
        return answers

    def _answer(self, field: Field, value: Any, place: Place) -> Any:
        match FieldKind(field.kind), value:
            case FieldKind.PROSE, str():
                return to_json([_block(line) for line in self.filled(value).strip().split("\n")])
            case FieldKind.PERSONS, list():
                return [self.person_id(key, place) for key in value]
            case FieldKind.GOALS, list():
                return [self.goal_id(number, place) for number in value]
            case FieldKind.LIFE_EVENTS, list():
                return [self.event_id(title, place) for title in value]
            case FieldKind.PERSON, str():
                return self.person_id(value, place)
            case FieldKind.TIE, str():
                return self.tie_id(value, place)
            case FieldKind.ROWS, list():
                return [self._row(field, number, row) for number, row in enumerate(value, start=1)]
            case FieldKind.DATE, int():
                return self.date_of(value).isoformat()
            case FieldKind.DATE, str():
                return self.when(value)
            case ((FieldKind.RISK | FieldKind.STEP), dict()):
                return {name: self.filled(words) for name, words in value.items()}
            case FieldKind.LINE, str():
                return self.filled(value)
        return value

    def _row(self, field: Field, number: int, row: Mapping[str, Any]) -> dict[str, Any]:
        dated = {each.key for each in field.columns if each.kind in (ColumnKind.WHEN, ColumnKind.DATE)}
        told = {key: self.when(each) if key in dated else self._cell(each) for key, each in row.items()}
        return {ROW_ID: str(number), **told} if field.has_row_ids else told

    def _cell(self, value: Any) -> Any:
        return self.filled(value).strip() if isinstance(value, str) else value

    def when(self, value: Any) -> Any:
        """Return a date told as `{d-40}` or `{s8}` as ISO, a month or a year (`{m-40}`) as exactly; any other as it stands."""
        found = _DATE.fullmatch(str(value))
        if found is None:
            return value
        day = self._day(found).isoformat()
        return day[: {"m": len("2019-12"), "y": len("2019")}.get(found[1], len(day))]

    def filled(self, text: str) -> str:
        """Return a text with its dates."""
        return _DATE.sub(self._date_words, text)

    def _date_words(self, found: re.Match[str]) -> str:
        on = self._day(found)
        month = MONTHS[on.month - 1]
        return {"m": month, "y": str(on.year)}.get(found[1], f"{on.day} {month}")

    def _day(self, found: re.Match[str]) -> date:
        number = int(found[2])
        return self.date_of(number) if found[1] == "s" else self.today + timedelta(days=number)


def _block(line: str) -> Block:
    """Return a line of prose as a block; one that begins with "- " is an item of a list, with "# " a heading."""
    kind = {"- ": BlockKind.BULLET, "# ": BlockKind.HEADING}.get(line[:2], BlockKind.PARAGRAPH)
    text = line if kind is BlockKind.PARAGRAPH else line[2:]
    return Block((Run(text),) if text else (), kind)
