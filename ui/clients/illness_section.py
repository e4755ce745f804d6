"""Diagnoses and medication in a client's file. They are read here, and kept on the course's page *Illness and history*."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.clients.file_section import LABEL_WIDTH
from ui.widgets.buttons import link
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.domain.treatment_records import Diagnosis, Medication


class IllnessSection(QWidget):
    """`open_asked`: the page they are kept on is wanted."""

    open_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("file_illness")
        self.setAccessibleName(_("Illness"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(label(_("Illness"), self, kind="strong", name="file_illness_title"))
        head.addStretch(1)
        self.open_link = link(_("Open"), self, name="open_illness", spoken=_("Open illness and history"))
        self.open_link.clicked.connect(self.open_asked)
        head.addWidget(self.open_link)
        column.addLayout(head)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(8)
        self._rows.setVerticalSpacing(4)
        self._rows.setColumnStretch(1, 1)
        column.addLayout(self._rows)
        self._captions: list[QLabel] = []
        self._diagnoses = self._row(_("Diagnosis"), "diagnosis")
        self._medication = self._row(_("Medication"), "medication")
        self._grow()

    def _row(self, caption: str, name: str) -> QLabel:
        row = self._rows.rowCount()
        made = label(caption, self, kind="label", tone="text_soft", name=f"file_{name}_caption", wraps=True)
        made.setContentsMargins(0, 1, 0, 0)
        value = label("", self, name=f"file_{name}", wraps=True)
        self._rows.addWidget(made, row, 0, Qt.AlignmentFlag.AlignTop)
        self._rows.addWidget(value, row, 1)
        self._captions.append(made)
        return value

    def show_illness(
        self, diagnoses: Sequence[Diagnosis], medication: Sequence[Medication], today: date, *, has_course: bool
    ) -> None:
        """Show what was diagnosed in the course chosen, at its end where it was, and what is taken now."""
        from ipt_desktop.domain.illness_words import diagnosis_words, has_ended, medication_words
        from ipt_desktop.domain.treatment_records import DiagnosisAt

        at_end = [each for each in diagnoses if each.at is DiagnosisAt.END]
        said = [diagnosis_words(each) for each in at_end or diagnoses]
        taken = [medication_words(each, today) for each in medication if not has_ended(each, today)]
        self.open_link.setVisible(has_course)
        self._say(self._diagnoses, said, _("None yet"))
        self._say(self._medication, taken, _("None known"))

    def _say(self, value: QLabel, lines: Sequence[str], none: str) -> None:
        value.setText("\n".join(lines) or none)
        theme.restyle(value, tone="text" if lines else "text_soft")

    def forget(self) -> None:
        """Let go of every word."""
        self._diagnoses.clear()
        self._medication.clear()

    def _grow(self) -> None:
        self._rows.setColumnMinimumWidth(0, theme.current().px(LABEL_WIDTH) - 8)
        for caption in self._captions:
            caption.setFixedWidth(theme.current().px(LABEL_WIDTH) - 8)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_diagnoses"):
            self._grow()
