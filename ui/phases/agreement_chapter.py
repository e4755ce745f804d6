"""The chapter of the agreement: what the course itself says above it, and below it what else client and therapist agree on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipt_desktop.domain.dates import span
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.prefill import terms_words
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import GoalStatus
from ui.phases.document_chapter import DocumentChapter
from ui.phases.fact_rows import FactRow, FactRows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from ipt_desktop.services.desk import Desk
    from ui.page import Frame
    from ui.phases.reading import CourseReading


class AgreementChapter(DocumentChapter):
    """The treatment agreement. Sessions, focus and goals are shown from the records and printed with it: not typed twice."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(desk, frame, parent, purpose=Purpose.AGREEMENT, title=_("Agreement"), report="agreement")
        self.facts = FactRows(self._body, name="agreement_facts")
        self.facts.change_asked.connect(self._on_change_asked)
        self.above.insertWidget(0, self.facts)
        self.above.setSpacing(12)

    def show_course(self, reading: CourseReading) -> None:
        """Show the agreement of a course with what the course says."""
        super().show_course(reading)
        self.facts.show_rows(list(_rows(reading)))

    def _on_change_asked(self, key: str) -> None:
        if self.writer.flush():
            self.course_asked.emit(key)

    def forget(self) -> None:
        """Let go of every word."""
        super().forget()
        self.facts.forget()


def _rows(reading: CourseReading) -> Iterator[FactRow]:
    """Yield what the course says: sessions, focus, goals."""
    course = reading.course
    dates = span(course.started_on, course.planned_end).replace(" ", "\u00a0") if course.planned_end else ""
    change = _("Change…") if course.ended_on is None else ""
    yield FactRow("sessions", _("Sessions"), ", ".join(filter(None, (terms_words(course), dates))), change)
    areas = [each for each in reading.areas if each.ended_on is None]
    words = (", ".join(filter(None, (reading.area_label(each.area), reading.person(each.person_id)))) for each in areas)
    yield FactRow("focus", _("Focus"), "; ".join(words) or _("none agreed on yet"), _("Change…"))
    goals = [each.words for each in reading.goals.goals if each.status is not GoalStatus.DROPPED]
    yield FactRow("goals", _("Goals"), "\n".join(goals) or _("none set yet"), _("Change…"))
