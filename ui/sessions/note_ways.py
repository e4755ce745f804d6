"""Where a note leads: its people on the circle, the course's tasks and goals, the entry about risk; and from there back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.form import Means, is_blank
from ipt_desktop.domain.session_records import risk_id_of
from ipt_desktop.domain.text import _
from ui.page import Frame, Page
from ui.risk.opening import WayBack, open_risk
from ui.sessions.last_time import LastTime
from ui.sessions.note_page import NotePage
from ui.turn.answering import DUE


class NoteWays(QObject):
    """Goes where a note asks to go; each note that is shown is followed."""

    def __init__(self, frame: Frame, note: NotePage, last_time: LastTime, page: Page) -> None:
        super().__init__(page)
        self._frame, self._page, self._note = frame, page, note
        self.follow(note)
        last_time.phases_asked.connect(self._on_phases_asked)
        last_time.enter_asked.connect(self._on_enter_asked)
        last_time.turn_asked.connect(self._on_turn_asked)

    def follow(self, note: NotePage) -> None:
        """Go where this note asks to go."""
        note.asked_for.connect(partial(self._on_asked_for, note))
        note.print_asked.connect(partial(self._on_print_asked, note))

    def _on_asked_for(self, note: NotePage, what: str, record_id: str) -> None:
        if what == "person":
            self.go_to_person(record_id)
        elif what == "goals":
            self._on_phases_asked()
        elif what == "goal":
            self._go_to_goal(note, record_id)
        elif what == "risk":
            self.go_to_risk(note)

    def go_to_person(self, person_id: str) -> None:
        """Show someone on the circle."""
        if self._frame.show_tab("circle") and (page := self._frame.page("circle")) is not None:
            page.choose_person(person_id)

    def _go_to_goal(self, note: NotePage, goal_id: str) -> None:
        """Show where it is said how far a goal is, in the session of the note."""
        document = note.writer.document
        if document is not None and self._frame.show_tab("phases") and (page := self._frame.page("phases")) is not None:
            page.ask_how_far(goal_id, document.session_id or "")

    def go_to_risk(self, note: NotePage) -> None:
        """Show the whole entry about the risk asked about in a note; what is done with there leads back here."""
        document = note.writer.document
        if document is None or not document.session_id:
            return
        back = partial(self._come_back, note, document.client_id, document.course_id, self._page.place())
        open_risk(self._frame, risk_id_of(document.session_id), WayBack(document.session_id, back))

    def _come_back(self, note: NotePage, client_id: str, course_id: str | None, place: object) -> None:
        """Go back to where one was in the notes, with the keyboard where one left."""
        frame = self._frame
        if frame.course_id != course_id and not frame.choose_client(client_id, course_id):
            return
        if not frame.show_tab("sessions"):
            return
        self._page.return_to(place)
        asked = note.form.field_that_means(Means.RISK) if note.form else None
        link = note.view.findChild(QWidget, f"field_{asked.key}_more") if asked else None
        if link is not None and link.isVisible():
            link.setFocus()

    def _on_print_asked(self, note: NotePage) -> None:
        """Show the note as a page in the Reports tab, where it is looked at before it is printed."""
        if not note.writer.flush() or (document := note.writer.document) is None:
            return
        if is_blank(document.answers):
            note.bar.say(_("Nothing to print"), _("Nothing is written in this note yet."))
            return
        if self._frame.show_tab("reports") and (page := self._frame.page("reports")) is not None:
            page.show_kind("session-notes", document.session_id or "")

    def _on_phases_asked(self) -> None:
        self._frame.show_tab("phases")

    def _on_enter_asked(self) -> None:
        """Show where the measures due are entered, for the session of the note."""
        session_id = self._session_id()
        if self._frame.show_tab("progress") and (page := self._frame.page("progress")) is not None:
            page.enter_measure(session_id=session_id)

    def _on_turn_asked(self) -> None:
        """Let the client answer the measures due, for the session of the note."""
        self._frame.turn_to_client(measure=DUE, session_id=self._session_id())

    def _session_id(self) -> str:
        document = self._note.writer.document
        return document.session_id or "" if document is not None else ""
