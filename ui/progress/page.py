"""The Progress tab: measures above, and below them the line between mood, events and people."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.text import _
from ui.page import Frame, Page
from ui.progress.entry_panel import EntryPanel
from ui.progress.measures_part import MeasuresPart
from ui.progress.plan_part import PlanPart
from ui.progress.timeline_card import TimelineCard
from ui.progress.unfinished_bar import UnfinishedBar
from ui.widgets.empty_state import EmptyPage

if TYPE_CHECKING:
    from ipt_desktop.services.changes import Changed
    from ipt_desktop.services.desk import Desk

KINDS = (
    *("client", "course", "session", "phase_change", "terms_change", "document", "event", "person", "placement", "sitting"),
    *("diagnosis", "medication", "measure_result", "measure_plan"),
)
WIDE_MARGIN = 1200


class ProgressPage(Page):
    """How the client chosen fares beside what happened. Each part stands below the other; all of it scrolls."""

    def __init__(self, desk: Desk, frame: Frame) -> None:
        super().__init__(desk, frame)
        self.setObjectName("progress_page")
        self._client_id: str | None = None
        self._course_id: str | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedWidget(self)
        self._pages.setObjectName("progress_pages")
        self._pages.setProperty("role", "desk")
        column.addWidget(self._pages)
        words = _("Choose a client in the Clients tab, or add one. Their measures and their timeline show here.")
        self._no_client = EmptyPage(self._pages, words, name="progress_no_client", icon="calendar-clock", has_client=False)
        self._no_client.clients_asked.connect(self._on_clients_asked)
        self._pages.addWidget(self._no_client)
        self._build_scroll()
        frame.changes.changed.connect(self._on_changed)

    def _build_scroll(self) -> None:
        self._scroll = QScrollArea(self._pages)
        self._scroll.setObjectName("progress_scroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.ground = QWidget(self._scroll)
        self.ground.setObjectName("progress_desk")
        self.ground.setProperty("role", "desk")
        self.ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.column = QVBoxLayout(self.ground)
        self.column.setSpacing(12)
        self.timeline = TimelineCard(self.desk, self.frame, self._refused, self.ground)
        self.timeline.asked.connect(self._on_asked)
        self.timeline.opened_below.connect(self._bring_into_sight)
        self.entry = EntryPanel(self.desk, self.frame, self.ground)
        self.entry.left.connect(self._on_entry_left)
        self.entry.turn_asked.connect(self._on_turn_asked)
        self.measures = MeasuresPart(self.desk, self.frame, self._refused, self.ground)
        self.measures.enter_asked.connect(self.enter_measure)
        self.measures.change_asked.connect(self.open_result)
        self.measures.session_asked.connect(self._on_session_asked)
        self.measures.print_asked.connect(self._on_print_asked)
        self.unfinished = UnfinishedBar(self.desk, self.frame, self._refused, self.ground)
        self.unfinished.go_on.connect(self._on_go_on)
        self.unfinished.enter_rest.connect(self.entry.open_draft)
        self.entry.draft_changed.connect(self._show_unfinished)
        self.measures.column.insertWidget(1, self.unfinished)  # below its head
        self.measures.column.insertWidget(2, self.entry)
        self.column.addWidget(self.measures)
        self.plan = PlanPart(self.desk, self.frame, self._refused, self.ground)
        self.column.addWidget(self.plan)
        self.column.addWidget(self.timeline)
        self.column.addStretch(1)
        self._scroll.setWidget(self.ground)
        self._pages.addWidget(self._scroll)

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_client(self, client_id: str | None, course_id: str | None) -> None:
        """Show this client's progress."""
        if (client_id, course_id) != (self._client_id, self._course_id):
            self.entry.forget()
        self._client_id, self._course_id = client_id, course_id
        self._follow_undo()
        self.refresh()

    def refresh(self) -> None:
        """Read all of it again and show it."""
        self._is_behind = False
        if self._client_id is None:
            self.unfinished.forget()
            self.measures.forget()
            self.timeline.forget()
            self._pages.setCurrentWidget(self._no_client)
            return
        try:
            self.measures.show_client(self._client_id, self._course_id)
            self._show_unfinished()
            self.plan.show_course(self._course_id)
            self.timeline.show_client(self._client_id, self._course_id)
        except RecordGone:  # taken back elsewhere
            if self.entry.measure is not None:
                words = _("This client is no longer there. What was typed of the {measure} went with them.")
                self._refused(words.format(measure=self.entry.measure.name))
            self.entry.forget()
            self._client_id = None
            self.refresh()
            return
        self._pages.setCurrentWidget(self._scroll)

    def _show_unfinished(self) -> None:
        if self._client_id is not None:
            self.unfinished.show_client(self._client_id, self.entry.draft_id)

    def _on_step(self) -> None:
        """Let `_on_changed` show what a step changed: each one tells of it."""

    def _on_changed(self, changed: Changed) -> None:
        if changed.touches(*KINDS):
            if self._course_id is None and self.frame.client_id == self._client_id:
                self._course_id = self.frame.course_id
            self._keep_up()
            if changed.touches("session", "person"):
                self.entry.follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave as much room at the sides as there is."""
        super().resizeEvent(event)
        margin = 24 if self.width() >= WIDE_MARGIN else 16
        self.column.setContentsMargins(margin, 12, margin, 14)

    def _bring_into_sight(self, part: QWidget) -> None:
        """Scroll to what was opened, once it has its place."""
        QTimer.singleShot(0, part, partial(self._scroll.ensureWidgetVisible, part, 0, 16))

    # -- ways ------------------------------------------------------------------------------------------------------

    def add_event(self) -> None:
        """Show the tab and open the fields of a new event."""
        if self._client_id is not None and self.frame.show_tab("progress"):
            self.timeline.add_event()

    def enter_measure(self, key: str = "", session_id: str = "") -> bool:
        """Show where a measure is entered: the one meant, or the first that is due; False where that can't be."""
        return self._client_id is not None and self.entry.open(key, session_id)

    def plan_measures(self) -> bool:
        """Open the plan of measures, in sight."""
        if self._course_id is None:
            return False
        self.plan.open()
        self._bring_into_sight(self.plan.editor)
        return True

    def open_result(self, result_id: str) -> bool:
        """Show the answers of a result, to be changed."""
        return self._client_id is not None and self.entry.open_result(result_id)

    def _on_turn_asked(self, key: str, session_id: str, result_id: str, about_id: str) -> None:
        self.frame.turn_to_client(measure=key, session_id=session_id, result_id=result_id, about_id=about_id)

    def _on_go_on(self, result_id: str, key: str) -> None:
        self.entry.put_aside()
        self.frame.turn_to_client(measure=key, result_id=result_id)

    def _on_entry_left(self) -> None:
        self.measures.head.enter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_print_asked(self, result_id: str) -> None:
        """Go to the sheet of a result, where it is looked at before it is printed."""
        if self.frame.show_tab("reports") and (page := self.frame.page("reports")) is not None:
            page.show_kind("measure-sheet", result_id)

    def _on_session_asked(self, session_id: str) -> None:
        self._on_asked("session", session_id)

    def _on_asked(self, place: str, record_id: str) -> None:
        """Go to where more of a mark is."""
        tabs = {"session": "sessions", "person": "circle", "circle": "circle", "history": "phases", "phases": "phases"}
        tab = tabs[place]
        if not self.frame.show_tab(tab) or (page := self.frame.page(tab)) is None:
            return
        if place == "session":
            page.choose_session(record_id)
        elif place == "person":
            page.choose_person(record_id)
        elif place == "circle":
            page.show_sitting(record_id)
        elif place == "history":
            page.open_chapter("history")

    def _on_clients_asked(self) -> None:
        self.frame.show_tab("clients")

    # -- Page ------------------------------------------------------------------------------------------------------

    def flush_all(self) -> bool:
        """Keep the event that is being typed, and the measure, as Esc does; undo takes it back."""
        self.timeline.keep()
        return self.entry.keep_half() and self.flush()

    def forget(self) -> None:
        """Let go of every word."""
        self._client_id = self._course_id = None
        self._leave_undo()
        self.entry.forget()
        self.unfinished.forget()
        self.measures.forget()
        self.plan.forget()
        self.timeline.forget()

    def menus(self) -> dict[str, Sequence[QAction]]:
        """Return the verbs of the timeline for the Client menu."""
        action = QAction(_("Add an event to the timeline…"), self)
        action.setObjectName("menu_event")
        action.triggered.connect(self.add_event)
        return {"Client": (action,)}
