"""The Sessions tab: the sessions of a course on the left, the note of one of them beside it, last time in the margin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QAction, QHideEvent, QShowEvent

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.new_session import session_of_today
from ipt_desktop.domain.records import Document, Session
from ipt_desktop.domain.text import _
from ipt_desktop.services.session_scores import session_scores
from ui import theme
from ui.page import Frame, Page
from ui.sessions.actions import NEW, SELF_CHECK, session_actions
from ui.sessions.between import SessionsBetween
from ui.sessions.columns import SessionColumns
from ui.sessions.commands import SessionVerbs
from ui.sessions.course_notes import CourseNotes, read_course
from ui.sessions.kinds import kind_menu
from ui.sessions.last_time_words import tell_last_time
from ui.sessions.note_sight import NotePlace
from ui.sessions.note_ways import NoteWays
from ui.sessions.page_place import place_of, return_to_place
from ui.sessions.running_work import RunningWork
from ui.sessions.session_words import Note, is_attendance_open
from ui.sessions.session_work import SessionWork

if TYPE_CHECKING:
    from ipt_desktop.services.changes import Changed
    from ipt_desktop.services.desk import Desk


class SessionsPage(Page):
    """Sessions and notes of the course chosen. Only one note is open; whatever leaves it keeps it first."""

    def __init__(self, desk: Desk, frame: Frame) -> None:
        super().__init__(desk, frame)
        self.setObjectName("sessions_page")
        self._scale = theme.current().scale
        self._client_id: str | None = None
        self._course_id: str | None = None
        self._course: CourseNotes | None = None
        self._session_id = ""
        self._places: dict[str, tuple[str, NotePlace]] = {}  # course → the session last shown, and where in its note
        self._is_stale = False  # people or areas came or went: the note that is open offers the old ones
        self.columns = SessionColumns(desk, frame, self)
        self.list, self.note = self.columns.list, self.columns.note
        verbs = SessionVerbs(desk.sessions, self.columns.beside.flush, self._refused)
        self.work, self.running = SessionWork(self, verbs), RunningWork(self, verbs)
        self.setFocusProxy(self.list)
        self.between = SessionsBetween(self)
        self._actions = session_actions(self)
        self._connect()
        self._show_state()

    def _connect(self) -> None:
        self.list.session_chosen.connect(self._on_session_chosen)
        self.list.note_asked.connect(self.note.focus_note)
        self.list.remove_asked.connect(self.work.remove_session)
        self.list.add_asked.connect(self.work.new_session)
        self.columns.new_asked.connect(self.work.new_session)
        self.columns.offer_kinds(kind_menu(self.work, self, name="list_new_kind"))
        self.columns.clients_asked.connect(self._on_clients_asked)
        self.note.head.session_changed.connect(self.work.change_session)
        self.note.head.measures_asked.connect(self._on_measures_asked)
        self.note.form_changed.connect(self.refresh)
        self.note.refused.connect(self._refused)
        self._ways = NoteWays(self.frame, self.note, self.columns.last_time, self)
        self.columns.beside.made.connect(self._ways.follow)
        self.note.note_saved.connect(self._on_note_saved)
        self.columns.beside.note_saved.connect(self._on_note_saved)
        self.note.signing.session_asked.connect(self.ask_for_change)
        self.frame.changes.changed.connect(self._on_changed)

    @property
    def course(self) -> CourseNotes | None:
        """The course shown, as it was read last."""
        return self._course

    @property
    def session(self) -> Session | None:
        """The session whose note is open."""
        return self._course.session(self._session_id) if self._course else None

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_client(self, client_id: str | None, course_id: str | None) -> None:
        """Show this client's sessions in this course, and the note that was open there last."""
        if (client_id, course_id) == (self._client_id, self._course_id) and self._course is not None:
            self.refresh()
            return
        if not self.flush():
            return
        self._remember_place()
        self._follow_undo()
        self.note.forget()
        self._client_id, self._course_id, self._session_id = client_id, course_id, ""
        self._course = None
        self.refresh()

    def _on_step(self) -> None:
        """Take an offer to undo back: it stays only until the next verb of this client."""
        self.work.take_offer_back()
        self.running.take_offer_back()

    def refresh(self) -> None:
        """Read the course again; the note that is open stays as it is."""
        self._is_behind = False
        self._course = read_course(self.desk, self._course_id) if self._course_id else None
        self._show_state()
        self._follow_note()
        self.columns.beside.follow(self._course)
        self.columns.session_moving.follow(self._course)

    def _show_state(self) -> None:
        """Show what there is: sessions and a note, or what to do first."""
        course = self._course
        is_gone = course is None or course.session(self._session_id) is None
        if is_gone and self.note.writer.is_unsaved and not self.note.writer.flush():
            return  # words that are kept nowhere else stay in sight
        self.columns.show_what_there_is(
            has_client=self._client_id is not None, has_course=course is not None, has_sessions=bool(course and course.sessions)
        )
        self.columns.show_room(course is not None and any(each.is_running for each in course.sessions))
        self._enable_actions(is_shown=self.isVisible())
        if course is None or not course.sessions:
            self._let_go_of_note()
            self.list.show_lines((), "")
            return
        if course.session(self._session_id) is None:
            self._let_go_of_note()
            self._open(self._first_shown(course))
        self._show_list()
        self._show_head()

    def _first_shown(self, course: CourseNotes) -> Session:
        """Return the session to begin with: the one last shown, today's, else the latest one that is not still to come."""
        running = next((each for each in course.sessions if each.is_running), None)
        if running is not None:
            return running
        known = self._places[course.course.id][0] if course.course.id in self._places else ""
        now = datetime.now()
        so_far = [each for each in course.sessions if each.date <= now.date()]
        shown = course.session(known) or session_of_today(course.sessions, now)
        return shown or (so_far[-1] if so_far else course.sessions[0])

    def _show_list(self) -> None:
        if self._course is not None:
            self.list.show_lines(self._course.lines(datetime.now().date()), self._session_id)

    def _show_head(self) -> None:
        course, session = self._course, self.session
        if course is None or session is None:
            return
        today = datetime.now().date()
        signature = course.signature(session.id)
        marks = [_("late entry")] if signature is not None and signature.is_late_entry else []
        self.note.head.show_session(session, course.number(session.id), today, marks)
        measured = self.desk.measures.measured(course.course.client_id, course.course.id)
        self.note.head.show_measures(session_scores(self.desk, measured, session.id, signature))
        self.note.signing.keep_up()
        self.columns.last_time.tell(tell_last_time(self.desk, course, session), today)
        self.columns.jottings.set_in_room(session.is_running)
        self._show_now()

    def _show_now(self) -> None:
        """Tell the card *Last time* what this session's own note says to it."""
        now = self._course.notes.get(self._session_id) if self._course else None
        if now is not None:
            self.columns.last_time.tell_now(now.form, now.document.answers)

    def _open(self, session: Session) -> bool:
        """Show a session's note; False where the one before could not be kept."""
        if self._course is None or self._client_id is None or not self.flush() or not self.columns.beside.makes_way(session.id):
            return False
        try:
            document = self.desk.documents.open_document(
                Purpose.PROGRESS_NOTE, self._client_id, course_id=session.course_id, session_id=session.id
            )
            self.note.show_room(session.is_running)
            if not self._show_document(document):
                return False
        except PracticeError as error:
            self._refused(str(error))
            return False
        self._session_id = session.id
        self.columns.history.follow(document.id)
        self.columns.moving.forget()
        self.columns.session_moving.put_away()
        self.columns.beside.show_session(self._client_id, session.id)
        self._show_unfolded(session)
        shown, place = self._places.pop(self._course.course.id, ("", None))
        if place is not None and shown == session.id:
            self.note.return_to(place)
        return True

    def _show_document(self, document: Document) -> bool:
        """Show a document as the note; what it may name is read anew."""
        course = self._course
        session = course.session(document.session_id or "") if course else None
        if course is None or session is None:
            return False
        _earlier, before = course.before(session)
        return self.note.open(document, course.offered(self.desk, session), before)

    def _follow_note(self) -> None:
        """Go on from what was written into the open note in another tab, where nothing typed here waits to be kept."""
        writer, course, session = self.note.writer, self._course, self.session
        shown = writer.document
        if shown is None or course is None or session is None or writer.is_rescued:
            return
        latest = course.notes[session.id].document if session.id in course.notes else None
        has_left = latest is None and shown.revision > 0  # it was moved to another client
        is_newer = has_left or (latest is not None and (shown.id != latest.id or shown.revision < latest.revision))
        has_turned = self.note.is_in_room != session.is_running
        if has_turned or (is_newer and not writer.is_unsaved):
            place = self.note.place()
            if self._open(session):
                self._show_head()
                self.note.return_to(place)

    def _show_unfolded(self, session: Session) -> None:
        """In the room four things are asked; the rest unfolds when the session is over, attendance then too."""
        now = datetime.now()
        ends = datetime.combine(session.date, session.ends_at) if session.ends_at else None
        is_over = session.closed_at is not None or session.date < now.date()
        is_over = not session.is_running and (is_over or (ends is not None and session.date == now.date() and ends <= now))
        self.note.fold_later(not is_over)
        self.note.head.unfold_facts(is_over and is_attendance_open(session) and session.closed_at is None)

    def _let_go_of_note(self) -> None:
        self.running.put_strip_away()
        self._session_id = ""
        self.columns.beside.forget()
        self.columns.history.forget()
        self.note.forget()
        self.columns.last_time.forget()

    def _remember_place(self) -> None:
        if self._course_id and self._session_id:
            self._places[self._course_id] = (self._session_id, self.note.place())

    # -- verbs -----------------------------------------------------------------------------------------------------

    def choose_session(self, session_id: str) -> bool:
        """Show another session's note, once the present one is kept; else stay and return False."""
        if session_id == self._session_id:
            return True
        self.note.head.facts.flush()
        session = self._course.session(session_id) if self._course else None
        is_shown = session is not None and self._open(session)
        if is_shown:
            self._show_head()
        self.list.choose(self._session_id)
        return is_shown

    def go_to_session(self, session_id: str) -> None:
        """Show the note of a session, and put the cursor into it."""
        if self.choose_session(session_id):
            self.note.focus_note()

    def add_addendum(self, session_id: str) -> None:
        """Show the signed note of a session, and begin an addendum to it."""
        if self.choose_session(session_id):
            self.note.signing.add_addendum()

    def start_session(self) -> None:
        """Begin today's session, or go on with it, and put the cursor into its note."""
        self.running.start_session()

    def end_session(self) -> None:
        """Open the closing strip over the note of the running session."""
        self.running.end_session()

    def _on_session_chosen(self, session_id: str) -> None:
        self.choose_session(session_id)

    def _on_note_saved(self, document: object) -> None:
        if isinstance(document, Document) and self._course is not None and document.session_id:
            self._course.notes[document.session_id] = Note(document, self.desk.documents.form_of(document))
            self._show_list()
            self._show_now()

    def _on_changed(self, change: Changed) -> None:
        """Follow what was stored elsewhere; the saves of the open note tell themselves."""
        if self._client_id is None or self.columns.beside.is_own(change.origin):
            return
        self._is_stale = self._is_stale or change.touches("person", "problem_area")
        if change.touches("course") and self.frame.client_id == self._client_id and self.frame.course_id != self._course_id:
            self.show_client(self._client_id, self.frame.course_id)
        elif change.touches("session", "document", "phase_change", "course", "signature", "measure_result", "measure_plan"):
            self._keep_up()

    def _on_measures_asked(self) -> None:
        self.frame.show_tab("progress")

    def _on_clients_asked(self) -> None:
        self.frame.show_tab("clients")

    # -- Page ------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with other tabs: what was stored, and who can be named in the note now."""
        super().showEvent(event)
        self._enable_actions(is_shown=True)
        document = self.note.writer.document
        if self._is_stale and document is not None and self.flush():
            self._is_stale = False
            self._show_document(self.note.writer.document or document)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the keys to the tab that is shown."""
        super().hideEvent(event)
        self._enable_actions(is_shown=False)

    def _enable_actions(self, *, is_shown: bool) -> None:
        """Let what acts on the note in sight be asked for only while it is in sight."""
        for action in (each for actions in self._actions.values() for each in actions):
            is_away = action.objectName() == SELF_CHECK and (self.columns.is_in_room or self.frame.is_in_room)
            action.setEnabled((is_shown or action.objectName() in NEW) and not is_away)

    def changeEvent(self, event: QEvent) -> None:
        """Set the note anew when the text size changes, once the style sheet has been through."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and theme.current().scale != self._scale:
            self._scale = theme.current().scale
            QTimer.singleShot(0, self, self._on_text_grown)

    def _on_text_grown(self) -> None:
        self.columns.grow()
        session = self.session
        if session is not None and self.flush():
            place, is_unfolded = self.note.place(), self.note.head.is_unfolded
            if self._open(session):
                self.note.return_to(place)
                self.note.head.unfold_facts(is_unfolded)

    def flush(self) -> bool:
        """Keep what is typed in the note and in the fields of its session, and wait for it."""
        self.note.head.facts.flush()
        self.note.view.keep_parts()
        return self.columns.beside.flush()

    def forget(self) -> None:
        """Let go of every clinical word."""
        self._leave_undo()
        self.columns.side.put_away()
        self.note.writer.close()
        self.columns.beside.put_away()
        self.note.signing.close()
        self._client_id = self._course_id = self._course = None
        self._places.clear()
        self._let_go_of_note()
        self.note.pen.forget()
        self.columns.forget()
        self.list.show_lines((), "")
        self.columns.show_what_there_is(has_client=False, has_course=False, has_sessions=False)

    def place(self) -> object:
        """Return the session shown and where in its note the cursor is, what is beside it and how it is written in; or None."""
        return place_of(self, self._session_id)

    def return_to(self, place: object) -> None:
        """Open the session again, with the cursor where it was and the keyboard in it."""
        return_to_place(self, place)

    def sign_note(self, *, at_missing: bool = False) -> None:
        """Ask what it takes to sign the note the keyboard is in, or say why it can't be; `at_missing` as in `ask_to_sign`."""
        self.columns.beside.active.signing.ask_to_sign(at_missing=at_missing)

    def ask_for_change(self) -> None:
        """Unfold the fields of the session and go to the first."""
        if self._session_id:
            self.note.head.unfold_facts()
            self.note.head.facts.focus_first()

    def menus(self) -> dict[str, Sequence[QAction]]:
        """Return the verbs of the Session menu, and what View can show."""
        return self._actions
