"""Where are we: the phase set, the session, what is left, the tasks ticked by the therapist, and how it came here."""

from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.course import COUNTED_KINDS, after_words, booked_after, is_counted, of_planned, sessions_left
from ipt_desktop.domain.protocol import Phase
from ipt_desktop.domain.records import Session
from ipt_desktop.domain.text import _, ngettext
from ui.clients.words import ENDING_WORDS
from ui.phases.history_fold import HistoryFold, MisfitsFold
from ui.phases.parting import let_go
from ui.phases.reading import CourseReading, day_words
from ui.phases.review_line import ReviewLine
from ui.phases.scrolling_card import ScrollingCard
from ui.phases.task_list import TaskList
from ui.phases.wrapping_fold import WrappingFold
from ui.widgets.buttons import icon_button, outlined
from ui.widgets.card import hairline
from ui.widgets.chips import chip_label
from ui.widgets.labels import label


def session_words(reading: CourseReading) -> str:
    """Return "Session 7 of 16 · 9 after", as the strip counts; where none are counted down, the number alone.

    Of a course that ended before any session it says so.
    """
    count = reading.count
    if not count.number:
        agreed = _("{count} agreed").format(count=count.planned) if count.planned else _("no number agreed")
        return _("No session held · {agreed}").format(agreed=agreed)
    if reading.is_after and count.number > count.planned:
        return _("Session {number}").format(number=count.number)
    session = _("Session {number}").format(number=of_planned(count.number, count.planned))
    return f"{session} · {after_words(count)}"


def left_words(reading: CourseReading) -> str:
    """Return how many planned sessions are still to be held, and how many did not take place."""
    if reading.course.ended_on is not None:
        booked = [day_words(each.date, reading.today) for each in booked_beyond(reading)]
        still = _("still booked: {days}").format(days=", ".join(booked)) if booked else ""
        ended = _("ended before it began") if reading.is_withdrawn else _("ended {day}")
        said = ended.format(day=day_words(reading.course.ended_on, reading.today))
        how = _(ENDING_WORDS[reading.course.ending]) if reading.course.ending is not None else ""
        said = _("{ended}: {how}").format(ended=said, how=how[:1].lower() + how[1:]) if how else said
        return " · ".join(each for each in (said, still) if each)
    words = [held_words(reading)]
    missed = sum(each.kind in COUNTED_KINDS and not is_counted(each) for each in reading.sessions)
    if missed:
        words.append(ngettext("{count} did not take place", "{count} did not take place", missed).format(count=missed))
    return " · ".join(words)


def booked_beyond(reading: CourseReading) -> list[Session]:
    """Return what is still booked beyond the end of a course; of one withdrawn before it began, all that is booked."""
    course = reading.course
    if course.ended_on is None:
        return []
    return booked_after(reading.sessions, course.ended_on - timedelta(days=1) if reading.is_withdrawn else course.ended_on)


def held_words(reading: CourseReading) -> str:
    """Return how many sessions are left to hold; how many were held, where none are left by agreement or none were agreed."""
    left = sessions_left(reading.course, reading.sessions, reading.today)
    if not reading.course.is_open and (left or not reading.is_after):
        return ngettext("{count} session left to hold", "{count} sessions left to hold", left).format(count=left)
    held = reading.band.held
    return ngettext("{count} session held", "{count} sessions held", held).format(count=held)


def agreed_words(reading: CourseReading) -> str:
    """Return the sessions agreed for the present phase."""
    if reading.is_after:
        return "" if reading.course.is_open else _("after the sessions agreed")
    agreed = next((each for each in reading.course.phases if each.key == reading.phase), None)
    if agreed is None:
        return ""
    if not agreed.last:
        return _("from session {number}").format(number=agreed.first)
    if agreed.first == agreed.last:
        return _("session {number}").format(number=agreed.first)
    return _("sessions {first} to {last}").format(first=agreed.first, last=agreed.last)


