"""A note that takes another form: what comes along, and what has no place there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ipt_desktop.domain.form import Field, FieldKind, Form, Means, is_blank

# The body of a note has another name in each form; its words go from one to the other.
BODY = (Means.WHAT_HAPPENED, Means.NOTE)


@dataclass(frozen=True, slots=True)
class FormChange:
    """The answers under the new form. `without_place` are the fields whose answers stay stored but out of sight."""

    answers: dict[str, Any]
    without_place: tuple[Field, ...]


def change_of_form(old: Form, new: Form, answers: Mapping[str, Any]) -> FormChange:
    """Return what a change of form makes of the answers: none is dropped, and the body of the note moves to the new body."""
    kept = dict(answers)
    source, target = _body(old), _body(new)
    if source and target and source.key != target.key and not is_blank(kept.get(source.key)):
        moved = kept.pop(source.key)
        kept[target.key] = [*_blocks(moved), *_blocks(kept.get(target.key))]
    hidden = (each for each in old.fields if not is_blank(kept.get(each.key)))
    return FormChange(kept, tuple(each for each in hidden if _place(new, each) is None))


def _body(form: Form) -> Field | None:
    found = (form.field_that_means(means) for means in BODY)
    return next((each for each in found if each is not None and each.kind == FieldKind.PROSE), None)


def _place(form: Form, asked: Field) -> Field | None:
    found = form.field(asked.key)
    return found if found is not None and found.kind == asked.kind else None


def _blocks(answer: Any) -> list[Any]:
    if isinstance(answer, str):
        return [{"kind": "paragraph", "runs": [{"text": answer}]}] if answer else []
    return list(answer or ())
