"""Which document is made: the kinds there are, under the words that say for whom; those seldom made are folded away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ipt_desktop.services.report_kind import WHOM_WORDS, Whom
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ipt_desktop.services.report_kind import ReportKind


class KindChoice(QWidget):
    """`chosen` when the therapist chooses another kind.

    While the rest is folded there stand those made often and the one that is chosen, each under the words that say for whom.
    """

    chosen = Signal()

    def __init__(self, kinds: Sequence[ReportKind], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("report_kinds")
        self.is_folded = True
        self._often = {each.key for each in kinds if each.is_often_made}
        self._radios: dict[str, QRadioButton] = {}
        self._heads: dict[Whom, tuple[QLabel, list[str]]] = {}
        self._group = QButtonGroup(self)  # those of all headings together: one document is made at a time
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for whom, words in WHOM_WORDS.items():
            of_them = sorted((each for each in kinds if each.whom is whom), key=lambda each: not each.is_often_made)
            if not of_them:
                continue
            head = label(_(words), self, kind="caption", tone="text_soft", name=f"kinds_{whom}")
            head.setContentsMargins(0, 4, 0, 0)
            column.addWidget(head)
            self._heads[whom] = (head, [each.key for each in of_them])
            for kind in of_them:
                radio = named(QRadioButton(kind.title, self), f"kind_{kind.key}", kind.title)
                radio.clicked.connect(self._on_clicked)
                self._group.addButton(radio)
                self._radios[kind.key] = radio
                column.addWidget(radio)
        self.more = Button(_("More documents"), self, kind="quiet", name="more_kinds", icon="chevron-right", role="text_soft")
        self.more.setProperty("is_section", True)
        self.more.clicked.connect(lambda: self.fold(is_folded=not self.is_folded))
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        next(iter(self._radios.values())).setChecked(True)
        self.fold(is_folded=True)

    def fold(self, *, is_folded: bool) -> None:
        """Show only the kinds made often and the one chosen, or all."""
        self.is_folded = is_folded
        shown = {key for key, radio in self._radios.items() if not is_folded or key in self._often or radio.isChecked()}
        for key, radio in self._radios.items():
            radio.setVisible(key in shown)
        for head, keys in self._heads.values():
            head.setVisible(not shown.isdisjoint(keys))
        self.more.setVisible(len(self._often) < len(self._radios))
        self.more.setText(_("More documents") if is_folded else _("Fewer documents"))
        self.more.set_icon("chevron-right" if is_folded else "chevron-down")
        self.more.setAccessibleName(self.more.text())
        self.more.setAccessibleDescription(_("folded") if is_folded else _("unfolded"))

    def kind(self) -> str:
        """Return the key of the kind chosen."""
        return next(key for key, radio in self._radios.items() if radio.isChecked())

    def choose(self, key: str) -> None:
        """Choose a kind without announcing it."""
        self._radios[key].setChecked(True)
        self.fold(is_folded=self.is_folded)

    def _on_clicked(self) -> None:
        self.fold(is_folded=self.is_folded)
        self.chosen.emit()

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
