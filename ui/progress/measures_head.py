"""The head of the measures: by which rules their numbers are said, what the axis is, as charts or a table, and entering one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from ipt_desktop.domain.chart_axis import AxisKind
from ipt_desktop.domain.chart_words import rules_source, rules_words
from ipt_desktop.domain.text import _
from ui import theme
from ui.widgets.buttons import icon_button, primary
from ui.widgets.choice_field import ChoiceField
from ui.widgets.explained import Explained
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.services.charts import ChartFacts

LEAST_BESIDE = 900
"""With less room than this, at 100 % text, the choices stand below the title."""


class MeasuresHead(QWidget):
    """`axis_chosen` carries an `AxisKind`, `table_wanted` whether the table is to be shown."""

    axis_chosen = Signal(object)
    table_wanted = Signal(bool)
    enter_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("measures_head")
        self.setMinimumWidth(1)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(10)
        words = QHBoxLayout()
        words.setSpacing(20)
        words.addWidget(label(_("Measures"), self, kind="heading", name="measures_title"))
        self.rules = Explained(self, name="measures_rules", kind="label", tone="text_soft")
        words.addWidget(self.rules, 1)
        self._line.addLayout(words, 1)
        choices = QHBoxLayout()
        choices.setSpacing(8)
        self.axis = ChoiceField(self, name="measures_axis", spoken=_("What the axis of the charts is"))
        self.axis.activated.connect(self._on_axis)
        self.table = icon_button("table", self, name="measures_as_table", spoken=_("Show as a table"))
        self.table.setCheckable(True)
        self.table.toggled.connect(self.table_wanted)
        choices.addWidget(self.axis)
        choices.addWidget(self.table)
        self.enter = primary(_("Enter a measure"), self, name="measures_enter", icon="plus")
        self.enter.clicked.connect(self.enter_asked)
        choices.addWidget(self.enter)
        choices.addStretch(0)
        self._line.addLayout(choices)
        self._stand()

    @property
    def axis_kind(self) -> AxisKind:
        """The axis that is chosen."""
        return AxisKind(str(self.axis.currentData() or AxisKind.DATES))

    def show_rules(self, facts: ChartFacts, wanted: AxisKind) -> None:
        """Show the rule set with its numbers, and the axes there are; where they are from is explained."""
        self.rules.say(rules_words(facts.rule_set, facts.measures), rules_source(facts.rule_set, facts.measures))
        words = {AxisKind.SESSIONS: _("Axis: sessions"), AxisKind.DATES: _("Axis: dates")}
        self.axis.clear()
        for kind in facts.kinds:
            self.axis.addItem(words[kind], str(kind))
        self.axis.setCurrentIndex(max(self.axis.findData(str(wanted)), 0))
        self.axis.setEnabled(len(facts.kinds) > 1)

    def forget(self) -> None:
        """Let go of the rules."""
        self.rules.forget()

    def _on_axis(self, _place: int) -> None:
        self.axis_chosen.emit(self.axis_kind)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand as the width asks for."""
        super().resizeEvent(event)
        self._stand()

    def changeEvent(self, event: QEvent) -> None:
        """Stand anew when the text size changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "table"):
            self._stand()

    def _stand(self) -> None:
        is_narrow = self.width() < theme.current().px(LEAST_BESIDE)
        self._line.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)
