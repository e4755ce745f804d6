"""The people of a circle as a table for Qt: what stands in a cell, what a screen reader says of it, and in which order."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.closeness import RingWords, typed_closeness
from ipt_desktop.domain.records import Person
from ipt_desktop.domain.standing import Standing, relation_text
from ipt_desktop.domain.text import _
from ipt_desktop.domain.token_shape import shape_of
from ui import theme
from ui.circle import table_columns as columns
from ui.circle.table_columns import COUNT, KEYS, NOT_ASKED, NOW, PERSON, SINCE, WANTED, TableWords
from ui.circle.token_pixmap import token_pixmap

_TOKEN = 18.0
_Index = QModelIndex | QPersistentModelIndex
_NOTHING = QModelIndex()
BY_CLOSENESS = -1
"""The column of an order that is no column's: who waits, then the nearest."""


class PeopleModel(QAbstractTableModel):
    """People by closeness, or in the order of a column. What is edited is only told: the model changes when the circle has.

    `edited` tells the person's id, the column's key and the value; `refused` why what was typed is none.
    """

    edited = Signal(str, str, object)
    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.told = TableWords()
        self._by_closeness: list[Standing] = []
        self._people: list[Standing] = []
        self._order = BY_CLOSENESS, Qt.SortOrder.AscendingOrder
        self._ratio = parent.devicePixelRatioF()
        self._tokens: dict[tuple[str, bool, str, float], QPixmap] = {}
        self.is_read_only = False

    @property
    def words(self) -> RingWords:
        """What the rings are called."""
        return self.told.rings

    @property
    def since(self) -> str:
        """The head of what changed, "" while nothing is compared."""
        return self.told.since

    @property
    def order(self) -> tuple[int, Qt.SortOrder]:
        """The column whose order people are in, or `BY_CLOSENESS`, and which way."""
        return self._order

    # -- who is there ----------------------------------------------------------------------------------------------

    def show_people(self, people: Sequence[Standing]) -> None:
        """Show these people, given by closeness, in the order chosen."""
        self._by_closeness = list(people)
        self._put_in_order()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, PERSON, COUNT - 1)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put people in the order of a column, or by closeness (`BY_CLOSENESS`); it stays while they change."""
        self._order = column, order
        self._put_in_order()

    def _put_in_order(self) -> None:
        column, order = self._order
        is_reversed = order is Qt.SortOrder.DescendingOrder
        people = list(self._by_closeness)
        if column != BY_CLOSENESS:
            people = columns.in_order(people, column, self.told, is_reversed=is_reversed)
        ids, known = [each.person.id for each in people], [each.person.id for each in self._people]
        if sorted(ids) != sorted(known):
            self.beginResetModel()
            self._people = people
            self.endResetModel()
            return
        if ids != known:
            self._move_rows(people, ids, known)
        self._people = people
        if people:
            self.dataChanged.emit(self.index(0, 0), self.index(len(people) - 1, COUNT - 1))

    def _move_rows(self, people: list[Standing], ids: list[str], known: list[str]) -> None:
        """Let whatever points at a row (the one chosen, a cell that is being edited) go with its person."""
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        self._people = people
        rows = {person_id: row for row, person_id in enumerate(ids)}
        self.changePersistentIndexList(old, [self.index(rows[known[each.row()]], each.column()) for each in old])
        self.layoutChanged.emit()

    def person_in(self, row: int) -> Standing | None:
        """Return who stands in a row."""
        return self._people[row] if 0 <= row < len(self._people) else None

    def row_of(self, person_id: str) -> int:
        """Return a person's row, or -1."""
        return next((row for row, each in enumerate(self._people) if each.person.id == person_id), -1)

    # -- Qt --------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _NOTHING) -> int:
        """Return how many people."""
        return 0 if parent.isValid() else len(self._people)

    def columnCount(self, parent: _Index = _NOTHING) -> int:
        """Return how many columns there are, shown or not."""
        return 0 if parent.isValid() else COUNT

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's head; its tooltip and a screen reader say it in full."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < COUNT:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return columns.head(section, self.told)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return columns.spoken_head(section, self.told)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell in words, or the person's token."""
        standing, column = self.person_in(index.row()), index.column()
        if standing is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return columns.text(standing, column, self.told)
        if role == Qt.ItemDataRole.ToolTipRole:  # what the column may be too narrow for
            return self._tooltip(standing, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return columns.spoken(standing, column, self.told)
        if role == Qt.ItemDataRole.FontRole:
            return theme.current().font("label")
        if role == Qt.ItemDataRole.EditRole:
            return columns.edited(standing, column, self.told)
        if role == Qt.ItemDataRole.DecorationRole and column == PERSON:
            return self._token(standing.person)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and column == PERSON:
            parts = (relation_text(standing.person), self.told.beside.get(standing.person.id))
            return ". ".join(each for each in parts if each)
        return None

    def _token(self, person: Person) -> QPixmap:
        """Return a person's token, drawn once for each shape and look."""
        look = theme.current()
        key = (shape_of(person), person.has_died, look.name, look.scale)
        if key not in self._tokens:
            self._tokens[key] = token_pixmap(person, _TOKEN * look.scale, self._ratio)
        return self._tokens[key]

    def _tooltip(self, standing: Standing, column: int) -> str:
        lines = [columns.text(standing, column, self.told)]
        if column == PERSON:
            lines.append(relation_text(standing.person))
        return "\n".join(each for each in (*lines, self.told.beside.get(standing.person.id, "")) if each)

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed or chosen; a typed closeness that is none is refused in words."""
        standing, column = self.person_in(index.row()), index.column()
        if standing is None or role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        if isinstance(value, str):
            value = " ".join(value.split())
        if value == columns.edited(standing, column, self.told):
            return False
        if column in (NOW, WANTED) and isinstance(value, str):
            return self._take_closeness(standing.person.id, column, value)
        is_nothing = (column == NOW and value in (None, NOT_ASKED)) or (column == PERSON and not value)
        if not is_nothing:
            self.edited.emit(standing.person.id, KEYS[column], value)
        return not is_nothing

    def _take_closeness(self, person_id: str, column: int, typed: str) -> bool:
        is_nothing = column == WANTED and typed.casefold() in ("", _("not asked").casefold())
        felt = None if is_nothing else typed_closeness(typed, self.words)
        if felt is None and not is_nothing:
            if typed:
                self.refused.emit(_("Closeness is a number from 0 to 10, such as 6.5, or the word of a ring."))
            return False
        self.edited.emit(person_id, f"{KEYS[column]}_typed", felt)
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return which cells can be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        standing = self.person_in(index.row())
        if standing is None or self.is_read_only or index.column() == SINCE or not columns.can_edit(standing, index.column()):
            return flags
        return flags | Qt.ItemFlag.ItemIsEditable
