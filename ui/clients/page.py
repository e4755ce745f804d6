"""The Clients tab: the table of clients, the file of the one chosen, and their courses. Every verb can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ipt_desktop.domain.course import review_of
from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.records import Client, Course
from ipt_desktop.domain.text import _
from ipt_desktop.services.autosave import Keeping
from ui.clients.client_work import ClientWork
from ui.clients.columns import ClientColumns
from ui.clients.course_work import CourseWork
from ui.clients.disclosure_work import DisclosureWork
from ui.clients.menu import ClientMenu
from ui.clients.today_parts import TodayPlace, today_parts
from ui.page import Frame, Page
from ui.preferences import save_preferences
from ui.risk.plan_work import PlanWork
from ui.risk.work import RiskWork

if TYPE_CHECKING:
    from ipt_desktop.services.changes import Changed
    from ipt_desktop.services.desk import Desk
    from ui.clients.client_file import ClientFile

TABLE, FILE = "client_table", "client_file"


class ClientsPage(Page):
    """Who there is, and everything about the one chosen."""

    def __init__(self, desk: Desk, frame: Frame) -> None:
        super().__init__(desk, frame)
        self.setObjectName("clients_page")
        self._client: Client | None = None
        self._courses: Sequence[Course] = ()
        self._is_forgotten = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.columns = ClientColumns(self, frame.name_of)
        column.addWidget(self.columns)
        self.list, self.bar = self.columns.list, self.columns.bar
        self.work = ClientWork(desk, frame, self.columns)
        self.courses = CourseWork(desk, frame, self.columns)
        self.disclosing = DisclosureWork(desk, frame, self.columns)
        self.risk = RiskWork(desk, frame, self.columns)
        self.plan = PlanWork(desk, frame, self.columns)
        self._menu = self._make_menu()
        self._draw_widths()
        self._connect()

    def _connect(self) -> None:
        self.list.opened.connect(self.open_client)
        self.list.chosen.connect(self.choose_client)
        self.list.add_asked.connect(self.work.ask_for_client)
        self.list.archived_asked.connect(self.refresh)
        self.list.today.asked.connect(self._on_place_asked)
        self.list.table.widths_drawn.connect(self._on_columns_drawn)
        self.columns.file_drawn.connect(self._on_file_drawn)
        self.columns.closed.connect(self.show_list)
        self.columns.file_made.connect(self._on_file_made)
        self.courses.circle_asked.connect(self._on_circle_asked)
        self.work.added.connect(self._on_added)
        for work in (self.work, self.courses, self.risk, self.plan):
            work.panel_asked.connect(self._on_panel_asked)
            work.panel_left.connect(self._on_panel_left)
            work.refused.connect(self._refused)
        self.risk.plan_asked.connect(self.plan.open_plan)
        self.plan.risk_asked.connect(self.risk.open_risk)
        self.frame.changes.changed.connect(self._on_changed)

    def _on_file_made(self, file: ClientFile) -> None:
        file.kept.connect(self._on_kept)
        file.archive_asked.connect(self.work.archive_client)
        file.bring_back_asked.connect(self.work.bring_back_client)
        file.disclosures.save_asked.connect(self.disclosing.save_list)
        file.safety.risk_asked.connect(self.risk.open_risk)
        file.safety.plan_asked.connect(self.plan.open_plan)
        file.illness.open_asked.connect(self._on_illness_asked)
        listed = file.courses
        listed.course_chosen.connect(self._on_course_chosen)
        listed.begin_asked.connect(self.courses.ask_for_course)
        listed.change_asked.connect(self.courses.ask_for_terms)
        listed.end_asked.connect(self.courses.ask_for_ending)
        listed.reopen_asked.connect(self.courses.reopen_course)
        listed.circle_asked.connect(self._on_circle_asked)

    @property
    def file(self) -> ClientFile:
        """The file of the client chosen."""
        return self.columns.file

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_client(self, client_id: str | None, course_id: str | None) -> None:
        """Show the client chosen: their row and their file."""
        self._is_forgotten = False
        if self._client is None or self._client.id != client_id:
            self.bar.clear()
            if self.columns.has_file:
                self.file.show_save_state(Keeping.CLEAN)
                self.file.to_top()
        self._follow_undo()
        self.columns.show_side(self.file if client_id else None)
        self.refresh()

    def refresh(self) -> None:
        """Read again who there is, and the file of the one chosen."""
        if self._is_forgotten:
            return
        self._is_behind = False
        today, is_with_archived = date.today(), self.list.archived.isChecked()
        standings = self.desk.clients.overview(today, with_archived=is_with_archived)
        has_any = bool(standings) or bool(self.desk.clients.clients(with_archived=True))
        self._read_client()
        self.list.table.set_in_room(self.frame.is_in_room)
        self.list.show_clients(standings, self._client.id if self._client else "", today, has_any=has_any)
        parts = today_parts(self.desk, self.frame.name_of, standings, today, is_in_room=self.frame.is_in_room)
        self.list.show_today(today, parts)
        self._show_file()
        self.columns.arrange(has_clients=has_any)
        for work in (self.work, self.courses, self.disclosing, self.risk, self.plan):
            work.show_client(self._client, self._courses)
        self._menu.allow(self._client, self.courses.course())
        self.setFocusProxy(self.list.first)

    def _read_client(self) -> None:
        try:
            self._client = self.desk.clients.client(self.frame.client_id) if self.frame.client_id else None
        except RecordGone:
            self._client = None
        self._courses = self.desk.courses.courses(self._client.id) if self._client else ()

    def _show_file(self) -> None:
        if self._client is None:
            if self.columns.has_file:
                self.file.forget()
                if self.columns.right.currentWidget() is self.file:
                    self.columns.show_side(None)
            return
        protocols = {each.id: self.desk.courses.protocol_of(each) for each in self._courses}
        name = self.frame.name_of(self._client)
        self.file.show_client(self._client, name, self._courses, protocols, self.frame.course_id)
        chosen = next((each for each in self._courses if each.id == self.frame.course_id), None)
        if chosen is not None:
            self.file.courses.show_review(review_of(chosen, self.desk.phases.changes(chosen.id)))
        self.file.disclosures.show_disclosures(self.desk.disclosures.of_client(self._client.id))
        self.file.safety.setVisible(not self.frame.is_in_room)
        self.file.safety.show_levels(self.desk.risk.levels(self._client.id))
        self.file.illness.setVisible(not self.frame.is_in_room)
        self._show_illness(self._client, self.frame.course_id)
        self.file.safety.show_plan(self.desk.safety_plans.latest(self._client.id), self.desk.risk.means(self._client.id))

    def _show_illness(self, client: Client, course_id: str | None) -> None:
        diagnoses = self.desk.diagnoses.of_course(course_id) if course_id else []
        medication = self.desk.medications.of_client(client.id)
        self.file.illness.show_illness(diagnoses, medication, date.today(), has_course=course_id is not None)

    def show_list(self) -> None:
        """Go back to the table, where the file stands over it."""
        if not self.flush():
            return
        self.columns.is_open = False
        self.columns.show_side(self.file if self._client else None)
        self.columns.arrange(has_clients=self.list.has_any)
        self.setFocus()

    def _show_side(self, is_open: bool = True) -> None:
        self.columns.is_open = is_open
        self.columns.is_folded = self.columns.is_folded and not is_open
        self.columns.arrange(has_clients=self.list.has_any)

    def _draw_widths(self) -> None:
        widths = self.frame.preferences.widths
        self.list.table.draw_widths(widths.get(TABLE, ()))
        for width in widths.get(FILE, ())[:1]:
            self.columns.draw_file(width)

    # -- choosing --------------------------------------------------------------------------------------------------

    def choose_client(self, client_id: str, course_id: str | None = None) -> bool:
        """Choose a client (and course) for every tab; False where what is typed could not be kept."""
        self.bar.clear()
        if client_id == self.frame.client_id and course_id in (None, self.frame.course_id):
            self.columns.show_side(self.file)
            return True
        if self.frame.choose_client(client_id, course_id):
            return True
        self.list.table.mark(self.frame.client_id or "")
        return False

    def open_client(self, client_id: str) -> None:
        """Choose a client and go to their file."""
        if self.choose_client(client_id):
            self._show_side()
            self.file.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_risk(self, entry_id: str | None = None) -> bool:
        """Show the risk entries of the client chosen, at one of them or the latest; False where that could not be."""
        return self.risk.open_risk(entry_id)

    def edit_client(self) -> None:
        """Open the first fields of the file of the client marked in the table, or chosen."""
        marked = self.list.table.current_client() if self.list.table.hasFocus() else self._client
        if not self.work.come() or marked is None:
            return
        self.open_client(marked.id)
        self.file.sections["details"].edit()

    # -- what its parts tell -----------------------------------------------------------------------------------------

    def _on_kept(self, fields: dict[str, Any], visit: int) -> None:
        if self.work.keep_fields(fields, visit) and not self.isVisible():
            self.refresh()

    def _on_added(self) -> None:
        self._show_side()
        self.file.courses.ask_to_begin()

    def _on_course_chosen(self, course_id: str) -> None:
        if self._client is not None:
            self.frame.choose_client(self._client.id, course_id)

    def _on_place_asked(self, place: object) -> None:
        """Go where a line of the card leads: an entry about risk, the note of a session, what is due in a course."""
        if not isinstance(place, TodayPlace) or not self.choose_client(place.client_id, place.course_id or None):
            return
        if place.entry_id:
            self.open_risk(place.entry_id)
            return
        if place.measure:
            if self.frame.show_tab("progress") and (progress := self.frame.page("progress")) is not None:
                progress.enter_measure()
            return
        tab = "sessions" if place.session_id else "phases"
        page = self.frame.page(tab)
        if page is None or not self.frame.show_tab(tab):
            return
        if place.session_id:
            page.go_to_session(place.session_id)
        else:
            page.show_tasks()

    def _on_circle_asked(self) -> None:
        self.bar.clear()
        self.frame.show_tab("circle")

    def _on_illness_asked(self) -> None:
        if self.frame.show_tab("phases") and (page := self.frame.page("phases")) is not None:
            page.open_chapter("history")

    # -- keeping ---------------------------------------------------------------------------------------------------

    def _refused(self, reason: str) -> None:
        self.bar.say(_("Not done"), reason, tone="caution")

    def flush(self) -> bool:
        """Keep what is typed; a date that is none stays in its field and holds nothing up."""
        kept = (not self.columns.has_file or self.file.is_kept(), self.risk.is_kept(), self.plan.is_kept())
        return all(kept)

    def forget(self) -> None:
        """Let go of every clinical word."""
        self._is_forgotten = True
        self._leave_undo()
        self._client, self._courses = None, ()
        self.bar.clear()
        if self.columns.has_file:
            self.file.forget()
        self.list.forget()
        self.work.forget()
        self.courses.forget()
        self.disclosing.forget()
        self.risk.forget()
        self.plan.forget()

    # -- what Qt and the practice tell -----------------------------------------------------------------------------

    def _on_panel_asked(self, panel: QWidget) -> None:
        self.bar.clear()
        self.columns.show_side(panel)
        self._show_side()

    def _on_panel_left(self) -> None:
        """Go back from a form to the file, or to the table where none is open."""
        self._show_file()
        self.columns.show_side(self.file if self._client else None)
        self._show_side(is_open=self._client is not None)
        (self.file if self._client else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_step(self) -> None:
        """After undo and redo the course chosen may have gone or come: then the latest is chosen, for every tab."""
        if self._client is None:
            return
        known = {each.id for each in self.desk.courses.courses(self._client.id)}
        if self.frame.course_id not in known and (known or self.frame.course_id is not None):
            self.frame.choose_client(self._client.id)
        elif self.isVisible():
            self.refresh()

    def _on_changed(self, change: Changed) -> None:
        if not self.plan.is_own(change.origin):  # the plan being typed changes nothing else in sight
            self._keep_up()
        if change.touches("course") and not self.isVisible():  # the menu is there from any tab
            self._read_client()
            self.courses.show_client(self._client, self._courses)
            self._menu.allow(self._client, self.courses.course())

    def _on_columns_drawn(self, widths: list[int]) -> None:
        self.frame.preferences.widths[TABLE] = widths
        save_preferences(self.frame.preferences)

    def _on_file_drawn(self, width: int) -> None:
        self.frame.preferences.widths[FILE] = [width]
        save_preferences(self.frame.preferences)

    def changeEvent(self, event: QEvent) -> None:
        """Lay out again when the text grows or shrinks."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "columns"):
            self.columns.arrange(has_clients=self.list.has_any)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the file for the table; Return presses the button that has the focus, as Space does."""
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.show_list()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    # -- menus -----------------------------------------------------------------------------------------------------

    def _make_menu(self) -> ClientMenu:
        verbs: dict[str, Callable[[], object]] = {
            "new_client": self.work.ask_for_client,
            "filter_clients": self.filter_clients,
            "edit_client": self.edit_client,
            "fold_file": self.columns.fold,
            "archive": self.work.archive_client,
            "bring_back": self.work.bring_back_client,
            "begin_course_action": self.courses.ask_for_course,
            "change_course_action": self.courses.ask_for_terms,
            "end_course_action": self.courses.ask_for_ending,
            "reopen_course_action": self.courses.reopen_course,
            "open_risk": self.risk.open_risk,
            "open_plan": self.plan.open_plan,
        }
        return ClientMenu(self, verbs)

    def menus(self) -> dict[str, Sequence[QAction]]:
        """Return what the menu *Client* offers."""
        return {"Client": self._menu.actions()}

    def filter_clients(self) -> None:
        """Let words to filter by be typed."""
        if self.frame.show_tab("clients"):
            self.show_list()
            self.list.ask_for_words()
