"""A measure as it is keyed: its question, what the digits mean, and a row for each answer."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.measure import Measure
from ipt_desktop.domain.measure_entry import asked_questions, options_words
from ipt_desktop.domain.measure_scoring import Result, passed_over, score
from ipt_desktop.domain.text import _
from ui.progress.answer_rows import AnswerRows
from ui.widgets.labels import label
from ui.widgets.naming import named
from ui.widgets.tab_order import go_in_order


class EntrySheet(QWidget):
    """`changed`: an answer, or that only the total is known."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("entry_sheet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        words = _("Only the total is known")
        self._only_total = named(QCheckBox(words, self), "entry_only_total", words)
        self._only_total.toggled.connect(self._on_only_total)
        column.addWidget(self._only_total)
        self._asked = label("", self, kind="strong", name="entry_instructions", wraps=True)
        self._legend = label("", self, kind="label", tone="text_soft", name="entry_legend", wraps=True)
        self.rows = AnswerRows(self)
        self.rows.changed.connect(self.changed)
        for part in (self._asked, self._legend, self.rows):
            column.addWidget(part)
        self._measure: Measure | None = None

    @property
    def is_of_scores(self) -> bool:
        """Whether finished scores are entered, not answers."""
        return self._measure is not None and (not self._measure.has_items or self._only_total.isChecked())

    def begin(self, measure: Measure, answers: Mapping[str, float]) -> None:
        """Show a measure with the answers there are."""
        self._measure = measure
        only_total = measure.has_items and any(key in answers for key in measure.score_keys)
        self._only_total.blockSignals(True)
        self._only_total.setChecked(only_total)
        self._only_total.blockSignals(False)
        self._only_total.setVisible(measure.has_items)
        self._show_rows(measure, answers)

    def _show_rows(self, measure: Measure, answers: Mapping[str, float]) -> None:
        is_keyed = not self.is_of_scores
        self.rows.show_measure(measure, answers, only_total=self._only_total.isChecked())
        asked = " ".join(f"{measure.instructions} {measure.stem}".split()) if is_keyed else ""
        legend = options_words({each.value: each.label for each in measure.options}) if is_keyed else ""
        for line, words in ((self._asked, asked), (self._legend, legend)):
            line.setText(words)
            line.setVisible(bool(words))
        go_in_order(self.rows.rows)
        self.changed.emit()

    def _on_only_total(self) -> None:
        """Show the fields for scores instead of the items, or these again; what is asked beside them stays."""
        measure = self._measure
        if measure is not None:
            extra = {each.key for each in measure.extra}
            self._show_rows(measure, {key: value for key, value in self.rows.readable().items() if key in extra})
            self.rows.go_to_first()

    def come_to(self) -> Result | None:
        """Return what the answers come to, None where there are none; a question asked only then comes into sight.

        Raises Refused for answers that can't be.
        """
        measure = self._measure
        if measure is None:
            return None
        self.rows.pass_over(passed_over(measure, self.rows.readable()) if not self.is_of_scores else ())
        answers = self.answers()
        result = score(measure, {key: int(value) if value.is_integer() else value for key, value in answers.items()})
        self.rows.show_asked({each.key for each in asked_questions(measure, result)})
        return result if answers else None

    def answers(self) -> dict[str, float]:
        """Return what is answered. Raises Refused for what can't be read."""
        return {key: float(value) for key, value in self.rows.answers().items()}

    def readable(self) -> dict[str, float]:
        """Return what is answered and can be, for keeping it half typed: what can't be is left to be typed again."""
        measure = self._measure
        return {key: value for key, value in self.rows.readable().items() if measure and _can_be(measure, key, value)}

    def forget(self) -> None:
        """Let go of every word."""
        self._measure = None
        self.rows.forget()
        self._asked.setText("")
        self._legend.setText("")


def _can_be(measure: Measure, key: str, value: float) -> bool:
    try:
        score(measure, {key: int(value) if float(value).is_integer() else value})
    except Refused:
        return False
    return True
