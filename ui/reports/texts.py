"""The texts of a report as they are changed: kept as they are typed, and given back to the record one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.circle_naming import Naming
from ipt_desktop.domain.form import FieldKind, Form, is_blank
from ipt_desktop.domain.rich_text import RichText
from ipt_desktop.domain.text import _
from ipt_desktop.services.report_kind import Choices
from ui.forms.document_writer import DocumentWriter
from ui.forms.form_view import FormView
from ui.forms.way_back import WayBack
from ui.page import Frame

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ipt_desktop.services.report_kind import ReportKind


class ReportTexts(QObject):
    """The document that holds what the therapist has written over the assembled texts of a report. `kept`: it was saved."""

    kept = Signal()

    def __init__(self, desk: Desk, frame: Frame, view: FormView, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._view = desk, view
        self._place: tuple[ReportKind, str, str, Naming] | None = None
        self.writer = DocumentWriter(desk, frame, view, self)
        self.writer.saved.connect(self._on_saved)
        self.way_back = WayBack(view, _("Back to the text from the record"), self)
        self.way_back.taken.connect(self._on_back)

    def open(self, kind: ReportKind, client_id: str, course_id: str, naming: Naming = Naming.INITIALS) -> bool:
        """Show the texts of a kind of report, if it has any; False where words typed before could not be kept."""
        if self._place is not None and self._place != (kind, client_id, course_id, naming):
            if not self.writer.close():
                return False
            self.forget()
        if kind.texts is None:
            return True
        document = self._desk.reporting.document(kind.key, course_id)
        if document is None:
            return True
        form = self._desk.documents.form_of(document)
        # An emptied text comes from the record again, so it must not hide what the record says.
        document = replace(document, answers={key: each for key, each in document.answers.items() if not is_blank(each)})
        defaults = self._desk.reporting.defaults(kind.key, course_id, choices=Choices(naming=naming))
        written = [each.key for each in form.sections if any(field.kind != FieldKind.RECORD for field in each.fields)]
        if not self.writer.open(document, defaults=_by_key(form, defaults), label_column=0, sections=written):
            return False
        self._place = (kind, client_id, course_id, naming)
        self.way_back.add([each for each in form.fields if each.kind == FieldKind.PROSE])
        return True

    def show(self, kind: ReportKind, client_id: str, course_id: str, naming: Naming = Naming.INITIALS) -> bool:
        """Show what the record says now, unless the therapist is just writing here; False as in `open`."""
        is_there = self._place == (kind, client_id, course_id, naming)
        if is_there and (self.writer.is_unsaved or self._has_keyboard()):
            return True
        return self.open(kind, client_id, course_id, naming)

    def show_field(self, texts: Sequence[RichText]) -> bool:
        """Put the keyboard into the field that one of these texts is written in; False where there is none."""
        if self._place is None or self.writer.document is None:
            return False
        form = self._desk.documents.form_of(self.writer.document)
        for asked in form.fields:
            if asked.kind == FieldKind.PROSE:
                editor = self._view.editor(asked.key)
                if rich_text.from_json(editor.answer()) in texts:
                    self._view.unfold_to(editor)
                    self._view.focus_key(asked.key)
                    return True
        return False

    def flush(self) -> bool:
        """Keep what is typed and wait for it."""
        return self.writer.flush()

    def forget(self) -> None:
        """Let go of every word."""
        self._place = None
        self.way_back.forget()
        self.writer.forget()

    def _has_keyboard(self) -> bool:
        focused = cast("QWidget | None", self._view.window().focusWidget())
        return focused is not None and self._view.isAncestorOf(focused)

    def _on_back(self, key: str) -> None:
        """Show what the record says where the therapist's own words were given up."""
        if self._place is not None and self.flush():
            self.open(*self._place)
            self.way_back.focus(key)

    def _on_saved(self, _document: object) -> None:
        self.kept.emit()


def _by_key(form: Form, texts: dict[str, Any]) -> dict[str, Any]:
    """Return the assembled texts, told by meaning or by key, by the key of their field."""
    told = {asked.key: texts.get(asked.means or asked.key, texts.get(asked.key)) for asked in form.fields}
    return {key: text for key, text in told.items() if text is not None}
