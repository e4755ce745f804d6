"""What an exported circle shows beside its people: wishes, ties, sectors, and one thing more about each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.circle_order import CircleOrder
from ipt_desktop.domain.circle_overlay import OVERLAY_WORDS, Overlay
from ipt_desktop.domain.text import _
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import label
from ui.widgets.naming import named


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What is shown; `has_sectors` is whether there are any to show."""

    is_wanted_shown: bool = True
    are_ties_shown: bool = False
    are_sectors_shown: bool = False
    overlay: Overlay = Overlay.NOTHING
    has_sectors: bool = False

    def told(self, order: CircleOrder) -> Iterator[tuple[str, bool]]:
        """Yield in words what can be shown, and whether an order asks for it."""
        yield _("closeness wanted"), order.is_wanted_shown
        yield _("ties"), order.are_ties_shown
        if self.has_sectors:
            yield _("sectors"), order.are_sectors_shown
        for overlay, words in OVERLAY_WORDS.items():
            if overlay is not Overlay.NOTHING:
                yield _(words).lower(), order.overlay is overlay


class BesideChoice(QWidget):
    """Three boxes and a list, at first as the tab shows the circle. `changed` with each change by hand."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("export_shown")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(14)
        self._wanted = named(QCheckBox(_("Closeness wanted"), self), "export_wanted", _("Show: closeness wanted"))
        self._ties = named(QCheckBox(_("Ties"), self), "export_ties", _("Show: ties"))
        self._sectors = named(QCheckBox(_("Sectors"), self), "export_sectors", _("Show: sectors"))
        for box in (self._wanted, self._ties, self._sectors):
            box.toggled.connect(self.changed)
            row.addWidget(box)
        row.addStretch(1)
        column.addLayout(row)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(label(_("Show also"), self, kind="label", tone="text_soft", name="export_overlay_title"))
        self._overlay = ChoiceField(self, name="export_overlay", spoken=_("Show also"))
        for overlay, words in OVERLAY_WORDS.items():
            self._overlay.addItem(_(words), overlay.value)
        self._overlay.activated.connect(self._on_activated)
        row.addWidget(self._overlay, 1)
        column.addLayout(row)
        self._has_sectors = False

    @property
    def shown(self) -> Beside:
        """What is chosen."""
        return Beside(
            is_wanted_shown=self._wanted.isChecked(),
            are_ties_shown=self._ties.isChecked(),
            are_sectors_shown=self._sectors.isChecked() and self._has_sectors,
            overlay=Overlay(self._overlay.currentData()),
            has_sectors=self._has_sectors,
        )

    def begin(self, beside: Beside) -> None:
        """Begin anew with what the tab shows; nothing is announced."""
        self._has_sectors = beside.has_sectors
        self._sectors.setVisible(beside.has_sectors)
        boxes = (
            (self._wanted, beside.is_wanted_shown),
            (self._ties, beside.are_ties_shown),
            (self._sectors, beside.are_sectors_shown),
        )
        for box, is_on in boxes:
            with QSignalBlocker(box):
                box.setChecked(is_on)
        self._overlay.setCurrentIndex(self._overlay.findData(beside.overlay.value))

    def _on_activated(self) -> None:
        self.changed.emit()
