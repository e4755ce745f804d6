"""The records of the problem areas: one document each, the one that is open chosen above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer

from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.records import ProblemArea
from ipt_desktop.domain.text import _
from ui.forms.editor import Given
from ui.phases.document_chapter import DocumentChapter
from ui.phases.reading import day_words
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ipt_desktop.domain.records import Document
    from ipt_desktop.services.desk import Desk
    from ui.page import Frame
    from ui.phases.reading import CourseReading


class AreaRecordsChapter(DocumentChapter):
    """One record at a time. `place` is the id of its problem area."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(desk, frame, parent, purpose=Purpose.AREA_RECORD, title=_("Problem areas"), report="area-record")
        self._area_id = ""
        self._choice = ChoiceField(self, name="area_record_choice", spoken=_("Problem area"))
        self._choice.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        self._choice.activated.connect(self._on_chosen)
        self.verbs.addWidget(self._choice)
        words = _("No problem area has been agreed. Its record begins with it.")
        self._none = label(words, self, tone="text_soft", name="area_record_none", wraps=True)
        self.above.insertWidget(0, self._none)
        self._none.hide()

    @property
    def area(self) -> ProblemArea | None:
        """The problem area whose record is shown, or None."""
        areas = self.reading.areas if self.reading is not None else []
        return next((each for each in areas if each.id == self._area_id), None)

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_course(self, reading: CourseReading) -> None:
        """Show a record of the course; of a problem area that is gone or of another kind by now, the one there is instead."""
        before, is_same = self.area, self.reading is not None and self.reading.course.id == reading.course.id
        if not is_same:
            self.writer.close()
            self.reading, self._area_id = reading, ""
            return
        now = next((each for each in reading.areas if each.id == self._area_id), None)
        if before is not None and (now is None or now.area != before.area):
            self.reading = reading
            self._show_another()
            return
        super().show_course(reading)
        self._offer()

    def _show_another(self) -> None:
        if self.writer.document is not None and self.writer.close() and self._offer() is not None:
            self._open()

    def open(self) -> bool:
        """Show the record and go to its first field, or to the choice where there is none."""
        if self._offer() is None:
            self._show_none(is_none=True)
            self.view.forget()
            self._none.setFocus()
            return True
        return super().open()

    def found(self) -> Document:
        """Return the record of the problem area chosen; nothing of a fresh one is stored before its first save."""
        area = self._offer()
        return self.desk.area_records.document(area.id if area is not None else "")

    def filling(self) -> dict[str, Any]:
        """Return what the form is filled with beside its answers: people, and how the stage was judged."""
        assert self.reading is not None  # noqa: S101 - shown before it is opened
        says: dict[str, str] = {Means.STAGE_HISTORY: self._stages()}
        return {"people": self.reading.people, "given": Given(says=says)}

    def record_to_print(self) -> str:
        """Return the problem area whose record is shown."""
        return self._area_id

    def _offer(self) -> ProblemArea | None:
        """Offer the problem areas of the course; return the one chosen, the first where none is."""
        areas = self.reading.areas if self.reading is not None else []
        if self.area is None:
            self._area_id = areas[0].id if areas else ""
        self._choice.clear()
        for each in areas:
            self._choice.addItem(self._called(each), each.id)
        self._choice.setCurrentIndex(self._choice.findData(self._area_id))
        self._choice.setVisible(len(areas) > 1)
        area = self.area
        self._show_none(is_none=area is None)
        return area

    def _show(self, document: Document) -> bool:
        if not super()._show(document):
            return False
        self.say_title(_(self.desk.documents.form_of(document).title))
        return True

    def _called(self, area: ProblemArea) -> str:
        """Return how a problem area is told from the others: "Role dispute · with Johan"."""
        reading = self.reading
        if reading is None:
            return ""
        name = reading.person(area.person_id)
        with_whom = _("with {name}").format(name=name) if name else ""
        until = _("until {day}").format(day=day_words(area.ended_on, reading.today)) if area.ended_on else ""
        return " · ".join(each for each in (reading.area_label(area.area), with_whom, until) if each)

    def _show_none(self, *, is_none: bool) -> None:
        self._none.setVisible(is_none)
        self.view.setVisible(not is_none)

    def _stages(self) -> str:
        """Return every judgement of the stage, the latest first, each on a line."""
        area, reading = self.area, self.reading
        if area is None or reading is None:
            return ""
        told = (
            (day_words(each.on, reading.today), reading.wording.stage(area.area, each.stage))
            for each in reading.stages_of(area)
        )
        return "\n".join(_("{day}: {stage}").format(day=day, stage=stage) for day, stage in told)

    # -- which one -------------------------------------------------------------------------------------------------

    def show_area(self, area_id: str) -> bool:
        """Show the record of another problem area, once what is typed is kept; False where that could not be."""
        if area_id == self._area_id and self.writer.document is not None:
            return True
        if not self.writer.close():
            return False
        self._area_id = area_id
        return self._open()

    def _on_chosen(self) -> None:
        if not self.show_area(str(self._choice.currentData() or "")):
            self._choice.setCurrentIndex(self._choice.findData(self._area_id))
            return
        self.scroller.verticalScrollBar().setValue(0)
        self._choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Let go of every word."""
        super().forget()
        self._area_id = ""
        self._choice.clear()
        self.say_title(_("Problem areas"))

    def place(self) -> object:
        """Return the id of the problem area."""
        return self._area_id

    def return_to(self, place: object) -> None:
        """Show the record of that problem area, as far as it is still there."""
        areas = self.reading.areas if self.reading is not None else []
        if isinstance(place, str) and any(each.id == place for each in areas) and self.show_area(place):
            QTimer.singleShot(0, self, self.view.focus_first)  # once its fields are in sight
