"""Every answer of a document in words, as its form shows them: what two versions are compared by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.form import EVERY_SESSION, Field, FieldKind, Form, is_blank
from ipt_desktop.domain.form_rows import ColumnKind, cell_words, is_rows
from ipt_desktop.domain.rich_text import BlockKind
from ipt_desktop.domain.session_records import RiskAsked, StepDone
from ipt_desktop.domain.text import _, marked

_ASKED = {
    RiskAsked.NOT_ASKED: marked("Not asked"),
    RiskAsked.NONE: marked("Asked: none"),
    RiskAsked.UNCHANGED: marked("Asked: unchanged"),
    RiskAsked.CHANGED: marked("Asked: changed"),
}
_DONE = {StepDone.YES: marked("Done"), StepDone.PARTLY: marked("Partly"), StepDone.NO: marked("Not done")}


@dataclass(frozen=True, slots=True)
class Names:
    """What keys and ids stand for: `people`, `goals`, `events` by id; by key the protocol's problem `areas` and its `tasks`.

    `tasks` are what it asks in every session.
    """

    people: Mapping[str, str]
    areas: Mapping[str, str]
    goals: Mapping[str, str] = field(default_factory=dict)
    tasks: Mapping[str, str] = field(default_factory=dict)
    events: Mapping[str, str] = field(default_factory=dict)


def answer_words(form: Form, answers: Mapping[str, Any], names: Names) -> dict[str, str]:
    """Return the words of each answered field, by its key, in the form's order; then what has no field in it.

    What begins with an underscore is the program's own.
    """
    said = {each.key: words_of(each, answers[each.key], names) for each in form.fields if not is_blank(answers.get(each.key))}
    strange = {key: each for key, each in answers.items() if form.field(key) is None and not key.startswith("_")}
    others = {key: _plain(answer) for key, answer in strange.items() if not is_blank(answer)}
    return {key: words for key, words in {**said, **others}.items() if words}


def words_of(asked: Field, answer: Any, names: Names) -> str:
    """Return the words of one answer."""
    if asked.kind == FieldKind.PROSE:
        return _prose(answer)
    if asked.kind == FieldKind.DATE:
        return _date(answer)
    is_of_people = asked.kind in (FieldKind.PERSONS, FieldKind.PERSON)
    if is_of_people or asked.kind in (FieldKind.CHOICE, FieldKind.CHOICES):
        labels = {option.key: _(option.label) for option in asked.options}
        of_protocol = names.tasks if asked.options_from == EVERY_SESSION else names.areas
        known = names.people if is_of_people else {**labels, **of_protocol}
        unknown = _("someone who is no longer there") if is_of_people else ""
        each_one = [answer] if isinstance(answer, str) else list(answer)
        return ", ".join(known.get(str(each), unknown or str(each)) for each in each_one)
    if asked.kind == FieldKind.GOALS and isinstance(answer, list):
        return "\n".join(names.goals.get(str(each), _("a goal that is no longer there")) for each in answer)
    if asked.kind == FieldKind.LIFE_EVENTS and isinstance(answer, list):
        return "\n".join(names.events.get(str(each), _("an event that is no longer there")) for each in answer)
    if asked.kind == FieldKind.ROWS and is_rows(answer):
        return "\n".join(filter(None, (_row(asked, each) for each in answer)))
    if isinstance(answer, Mapping):
        return _parts(answer)
    return _plain(answer)


def _row(asked: Field, row: Mapping[str, Any]) -> str:
    """Return one row, an answer a line; a tick says what it is ticked for."""
    told = ((column, row.get(column.key)) for column in asked.columns)
    said = ((column, cell_words(column, answer)) for column, answer in told if not is_blank(answer))
    return "\n".join(_(column.label) if column.kind == ColumnKind.TICK else words for column, words in said if words)


def _parts(answer: Mapping[str, Any]) -> str:
    """Return an answer of a choice and words: what was asked about risk, how the last step went."""
    words = {**{str(key): word for key, word in _ASKED.items()}, **{str(key): word for key, word in _DONE.items()}}
    parts = [_(words[value]) if value in words else str(value) for value in answer.values() if not is_blank(value)]
    return "\n".join(parts)


def _prose(answer: Any) -> str:
    """Return prose with the marks of its lists, so that a paragraph made an item is a difference."""
    lines, number = [], 0
    for block in rich_text.from_json(answer):
        number = number + 1 if block.kind is BlockKind.NUMBERED else 0
        mark = {BlockKind.BULLET: "• ", BlockKind.NUMBERED: f"{number}. ", BlockKind.QUOTE: "> "}.get(block.kind, "")
        lines.append(mark + block.text)
    return "\n".join(lines)


def _date(answer: Any) -> str:
    try:
        return long_date(date.fromisoformat(answer))
    except (TypeError, ValueError):
        return _plain(answer)


def _plain(answer: Any) -> str:
    if isinstance(answer, Mapping):
        return "".join(run["text"] for run in answer["runs"]) if "runs" in answer else _parts(answer)
    if isinstance(answer, list | tuple):
        is_prose = any(isinstance(each, Mapping) for each in answer)
        return ("\n" if is_prose else ", ").join(_plain(each) for each in answer)
    return str(answer)
