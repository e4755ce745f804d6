"""Parts of the last note brought forward into the next, and which of them nobody has edited since.

The day a part comes from is kept with the document's answers, under a key that no field may have: `{"plan": "2026-11-17"}`.
What was asked about risk, mood and the step is of one day and never brought forward; jottings are not of the record. Nor is
what is confidential: it is asked again.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ipt_desktop.domain.form import Field, FieldKind, Form, is_blank
from ipt_desktop.domain.records import Document
from ipt_desktop.domain.text import _

BROUGHT_FORWARD = "_brought_forward"
_KINDS = (FieldKind.LINE, FieldKind.PROSE, FieldKind.CHOICES, FieldKind.PERSONS)


def still_brought_forward(answers: Mapping[str, Any]) -> dict[str, date]:
    """Return the fields that were brought forward and not edited since, with the day of the note each comes from."""
    marks = answers.get(BROUGHT_FORWARD)
    if not isinstance(marks, Mapping):
        return {}
    days = ((str(key), _day(told)) for key, told in marks.items())
    return {key: day for key, day in days if day is not None and not is_blank(answers.get(key))}


def fields_still_brought_forward(document: Document, form: Form) -> list[str]:
    """Return the labels of the fields of a document that were brought forward and not edited since, as the form has them."""
    marks = still_brought_forward(document.answers)
    return [_(each.label) for each in form.fields if each.key in marks]


def fields_to_bring(form: Form, answers: Mapping[str, Any], before: Form, told: Mapping[str, Any]) -> list[Field]:
    """Return the empty fields of a note that the note before it, of the form `before`, has an answer for."""
    return [
        each
        for each in form.fields
        if each.kind in _KINDS
        and not each.is_off_record
        and not each.is_confidential
        and is_blank(answers.get(each.key))
        and not is_blank(told.get(each.key))
        and (source := before.field(each.key)) is not None
        and (source.kind, source.means) == (each.kind, each.means)
    ]


def with_marks(answers: Mapping[str, Any], keys: Iterable[str], day: date) -> dict[str, Any]:
    """Return the answers with a mark that these fields come from a note of that day."""
    marks = {key: told.isoformat() for key, told in still_brought_forward(answers).items()}
    return {**answers, BROUGHT_FORWARD: {**marks, **dict.fromkeys(keys, day.isoformat())}}


def without_mark(answers: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return the answers without the mark of a field: it was edited."""
    kept = dict(answers)
    marks = kept.get(BROUGHT_FORWARD)
    if isinstance(marks, Mapping) and key in marks:
        left = {each: told for each, told in marks.items() if each != key}
        kept[BROUGHT_FORWARD] = left
        if not left:
            del kept[BROUGHT_FORWARD]
    return kept


def _day(told: Any) -> date | None:
    try:
        return date.fromisoformat(told)
    except (TypeError, ValueError):
        return None
