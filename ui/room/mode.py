"""Room mode: on while a session is running, and on again when the practice is opened after a crash."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from ipt_desktop.domain.course import numbers
from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.records import Client, Course, Session
from ipt_desktop.domain.text import _
from ui.key_choices import END, START

if TYPE_CHECKING:
    from ui.room.strip import RoomStrip, RoomWords
    from ui.workspace import Workspace

RUNS_ALREADY = "runs_already"


class RoomMode(QObject):
    """Follows the stored running session: which strip is shown, who is called by initials, what idleness does.

    `turned` when a session has begun or ended, so that names are shown anew.
    """

    turned = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace, self._desk = workspace, workspace.desk
        self._session: Session | None = None
        self._course: Course | None = None
        self._client: Client | None = None
        self._strip: RoomStrip | None = None
        self._save_state: tuple[str, datetime | None, str] | None = None
        self._is_strip_wanted = True
        workspace.keys.changed.connect(self._name_keys)
        self._name_keys()

    def _name_keys(self) -> None:
        keys = self._workspace.keys
        self._workspace.strip.name_key(keys.words(START))
        if self._strip is not None:
            self._strip.name_key(keys.words(END))

    @property
    def is_on(self) -> bool:
        """Whether a session is running: then every client goes by initials."""
        return self._session is not None

    def follow(self) -> None:
        """Read which session is running."""
        try:
            session = self._desk.sessions.running()
            course = self._desk.courses.course(session.course_id) if session else None
            client = self._desk.clients.client(course.client_id) if course else None
        except PracticeError:  # a damaged practice is shown as it can be read
            session = course = client = None
        was, self._session = self._session, session
        self._course, self._client = course, client
        self._tell_lock(was)
        if (was is None) != (session is None):
            self.turned.emit()

    def _tell_lock(self, was: Session | None) -> None:
        """Let idleness cover instead of lock while a session is being held."""
        running, session = self._workspace.running_session, self._session
        if session is not None and session.begun_at is not None and self._course is not None:
            if was is None or was.begun_at != session.begun_at:
                since = datetime.now(session.begun_at.tzinfo) - session.begun_at
                running.begin(self._course.minutes, seconds_ago=max(0.0, since.total_seconds()))
        elif was is not None:
            running.end()

    # -- the strip -------------------------------------------------------------------------------------------------

    def show_strip(self, *, is_wanted: bool | None = None) -> None:
        """Show the strip of the room in place of the client's while the client of the running session is open.

        With `is_wanted` False (over the settings) neither is shown.
        """
        workspace = self._workspace
        if is_wanted is not None:
            self._is_strip_wanted = is_wanted
        words = self._words()
        if words is not None and self._strip is None:
            self._strip = self._make_strip()
        workspace.strip.setVisible(self._is_strip_wanted and words is None)
        if self._strip is not None:
            self._strip.show_words(words)
            self._strip.setVisible(self._is_strip_wanted and words is not None)

    def _make_strip(self) -> RoomStrip:
        from ui.room.strip import RoomStrip

        strip = RoomStrip(self._workspace)
        strip.end_asked.connect(self.end_session)
        strip.name_key(self._workspace.keys.words(END))
        if isinstance(column := self._workspace.layout(), QVBoxLayout):
            column.insertWidget(0, strip)
        if self._save_state is not None:
            strip.save_state.show_state(*self._save_state)
        return strip

    def show_save_state(self, state: str, at: datetime | None, detail: str) -> None:
        """Show what became of what was typed."""
        self._save_state = (state, at, detail)
        if self._strip is not None:
            self._strip.save_state.show_state(state, at, detail)

    def _words(self) -> RoomWords | None:
        session, course, client = self._session, self._course, self._client
        if session is None or course is None or client is None or session.begun_at is None:
            return None
        if client.id != self._workspace.client_id:
            return None
        from ipt_desktop.domain.session_words import title_of
        from ui.room.strip import RoomWords
        from ui.strip_facts import initials_of

        number = numbers(self._desk.sessions.sessions(course.id)).get(session.id)
        title = title_of(session, number)
        if number is not None and number <= course.planned_sessions:
            title = _("{session} of {planned}").format(session=title, planned=course.planned_sessions)
        initials = initials_of(client).replace(".", ". ").replace("  ", " ").strip()
        return RoomWords(initials, title, session.begun_at, course.minutes)

    # -- verbs -----------------------------------------------------------------------------------------------------

    def start_session(self) -> None:
        """Go to Sessions and begin today's session; while another client's is running, say so and offer the way there."""
        workspace = self._workspace
        if self._session is not None and self._client is not None and self._client.id != workspace.client_id:
            self._say_another()
            return
        page = workspace.page("sessions")
        if page is not None and workspace.show_tab("sessions"):
            page.start_session()

    def _say_another(self) -> None:
        begun = self._session.begun_at if self._session else None
        since = f"{begun.astimezone():%H:%M}" if begun else ""
        self._workspace.say(
            _("Another session is running"),
            _("It began at {time}. End it first; only one runs at a time.").format(time=since),
            tone="caution",
            actions=(("go_to_running", _("Go to it"), self.go_to_running),),
        )

    def go_to_running(self) -> None:
        """Open the client of the running session, at its note."""
        workspace = self._workspace
        if self._client is not None and self._course is not None:
            workspace.bar.clear()
            if workspace.choose_client(self._client.id, self._course.id):
                workspace.show_tab("sessions")

    def end_session(self) -> None:
        """Go to the running session and open the closing strip."""
        workspace = self._workspace
        if self._session is None:
            return
        if self._client is not None and self._client.id != workspace.client_id:
            self.go_to_running()
        page = workspace.page("sessions")
        if page is not None and workspace.show_tab("sessions"):
            page.end_session()

    def resume(self) -> bool:
        """Go to the session that still runs, as after a crash; False where none does."""
        if self._session is None or self._client is None or self._course is None:
            return False
        self.go_to_running()
        return self._workspace.client_id == self._client.id

    def forget(self) -> None:
        """Let go of every word."""
        self._session = self._course = self._client = None
        self._save_state = None
        if self._strip is not None:
            self._strip.show_words(None)
