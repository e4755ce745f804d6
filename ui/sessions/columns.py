"""The columns of the Sessions tab: list, note, margin. The list and the margin fold; a narrow window starts without margin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.history.over_note import HistoryOverNote
from ui.key_choices import FOCUS
from ui.page import Frame, Page
from ui.sessions.jottings_card import JottingsCard
from ui.sessions.last_time import LastTime
from ui.sessions.note_mover import NoteMover
from ui.sessions.notes_beside import NotesBeside
from ui.sessions.rail import Rail
from ui.sessions.session_list import SessionList
from ui.sessions.session_mover import SessionMover
from ui.widgets.buttons import icon_button, link
from ui.widgets.empty_state import EmptyState
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk

NARROW = 1200
LIST, LIST_NARROW, MARGIN = 212, 196, 256
LEAST_LIST, LEAST_MARGIN = 150, 200
WIDTHS = "session_splitter"


class SessionColumns(QWidget):
    """Where the parts of the tab stand."""

    new_asked = Signal()
    clients_asked = Signal()

    def __init__(self, desk: Desk, frame: Frame, page: Page) -> None:
        super().__init__(page)
        self.setObjectName("session_columns")
        self._page, self._preferences = page, frame.preferences
        self._is_margin_wanted: bool | None = False if frame.preferences.hides_last_time else None
        self._has_sessions = False
        self._is_list_wanted = True
        self._is_list_insisted_on = False  # although two notes need its room
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setObjectName(WIDTHS)
        self._splitter.setChildrenCollapsible(False)
        self._left = self._make_left()
        self._middle = self._make_middle(desk, frame)
        self.last_time = LastTime(self)
        self.jottings = JottingsCard(self.note, self.last_time)
        self.last_time.add_below(self.jottings)
        self.jottings.deletion_asked.connect(self.note.signing.delete_jottings)
        self.note.sight.wanted.connect(self.jottings.make_way)
        for part in (self._left, self._middle, self.last_time):
            self._splitter.addWidget(part)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.splitterMoved.connect(self._on_splitter_moved)
        self.note.head.list_asked.connect(self.toggle_list)
        self.note.head.last_time_asked.connect(self.toggle_last_time)
        self.note.head.private_asked.connect(self.side.toggle)
        self.note.head.focus_asked.connect(self.ask_for_focus)
        self.history = HistoryOverNote(desk, frame, self.beside, self._middle)
        self.beside.history_asked.connect(self.history.toggle)
        frame.keys.changed.connect(self._name_focus_key)
        self._keys = frame.keys
        self._name_focus_key()
        self.moving = NoteMover(desk, frame, self.note)
        self.session_moving = SessionMover(desk, frame, self.note)
        self.session_moving.moved.connect(self._on_session_moved)
        self.history.turned.connect(self._on_turned)
        self.side.turned.connect(self._on_turned)
        self.beside.shown.connect(self._on_turned)
        self.beside.focus_asked.connect(page.focus_asked)
        self.list.beside_asked.connect(self.beside.open_beside)
        self._is_in_room = False
        self._rails = self._make_rails()
        for outer, parts in ((page, (self,)), (self, (self._rails[0], self._splitter, self._rails[1]))):
            row = QHBoxLayout(outer)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(0)
            for part in parts:
                row.addWidget(part)

    def _make_left(self) -> QWidget:
        side = QWidget(self)
        side.setObjectName("sessions_left")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 8, 0)
        head.addWidget(label(_("Sessions"), side, kind="title", name="sessions_title"))
        head.addStretch(1)
        new = link(_("New"), side, name="session_new", icon="plus", spoken=_("New session"))
        new.setToolTip(_("New session (Ctrl+Shift+N)"))
        new.clicked.connect(self.new_asked)
        head.addWidget(new)
        self._kinds = icon_button("chevron-down", side, name="session_new_kind", spoken=_("New of another kind"))
        head.addWidget(self._kinds)
        column.addLayout(head)
        self.list = SessionList(side)
        column.addWidget(self.list, 1)
        return side

    def offer_kinds(self, menu: QMenu) -> None:
        """Offer other kinds of sessions beside *New*."""
        self._kinds.setMenu(menu)

    def _make_middle(self, desk: Desk, frame: Frame) -> QStackedWidget:
        middle = QStackedWidget(self)
        middle.setObjectName("sessions_middle")
        middle.setProperty("role", "paper")
        self.beside = NotesBeside(desk, frame, middle)
        self.side, self.note = self.beside.side, self.beside.note
        middle.addWidget(self.beside)
        self.empty_bar = InlineBar(middle, name="sessions_empty_bar")
        empties = {name: EmptyState(*words, middle, name=name, **kinds) for name, words, kinds in _empty_states()}
        self._no_client, self._no_course, self._no_session = (self._add_empty(middle, each) for each in empties.values())
        empties["no_client"].acted.connect(self.clients_asked)
        empties["no_course"].acted.connect(self.clients_asked)
        empties["no_session"].acted.connect(self.new_asked)
        return middle

    def _add_empty(self, middle: QStackedWidget, empty: EmptyState) -> QWidget:
        ground = QWidget(middle)
        ground.setProperty("role", "paper")
        column = QVBoxLayout(ground)
        column.setContentsMargins(24, 24, 24, 24)
        if empty.objectName() == "no_session":
            column.addWidget(self.empty_bar)
        column.addWidget(empty, 1)
        middle.addWidget(ground)
        return ground

    def show_what_there_is(self, *, has_client: bool, has_course: bool, has_sessions: bool) -> None:
        """Show list and note, or the one thing to do first."""
        self._has_sessions = has_sessions
        shown = (self.history.page or self.beside) if has_sessions else self._no_session if has_course else self._no_course
        self._middle.setCurrentWidget(shown if has_client else self._no_client)
        if has_sessions:
            self.empty_bar.clear()
        self._fit()

    def _make_rails(self) -> tuple[Rail, Rail]:
        left = Rail(_("Sessions"), self, name="session_list_rail", icon="list", key="F6", is_left=True)
        left.clicked.connect(self.toggle_list)
        right = Rail(_("Last time"), self, name="last_time_rail", icon="history", key="F4", is_left=False)
        right.clicked.connect(self.toggle_last_time)
        for rail in (left, right):
            rail.hide()
        return left, right

    def show_room(self, is_on: bool) -> None:
        """Fold list and margin to rails while a session of this course is running, and bring them back afterwards."""
        if is_on == self._is_in_room:
            return
        self._is_in_room = is_on
        self._is_list_wanted = not is_on
        self._is_margin_wanted = False if is_on or self._preferences.hides_last_time else None
        self._fit()

    @property
    def is_in_room(self) -> bool:
        """Whether a session of this course is running."""
        return self._is_in_room

    def grow(self) -> None:
        """Take the widths of another text size."""
        self.note.head.grow()
        self._fit()
        self.beside.grow()

    def toggle_list(self) -> None:
        """Fold or unfold the list."""
        self._is_list_wanted = self._is_list_insisted_on = not self._left.isVisibleTo(self)
        self._fit()

    def toggle_last_time(self) -> None:
        """Fold or unfold the margin; the next start has it as it was left, except in the room."""
        self._is_margin_wanted = not self.last_time.isVisibleTo(self)
        if not self._is_in_room:
            self._preferences.hides_last_time = not self._is_margin_wanted
        self._fit()

    def _on_session_moved(self) -> None:
        """Go on with the keyboard in the note that is shown now; where none is, in the list."""
        if self.note.writer.document is not None:
            self.note.focus_note()
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_for_focus(self) -> None:
        """Ask for focus mode on the note."""
        self._page.focus_asked.emit(self.beside.active)

    def _name_focus_key(self) -> None:
        self.note.head.name_focus_key(self._keys.words(FOCUS))

    def forget(self) -> None:
        """Let go of every word."""
        self.last_time.forget()
        self.history.forget()
        self.moving.forget()
        self.session_moving.forget()
        self.empty_bar.clear()
        self.beside.forget_places()

    def _is_narrow(self) -> bool:
        return self.width() < NARROW or theme.current().is_large

    def _fit(self) -> None:
        self._left.setMinimumWidth(theme.current().px(LEAST_LIST))
        self.last_time.setMinimumWidth(theme.current().px(LEAST_MARGIN))
        is_alone = not self.side.is_turned and not self.beside.is_open and self.history.page is None
        is_roomy = is_alone and not self._is_narrow()
        is_shown = is_roomy if self._is_margin_wanted is None else self._is_margin_wanted
        self.last_time.setVisible(self._has_sessions and is_shown)
        self.jottings.set_in_sight(self._has_sessions and is_shown)
        self._kinds.setVisible(not theme.current().is_large)  # the menu Session has them too
        left, right = (theme.current().px(width) for width in self._widths())
        is_list_shown = self._is_list_wanted and self._has_room_for_list(left)
        self._left.setVisible(self._has_sessions and is_list_shown)
        has_rails, has_buttons = self._is_in_room and self._has_sessions, not self._is_in_room
        for rail, is_folded in zip(self._rails, (not is_list_shown, not is_shown), strict=True):
            rail.setVisible(has_rails and is_folded)
        self.note.head.show_folded(
            is_list_folded=has_buttons and not is_list_shown, is_last_time_folded=has_buttons and not is_shown
        )
        left, right = left if is_list_shown else 0, right if is_shown else 0
        self._splitter.setSizes([left, max(self.width() - left - right, 1), right])

    def _has_room_for_list(self, width: int) -> bool:
        """Whether the list may stand there: two notes side by side come first, unless it is asked for."""
        if not self.beside.is_open or self._is_list_insisted_on:
            return True
        least = self.beside.least_width()
        return self.width() - width >= least or self.width() < least

    def _widths(self) -> list[int]:
        """Return the widths of list and margin at 100 % text: as they were drawn last, else as designed."""
        drawn = self._preferences.widths.get(WIDTHS, [])
        return drawn if len(drawn) == 2 else [LIST_NARROW if self._is_narrow() else LIST, MARGIN]

    def _on_turned(self, _is_turned: bool) -> None:
        """Let the margin make room for the private page, the history or a second note, and come back after it."""
        self._is_list_insisted_on = False
        self._fit()

    def _on_splitter_moved(self) -> None:
        """Remember the widths drawn; a column that is folded keeps the one it had."""
        left, _middle, right = (round(size / theme.current().scale) for size in self._splitter.sizes())
        kept = self._widths()
        self._preferences.widths[WIDTHS] = [left or kept[0], right or kept[1]]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the margin come and go with the width."""
        super().resizeEvent(event)
        was = event.oldSize().width()
        if was < 0 or (was < NARROW) != (self.width() < NARROW):
            self._fit()


def _empty_states() -> tuple[tuple[str, tuple[str, str], dict[str, str]], ...]:
    """Return what stands where there is no client, no course or no session: its name, title and words, and its button."""
    to_clients = {"action": _("Go to Clients"), "action_icon": "users", "hint": _("or press Ctrl+1")}
    client = _("Sessions and notes belong to a client. Choose one in the Clients tab, or add your first.")
    course = _("A session is part of a course: how many there are, how long, in which phases. Begin one in the client’s file.")
    session = _("Begin with today’s. “How have you been since we last spoke?” is a good first question.")
    return (
        ("no_client", (_("No client chosen"), client), {"icon": "user", **to_clients}),
        ("no_course", (_("No course of treatment yet"), course), {"icon": "route", **to_clients}),
        (
            "no_session",
            (_("No session yet"), session),
            {"icon": "calendar", "action": _("New session"), "hint": _("or press Ctrl+Shift+N")},
        ),
    )
