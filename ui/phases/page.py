"""The Phases tab: the course as agreed and as it goes; phase, tasks, problem areas and formulation. Every act can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from ipt_desktop.domain.course_marks import Mark, MarkKind
from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.protocol import TaskPlace
from ipt_desktop.domain.records import ProblemArea, TaskTick
from ipt_desktop.domain.text import _
from ui.page import Frame, Page
from ui.phases.agreeing import ENDING, Agreeing
from ui.phases.between import BetweenSessions
from ui.phases.columns import PhasesColumns
from ui.phases.commands import ChangeTick
from ui.phases.course_menu import CourseMenu
from ui.phases.papers import CoursePapers
from ui.phases.reading import CourseReading, read_course
from ui.phases.record_editor import RecordEditor
from ui.phases.sheet_page import SheetPage
from ui.phases.working import WorkingOn
from ui.risk.opening import open_risk
from ui.verb import Verb
from ui.widgets.empty_state import EmptyPage

if TYPE_CHECKING:
    from ipt_desktop.services.changes import Changed
    from ipt_desktop.services.desk import Desk

KINDS = (
    *("course", "session", "phase_change", "task_tick", "problem_area", "stage_change"),
    *("person", "goal", "goal_rating", "strategy_work", "placement", "sitting", "step", "tie", "event"),
    *("measure_result", "measure_plan"),
)


class PhasesPage(Page):
    """The course of the client chosen. Nothing is set or ticked but by the therapist."""

    def __init__(self, desk: Desk, frame: Frame) -> None:
        super().__init__(desk, frame)
        self.setObjectName("phases_page")
        self._client_id: str | None = None
        self._course_id: str | None = None
        self._reading: CourseReading | None = None
        verbs: dict[str, Callable[[], object]] = {
            "menu_set_phase": self.ask_for_phase,
            "menu_terms": self.ask_for_terms,
            "menu_protocol": self.ask_for_protocol,
            "menu_area": self.ask_for_area,
            "menu_task": self.ask_for_task,
        }
        self._menu = CourseMenu(self, verbs)
        self._menu.allow(None)
        self._build()
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedWidget(self)
        self._pages.setObjectName("phases_pages")
        self._pages.setProperty("role", "desk")
        column.addWidget(self._pages)
        self.columns = PhasesColumns(self.desk, self.frame, self._pages)
        self.course_card, self.standing = self.columns.course_card, self.columns.standing
        self.areas, self.next = self.columns.areas, self.columns.next
        no_client = _("Choose a client in the Clients tab, or add one. Their course of treatment shows here.")
        self._no_client = EmptyPage(self._pages, no_client, name="phases_no_client", icon="route", has_client=False)
        no_course = _(
            "Say: “We agree on a number of sessions and on what we work on.” The course is begun in the client’s file."
        )
        self._no_course = EmptyPage(self._pages, no_course, name="phases_no_course", icon="route", has_client=True)
        for empty in (self._no_client, self._no_course):
            empty.clients_asked.connect(self._on_clients_asked)
            self._pages.addWidget(empty)
        self._pages.addWidget(self.columns)
        self.working = WorkingOn(self.desk, self.frame, self.areas, self._push, self._refused)
        self.agreeing = Agreeing(self.desk, self.frame, self.course_card, self.standing, self._push, self._refused)
        sheet = SheetPage(self.desk, self.frame, self._pages)
        sheet.record_asked.connect(partial(self.open_chapter, "areas"))
        sheet.print_asked.connect(self._on_print_asked)
        self._pages.addWidget(sheet)
        self.between = BetweenSessions(
            self.desk, self.frame, self.next.between, sheet, self._push, self._refused, self._show_current
        )
        self.papers = CoursePapers(self.desk, self.frame, self._pages)
        self._pages.addWidget(self.papers)

    def _connect(self) -> None:
        self.course_card.session_chosen.connect(self._on_session_chosen)
        self.course_card.chapter_asked.connect(self.open_chapter)
        self.course_card.area_chosen.connect(self.areas.show_area)
        self.course_card.mark_chosen.connect(self._on_mark_chosen)
        self.papers.left.connect(self._on_papers_left)
        self.papers.print_asked.connect(self._on_print_asked)
        self.agreeing.ended.connect(self._on_ended)
        self.agreeing.summary_asked.connect(self._on_print_asked)
        self.papers.course_asked.connect(self._on_course_asked)
        self.standing.ticked.connect(self._on_ticked)
        self.standing.dated.connect(self._on_dated)
        self.standing.place_asked.connect(self._on_place_asked)
        self.next.tasks_asked.connect(self.show_tasks)
        self.next.areas_asked.connect(self.ask_for_area)
        self.next.place_asked.connect(self._on_place_asked)
        self.areas.record_asked.connect(self.open_area_record)
        self.areas.worksheet_asked.connect(self._on_worksheet_asked)
        self.frame.changes.changed.connect(self._on_changed)

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_client(self, client_id: str | None, course_id: str | None) -> None:
        """Show this client's course."""
        self._client_id, self._course_id = client_id, course_id
        self._follow_undo()
        self.refresh()

    def refresh(self) -> None:
        """Read the course again and show it."""
        self._is_behind = False
        if self._client_id is None or self._course_id is None:
            self._forget_course()
            self._menu.allow(None)
            self._pages.setCurrentWidget(self._no_client if self._client_id is None else self._no_course)
            return
        try:
            reading = self._reading = read_course(self.desk, self._client_id, self._course_id, date.today())
        except RecordGone:  # begun by mistake and taken back in the client's file
            self._course_id = None
            self.refresh()
            return
        self._menu.allow(reading.course)
        self.agreeing.show_course(reading)
        self.working.show_course(reading)
        self.papers.show_course(reading)
        self.next.show_course(reading)
        self.between.show_course(reading)
        self._show_current()

    def _show_current(self) -> None:
        """Show the course, or what is open in its place: a worksheet, one of its papers."""
        papers = self.papers if self.papers.is_open else self.columns
        self._pages.setCurrentWidget(self.between.page if self.between.is_open else papers)

    def _on_changed(self, changed: Changed) -> None:
        if changed.touches("document") and changed.origin != self.between.page.writer.origin:
            self._is_behind = self._is_behind or not self.isVisible()
            self.between.show_sheets()
        if not changed.touches(*KINDS):
            return
        if self._course_id is None and self.frame.course_id is not None and self.frame.client_id == self._client_id:
            self._course_id = self.frame.course_id
        self._keep_up()

    # -- verbs -----------------------------------------------------------------------------------------------------

    def set_phase(self, key: str, on: date, reason: str = "") -> None:
        """Set a phase from a date on, for a reason."""
        self.agreeing.set_phase(key, on, reason)

    def _push(self, command: Verb) -> None:
        if self._undo is not None:
            self._undo.push(command)

    def _on_ticked(self, key: str, is_done: bool) -> None:
        if self._reading is not None:
            self._tick(self._reading, key, self._reading.today if is_done else None)

    def _on_dated(self, key: str, day: date) -> None:
        if self._reading is not None:
            self._tick(self._reading, key, day)

    def _tick(self, reading: CourseReading, key: str, day: date | None) -> None:
        """Tick a task on a day, with that day's session where there was one; or open it again."""
        old = reading.ticks.get(key)
        if day is None:
            self._push(ChangeTick(self.desk.phases, old, None, _("Open the task again"), self._refused))
            return
        session = reading.session_on(day)
        new = TaskTick(course_id=reading.course.id, task=key, on=day, session_id=session.id if session else None)
        words = _("Change the date of the task") if old else _("Tick the task")
        self._push(ChangeTick(self.desk.phases, old, new, words, self._refused))

    def _on_session_chosen(self, session_id: str) -> None:
        """Go to the session, where the Sessions tab can show one."""
        if self.frame.show_tab("sessions") and session_id and (page := self.frame.page("sessions")) is not None:
            page.choose_session(session_id)

    def _on_place_asked(self, place: str, task: str = "") -> None:
        """Go to where what a task asks for is written down; in the ending to the page that its key names."""
        if place == TaskPlace.CIRCLE:
            self.frame.show_tab("circle")
        elif place == TaskPlace.PROGRESS:
            self.frame.show_tab("progress")
        elif place == TaskPlace.RISK:
            open_risk(self.frame)
        elif place == TaskPlace.SUMMARY:
            self._on_print_asked("termination-summary")
        else:
            self.open_chapter(place, task.rpartition(".")[2] if place == TaskPlace.ENDING and task else None)

    def _on_mark_chosen(self, mark: Mark) -> None:
        """Go to what a mark stands for: a paper, a circle, measures, a ticked task’s session; of what is to come, its task."""
        if mark.kind is MarkKind.PAPER:
            self.open_chapter(mark.ref)
        elif mark.kind is MarkKind.CIRCLE:
            if self.frame.show_tab("circle") and not mark.is_ahead and (page := self.frame.page("circle")) is not None:
                page.show_sitting(mark.ref)
        elif mark.kind is MarkKind.MEASURE:
            self.frame.show_tab("progress")
        elif self._reading is not None and not mark.is_ahead and (tick := self._reading.ticks.get(mark.ref)) is not None:
            self._on_session_chosen(tick.session_id or "")
        else:
            self.standing.show_task(mark.ref)

    def _on_clients_asked(self) -> None:
        self.frame.show_tab("clients")

    # -- Page ------------------------------------------------------------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave behind, with the tab, what was said of the last step on it."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.agreeing.unsay()

    def flush(self) -> bool:
        """Keep what is typed in the formulation, the ending or a worksheet."""
        self.working.keep()
        is_kept = self.between.page.flush()
        return self.papers.flush() and is_kept

    def flush_all(self) -> bool:
        """Keep what stands in an open editor as *Keep* does, as far as it can be kept; undo takes it back."""
        for editor in self.findChildren(RecordEditor):
            if editor.body is not None and not editor.isHidden():
                editor.on_keep()
        return self.flush()

    def forget(self) -> None:
        """Let go of every word of the course."""
        self._client_id = self._course_id = None
        self._leave_undo()
        self._forget_course()

    def _forget_course(self) -> None:
        self._reading = None
        self.agreeing.forget()
        self.working.forget()
        self.next.forget()
        self.papers.forget()
        self.between.forget()

    def place(self) -> object:
        """Return which worksheet or chapter is open, or None."""
        return self.between.place() or self.papers.place()

    def return_to(self, place: object) -> None:
        """Open the worksheet or the chapter again that was open."""
        if self.papers.return_to(place):
            self._show_current()
        else:
            self.between.return_to(place)

    def menus(self) -> dict[str, Sequence[QAction]]:
        """Return the verbs of the course for the Client menu."""
        return {"Client": self._menu.actions()}

    def ask_for_phase(self) -> None:
        """Show the tab and open the editor of the phase."""
        if self.frame.show_tab("phases"):
            self.leave_pages()
            self.course_card.ask_for_phase()

    def ask_for_terms(self) -> None:
        """Show the tab and open the editor of the sessions agreed."""
        if self.frame.show_tab("phases"):
            self.leave_pages()
            self.course_card.ask_for_terms()

    def ask_for_protocol(self) -> None:
        """Show the tab and let another protocol be chosen."""
        if self.frame.show_tab("phases"):
            self.leave_pages()
            self.agreeing.ask_for_protocol()

    def ask_for_ending(self) -> None:
        """Show the tab and ask how the course ended."""
        if self.frame.show_tab("phases"):
            self.leave_pages()
            self.agreeing.ask_for_ending()

    def _on_ended(self) -> None:
        """Go on to what is written of an ending."""
        self.refresh()
        self.open_chapter(ENDING)

    def ask_for_area(self) -> None:
        """Show the tab and open the editor of a problem area."""
        if self.frame.show_tab("phases"):
            self.leave_pages()
            self.areas.ask_for_area()

    def ask_for_task(self) -> None:
        """Show the tab and open the editor of a between-session task."""
        if self.frame.show_tab("phases"):
            self.show_tasks()
            self.between.ask_for_step()

    def ask_how_far(self, goal_id: str, session_id: str = "") -> bool:
        """Show where it is said how far a goal is, in a session ("": today's, or the last one)."""
        self.leave_pages()
        return self.areas.ask_how_far(goal_id, session_id)

    def open_worksheet(self, document_id: str) -> bool:
        """Show a worksheet of this course; False where that can't be."""
        return self.between.open_sheet(document_id)

    def worksheet_of_session(self, key: str, session_id: str, person_id: str = "") -> bool:
        """Show the worksheet of a form that was begun in a session; where there is none, begin it."""
        return self.between.sheet_of_session(key, session_id, person_id)

    def new_worksheet(self, key: str, session_id: str = "") -> bool:
        """Begin a worksheet of a form, in a session ("": today's, where there is one)."""
        return self.between.begin_sheet(key, session_id)

    def show_tasks(self) -> None:
        """Bring the between-session tasks into sight, with the keyboard in them."""
        self.leave_pages()
        self.columns.show_next()
        self.between.steps.take_keyboard()

    # -- the papers of the course ----------------------------------------------------------------------------------

    def open_chapter(self, key: str, place: object = None) -> bool:
        """Show one of the course's papers in its place, at a place in it; False where that can't be."""
        if self._reading is None or not self.between.put_away() or not self.papers.open(key, place):
            return False
        self._show_current()
        return True

    def open_area_record(self, area: ProblemArea) -> bool:
        """Show the record of a problem area in the course's place; False where that can't be."""
        return self.open_chapter("areas", area.id)

    def _on_worksheet_asked(self, area: ProblemArea, key: str) -> None:
        self.between.begin_sheet(key, person_id=area.person_id or "")

    def leave_pages(self) -> None:
        """Show the course itself, once what is typed in its place is kept."""
        self.between.leave_sheet()
        self._on_papers_left()

    def _on_papers_left(self) -> None:
        if self.papers.is_open and self.papers.close():
            self.refresh()
            self.course_card.papers.setFocus()

    def _on_course_asked(self, what: str) -> None:
        """Go to where sessions, problem areas and goals are agreed on."""
        self.leave_pages()
        areas = self._reading.areas if self._reading is not None else []
        if what == "sessions":
            self.course_card.ask_for_terms()
        elif areas:
            self.areas.show_area(areas[0].id)
        else:
            self.areas.ask_for_area()

    def _on_print_asked(self, kind: str, record_id: str = "") -> None:
        """Go to the report of this kind, where the Reports tab can show one; else say why there is none."""
        missing = self.desk.reporting.missing(kind, self._client_id or "", self._course_id or "")
        if missing:
            self.frame.say(_("Nothing to print"), missing, tone="caution")
            return
        self.frame.unsay(_("Nothing to print"))
        if self.frame.show_tab("reports") and (page := self.frame.page("reports")) is not None:
            page.show_kind(kind, record_id)
