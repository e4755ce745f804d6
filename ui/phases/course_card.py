"""The course card: what was agreed, the band, and the editors of phase and terms that open under it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipt_desktop.domain.records import Course
from ipt_desktop.domain.text import _, ngettext
from ui.phases.course_band import CourseBandView
from ui.phases.course_editors import CourseEditors
from ui.phases.course_lanes import CourseLanesView
from ui.phases.papers_row import PapersRow
from ui.phases.reading import CourseReading, long_day_words
from ui.widgets.buttons import icon_button, link, outlined
from ui.widgets.card import Card
from ui.widgets.labels import label


def course_words(reading: CourseReading) -> str:
    """Return what was agreed: protocol, sessions, length and dates."""
    course = reading.course
    said = _("{protocol}, {sessions}").format(protocol=_(reading.protocol.name), sessions=sessions_words(course))
    end = None if reading.is_withdrawn else course.ended_on or course.planned_end
    dates = _("from {day}").format(day=long_day_words(course.started_on))
    if end is not None:
        dates = _("{start} to {end}").format(start=long_day_words(course.started_on), end=long_day_words(end))
    return f"{said} · {dates}"


def sessions_words(course: Course) -> str:
    """Return "16 weekly sessions of 50 minutes", "monthly sessions of 50 minutes, no number agreed"."""
    often, count = course.frequency.strip(), course.planned_sessions
    if not often:
        agreed = ngettext("{count} session of {minutes} minutes", "{count} sessions of {minutes} minutes", count)
        words = (agreed, _("sessions of {minutes} minutes, no number agreed"))
    elif " " in often:
        agreed = ngettext(
            "{count} session of {minutes} minutes {frequency}", "{count} sessions of {minutes} minutes {frequency}", count
        )
        words = (agreed, _("sessions of {minutes} minutes {frequency}, no number agreed"))
    else:
        agreed = ngettext(
            "{count} {frequency} session of {minutes} minutes", "{count} {frequency} sessions of {minutes} minutes", count
        )
        words = (agreed, _("{frequency} sessions of {minutes} minutes, no number agreed"))
    frequency = _(often) if often else ""
    return words[course.is_open].format(count=count, frequency=frequency, minutes=course.minutes)


class CourseCard(Card):
    """The course as agreed and as it goes.

    `chapter_asked` carries the key of one of its papers, `area_chosen` a problem area's id, `mark_chosen` a `Mark`. What is
    changed about it is asked in its `editors`.
    """

    session_chosen = Signal(str)
    chapter_asked = Signal(str)
    area_chosen = Signal(str)
    mark_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, name="course_card", title=_("Course"))
        self._reading: CourseReading | None = None
        self._words = label("", self, kind="label", tone="text_soft", name="course_words", wraps=True)
        self.head.insertWidget(1, self._words, 100)
        self._terms = link(_("Change sessions…"), self, name="course_terms")
        self._set = outlined(_("Move to another phase…"), self, name="phase_move")
        more = icon_button("ellipsis", self, name="course_more", spoken=_("More for this course"))
        for button in (self._terms, self._set, more):
            self.head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.band = CourseBandView(self)
        self.lanes = CourseLanesView(self)
        self.lanes.area_chosen.connect(self.area_chosen)
        self.lanes.mark_chosen.connect(self.mark_chosen)
        self.papers = PapersRow(self)
        self.papers.chapter_asked.connect(self.chapter_asked)
        self.editors = CourseEditors(self, phase=self._set, terms=self._terms, more=more)
        self.phase_editor, self.terms_editor = self.editors.phase, self.editors.terms
        self.body.setContentsMargins(20, 10, 20, 8)
        self._picture = QVBoxLayout()
        self._picture.setSpacing(2)
        for row in (self.band, self.lanes, self.papers):
            self._picture.addWidget(row)
        self.body.addLayout(self._picture)
        for editor in self.editors.all:
            self.body.addWidget(editor)
        self._terms.clicked.connect(self.ask_for_terms)
        self._set.clicked.connect(self._on_set)
        self.band.session_chosen.connect(self.session_chosen)

    def show_course(self, reading: CourseReading | None) -> None:
        """Show a course, or none."""
        is_same = reading is not None and self._reading is not None and reading.course.id == self._reading.course.id
        self._reading = reading
        self.band.show_course(reading)
        self.lanes.show_course(reading)
        self.papers.show_written(reading.written if reading else ())
        self.editors.show_course(reading, is_same=is_same)
        self._terms.setVisible(reading is None or reading.course.ended_on is None)  # what was agreed is history then
        self.title.setText(_("Course {number}").format(number=reading.course.number) if reading else "")
        self._words.setText(course_words(reading) if reading else "")

    def add_line(self, line: QWidget) -> None:
        """Add a line of what was agreed, below the course as it goes."""
        self._picture.addWidget(line)

    def stand(self, *, is_narrow: bool) -> None:
        """Put what was agreed beside the title, or on a line of its own where there is little room."""
        if is_narrow:
            self.body.insertWidget(1, self._words)
        else:
            self.head.insertWidget(1, self._words, 100)

    def ask_for_phase(self, key: str = "") -> None:
        """Open the editor of the phase, at a phase where one is meant."""
        if self._reading is not None:
            self.editors.make_way(self.phase_editor)
            self.phase_editor.open(self._reading, key)

    def ask_for_terms(self) -> None:
        """Open the editor of the number of sessions; not of a course that has ended, which is reopened first."""
        if self._reading is not None and self._reading.course.ended_on is None:
            self.editors.make_way(self.terms_editor)
            self.terms_editor.open(self._reading)

    def _on_set(self) -> None:
        self.ask_for_phase()
