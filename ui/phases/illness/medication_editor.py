"""Saying which medicine is taken, or was: its name, dose, who prescribed it, since and until when."""

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Medication
from ipt_desktop.domain.typed_when import is_earlier
from ipt_desktop.services.medications import LONGEST
from ui.phases.phase_editor import captioned
from ui.phases.record_editor import RecordEditor
from ui.widgets.naming import named
from ui.widgets.when_field import WhenField

_NO_TIME = datetime.min.replace(tzinfo=UTC)


class MedicationEditor(RecordEditor):
    """One medicine. `medication_kept` carries it; who hears it knows whether it is new."""

    medication_kept = Signal(object)

    def __init__(self, parent: QWidget, opener: QWidget) -> None:
        super().__init__(parent, opener, name="medication_editor", spoken=_("Medicine"))
        self._medication: Medication | None = None
        self._meant: Medication | None = None

    def open(self, medication: Medication, *, is_new: bool = False, is_end: bool = False) -> None:
        """Show a medicine, at its end where that is to be told. What was typed before Esc is still there."""
        meant = replace(medication, id="", created_at=_NO_TIME) if is_new else medication
        if self.body is None or self._meant != meant:
            self.drop_body()
            self._medication, self._meant = medication, meant
            self._build(medication)
        self.show()
        first = self._ended if is_end else self._name
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        first.selectAll()

    def _build(self, medication: Medication) -> None:
        body, column = self.begin_body()
        self._name = self._line(body, medication.name, "medication_name", _("Medicine"))
        self._dose = self._line(body, medication.dose, "medication_dose", _("Dose"))
        self._dose.setPlaceholderText(_("as it is taken: 50 mg in the morning"))
        self._prescriber = self._line(body, medication.prescriber, "medication_prescriber", _("Prescribed by"))
        self._note = self._line(body, medication.note, "medication_note", _("Note"))
        self._note.setPlaceholderText(_("what the client says of it"))
        self._begun = WhenField(body, name="medication_begun", spoken=_("Since"))
        self._begun.show_when(medication.begun)
        self._ended = WhenField(body, name="medication_ended", spoken=_("Until"))
        self._ended.show_when(medication.ended)
        self._add_row(column, (_("Medicine"), self._name), (_("Dose"), self._dose))
        self._add_row(column, (_("Prescribed by"), self._prescriber), (_("Note"), self._note))
        self._add_row(column, (_("Since"), self._begun), (_("Until"), self._ended))
        self._error = self.end_body(body, column, has_line=False)

    def _line(self, parent: QWidget, text: str, name: str, spoken: str) -> QLineEdit:
        line = named(QLineEdit(text, parent), name, spoken)
        line.setMaxLength(LONGEST)
        line.setCursorPosition(0)
        return line

    def _add_row(self, column: QVBoxLayout, *fields: tuple[str, QLineEdit]) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        for words, field in fields:
            row.addWidget(captioned(words, field, self), 1)
        column.addLayout(row)

    def on_keep(self) -> None:
        """Keep the medicine, once it has a name and its dates can be read."""
        if self._medication is None or self.body is None:
            return
        if not self._name.text().strip():
            self._refuse(_("Say which medicine it is."), self._name)
            return
        begun = self._when(self._begun)
        ended = self._when(self._ended) if begun is not None else None
        if begun is None or ended is None:
            return
        if begun and ended and is_earlier(ended, begun):
            self._refuse(_("It can’t end before it begins."), self._ended)
            return
        name, dose, prescriber, note = (
            " ".join(each.text().split()) for each in (self._name, self._dose, self._prescriber, self._note)
        )
        told = replace(self._medication, name=name, dose=dose, prescriber=prescriber, note=note, begun=begun, ended=ended)
        self.forget()
        self.medication_kept.emit(told)

    def _when(self, field: WhenField) -> str | None:
        """Return the date typed, "" for nothing; None where it can't be read, which is said."""
        try:
            return field.when()
        except Refused as refused:
            self._refuse(str(refused), field)
            return None

    def _refuse(self, words: str, field: QLineEdit) -> None:
        for each in (self._name, self._begun, self._ended):
            self._error.show_error("", each)
        self._error.show_error(words, field)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def drop_body(self) -> None:
        """Empty the fields, and let go of the record."""
        self._medication, self._meant = None, None
        if self.body is not None:
            for line in (self._name, self._dose, self._prescriber, self._note, self._begun, self._ended):
                line.clear()
            self.part_with_body()
