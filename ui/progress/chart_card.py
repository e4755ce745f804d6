"""The card of one score: what it is called, from what to what, what the change counts for, and its chart."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ipt_desktop.domain.chart_words import (
    change_told,
    chart_description,
    from_to,
    medication_told,
    result_words,
    title_of,
)
from ipt_desktop.domain.text import _
from ui.progress.chart_view import ChartGround, ChartView
from ui.widgets.card import Card
from ui.widgets.explained import Explained
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.domain.measure_series import Series
    from ipt_desktop.services.charts import ChartFacts


_NUMBER = re.compile(r"(?<=\d) (?=\w)")
"""What is never broken at a line's end: the space between a number and its month or unit."""


def name_of(key: str) -> str:
    """Return a series' key as it stands in names of widgets."""
    return key.replace("-", "_").replace(":", "_")


class ChartCard(Card):
    """`opened` carries the id of a result."""

    opened = Signal(str)

    def __init__(self, key: str, parent: QWidget) -> None:
        name = f"chart_{name_of(key)}"
        super().__init__(parent, name=name)
        self.key = key
        self.body.setContentsMargins(20, 7, 20, 7)
        self.body.setSpacing(3)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._title = label("", self, kind="title", name=f"{name}_name")
        self._scores = label("", self, kind="heading", name=f"{name}_scores")
        self._band = label("", self, kind="body", tone="text_soft", name=f"{name}_band")
        head.addWidget(self._title, 1)
        head.addWidget(self._scores, 0, Qt.AlignmentFlag.AlignBaseline)
        head.addWidget(self._band, 0, Qt.AlignmentFlag.AlignBaseline)
        self.body.addLayout(head)
        self._change = Explained(self, name=f"{name}_change")
        self._change.setTextFormat(Qt.TextFormat.RichText)
        self.body.addWidget(self._change)
        self.view = ChartView(self, f"{name}_view")
        self.view.opened.connect(self.opened)
        self.body.addWidget(self.view)
        self.body.addStretch(1)

    def show_series(self, series: Series, facts: ChartFacts, ground: ChartGround) -> None:
        """Show a series over the ground that all charts have in common."""
        title = title_of(series)
        self.setAccessibleName(title)
        self._title.setText(title)
        self._title.setToolTip(series.measure.full_name)
        self._scores.setText(from_to(series))
        band = series.band_of(series.last.value)
        self._band.setText(_(band.label) if band else "")
        self._show_change(series, facts)
        words = {each.id: result_words(series, each, facts.numbers, facts.today) for each in series.results}
        said = chart_description(series, facts.numbers, facts.today)
        self.view.show_series(series, ground, {**words, **ground.words}, (title, said))

    def _show_change(self, series: Series, facts: ChartFacts) -> None:
        """Show what changed, with the medication of that time beside it; what a word means is explained."""
        told = change_told(series, facts.today)
        taken = medication_told(facts.medications, series.first.on, series.last.on, facts.today)
        beside = f" · {taken}" if taken else ""
        what = f"<b>{escape(told.what)}</b>" if told.what else ""
        unbroken = _NUMBER.sub("\u00a0", escape(beside))
        words = f"{escape(told.difference)}{what}{escape(told.rule)}{unbroken}"
        self._change.say(words, told.term, spoken=f"{told.words}{beside}")

    def forget(self) -> None:
        """Let go of every word."""
        for part in (self._title, self._scores, self._band):
            part.clear()
            part.setToolTip("")
        self._change.forget()
        self.view.forget()
