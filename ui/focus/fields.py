"""Which fields of a note focus mode can show, and which it begins with."""

from PySide6.QtWidgets import QApplication

from ipt_desktop.domain.form import Means
from ui.forms.editors import ProseEditor
from ui.sessions.note_page import NotePage

TELLING = (Means.WHAT_HAPPENED, Means.NOTE)


def prose_of(note: NotePage) -> list[ProseEditor]:
    """Return every field of prose, those of folded sections too, in the order of the form."""
    return [each for each in note.view.fields() if isinstance(each, ProseEditor)]


def field_to_begin_with(note: NotePage) -> ProseEditor | None:
    """Return the field the keyboard is in, else the one it was in last, else the telling, else the first of prose."""
    fields = prose_of(note)
    inside, last = QApplication.focusWidget(), note.place().field
    form = note.form
    told = [asked.key for each in TELLING if form is not None and (asked := form.field_that_means(each))]
    ways = (
        (each for each in fields if inside is not None and (each is inside or each.isAncestorOf(inside))),
        (each for each in fields if each.prose.objectName() == last),
        (each for each in fields if each.asked.key in told),
        iter(fields),
    )
    return next((found for way in ways if (found := next(way, None)) is not None), None)
