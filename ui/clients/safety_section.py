"""Safety in a client's file: where each kind of risk stands, and the safety plan. It is read here, and opened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ipt_desktop.domain.risk import KIND_WORDS, RiskLevel
from ipt_desktop.domain.safety_plan import PlanStanding
from ipt_desktop.domain.text import _
from ui import theme
from ui.clients.file_section import LABEL_WIDTH
from ui.widgets.buttons import link
from ui.widgets.labels import label

MOST_LEVELS = len(KIND_WORDS)


class SafetySection(QWidget):
    """`risk_asked`: the entries are wanted; `plan_asked`: the safety plan is."""

    risk_asked = Signal()
    plan_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("file_safety")
        self.setAccessibleName(_("Safety"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(label(_("Safety"), self, kind="strong", name="file_safety_title"))
        head.addStretch(1)
        self.open_link = link(_("Open"), self, name="open_risk_entries", spoken=_("Open the risk entries"))
        self.open_link.clicked.connect(self.risk_asked)
        head.addWidget(self.open_link)
        column.addLayout(head)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(8)
        self._rows.setVerticalSpacing(0)
        self._rows.setColumnStretch(1, 1)
        column.addLayout(self._rows)
        self._captions: list[QLabel] = []
        self._levels = [self._row(_("Risk") if not place else "", f"risk_{place + 1}") for place in range(MOST_LEVELS)]
        self._plan = self._row(_("Safety plan"), "plan")
        self.plan_link = link("", self, name="open_safety_plan", is_flush=True)
        self.plan_link.clicked.connect(self.plan_asked)
        self._rows.addWidget(self.plan_link, self._rows.rowCount(), 1, Qt.AlignmentFlag.AlignLeft)
        self._grow()
        self.show_levels(())
        self.show_plan(None, "")

    def _row(self, caption: str, name: str) -> tuple[QLabel, QLabel, QLabel]:
        row = self._rows.rowCount()
        made = label(caption, self, kind="label", tone="text_soft", name=f"file_{name}_caption", wraps=True)
        made.setContentsMargins(0, 1, 0, 0)
        value = label("", self, name=f"file_{name}", wraps=True)
        detail = label("", self, kind="label", tone="text_soft", name=f"file_{name}_detail", wraps=True)
        detail.setContentsMargins(0, 0, 0, 6)
        self._rows.addWidget(made, row, 0, Qt.AlignmentFlag.AlignTop)
        self._rows.addWidget(value, row, 1)
        self._rows.addWidget(detail, row + 1, 1)
        self._captions.append(made)
        return made, value, detail

    def show_levels(self, levels: Sequence[RiskLevel]) -> None:
        """Show where each kind of risk stands."""
        today = date.today()
        for place, (caption, value, detail) in enumerate(self._levels):
            level = levels[place] if place < len(levels) else None
            state = _("to review") if level is not None and level.is_open else ""
            parts = (_(KIND_WORDS[level.kind]).lower(), level.asked_words(today), state) if level else ()
            value.setText(level.words if level else _("Not asked yet") if not place else "")
            theme.restyle(value, tone="text" if level else "text_soft")
            detail.setText(" · ".join(part for part in parts if part))
            for part in (caption, value):
                part.setVisible(level is not None or not place)
            detail.setVisible(level is not None)

    def show_plan(self, plan: PlanStanding | None, means: str) -> None:
        """Show the latest version of the plan, and the means told of last, or how to write one."""
        _caption, value, detail = self._plan
        value.setText(plan.words if plan else _("None written"))
        theme.restyle(value, tone="text" if plan else "text_soft")
        detail.setText(means)
        detail.setVisible(bool(means))
        words = _("Open the plan") if plan else _("Write a safety plan")
        self.plan_link.setText(words)
        self.plan_link.setAccessibleName(words)

    def forget(self) -> None:
        """Let go of every word."""
        self.show_levels(())
        self.show_plan(None, "")

    def _grow(self) -> None:
        for caption in self._captions:
            caption.setFixedWidth(theme.current().px(LABEL_WIDTH) - 8)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_levels"):
            self._grow()
