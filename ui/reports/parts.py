"""What goes into a document: a box for each part it may leave out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui.widgets.labels import label
from ui.widgets.wrapping_box import WrappingBox

if TYPE_CHECKING:
    from ipt_desktop.services.report_kind import Part


class PartsChoice(QWidget):
    """`changed` when other parts are wanted. It is not seen while there is nothing to choose."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("report_parts")
        self._parts: Sequence[Part] = ()
        self._boxes: dict[str, WrappingBox] = {}
        self._touched: set[str] = set()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(_("Include"), self, kind="title", name="include_title"))
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        column.addLayout(self._column)

    def offer(self, parts: Sequence[Part], wanted: Collection[str]) -> None:
        """Offer these parts, those ticked that are wanted, without announcing it."""
        self._parts = parts
        self._touched = set()
        for box in self._boxes.values():
            self._column.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = {each.key: self._make_box(each, is_wanted=each.key in wanted) for each in parts}
        self.setVisible(bool(parts))

    def settle(self, least: Collection[str]) -> None:
        """Tick what someone else gets at least, without announcing it; what was chosen by hand stays."""
        for key, box in self._boxes.items():
            if key not in self._touched:
                box.blockSignals(True)
                box.setChecked(key in least)
                box.blockSignals(False)

    def _make_box(self, part: Part, *, is_wanted: bool) -> WrappingBox:
        words = _(part.words)
        box = WrappingBox(words, self, name=f"include_{part.key}", spoken=_("Include: {part}").format(part=words))
        box.setChecked(is_wanted)
        box.toggled.connect(partial(self._on_toggled, part.key))
        self._column.addWidget(box)
        return box

    def _on_toggled(self, key: str, _is_wanted: bool) -> None:
        self._touched.add(key)
        self.changed.emit()

    def wanted(self) -> frozenset[str]:
        """Return the keys of the parts that are wanted."""
        return frozenset(key for key, box in self._boxes.items() if box.isChecked())

    def unwanted(self) -> frozenset[str]:
        """Return the keys of the parts that are left out."""
        return frozenset(self._boxes) - self.wanted()

    def held(self, printed: Collection[str]) -> frozenset[str]:
        """Return the keys of the parts that are in a document with these sections: details wanted of them, too."""
        details = (each.key for each in self._parts if each.of in printed and each.key in self.wanted())
        return frozenset((*printed, *details))
