"""What is done with the courses of the client chosen: begin, change, end, reopen; each a step that can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.records import Course, EndingKind, Session
from ipt_desktop.domain.text import _
from ui.clients.commands import BeginCourse, ChangeCourse, EndCourse, ReopenCourse, ending_of
from ui.clients.words import full_day, sessions_words
from ui.clients.work import Work

if TYPE_CHECKING:
    from ui.clients.course_panel import CoursePanel, Terms
    from ui.clients.ending_panel import EndingPanel


class CourseWork(Work):
    """The verbs of a course with their two forms. `circle_asked`: the therapist goes on to the circle."""

    circle_asked = Signal()

    @cached_property
    def course_panel(self) -> CoursePanel:
        """The form for what a course agrees; most days do without it."""
        from ui.clients.course_panel import CoursePanel

        panel = CoursePanel(self.columns.right, self.desk.resources.protocols[0])
        panel.agreed.connect(self._on_agreed)
        panel.protocol_asked.connect(self._on_protocol_asked)
        panel.left.connect(self.panel_left)
        self.columns.right.addWidget(panel)
        return panel

    @cached_property
    def ending_panel(self) -> EndingPanel:
        """The form for the end of a course."""
        from ui.clients.ending_panel import EndingPanel

        panel = EndingPanel(self.columns.right)
        panel.ended.connect(self.end_course)
        panel.left.connect(self.panel_left)
        self.columns.right.addWidget(panel)
        return panel

    # -- what is asked ---------------------------------------------------------------------------------------------

    def ask_for_course(self) -> None:
        """Let a course be agreed, or say that one is running."""
        if not self.come():
            return
        client = self.client
        running = next((each for each in self.courses if each.ended_on is None), None)
        if running is not None:
            words = _("Course {number} is still running").format(number=running.number)
            self.columns.bar.say(words, _("End it first, then begin another."), tone="caution")
        elif client is not None:
            self.panel_asked.emit(self.course_panel)
            known = self.desk.resources
            self.course_panel.begin(self.frame.name_of(client), date.today(), known.protocols, known.replacing_protocols)

    def ask_for_terms(self) -> None:
        """Let what the course has agreed be changed."""
        is_here = self.come()
        client, course = self.client, self.course()
        if is_here and client is not None and course is not None:
            self.panel_asked.emit(self.course_panel)
            self.course_panel.change(course, self.desk.courses.protocol_of(course), self.frame.name_of(client))

    def ask_for_ending(self) -> None:
        """Ask when and how the course ended: in the client's file, from any other tab on the course's own page."""
        if not self.columns.isVisible() and (page := self.frame.page("phases")) is not None:
            page.ask_for_ending()
            return
        is_here = self.come()
        client, course = self.client, self.course()
        if is_here and client is not None and course is not None and course.ended_on is None:
            self.panel_asked.emit(self.ending_panel)
            reason = self.desk.endings.reason(course)
            sessions = self.desk.sessions.sessions(course.id)
            self.ending_panel.end(course, self.frame.name_of(client), date.today(), reason, sessions)

    # -- what is done ----------------------------------------------------------------------------------------------

    def _on_agreed(self, protocol: Protocol, terms: Terms, course: Course | None, reason: str) -> None:
        if course is None:
            self.begin_course(protocol, terms)
        else:
            self.change_course(course, terms, reason)

    def _on_protocol_asked(self) -> None:
        """Go to the course's own page, where another protocol is chosen."""
        self.panel_left.emit()
        page = self.frame.page("phases")
        if page is not None:
            page.ask_for_protocol()

    def begin_course(self, protocol: Protocol, terms: Terms) -> None:
        """Begin a course with these terms, choose it, and offer the circle."""
        if (client := self.client) is None:
            return

        def begin() -> Course:
            return self.desk.courses.begin_course(client.id, protocol, **terms._asdict())

        command = BeginCourse(self.desk.courses, begin, _("Begin a course"), self.refused.emit)
        if self.push(command) and (course := command.course) is not None:
            self.frame.choose_client(client.id, course.id)
            self.panel_left.emit()
            said = sessions_words(course.planned_sessions, course.minutes, course.frequency)
            words = _("{sessions}. Next, draw the circle of people together.").format(sessions=said)
            draw = ("begun_draw_circle", _("Draw the circle"), self.circle_asked.emit)
            self.say(_("Course {number} has begun").format(number=course.number), words, (draw,))

    def change_course(self, course: Course, terms: Terms, reason: str = "") -> None:
        """Keep other terms of a course, with the reason."""
        words = _("Change course {number}").format(number=course.number)
        after = replace(course, **terms._asdict())
        change = ChangeCourse(self.desk.courses, course, after, words, self.refused.emit, reason=reason)
        if after == course or self.push(change):
            self.panel_left.emit()

    def end_course(
        self, course_id: str, on: date, ending: EndingKind, reason: str = "", removed: Sequence[Session] = ()
    ) -> None:
        """End a course, and offer what is written of an ending: its page among the papers, and the closing summary."""
        end = EndCourse(self.desk.endings, course_id, on, ending, reason, self.refused.emit)
        if self.push(ending_of(self.desk, end, removed, self.refused.emit)):
            self.panel_left.emit()
            said = _("It can be reopened at any time, and another one begun.")
            write = ("ended_write", _("Write the ending"), self._on_write_ending)
            summary = ("ended_summary", _("Closing summary"), self._on_summary)
            self.say(_("The course ended on {day}").format(day=full_day(on)), said, (write, summary))

    def _on_write_ending(self) -> None:
        if self.frame.show_tab("phases") and (page := self.frame.page("phases")) is not None:
            page.open_chapter("ending")

    def _on_summary(self) -> None:
        if self.frame.show_tab("reports") and (page := self.frame.page("reports")) is not None:
            page.show_kind("termination-summary")

    def reopen_course(self) -> None:
        """Go on with a course that had ended."""
        is_here = self.come()
        course = self.course()
        if is_here and course is not None and course.ended_on is not None:
            self.columns.bar.clear()
            self.push(ReopenCourse(self.desk.courses, course, self.refused.emit))

    def forget(self) -> None:
        """Let go of the client, and of what was typed into the forms."""
        self.show_client(None, ())
        for panel in (self.__dict__.get("course_panel"), self.__dict__.get("ending_panel")):
            if panel is not None:
                panel.clear()
