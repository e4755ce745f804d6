"""The line "In notes of" below a person: each day leads to that session's note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.dates import long_date, short_date
from ipt_desktop.domain.text import _
from ui.page import Frame
from ui.widgets.buttons import link
from ui.widgets.chips import ChipRow
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk

MOST_DAYS = 4


class NamedInNotes(ChipRow):
    """Away where no note names the person. Only the latest days stand here."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent, name="named_in_notes", spoken=_("In notes of"))
        self._desk, self._frame = desk, frame
        self.hide()

    def show_person(self, course_id: str, person_id: str) -> None:
        """Show in which notes of this course the person is named."""
        from ipt_desktop.services.naming_notes import sessions_naming

        self.forget()
        sessions = sessions_naming(self._desk.documents, self._desk.sessions, course_id, person_id)
        if not sessions:
            return
        self.add(label(_("In notes of"), self, kind="caption", tone="text_soft", name="named_in_notes_words"))
        for session in sessions[:MOST_DAYS]:
            spoken = _("Note of {day}").format(day=long_date(session.date))
            day = link(short_date(session.date), self, name=f"named_in_{session.id}", spoken=spoken)
            day.setProperty("session", session.id)
            day.clicked.connect(self._on_day)
            self.add(day)
        if (more := len(sessions) - MOST_DAYS) > 0:
            words = _("and {count} earlier").format(count=more)
            self.add(label(words, self, kind="caption", tone="text_soft", name="named_in_notes_more"))
        self.show()

    def forget(self) -> None:
        """Let go of the days."""
        self.clear()
        self.hide()

    def _on_day(self) -> None:
        session_id = str(self.sender().property("session"))
        if self._frame.show_tab("sessions") and (page := self._frame.page("sessions")) is not None:
            page.choose_session(session_id)
