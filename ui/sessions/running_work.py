"""The verbs of a session that runs: starting it, ending it by the closing strip, taking it up again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ipt_desktop.domain.course import COUNTED_KINDS
from ipt_desktop.domain.new_session import actual_times, fees_of, following, next_after, pattern_of, session_now, to_start
from ipt_desktop.domain.records import Session
from ipt_desktop.domain.session_words import times_words, title_of
from ipt_desktop.domain.text import _
from ipt_desktop.services.sessions import Ending
from ui.sessions.closing_strip import Asked, Closing, ClosingStrip
from ui.sessions.commands import SessionVerbs
from ui.sessions.next_date import When
from ui.sessions.running_commands import EndSession, ReopenSession, StartSession

if TYPE_CHECKING:
    from ui.sessions.page import SessionsPage


class RunningWork(QObject):
    """What can be done with the session that runs in the course shown on `page`."""

    def __init__(self, page: SessionsPage, verbs: SessionVerbs) -> None:
        super().__init__(page)
        self._page, self._frame, self._verbs = page, page.frame, verbs
        self._strip: ClosingStrip | None = None
        self._said = ""

    @property
    def strip(self) -> ClosingStrip | None:
        """The closing strip, while it is open."""
        return self._strip

    def running(self) -> Session | None:
        """Return the session of this course that runs, or None."""
        sessions = self._page.course.sessions if self._page.course else ()
        return next((each for each in sessions if each.is_running), None)

    # -- start -----------------------------------------------------------------------------------------------------

    def start_session(self) -> None:
        """Begin the session meant, or make it; go on with one that runs already. The cursor stands in its note then."""
        page, now = self._page, datetime.now()
        if page.course is None or not page.flush():
            return
        wanted = self.running()
        if wanted is None:
            course, known = page.course.course, page.course.sessions
            shown = page.session if page.session in (open_ := self._unsigned(known)) else None
            planned = to_start(open_, shown, now)
            wanted = planned or session_now(course, known, now)
            command = StartSession(self._verbs, wanted, is_new=planned is None)
            self._frame.undo_stack().push(command)
            page.refresh()
            if not command.is_done:
                return
        if page.choose_session(wanted.id):
            page.note.focus_note()

    def _unsigned(self, sessions: Sequence[Session]) -> list[Session]:
        """Return the sessions that can begin: one whose note is signed is over."""
        course = self._page.course
        return [each for each in sessions if course is not None and course.signature(each.id) is None]

    # -- end -------------------------------------------------------------------------------------------------------

    def end_session(self) -> None:
        """Ask how the running session went; a second time, go back to what is asked."""
        page, session = self._page, self.running()
        if self._strip is not None:
            self._strip.focus_first()
            return
        if session is None or page.course is None or not page.choose_session(session.id) or not page.flush():
            return
        course, known = page.course.course, page.course.sessions
        actual = actual_times(session, course.minutes, datetime.now().astimezone())
        asked = Asked(
            session=actual,
            title=title_of(session, page.course.number(session.id)),
            next=next_after(course, known, session),
            fees=fees_of(known),
            form=page.note.form,
            answers=page.note.view.answers(),
        )
        self._strip = ClosingStrip(asked, page)
        self._strip.closed.connect(self._on_closed)
        self._strip.left.connect(self._on_left)
        self._strip.answered.connect(page.note.view.put_answer)
        self._strip.show()
        self._strip.raise_()
        self._strip.focus_first()

    def put_strip_away(self) -> None:
        """Take the closing strip away; what was answered in it is in the note."""
        if self._strip is not None:
            strip, self._strip = self._strip, None
            strip.forget()

    def _on_left(self) -> None:
        self.put_strip_away()
        self._page.note.focus_note()

    def _on_closed(self, closing: object) -> None:
        session = self.running()
        if not isinstance(closing, Closing) or session is None or not self._page.flush():
            return
        said = closing.session
        ending = Ending(
            on=said.date,
            starts_at=said.starts_at,
            ends_at=said.ends_at,
            attendance=said.attendance,
            fee=said.fee,
            next=self._next(session, closing.next),
        )
        command = EndSession(self._verbs, session, ending)
        self._frame.undo_stack().push(command)
        if command.is_done:
            self.put_strip_away()
        self._page.refresh()
        if command.is_done:
            self._say_ended(session.id)
            self._page.note.unfold_all()
            if closing.signs_now:
                self._page.sign_note(at_missing=True)

    def _next(self, session: Session, when: When | None) -> Session | None:
        """Return the next session, unless that day has one already."""
        course = self._page.course
        if when is None or course is None:
            return None
        on, at = when
        has_one = any(each.date == on and each.id != session.id and each.kind in COUNTED_KINDS for each in course.sessions)
        return None if has_one else following(course.course, pattern_of(course.sessions, session), on, at)

    def _say_ended(self, session_id: str) -> None:
        course = self._page.course
        session = course.session(session_id) if course else None
        if session is None or course is None:
            return
        self._said = _("{session} has ended").format(session=title_of(session, course.number(session_id)))
        reopen = ("session_reopen", _("Reopen"), self._on_undo_asked)
        self._page.note.bar.say(self._said, times_words(session), actions=(reopen,))

    # -- take up again ---------------------------------------------------------------------------------------------

    def reopen_session(self) -> None:
        """Let the session shown run on, if it was ended."""
        page, session = self._page, self._page.session
        if session is None or session.closed_at is None or not page.flush():
            return
        self._frame.undo_stack().push(ReopenSession(self._verbs, replace(session)))
        page.refresh()

    def take_offer_back(self) -> None:
        """Take the offer to reopen back: it stays only until the next verb of this client."""
        if self._said and self._page.note.bar.title() == self._said:
            self._page.note.bar.clear()
        self._said = ""

    def _on_undo_asked(self) -> None:
        self._frame.undo_stack().undo()
        self._page.refresh()
