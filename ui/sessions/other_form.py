"""A note that takes another form: how it is stored under it, and what is said of words that have no place there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ipt_desktop.domain.form import Field, Form, is_blank
from ipt_desktop.domain.form_change import change_of_form
from ipt_desktop.domain.records import Document
from ipt_desktop.domain.text import _

if TYPE_CHECKING:
    from ipt_desktop.services.documents import Documents


def taken_form(documents: Documents, document: Document, old: Form, new: Form) -> tuple[Document, Sequence[Field]]:
    """Return the note under its new form, and the fields whose answers are out of sight there.

    One that has words is stored; an empty one waits for its first word. Raises what storing raises.
    """
    change = change_of_form(old, new, document.answers)
    changed = documents.change_form(document, new)
    if is_blank(change.answers) and not changed.revision:
        return changed, change.without_place
    draft = documents.begin_writing(changed)
    kept = documents.keep_draft(draft, change.answers)
    documents.end_writing(draft)
    return kept, change.without_place


def without_place_words(fields: Sequence[Field], old: Form, new: Form) -> tuple[str, str]:
    """Return title and words of a bar that says what is out of sight, and how it comes back."""
    words = _("{fields}: kept with the note, out of sight, and back as soon as you choose “{form}” again.")
    return (
        _("Not every answer has a place in the form “{form}”").format(form=_(new.title)),
        words.format(fields=" · ".join(_(each.label) for each in fields), form=_(old.title)),
    )
