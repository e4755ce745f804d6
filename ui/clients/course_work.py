"""What is done with the courses of the client chosen: begin, change, end, reopen; each a step that can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.records import Client, Course, EndingKind
from ipt_desktop.domain.text import _
from ui.clients.columns import ClientColumns
from ui.clients.commands import BeginCourse, ChangeCourse, ClientCommand, EndCourse, ReopenCourse
from ui.clients.course_panel import CoursePanel, Terms
from ui.clients.ending_panel import EndingPanel
from ui.clients.words import full_day, sessions_words
from ui.page import Frame

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


class CourseWork(QObject):
    """The verbs of a course with their two forms. `panel_asked` carries a form to show, `panel_left` that it is done with."""

    panel_asked = Signal(object)
    panel_left = Signal()
    circle_asked = Signal()
    refused = Signal(str)

    def __init__(self, desk: Desk, frame: Frame, columns: ClientColumns) -> None:
        super().__init__(columns)
        self._desk, self._frame, self._columns = desk, frame, columns
        self._client: Client | None = None
        self._courses: Sequence[Course] = ()

    @cached_property
    def course_panel(self) -> CoursePanel:
        """The form for what a course agrees; most days do without it."""
        panel = CoursePanel(self._columns.right, self._desk.resources.protocols)
        panel.agreed.connect(self._on_agreed)
        panel.left.connect(self.panel_left)
        self._columns.right.addWidget(panel)
        return panel

    @cached_property
    def ending_panel(self) -> EndingPanel:
        """The form for the end of a course."""
        panel = EndingPanel(self._columns.right)
        panel.ended.connect(self.end_course)
        panel.left.connect(self.panel_left)
        self._columns.right.addWidget(panel)
        return panel

    def show_courses(self, client: Client | None, courses: Sequence[Course]) -> None:
        """Take the client chosen and their courses."""
        self._client, self._courses = client, courses

    def course(self) -> Course | None:
        """Return the course chosen, or None."""
        return next((each for each in self._courses if each.id == self._frame.course_id), None)

    # -- what is asked ---------------------------------------------------------------------------------------------

    def ask_for_course(self) -> None:
        """Let a course be agreed, or say that one is running."""
        client = self._client
        running = next((each for each in self._courses if each.ended_on is None), None)
        if running is not None:
            words = _("Course {number} is still running").format(number=running.number)
            self._columns.bar.say(words, _("End it first, then begin another."), tone="caution")
        elif client is not None and self._frame.show_tab("clients"):
            self.panel_asked.emit(self.course_panel)
            self.course_panel.begin(self._frame.name_of(client), date.today())

    def ask_for_terms(self) -> None:
        """Let what the course has agreed be changed."""
        client, course = self._client, self.course()
        if client is not None and course is not None and self._frame.show_tab("clients"):
            self.panel_asked.emit(self.course_panel)
            self.course_panel.change(course, self._desk.courses.protocol_of(course), self._frame.name_of(client))

    def ask_for_ending(self) -> None:
        """Ask when and how the course ended."""
        client, course = self._client, self.course()
        if client is not None and course is not None and course.ended_on is None and self._frame.show_tab("clients"):
            self.panel_asked.emit(self.ending_panel)
            self.ending_panel.end(course, self._frame.name_of(client), date.today())

    # -- what is done ----------------------------------------------------------------------------------------------

    def _on_agreed(self, protocol: Protocol, terms: Terms, course: Course | None) -> None:
        if course is None:
            self.begin_course(protocol, terms)
        else:
            self.change_course(course, terms)

    def begin_course(self, protocol: Protocol, terms: Terms) -> None:
        """Begin a course with these terms, choose it, and offer the circle."""
        if (client := self._client) is None:
            return

        def begin() -> Course:
            return self._desk.courses.begin_course(client.id, protocol, **terms._asdict())

        command = BeginCourse(self._desk.courses, begin, _("Begin a course"), self.refused.emit)
        if self._push(command) and (course := command.course) is not None:
            self._frame.choose_client(client.id, course.id)
            self.panel_left.emit()
            said = sessions_words(course.planned_sessions, course.minutes, course.frequency)
            words = _("{sessions}. Next, draw the circle of people together.").format(sessions=said)
            draw = ("begun_draw_circle", _("Draw the circle"), self.circle_asked.emit)
            self._columns.bar.say(_("Course {number} has begun").format(number=course.number), words, actions=(draw,))

    def change_course(self, course: Course, terms: Terms) -> None:
        """Keep other terms of a course."""
        words = _("Change course {number}").format(number=course.number)
        after = replace(course, **terms._asdict())
        if after == course or self._push(ChangeCourse(self._desk.courses, course, after, words, self.refused.emit)):
            self.panel_left.emit()

    def end_course(self, course_id: str, on: date, ending: EndingKind) -> None:
        """End a course, and say what may follow."""
        if self._push(EndCourse(self._desk.courses, course_id, on, ending, self.refused.emit)):
            self.panel_left.emit()
            said = _("It can be reopened at any time, and another one begun.")
            self._columns.bar.say(_("The course ended on {day}").format(day=full_day(on)), said)

    def reopen_course(self) -> None:
        """Go on with a course that had ended."""
        course = self.course()
        if course is not None and course.ended_on is not None:
            self._columns.bar.clear()
            self._push(ReopenCourse(self._desk.courses, course, self.refused.emit))

    def _push(self, command: ClientCommand) -> bool:
        """Do a verb as a step that can be undone; False where it was refused, which is said."""
        self._frame.undo_stack().push(command)
        return command.is_done

    def forget(self) -> None:
        """Let go of the client, and of what was typed into the forms."""
        self._client, self._courses = None, ()
        for panel in (self.__dict__.get("course_panel"), self.__dict__.get("ending_panel")):
            if panel is not None:
                panel.clear()
