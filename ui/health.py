"""Watches over the health of an open practice: looked through at its start, checked whole once a day, and told when damaged."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer, Signal

from ipt_desktop.domain.errors import DatabaseDamaged, PracticeLocked
from ipt_desktop.domain.health import Health
from ipt_desktop.domain.text import _, ngettext
from ui.background import Task
from ui.companions import Companion
from ui.faults import sentences_of
from ui.restore.words import readable_words

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ui.main_window import MainWindow
    from ui.page import BarAction

LOOKS_EVERY_MS = 60_000
RESTS = 60.0  # seconds without a save, before the daily check begins


class HealthWatch(Companion):
    """Checks in the background, and says in the window what was found. `checked` carries the Health of each check."""

    checked = Signal(object)
    _damage_heard = Signal()

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(desk, window)
        self._checks = desk.checks
        self._changed_at = monotonic()
        self._task: Task | None = None
        self._damage_heard.connect(self._on_damage, Qt.ConnectionType.QueuedConnection)
        self._checks.heard_damage = self._damage_heard.emit
        self._stop_hearing = desk.changes.subscribe(self._note_change)
        self._has_told_gone = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look_whether_due)
        self._timer.start(LOOKS_EVERY_MS)
        self._tell_unread()
        if self._checks.damage:
            self._on_damage()
        else:
            self._run(self._checks.quick)

    @property
    def is_checking(self) -> bool:
        """Whether a check is under way."""
        return self._task is not None

    def look_whether_due(self) -> None:
        """Begin the daily check if it is due and nothing was written for a minute; look whether the practice is still there."""
        if self._tell_gone():
            return
        is_resting = monotonic() - self._changed_at >= RESTS
        if is_resting and not self._checks.damage and self._checks.is_full_due():
            self._run(self._checks.full)

    def leave(self) -> None:
        """End; a check that is under way changes nothing and tells nobody."""
        self._timer.stop()
        self._stop_hearing()
        self._checks.heard_damage = lambda: None
        if self._task is not None:
            self._task.let_go()
        super().leave()

    def _note_change(self, _change: object) -> None:
        self._changed_at = monotonic()

    def _run(self, check: Callable[[], Health]) -> None:
        if self._task is not None:
            return
        task = Task(check, self)
        self._task = task
        task.done.connect(self._on_checked)
        task.failed.connect(self._on_not_checked)
        task.start()

    def _on_checked(self, result: object) -> None:
        self._task = None
        found = cast("Health", result)
        if found.has_damaged_pages:
            self._say_damage(readable_words(found.readable))
        elif self._checks.private_damage and not self._checks.damage:
            self._say_private_damage()
        elif found.orphans:
            self._say_orphans(len(found.orphans))
        elif self._checks.damage:  # met while reading, and not where the check has looked
            self._say_damage(_("What can be read is on screen as it was written."))
        self.checked.emit(found)

    def _on_not_checked(self, error: object) -> None:
        self._task = None
        if isinstance(error, DatabaseDamaged):
            self._say_damage(_("Nothing in it can be read any more."))
        elif self.window.workspace is not None and not isinstance(error, PracticeLocked):
            title = _("The practice could not be checked")
            self.window.workspace.say(title, sentences_of(cast("Exception", error)), tone="caution")

    def _on_damage(self) -> None:
        """Say it at once, and then how much is left."""
        self._say_damage(_("What can still be read is being counted."))
        self._run(self._checks.quick)

    # -- in words --------------------------------------------------------------------------------------------------

    def _say_damage(self, readable: str) -> None:
        workspace = self.window.workspace
        if workspace is None:
            return
        words = _(
            "{readable} Nothing is written into it any more, so that nothing more is lost: what you type now is not kept. "
            "A backup brings it back as it was; or what can be read is saved into a new practice."
        )
        actions: tuple[BarAction, ...] = (
            ("health_restore", _("Restore a backup…"), workspace.restore_asked.emit),
            ("health_salvage", _("Save what can be read…"), workspace.salvage_asked.emit),
        )
        if self.desk.is_demo:
            words = _("{readable} Nothing is written into it any more. It holds no real client and can be made anew.")
            actions = (("health_reset", _("Make the demo practice anew"), workspace.reset_asked.emit),)
        title = _("This practice is damaged and is only read now")
        workspace.bars.practice_bar.say(title, words.format(readable=readable), tone="danger", actions=actions, can_close=False)

    def _say_private_damage(self) -> None:
        workspace = self.window.workspace
        if workspace is not None:
            title = _("The private notes are damaged and are only read now")
            words = _("The practice itself is sound. Nothing is written into the private notes; a backup brings them back.")
            restore = ("health_restore", _("Restore a backup…"), workspace.restore_asked.emit)
            workspace.bars.practice_bar.say(title, words, tone="danger", actions=(restore,), can_close=False)

    def _tell_gone(self) -> bool:
        """Say, as long as it is so, that the practice is no longer where it was opened."""
        workspace = self.window.workspace
        if workspace is None or self._checks.damage:
            return False
        is_gone = self.desk.is_gone
        if is_gone and not self._has_told_gone:
            title = _("This practice is no longer where it was opened")
            words = _(
                "{folder} was moved, deleted or replaced while it was open. Nothing is saved until it is back: what you type "
                "stays on screen. Put it back in its place before you close or lock this window."
            )
            words = words.format(folder=self.desk.folder)
            workspace.bars.practice_bar.say(title, words, tone="danger", can_close=False)
        elif self._has_told_gone and not is_gone:
            workspace.bars.practice_bar.clear()
        self._has_told_gone = is_gone
        return is_gone

    def _tell_unread(self) -> None:
        count, workspace = self._checks.unread_saves, self.window.workspace
        if not count or workspace is None or self._checks.damage:
            return
        title = ngettext("{count} save was lost", "{count} saves were lost", count).format(count=count)
        words = _(
            "The computer or the program stopped, and the end of the file that takes the latest saves is damaged. All that was "
            "saved before is there. Look at what you wrote last; if more is missing, a backup may hold it."
        )
        restore = ("unread_restore", _("Restore a backup…"), workspace.restore_asked.emit)
        workspace.bars.practice_bar.say(title, words, tone="danger", actions=(restore,))

    def _say_orphans(self, count: int) -> None:
        workspace = self.window.workspace
        if workspace is not None:
            words = ngettext(
                "{count} record has lost what it belonged to. Everything else is whole and can be read.",
                "{count} records have lost what they belonged to. Everything else is whole and can be read.",
                count,
            )
            workspace.say(_("The daily check found something"), words.format(count=count), tone="caution")
