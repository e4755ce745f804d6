"""Whether answers fit the fields of a form, and whether a document may move to another edition of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.form import Field, FieldKind, Form, is_blank
from ipt_desktop.domain.form_rows import is_rows, rows_complaint
from ipt_desktop.domain.session_records import RiskAsked, StepDone
from ipt_desktop.domain.text import _


@dataclass(frozen=True, slots=True)
class Complaint:
    """An answer that doesn't fit its field: the field's key and a translated sentence."""

    field: str
    reason: str


def check(form: Form, answers: Mapping[str, Any]) -> list[Complaint]:
    """Return what does not fit its field's kind or limits. Answers to fields the form doesn't have are left alone."""
    told = ((each.key, _complaint(each, answers[each.key])) for each in form.fields if answers.get(each.key) is not None)
    return [Complaint(key, reason) for key, reason in told if reason]


def may_move(old: Form, new: Form, answers: Mapping[str, Any]) -> bool:
    """Whether an unsigned document may move to a newer definition: no answered field is lost, changes kind or stops fitting."""
    answered = {key: value for key, value in answers.items() if not is_blank(value)}
    kept = ((each, new.field(each.key)) for each in old.fields if each.key in answered)
    return all(later and _asks_as_much(each, later) for each, later in kept) and not check(new, answered)


def _asks_as_much(asked: Field, later: Field) -> bool:
    columns = {each.key: each.kind for each in later.columns}
    return later.kind == asked.kind and all(columns.get(each.key) == each.kind for each in asked.columns)


def _complaint(asked: Field, answer: Any) -> str:
    if not asked.is_known:
        return ""
    if not _IS_KIND[FieldKind(asked.kind)](answer):
        return _("This is not an answer of the kind that is asked for.")
    if asked.max_length is not None and _length(asked, answer) > asked.max_length:
        return _("This has {length} characters; there is room for {limit}.").format(
            length=_length(asked, answer), limit=asked.max_length
        )
    if asked.kind == FieldKind.SCALE and not asked.lowest <= answer <= asked.highest:
        return _("{value} is not between {lowest} and {highest}.").format(
            value=answer, lowest=asked.lowest, highest=asked.highest
        )
    if asked.kind == FieldKind.ROWS:
        return rows_complaint(asked.columns, answer)
    chosen = {FieldKind.CHOICE: [answer], FieldKind.CHOICES: answer}.get(FieldKind(asked.kind), [])
    strange = set(chosen) - {option.key for option in asked.options} - {""}
    if strange and not asked.options_from:
        return _("{choice} is not one of the choices.").format(choice=", ".join(sorted(strange)))
    return ""


def _length(asked: Field, answer: Any) -> int:
    if asked.kind == FieldKind.PROSE:
        return len(rich_text.as_plain(rich_text.from_json(answer)))
    return len(answer.get("words", "")) if isinstance(answer, Mapping) else len(str(answer))


def _is_text(answer: Any) -> bool:
    return isinstance(answer, str)


def _is_texts(answer: Any) -> bool:
    return isinstance(answer, list) and all(isinstance(each, str) for each in answer)


def _is_number(answer: Any) -> bool:
    return isinstance(answer, int) and not isinstance(answer, bool)


def _is_prose(answer: Any) -> bool:
    return isinstance(answer, str) or (
        isinstance(answer, list)
        and all(isinstance(block, Mapping) and isinstance(block.get("runs"), list) and "kind" in block for block in answer)
    )


def _is_date(answer: Any) -> bool:
    try:
        return isinstance(answer, str) and (not answer or bool(date.fromisoformat(answer)))
    except ValueError:
        return False


def _are_contacts(answer: Any) -> bool:
    return isinstance(answer, list) and all(
        isinstance(each, Mapping) and all(isinstance(said, str) for said in each.values()) for each in answer
    )


def _is_worded(name: str, values: type[StrEnum]) -> Callable[[Any], bool]:
    def is_worded(answer: Any) -> bool:
        return (
            isinstance(answer, Mapping)
            and all(isinstance(each, str) for each in answer.values())
            and answer.get(name, "") in {"", *values}
        )

    return is_worded


_IS_KIND: dict[FieldKind, Callable[[Any], bool]] = {
    FieldKind.LINE: _is_text,
    FieldKind.PROSE: _is_prose,
    FieldKind.CHOICE: _is_text,
    FieldKind.CHOICES: _is_texts,
    FieldKind.SCALE: _is_number,
    FieldKind.DATE: _is_date,
    FieldKind.PERSONS: _is_texts,
    FieldKind.PERSON: _is_text,
    FieldKind.TIE: _is_text,
    FieldKind.ROWS: is_rows,
    FieldKind.RISK: _is_worded("asked", RiskAsked),
    FieldKind.STEP: _is_worded("done", StepDone),
    FieldKind.GOALS: _is_texts,
    FieldKind.TICK: lambda answer: isinstance(answer, bool),
    FieldKind.EVENTS: lambda answer: True,
    FieldKind.LIFE_EVENTS: _is_texts,
    FieldKind.CONTACTS: _are_contacts,
    FieldKind.RECORD: lambda answer: True,
}
