"""What goes into a document: a box for each part it may leave out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui.widgets.labels import label
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ipt_desktop.services.report_kind import Part


class PartsChoice(QWidget):
    """`changed` when other parts are wanted. It is not seen while there is nothing to choose."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("report_parts")
        self._parts: Sequence[Part] = ()
        self._boxes: dict[str, QCheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(_("Include"), self, kind="title", name="include_title"))
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        column.addLayout(self._column)

    def offer(self, parts: Sequence[Part]) -> None:
        """Offer these parts, each as it usually is, without announcing it."""
        self._parts = parts
        for box in self._boxes.values():
            self._column.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = {each.key: self._make_box(each) for each in parts}
        self.setVisible(bool(parts))

    def _make_box(self, part: Part) -> QCheckBox:
        words = _(part.words)
        box = named(QCheckBox(words, self), f"include_{part.key}", _("Include: {part}").format(part=words))
        box.setChecked(part.is_default)
        box.toggled.connect(self.changed)
        self._column.addWidget(box)
        return box

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

    def words(self, keys: Collection[str]) -> list[str]:
        """Return parts by key as they stand inside a sentence, in their order."""
        words = [_(part.words) for part in self._parts if part.key in keys]
        return [each[:1].lower() + each[1:] for each in words]
