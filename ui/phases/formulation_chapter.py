"""The chapter of the formulation: the link of symptoms and problem area as a small picture above what is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.form_blocks import OnPaper
from ipt_desktop.domain.formulation_link import FormulationLink, link_of, linked_areas
from ipt_desktop.domain.text import _
from ui.forms.editor import Given
from ui.phases.document_chapter import DocumentChapter
from ui.phases.illness.life_events import LifeEvents
from ui.phases.link_view import LinkView
from ui.widgets.buttons import link

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Document, Person
    from ipt_desktop.services.desk import Desk
    from ui.page import Frame
    from ui.phases.reading import CourseReading

QUIET_MS = 400
REPORT, NARRATIVE = "formulation", "formulation-narrative"


class FormulationChapter(DocumentChapter):
    """The formulation. The picture follows what is typed, and the problem areas agreed on."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(desk, frame, parent, purpose=Purpose.FORMULATION, title=_("Formulation"), report=REPORT)
        self._people: list[Person] = []
        self.events = LifeEvents(desk, frame, self._refused, self)
        self.picture = LinkView(self._body)
        self.above.insertWidget(0, self.picture)
        self.above.setSpacing(16)
        words = _("Print for the client…")
        narrative = link(words, self._head, name="formulation_print_narrative", icon="printer")
        narrative.setToolTip(_("What was said to the client, on one page in large print"))
        narrative.clicked.connect(self._on_narrative)
        self.verbs.addWidget(narrative)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(QUIET_MS)
        self._settle.timeout.connect(self._show_picture)
        self.view.edited.connect(self._settle.start)

    def show_course(self, reading: CourseReading) -> None:
        """Show the formulation of a course with its picture."""
        super().show_course(reading)
        self._people = self.desk.circles.people(reading.course.client_id)
        if self.writer.document is not None:
            self._show_picture()

    def filling(self) -> dict[str, Any]:
        """Return what the form is filled with; the areas agreed on are shown until others are chosen."""
        filled, form = super().filling(), self.desk.documents.form_for(self.purpose)
        asked = form.field_that_means(Means.PROBLEM_AREA)
        assert self.reading is not None  # noqa: S101 - shown before it is opened
        agreed = [each.area for each in sorted(self.reading.areas, key=lambda each: each.rank) if each.ended_on is None]
        self.events.belong_to(self.reading.course.client_id)
        given = Given(events=self.events)
        return {
            **filled,
            "given": given,
            "defaults": {**filled["defaults"], **({asked.key: agreed} if asked is not None and agreed else {})},
        }

    def _show(self, document: Document) -> bool:
        if not super()._show(document):
            return False
        self._show_picture()
        return True

    def _show_picture(self) -> None:
        self.picture.show_link(self._link())

    def _link(self) -> FormulationLink:
        document, reading = self.writer.document, self.reading
        if document is None or reading is None:
            return FormulationLink()
        paper = OnPaper(
            people=dict(reading.people),
            areas=dict(self._filled.get("areas", ())),
            events=dict(self._filled.get("life_events", ())),
        )
        areas = linked_areas(reading.areas, reading.stages, reading.protocol, self._people, paper)
        return link_of(self.desk.documents.form_of(document), self.writer.answers(), areas, paper)

    def _refused(self, reason: str) -> None:
        self.frame.say(_("Not done"), reason, tone="caution")

    def _on_narrative(self) -> None:
        if self.writer.flush():
            self.print_asked.emit(NARRATIVE, "")

    def forget(self) -> None:
        """Let go of every word."""
        self._settle.stop()
        super().forget()
        self._people = []
        self.events.belong_to("")
        self.picture.show_link(FormulationLink())
