"""Which document is made: the kinds there are, under the words that say for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ipt_desktop.services.report_kind import WHOM_WORDS
from ui.widgets.labels import label
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ipt_desktop.services.report_kind import ReportKind


class KindChoice(QWidget):
    """`chosen` when the therapist chooses another kind."""

    chosen = Signal()

    def __init__(self, kinds: Sequence[ReportKind], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("report_kinds")
        self._radios: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)  # those of all headings together: one document is made at a time
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for whom, words in WHOM_WORDS.items():
            of_them = [each for each in kinds if each.whom is whom]
            if not of_them:
                continue
            if self._radios:
                column.addSpacing(4)
            column.addWidget(label(_(words), self, kind="caption", tone="text_soft", name=f"kinds_{whom}"))
            for kind in of_them:
                radio = named(QRadioButton(kind.title, self), f"kind_{kind.key}", kind.title)
                radio.clicked.connect(self.chosen)
                self._group.addButton(radio)
                self._radios[kind.key] = radio
                column.addWidget(radio)
        next(iter(self._radios.values())).setChecked(True)

    def kind(self) -> str:
        """Return the key of the kind chosen."""
        return next(key for key, radio in self._radios.items() if radio.isChecked())

    def choose(self, key: str) -> None:
        """Choose a kind without announcing it."""
        self._radios[key].setChecked(True)

    def offer(self, missing: Mapping[str, str]) -> None:
        """Let those kinds be chosen of which nothing is missing; of the others say what is. One that is chosen stays so."""
        for key, radio in self._radios.items():
            why = missing.get(key, "")
            radio.setEnabled(not why)
            radio.setToolTip(why)
            radio.setAccessibleDescription(why)

    def first_offered(self) -> str:
        """Return the first kind that can be chosen, "" where there is none."""
        return next((key for key, radio in self._radios.items() if radio.isEnabled()), "")

    def is_offered(self, key: str) -> bool:
        """Whether a kind can be chosen."""
        return key in self._radios and self._radios[key].isEnabled()
