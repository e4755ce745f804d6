"""The table twin of the circle: the same people by closeness, in ring words, edited from here as well."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ipt_desktop.domain.circle_style import circle_style
from ipt_desktop.domain.closeness import Ring, RingWords, ring_of
from ipt_desktop.domain.records import Person
from ipt_desktop.domain.standing import Standing, relation_text
from ipt_desktop.domain.text import _
from ipt_desktop.domain.token_shape import shape_of, token_marks
from ui import theme
from ui.painting import PaintedMarks, theme_inks
from ui.widgets.naming import named

PERSON, NOW, WANTED, SINCE, SECTOR = range(5)
_TOKEN = 18.0
_Index = QModelIndex | QPersistentModelIndex


def token_pixmap(person: Person, size: float, ratio: float, initials: str = "") -> QPixmap:
    """Return a person's token as a picture of its own, `size` logical pixels across without its outlines."""
    style = circle_style(theme.tokens())
    style = style.for_key(size) if not initials else style
    room = size * 1.2 if not initials else size * 1.9
    pixmap = QPixmap(round(room * ratio), round(room * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shown = person if initials else Person(client_id="", name="", relation=person.relation, has_died=person.has_died)
    marks = token_marks(shown, initials, (room / 2, room / 2), style)
    PaintedMarks(marks, theme_inks(theme.current())).paint(painter)
    painter.end()
    return pixmap


class PeopleModel(QAbstractTableModel):
    """People by closeness. What is edited is only told: the model changes when the circle has."""

    renamed = Signal(str, str)
    ring_chosen = Signal(str, int)
    wanted_chosen = Signal(str, int)
    sector_chosen = Signal(str, object)  # or None for none

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sectors: dict[str, str] = {}
        self._people: list[Standing] = []
        self.words = RingWords()
        self.since = self.waiting = ""
        self.beside: dict[str, str] = {}
        """What the circle shows beside each person, in words, by id."""
        self._ratio = parent.devicePixelRatioF()
        self._tokens: dict[tuple[str, bool, str, float], QPixmap] = {}
        self.is_read_only = False

    def show_people(self, people: Sequence[Standing]) -> None:
        """Show these people in this order."""
        if [each.person.id for each in self._people] == [each.person.id for each in people]:
            self._people = list(people)
            if people:
                self.dataChanged.emit(self.index(0, 0), self.index(len(people) - 1, SECTOR))
        else:
            self.beginResetModel()
            self._people = list(people)
            self.endResetModel()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, PERSON, SECTOR)

    def person_in(self, row: int) -> Standing | None:
        """Return who stands in a row."""
        return self._people[row] if 0 <= row < len(self._people) else None

    def row_of(self, person_id: str) -> int:
        """Return a person's row, or -1."""
        return next((row for row, each in enumerate(self._people) if each.person.id == person_id), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many people."""
        return 0 if parent.isValid() else len(self._people)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return person, now, wanted, since and sector."""
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's head."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (_("Person"), _("Now"), _("Wanted"), self.since, _("Sector"))[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell in ring words, or the person's token."""
        standing = self.person_in(index.row())
        if standing is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):  # the tooltip where the column is too narrow
            text = self._text(standing, index.column())
            beside = self.beside.get(standing.person.id, "") if role == Qt.ItemDataRole.ToolTipRole else ""
            return f"{text}\n{beside}" if beside else text
        if role == Qt.ItemDataRole.FontRole:
            return theme.current().font("label")
        if role == Qt.ItemDataRole.EditRole:
            return self._edited(standing, index.column())
        if role == Qt.ItemDataRole.DecorationRole and index.column() == PERSON:
            return self._token(standing.person)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole) and index.column() == PERSON:
            return ". ".join(each for each in (relation_text(standing.person), self.beside.get(standing.person.id)) if each)
        return None

    def _token(self, person: Person) -> QPixmap:
        """Return a person's token, drawn once for each shape and look."""
        look = theme.current()
        key = (shape_of(person), person.has_died, look.name, look.scale)
        if key not in self._tokens:
            self._tokens[key] = token_pixmap(person, _TOKEN * look.scale, self._ratio)
        return self._tokens[key]

    def _text(self, standing: Standing, column: int) -> str:
        if column == PERSON:
            return standing.name
        if column == NOW:
            return self.words.of(standing.felt) if standing.now else self.waiting
        if column == WANTED:
            return self.words.of(standing.wanted)
        if column == SECTOR:
            return self.sectors.get(standing.person.sector_id or "", "")
        return standing.change(self.words) if self.since else ""

    def _edited(self, standing: Standing, column: int) -> object:
        if column == PERSON:
            return standing.person.name
        if column == SECTOR:
            return standing.person.sector_id
        felt = standing.felt if column == NOW else standing.wanted
        return -1 if felt is None else int(ring_of(felt))

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed or chosen."""
        standing = self.person_in(index.row())
        if standing is None or role != Qt.ItemDataRole.EditRole or value == self._edited(standing, index.column()):
            return False
        if index.column() == PERSON and str(value).strip():
            self.renamed.emit(standing.person.id, str(value).strip())
        elif index.column() == NOW and isinstance(value, int):
            self.ring_chosen.emit(standing.person.id, value)
        elif index.column() == WANTED and isinstance(value, int):
            self.wanted_chosen.emit(standing.person.id, value)
        elif index.column() == SECTOR:
            self.sector_chosen.emit(standing.person.id, value)
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return which cells can be edited: the name, the ring, the ring wanted of the living."""
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        standing = self.person_in(index.row())
        has_died = standing is not None and standing.person.has_died
        if self.is_read_only or index.column() == SINCE or (index.column() == WANTED and has_died):
            return flags
        return flags | Qt.ItemFlag.ItemIsEditable


class RingDelegate(QStyledItemDelegate):
    """A ring is chosen from the protocol's words; the one wanted may be none."""

    def __init__(self, model: PeopleModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """Return a combo box of ring words."""
        if index.column() == SECTOR:
            return self._sectors(parent)
        combo = named(QComboBox(parent), "ring_choice", _("Ring"))
        if index.column() == WANTED:
            combo.addItem(_("not asked"), -1)
        for ring in Ring:
            combo.addItem(self._model.words.word(ring), int(ring))
        combo.activated.connect(self._on_activated)
        return combo

    def _sectors(self, parent: QWidget) -> QComboBox:
        combo = named(QComboBox(parent), "sector_choice", _("Sector"))
        combo.addItem(_("none"), None)
        for sector_id, name in self._model.sectors.items():
            combo.addItem(name, sector_id)
        combo.activated.connect(self._on_activated)
        return combo

    def _on_activated(self) -> None:
        combo = self.sender()
        if isinstance(combo, QComboBox):
            self.commitData.emit(combo)
            self.closeEditor.emit(combo, QStyledItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Show the ring the person is in."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(index.data(Qt.ItemDataRole.EditRole))))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        """Tell the ring chosen."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)


class PeopleTable(QTableView):
    """The people by closeness; choosing a row chooses the person."""

    person_chosen = Signal(str)
    person_removed = Signal(str)
    add_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "circle_table", _("People by closeness"))
        self.setProperty("role", "desk")
        self.setStyleSheet("QTableView::item { padding: 0 3px; } QHeaderView::section { padding: 6px 3px; }")
        self.people = PeopleModel(self)
        self.setModel(self.people)
        self._delegate = RingDelegate(self.people, self)
        self.setItemDelegateForColumn(NOW, self._delegate)
        self.setItemDelegateForColumn(WANTED, self._delegate)
        self.setItemDelegateForColumn(SECTOR, self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.current().size("row"))
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(PERSON, QHeaderView.ResizeMode.Stretch)
        self._fit_columns()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self._is_following = False

    def _fit_columns(self) -> None:
        for column, width in ((NOW, 62), (WANTED, 62), (SINCE, 118), (SECTOR, 84)):
            self.setColumnWidth(column, theme.current().px(width))

    def show_people(self, people: Sequence[Standing], chosen_id: str) -> None:
        """Show these people and mark the chosen one, without announcing it."""
        self._show_since()
        self.people.show_people(people)
        self.choose(chosen_id)

    def choose(self, person_id: str) -> None:
        """Mark a person's row without announcing it."""
        row = self.people.row_of(person_id)
        self._is_following = True
        if row < 0:
            self.clearSelection()
        elif row != self.currentIndex().row() or not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.people.index(row, max(self.currentIndex().column(), PERSON)))
        self._is_following = False

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the names room: what changed goes first where the column is narrow or nothing is compared."""
        super().resizeEvent(event)
        self._show_since()

    def _show_since(self) -> None:
        has_room = self.width() >= theme.current().px(330)
        self.setColumnHidden(SINCE, not has_room or not self.people.since)
        self.setColumnHidden(SECTOR, not self.people.sectors or self.width() < theme.current().px(430))

    def _on_row_changed(self, current: QModelIndex) -> None:
        standing = self.people.person_in(current.row())
        if standing is not None and not self._is_following:
            self.person_chosen.emit(standing.person.id)

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

    def changeEvent(self, event: QEvent) -> None:
        """Take a new theme's row height."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit_columns()
            self.verticalHeader().setDefaultSectionSize(theme.current().size("row"))
