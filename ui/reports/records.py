"""Which of several records a document shows: one of a list, or those that are ticked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui.widgets.choice_field import ChoiceField
from ui.widgets.naming import named

TICKED = "ticked"


class RecordChoice(QWidget):
    """`changed` when another record is wanted, or others. It is not seen while there is nothing to choose from."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("report_records")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._which = ChoiceField(self, name="report_which", spoken=_("Which one"))
        self._which.currentIndexChanged.connect(self._on_chosen)
        column.addWidget(self._which)
        self._list = named(QWidget(self), "report_ticked", _("Which ones"))
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        column.addWidget(self._list)
        self._boxes: dict[str, QCheckBox] = {}

    def offer(self, records: Sequence[tuple[str, str]], chosen: str = "", *, takes_several: bool = False) -> None:
        """Offer records as (id, words), without announcing it; one alone needs no choice.

        `chosen` is what `record` gives, by default as it is. One that `takes_several` can be made of those ticked, too.
        """
        was_ticked = not chosen and self._which.currentData() == TICKED
        chosen = chosen or self.record()
        ids = [record_id for record_id, _words in records]
        ticked = [each for each in chosen.split() if each in ids]
        self._which.blockSignals(True)
        self._which.clear()
        for record_id, words in records:
            self._which.addItem(words, record_id)
        if takes_several and len(records) > 2:
            self._which.addItem(_("Those ticked below"), TICKED)
        wanted = TICKED if len(ticked) > 1 or (was_ticked and ticked) else chosen
        self._which.setCurrentIndex(max(0, self._which.findData(wanted)))
        self._which.blockSignals(False)
        self._make_boxes(records, ticked)
        self.setVisible(len(records) > 1)
        self._show_list()

    def record(self) -> str:
        """Return the id of what is wanted, of several with spaces between; "" where there is nothing to choose from."""
        if self._which.currentData() == TICKED:
            return " ".join(key for key, box in self._boxes.items() if box.isChecked())
        return str(self._which.currentData() or "")

    def _make_boxes(self, records: Sequence[tuple[str, str]], ticked: Sequence[str]) -> None:
        for box in self._boxes.values():
            self._rows.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = {}
        if self._which.findData(TICKED) < 0:
            return
        for number, (record_id, words) in enumerate(records[:-1]):  # the last stands for all of them
            box = named(QCheckBox(words, self._list), f"tick_{number}", words)
            box.setChecked(record_id in ticked or (not ticked and number < 2))
            box.toggled.connect(self._on_ticked)
            self._rows.addWidget(box)
            self._boxes[record_id] = box

    def _show_list(self) -> None:
        self._list.setVisible(self._which.currentData() == TICKED)

    def _on_chosen(self) -> None:
        self._show_list()
        self.changed.emit()

    def _on_ticked(self) -> None:
        """Set the document anew; it is of one record at least, so the last tick stays."""
        box = self.sender()
        if isinstance(box, QCheckBox) and not any(each.isChecked() for each in self._boxes.values()):
            box.setChecked(True)
        else:
            self.changed.emit()
