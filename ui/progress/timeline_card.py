"""The card of the timeline: what happened beside symptoms, scores, people and treatment, and what a mark is of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ipt_desktop.domain.timeline import Timeline, TimelineFacts, Window, coincidence_words, timeline, window_days
from ipt_desktop.services.timelines import read_timeline
from ui.phases.parting import let_go
from ui.progress.event_editing import EventEditing
from ui.progress.mark_panel import MarkPanel
from ui.progress.mark_reading import read_mark
from ui.progress.timeline_head import TimelineHead
from ui.progress.timeline_table import TimelineTable
from ui.progress.timeline_view import TimelineView
from ui.verb import Told
from ui.widgets.buttons import link
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ui.page import Frame

EVENT = "event:"


class TimelineCard(Card):
    """`asked` carries the place and the record that a mark leads to."""

    asked = Signal(str, str)
    opened_below = Signal(object)
    """Carries what was opened below the timeline, to be brought into sight."""

    def __init__(self, desk: Desk, frame: Frame, refused: Told, parent: QWidget) -> None:
        super().__init__(parent, name="timeline_card")
        self.setAccessibleName(_("Timeline"))
        self._desk, self._frame = desk, frame
        self._client_id = ""
        self._facts = TimelineFacts(today=date.today())
        self._shown = Timeline()
        self._windows: dict[str, Window] = {}
        self._parting: list[QWidget] = []
        self.head_row = TimelineHead(self)
        self.view = TimelineView(self)
        self.table = TimelineTable(self)
        self.table.hide()
        self.editing = EventEditing(desk, frame, refused, self)
        self.mark = MarkPanel(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.body.addWidget(self.head_row)
        self.body.addWidget(self.view)
        self.body.addWidget(self.table)
        self._empty = EmptyState(
            _("Nothing on the timeline yet"),
            _("Ask: “What else was going on when it began, and with whom?” A year, a summer or an age is exact enough."),
            self,
            name="timeline_empty",
            icon="calendar-clock",
            action=_("Add the first event"),
            hint=_("or press Insert on the timeline"),
        )
        self.body.addWidget(self._empty)
        self._quiet = label(coincidence_words(), self, kind="caption", tone="text_soft", name="timeline_quiet", wraps=True)
        self.body.addWidget(self._quiet)
        self._unplaced = QWidget(self)
        self._unplaced.setObjectName("timeline_unplaced")
        self._unplaced.setAccessibleName(_("Told without a place in time"))
        self._unplaced_rows = QVBoxLayout(self._unplaced)
        self._unplaced_rows.setContentsMargins(0, 0, 0, 0)
        self._unplaced_rows.setSpacing(2)
        self.body.addWidget(self._unplaced)
        self.body.addWidget(self.mark)
        self.body.addWidget(self.editing)

    def _connect(self) -> None:
        self.head_row.window_chosen.connect(self.choose_window)
        self.head_row.table_wanted.connect(self._show_as_table)
        self.head_row.add_asked.connect(self.add_event)
        self._empty.acted.connect(self.add_event)
        for shown in (self.view, self.table):
            shown.opened.connect(self.open_mark)
            shown.removed.connect(self.remove_mark)
            shown.add_asked.connect(self.add_event)
        self.view.wandered.connect(self._on_wandered)
        self.mark.asked.connect(self.asked)
        self.mark.left.connect(self._on_left)
        self.editing.left.connect(self._on_left)
        self.editing.person_asked.connect(self._on_person_asked)

    # -- what it shows ---------------------------------------------------------------------------------------------

    @property
    def shown(self) -> Timeline:
        """The lanes as they are shown."""
        return self._shown

    def show_client(self, client_id: str, course_id: str | None) -> None:
        """Show a client's timeline. Raises RecordGone where the client is no more."""
        is_other = client_id != self._client_id
        if is_other:
            self._close_mark()
        self._client_id = client_id
        self.editing.belong_to(client_id)
        self._facts = read_timeline(self._desk, client_id, course_id, date.today())
        self._shown = timeline(self._facts)
        is_empty = not self._shown.lanes
        self.head_row.windows.button(str(Window.COURSE)).setEnabled(self._facts.course is not None)
        self.view.show_timeline(self._shown, self._facts.today)
        self.table.show_timeline(self._shown)
        self._empty.setVisible(is_empty)
        self._quiet.setVisible(not is_empty)
        self._show_as_table(self.head_row.table.isChecked())
        self._show_unplaced()
        if is_other or self.view.sight.is_window:
            self.choose_window(self._windows.get(client_id, Window.YEAR))

    def choose_window(self, window: Window) -> None:
        """Bring a window into sight; it is remembered for this client until the practice is locked."""
        if window is Window.COURSE and self._facts.course is None:
            window = Window.YEAR
        self._windows[self._client_id] = window
        self.head_row.windows.choose(str(window))
        self.view.show_window(window_days(window, self._facts, self._shown))

    def _on_wandered(self) -> None:
        self.head_row.windows.choose(None)

    def _show_as_table(self, is_table: bool) -> None:
        has_marks = bool(self._shown.lanes)
        had_focus = self.view.hasFocus() or self.table.hasFocus()
        self.view.setVisible(has_marks and not is_table)
        self.table.setVisible(has_marks and is_table)
        if had_focus:
            (self.table if is_table else self.view).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_unplaced(self) -> None:
        self._parting = let_go(self._unplaced_rows)
        self._unplaced.setVisible(bool(self._shown.unplaced))
        for number, (key, words) in enumerate(self._shown.unplaced):
            said = _("Without a place in time: {what}").format(what=words)
            line = link(said, self._unplaced, name=f"timeline_unplaced_{number}", is_flush=True)
            line.setProperty("key", key)
            line.clicked.connect(self._on_unplaced)
            self._unplaced_rows.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)
            line.show()

    def forget(self) -> None:
        """Let go of every word of a client."""
        self._client_id = ""
        self._windows = {}
        self._facts, self._shown = TimelineFacts(today=date.today()), Timeline()
        self.editing.belong_to("")
        self.mark.forget()
        self.view.forget()
        self.table.show_timeline(self._shown)
        self._show_unplaced()

    # -- marks -----------------------------------------------------------------------------------------------------

    def open_mark(self, key: str) -> None:
        """Show what a mark is of: an event in its fields, all else to be read."""
        self._close_mark()
        if key.startswith(EVENT):
            self.view.choose(key if self.editing.change(key.removeprefix(EVENT)) else "")
            self.opened_below.emit(self.editing)
            return
        entry = self._shown.entry(key)
        if entry is not None:
            self.view.choose(key)
            self.mark.show_mark(read_mark(self._desk, self._client_id, self._facts, entry))
            self.opened_below.emit(self.mark)
        elif key.startswith("medication:"):
            self.asked.emit("history", "")

    def remove_mark(self, key: str) -> None:
        """Take an event out; what else is on the timeline is removed where it is kept."""
        if key.startswith(EVENT):
            self.editing.remove(key.removeprefix(EVENT))

    def add_event(self) -> None:
        """Open the fields of a new event."""
        self._close_mark()
        self.editing.add()
        self.opened_below.emit(self.editing)

    def keep(self) -> None:
        """Keep the event that is being typed."""
        self.editing.keep()

    def _close_mark(self) -> None:
        self.editing.keep()
        self.editing.close_fields()
        self.mark.forget()
        self.view.choose("")

    def _on_left(self) -> None:
        self.mark.forget()
        self.view.choose("")
        there = self.head_row.add if not self._shown.lanes else self.table if self.table.isVisible() else self.view
        there.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_person_asked(self, person_id: str) -> None:
        self.asked.emit("person", person_id)

    def _on_unplaced(self) -> None:
        self.open_mark(str(self.sender().property("key")))
