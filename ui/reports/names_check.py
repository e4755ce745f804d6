"""The check before print: every name that stands in the texts, each with what would stand there instead."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.widgets.buttons import link
from ui.widgets.chips import FlowLayout
from ui.widgets.labels import label
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ipt_desktop.services.finished_paper import Named


class NamesCheck(QFrame):
    """A box for each name; ticked, it is masked on this paper alone. `changed` when one is, `shown` when it comes or goes."""

    changed = Signal()
    shown = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("report_names")
        self.setProperty("role", "bar")
        self.masks: frozenset[str] = frozenset()
        self._told: tuple[Named, ...] = ()
        self._is_wished = False
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        head = QHBoxLayout()
        self._title = label("", self, kind="strong", name="report_names_title", wraps=True)
        self.all = link(_("Mask all"), self, name="mask_all", is_flush=True)
        self.all.clicked.connect(self._on_all)
        head.addWidget(self._title, 1)
        head.addWidget(self.all)
        column.addLayout(head)
        self._words = label("", self, kind="label", name="report_names_words", wraps=True)
        column.addWidget(self._words)
        self._boxes = QWidget(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self._boxes.setSizePolicy(policy)
        self._flow = FlowLayout(self._boxes, gap=16, row_gap=0)
        column.addWidget(self._boxes)
        self.hide()

    def show_names(self, told: Sequence[Named], *, is_wished: bool = False) -> None:
        """Show these names; none, and it goes. Where names are wished for, they stand there without a caution."""
        told = tuple(told)
        if (told, is_wished) == (self._told, self._is_wished):
            return
        self._is_wished = is_wished
        held = next((box.objectName() for box in self._boxes.findChildren(QCheckBox) if box.hasFocus()), "")
        self._told = told
        while (item := self._flow.takeAt(0)) is not None:
            if (box := item.widget()) is not None:
                box.hide()
                box.deleteLater()
        for place, each in enumerate(told):
            words = _("{name} → {instead}").format(name=each.name, instead=each.instead)
            spoken = _("Mask {name} as {instead}").format(name=each.name, instead=each.instead)
            box = named(QCheckBox(words, self._boxes), f"mask_{place}", spoken)
            box.setChecked(each.is_masked)
            box.toggled.connect(partial(self._on_toggled, each.name))
            self._flow.addWidget(box)
            box.show()
            if box.objectName() == held:
                box.setFocus()
        written = [each for each in told if each.is_known and not each.is_masked]
        self._title.setText(
            _("Names of other people stand in the texts")
            if written
            else _("Masked on this paper")
            if any(each.is_masked for each in told)
            else _("Perhaps names of people or places stand in the texts")
        )
        self._words.setText(_("Tick what is to be masked on this paper; what is stored stays as it is."))
        self.all.setVisible(any(not each.is_masked and each.is_known for each in told))
        theme.restyle(self, tone="caution" if written and not is_wished else "note")
        self.setVisible(bool(told))
        self.shown.emit(bool(told))

    def forget(self) -> None:
        """Mask nothing, and show no name."""
        self.masks = frozenset()
        self.show_names(())

    def _on_toggled(self, name: str, is_masked: bool) -> None:
        self.masks = self.masks | {name} if is_masked else self.masks - {name}
        self.changed.emit()

    def _on_all(self) -> None:
        self.masks |= {each.name for each in self._told if each.is_known}
        self.changed.emit()
