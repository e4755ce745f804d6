"""One question as the client sees it: its words, and the answers as large buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ipt_desktop.domain.measure import Measure, Option
from ipt_desktop.domain.measure_entry import asked_questions
from ipt_desktop.domain.measure_scoring import passed_over, score
from ipt_desktop.domain.text import _
from ui.widgets.labels import label
from ui.widgets.naming import named

READING_WIDTH = 760
HEAVIER, PADDING = 1.1, 28  # the answer chosen is semi-bold; what a button has beside its words


@dataclass(frozen=True, slots=True)
class Question:
    """A question by the key of its answer: an item's number, or what a question beside the items is called."""

    key: str
    words: str
    options: Sequence[Option]


def questions_of(measure: Measure, answers: dict[str, float]) -> list[Question]:
    """Return the questions to be asked, as the answers stand: one that another answer rules out is passed over."""
    skipped = passed_over(measure, answers)
    items = (each for each in measure.items if str(each.number) not in skipped)
    asked = [Question(str(each.number), each.text, measure.options_of(each)) for each in items]
    result = score(measure, {key: int(value) for key, value in answers.items() if key not in skipped})
    asked.extend(Question(each.key, each.text, each.options) for each in asked_questions(measure, result))
    return asked


class QuestionView(QWidget):
    """`answered` carries (key, value); a digit answers too, as does a press."""

    answered = Signal(str, int)

    def __init__(self, question: Question, value: float | None, parent: QWidget, *, is_row: bool) -> None:
        super().__init__(parent)
        self.question = question
        self._typed = ""
        self.setObjectName(f"question_{question.key}")
        self.setAccessibleName(question.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10 if is_row else 22)
        asked = label(question.words, self, kind="reading" if is_row else "display", name=f"question_{question.key}_words")
        asked.setWordWrap(True)
        column.addWidget(asked)
        is_row = is_row and self._fits_in_row(question.options)
        way = QBoxLayout.Direction.LeftToRight if is_row else QBoxLayout.Direction.TopToBottom
        answers = QBoxLayout(way)
        answers.setSpacing(8 if is_row else 12)
        column.addLayout(answers)
        self.buttons: dict[int, QPushButton] = {}
        for option in question.options:
            answers.addWidget(self._button(option, is_row=is_row))
        self.show_value(value)

    def _fits_in_row(self, options: Sequence[Option]) -> bool:
        """Whether the answers have room side by side: the words on a button don't wrap."""
        widest = max(self.fontMetrics().horizontalAdvance(each.label) for each in options)
        return (widest * HEAVIER + PADDING) * len(options) <= READING_WIDTH

    def _button(self, option: Option, *, is_row: bool) -> QPushButton:
        words = _("{label} ({value})").format(label=option.label, value=option.value)
        spoken = f"{self.question.words}: {words}"
        button = named(QPushButton(option.label, self), f"answer_{self.question.key}_{option.value}", spoken)
        button.setProperty("kind", "answer")
        button.setProperty("is_row", is_row)
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(partial(self._answer, option.value))
        self.buttons[option.value] = button
        return button

    def show_value(self, value: float | None) -> None:
        """Mark an answer, or none."""
        for each, button in self.buttons.items():
            button.setChecked(each == value)

    def go(self) -> None:
        """Take the keyboard: at what was answered, else at the first answer."""
        chosen = next((each for each in self.buttons.values() if each.isChecked()), None)
        (chosen or next(iter(self.buttons.values()))).setFocus(Qt.FocusReason.TabFocusReason)

    def _answer(self, value: int) -> None:
        self._typed = ""
        self.show_value(value)
        self.answered.emit(self.question.key, value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by digits; the arrows go from answer to answer."""
        if event.text().isdigit() and event.text().isascii():
            typed = self._typed + event.text()
            meant = [each for each in self.buttons if str(each).startswith(typed)]
            self._typed = typed if len(meant) > 1 else ""
            if len(meant) == 1 and str(meant[0]) == typed:
                self._answer(meant[0])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = next((value for value, each in self.buttons.items() if each.hasFocus()), None)
            if focused is not None:
                self._answer(focused)
        else:
            super().keyPressEvent(event)
