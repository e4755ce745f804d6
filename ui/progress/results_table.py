"""The table twin of the charts: every result of every measure, in the order of any column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.measure import TOTAL
from ipt_desktop.domain.measure_words import said_score
from ipt_desktop.domain.measured_words import known_band
from ipt_desktop.domain.text import _
from ui import theme
from ui.progress.result_reading import given_words
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ipt_desktop.domain.measured import Measured
    from ipt_desktop.services.charts import ChartFacts

DAY, SESSION, MEASURE, SCORE, BAND, GIVEN = range(6)
WIDTHS = {DAY: 160, SESSION: 90, SCORE: 80, BAND: 190}
_Index = QModelIndex | QPersistentModelIndex
_UP, _DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@dataclass(frozen=True, slots=True)
class _Row:
    """A score of a result, in words, and what each column is sorted by."""

    result_id: str
    words: tuple[str, ...]
    order: tuple[Any, ...]


class ResultsModel(QAbstractTableModel):
    """The results, a row for each score."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self.sorted_by = (DAY, _DOWN)

    def show(self, rows: Sequence[_Row]) -> None:
        """Show other results in the order chosen."""
        self.beginResetModel()
        self._rows = list(rows)
        self._arrange()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = _UP) -> None:
        """Order the rows by a column, those alike by day."""
        self.layoutAboutToBeChanged.emit()
        self.sorted_by = column, order
        self._arrange()
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        column, order = self.sorted_by
        self._rows.sort(key=lambda each: each.order[DAY])
        self._rows.sort(key=lambda each: each.order[column], reverse=order == _DOWN)

    def id_of(self, row: int) -> str:
        """Return the id of a row's result, "" where there is none."""
        return self._rows[row].result_id if 0 <= row < len(self._rows) else ""

    def row_of(self, result_id: str) -> int:
        """Return the row of a result, or -1."""
        return next((number for number, each in enumerate(self._rows) if each.result_id == result_id), -1)

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else 6

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return what stands above a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Day"), _("Session"), _("Measure"), _("Score"), _("Band"), _("How it came in"))[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._rows[index.row()].words[index.column()]
        return None


class ResultsTable(QTableView):
    """Enter or a double click opens a result, Delete removes it; Alt with Up or Down orders by the column one is in."""

    opened = Signal(str)
    removed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "results_table", _("Results as a table"))
        self.setAccessibleDescription(_("Enter opens a result. Alt with Up or Down orders by the column you are in."))
        self.results = ResultsModel(self)
        self.setModel(self.results)
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
        head.setSectionResizeMode(GIVEN, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(MEASURE, QHeaderView.ResizeMode.ResizeToContents)  # with whom it is about, and which score
        self.setSortingEnabled(True)
        self.sortByColumn(*self.results.sorted_by)
        self.doubleClicked.connect(self._on_double_clicked)
        self._grow()

    def show_results(self, facts: ChartFacts) -> None:
        """Show every result; the row that was current stays so."""
        result_id = self.results.id_of(self.currentIndex().row())
        self.results.show([row for each in facts.everything for row in _rows(each, facts)])
        if (row := self.results.row_of(result_id)) >= 0:
            self.setCurrentIndex(self.results.index(row, DAY))

    def forget(self) -> None:
        """Let go of every word."""
        self.results.show(())

    def _grow(self) -> None:
        look = theme.current()
        self.verticalHeader().setDefaultSectionSize(look.size("row"))
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, look.px(width))
        self.setMinimumHeight(look.px(300))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open or remove a result; order the rows."""
        result_id = self.results.id_of(self.currentIndex().row())
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and result_id:
            self.opened.emit(result_id)
        elif event.key() == Qt.Key.Key_Delete and result_id:
            self.removed.emit(result_id)
        elif is_alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._order(_UP if event.key() == Qt.Key.Key_Up else _DOWN, result_id)
        else:
            super().keyPressEvent(event)

    def _order(self, order: Qt.SortOrder, result_id: str) -> None:
        column = max(self.currentIndex().column(), 0)
        self.sortByColumn(column, order)
        self.setCurrentIndex(self.results.index(max(self.results.row_of(result_id), 0), column))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "results"):
            self._grow()

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self.results.id_of(index.row()))


def _rows(measured: Measured, facts: ChartFacts) -> list[_Row]:
    measure = measured.measure
    keys = (TOTAL,) if measure.has_total else measure.score_keys
    return [_row(measured, key, facts) for key in keys if key == TOTAL or measured.score(key) is not None] or [
        _row(measured, TOTAL, facts)
    ]


def _row(measured: Measured, key: str, facts: ChartFacts) -> _Row:
    result, value = measured.result, measured.score(key)
    number = facts.numbers.get(result.session_id or "")
    band = known_band(measured, key)
    name = measured.name
    if key != TOTAL:
        name = _("{measure}: {score}").format(measure=name, score=_(measured.measure.label_of(key)))
    said = said_score(value) if value is not None else _("no total")
    given, label = given_words(result.given), _(band.label) if band else ""
    words = (_day(result.on, facts.today), str(number or ""), name, said, label, given)
    order = (result.on, number or 0, name, value if value is not None else -1.0, band.lowest if band else -1.0, given)
    return _Row(result.id, words, order)


def _day(day: date, today: date) -> str:
    return day_words(day, has_year=day.year != today.year)
