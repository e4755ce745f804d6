"""The backups there are, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ipt_desktop.domain.text import _, marked
from ipt_desktop.services.outdated_backups import OpenedBy
from ui import theme
from ui.backup_words import size_words, when_words
from ui.widgets.card import Card
from ui.widgets.labels import label

if TYPE_CHECKING:
    from pathlib import Path

    from ipt_desktop.services.outdated_backups import ListedBackup

HEADS = (marked("Made"), marked("Size"), marked("Clients"), marked("Notes"), marked("Opens with"), marked("Folder"))
OPENED_BY = {
    OpenedBy.PRESENT: marked("what opens the practice now"),
    OpenedBy.EARLIER_WORDS: marked("an earlier passphrase"),
    OpenedBy.EARLIER_KEY: marked("an earlier sheet and passphrase"),
}
OPENS = 4
MOST_ROWS = 12  # without scrolling


class BackupTable(QTableWidget):
    """The table: as high as its rows, up to twelve."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(0, len(HEADS), parent)
        self.setObjectName("backup_table")
        self.setAccessibleName(_("Backups, newest first"))
        self.setHorizontalHeaderLabels([_(each) for each in HEADS])
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def show_backups(self, listed: tuple[ListedBackup, ...], own: Path) -> None:
        """Show these; `own` is the practice's own folder."""
        self.setRowCount(len(listed))
        for row, each in enumerate(listed):
            held = each.backup.manifest
            words = (
                when_words(held.made_at),
                size_words(each.size),
                str(held.clients),
                str(held.notes),
                _(OPENED_BY[each.opened_by]),
                _("the practice's own") if each.backup.path.parent == own else str(each.backup.path.parent),
            )
            for column, text in enumerate(words):
                item = QTableWidgetItem(text)
                item.setToolTip(str(each.backup.path))
                self.setItem(row, column, item)
        self.setColumnHidden(OPENS, not any(each.is_outdated for each in listed))
        self.fit()

    def fit(self) -> None:
        """Make room for the rows."""
        height = theme.current().size("row")
        self.verticalHeader().setDefaultSectionSize(height)
        for row in range(self.rowCount()):
            self.setRowHeight(row, height)
        bar = self.horizontalScrollBar().sizeHint().height()
        rows = min(self.rowCount(), MOST_ROWS)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows * height + bar + 6)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.fit()


class BackupList(Card):
    """The table, or that there is nothing yet."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, name="backup_list", title=_("Backups there are"))
        self.table = BackupTable(self)
        words = _(
            "Kept are the newest three, and the newest of each of 7 days, 5 weeks and 12 months; older ones go by themselves."
        )
        self.body.addWidget(self.table)
        self.body.addWidget(label(words, self, kind="label", tone="text_soft", name="backup_thinning", wraps=True))

    def show_backups(self, listed: tuple[ListedBackup, ...], own: Path) -> None:
        """Show these; without any there is no list."""
        self.setVisible(bool(listed))
        self.table.show_backups(listed, own)
