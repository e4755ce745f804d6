"""One risk entry as it is written: kept when a field is left, or after a second of quiet. Nothing is chosen beforehand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.risk import ASKED_WORDS, KIND_WORDS, is_of_note
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry, RiskKind
from ipt_desktop.domain.text import _, marked
from ui.clients.file_field import FieldRow, FileField
from ui.clients.kept_fields import KeptFields
from ui.forms.choices import ChipChoice
from ui.widgets.buttons import link
from ui.widgets.labels import HintLabel, label

DAY = FileField("on", marked("On"), "date", marked("The day it was asked, or that it came up: a telephone call, too."))
FIELDS = (
    FileField("words", marked("In words"), "prose", marked("The first sentence stands in the strip: “Passive ideation.”")),
    FileField("ideation", marked("Ideation")),
    FileField("plan", marked("Plan")),
    FileField("intent", marked("Intent")),
    FileField("protective", marked("Protective factors")),
    FileField("means", marked("Means: access"), hint=marked("What there is, and where it is kept.")),
    FileField("restricted_by", marked("Restricted by"), hint=marked("Who keeps the means away, and since when.")),
    FileField("told", marked("Told"), hint=marked("Whom you told, as you told them: the program tells no one.")),
    FileField("told_on", marked("Told on"), "date"),
    FileField("action", marked("Action taken by me"), "prose"),
)
OF_NOTE = ("on", "words", "action")


class RiskForm(QWidget):
    """`begun` carries (day, kind, asked) of a new entry; `kept` (fields changed, number of the visit) of one that is there.

    `note_asked` carries the id of an entry whose note is wanted.
    """

    begun = Signal(object, object, object)
    kept = Signal(object, int)
    note_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("risk_form")
        self._entry: RiskEntry | None = None
        self._keeping = KeptFields(self._shown, self, require=_require, is_fixed=self._is_read)
        self._keeping.kept.connect(self.kept)
        self._rows = self._keeping.rows
        self._build()
        self.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.kind = self._chips(column, "risk_kind", _("What it is about"), KIND_WORDS)
        self.asked = self._chips(column, "risk_asked", _("Asked"), ASKED_WORDS)
        self._note = link("", self, name="risk_note", icon="file-text", spoken=_("Go to the note"), is_flush=True)
        self._note.clicked.connect(self._on_note)
        column.addWidget(self._note, 0, Qt.AlignmentFlag.AlignLeft)
        self._hint = HintLabel("", self, name="risk_form_hint")
        column.addWidget(self._hint)
        for field in (DAY, *FIELDS):
            row = FieldRow(field, self, prefix="risk")
            self._keeping.add(row)
            column.addWidget(row)

    def _chips(self, column: QVBoxLayout, name: str, spoken: str, words: Any) -> ChipChoice:
        column.addWidget(label(spoken, self, kind="label", tone="text_soft", name=f"{name}_label"))
        made = ChipChoice([(key.value, _(each)) for key, each in words.items()], self, name=name, spoken=spoken)
        made.chosen.connect(self._on_chosen)
        column.addWidget(made)
        return made

    # -- what it shows ---------------------------------------------------------------------------------------------

    @property
    def entry_id(self) -> str:
        """The entry in the fields, or "" for a new one."""
        return self._entry.id if self._entry else ""

    @property
    def is_new(self) -> bool:
        """Whether a new entry is being begun."""
        return self._entry is None and not self.isHidden()

    def ask_for_new(self) -> None:
        """Show no entry: what it is about and whether it was asked come first, and nothing of it is chosen."""
        self._let_go()
        self._rows["on"].show_value(date.today())
        self._show_parts()
        self.show()

    def ask_about(self, kind: RiskKind, why: str) -> None:
        """Have the kind chosen in a new entry, and say what it follows."""
        self.kind.choose(kind.value)
        self._hint.setText(why)
        self._hint.show()
        self.asked.findChildren(QWidget)[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_entry(self, entry: RiskEntry) -> None:
        """Show an entry; of the one in the fields already, what is being typed stays."""
        before, self._entry = self._entry, entry
        if before is None or before.id != entry.id:
            self._let_go()
            self._entry = entry
            self._keeping.show_record(entry)
        else:
            self._keeping.follow(before, entry)
        self.kind.choose(entry.kind.value)
        self.asked.choose(entry.asked.value)
        self._show_parts()
        self.show()

    def go_on(self) -> None:
        """Put the cursor into the words: what it is about and whether it was asked has just been chosen."""
        self._rows["words"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_parts(self) -> None:
        """Let the rest be written once there is an entry to write it in; what a note says is changed in the note."""
        entry = self._entry
        is_noted = entry is not None and is_of_note(entry)
        for key, row in self._rows.items():
            row.setVisible(entry is not None or key == "on")
            if isinstance(row.editor, QLineEdit | QPlainTextEdit):
                row.editor.setReadOnly(self._is_read(key))
        self.asked.setEnabled(not is_noted)
        self._note.setVisible(is_noted)
        if entry is not None and is_noted:
            day = day_words(entry.on, has_year=entry.on.year != date.today().year)
            self._note.setText(_("Written in the note of {day}").format(day=day))
            self._note.setAccessibleName(_("Written in the note of {day}: go to it").format(day=day))
            self._hint.setText(_("Day, what was asked, the words and your action are changed there."))
        else:
            self._hint.setText(_("Choose what it is about and whether you asked; then the rest.") if entry is None else "")
        self._hint.setVisible(bool(self._hint.text()))

    # -- keeping ---------------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Tell what differs from the entry."""
        self._keeping.keep()

    @property
    def is_waiting(self) -> bool:
        """Whether the store did not keep some of what was told."""
        return self._keeping.is_waiting

    def _shown(self) -> RiskEntry | None:
        return self._entry

    def _is_read(self, key: str) -> bool:
        """Whether a field only shows what stands in a note."""
        return self._entry is not None and is_of_note(self._entry) and key in OF_NOTE

    def _on_chosen(self) -> None:
        kind, asked = self.kind.choice(), self.asked.choice()
        if self._entry is None:
            if kind is not None and asked is not None:
                self.begun.emit(self._day(), RiskKind(kind), RiskAsked(asked))
            return
        changed = replace(
            self._entry,
            kind=RiskKind(kind) if kind else self._entry.kind,
            asked=RiskAsked(asked) if asked else self._entry.asked,
        )
        if changed != self._entry:
            self.keep()
            fields = {"kind": changed.kind, "asked": changed.asked}
            self.kept.emit({key: each for key, each in fields.items() if each != getattr(self._entry, key)}, 0)
        self.kind.choose(self._entry.kind.value)  # an entry is always about something: a chip pressed again stays
        self.asked.choose(self._entry.asked.value)

    def _day(self) -> date:
        try:
            return self._rows["on"].value() or date.today()
        except Refused:
            return date.today()

    def _on_note(self) -> None:
        self.note_asked.emit(self.entry_id)

    def _let_go(self) -> None:
        self._entry = None
        self.kind.choose(None)
        self.asked.choose(None)
        self._note.setText("")
        self._keeping.forget()

    def forget(self) -> None:
        """Let go of every word."""
        self._let_go()
        self.hide()


def _require(key: str, value: Any) -> None:
    """Refuse what can't be the day risk was asked about; said at the field, it keeps nobody from going on."""
    if key != DAY.key:
        return
    if value is None:
        raise Refused(reason=_("Say on which day."))
    if value > date.today():
        raise Refused(reason=_("Risk can’t have been asked about on a day that is still to come."))
