"""Where backups go, and how often: the folders with their last backup or what stood against it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.practice_settings import HOURS
from ipt_desktop.domain.text import _
from ui.backup_words import held_words, size_words, when_words
from ui.widgets.buttons import icon_button, link, outlined
from ui.widgets.card import Card
from ui.widgets.labels import ElidedLabel, Picture, label
from ui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from ipt_desktop.services.backup_overview import FolderState, Overview


class FolderRow(QWidget):
    """One folder: its path, its last backup or its failure, and the way to take it out."""

    removed = Signal(object)

    def __init__(self, state: FolderState, parent: QWidget, *, number: int, can_remove: bool) -> None:
        super().__init__(parent)
        self.setObjectName(f"backup_folder_{number}")
        self._folder = state.folder
        place = _("The practice's own folder") if state.is_own else str(state.folder)
        path = ElidedLabel(place, self)
        path.setObjectName(f"backup_folder_{number}_path")
        path.setProperty("kind", "strong")
        path.setToolTip(str(state.folder))
        said = label(self._words(state), self, kind="label", tone="text_soft", name=f"backup_folder_{number}_words", wraps=True)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(path)
        column.addWidget(said)
        if state.failure:
            column.addLayout(self._make_failure(state.failure, number))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(column, 1)
        if can_remove:
            spoken = _("No more backups into {folder}").format(folder=place)
            remove = icon_button("trash-2", self, name=f"backup_folder_{number}_remove", spoken=spoken)
            remove.clicked.connect(self._on_removed)
            row.addWidget(remove)
        self.setAccessibleName(f"{place}. {self._words(state)} {state.failure}".strip())

    @staticmethod
    def _words(state: FolderState) -> str:
        if state.newest is None:
            return _("No backup here.")
        held, made = state.newest.backup.manifest, state.newest
        words = _("Last backup {when}: {held}, {size}.")
        return words.format(
            when=when_words(held.made_at), held=held_words(held.notes, held.clients), size=size_words(made.size)
        )

    def _make_failure(self, failure: str, number: int) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(Picture("circle-alert", self, role="caution"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(
            label(failure, self, kind="label", tone="caution", name=f"backup_folder_{number}_failure", wraps=True), 1
        )
        return line

    def _on_removed(self) -> None:
        self.removed.emit(self._folder)


class FoldersCard(Card):
    """`added` and `removed` carry a folder, `hours_changed` the hours of use between two backups."""

    added = Signal(object)
    removed = Signal(object)
    own_asked = Signal()
    hours_changed = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, name="backup_folders", title=_("Where they go, and when"))
        self._rows: list[FolderRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.body.addLayout(self._list)
        self._hint = label("", self, kind="label", tone="text_soft", name="backup_disk_hint", wraps=True)
        self.body.addWidget(self._hint)
        self._add = outlined(_("Add a folder or disk…"), self, name="backup_add", icon="plus")
        self._own = link(_("Use the practice's own folder too"), self, name="backup_add_own")
        row = QHBoxLayout()
        row.addWidget(self._add)
        row.addWidget(self._own)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addSpacing(6)
        self.body.addLayout(self._make_hours())
        self._add.clicked.connect(self.choose_folder)
        self._own.clicked.connect(self.own_asked)
        self._own.hide()

    def _make_hours(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        spoken = _("Hours of use between two backups")
        self.hours = NumberField(self, name="backup_hours", spoken=spoken, lowest=HOURS[0], highest=HOURS[1])
        self.hours.setKeyboardTracking(False)
        self.hours.valueChanged.connect(self.hours_changed)
        row.addWidget(label(_("Every"), self, name="backup_every"))
        row.addWidget(self.hours)
        words = _("hours of use, and when the window is closed, if something has changed")
        row.addWidget(label(words, self, name="backup_every_words", wraps=True), 1)
        return row

    def show_overview(self, found: Overview) -> None:
        """Show the folders anew."""
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        can_remove = len(found.folders) > 1 or not found.folders[0].is_own
        self._rows = [FolderRow(each, self, number=at, can_remove=can_remove) for at, each in enumerate(found.folders, 1)]
        for row in self._rows:
            row.removed.connect(self.removed)
            self._list.addWidget(row)
        self._own.setVisible(not any(each.is_own for each in found.folders))
        hint = _(
            "All backups lie on the same disk as the practice: if it breaks or is stolen, they go with it. Add a second disk, "
            "a USB stick or a synced folder; backups are encrypted."
        )
        self._hint.setText(hint)
        self._hint.setVisible(found.is_on_one_disk)

    def choose_folder(self) -> None:
        """Ask for a folder."""
        dialog = QFileDialog(self, _("A folder for backups"), str(Path.home()))
        dialog.setObjectName("backup_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._on_chosen)
        dialog.open()

    def _on_chosen(self, folder: str) -> None:
        self.added.emit(Path(folder))
