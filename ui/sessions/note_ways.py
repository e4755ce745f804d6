"""Where a note leads: its people on the circle, the course's tasks and goals, the entry about risk."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ui.page import Frame
from ui.sessions.last_time import LastTime
from ui.sessions.note_page import NotePage


class NoteWays(QObject):
    """`risk_entry_asked`: more about the risk asked about in the note that is open."""

    risk_entry_asked = Signal()

    def __init__(self, frame: Frame, note: NotePage, last_time: LastTime, parent: QObject) -> None:
        super().__init__(parent)
        self._frame = frame
        note.asked_for.connect(self._on_asked_for)
        last_time.phases_asked.connect(self._on_phases_asked)

    def _on_asked_for(self, what: str, record_id: str) -> None:
        if what == "person":
            self.go_to_person(record_id)
        elif what == "goals":
            self._on_phases_asked()
        elif what == "risk":
            self.risk_entry_asked.emit()

    def go_to_person(self, person_id: str) -> None:
        """Show someone on the circle."""
        if self._frame.show_tab("circle") and (page := self._frame.page("circle")) is not None:
            page.choose_person(person_id)

    def _on_phases_asked(self) -> None:
        self._frame.show_tab("phases")
