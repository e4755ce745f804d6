"""What the records say, beside what is written: groups of lines under a head, each with a way to where more of it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _, marked
from ui.phases.parting import let_go
from ui.widgets.buttons import link
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.services.ending_facts import FactGroup

LINKS = {
    "circle_change": ("circle-dot", marked("Show on the circle")),
    "risk": ("pen-line", marked("Open the risk entries")),
    "safety_plan": ("shield", marked("Open the safety plan")),
    "take_people": ("plus", marked("Put them on the list")),
}
"""The icon and the words of what leads to a place (`ending_facts.Place`)."""


class FactPanel(QFrame):
    """Read, never written. `asked` carries the place that a link leads to."""

    asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("facts")
        self.setAccessibleName(_("From the records"))
        self.setProperty("role", "facts")
        self._shown: object = None
        self._parting: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(8)
        column.addWidget(label(_("From the records"), self, kind="caption", tone="text_soft", name="facts_head"))
        self._groups = QVBoxLayout()
        self._groups.setSpacing(12)
        column.addLayout(self._groups)
        column.addStretch(1)
        self.hide()

    def show_groups(self, groups: Sequence[FactGroup]) -> None:
        """Show these groups; nothing at all where there are none."""
        self.setVisible(bool(groups))
        if tuple(groups) == self._shown:
            return
        self._shown = tuple(groups)
        self._parting = let_go(self._groups)
        for number, group in enumerate(groups):
            made = self._group(group, f"facts_{number}")
            self._groups.addWidget(made)
            made.show()

    def forget(self) -> None:
        """Let go of every word."""
        self.show_groups(())

    def _group(self, group: FactGroup, name: str) -> QWidget:
        made = QWidget(self)
        made.setObjectName(name)
        made.setAccessibleName(group.title)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(group.title, made, kind="label_strong", name=f"{name}_title", wraps=True))
        for number, fact in enumerate(group.facts):
            column.addWidget(label(fact.words, made, kind="label", name=f"{name}_{number}", wraps=True))
            if fact.detail:
                detail = label(fact.detail, made, kind="caption", tone="text_soft", name=f"{name}_{number}_detail", wraps=True)
                column.addWidget(detail)
        if group.goes_to is not None:
            icon, words = LINKS[group.goes_to]
            way = link(_(words), made, name=f"{name}_{group.goes_to}", icon=icon, is_flush=True)
            way.setProperty("place", str(group.goes_to))
            way.clicked.connect(self._on_link)
            column.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _on_link(self) -> None:
        self.asked.emit(str(self.sender().property("place")))
