"""The clients as a table: one row each, in words; sorted by any column, filtered by words and status."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cmp_to_key
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCollator,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ipt_desktop.domain.course import is_withdrawn, of_planned
from ipt_desktop.domain.records import Client
from ipt_desktop.domain.risk import is_still_to_ask, risk_in_table, risk_order
from ipt_desktop.domain.text import _, marked
from ui import theme
from ui.clients.words import NONE, folded, short_day, status_word
from ui.widgets.naming import named
from ui.widgets.phase_chip import paint_phase

if TYPE_CHECKING:
    from ipt_desktop.services.clients import ClientStanding

CLIENT, PHASE, SESSION, AREA, RISK, LAST_SEEN, STATUS = range(7)
HEADS = (
    marked("Client"),
    marked("Phase"),
    marked("Session"),
    marked("Problem area"),
    marked("Risk · last asked"),
    marked("Last seen"),
    marked("Status"),
)
WIDTHS = (156, 142, 82, 120, 192, 80, 86)  # at 100 % text, until the therapist draws them otherwise
NARROWEST = 40
INDENT = 11  # where a cell's words begin
# The columns that give way in a narrow window, in turn, and how far; and who shares the room of a wide one.
YIELDING = ((AREA, 0.75), (LAST_SEEN, 0.9), (SESSION, 0.9), (CLIENT, 0.75), (RISK, 0.85))
LEAVING = (STATUS, LAST_SEEN)  # the buttons above the table say the status as well
SHARING = ((AREA, 0.4), (RISK, 0.2), (CLIENT, 0.2))
_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


def phase_place(standing: ClientStanding) -> tuple[int, int | None, str]:
    """Return how many phases the course has, which one is present (from 0, or None), and what to call it."""
    course = standing.course
    if course is None:
        return 0, None, NONE
    keys = [each.key for each in course.phases]
    if course.ended_on is not None:
        if standing.count is not None and is_withdrawn(course, standing.count.number):
            return 0, None, _("Withdrawn")
        return len(keys), len(keys), _("Finished")
    if standing.phase_key in keys:
        return len(keys), keys.index(standing.phase_key), standing.phase
    if standing.is_after:
        return len(keys), len(keys), standing.phase
    return 0, None, standing.phase  # of another protocol: it has no place among these


class ClientsModel(QAbstractTableModel):
    """The clients that the filter lets through, in order. `name_of` says what to call each of them on screen."""

    def __init__(self, parent: QWidget, name_of: Callable[[Client], str]) -> None:
        super().__init__(parent)
        self._name_of = name_of
        self._all: list[ClientStanding] = []
        self._rows: list[ClientStanding] = []
        self._chosen_id = ""
        self._words, self._status = "", ""
        self._sorted_by, self._order = CLIENT, Qt.SortOrder.AscendingOrder
        self._today = date.today()
        self._collator = QCollator()
        self._collator.setNumericMode(True)

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_clients(self, standings: Sequence[ClientStanding], chosen_id: str, today: date) -> None:
        """Show these clients; the chosen one's name is set heavier."""
        self._all, self._chosen_id, self._today = list(standings), chosen_id, today
        self._arrange()

    def filter(self, words: str, status: str) -> None:
        """Let through who has every one of these words (name, reference, area, phase), of this status or of any."""
        self._words, self._status = words, status
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; those alike stand by name."""
        self._sorted_by, self._order = max(column, CLIENT), order
        self._arrange()

    def _arrange(self) -> None:
        wanted = folded(self._words).split()
        rows = [each for each in self._all if self._is_wanted(each, wanted)]
        rows.sort(key=lambda each: self._collation(each.client.name))
        rows.sort(key=self._key, reverse=self._order is Qt.SortOrder.DescendingOrder)
        if [each.client.id for each in rows] == [each.client.id for each in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, STATUS))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _is_wanted(self, standing: ClientStanding, wanted: Sequence[str]) -> bool:
        client = standing.client
        if self._status and client.status != self._status:
            return False
        said = (client.name, self._name_of(client), client.reference, phase_place(standing)[2], *standing.areas)
        text = folded(" ".join(said))
        return all(word in text for word in wanted)

    def _collation(self, text: str) -> Any:
        return cmp_to_key(self._collator.compare)(folded(text))

    def _key(self, standing: ClientStanding) -> Any:
        if self._sorted_by == PHASE:
            count, place, words = phase_place(standing)
            return (count > 0, -1 if place is None else place, words)
        if self._sorted_by == SESSION:
            return standing.count.number if standing.count else 0
        if self._sorted_by == RISK:
            return risk_order(standing.risk)
        if self._sorted_by == LAST_SEEN:
            return standing.last_seen or date.min
        column = {AREA: self.words(standing, AREA), STATUS: status_word(standing.client)}
        return self._collation(column.get(self._sorted_by, standing.client.name))

    def client_in(self, row: int) -> Client | None:
        """Return the client in a row, or None past the end."""
        return self._rows[row].client if 0 <= row < len(self._rows) else None

    def row_of(self, client_id: str) -> int:
        """Return a client's row, or -1 where the filter hides them."""
        return next((row for row, each in enumerate(self._rows) if each.client.id == client_id), -1)

    def words(self, standing: ClientStanding, column: int) -> str:
        """Return what a cell says."""
        if column == CLIENT:
            return self._name_of(standing.client)
        if column == STATUS:
            return status_word(standing.client)
        if column == LAST_SEEN:
            return _("Today") if standing.last_seen == self._today else short_day(standing.last_seen, self._today) or NONE
        if column == RISK:
            return risk_in_table(standing.risk, self._today) or NONE
        if column == PHASE:
            return phase_place(standing)[2]
        if column == SESSION:
            count = standing.count
            return of_planned(count.number, count.planned) if count else NONE
        return " · ".join(standing.areas) or (NONE if standing.course is None else _("to be agreed"))

    # -- what Qt asks ----------------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """Return how many clients are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words, a chosen client's heavier letters, or an archived one's paler ink."""
        if not index.isValid():
            return None
        standing = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.words(standing, index.column())
        if role == Qt.ItemDataRole.FontRole:
            is_heavy = standing.client.id == self._chosen_id and index.column() == CLIENT
            is_heavy = is_heavy or (index.column() == RISK and is_still_to_ask(standing.risk))
            return theme.current().font("strong" if is_heavy else "body", is_tabular=index.column() != CLIENT)
        if role == Qt.ItemDataRole.ForegroundRole and standing.client.is_archived:
            return theme.current().color("text_soft")
        if role == Qt.ItemDataRole.UserRole:
            return phase_place(standing)[:2]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's word."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(HEADS[section])
        return None

    def forget(self) -> None:
        """Let go of everyone."""
        self.beginResetModel()
        self._all, self._rows, self._chosen_id, self._words = [], [], "", ""
        self.endResetModel()


