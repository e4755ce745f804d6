"""One question as the client sees it: its words, and the answers as large buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ipt_desktop.domain.measure import Measure, Option
from ipt_desktop.domain.measure_entry import asked_questions
from ipt_desktop.domain.measure_scoring import passed_over, score
from ipt_desktop.domain.text import _
from ui import theme
from ui.widgets.labels import label
from ui.widgets.naming import named

READING_WIDTH, PAGE_WIDTH = 760, 960  # at 100 % text: of a question that stands alone, and of all on one page
HEAVIER = 1.1  # the answer chosen is semi-bold
GAP, CLOSE_GAP, ROW_GAP = 12, 6, 8  # between answers
BELOW_WORDS, CLOSE_BELOW = 22, 10


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
        self._is_row = is_row
        self.setObjectName(f"question_{question.key}")
        self.setAccessibleName(question.words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        kind = "reading" if is_row else "display"
        self._asked = label(question.words, self, kind=kind, name=f"question_{question.key}_words", wraps=True)
        self._column.addWidget(self._asked)
        self._answers = QGridLayout()
        self._column.addLayout(self._answers)
        self.buttons: dict[int, QPushButton] = {}
        for option in question.options:
            self._button(option, is_row=is_row)
        self._stand(1, GAP, BELOW_WORDS)
        self.show_value(value)

    # -- how it stands ---------------------------------------------------------------------------------------------

    def fit(self, room: QSize) -> int:
        """Stand so that all of it is seen at once, and return the height left; no answer is to be looked for.

        Of all on one page only the width counts. Where a question that stands alone is too high its answers move together,
        then into columns, where the words have room in them, then its own words get smaller; where that is not enough it
        scrolls from its words on.
        """
        if self._is_row:
            count = len(self.buttons)
            self._stand(count if self._width(count) <= room.width() else 1, ROW_GAP, CLOSE_BELOW)
            return 0
        ways = ((1, GAP, BELOW_WORDS), *((columns, CLOSE_GAP, CLOSE_BELOW) for columns in (1, 2, 3)))
        possible = [each for each in ways if each[0] == 1 or self._width(each[0]) <= room.width()]
        theme.restyle(self._asked, kind="display")
        way = next((each for each in possible if self._height(each, room.width()) <= room.height()), None)
        if way is None:
            theme.restyle(self._asked, kind="title")
            way = next((each for each in possible if self._height(each, room.width()) <= room.height()), possible[-1])
        self._stand(*way)
        return max(room.height() - self._height(way, room.width()), 0)

    def _width(self, columns: int) -> int:
        """Return what the answers need side by side: the words on a button don't wrap."""
        widest = max(self._button_width(each) for each in self.buttons.values())
        return (widest + ROW_GAP) * columns

    @staticmethod
    def _button_width(button: QPushButton) -> int:
        button.ensurePolished()
        words = button.fontMetrics().horizontalAdvance(button.text())
        return round(button.sizeHint().width() + (HEAVIER - 1) * words)

    def _height(self, way: tuple[int, int, int], width: int) -> int:
        columns, gap, below = way
        rows = -(-len(self.buttons) // columns)
        highest = max(each.sizeHint().height() for each in self.buttons.values())
        self._asked.ensurePolished()
        return self._asked.heightForWidth(width) + below + rows * (highest + gap)

    def _stand(self, columns: int, gap: int, below: int) -> None:
        """Set the answers in columns, the next one always below the one before."""
        rows = -(-len(self.buttons) // columns)
        self._column.setSpacing(below)
        self._answers.setSpacing(gap)
        for place, button in enumerate(self.buttons.values()):
            self._answers.addWidget(button, place % rows, place // rows)
        for column in range(self._answers.columnCount()):
            self._answers.setColumnStretch(column, 1 if column < columns else 0)

    def _button(self, option: Option, *, is_row: bool) -> None:
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

    def show_value(self, value: float | None) -> None:
        """Mark an answer, or none."""
        for each, button in self.buttons.items():
            button.setChecked(each == value)

    def go(self) -> None:
        """Take the keyboard: at what was answered, else at the question. A ring on an answer would look like a proposal."""
        chosen = next((each for each in self.buttons.values() if each.isChecked()), None)
        (chosen or self).setFocus(Qt.FocusReason.TabFocusReason)

    def _answer(self, value: int) -> None:
        self._typed = ""
        self.show_value(value)
        self.answered.emit(self.question.key, value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by digits; the arrows go to the answers and from one to the next."""
        if event.text().isdigit() and event.text().isascii():
            typed = self._typed + event.text()
            meant = [each for each in self.buttons if str(each).startswith(typed)]
            self._typed = typed if len(meant) > 1 else ""
            if len(meant) == 1 and str(meant[0]) == typed:
                self._answer(meant[0])
        elif event.key() == Qt.Key.Key_Down and self.hasFocus():
            next(iter(self.buttons.values())).setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = next((value for value, each in self.buttons.items() if each.hasFocus()), None)
            if focused is not None:
                self._answer(focused)
        else:
            super().keyPressEvent(event)
