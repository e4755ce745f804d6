"""The tasks of a phase, each open or done with its date. Nothing ticks itself."""

from datetime import date
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ipt_desktop.domain.protocol import Phase, Task, TaskPlace, task_id
from ipt_desktop.domain.text import _, marked
from ui import icons, theme
from ui.phases.date_line import DateLine
from ui.phases.reading import CourseReading, day_words
from ui.widgets.buttons import Button, icon_button
from ui.widgets.labels import HintLabel

LINK_PADDING = 4  # what a small link has left of its words: the words above it stand in line


PLACES = {  # words and icon of the way there
    TaskPlace.HISTORY: (marked("Illness and history"), "clipboard-list"),
    TaskPlace.EXPLANATION: (marked("Explaining IPT"), "info"),
    TaskPlace.FORMULATION: (marked("Formulation"), "link"),
    TaskPlace.AGREEMENT: (marked("Agreement"), "handshake"),
    TaskPlace.ENDING: (marked("Ending"), "signpost"),
    TaskPlace.CIRCLE: (marked("Circle"), "circle-dot"),
    TaskPlace.RISK: (marked("Risk entries"), "shield"),
    TaskPlace.SUMMARY: (marked("Termination summary"), "file-text"),
    TaskPlace.PROGRESS: (marked("Progress"), "clipboard-check"),
}


class TickBox(QCheckBox):
    """A ring while open, a tick once done."""

    def sizeHint(self) -> QSize:
        """Return a square that can be hit."""
        side = theme.current().size("target_min")
        return QSize(side, side)

    def hitButton(self, position: object) -> bool:  # noqa: N802 - Qt's name
        """Take a press anywhere on the square."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ring or tick, and the ring of the keyboard."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(look.size("icon") / 2 + 1, self.height() / 2)
        if self.isChecked():
            size = look.size("icon")
            at = QPointF(middle.x() - size / 2, middle.y() - size / 2)
            painter.drawPixmap(at, icons.pixmap("check", "accent_text", size))
        else:
            painter.setPen(QPen(look.color("accent" if self.underMouse() else "control"), 1.6))
            radius = look.px(13.5) / 2
            painter.drawEllipse(middle, radius, radius)
        if self.hasFocus():
            painter.setPen(QPen(look.color("focus"), look.size("focus_width")))
            around = look.size("icon") / 2 + 2
            painter.drawRoundedRect(QRectF(middle.x() - around + 1, middle.y() - around, 2 * around, 2 * around), 5, 5)
        painter.end()


class _TaskWords(QLabel):
    """A task's words; a click on them is a click on its box."""

    clicked = Signal()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Say that the words were clicked."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()


class TaskRow(QWidget):
    """A task: `ticked` (its id, whether it is done now) and `dated` (its id, the date) are the therapist's doing.

    `place_asked` carries the `TaskPlace` where what it asks for is written down, and the task's id.
    """

    ticked = Signal(str, bool)
    dated = Signal(str, object)
    place_asked = Signal(str, str)

    def __init__(self, key: str, task: Task, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        name = key.replace(".", "_")
        self.setObjectName(f"task_{name}")
        words = _(task.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.box = TickBox(self)
        self.box.setObjectName(f"tick_{name}")
        self.box.setAccessibleName(words)
        self.box.setAccessibleDescription(_(task.hint) if task.hint else "")
        self.box.clicked.connect(self._on_clicked)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.setContentsMargins(0, 2, 0, 0)
        self._words = _TaskWords(words, self)
        self._words.setObjectName(f"words_{name}")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setProperty("kind", "body")
        self._words.setContentsMargins(LINK_PADDING, 0, 0, 0)
        self._words.clicked.connect(self.box.click)
        self.hint = HintLabel(_(task.hint) if task.hint else "", self, name=f"hint_{name}")
        self.hint.setContentsMargins(LINK_PADDING, 0, 0, 0)
        self.hint.hide()
        self.date = DateLine(self, name=f"date_{name}")
        self.date.date_chosen.connect(self._on_date_chosen)
        for part in (self._words, self.hint):
            column.addWidget(part)
        line = QHBoxLayout()
        line.addWidget(self.date)
        line.addStretch(1)
        column.addLayout(line)
        row.addLayout(column, 1)
        if task.place in PLACES:
            row.addWidget(self._way(TaskPlace(task.place), name), 0, Qt.AlignmentFlag.AlignTop)

    def _way(self, place: TaskPlace, name: str) -> Button:
        """Return the way to where it is written down."""
        words, icon = PLACES[place]
        made = icon_button(icon, self, name=f"go_{name}", spoken=_("Go to: {place}").format(place=_(words)))
        made.clicked.connect(partial(self.place_asked.emit, str(place), self.key))
        return made

    def show_tick(self, reading: CourseReading) -> None:
        """Show whether the task is done, and when."""
        tick = reading.ticks.get(self.key)
        self.box.setChecked(tick is not None)
        theme.restyle(self._words, tone="text" if tick is None else "text_soft")
        self.date.setVisible(tick is not None)
        if tick is not None:
            number = reading.session_number(tick.session_id)
            day = day_words(tick.on, reading.today)
            words = _("{day} · session {number}").format(day=day, number=number) if number else day
            self.date.show_date(tick.on, words, _("{task}: done {day}").format(task=self._words.text(), day=words))

    def show_hint(self, is_shown: bool) -> None:
        """Show or hide what belongs to the task."""
        self.hint.setVisible(is_shown and bool(self.hint.text()))

    def _on_clicked(self, is_checked: bool) -> None:
        self.ticked.emit(self.key, is_checked)

    def _on_date_chosen(self, day: date) -> None:
        self.dated.emit(self.key, day)


class TaskList(QWidget):
    """The tasks of one phase."""

    ticked = Signal(str, bool)
    dated = Signal(str, object)
    place_asked = Signal(str, str)

    def __init__(self, phase: Phase, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"tasks_{phase.key}")
        self.phase = phase
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.rows = [TaskRow(task_id(phase, task), task, self) for task in phase.tasks]
        for row in self.rows:
            row.ticked.connect(self.ticked)
            row.dated.connect(self.dated)
            row.place_asked.connect(self.place_asked)
            column.addWidget(row)

    def show_ticks(self, reading: CourseReading) -> None:
        """Show which tasks are done."""
        for row in self.rows:
            row.show_tick(reading)

    def show_hints(self, is_shown: bool) -> None:
        """Show or hide the hints."""
        for row in self.rows:
            row.show_hint(is_shown)

    def standing(self, reading: CourseReading) -> str:
        """Say how the phase's tasks stand: "all tasks done", or how many are open."""
        still_open = sum(row.key not in reading.ticks for row in self.rows)
        return tasks_words(len(self.rows), still_open)


def tasks_words(count: int, still_open: int) -> str:
    """Say how many tasks are open, without a percentage."""
    if not count:
        return _("no tasks")
    return _("{count} open").format(count=still_open) if still_open else _("all tasks done")
