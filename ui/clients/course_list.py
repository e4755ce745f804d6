"""The courses of treatment in a client's file: choose one, begin, change, end or reopen it, and go on to the circle."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.records import Course
from ipt_desktop.domain.text import _
from ui.clients.words import course_days, course_state, full_day, phases_words, sessions_words
from ui.widgets.buttons import Button, link, primary
from ui.widgets.labels import label


class CourseList(QWidget):
    """It says what is wanted and changes nothing itself; `course_chosen` carries the id."""

    course_chosen = Signal(str)
    begin_asked = Signal()
    change_asked = Signal()
    end_asked = Signal()
    reopen_asked = Signal()
    circle_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("course_list")
        self.setAccessibleName(_("Courses of treatment"))
        self._entries: list[Button] = []
        self._end_words = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(label(_("Courses of treatment"), self, kind="strong", name="course_list_title"))
        head.addStretch(1)
        self._another = link(_("Begin another…"), self, name="begin_another", spoken=_("Begin another course"))
        self._another.clicked.connect(self.begin_asked)
        head.addWidget(self._another)
        column.addLayout(head)
        self._none = label(
            _("No course yet. Agree on sessions and phases, then draw the circle together."),
            self,
            kind="label",
            tone="text_soft",
            name="no_course",
            wraps=True,
        )
        column.addWidget(self._none)
        self._begin = primary(_("Begin a course…"), self, name="begin_course")
        self._begin.clicked.connect(self.begin_asked)
        first = QHBoxLayout()
        first.setContentsMargins(0, 4, 0, 4)
        first.addWidget(self._begin)
        first.addStretch(1)
        column.addLayout(first)
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        column.addLayout(self._column)
        self._build_details(column)

    def _build_details(self, column: QVBoxLayout) -> None:
        self._details = QWidget(self)
        inner = QVBoxLayout(self._details)
        inner.setContentsMargins(0, 6, 0, 0)
        inner.setSpacing(3)
        self._protocol = label("", self._details, name="course_protocol_words", wraps=True)
        self._terms = label("", self._details, kind="label", tone="text_soft", name="course_terms", wraps=True)
        self._phases = label("", self._details, kind="label", tone="text_soft", name="course_phases_words", wraps=True)
        self._ends = label("", self._details, kind="label", tone="text_soft", name="course_ends", wraps=True)
        for part in (self._protocol, self._terms, self._phases, self._ends):
            inner.addWidget(part)
        self._circle = self._verb(_("Draw the circle"), "draw_circle")
        self._circle.clicked.connect(self.circle_asked)
        self._change = self._verb(_("Change…"), "change_course")
        self._change.clicked.connect(self.change_asked)
        self._end = self._verb(_("End…"), "end_course")
        self._end.clicked.connect(self.end_asked)
        self._reopen = self._verb(_("Reopen"), "reopen_course")
        self._reopen.clicked.connect(self.reopen_asked)
        row = QHBoxLayout()
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(2)
        for verb in (self._circle, self._change, self._end, self._reopen):
            row.addWidget(verb)
        row.addStretch(1)
        inner.addLayout(row)
        column.addWidget(self._details)

    def _verb(self, words: str, name: str) -> Button:
        return link(words, self._details, name=name)

    def show_courses(self, courses: Sequence[Course], protocols: Mapping[str, Protocol], chosen_id: str | None) -> None:
        """Show the latest course first; `protocols` by course id; the chosen one's terms stand below."""
        has_any = bool(courses)
        self._none.setVisible(not has_any)
        self._begin.setVisible(not has_any)
        self._another.setVisible(has_any)
        latest_first = sorted(courses, key=lambda each: -each.number)
        while len(self._entries) < len(latest_first):
            self._add_entry()
        for place, entry in enumerate(self._entries):
            entry.setVisible(place < len(latest_first))
            if place < len(latest_first):
                self._show_entry(entry, latest_first[place], chosen_id)
        chosen = next((each for each in courses if each.id == chosen_id), None)
        self._details.setVisible(chosen is not None)
        if chosen is not None:
            self._show_details(chosen, protocols[chosen.id])

    def show_review(self, day: date | None) -> None:
        """Say when the course chosen is looked at again, beside its agreed end."""
        review = _("Review on {day}").format(day=full_day(day)) if day is not None else ""
        said = " · ".join(each for each in (self._end_words, review) if each)
        self._ends.setText(said)
        self._ends.setVisible(bool(said))

    def ask_to_begin(self) -> None:
        """Go to the button that begins the first course, where there is none yet."""
        self._begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_entry(self) -> None:
        number = len(self._entries) + 1
        entry = Button("", self, kind="entry", name=f"course_entry_{number}")
        entry.setCheckable(True)
        entry.clicked.connect(self._on_entry_clicked)
        self._entries.append(entry)
        self._column.addWidget(entry)

    def _show_entry(self, entry: Button, course: Course, chosen_id: str | None) -> None:
        words = _("Course {number} · {state}").format(number=course.number, state=course_state(course))
        entry.setText(f"{words}\n{course_days(course)}")
        entry.setAccessibleName(f"{words}, {course_days(course)}")
        entry.setProperty("course", course.id)
        entry.setChecked(course.id == chosen_id)

    def _show_details(self, course: Course, protocol: Protocol) -> None:
        self._protocol.setText(_(protocol.name))
        self._terms.setText(sessions_words(course.planned_sessions, course.minutes, course.frequency))
        self._phases.setText(phases_words(course.phases, protocol))
        is_running = course.ended_on is None
        end = full_day(course.planned_end) if is_running else ""
        words = _("Agreed end {day}") if course.is_open else _("Last session planned for {day}")
        self._end_words = words.format(day=end) if end else ""
        self.show_review(None)
        for verb in (self._circle, self._change, self._end):
            verb.setVisible(is_running)
        self._reopen.setVisible(not is_running)

    def _on_entry_clicked(self) -> None:
        entry = self.sender()
        if isinstance(entry, Button):
            entry.setChecked(True)
            self.course_chosen.emit(str(entry.property("course")))

    def forget(self) -> None:
        """Let go of every course."""
        self.show_courses((), {}, None)
        for entry in self._entries:
            entry.setText("")
            entry.setAccessibleName("")
        for part in (self._protocol, self._terms, self._phases, self._ends):
            part.setText("")