class StandingCard(ScrollingCard):
    """Phase and tasks. It changes nothing itself: it says what the therapist asked for."""

    suggestion_taken = Signal(str)
    change_taken_back = Signal(object)
    terms_taken_back = Signal(object)
    ticked = Signal(str, bool)
    dated = Signal(str, object)
    place_asked = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, name="standing_card", title=_("Where are we"))
        self._lists: list[TaskList] = []
        self._folds: list[tuple[WrappingFold, TaskList]] = []
        self._built: tuple[str, str, str] | None = None
        self._suggested = ""
        self._parting: list[QWidget] = []
        self._hints = icon_button("circle-help", self, name="task_hints", spoken=_("Show what belongs to each task"))
        self._hints.setCheckable(True)
        self._hints.toggled.connect(self._on_hints)
        self.head.addWidget(self._hints)
        self._add_standing(self.inner)
        self._tasks = QVBoxLayout()
        self._tasks.setSpacing(6)
        self.inner.addLayout(self._tasks)
        self._misfits = MisfitsFold(self.paper)
        self._misfits.hide()
        self.inner.addWidget(self._misfits)
        self.inner.addStretch(1)

    def _add_standing(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        self._chip = chip_label("", self.paper, name="phase_now")
        self._agreed = label("", self.paper, kind="label", tone="text_soft", name="phase_agreed", wraps=True)
        row.addWidget(self._chip)
        row.addWidget(self._agreed, 1)
        column.addLayout(row)
        self._session = label("", self.paper, kind="strong", name="session_count", wraps=True)
        self._left = label("", self.paper, kind="caption", tone="text_soft", name="sessions_left", wraps=True)
        self._since = label("", self.paper, kind="caption", tone="text_soft", name="phase_since", wraps=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        for part in (self._session, self._left, self._since):
            words.addWidget(part)
        column.addLayout(words)
        self.review = ReviewLine(self.paper)
        column.addWidget(self.review)
        column.addWidget(self._make_suggestion())
        self._history = HistoryFold(self.paper)
        self._history.change_taken_back.connect(self.change_taken_back)
        self._history.terms_taken_back.connect(self.terms_taken_back)
        column.addWidget(self._history)

    def _make_suggestion(self) -> QWidget:
        """Return the agreement's word in quiet words, with one button to take it."""
        self._suggestion = QWidget(self.paper)
        self._suggestion.setObjectName("phase_suggestion")
        row = QHBoxLayout(self._suggestion)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        self._suggestion_words = label("", self._suggestion, kind="label", name="phase_suggestion_words", wraps=True)
        self._take_suggestion = outlined("", self._suggestion, name="take_suggestion", spoken=_("Set the suggested phase"))
        self._take_suggestion.clicked.connect(self._on_suggestion_taken)
        row.addWidget(self._suggestion_words, 1)
        row.addWidget(self._take_suggestion)
        return self._suggestion

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_course(self, reading: CourseReading) -> None:
        """Show where a course stands."""
        self._chip.setText(_("Finished") if reading.course.ended_on else reading.phase_title(reading.phase))
        self._agreed.setText("" if reading.course.ended_on else agreed_words(reading))
        self._session.setText(session_words(reading))
        self._left.setText(left_words(reading))
        self._show_since(reading)
        self._show_suggestion(reading)
        self._history.show_course(reading)
        self.review.show_course(reading)
        self._misfits.show_course(reading)
        shown = (reading.course.id, reading.course.protocol, reading.phase)
        if self._built != shown:
            self._build_tasks(reading)
            self._built = shown
        for tasks in self._lists:
            tasks.show_ticks(reading)
        for fold, tasks in self._folds:
            fold.set_words(f"{reading.phase_title(tasks.phase.key)} · {tasks.standing(reading)}")

    def show_task(self, key: str) -> None:
        """Bring a task into sight, with the keyboard at it."""
        for fold, tasks in self._folds:
            if any(row.key == key for row in tasks.rows):
                fold.unfold()
        for tasks in self._lists:
            for row in tasks.rows:
                if row.key == key:
                    self.scroller.ensureWidgetVisible(row)
                    row.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Let go of every word of the course."""
        for part in (self._chip, self._agreed, self._session, self._left, self._since):
            part.clear()
        self._suggestion.hide()
        self._suggestion_words.clear()
        self._history.clear()
        self._misfits.clear()
        self.review.forget()
        self._clear_tasks()
        self._built = None

    def _show_since(self, reading: CourseReading) -> None:
        words = _("{phase} since {day}") if reading.course.ended_on else _("since {day}")
        phase = reading.phase_label(reading.phase)
        since = words.format(phase=phase, day=day_words(reading.since, reading.today))
        reason = reading.phase_change.reason if reading.phase_change is not None else ""
        since = _("{since}: {reason}").format(since=since, reason=reason) if reason else since
        review = reading.review_on
        if review is not None:
            since = f"{since} · " + _("review on {day}").format(day=day_words(review, reading.today))
        self._since.setText(since)

    def _show_suggestion(self, reading: CourseReading) -> None:
        agreed = reading.suggestion
        self._suggested = agreed.key if agreed else ""
        self._suggestion.setVisible(agreed is not None)
        if agreed is None:
            self._suggestion_words.clear()
            return
        number = reading.count.number
        here = _("Session {number}: as agreed, {phase} begins here.")
        before = _("Session {number}: as agreed, {phase} begins with session {first}.")
        phase = reading.phase_label(agreed.key)
        words = here if number == agreed.first else before
        self._suggestion_words.setText(words.format(number=number, phase=phase, first=agreed.first))
        self._take_suggestion.setText(_("Set {phase}").format(phase=phase))
        self._take_suggestion.setAccessibleName(self._take_suggestion.text())

    def _build_tasks(self, reading: CourseReading) -> None:
        self._clear_tasks()
        keys = {each.key for each in reading.course.phases}
        phases = [each for each in reading.protocol.phases if each.key in keys or each.is_after]
        present = next((each for each in phases if each.key == reading.phase), None)
        if present is not None:
            self._add_present(present)
        others = [each for each in phases if each.key != reading.phase and each.tasks]
        for phase in others:
            tasks = TaskList(phase, self.paper)
            fold = WrappingFold(_(phase.label), self.paper, name=f"fold_{phase.key}")
            fold.add(tasks)
            self._folds.append((fold, tasks))
            self._take(tasks)
            self._tasks.addWidget(fold)
        self._on_hints(self._hints.isChecked())

    def _add_present(self, phase: Phase) -> None:
        self._tasks.addWidget(hairline(self.paper))
        title = _("Tasks of this phase, ticked by you")
        self._tasks.addWidget(label(title, self.paper, kind="caption_strong", tone="text_soft", name="tasks_title", wraps=True))
        tasks = TaskList(phase, self.paper)
        self._take(tasks)
        self._tasks.addWidget(tasks)
        self._tasks.addWidget(hairline(self.paper))

    def _take(self, tasks: TaskList) -> None:
        tasks.ticked.connect(self.ticked)
        tasks.dated.connect(self.dated)
        tasks.place_asked.connect(self.place_asked)
        self._lists.append(tasks)

    def _clear_tasks(self) -> None:
        self._parting = let_go(self._tasks)
        self._lists, self._folds = [], []

    # -- what was asked --------------------------------------------------------------------------------------------

    def _on_hints(self, is_shown: bool) -> None:
        for tasks in self._lists:
            tasks.show_hints(is_shown)

    def _on_suggestion_taken(self) -> None:
        self.suggestion_taken.emit(self._suggested)
