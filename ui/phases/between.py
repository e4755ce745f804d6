"""What happens between sessions, on the Phases tab: tasks and worksheets, joined to the practice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.form import Form, Purpose
from ipt_desktop.domain.records import Document, Tie
from ipt_desktop.domain.session_records import Step
from ipt_desktop.domain.text import _
from ipt_desktop.domain.worksheet import day_of
from ui.page import Frame
from ui.phases.reading import CourseReading, long_day_words
from ui.phases.sheet_commands import RemoveSheet
from ui.phases.sheet_page import SheetPage
from ui.phases.sheets_part import SheetsPart, sheet_lines
from ui.phases.step_commands import AddStep, ChangeStep, RemoveStep, ReviewStep
from ui.phases.steps_part import StepsPart
from ui.verb import Together, Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ipt_desktop.services.steps import ToldStep
    from ipt_desktop.services.worksheets import Worksheet

PLACE = "worksheet"


class BetweenPart(QWidget):
    """Tasks, and the worksheets (`sheets`), for which the card finds a place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("between_sessions")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.steps = StepsPart(self)
        self.sheets = SheetsPart(self)
        column.addWidget(self.steps)

    def forget(self) -> None:
        """Let go of every word."""
        self.steps.forget()
        self.sheets.forget()


class BetweenSessions(QObject):
    """Shows tasks and worksheets of the course and does what is asked; `show_page` brings a page of the tab forward."""

    def __init__(
        self,
        desk: Desk,
        frame: Frame,
        part: BetweenPart,
        page: SheetPage,
        push: Callable[[Verb], None],
        refused: Told,
        show: Callable[[], None],
    ) -> None:
        super().__init__(part)
        self._desk, self._frame, self._push, self._refused, self._show = desk, frame, push, refused, show
        self.steps, self.sheets, self.page = part.steps, part.sheets, page
        self._part = part
        self._reading: CourseReading | None = None
        self._told: list[ToldStep] = []
        self._offered: object = None
        self._is_offering = False
        self.is_open = False
        self.steps.add_asked.connect(self.ask_for_step)
        self.steps.step_kept.connect(self._on_step_kept)
        self.steps.step_reviewed.connect(self._on_step_reviewed)
        self.steps.step_removed.connect(self._on_step_removed)
        self.sheets.opened.connect(self.open_sheet)
        self.sheets.begin_asked.connect(self.begin_sheet)
        self.sheets.removed.connect(self._on_sheet_removed)
        self.page.left.connect(self.leave_sheet)
        self.page.removed.connect(self._on_sheet_removed)
        self.page.circle_asked.connect(self._on_circle_asked)

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_course(self, reading: CourseReading) -> None:
        """Show the tasks and worksheets of a course. A worksheet of another one that is open is closed."""
        if self._reading is not None and self._reading.course.id != reading.course.id:
            self._close_sheet()
        self._reading = reading
        self._told = self._desk.steps.told(reading.course.id)
        self.steps.show_steps(reading.course.id, self._told, reading.people, reading.today)
        if not self._is_offering:
            self._is_offering = True
            self.sheets.offer(self.forms)
        self.show_sheets()

    def show_sheets(self) -> None:
        """Read the worksheets again."""
        reading = self._reading
        if reading is None:
            return
        sheets = self._desk.worksheets.of_course(reading.course.id)
        self.sheets.show_lines(sheet_lines(sheets, reading.people, reading.today))
        document = self.page.writer.document
        if not self.is_open or document is None or self.page.writer.is_unsaved:
            return
        if document.revision and document.id not in {each.document.id for each in sheets}:
            self.page.forget()  # taken out by undo or redo
            self.is_open = False
        elif self._offered != (reading.people, ties := self._ties(reading)) and self.page.open_again(reading.people, ties):
            self._offered = reading.people, ties

    def forget(self) -> None:
        """Let go of every word."""
        self._reading, self._told, self._offered, self.is_open = None, [], None, False
        self._part.forget()
        self.page.forget()

    @property
    def forms(self) -> tuple[Form, ...]:
        """The worksheets that can be begun."""
        return self._desk.resources.forms_for(Purpose.WORKSHEET)

    def _ties(self, reading: CourseReading) -> list[Tie]:
        return self._desk.circles.ties(reading.course.client_id)

    # -- tasks -----------------------------------------------------------------------------------------------------

    def ask_for_step(self) -> None:
        """Open the editor for a new task, of today's session where there is one."""
        reading = self._reading
        if reading is not None:
            session = reading.session_on(reading.today)
            agreed = {"agreed_on": reading.today, "session_id": session.id if session else None}
            self.steps.ask_for_step(Step(course_id=reading.course.id, words="", **agreed))  # type: ignore[arg-type]

    def _stored(self, step: Step) -> Step | None:
        return next((each.step for each in self._told if each.step.id == step.id), None)

    def _on_step_kept(self, step: Step) -> None:
        old = self._stored(step)
        if old is None:
            self._push(AddStep(self._desk.steps, step, self._refused))
            return
        agreed = replace(old, words=step.words, person_id=step.person_id, due=step.due)
        parts: list[Verb] = []
        if agreed != old:
            parts.append(ChangeStep(self._desk.steps, old, agreed, self._refused))
        if step != agreed:
            parts.append(ReviewStep(self._desk.steps, old, step, self._refused))
        if parts:
            self._push(parts[0] if len(parts) == 1 else Together(parts, _("Change a task"), self._refused))

    def _on_step_reviewed(self, step: Step) -> None:
        old = self._stored(step)
        if old is not None and step != old:
            self._push(ReviewStep(self._desk.steps, old, step, self._refused))

    def _on_step_removed(self, step: Step) -> None:
        self._push(RemoveStep(self._desk.steps, step, self._refused))

    # -- worksheets ------------------------------------------------------------------------------------------------

    def open_sheet(self, document_id: str) -> bool:
        """Show a worksheet in place of the course; False where that can't be."""
        reading = self._reading
        if reading is None or not self.page.flush():
            return False
        try:
            return self._open(self._desk.documents.document(document_id), reading)
        except PracticeError as error:
            self._refused(str(error))
            return False

    def begin_sheet(self, key: str, session_id: str = "", person_id: str = "", tie_id: str = "") -> bool:
        """Begin a worksheet of this form and show it, of a session ("": today's, where there is one)."""
        reading = self._reading
        form = next((each for each in self.forms if each.key == key), None)
        if reading is None or form is None or not self.page.flush():
            return False
        session = reading.session_on(reading.today)
        begun_in = session_id or (session.id if session is not None else None)
        about = {"person_id": person_id or None, "tie_id": tie_id or None}
        return self._open(self._desk.worksheets.begun(form, reading.course, session_id=begun_in, **about), reading)

    def sheet_of_session(self, key: str, session_id: str, person_id: str = "") -> bool:
        """Show the worksheet of this form that was begun in a session; where there is none, begin it."""
        known = [each.document for each in self._known() if each.form.key == key and each.document.session_id == session_id]
        return self.open_sheet(known[0].id) if known else self.begin_sheet(key, session_id, person_id)

    def _open(self, document: Document, reading: CourseReading) -> bool:
        ties = self._ties(reading)
        if not self.page.open(document, self._when(document, reading), reading.people, ties):
            return False
        self._offered = reading.people, ties
        self.is_open = True
        self._show()
        self.page.view.focus_first()
        return True

    def _when(self, document: Document, reading: CourseReading) -> str:
        day: date = day_of(document, reading.sessions)
        number = reading.session_number(document.session_id)
        words = long_day_words(day)
        return _("{day} · session {number}").format(day=words, number=number) if number else words

    def leave_sheet(self) -> None:
        """Go back to the course, once what is typed is kept."""
        if not self.is_open:
            return
        document_id = self.page.document_id
        if self._close_sheet():
            self._show()
            self.show_sheets()
            self.sheets.take_keyboard(document_id)

    def put_away(self) -> bool:
        """Close the worksheet that is open, to make room for another page; False where it could not be kept."""
        return self._close_sheet()

    def _close_sheet(self) -> bool:
        if self.is_open and not self.page.close_sheet():
            return False
        self.is_open = False
        return True

    def _on_sheet_removed(self, document_id: str) -> None:
        document = self.page.writer.document
        is_unwritten = False
        if self.is_open and document is not None and document.id == document_id:
            if not self.page.flush():
                return
            is_unwritten = (self.page.writer.document or document).revision == 0
            self._close_sheet()
            self._show()
        if not is_unwritten:
            self._push(RemoveSheet(self._desk.worksheets, document_id, self._refused))
        self.show_sheets()
        self.sheets.take_keyboard("")

    def _on_circle_asked(self, person_id: str, tie_id: str) -> None:
        """Go to the person and the tie on the circle, where that tab can show them."""
        if self._frame.show_tab("circle") and (page := self._frame.page("circle")) is not None:
            page.show_about(person_id, tie_id)

    # -- where one is ----------------------------------------------------------------------------------------------

    def place(self) -> object:
        """Return which worksheet is open, or None."""
        return (PLACE, self.page.document_id) if self.is_open else None

    def return_to(self, place: object) -> None:
        """Open that worksheet again, as far as it is there."""
        match place:
            case (str(kind), str(document_id)) if kind == PLACE and document_id:
                if any(each.document.id == document_id for each in self._known()):
                    self.open_sheet(document_id)

    def _known(self) -> list[Worksheet]:
        return self._desk.worksheets.of_course(self._reading.course.id) if self._reading is not None else []
