"""The table twin of the circle: the same people by closeness, in ring words, edited from here as well."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ipt_desktop.domain.standing import Standing
from ipt_desktop.domain.text import _
from ui import theme
from ui.circle.cell_editors import CellDelegate
from ui.circle.people_model import BY_CLOSENESS, PeopleModel
from ui.circle.table_columns import (
    COUNT,
    KEYS,
    NOW,
    NUMBERED_WIDTH,
    PERSON,
    SECTOR,
    SINCE,
    USUAL,
    WANTED,
    WIDTHS,
    spoken_head,
)
from ui.widgets.naming import named

_ROOM_FOR_SINCE, _ROOM_FOR_SECTOR = 330, 430
_LEAST_NAME = 60
"""The least width of the names where all usual columns are to be seen at once, without scrolling."""
_UP, _DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


class PeopleTable(QTableView):
    """The people by closeness, or in the order of a column; choosing a row chooses the person.

    `menu_asked` tells for whom and where on the screen, `head_menu_asked` for which column.
    """

    person_chosen = Signal(str)
    person_removed = Signal(str)
    add_asked = Signal()
    menu_asked = Signal(str, QPoint)
    head_menu_asked = Signal(int, QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "circle_table", _("People by closeness"))
        self.setProperty("role", "desk")
        self.setStyleSheet("QTableView::item { padding: 0 3px; } QHeaderView::section { padding: 6px 3px 6px 6px; }")
        self.people = PeopleModel(self)
        self.setModel(self.people)
        self._chosen_columns: tuple[str, ...] = ()
        self._is_following = False
        self.setItemDelegate(CellDelegate(self.people, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.current().size("row"))
        self._prepare_head()
        self._fit_columns()
        self.selectionModel().currentRowChanged.connect(self._on_row_changed)

    def _prepare_head(self) -> None:
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setMinimumSectionSize(24)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.sectionClicked.connect(self._on_head_clicked)
        head.customContextMenuRequested.connect(self._on_head_menu)

    # -- columns ---------------------------------------------------------------------------------------------------

    def show_columns(self, keys: Sequence[str]) -> None:
        """Show these columns beside the names; without any the usual ones, as far as there is room for them."""
        self._chosen_columns = tuple(key for key in keys if key in KEYS)
        self._fit_columns()

    @property
    def columns_shown(self) -> list[str]:
        """The columns in sight, by their keys."""
        return [KEYS[column] for column in range(COUNT) if not self.isColumnHidden(column)]

    def _is_shown(self, column: int) -> bool:
        look = theme.current()
        if column == PERSON:
            return True
        if column == SINCE and not self.people.since:
            return False
        if self._chosen_columns:
            return KEYS[column] in self._chosen_columns
        if column == SINCE:
            return self.width() >= look.px(_ROOM_FOR_SINCE)
        if column == SECTOR:
            return bool(self.people.told.sectors) and self.width() >= look.px(_ROOM_FOR_SECTOR)
        return KEYS[column] in USUAL

    def _fit_columns(self) -> None:
        """Give the columns their widths and the names the rest; where others were chosen, the table scrolls sideways."""
        look, is_numbered = theme.current(), self.people.words.is_numbered
        taken = 0
        for column in range(1, COUNT):
            is_shown = self._is_shown(column)
            width = look.px(NUMBERED_WIDTH if is_numbered and column in (NOW, WANTED) else WIDTHS[column])
            self.setColumnHidden(column, not is_shown)
            if is_shown:
                self.setColumnWidth(column, width)
                taken += width
        least = WIDTHS[PERSON] if self._chosen_columns else _LEAST_NAME
        self.setColumnWidth(PERSON, max(look.px(least), self.viewport().width() - taken))
        policy = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(policy.ScrollBarAsNeeded if self._chosen_columns else policy.ScrollBarAlwaysOff)

    # -- order -----------------------------------------------------------------------------------------------------

    def sort_by(self, column: int, order: Qt.SortOrder = _UP) -> None:
        """Put people in the order of a column, or by closeness (`BY_CLOSENESS`); whoever is chosen stays so."""
        head = self.horizontalHeader()
        head.setSortIndicatorShown(column != BY_CLOSENESS)
        if column != BY_CLOSENESS:
            head.setSortIndicator(column, order)
        self.people.sort(column, order)
        words = _("In the order of {column}") if order is _UP else _("In the order of {column}, the other way round")
        said = "" if column == BY_CLOSENESS else words.format(column=spoken_head(column, self.people.told))
        self.setAccessibleDescription(said)
        self._follow_current()

    def _on_head_clicked(self, column: int) -> None:
        """Put in order by a column; once more the other way round, and a third time by closeness again."""
        now, order = self.people.order
        if now != column:
            self.sort_by(column)
        elif order is _UP:
            self.sort_by(column, _DOWN)
        else:
            self.sort_by(BY_CLOSENESS)

    def _on_head_menu(self, place: QPoint) -> None:
        head = self.horizontalHeader()
        self.head_menu_asked.emit(head.logicalIndexAt(place), head.mapToGlobal(place))

    # -- people ----------------------------------------------------------------------------------------------------

    def show_people(self, people: Sequence[Standing], chosen_id: str) -> None:
        """Show these people and mark the chosen one, without announcing it."""
        column = self.currentIndex().column()
        self.people.show_people(people)
        self._fit_columns()
        self.choose(chosen_id, max(column, PERSON))

    def choose(self, person_id: str, column: int = -1) -> None:
        """Mark a person's row without announcing it."""
        row = self.people.row_of(person_id)
        self._is_following = True
        if row < 0:
            self.clearSelection()
        elif row != self.currentIndex().row() or not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.people.index(row, max(self.currentIndex().column(), column, PERSON)))
        self._is_following = False

    def _follow_current(self) -> None:
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def rename(self, person_id: str) -> None:
        """Open a person's name for typing."""
        row = self.people.row_of(person_id)
        if row >= 0 and not self.people.is_read_only:
            index = self.people.index(row, PERSON)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.setCurrentIndex(index)
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        """Open a cell for typing, if it can be and none is open."""
        if index.flags() & Qt.ItemFlag.ItemIsEditable and self.state() is not QAbstractItemView.State.EditingState:
            self.edit(index)

    def _on_row_changed(self, current: QModelIndex) -> None:
        standing = self.people.person_in(current.row())
        if standing is not None and not self._is_following:
            self.person_chosen.emit(standing.person.id)

    # -- Qt --------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the names room: what changed goes first where the column is narrow or nothing is compared."""
        super().resizeEvent(event)
        self._fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes a person off, Insert adds one, Return opens the cell."""
        standing = self.people.person_in(self.currentIndex().row())
        if self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Insert:
            self.add_asked.emit()
        elif standing is not None and event.key() == Qt.Key.Key_Delete:
            self.person_removed.emit(standing.person.id)
        elif standing is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for what can be done with the person under the mouse, or in the row that the menu key speaks to."""
        index, place = self.indexAt(event.pos()), event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        standing = self.people.person_in(index.row())
        if standing is not None:
            self.menu_asked.emit(standing.person.id, place)

    def changeEvent(self, event: QEvent) -> None:
        """Take a new theme's row height."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_chosen_columns"):
            self._fit_columns()
            self.verticalHeader().setDefaultSectionSize(theme.current().size("row"))
