"""The desk of an open practice: client strip, tabs, the pages, and one bar above them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import cached_property, partial
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QUndoGroup, QUndoStack
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import PracticeError, RecordGone
from ipt_desktop.domain.text import _
from ui.bars import Bars
from ui.change_bus import ChangeBus
from ui.client_strip import ClientStrip
from ui.faults import words_of
from ui.key_choices import KeyChoices
from ui.page import BarAction, Page
from ui.preferences import Preferences
from ui.risk.opening import open_risk
from ui.room.mode import RoomMode
from ui.strip_facts import initials_of, latest_course_id, strip_facts
from ui.tabs import ALL_TABS, Tab, TabRow

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Client
    from ipt_desktop.services.changes import Changed
    from ipt_desktop.services.desk import Desk
    from ui.lock.ask_again import AskAgain
    from ui.lock.running_session import RunningSession
    from ui.settings.page import SettingsPage


class Whereabouts(NamedTuple):
    """Where the therapist is: ids, a tab's key and the place in its page (ids and numbers), no word of a client."""

    client_id: str | None
    course_id: str | None
    tab: str
    place: object = None


STRIP_KINDS = (
    *("client", "course", "session", "phase_change", "problem_area", "stage_change", "measure_result", "measure_plan"),
    *("risk_entry", "safety_plan"),
)


def _ask_before_reset(workspace: Workspace) -> None:
    """Ask first: it is the one thing in the demo that can't be undone."""
    title = _("Make the demo practice anew?")
    words = _("What you tried in it goes; the eight invented clients are as on the first day.")
    again = ("reset_now", _("Make it anew"), workspace.reset_asked.emit)
    keep = ("reset_not", _("Keep it as it is"), workspace.bar.clear)
    workspace.say(title, words, tone="caution", actions=(again, keep), can_close=False)


def _say_unsaved(workspace: Workspace, reason: str) -> None:
    """Say that a page could not be kept; what can never be kept may be left unsaved."""
    leave = ("leave_all_unsaved", _("Leave it unsaved"), workspace.leave_unsaved)
    actions = (leave,) if workspace.desk.is_read_only or workspace.desk.is_gone else ()
    workspace.say(_("The last change could not be saved"), reason, tone="danger", actions=actions)


def _tell_unread(workspace: Workspace) -> None:
    """Name, once, the therapist's own forms and protocols that could not be read: file, line and field."""
    unread = [str(each) for each in workspace.desk.unread_definitions[workspace.told_unread :]]
    if unread:
        workspace.told_unread += len(unread)
        words = _("{problems}. Mend the file and open the practice again; until then it is left out.")
        title = _("A definition of yours could not be read")
        workspace.say(title, words.format(problems="; ".join(unread)), tone="caution")


