"""The table twin of the timeline: all of its marks in the order of time, for who reads or hears it rather than sees it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ipt_desktop.domain.text import _
from ipt_desktop.domain.timeline import Entry, Lane, Timeline
from ui import theme
from ui.widgets.labels import in_our_direction
from ui.widgets.naming import named

WHEN, WHAT, LANE = range(3)
WIDTHS = {WHEN: 230, LANE: 130}
_Index = QModelIndex | QPersistentModelIndex


class TimelineModel(QAbstractTableModel):
    """The marks by time: when, what, and in which lane."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Lane, Entry]] = []

    def show(self, shown: Timeline) -> None:
        """Show other marks."""
        self.beginResetModel()
        self._rows = shown.entries
        self.endResetModel()

    def key_of(self, row: int) -> str:
        """Return the key of a row, "" where there is none."""
        return self._rows[row][1].key if 0 <= row < len(self._rows) else ""

    def row_of(self, key: str) -> int:
        """Return the row of a mark, or -1."""
        return next((number for number, (_lane, each) in enumerate(self._rows) if each.key == key), -1)

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return how many marks there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return what stands above a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("When"), _("What"), _("Lane"))[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell; spoken, all of the mark."""
        lane, entry = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            what = f"({entry.letter})  {entry.words}" if entry.letter else entry.words
            return (entry.when, in_our_direction(what), lane.title)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return (entry.when, entry.spoken, lane.title)[index.column()]
        return entry.spoken if role == Qt.ItemDataRole.ToolTipRole else None


class TimelineTable(QTableView):
    """The marks of a timeline; Enter or a double click opens one, Delete removes it, Insert adds."""

    opened = Signal(str)
    removed = Signal(str)
    add_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "timeline_table", _("Timeline as a table"))
        self.marks = TimelineModel(self)
        self.setModel(self.marks)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._on_double_clicked)
        self._grow()

    def show_timeline(self, shown: Timeline) -> None:
        """Show other marks; the row that was current stays so."""
        key = self.marks.key_of(self.currentIndex().row())
        self.marks.show(shown)
        if (row := self.marks.row_of(key)) >= 0:
            self.setCurrentIndex(self.marks.index(row, WHAT))

    def _grow(self) -> None:
        look = theme.current()
        self.verticalHeader().setDefaultSectionSize(look.size("row"))
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, look.px(width))
        self.setMinimumHeight(look.px(280))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, remove or add a mark."""
        key = self.marks.key_of(self.currentIndex().row())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and key:
            self.opened.emit(key)
        elif event.key() == Qt.Key.Key_Delete and key:
            self.removed.emit(key)
        elif event.key() == Qt.Key.Key_Insert:
            self.add_asked.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "marks"):
            self._grow()

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self.marks.key_of(index.row()))
