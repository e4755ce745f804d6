"""A calm line where a confrontation is rehearsed: what is to be asked or read about violence before. It is in nobody's way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui.widgets.buttons import link
from ui.widgets.labels import Picture, label

if TYPE_CHECKING:
    from ipt_desktop.services.area_records import AreaRecords


def caution_words(*, is_told: bool) -> str:
    """Return what is to be asked, or, where anything was told, read; never what was told."""
    if is_told:
        return _("Before a confrontation is rehearsed, read what was told in answer to the record’s first question.")
    return _("Before a confrontation is rehearsed, ask the client alone about violence or coercion.")


class CautionLine(QWidget):
    """The line and the link to the record (`asked`)."""

    asked = Signal()

    def __init__(self, parent: QWidget, *, name: str, link_name: str) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(6)
        row.addWidget(Picture("circle-alert", self, role="caution"), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        self._words = label("", self, kind="caption", tone="caution", name=name, wraps=True)
        column.addWidget(self._words)
        self._go = link(_("How to ask…"), self, name=link_name, is_flush=True)
        self._go.setProperty("is_small", True)
        self._go.clicked.connect(self.asked)
        column.addWidget(self._go, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(column, 1)

    def show_caution(self, *, is_told: bool, has_record: bool = True) -> None:
        """Say what is to be asked, or read."""
        self._words.setText(caution_words(is_told=is_told))
        words = _("Open the record") if is_told else _("How to ask…")
        self._go.setText(words)
        self._go.setAccessibleName(words)
        self._go.setVisible(has_record)


class ScreeningLine(CautionLine):
    """The line about a person. `record_asked` carries the problem area whose record asks about violence."""

    record_asked = Signal(str)

    def __init__(self, records: AreaRecords, parent: QWidget) -> None:
        super().__init__(parent, name="sheet_caution", link_name="sheet_screen")
        self._records = records
        self._shown = ("", "")
        self._area_id = ""
        self.asked.connect(self._on_asked)
        self.hide()

    def show_person(self, course_id: str, person_id: str) -> None:
        """Say it of a person of a course; of nobody, and where it was asked and nothing was told, there is no line."""
        if (course_id, person_id) == self._shown:
            return
        self._shown = (course_id, person_id)
        self.hide()
        if course_id and person_id:
            screened, self._area_id = self._records.asked_about(course_id, person_id)
            self.show_caution(is_told=screened.is_told, has_record=bool(self._area_id))
            self.setVisible(not screened.is_asked or screened.is_told)

    def _on_asked(self) -> None:
        self.record_asked.emit(self._area_id)
