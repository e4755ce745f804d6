"""What a tab's page promises the window, and what it may ask of the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QShowEvent, QUndoStack
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.text import _
from ui.change_bus import ChangeBus

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Client
    from ipt_desktop.services.desk import Desk
    from ui.key_choices import KeyChoices
    from ui.preferences import Preferences

BarAction = tuple[str, str, Callable[[], None]]  # objectName, words, what to call


class Frame(Protocol):
    """The window around the pages: the client chosen, the tabs, the save state and the bar."""

    changes: ChangeBus
    preferences: Preferences
    keys: KeyChoices

    @property
    def client_id(self) -> str | None:
        """The client chosen, or None."""
        ...

    @property
    def course_id(self) -> str | None:
        """The course chosen, or None."""
        ...

    @property
    def is_in_room(self) -> bool:
        """Whether a session is running: a client may see the screen."""
        ...

    def choose_client(self, client_id: str | None, course_id: str | None = None) -> bool:
        """Choose a client (and course, else the latest one) for every tab; False where unsaved text could not be kept."""
        ...

    def show_tab(self, tab: str) -> bool:
        """Go to a tab by its key ("clients", "circle", "progress" …); False where text could not be kept."""
        ...

    def show_settings(self, section: str = "") -> bool:
        """Show the settings, at a section by its key; False where text could not be kept."""
        ...

    def page(self, tab: str) -> Page | None:
        """Return a tab's page, built if it was not, or None where there is no such tab."""
        ...

    def show_save_state(self, state: str, at: datetime | None = None, detail: str = "") -> None:
        """Show in the strip what became of what was typed (`widgets.save_state.Keeping`)."""
        ...

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
        ...

    def unsay(self, title: str) -> None:
        """Take the bar away if it still says this."""
        ...

    def undo_stack(self) -> QUndoStack:
        """Return the undo stack of the client chosen. Commands hold ids, never widgets."""
        ...

    def when_sure(self, act: Callable[[], None]) -> None:
        """Call `act`: now, or once the passphrase is typed again, if that was longer ago than the settings allow."""
        ...

    def turn_to_client(self, *, measure: str = "", session_id: str = "", result_id: str = "", about_id: str = "") -> None:
        """Fill the screen with the circle of the client chosen, or a measure to answer, and with nothing else.

        `measure` is a key; `result_id` is one that was begun, to go on with; `about_id` the person it is about.
        """
        ...

    def revoke(self, passphrase: str, private_passphrase: str | None) -> None:
        """Close the practice, give it a new key and recovery sheet, and open it again."""
        ...

    def name_of(self, client: Client) -> str:
        """Return the name to show: initials while View ▸ Privacy asks for them."""
        ...


