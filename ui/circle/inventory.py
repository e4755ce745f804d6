"""The interpersonal inventory of the person chosen: the six prompts, those of the problem area worked on, the rest folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.text import _
from ui import theme
from ui.circle.named_in_notes import NamedInNotes
from ui.circle.prompt_walk import PromptWalk
from ui.forms.document_writer import DocumentWriter
from ui.forms.form_view import FormView
from ui.forms.writing.pen import Pen
from ui.page import Frame
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


class InventoryEntry(QWidget):
    """The inventory entry of one person in a course; opened once the choice rests, so that keys can run through people."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("inventory_entry")
        self._desk = desk
        self._wanted: tuple[str, str, str] | None = None  # client, course, person
        self._shown: tuple[str, str, str] | None = None
        self._client_id: str | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        self.named_in = NamedInNotes(desk, frame, self)
        column.addWidget(self.named_in)
        column.addWidget(label(_("Interpersonal inventory"), self, kind="strong"))
        self.view = FormView(theme.current(), self, Pen(desk, frame, self))
        self.walk = PromptWalk(self.view, self)
        column.addWidget(self.walk)
        column.addWidget(self.view)
        self.writer = DocumentWriter(desk, frame, self.view, self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(150)
        self._rest.timeout.connect(self.open_now)
        self.hide()

    def show_person(self, client_id: str | None, course_id: str | None, person_id: str) -> None:
        """Show the entry of this person in this course, or none."""
        wanted = (client_id, course_id, person_id) if client_id and course_id and person_id else None
        if wanted == self._wanted:
            return
        if client_id != self._client_id:
            self._client_id = client_id
            self.walk.forget()  # where one was in the entries of another client's people
        self._wanted = wanted
        if self.writer.close():
            self.hide()
            self._shown = None
            self._rest.start()

    def open_now(self) -> None:
        """Open the entry that is wanted, without waiting for the choice to rest."""
        self._rest.stop()
        if self._wanted is None or self._wanted == self._shown:
            return
        client_id, course_id, person_id = self._wanted
        document = self._desk.documents.open_document(
            Purpose.INVENTORY_ENTRY, client_id, course_id=course_id, about_id=person_id
        )
        agreed = self._desk.phases.problem_areas(course_id)
        worked_on = [each.area for each in agreed if each.ended_on is None]
        wording = self._desk.courses.wording(self._desk.courses.course(course_id))
        areas = wording.areas_to_choose({each.area for each in agreed})
        if self.writer.open(document, areas=areas, worked_on=worked_on, label_column=0):
            self._shown = self._wanted
            self.named_in.show_person(course_id, person_id)
            self.show()
            self.walk.begin(person_id)

    def go_on(self) -> None:
        """Open the entry that is wanted and put the keyboard where the therapist was in it, at first into the first prompt."""
        self.open_now()
        if self._shown is not None and self._shown == self._wanted:
            self.walk.go_on()

    def flush(self) -> bool:
        """Keep what is typed; False where that failed."""
        return self.writer.flush()

    def forget(self) -> None:
        """Let go of every word."""
        self._rest.stop()
        self._wanted = self._shown = None
        self.walk.forget()
        self.named_in.forget()
        self.writer.forget()
        self.hide()
