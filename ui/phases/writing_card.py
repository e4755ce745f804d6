"""The formulation, and the ending: what is written with the client once, and revised."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.text import _
from ui import theme
from ui.forms.document_writer import DocumentWriter
from ui.forms.form_view import LABEL_COLUMN, FormView
from ui.forms.writing.pen import Pen
from ui.page import Frame
from ui.phases.reading import CourseReading
from ui.phases.scrolling_card import ScrollingCard
from ui.phases.text_growth import TextGrowth
from ui.widgets.buttons import icon_button
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk

SHOWN = (Purpose.FORMULATION, Purpose.ENDING)


class WritingCard(ScrollingCard):
    """One document at a time, kept as it is written. `widened` says whether it asks for the whole width."""

    widened = Signal(bool)

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent, name="writing_card", title=_("Formulation"))
        self._desk = desk
        self._reading: CourseReading | None = None
        self._is_wide = False
        words = ((SHOWN[0].value, _("Formulation")), (SHOWN[1].value, _("Ending")))
        self._which = Segmented(words, self, name="writing_which", spoken=_("Write"))
        self._which.chosen.connect(self._on_chosen)
        self._wide = icon_button("maximize-2", self, name="writing_wide", spoken=_("Write in the whole width"))
        self._wide.clicked.connect(self._on_wide)
        self.title.hide()
        self.head.insertWidget(0, self._which)
        self.head.addWidget(self._wide)
        self.view = FormView(theme.current(), self.paper, Pen(desk, frame, self))
        self.writer = DocumentWriter(desk, frame, self.view, self)
        self.inner.addWidget(self.view, 1)
        TextGrowth(self, self._on_text_grown)

    @property
    def purpose(self) -> Purpose:
        """What is being written."""
        return Purpose(self._which.choice() or SHOWN[0].value)

    def show_course(self, reading: CourseReading) -> None:
        """Show the document of a course: the ending in its last phase, else the formulation. A course shown already stays."""
        is_same = self._reading is not None and self._reading.course.id == reading.course.id
        self._reading = reading
        if not is_same:
            is_last = reading.phase == reading.course.phases[-1].key
            self._which.choose(SHOWN[1 if is_last else 0].value)
            self._open()

    def flush(self) -> bool:
        """Keep what is typed and wait for it."""
        return self.writer.flush()

    def forget(self) -> None:
        """Let go of every word."""
        self._reading = None
        self.writer.forget()

    def _open(self) -> bool:
        reading = self._reading
        if reading is None or not self.writer.flush():  # first of all: the document found must be as it stands now
            return False
        course = reading.course
        document = self._desk.documents.open_document(self.purpose, course.client_id, course_id=course.id)
        self.setAccessibleName(_("Ending") if self.purpose is Purpose.ENDING else _("Formulation"))
        return self.writer.open(
            document,
            people=reading.people,
            areas=[(each.key, each.label) for each in reading.protocol.areas],
            label_column=LABEL_COLUMN if self._is_wide else 0,
        )

    def _on_text_grown(self) -> None:
        """Set the fields anew for another text size, and go on where the cursor was."""
        focused = cast("QWidget | None", self.view.focusWidget())
        name = focused.objectName() if focused is not None else ""
        self.view.use_theme(theme.current())
        if self._open() and name and (again := self.view.findChild(QWidget, name)) is not None:
            again.setFocus()

    def _on_chosen(self, _key: object) -> None:
        before = self.writer.document
        if not self._open() and before is not None:
            self._which.choose(before.purpose)

    def _on_wide(self) -> None:
        if not self.writer.flush():
            return
        self._is_wide = not self._is_wide
        self._wide.set_icon("minimize-2" if self._is_wide else "maximize-2")
        spoken = _("Back beside the others") if self._is_wide else _("Write in the whole width")
        self._wide.setAccessibleName(spoken)
        self._wide.setToolTip(spoken)
        self.widened.emit(self._is_wide)
        self._open()