class PhaseDelegate(QStyledItemDelegate):
    """The phase as shapes and a word."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: N802 - Qt's name
        """Leave the word to `paint`."""
        super().initStyleOption(option, index)
        option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the row's ground, then pills and word."""
        super().paint(painter, option, index)
        count, place = index.data(Qt.ItemDataRole.UserRole)
        rect = QRectF(option.rect).adjusted(INDENT, 0, -4, 0)
        paint_phase(painter, rect, count, place, str(index.data()), "body")


class ClientTable(QTableView):
    """The table. `opened` is a client opened by Return or a double click, `chosen` one that was clicked."""

    opened = Signal(str)
    chosen = Signal(str)
    widths_drawn = Signal(object)

    def __init__(self, parent: QWidget, name_of: Callable[[Client], str]) -> None:
        super().__init__(parent)
        named(self, "client_table", _("Clients"))
        self.clients = ClientsModel(self, name_of)
        self.setModel(self.clients)
        self._phases = PhaseDelegate(self)
        self.setItemDelegateForColumn(PHASE, self._phases)
        self.setStyleSheet(f"QHeaderView::section {{ padding: 6px 8px 6px {INDENT}px; }}")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self._is_fitting = self._is_in_room = False
        self._widths = list(WIDTHS)
        self._build_head()
        self._grow()
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)

    def _build_head(self) -> None:
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(NARROWEST)
        head.setStretchLastSection(True)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSortIndicator(CLIENT, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        head.sectionResized.connect(self._on_section_resized)

    def draw_widths(self, widths: Sequence[int]) -> None:
        """Make the columns this wide, in pixels at 100 % text."""
        if len(widths) == len(WIDTHS):
            self._widths = list(widths)
            self._grow()

    def set_in_room(self, is_in_room: bool) -> None:
        """Say nothing of risk while a session runs: a client may see the screen."""
        if is_in_room != self._is_in_room:
            self._is_in_room = is_in_room
            self._grow()

    def _grow(self) -> None:
        """Draw the columns at this text size, fitted to the room there is."""
        self._is_fitting = True
        self.verticalHeader().setDefaultSectionSize(theme.current().size("row"))
        widths = self._fitted()
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        for column, missing in self._too_much(widths):
            self.setColumnHidden(column, missing > 0)
        self.setColumnHidden(RISK, self._is_in_room)
        self._is_fitting = False

    def _too_much(self, widths: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield the columns that go where all others have given way, each with how much is missing before it does."""
        room = self.horizontalHeader().width()
        for column in LEAVING:
            yield column, sum(widths) - room if room else 0
            room += widths[column] if room and sum(widths) > room else 0

    def _fitted(self) -> list[int]:
        """Return the widths in pixels: some give way where they don't fit, and some share what is left over.

        What the therapist has drawn is not made wider.
        """
        widths = [theme.current().px(width) for width in self._widths]
        if self._is_in_room:
            widths[RISK] = 0
        room = self.horizontalHeader().width()  # as wide as the viewport, which Python can't be handed so cheaply
        spare = room - sum(widths)
        if spare > 0 and self._widths == list(WIDTHS):
            for column, part in SHARING:
                widths[column] += round(spare * part)
        for column, least in YIELDING:
            missing = max(sum(widths) - room, 0)
            widths[column] -= min(missing, round(widths[column] * (1 - least)))
        return widths

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns into the new width."""
        super().resizeEvent(event)
        self._grow()

    def _on_section_resized(self, column: int, _before: int, width: int) -> None:
        last = max(each for each in range(len(HEADS)) if not self.isColumnHidden(each))  # takes what is left over
        if not self._is_fitting and column < last and width:
            self._widths[column] = max(NARROWEST, round(width / theme.current().scale))
            self.widths_drawn.emit(list(self._widths))

    def current_client(self) -> Client | None:
        """Return the client of the marked row, or None."""
        return self.clients.client_in(self.currentIndex().row())

    def mark(self, client_id: str) -> None:
        """Mark a client's row, without announcing it; no row where they are not shown."""
        row = self.clients.row_of(client_id)
        if row < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        elif row != self.currentIndex().row() or not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.clients.index(row, CLIENT))

    def _on_clicked(self, index: QModelIndex) -> None:
        if (client := self.clients.client_in(index.row())) is not None:
            self.chosen.emit(client.id)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if (client := self.clients.client_in(index.row())) is not None:
            self.opened.emit(client.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens the client; Home and End go to the first and last one, for a row is one thing here."""
        client, last = self.current_client(), self.clients.rowCount() - 1
        rows = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if client is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(client.id)
        elif last >= 0 and Qt.Key(event.key()) in rows:
            self.setCurrentIndex(self.clients.index(rows[Qt.Key(event.key())], CLIENT))
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Take a new text size's row height and column widths."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_widths"):
            self._grow()
