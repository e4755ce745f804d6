"""One between-session task: its words, with whom, for when, and how it went; three buttons review one that is open."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.session_records import Step, StepDone
from ipt_desktop.domain.step_words import done_words, due_words, is_open, mood_words, near_day, with_words
from ipt_desktop.domain.text import _
from ipt_desktop.services.steps import ToldStep
from ui import theme
from ui.forms.choices import one_of
from ui.forms.editor import Choices
from ui.widgets.buttons import icon_button
from ui.widgets.labels import Picture, label

GAP, TOP = 6, 4  # between the icon and the words; above both, beside the buttons


def done_options() -> Choices:
    """Return the three answers to how a task went."""
    return [(StepDone.YES, _("Done")), (StepDone.PARTLY, _("Partly")), (StepDone.NO, _("Not done"))]


def agreed_line(told: ToldStep, person: str, today: date) -> str:
    """Return what was agreed beside the words: "with Tess · for 1 December · agreed 24 November"."""
    step = told.step
    agreed = _("agreed {day}").format(day=near_day(step.agreed_on, today))
    noted = _("words in the note of that day") if told.words_in is not None else ""
    parts = (with_words(person), due_words(step, today), agreed, noted)
    return " · ".join(each for each in parts if each)


def went_line(told: ToldStep, today: date) -> str:
    """Return how it went: "partly · they had coffee · mood better · asked 1 December"; "" for one that is open."""
    step = told.step
    if is_open(step):
        return mood_words(step)
    asked = _("asked {day}").format(day=near_day(step.reviewed_on, today)) if step.reviewed_on else ""
    return " · ".join(each for each in (done_words(step), step.what_happened, mood_words(step), asked) if each)


class StepView(QWidget):
    """One task. It says what is wished (`edit_asked`, `removed`; `reviewed` with the task as it is then)."""

    edit_asked = Signal(object)
    removed = Signal(object)
    reviewed = Signal(object)

    def __init__(self, told: ToldStep, person: str, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._told, self._today = told, today
        step = told.step
        self.setObjectName(f"step_{step.id}")
        self.setAccessibleName(step.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(1)
        column.addLayout(self._head(step))
        below = QVBoxLayout()
        below.setContentsMargins(theme.current().size("icon") + GAP, 0, 0, 0)
        below.setSpacing(1)
        self._add_line(below, agreed_line(told, person, today), "agreed")
        self._add_line(below, went_line(told, today), "went")
        if is_open(step):
            self._add_review(below, step)
        column.addLayout(below)

    def _head(self, step: Step) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        role = "accent" if is_open(step) else "text_soft"
        mark = Picture("footprints", self, role=role)
        mark.setContentsMargins(0, TOP, 0, 0)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addSpacing(GAP - row.spacing())
        words = label(step.words, self, name=f"step_{step.id}_words", wraps=True)
        words.setMinimumWidth(1)
        words.setContentsMargins(0, TOP, 0, 0)
        row.addWidget(words, 1, Qt.AlignmentFlag.AlignTop)
        verbs: list[tuple[str, str, str, Callable[[], None]]] = [
            ("pencil", "edit", _("Change the task “{words}”…").format(words=step.words), self._on_edit)
        ]
        if self._told.words_in is None:
            verbs.append(("trash-2", "remove", _("Remove the task “{words}”").format(words=step.words), self._on_remove))
        for drawn, name, spoken, verb in verbs:
            button = icon_button(drawn, self, name=f"step_{name}_{step.id}", spoken=spoken)
            button.clicked.connect(verb)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _add_line(self, column: QVBoxLayout, words: str, name: str) -> None:
        if words:
            line = label(words, self, kind="caption", tone="text_soft", name=f"step_{self._told.step.id}_{name}", wraps=True)
            line.setMinimumWidth(1)
            column.addWidget(line)

    def _add_review(self, column: QVBoxLayout, step: Step) -> None:
        spoken = _("How “{words}” went").format(words=step.words)
        self._done = one_of(done_options(), self, name=f"step_done_{step.id}", spoken=spoken)
        self._done.chosen.connect(self._on_done)
        column.addSpacing(3)
        column.addWidget(self._done)

    def _on_done(self, key: object) -> None:
        if key is not None:
            self.reviewed.emit(replace(self._told.step, done=StepDone(str(key)), reviewed_on=self._today))

    def _on_edit(self) -> None:
        self.edit_asked.emit(self._told)

    def _on_remove(self) -> None:
        self.removed.emit(self._told.step)