class Workspace(QWidget):
    """What is on screen while a practice is open; it is the `Frame` its pages talk to."""

    lock_asked = Signal()
    cover_asked = Signal()
    reset_asked = Signal()
    restore_asked = Signal()
    salvage_asked = Signal()
    revoke_asked = Signal(str, object)
    turn_asked = Signal(str, str, str, str)
    page_built = Signal(object)

    def __init__(self, desk: Desk, preferences: Preferences, parent: QWidget, tabs: tuple[Tab, ...] | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("workspace")
        self.desk = desk
        self.preferences = preferences
        self.keys = KeyChoices(preferences, self)
        self.tabs = ALL_TABS if tabs is None else tabs
        self.changes = ChangeBus(self)
        self.undo_group = QUndoGroup(self)
        self._undo_stacks: dict[str, QUndoStack] = {}
        self._client_id: str | None = None
        self._course_id: str | None = None
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._shown = ""
        self.told_unread = 0
        self._settings: SettingsPage | None = None
        self._opened_at = monotonic()
        self._build()
        self._connect()
        self.undo_group.setActiveStack(self.undo_stack())
        self.room.follow()

    def _build(self) -> None:
        self.strip = ClientStrip(self, is_demo=self.desk.is_demo)
        self.tab_row = TabRow(self.tabs, self, self.keys)
        self.bars = Bars(self)
        self.bar = self.bars.bar
        self._stack = QStackedWidget(self)
        self._stack.setObjectName("pages")
        self._stack.setProperty("role", "desk")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.tab_row)
        column.addWidget(self.bars)
        self.room = RoomMode(self)
        self._asking = QVBoxLayout()
        column.addLayout(self._asking)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.tab_row.chosen.connect(self._on_tab_chosen)
        self.tab_row.lock_asked.connect(self.lock_asked)
        self.tab_row.cover_asked.connect(self.cover_asked)
        self.strip.session_asked.connect(self.room.start_session)
        self.strip.risk_asked.connect(partial(open_risk, self))
        self.room.turned.connect(self.refresh_names)
        self.strip.reset_asked.connect(partial(_ask_before_reset, self))
        self._stop_hearing = self.desk.changes.subscribe(self.changes.tell)
        self.changes.changed.connect(self._on_changed)

    @cached_property
    def running_session(self) -> RunningSession:
        """The session that is being held now, as far as a lock asks."""
        from ui.lock.running_session import RunningSession

        return RunningSession()

    @cached_property
    def ask_again(self) -> AskAgain:
        """The panel that asks for the passphrase once more; made when it is first needed."""
        from ui.lock.ask_again import AskAgain

        panel = AskAgain(self.desk, self, self._opened_at)
        self._asking.addWidget(panel)
        return panel

    # The frame, as pages see it.

    @property
    def client_id(self) -> str | None:
        """The client chosen, or None."""
        return self._client_id

    @property
    def course_id(self) -> str | None:
        """The course chosen, or None."""
        return self._course_id

    @property
    def is_in_room(self) -> bool:
        """Whether a session is running: a client may see the screen."""
        return self.room.is_on

    def choose_client(self, client_id: str | None, course_id: str | None = None) -> bool:
        """Choose a client (and course, else the latest one) for every tab; False where unsaved text could not be kept."""
        if not self.flush():
            return False
        self._stop_asking()
        is_another = client_id != self._client_id
        if is_another and self.bar.property("tone") != "danger":
            self.bar.clear()  # what it says is of the client who was here
        if is_another:
            self.show_save_state("clean")  # when the other client's words were saved is no news of this one
        self._client_id = client_id
        self._course_id = course_id or latest_course_id(self.desk, client_id)
        self.undo_group.setActiveStack(self.undo_stack())
        self._stale = set(self._pages)
        self._refresh_strip()
        if is_another and client_id is not None:
            self.desk.audit.note_opened(client_id)
        self._show_client_in(self._shown)
        return True

    def show_tab(self, tab: str) -> bool:
        """Go to a tab; False where what is typed in the present one could not be kept."""
        if not self._is_settings_left():
            return False
        if tab == self._shown:
            return True
        present = self._pages.get(self._shown)
        if present is not None and not self._is_flushed(present.flush):
            self.tab_row.show_chosen(self._shown)
            return False
        page = self.page(tab)
        if page is None:
            return False
        self._stop_asking()
        self._shown = tab
        self.tab_row.show_chosen(tab)
        self._show_client_in(tab)
        self._stack.setCurrentWidget(page)
        page.setFocus()
        _tell_unread(self)
        return True

    def show_settings(self, section: str = "") -> bool:
        """Show the settings over the tabs, at a section or where they were left; False where text could not be kept."""
        from ui.settings.page import SettingsPage

        present = self._pages.get(self._shown)
        if present is not None and not self._is_flushed(present.flush):
            return False
        if self._settings is None:
            self._settings = SettingsPage(self.desk, self)
            self._settings.left.connect(self._on_settings_left)
            self._settings.moved.connect(self._stop_asking)
            self._pages["settings"] = self._settings
            self._stack.addWidget(self._settings)
        self._stop_asking()
        self._set_settings_shown(is_shown=True)
        self._stack.setCurrentWidget(self._settings)
        self._settings.show_section(section)
        self._settings.setFocus()
        return True

    def _is_settings_left(self) -> bool:
        """Leave the settings, if they are shown; False where they could not be."""
        is_shown = self._settings is not None and self._stack.currentWidget() is self._settings
        return not is_shown or self._settings is None or self._settings.leave()

    def _on_settings_left(self) -> None:
        self._stop_asking()
        self._set_settings_shown(is_shown=False)
        page = self._pages.get(self._shown)
        if page is not None:
            self._stack.setCurrentWidget(page)
            page.setFocus()

    def _set_settings_shown(self, *, is_shown: bool) -> None:
        """Show the settings without the client: they are of the practice."""
        self.room.show_strip(is_wanted=not is_shown)
        self.tab_row.setVisible(not is_shown)

    def page(self, tab: str) -> Page | None:
        """Return a tab's page, built if it was not, or None where there is no such tab."""
        if tab not in self._pages:
            found = next((each for each in self.tabs if each.key == tab), None)
            if found is None:
                return None
            page = found.make(self.desk, self)
            self._pages[tab] = page
            self._stack.addWidget(page)
            self._stale.add(tab)
            self.page_built.emit(page)
        return self._pages[tab]

    def show_save_state(self, state: str, at: datetime | None = None, detail: str = "") -> None:
        """Show in the strip what became of what was typed."""
        self.strip.show_save_state(state, at, detail)
        self.room.show_save_state(state, at, detail)

    def say(
        self,
        title: str,
        words: str = "",
        *,
        tone: str = "note",
        actions: tuple[BarAction, ...] = (),
        can_close: bool = True,
    ) -> None:
        """Show a bar above the pages: danger, caution or note."""
        self.bar.say(title, words, tone=tone, actions=actions, can_close=can_close)

    def unsay(self, title: str) -> None:
        """Take the bar away if it still says this."""
        if self.bar.title() == title:
            self.bar.clear()

    def undo_stack(self) -> QUndoStack:
        """Return the undo stack of the client chosen."""
        key = self._client_id or ""
        if key not in self._undo_stacks:
            self._undo_stacks[key] = QUndoStack(self.undo_group)
        return self._undo_stacks[key]

    def when_sure(self, act: Callable[[], None]) -> None:
        """Call `act`: now, or once the passphrase is typed again, if that was longer ago than the settings allow."""
        self.ask_again.when_sure(act)

    def _stop_asking(self) -> None:
        """Drop a wish that was of another place."""
        if "ask_again" in vars(self):
            self.ask_again.forget()

    def revoke(self, passphrase: str, private_passphrase: str | None) -> None:
        """Close the practice, give it a new key and recovery sheet, and open it again."""
        self.revoke_asked.emit(passphrase, private_passphrase)

    def turn_to_client(self, *, measure: str = "", session_id: str = "", result_id: str = "", about_id: str = "") -> None:
        """Fill the screen with the circle of the client chosen, or a measure to answer, and with nothing else."""
        self.turn_asked.emit(measure, session_id, result_id, about_id)

    def name_of(self, client: Client) -> str:
        """Return the name to show: initials while View ▸ Privacy asks for them, or a session is running."""
        return initials_of(client) if self.preferences.has_initials or self.room.is_on else client.name

    # What the window asks.

    def whereabouts(self) -> Whereabouts:
        """Return where the therapist is, to come back to after a lock."""
        page = self._pages.get(self._shown)
        return Whereabouts(self._client_id, self._course_id, self._shown, page.place() if page is not None else None)

    def go_to(self, where: Whereabouts | None) -> None:
        """Go where the therapist was, as far as it is still there; without a place, to the first tab."""
        if where is None and self.room.resume():
            return
        if where is not None and where.client_id is not None:
            for client_id, course_id in ((where.client_id, where.course_id), (where.client_id, None), (None, None)):
                with suppress(RecordGone):
                    self.choose_client(client_id, course_id)
                    break
        if self.tabs and not (where is not None and self.show_tab(where.tab)):
            self.show_tab(self.tabs[0].key)
        if where is not None and where.place is not None and where.tab == self._shown:
            self._pages[self._shown].return_to(where.place)

    def flush(self) -> bool:
        """Keep what is typed in any page; say so and return False where that failed."""
        kept = [self._is_flushed(page.flush_all) for page in self._pages.values()]  # every one, also after a failure
        return all(kept)

    def _is_flushed(self, flush: Callable[[], bool]) -> bool:
        """Flush one page. A page that fails in any way counts as not kept: the window must not close on it."""
        try:
            if flush():
                return True
            if self.bar.isVisibleTo(self) and self.bar.property("tone") == "danger":
                return False  # the page has said why, with what can be done; more words would only hide it
            reason = _("Your words are kept on screen; they are tried again.")
        except PracticeError as error:
            reason = str(error)
        except Exception as error:  # whatever it was, the text must stay
            reason = words_of(error)[1]
        _say_unsaved(self, reason)
        return False

    def leave_unsaved(self) -> None:
        """Let go of what a damaged practice, or one that is gone, can't keep, and show what is stored."""
        self.bar.clear()
        for page in self._pages.values():
            page.forget()
        self._stale = set(self._pages)
        self._show_client_in(self._shown)

    def show_fault(self, error: BaseException) -> None:
        """Say that something went wrong which nobody caught, unless a bar already says that words are not saved."""
        if self.bar.isVisibleTo(self) and self.bar.property("tone") == "danger":
            return
        title, words = words_of(error)
        self.say(title, words, tone="danger")

    def forget(self) -> None:
        """Let go of every clinical word: pages, undo, the strip. What is under way, or was to come later, comes to nothing."""
        from ui.background import let_go_of_work

        self._stop_hearing()
        self._stop_asking()
        let_go_of_work(self)
        self.changes.blockSignals(True)  # what is still on its way would make views read a practice that is closed
        for page in self._pages.values():
            page.forget()
        for stack in self._undo_stacks.values():
            stack.clear()
        self.strip.show_facts(None)
        self.room.forget()
        self.bars.clear()

    def refresh_names(self) -> None:
        """Show names or initials, as the preferences now say, everywhere."""
        self._refresh_strip()
        self._stale = set(self._pages)
        self._show_client_in(self._shown)

    def start_session(self) -> None:
        """Go to Sessions and begin today's session."""
        self.room.start_session()

    def _show_client_in(self, tab: str) -> None:
        if tab in self._stale:
            self._stale.discard(tab)
            self._pages[tab].show_client(self._client_id, self._course_id)
            if self._client_id is not None:
                self.desk.audit.note_viewed(self._client_id, tab)

    def _refresh_strip(self) -> None:
        has_sessions = any(tab.key == "sessions" for tab in self.tabs)
        facts = strip_facts(self.desk, self._client_id, self._course_id, self.name_of)
        self.strip.show_facts(facts, can_start=has_sessions)
        self.room.show_strip()

    def _on_tab_chosen(self, tab: str) -> None:
        self.show_tab(tab)

    def _on_changed(self, change: Changed) -> None:
        """Follow what the strip tells of; a note that is saved while it is typed is none of it."""
        if not change.touches(*STRIP_KINDS):
            return
        if change.touches("session"):
            self.room.follow()
        if self._client_id is not None and self._course_id is None:
            self._course_id = latest_course_id(self.desk, self._client_id)
        self._refresh_strip()
