"""The strip under the menus: who is open, where the treatment stands, whether what was typed is kept."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.widgets.buttons import Button, link, primary
from ui.widgets.card import hairline
from ui.widgets.labels import label
from ui.widgets.phase_chip import PhaseChip
from ui.widgets.save_state import SaveState

NARROW = 1200
SIDE = 17
# What phase, session, problem area, measure and risk shed, in order: their details (1), then themselves (2). Risk goes last.
SHEDDING = (
    *((0, 0, 0, 0, 0), (0, 0, 1, 0, 0), (0, 0, 1, 1, 0), (1, 1, 1, 1, 0), (1, 1, 2, 1, 0), (1, 1, 2, 2, 0), (2, 1, 2, 2, 0)),
    *((2, 2, 2, 2, 0), (2, 2, 2, 2, 1), (2, 2, 2, 2, 2)),
)


@dataclass(frozen=True, slots=True)
class CellWords:
    """One cell: a value and a detail under its caption, which is its own where it has one. Nothing to say leaves the cell out.

    `spoken` says the value where reading it out would not do, and explains it where it is pointed at.
    """

    value: str = ""
    detail: str = ""
    caption: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class StripFacts:
    """What the strip says of a client, all in words.

    `phases` counts the course's phases, `phase_at` is the present one's place from 0, None before the first, and beyond the
    last where it comes after the sessions agreed.
    In a course that `is_running` a session can be started.
    """

    name: str
    about: str = ""
    course: str = ""
    phases: int = 0
    phase_at: int | None = None
    phase: CellWords = CellWords()
    session: CellWords = CellWords()
    problem_area: CellWords = CellWords()
    measure: CellWords = CellWords()
    risk: CellWords = CellWords()
    is_running: bool = False


class Cell(QWidget):
    """Caption, value, detail; three lines."""

    def __init__(self, caption: str, parent: QWidget, *, name: str, value: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._caption = caption
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 0, SIDE, 0)
        column.setSpacing(0)
        self._value = value or label("", self, kind="strong", name=f"{name}_value")
        self._detail = label("", self, kind="caption", tone="text_soft", name=f"{name}_detail")
        self._words = CellWords()
        column.addStretch(1)
        self._head = label(caption, self, kind="caption", tone="text_soft", name=f"{name}_caption")
        column.addWidget(self._head)
        column.addWidget(self._value)
        column.addWidget(self._detail)
        column.addStretch(1)

    def show_words(self, words: CellWords) -> None:
        """Show value and detail, or go away without them."""
        self._words = words
        if isinstance(self._value, QLabel):
            self._value.setText(words.value)
        self._detail.setText(words.detail)
        caption = words.caption or self._caption
        self._head.setText(caption)
        self.setToolTip(words.spoken)
        self.setAccessibleName(f"{caption}: {words.spoken or words.value} {words.detail}".strip())

    def width_at(self, step: int) -> int:
        """Return the width it takes when it has shed so much, in pixels."""
        if not self._words.value or step >= 2:
            return 0
        lines = [self._head, self._value, *([self._detail] if self._words.detail and step < 1 else [])]
        return max(each.sizeHint().width() for each in lines) + 2 * SIDE

    def shed(self, step: int) -> None:
        """Give room: from step 1 without the detail, from 2 not there at all."""
        self._detail.setVisible(bool(self._words.detail) and step < 1)
        self.setVisible(bool(self._words.value) and step < 2)


class RiskCell(Cell):
    """The level of risk, which can be pressed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Risk"), parent, name="strip_risk")
        self.button = Button("", self, kind="quiet", name="strip_risk_open")
        self.button.setToolTip(_("Open the risk entries"))
        self.button.lower()
        for each in (self._head, self._value, self._detail):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_words(self, words: CellWords) -> None:
        """Show the level and when it was asked, or go away where it never was."""
        super().show_words(words)
        self.button.setAccessibleName(_("{cell}: open the risk entries").format(cell=self.accessibleName()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the whole cell be pressed."""
        super().resizeEvent(event)
        self.button.setGeometry(self.rect().adjusted(6, 4, -6, -4))


class ClientStrip(QFrame):
    """The strip outside a session.

    `session_asked`: *Start session* was pressed; `reset_asked`: the demo's link; `backups_asked`: the mark of a failing backup;
    `risk_asked`: the level of risk.
    """

    session_asked = Signal()
    risk_asked = Signal()
    reset_asked = Signal()
    backups_asked = Signal()

    def __init__(self, parent: QWidget, *, is_demo: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("client_strip")
        self.setAccessibleName(_("Client"))
        self.setProperty("role", "strip")
        self._facts: StripFacts | None = None
        self._backups: Button | None = None
        self.setMinimumWidth(1)  # it fits itself to the window, never the window to it
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        self._build_name(is_demo=is_demo)
        self._row.addStretch(1)
        self._build_cells()
        self.save_state = SaveState(self)
        self._start = primary(_("Start session"), self, name="start_session", icon="play")
        self._start.clicked.connect(self.session_asked)
        self._row.addSpacing(17)
        self._row.addWidget(self.save_state)
        self._row.addSpacing(17)
        self._row.addWidget(self._start)
        self._grow()
        self.show_facts(None)

    def _build_name(self, *, is_demo: bool) -> None:
        column = QVBoxLayout()
        column.setSpacing(0)
        self._name = label("", self, kind="title", name="strip_name")
        self._about = label("", self, kind="caption", tone="text_soft", name="strip_about")
        column.addStretch(1)
        column.addWidget(self._name)
        column.addWidget(self._about)
        column.addStretch(1)
        self._row.addLayout(column)
        if is_demo:
            self._row.addSpacing(24)
            self._row.addLayout(self._make_demo_note())

    def _make_demo_note(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        line = QHBoxLayout()
        line.setSpacing(2)
        reset = link(_("Reset"), self, name="reset_demo", spoken=_("Reset the demo practice"))
        reset.setProperty("is_small", True)
        reset.clicked.connect(self.reset_asked)
        line.addWidget(label(_("Demo practice"), self, kind="caption_strong", tone="caution", name="strip_demo"))
        line.addWidget(reset)
        line.addStretch(1)
        column.addStretch(1)
        column.addLayout(line)
        column.addWidget(label(_("opens for anyone"), self, kind="caption", tone="text_soft", name="strip_demo_detail"))
        column.addStretch(1)
        return column

    def _build_cells(self) -> None:
        self._chip = PhaseChip(self, name="strip_phase_chip")
        self._cells = (
            Cell(_("Phase"), self, name="strip_phase", value=self._chip),
            Cell(_("Session"), self, name="strip_session"),
            Cell(_("Problem area"), self, name="strip_problem_area"),
            Cell(_("Measure"), self, name="strip_measure"),
            risk := RiskCell(self),
        )
        risk.button.clicked.connect(self.risk_asked)
        self._lines = [hairline(self, is_upright=True) for _cell in self._cells]
        for cell, line in zip(self._cells, self._lines, strict=True):
            line.setFixedHeight(44)
            self._row.addWidget(cell)
            self._row.addWidget(line, 0, Qt.AlignmentFlag.AlignVCenter)

    def facts(self) -> StripFacts | None:
        """Return what is shown."""
        return self._facts

    def show_facts(self, facts: StripFacts | None, *, can_start: bool = False) -> None:
        """Show a client, or that none is chosen; a session can be started where there is a course to hold it in."""
        self._facts = facts
        shown = facts or StripFacts(_("No client chosen"))
        self._name.setText(shown.name)
        self._chip.set_phase(shown.phases, shown.phase_at, shown.phase.value)
        told = (shown.phase, shown.session, shown.problem_area, shown.measure, shown.risk)
        for cell, words in zip(self._cells, told, strict=True):
            cell.show_words(words)
        self._start.setVisible(can_start and shown.is_running)
        self._show_about()
        self._fit()

    def _fit(self) -> None:
        """Shed what can be spared until the rest has room: no word of it is cut."""
        if self._facts is None:  # nothing is there to be cut: without a value each cell goes away
            for cell in self._cells:
                cell.shed(0)
            self._show_lines()
            return
        items = [self._row.itemAt(place) for place in range(self._row.count())]
        others = [each for each in items if each is not None and each.widget() not in (*self._cells, *self._lines)]
        margins = self._row.contentsMargins()
        around = margins.left() + margins.right() + len(self._lines)
        room = self.width() - around - sum(each.minimumSize().width() for each in others)
        wanted = (sum(map(Cell.width_at, self._cells, steps)) <= room for steps in SHEDDING)
        shed = SHEDDING[next((place for place, fits in enumerate(wanted) if fits), len(SHEDDING) - 1)]
        for cell, step in zip(self._cells, shed, strict=True):
            cell.shed(step)
        self._show_lines()

    def _show_lines(self) -> None:
        """Part the cells from one another, and from what follows them only where something does."""
        follows = bool(self.save_state.words()) or self._start.isVisibleTo(self)
        shown = [cell.isVisibleTo(self) for cell in self._cells]
        for place, line in enumerate(self._lines):
            line.setVisible(shown[place] and (follows or any(shown[place + 1 :])))

    def _show_about(self) -> None:
        parts = [self._facts.about, "" if self.width() < NARROW else self._facts.course] if self._facts else []
        self._about.setText(" · ".join(part for part in parts if part))
        self._about.setVisible(any(parts))

    def name_key(self, key: str) -> None:
        """Tell the key that starts a session, where the button is pointed at."""
        self._start.setToolTip(_("Start session ({key})").format(key=key))

    def show_save_state(self, state: str, at: datetime | None = None, detail: str = "") -> None:
        """Show what became of what was typed."""
        self.save_state.show_state(state, at, detail)
        self._fit()

    def show_backup_failure(self, words: str, reason: str) -> None:
        """Say, as long as it is so, that no backup could be made, and why; without words none failed."""
        if self._backups is None:
            if not words:
                return
            self._backups = Button("", self, kind="quiet", name="strip_backups", icon="circle-alert", role="caution")
            self._backups.clicked.connect(self.backups_asked)
            self._row.insertWidget(self._row.indexOf(self.save_state), self._backups)
        self._backups.setText(words)
        self._backups.set_icon("circle-alert")  # once more: its distance hangs on there being words
        self._backups.setToolTip(reason)
        self._backups.setAccessibleName(f"{words}. {reason}")
        self._backups.setVisible(bool(words))
        self._fit()

    def _grow(self) -> None:
        self.setFixedHeight(theme.current().size("client_strip"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the margins of the page, and shed the course's number and more when narrow."""
        super().resizeEvent(event)
        side = 24 if self.width() >= NARROW else 16
        self._row.setContentsMargins(side, 0, side - 4, 0)
        self._show_about()
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_row"):
            self._grow()
            self._fit()
