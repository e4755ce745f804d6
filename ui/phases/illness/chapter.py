"""The chapter *Illness and history*: diagnoses and medication above the form of the history, the timeline below it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ipt_desktop.domain.form import Field, FieldKind, Purpose
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Diagnosis, Medication
from ui.forms.editor import Given, Setting
from ui.forms.events_editor import EventsEditor
from ui.phases.document_chapter import DocumentChapter
from ui.phases.fold import Fold
from ui.phases.illness.commands import (
    AddMedication,
    ChangeMedication,
    EndMedication,
    KeepDiagnosis,
    RemoveDiagnosis,
    RemoveMedication,
)
from ui.phases.illness.diagnoses_part import DiagnosesPart
from ui.phases.illness.diagnosis_editor import CodeSystem
from ui.phases.illness.life_events import LifeEvents
from ui.phases.illness.medication_part import MedicationPart
from ui.phases.parting import part_with
from ui.verb import Together, Verb
from ui.widgets.card import hairline
from ui.widgets.labels import HintLabel, label
from ui.widgets.tab_order import go_in_order, last_stop, stops_in

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Document
    from ipt_desktop.services.changes import Changed
    from ipt_desktop.services.desk import Desk
    from ui.page import Frame
    from ui.phases.reading import CourseReading


class IllnessChapter(DocumentChapter):
    """What is known of the illness. Diagnoses, medicines and events are records, kept one by one; the form is kept as typed."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(desk, frame, parent, purpose=Purpose.HISTORY, title=_("Illness and history"), report="history")
        self._diagnoses: list[Diagnosis] = []
        self._medications: list[Medication] = []
        self._people: object = None
        self.events = LifeEvents(desk, frame, self._refused, self)
        self.events.changed.connect(self._show_count)
        self._records = self._make_records()
        self.above.insertWidget(0, self._records)
        self.timeline = Fold(_("Timeline"), self._body, name="illness_timeline")
        words = _(
            "What happened in the client’s life around the onset, with whom. It is the timeline that notes add to as well."
        )
        self.timeline.add(HintLabel(words, self.timeline, name="illness_timeline_hint"))
        self._events_editor: EventsEditor | None = None
        self.above.addWidget(hairline(self._body))
        self.above.addWidget(self.timeline)
        self.above.addStretch(1)
        self.above.setContentsMargins(0, 0, 0, 24)

    def _make_records(self) -> QWidget:
        records = QWidget(self._body)
        records.setObjectName("illness_records")
        column = QVBoxLayout(records)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(6)
        column.addWidget(label(_("Diagnosis"), records, kind="strong", name="illness_diagnosis_title"))
        self.diagnoses = DiagnosesPart(records)
        self.diagnoses.kept.connect(self._on_diagnosis_kept)
        self.diagnoses.removed.connect(self._on_diagnosis_removed)
        self.diagnoses.copied.connect(self._on_diagnoses_copied)
        column.addWidget(self.diagnoses)
        column.addSpacing(4)
        column.addWidget(hairline(records))
        self.medication = MedicationPart(records)
        self.medication.kept.connect(self._on_medication_kept)
        self.medication.removed.connect(self._on_medication_removed)
        column.addWidget(self.medication)
        for editor in (self.diagnoses.editor, self.medication.editor):
            editor.installEventFilter(self)
        return records

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_course(self, reading: CourseReading) -> None:
        """Show what is known as it stands now."""
        super().show_course(reading)
        if self.writer.document is not None:
            self._show_records()

    def open(self) -> bool:
        """Show all of it, with the keyboard at its beginning."""
        if self.writer.document is None and not self._open():
            return False
        self.scroller.verticalScrollBar().setValue(0)
        self.diagnoses.start.more.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def filling(self) -> dict[str, Any]:
        """Return people and areas, and the protocol's word for the sick role, under which a section goes."""
        assert self.reading is not None  # noqa: S101 - shown before it is opened
        return {**super().filling(), "words": {"sick_role": self.reading.protocol.sick_role}}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring an editor into sight as it opens, and what it was opened from as it closes."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget):
            QTimer.singleShot(0, watched, partial(self.scroller.ensureWidgetVisible, watched))
        elif event.type() is QEvent.Type.Hide and isinstance(watched, QWidget):
            QTimer.singleShot(0, watched, self._show_keyboard)
        return super().eventFilter(watched, event)

    def _show_keyboard(self) -> None:
        """Bring into sight what has the keyboard, where that is in here."""
        focused = QApplication.focusWidget()
        if focused is not None and self._body.isAncestorOf(focused):
            self.scroller.ensureWidgetVisible(focused)

    def _show(self, document: Document) -> bool:
        if not super()._show(document):
            return False
        self._show_records()
        return True

    def _show_records(self) -> None:
        reading = self.reading
        if reading is None:
            return
        course, today = reading.course, reading.today
        self._diagnoses = self.desk.diagnoses.of_course(course.id)
        self._medications = self.desk.medications.of_client(course.client_id)
        self.diagnoses.show_diagnoses(course.id, self._diagnoses, self._system(), today)
        self.medication.show_medications(course.client_id, self._medications, today)
        self._show_people(reading)
        self.events.belong_to(course.client_id)
        go_in_order([*stops_in(self._head), *stops_in(self._records)])
        go_in_order([last_stop(self.view), *stops_in(self.timeline)])

    def _system(self) -> CodeSystem:
        name = self.desk.settings.values().code_system
        return CodeSystem(name, self.desk.codes.list_of(name))

    def _show_people(self, reading: CourseReading) -> None:
        """Offer other people for the events where any came or went: the list of events is made for them."""
        if self._events_editor is not None and self._people == reading.people:
            return
        if self._events_editor is not None:
            self._events_editor.keep()
        self._let_go_of_events()
        self._people = list(reading.people)
        asked = Field(key="timeline", label=_("Timeline"), kind=FieldKind.EVENTS)
        setting = Setting(people=reading.people, given=Given(events=self.events))
        self._events_editor = EventsEditor(asked, self.timeline, setting)
        self.timeline.add(self._events_editor)
        self._show_count()

    def _show_count(self) -> None:
        count = len(self.events.events())
        self.timeline.set_words(_("Timeline ({count})").format(count=count) if count else _("Timeline"))

    def _let_go_of_events(self) -> None:
        if self._events_editor is not None:
            self._events_editor.forget()
            part_with(self._events_editor)
            self._events_editor = None

    def _on_changed(self, changed: Changed) -> None:
        super()._on_changed(changed)
        if self.writer.document is not None and changed.touches("diagnosis", "medication", "setting"):
            self._show_records()

    # -- verbs -----------------------------------------------------------------------------------------------------

    def _push(self, verb: Verb) -> None:
        self.frame.undo_stack().push(verb)

    def _refused(self, reason: str) -> None:
        self.frame.say(_("Not done"), reason, tone="caution")

    def _on_diagnosis_kept(self, diagnosis: Diagnosis) -> None:
        old = next((each for each in self._diagnoses if each.id == diagnosis.id), None)
        if diagnosis != old:
            self._push(KeepDiagnosis(self.desk.diagnoses, old, diagnosis, self._refused))

    def _on_diagnosis_removed(self, diagnosis: Diagnosis) -> None:
        self._push(RemoveDiagnosis(self.desk.diagnoses, diagnosis, self._refused))

    def _on_diagnoses_copied(self, diagnoses: list[Diagnosis]) -> None:
        steps = [KeepDiagnosis(self.desk.diagnoses, None, each, self._refused) for each in diagnoses]
        self._push(Together(steps, _("Diagnosis as at the start"), self._refused))

    def _on_medication_kept(self, medication: Medication) -> None:
        service = self.desk.medications
        old = next((each for each in self._medications if each.id == medication.id), None)
        if old is None:
            self._push(AddMedication(service, medication, self._refused))
        elif old.ended != medication.ended and _but_the_end(old) == _but_the_end(medication):
            self._push(EndMedication(service, old, medication.ended, self._refused))
        elif old != medication:
            self._push(ChangeMedication(service, old, medication, self._refused))

    def _on_medication_removed(self, medication: Medication) -> None:
        self._push(RemoveMedication(self.desk.medications, medication, self._refused))

    # -- Chapter ---------------------------------------------------------------------------------------------------

    def flush(self) -> bool:
        """Keep what is typed, also an event that was not added yet."""
        if self._events_editor is not None:
            self._events_editor.keep()
        return super().flush()

    def leave(self) -> bool:
        """Keep what is typed and end the stay."""
        return self.flush() and super().leave()

    def forget(self) -> None:
        """Let go of every word."""
        super().forget()
        self._diagnoses, self._medications, self._people = [], [], None
        self.diagnoses.forget()
        self.medication.forget()
        self._let_go_of_events()
        self.events.belong_to("")


def _but_the_end(medication: Medication) -> Medication:
    return replace(medication, ended="")