class Page(QWidget):
    """A tab. Subclasses are made with (desk, frame) on their tab's first visit and forget all when the practice locks.

    `focus_asked` carries the `NotePage` whose text is to be shown alone in the window.
    """

    focus_asked = Signal(object)

    def __init__(self, desk: Desk, frame: Frame) -> None:
        super().__init__(frame if isinstance(frame, QWidget) else None)
        self.desk = desk
        self.frame = frame
        self._undo: QUndoStack | None = None
        self._is_behind = False
        self.focus_waits: QWidget | None = None

    def ask_for_focus(self, note: QWidget) -> None:
        """Ask for focus mode; asked before anybody listens, as the practice is opened, it waits for who begins it."""
        self.focus_waits = note
        self.focus_asked.emit(note)

    def refresh(self) -> None:
        """Show what is stored now."""
        self._is_behind = False

    def _keep_up(self) -> None:
        """Refresh now if the page is in sight, else when it is next looked at."""
        if self.isVisible():
            self.refresh()
        else:
            self._is_behind = True

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was stored while another tab was shown."""
        super().showEvent(event)
        if self._is_behind:
            self.refresh()

    def _follow_undo(self) -> None:
        """Hear of each step of the client chosen that is done or undone (`_on_step`), and of no other client's."""
        self._leave_undo()
        self._undo = self.frame.undo_stack()
        self._undo.indexChanged.connect(self._on_step)

    def _leave_undo(self) -> None:
        """Hear of no more steps."""
        if self._undo is not None:
            self._undo.indexChanged.disconnect(self._on_step)
            self._undo = None

    def _on_step(self) -> None:
        """Show what a step changed."""
        self.refresh()

    def _refused(self, reason: str) -> None:
        """Say why a verb could not be done."""
        self.frame.say(_("Not done"), reason, tone="caution")

    def show_client(self, client_id: str | None, course_id: str | None) -> None:
        """Show this client and course, or say how to choose one."""

    def flush(self) -> bool:
        """Keep what is not saved yet and wait for it; return False where that failed (the text stays)."""
        return True

    def flush_all(self) -> bool:
        """Keep what stands in editors that are open, too: the client, or the practice, is being left."""
        return self.flush()

    def forget(self) -> None:
        """Let go of every clinical word: the practice is being locked."""

    def place(self) -> object:
        """Return where in the page the therapist is, or None: ids and numbers alone, for it outlives a lock."""
        return None

    def return_to(self, place: object) -> None:
        """Go back to what `place` told, as far as it is still there, with the keyboard where it was."""

    def go_to_session(self, session_id: str) -> None:
        """Show the note of a session of the course shown (the Sessions tab does)."""

    def start_session(self) -> None:
        """Begin the session of today (the Sessions tab does)."""

    def end_session(self) -> None:
        """Ask how the running session went, and end it (the Sessions tab does)."""

    def show_tasks(self) -> None:
        """Show the between-session tasks of the course (the Phases tab does)."""

    def ask_how_far(self, goal_id: str, session_id: str = "") -> bool:
        """Show where it is said how far a goal is, in a session (the Phases tab does); False where that can't be."""
        return False

    def enter_measure(self, key: str = "", session_id: str = "") -> bool:
        """Show where a measure is entered (the Progress tab does); False where that can't be."""
        return False

    def plan_measures(self) -> bool:
        """Open the plan of which measures the course gives, and when (the Progress tab does); False where that can't be."""
        return False

    def open_result(self, result_id: str) -> bool:
        """Show the answers of a measure, to be changed (the Progress tab does); False where that can't be."""
        return False

    def add_addendum(self, session_id: str) -> None:
        """Begin an addendum to the signed note of a session (the Sessions tab does)."""

    def open_worksheet(self, document_id: str) -> bool:
        """Show a worksheet of the course (the Phases tab does); False where that can't be."""
        return False

    def worksheet_of_session(self, key: str, session_id: str, person_id: str = "") -> bool:
        """Show the worksheet of a form that was begun in a session, or begin it (the Phases tab does)."""
        return False

    def new_worksheet(self, key: str, session_id: str = "") -> bool:
        """Begin a worksheet of a form (the Phases tab does)."""
        return False

    def show_about(self, person_id: str, tie_id: str = "") -> None:
        """Show someone of the client's people, and one of their ties where one is meant (the Circle tab does)."""

    def show_sitting(self, sitting_id: str) -> None:
        """Show the circle as it stood in a sitting of the course (the Circle tab does)."""

    def show_change(self) -> None:
        """Show who moved on the circle since the first one of the course (the Circle tab does)."""

    def choose_person(self, person_id: str) -> None:
        """Show someone of the client's people (the Circle tab does)."""

    def ask_for_protocol(self) -> None:
        """Let another protocol be chosen for the course (the Phases tab does)."""

    def ask_for_ending(self) -> None:
        """Ask how the course ended (the Phases tab does)."""

    def open_chapter(self, key: str, place: object = None) -> bool:
        """Show one of the papers of the course, at a place in it (the Phases tab does); False where that can't be."""
        return False

    def show_kind(self, kind: str, record_id: str = "") -> None:
        """Show a kind of document of the client chosen, of several the one meant (the Reports tab does)."""

    def choose_session(self, session_id: str) -> bool:
        """Show a session's note (the Sessions tab does); False where that was not to be."""
        return False

    def menus(self) -> dict[str, Sequence[QAction]]:
        """Return what the page adds to the menus "Client", "Session", "Circle", "File", "Edit" or "View"."""
        return {}
