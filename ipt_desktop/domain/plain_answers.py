"""What was written into a form, as plain text to be taken elsewhere."""

from collections.abc import Mapping
from typing import Any

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.form import Field, FieldKind, Form, is_blank
from ipt_desktop.domain.form_rows import cell_words, is_rows
from ipt_desktop.domain.text import _

_BY_ID = (FieldKind.PERSONS, FieldKind.GOALS, FieldKind.PERSON, FieldKind.TIE, FieldKind.LIFE_EVENTS)


def as_text(form: Form, answers: Mapping[str, Any], *, with_confidential: bool = False) -> str:
    """Return the answers that say something, each below the label of its field, in the form's order.

    People, ties, goals and events are stored by their ids, which say nothing elsewhere, and are left out; so is what is
    confidential, unless it is asked for.
    """
    told = [each for each in form.fields if each.kind not in _BY_ID and (with_confidential or not each.is_confidential)]
    said = [(field, answers.get(field.key)) for field in told]
    return "\n\n".join(f"{_(field.label)}\n{_words(field, answer)}" for field, answer in said if not is_blank(answer))


def _words(field: Field, answer: Any) -> str:
    if field.kind == FieldKind.PROSE:
        return rich_text.as_plain(rich_text.from_json(answer))
    if field.kind == FieldKind.TICK:
        return _("yes")
    if field.kind == FieldKind.ROWS and is_rows(answer):
        return "\n".join(_row_words(field, number, row) for number, row in enumerate(answer, start=1) if not is_blank(row))
    if isinstance(answer, Mapping):
        return ", ".join(_words(field, each) for each in answer.values() if not is_blank(each))
    if isinstance(answer, list | tuple):
        return ", ".join(_words(field, each) for each in answer)
    labels = {option.key: _(option.label) for option in field.options}
    return labels.get(str(answer), str(answer))


def _row_words(field: Field, number: int, row: Mapping[str, Any]) -> str:
    told = ((each, row.get(each.key)) for each in field.columns)
    said = [f"{_(each.label)}: {cell_words(each, answer)}" for each, answer in told if not is_blank(answer)]
    return "\n".join([f"{_(field.row_label)} {number}", *said])
