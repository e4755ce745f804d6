"""Settings: the backups. Where they go, when they are made, which there are, and that one can be restored."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.errors import Cancelled, PracticeError
from ipt_desktop.domain.text import _
from ipt_desktop.services.backup_overview import Overview, overview
from ui.background import Task
from ui.backup_words import danger_words, failure_words, held_words, proof_words, size_words, when_words
from ui.faults import sentences_of
from ui.page import Frame
from ui.settings.backup_folders import FoldersCard
from ui.settings.backup_list import BackupList
from ui.settings.outdated_card import OutdatedCard
from ui.settings.section import Section
from ui.settings.work_line import WorkLine
from ui.widgets.card import Card
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import label

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipt_desktop.services.backups import Attempt
    from ipt_desktop.services.desk import Desk


class BackupsSection(Section):
    """Reads the folders on another thread, on every visit and after every backup, whoever made it."""

    _record_changed = Signal()

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        words = _(
            "A backup is one encrypted file with the whole practice. It counts only once it was read back and found whole."
        )
        super().__init__(desk, frame, parent, name="backups_section", title=_("Backups"), words=words)
        self._backups = desk.backups
        self._is_reading = self._is_behind = False
        self._stop_hearing: Callable[[], None] | None = None
        self.bar = InlineBar(self, name="backups_bar")
        self.danger = InlineBar(self, name="backups_danger")
        self.folders = FoldersCard(self)
        self.outdated = OutdatedCard(self._backups, frame, self)
        self.list = BackupList(self)
        self.list.hide()
        parts = (self.danger, self._make_state(), self.folders, self._make_proof(), self.outdated, self.list)
        for part in parts:
            self.column.addWidget(part)
        self.column.addStretch(1)
        self._connect()

    def _make_state(self) -> Card:
        card = Card(self, name="backup_state", title=_("Last backup"))
        self._last = label("", card, name="backup_last", wraps=True)
        self.make = WorkLine(card, name="backup_now", words=_("Back up now"), busy_words=_("Making a backup…"), kind="primary")
        for part in (self._last, self.make, self.bar):
            card.body.addWidget(part)
        return card

    def _make_proof(self) -> Card:
        card = Card(self, name="backup_proof", title=_("Proof that it can be restored"))
        self._proof = label("", card, name="backup_proof_words", wraps=True)
        self.prove = WorkLine(
            card, name="backup_prove", words=_("Prove that it can be restored"), busy_words=_("Opening and checking it…")
        )
        self.proof_bar = InlineBar(card, name="backup_proof_bar")
        for part in (self._proof, self.prove, self.proof_bar):
            card.body.addWidget(part)
        return card

    def _connect(self) -> None:
        self._record_changed.connect(self._look_again)
        self.make.asked.connect(self._on_make)
        self.make.done.connect(self._on_made)
        self.make.failed.connect(self._on_not_made)
        self.prove.asked.connect(self._on_prove)
        self.prove.done.connect(self._on_proven)
        self.prove.failed.connect(self._on_not_proven)
        self.outdated.changed.connect(self._look_again)
        self.folders.added.connect(self.add_folder)
        self.folders.removed.connect(self.remove_folder)
        self.folders.own_asked.connect(self._on_own_asked)
        self.folders.hours_changed.connect(self._on_hours_changed)
        for line in self._lines:
            line.begun.connect(self._show_lines)
            line.ended.connect(self._show_lines)

    @property
    def _lines(self) -> tuple[WorkLine, ...]:
        return self.make, self.prove, self.outdated.work

    def _show_lines(self) -> None:
        """Let one be at work at a time."""
        is_busy = any(line.is_at_work for line in self._lines)
        for line in self._lines:
            line.button.setEnabled(not is_busy)

    # Shown.

    def refresh(self) -> None:
        """Look at every folder, off this thread, and show what there is."""
        if self._is_reading:
            self._is_behind = True
            return
        self._is_reading, self._is_behind = True, False
        if self._stop_hearing is None:
            self._stop_hearing = self._backups.record.subscribe(self._record_changed.emit)
        self.folders.hours.show_value(self.desk.settings.values().backup_every_hours)
        task = Task(partial(overview, self._backups), self)
        task.done.connect(self._on_read)
        task.failed.connect(self._on_not_read)
        task.start()

    def _look_again(self) -> None:
        """Refresh, unless the settings were left or the practice was closed meanwhile: the next visit looks anyway."""
        if self._stop_hearing is not None:
            self.refresh()

    def _on_read(self, result: object) -> None:
        found = cast("Overview", result)
        self._is_reading = False
        self._show_last(found)
        self._proof.setText(proof_words(found.proof))
        self.folders.show_overview(found)
        self.outdated.show_backups(found.outdated, has_others=len(found.outdated) < len(found.listed))
        self.list.show_backups(found.listed, self._backups.own_folder)
        if told := danger_words(found.dangers):
            self.danger.say(_("The practice may come to harm where it lies"), told, tone="caution", can_close=False)
        else:
            self.danger.clear()
        if self._is_behind:
            self._look_again()

    def _on_not_read(self, error: object) -> None:
        self._is_reading = False
        self.bar.say(_("The backups could not be listed"), sentences_of(cast("Exception", error)), tone="caution")

    def _show_last(self, found: Overview) -> None:
        if found.newest is None:
            self._last.setText(_("There is no backup yet."))
            return
        held = found.newest.backup.manifest
        words = _("Made {when}: {held}, {size}.").format(
            when=when_words(held.made_at), held=held_words(held.notes, held.clients), size=size_words(found.newest.size)
        )
        since = _("Something has changed since.") if found.has_changed else _("Nothing has changed since.")
        self._last.setText(f"{words} {since}")

    # Done.

    def _on_make(self) -> None:
        self.bar.clear()
        self.make.run(partial(self._backups.back_up, self._backups.folders()))

    def _on_made(self, result: object) -> None:
        failed = {each.folder: str(each.error) for each in cast("list[Attempt]", result) if each.error is not None}
        if failed:
            self.bar.say(_("The backup failed"), failure_words(failed), tone="caution")
        self._look_again()

    def _on_prove(self) -> None:
        self.proof_bar.clear()
        self.prove.run(partial(self._backups.prove_newest, self._backups.folders()))

    def _on_proven(self, _result: object) -> None:
        self._look_again()

    def _on_not_made(self, error: object) -> None:
        self._tell(self.bar, error)

    def _on_not_proven(self, error: object) -> None:
        self._tell(self.proof_bar, error)

    def _tell(self, bar: InlineBar, error: object) -> None:
        """Say what went wrong, unless it was stopped."""
        if not isinstance(error, Cancelled):
            bar.say(_("That could not be done"), sentences_of(cast("Exception", error)), tone="caution")
        self._look_again()

    # Changed.

    def add_folder(self, folder: Path) -> None:
        """Let backups go into this folder too."""
        folder = folder.absolute()
        own = self._backups.own_folder
        if folder != own and folder.is_relative_to(self.desk.folder):
            words = _("Choose a folder outside the practice's own: a backup in it would go where the practice goes.")
            self.bar.say(_("Not done"), words, tone="caution")
            return
        folders = self._backups.folders()
        if folder not in folders:
            self._keep([*folders, folder])

    def remove_folder(self, folder: Path) -> None:
        """Let no more backups go into this folder; those in it stay. Without any, they go into the practice's own."""
        self._keep([each for each in self._backups.folders() if each != folder])

    def _on_own_asked(self) -> None:
        self.add_folder(self._backups.own_folder)

    def _keep(self, folders: list[Path]) -> None:
        chosen = () if folders == [self._backups.own_folder] else tuple(str(each) for each in folders)
        self._change(backup_folders=chosen)
        self.refresh()

    def _on_hours_changed(self, hours: int) -> None:
        self._change(backup_every_hours=hours)

    def _change(self, **changed: object) -> None:
        try:
            self.desk.settings.change(**changed)
        except PracticeError as error:
            self.bar.say(_("Not done"), str(error), tone="caution")

    def forget(self) -> None:
        """Let go of the secret typed, if one was. A backup under way goes on when the settings are only left."""
        self.outdated.forget()
        if self._stop_hearing is not None:
            self._stop_hearing()
            self._stop_hearing = None
