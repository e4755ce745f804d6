"""Making a diagnosis or saying one otherwise: words, a code of the practice's system, the day it was made."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ipt_desktop.domain.code_list import CodeLine, CodeList
from ipt_desktop.domain.illness_words import system_words
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Diagnosis, DiagnosisAt
from ipt_desktop.services.diagnoses import LONGEST
from ui import theme
from ui.phases.illness.code_field import CodeField
from ui.phases.phase_editor import captioned
from ui.phases.record_editor import RecordEditor, add_hint, add_row, captions_above
from ui.widgets.date_field import DateField, asked_day
from ui.widgets.naming import named

_NO_TIME = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class CodeSystem:
    """The code system of the practice: its name, and its codes where the program has them."""

    name: str
    codes: CodeList | None = None

    @property
    def words(self) -> str:
        """The system with the release of the list, where there is one."""
        return system_words(self.codes.system) if self.codes else self.name


class DiagnosisEditor(RecordEditor):
    """One diagnosis. `diagnosis_kept` carries it; who hears it knows whether it is new."""

    diagnosis_kept = Signal(object)

    def __init__(self, parent: QWidget, opener: QWidget) -> None:
        super().__init__(parent, opener, name="diagnosis_editor", spoken=_("Diagnosis"))
        self._diagnosis: Diagnosis | None = None
        self._meant: Diagnosis | None = None
        self._chosen: CodeLine | None = None

    def open(self, diagnosis: Diagnosis, system: CodeSystem, *, is_new: bool = False) -> None:
        """Show a diagnosis. What was typed before Esc is still there."""
        meant = replace(diagnosis, id="", created_at=_NO_TIME) if is_new else diagnosis
        if self.body is None or self._meant != meant:
            self.drop_body()
            self._diagnosis, self._meant, self._system = diagnosis, meant, system
            self._build(diagnosis, system)
        self.show()
        self._words.setFocus(Qt.FocusReason.OtherFocusReason)
        self._words.selectAll()

    def _build(self, diagnosis: Diagnosis, system: CodeSystem) -> None:
        body, column = self.begin_body()
        form = captions_above()
        is_at_start = diagnosis.at is DiagnosisAt.START
        caption = _("Diagnosis at the start") if is_at_start else _("Diagnosis at the end")
        self._words = CodeField(system.codes, body, name="diagnosis_words", spoken=caption)
        self._words.setText(diagnosis.words)
        self._words.setMaxLength(LONGEST)
        self._words.setCursorPosition(0)
        self._words.code_chosen.connect(self._on_chosen)
        self._words.textEdited.connect(self._on_typed)
        self._words.editingFinished.connect(self._take_typed_code)
        add_row(form, caption, self._words, self)
        hint = _("{system}. The list changes every October.") if system.codes else _("In words, with the code of {system}.")
        add_hint(form, hint.format(system=system.words), body, name="diagnosis_hint")
        column.addLayout(form)
        self._code = named(QLineEdit(diagnosis.code, body), "diagnosis_code", _("Code"))
        self._code.setMaxLength(20)
        self._code.setFixedWidth(theme.current().px(110))
        self._code.editingFinished.connect(self._on_code)
        latest = max(diagnosis.made_on, date.today())
        self._made_on = DateField(body, name="diagnosis_made_on", spoken=_("Made on"), latest=latest)
        self._made_on.show_day(diagnosis.made_on)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(captioned(_("Code"), self._code, body))
        row.addWidget(captioned(_("Made on"), self._made_on, body))
        row.addStretch(1)
        column.addLayout(row)
        self._error = self.end_body(body, column, has_line=False)

    def _on_chosen(self, line: CodeLine) -> None:
        self._chosen = line
        self._code.setText(line.code)

    def _on_typed(self) -> None:
        """Part with the code that was chosen with other words; one typed by hand stays."""
        if self._chosen is not None:
            self._chosen = None
            self._code.clear()

    def _on_code(self) -> None:
        """Put the title beside a code of the list that was typed where there are no words yet."""
        if not self._words.text().strip():
            self._take(self._code.text())

    def _take_typed_code(self) -> None:
        """Take a code of the list that was typed whole where words stand, as if it had been chosen."""
        if not self._code.text().strip():
            self._take(self._words.text())

    def _take(self, code: str) -> None:
        """Put title and code of the list where they belong, if it has this one to choose."""
        line = self._system.codes.line(code) if self._system.codes and code.strip() else None
        if line is not None and line.is_choosable:
            self._words.setText(line.title)
            self._words.setCursorPosition(0)
            self._on_chosen(line)

    def on_keep(self) -> None:
        """Keep the diagnosis, once it has words and its day can be read."""
        if self._diagnosis is None or self.body is None:
            return
        self._take_typed_code()  # a button that is pressed need not have taken the keyboard from the words
        words, code = (" ".join(each.text().split()) for each in (self._words, self._code))
        if not words:
            self._error.show_error(_("Say in a few words what was found, or choose a code."), self._words)
            self._words.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._error.show_error("", self._words)
        day = asked_day(self._made_on, self._error, _("Say when it was made."))
        if day is None:
            self._made_on.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        kept = replace(self._diagnosis, words=words, code=code, system=self._system_of(code), made_on=day)
        self.forget()
        self.diagnosis_kept.emit(kept)

    def _system_of(self, code: str) -> str:
        """Return which system a code is of: the release of the list where it stands there, else what the practice goes by."""
        assert self._diagnosis is not None  # noqa: S101 - `on_keep`, the only caller, has one
        if not code:
            return ""
        if code == self._diagnosis.code and self._diagnosis.system:
            return self._diagnosis.system
        line = self._system.codes.line(code) if self._system.codes else None
        is_listed = line is not None and line.is_choosable
        return self._system.codes.system if self._system.codes and is_listed else self._system.name

    def drop_body(self) -> None:
        """Empty the fields, and let go of the record."""
        self._diagnosis, self._meant, self._chosen = None, None, None
        if self.body is not None:
            self._words.forget()
            self._code.clear()
            self._made_on.clear()
            self.part_with_body()


def fresh(course_id: str, at: DiagnosisAt, rank: int, today: date) -> Diagnosis:
    """Return a new diagnosis, after those there are."""
    return Diagnosis(course_id=course_id, at=at, words="", made_on=today, rank=rank)
