"""Backups by themselves: every so many hours of use, and before the window closes, if something has changed."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer, Signal

from ipt_desktop.domain.backup import is_due
from ipt_desktop.domain.errors import Cancelled
from ipt_desktop.domain.records import now
from ipt_desktop.domain.text import _
from ui.background import Task
from ui.backup_task import BackupTask
from ui.backup_words import danger_words, failing_words, failure_words
from ui.closing_page import ClosingPage
from ui.companions import Companion
from ui.faults import sentences_of

if TYPE_CHECKING:
    from ipt_desktop.services.backups import Attempt, Backups
    from ipt_desktop.services.desk import Desk
    from ipt_desktop.services.place import Danger
    from ui.main_window import MainWindow
    from ui.workspace import Workspace

MINUTE_MS = 60_000
REST_MINUTES = 15  # after one that failed
LONGEST_STOP_MS = 3_000


class BackingUp(Companion):
    """Watches over the backups of an open practice; the demo practice has none."""

    _record_changed = Signal()

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(desk, window)
        self._task: BackupTask | None = None
        self._page: ClosingPage | None = None
        self._known_failing: set[Path] = set()
        self._failing_before: set[Path] = set()
        self._may_close = self._has_left = self._is_looking = self._was_under_way = False
        self._wants_out = False  # whatever becomes of the backup under way
        self._untold = ""
        self._rest = 0
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self.note_minute)
        if not desk.is_demo:
            self._begin()

    def _begin(self) -> None:
        self._backups: Backups = self.desk.backups
        state = self._backups.record.state
        self._is_left_over = is_due(state.last_made_at, now(), self._backups.has_changed(), self._every)
        self._stop_hearing = self._backups.record.subscribe(self._record_changed.emit)
        self._record_changed.connect(self._show_failing)
        if self._workspace is not None:
            self._workspace.strip.backups_asked.connect(self._on_backups_asked)
        self._show_failing()
        self._look_for_dangers()
        self._minute.start()

    @property
    def _workspace(self) -> Workspace | None:
        return self.window.workspace

    @property
    def _every(self) -> timedelta:
        return timedelta(hours=self.desk.settings.values().backup_every_hours)

    # While the practice is in use.

    def note_minute(self) -> None:
        """Count a minute of use, and make a backup where one is due."""
        record = self._backups.record
        if self.window.isActiveWindow():
            record.note_use(1)
        self._rest = max(0, self._rest - 1)
        if self._task is not None:
            return
        is_time = timedelta(minutes=record.state.used_minutes) >= self._every and self._backups.has_changed()
        if (is_time or self._is_left_over or self._backups.has_changed_beside()) and not self._rest:
            self._is_left_over = False
            self._start(self._backups.folders())
        elif not self._rest and not self._is_looking and (failing := list(self._backups.failing())):
            self._is_looking = True
            task = Task(partial(_present, failing), self)  # a network's folder may take its time
            task.done.connect(self._on_looked)
            task.start()

    def _on_looked(self, found: object) -> None:
        """Make up for a backup whose folder was not there and is there again: a disk that was plugged in."""
        self._is_looking = False
        present = cast("set[Path]", found)
        returned = sorted(present - self._known_failing)
        self._known_failing &= present
        if returned and self._task is None and self._page is None and not self._has_left:
            self._start(returned)

    def _start(self, folders: list[Path]) -> None:
        self._failing_before = set(self._backups.failing())
        self._task = BackupTask(partial(self._backups.back_up, folders, is_asked=False), self)
        self._task.done.connect(self._on_attempted)
        self._task.failed.connect(self._on_failed)
        if self._page is not None:
            self._task.progressed.connect(self._page.meter.setValue)
        self._task.start()

    def _on_attempted(self, result: object) -> None:
        self._task = None
        attempts = cast("list[Attempt]", result)
        failed = {each.folder: str(each.error) for each in attempts if each.error is not None}
        # What failed though its folder is there waits; one that is not there is looked for every minute.
        self._known_failing = {each.folder for each in attempts if each.error is not None and each.was_there}
        self._rest = REST_MINUTES if self._known_failing else 0
        if self._wants_out:
            self._close()
        elif self._page is not None:
            self._end_closing(failed, has_made=any(each.made for each in attempts))

    def _on_failed(self, error: object) -> None:
        self._task = None
        if self._wants_out:
            self._close()
        elif self._page is not None and not isinstance(error, Cancelled):
            self._page.show_failure(sentences_of(cast("Exception", error)), is_gone=self.desk.is_gone)
        elif self._page is not None:
            self._close()
        elif not isinstance(error, Cancelled):
            self.window.show_fault(error)

    # What the therapist is told.

    def _show_failing(self) -> None:
        """Show in the strip that a backup failed, until one works."""
        if self._workspace is None or self._has_left:
            return
        failing = self._backups.failing()
        are_all = len(failing) == len(self._backups.folders())
        words = failing_words(self._backups.record.state.last_made_at, are_all=are_all) if failing else ""
        self._workspace.strip.show_backup_failure(words, failure_words(failing))

    def _on_backups_asked(self) -> None:
        if self._workspace is not None:
            self._workspace.show_settings("backups")

    def _look_for_dangers(self) -> None:
        """Find out, off this thread, whether the practice lies where it may come to harm."""
        from ipt_desktop.services.place import dangers

        if not self.window.property("has_told_dangers"):
            task = Task(partial(dangers, self.desk.folder), self)
            task.done.connect(self._on_dangers_found)
            task.start()

    def _on_dangers_found(self, found: object) -> None:
        self._untold = danger_words(cast("dict[Danger, str]", found))
        if self._untold and self._workspace is not None and not self._has_left:
            self._workspace.bar.shown.connect(self._on_bar_shown)
            self._tell_dangers()

    def _on_bar_shown(self, is_shown: bool) -> None:
        if not is_shown:
            QTimer.singleShot(0, self, self._tell_dangers)  # once whoever cleared it has said what else there is

    def _tell_dangers(self) -> None:
        """Say it once, as soon as the bar says nothing else."""
        if not self._untold or self._workspace is None or self._has_left or self._workspace.bar.title():
            return
        words, self._untold = self._untold, ""
        self.window.setProperty("has_told_dangers", True)
        more = ("show_backups", _("Backups…"), self._on_backups_asked)
        self._workspace.say(_("The practice may come to harm where it lies"), words, tone="caution", actions=(more,))

    # When the window is to close.

    def holds_close(self) -> bool:
        """Whether a backup has to be made first; to ask again while it is being made is to close without it."""
        if self._may_close or self.desk.is_demo:
            return False
        if self._page is not None:
            self._on_left()
            return True
        if not self._backups.has_changed():
            return False
        self._page = ClosingPage(self.window)
        self._page.left.connect(self._on_left)
        self._page.retried.connect(self._on_retried)
        self.window.show_alone(self._page)
        if self._task is None:
            self._on_retried()
        else:
            self._was_under_way = True
            self._page.show_progress()
            self._task.progressed.connect(self._page.meter.setValue)
        return True

    def _on_retried(self) -> None:
        assert self._page is not None  # noqa: S101 - whose button it is
        self._page.show_progress()
        self._start(self._backups.folders())

    def _end_closing(self, failed: dict[Path, str], *, has_made: bool) -> None:
        """Close, unless there is something to tell: no backup at all, or a folder that failed for the first time.

        One that was under way when the window was to close may have begun before the last words: then another follows.
        """
        assert self._page is not None  # noqa: S101 - just looked
        is_told = failed.keys() <= self._failing_before
        if has_made and is_told and self._was_under_way and self._backups.has_changed():
            self._was_under_way = False
            self._on_retried()
        elif has_made and is_told:
            self._close()
        else:
            self._page.show_failure(failure_words(failed), has_made=has_made, is_gone=self.desk.is_gone)

    def _on_left(self) -> None:
        """Close without a backup: at once where none is being made, else as soon as it has stopped, or does not answer."""
        if self._task is None or self._page is None:
            self._close()
            return
        self._wants_out = True
        self._page.show_stopping()
        self._task.stop()
        QTimer.singleShot(LONGEST_STOP_MS, self, self._close)

    def _close(self) -> None:
        if not self._may_close:
            self._may_close = True
            self.window.close()

    def leave(self) -> None:
        """End. What is being made is stopped when the practice closes; one who wanted to close the window still does."""
        self._has_left = True
        self._minute.stop()
        if not self.desk.is_demo:
            self._stop_hearing()
        if self._task is not None:
            self._task.stop()
        if self._page is not None:
            self._page.hide()
            self._page.deleteLater()
            if not self._may_close:
                QTimer.singleShot(0, self.window, self.window.close)
        super().leave()


def _present(folders: list[Path]) -> set[Path]:
    """Return those that are there."""
    from ipt_desktop.services.backups import is_there

    return {folder for folder in folders if is_there(folder)}
