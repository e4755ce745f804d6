"""The audit trail as a table, newest first; it asks for more when its end comes into sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ipt_desktop.domain.audit_words import detail_words, kind_words, operation_words, who_words
from ipt_desktop.domain.dates import short_date
from ipt_desktop.domain.records import AuditEntry
from ipt_desktop.domain.text import _, marked
from ui import theme
from ui.widgets.naming import named

WHEN, WHAT, CLIENT, RECORD, WHO, NUMBER = range(6)
HEADS = (marked("When"), marked("What"), marked("Client"), marked("Record"), marked("Who"), marked("Entry"))
WIDTHS = (0, 210, 140, 130, 80, 62)  # the first as its widest date asks
YIELDING = ((RECORD, 0.65), (CLIENT, 0.75), (WHAT, 0.75))  # what gives way in turn where there is no room, and how far
DISPENSABLE = (NUMBER, RECORD, WHO)  # what is left out in turn where that was not enough
WIDEST_WHEN = "28 Nov 2026 00:00"
INDENT = 11  # where a cell's words begin
ROWS_AHEAD = 20  # so many before the end, more is asked for

NOTHING_KNOWN: Mapping[str, str] = MappingProxyType({})

NameOf = Callable[[str], str]
_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class TrailModel(QAbstractTableModel):
    """The entries shown so far, in words. `name_of` gives the words for a client's id."""

    def __init__(self, parent: QWidget, name_of: NameOf) -> None:
        super().__init__(parent)
        self._name_of = name_of
        self._rows: list[tuple[str, ...]] = []

    def show_entries(self, entries: Sequence[AuditEntry], records: Mapping[str, str] = NOTHING_KNOWN) -> None:
        """Show these in place of what was shown; `records` gives the words for a record's id."""
        self.beginResetModel()
        self._rows = [self._words(each, records) for each in entries]
        self.endResetModel()

    def add_entries(self, entries: Sequence[AuditEntry], records: Mapping[str, str] = NOTHING_KNOWN) -> None:
        """Show these below."""
        if entries:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(entries) - 1)
            self._rows += [self._words(each, records) for each in entries]
            self.endInsertRows()

    def _words(self, entry: AuditEntry, records: Mapping[str, str]) -> tuple[str, ...]:
        detail = detail_words(entry)
        what = operation_words(entry.operation)
        return (
            _when(entry),
            f"{what} · {detail}" if detail else what,
            self._name_of(entry.client_id) if entry.client_id else "",
            records.get(entry.record_id) or kind_words(entry.kind),
            who_words(entry),
            f"{entry.number:,}",
        )

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """Return how many entries are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.FontRole:
            return theme.current().font("body", is_tabular=index.column() in (WHEN, NUMBER))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's word."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(HEADS[section])
        return None


def _when(entry: AuditEntry) -> str:
    """Return when it was, in the local time: "24 Nov 2026 09:30"."""
    at = entry.at.astimezone()
    return f"{short_date(at.date())} {at:%Y %H:%M}"


class TrailTable(QTableView):
    """The table. `end_neared` when so few rows are left below that more are wanted."""

    end_neared = Signal()

    def __init__(self, parent: QWidget, name_of: NameOf) -> None:
        super().__init__(parent)
        named(self, "trail_table", _("Audit trail"))
        self.trail = TrailModel(self, name_of)
        self.setModel(self.trail)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet(f"QHeaderView::section {{ padding: 6px 8px 6px {INDENT}px; }}")
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._grow()

    def _grow(self) -> None:
        """Draw the columns at this text size, fitted to the room there is."""
        look, room = theme.current(), self.viewport().width()
        self.verticalHeader().setDefaultSectionSize(look.size("row"))
        widths = [look.px(width) for width in WIDTHS]
        metrics = QFontMetrics(look.font("body", is_tabular=True))
        widths[WHEN] = metrics.horizontalAdvance(WIDEST_WHEN) + 2 * INDENT + 2
        for column, least in YIELDING:
            widths[column] -= min(max(sum(widths) - room, 0), round(widths[column] * (1 - least)))
        for column in DISPENSABLE:
            is_too_much = sum(widths) > room
            self.setColumnHidden(column, is_too_much)
            widths[column] *= not is_too_much
        widths[CLIENT] -= max(min(sum(widths) - room, widths[CLIENT] // 2), 0)
        widths[WHAT] += max(room - sum(widths), 0)
        for column, width in enumerate(widths):
            if width:
                self.setColumnWidth(column, width)

    def _on_scrolled(self, value: int) -> None:
        if value >= self.verticalScrollBar().maximum() - ROWS_AHEAD * self.verticalHeader().defaultSectionSize():
            self.end_neared.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns into the new width."""
        super().resizeEvent(event)
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        """Take a new text size's row height and column widths."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "trail"):
            self._grow()
