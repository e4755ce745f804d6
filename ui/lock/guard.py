"""Who watches over an open practice: locks or covers it when nobody is there, and clears away what is left of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import monotonic, time
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.practice_settings import PracticeSettings
from ipt_desktop.domain.text import _, ngettext
from ipt_desktop.services import cover_pin
from ui.background import Task, is_at_work
from ui.companions import Companion
from ui.faults import sentences_of
from ui.lock.cause import Cause, why
from ui.lock.clipboard import OwnCopies
from ui.lock.clock_gap import ClockGap
from ui.lock.rest import Rest
from ui.lock.sight import Sight
from ui.lock.system import SystemEvents

if TYPE_CHECKING:
    from ipt_desktop.services.changes import Changed
    from ipt_desktop.services.desk import Desk
    from ui.lock.way_back import WayBack
    from ui.main_window import MainWindow

LOOK_EVERY_MS = 2000


class Asking(Protocol):
    """A page that asks who is there: the cover, or the one that hands the computer back."""

    way_back: WayBack | None


@dataclass(frozen=True, slots=True)
class Clocks:
    """A clock that only goes on, and the one on the wall; tests bring their own."""

    steady: Callable[[], float] = monotonic
    wall: Callable[[], float] = time


class Guard(Companion):
    """Looks every two seconds whether the practice is to be locked, or covered while a session runs.

    A lock that is refused (words that could not be kept, work that must not be broken off) is tried again behind the cover.
    `came_back` when the PIN or the passphrase was right.
    """

    came_back = Signal()

    def __init__(self, desk: Desk, window: MainWindow, clocks: Clocks | None = None) -> None:
        super().__init__(desk, window)
        clocks = clocks or Clocks()
        self.rest = Rest(self, clocks.steady)
        self._urgent = [window.menus.action(name) for name in ("lock_practice", "cover_screen")]
        self.rest.pressed.connect(self._on_pressed)
        self._gap = ClockGap(clocks.steady, clocks.wall)
        self._copies = OwnCopies(self)
        self._settings = self._read_settings()
        self.sight = Sight(window, self._settings)
        self._refused: str | None = None
        self._cause = Cause.REST  # of what was refused
        self._wrong_pins = 0
        self._asking: Asking = window.cover_page
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_EVERY_MS)
        self._system = SystemEvents(self)
        self._system.locked_by.connect(self._on_locked_by)
        window.lock_refused.connect(self._on_lock_refused)
        window.cover_page.tried.connect(self._on_tried)
        if window.workspace is not None:
            window.workspace.changes.changed.connect(self._on_changed)

    def _read_settings(self) -> PracticeSettings:
        try:
            return self.desk.settings.values()
        except PracticeError:  # a damaged practice is locked all the same
            return PracticeSettings()

    def _on_changed(self, change: Changed) -> None:
        if change.touches("setting"):
            self._settings = self._read_settings()
            self.sight.follow(self._settings)

    # Watching.

    def look(self) -> None:
        """See whether it is time to lock or to cover."""
        self.rest.listen()
        if not self.window.is_covered:
            self._refused = None  # whoever came back does not wish it any more
        cause = self._gap.look()
        if cause is not None:
            self.lock(cause)
        elif self._refused is not None and self.window.is_covered:
            self.window.lock(why=self._refused, cause=self._cause)
        elif self.rest.seconds >= self._minutes * 60:
            self.lock(Cause.REST)
        elif self._is_in_session and self.rest.seconds >= self._settings.lock_after * 60:
            self.cover()

    @property
    def _is_in_session(self) -> bool:
        workspace = self.window.workspace
        return workspace is not None and workspace.running_session.is_running

    @property
    def _minutes(self) -> int:
        """The minutes of rest after which the practice is locked now."""
        return self._settings.lock_in_session_after if self._is_in_session else self._settings.lock_after

    def _on_locked_by(self, cause: str) -> None:
        self.lock(Cause(cause))

    def lock(self, cause: Cause) -> bool:
        """Lock, and say why; where that is refused, cover. Returns whether the practice is locked."""
        self._cause = cause
        return self.window.lock(why=why(cause, self._minutes), cause=cause)

    def _on_pressed(self, keys: QKeySequence) -> None:
        """Lock and cover by their keys also where a dialog or a menu keeps the menu bar from hearing them."""
        is_heard = self.window.menuBar().isEnabled()  # neither covered nor closing
        for action in self._urgent:
            if is_heard and keys == action.shortcut():
                QTimer.singleShot(0, self, action.trigger)  # once whoever has the keyboard is done with the key

    def cover(self) -> None:
        """Cover a session that is being held; only the PIN, or the passphrase, leads back."""
        if not self._is_asking:
            self._cover_and_ask()

    # Leaving the cover.

    @property
    def _is_asking(self) -> bool:
        return self.window.is_covered and self.window.cover_page.way_back is not None

    def _cover_and_ask(self) -> None:
        """Let only who belongs here take the cover off; the demo practice, without a PIN, has nothing to ask for."""
        self.rest.is_held = self.has_key
        self.window.cover()
        if self.has_key:
            self.window.cover_page.ask_who(has_pin=self.has_pin)

    @property
    def has_pin(self) -> bool:
        """Whether a PIN is asked for, and not the passphrase."""
        return bool(self._settings.cover_pin)

    @property
    def has_key(self) -> bool:
        """Whether there is anything to ask for; the demo practice, without a PIN, has nothing."""
        return self.has_pin or not self.desk.is_demo

    def _on_tried(self, typed: str) -> None:
        self.look_at(typed, self.window.cover_page)

    def look_at(self, typed: str, page: Asking) -> None:
        """See whether what was typed on a page is the PIN or, where none is set, the passphrase; wrong ones are counted."""
        if page.way_back is None:
            return
        for task in self.findChildren(Task):  # of another page, covered meanwhile
            task.let_go()
        if self._asking is not page and self._asking.way_back is not None:
            self._asking.way_back.set_busy(False)
        self._asking = page
        page.way_back.set_busy(True)
        pin, vault = self._settings.cover_pin, self.desk.vault
        if pin:
            task = Task(lambda: cover_pin.is_pin(pin, typed), self)
            task.done.connect(self._on_pin_checked)
        else:
            task = Task(partial(_prove, vault, typed), self)
            task.done.connect(self._on_passphrase_proven)
        task.failed.connect(self._on_check_failed)
        task.start()

    def _on_pin_checked(self, is_right: object) -> None:
        if is_right:
            self._come_back()
            return
        self._wrong_pins += 1
        left = cover_pin.TRIES - self._wrong_pins
        if left <= 0:
            self.lock(Cause.PIN)
        elif (way_back := self._asking.way_back) is not None:
            words = ngettext(
                "That is not the PIN. After {count} more wrong one the practice is locked.",
                "That is not the PIN. After {count} more wrong ones the practice is locked.",
                left,
            )
            way_back.show_wrong(words.format(count=left))

    def _on_passphrase_proven(self, _nothing: object) -> None:
        """Come back; a panel that asked for the passphrase goes, and what it was asked for is dropped.

        It was typed to come back: nothing may leave the practice, or go for good, before its button is pressed again.
        """
        self._come_back()
        if self.window.workspace is not None:
            panel = self.window.workspace.ask_again
            panel.note_known()
            panel.forget()  # once it is in sight again: it hands the keyboard on

    def _on_check_failed(self, error: Exception) -> None:
        if (way_back := self._asking.way_back) is not None:
            way_back.show_wrong(str(error) if isinstance(error, PracticeError) else sentences_of(error))

    def _come_back(self) -> None:
        self._wrong_pins, self._refused = 0, None
        self.rest.is_held = False
        self.rest.end()
        self.window.uncover()
        self.came_back.emit()

    # A lock that is refused.

    def _on_lock_refused(self, reason: str) -> None:
        """Hide everything all the same, say in words that it is not locked, and go on trying."""
        self._refused = reason
        if not self._is_asking:
            self._cover_and_ask()
        workspace = self.window.workspace
        tone = "danger"
        if workspace is not None and is_at_work(workspace):
            tone = "note"
            title, words = _("Not locked yet: something is still being finished"), _("It is locked as soon as that is done.")
        else:
            title = _("Not locked: the last change could not be saved")
            words = _("Your words are kept behind this cover. Saving is tried again every few seconds; then it is locked.")
        if self.desk.is_read_only:
            words = _(
                "This practice is damaged and can only be read. Your words stay behind this cover; come back and copy them."
            )
        self.window.cover_page.notice.say(title, words, tone=tone, can_close=False)

    def leave(self) -> None:
        """Take back what was copied, and watch no more."""
        self._timer.stop()
        self._system.leave()
        self.sight.leave()
        self._copies.leave()
        for task in self.findChildren(Task):
            task.let_go()
        super().leave()


def _prove(vault: object, passphrase: str) -> None:
    from ipt_desktop.services.access import prove_passphrase
    from ipt_desktop.services.vault import OpenVault

    if isinstance(vault, OpenVault):
        prove_passphrase(vault, passphrase)
