"""Which columns the table of people has, and its order: the menu of a column's head, and an entry of the Circle menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from ipt_desktop.domain.text import _
from ui.circle.people_model import BY_CLOSENESS
from ui.circle.people_table import PeopleTable
from ui.circle.table_columns import COUNT, KEYS, PERSON, SINCE, spoken_head

_NOBODY = -1


class ColumnChoice(QMenu):
    """Order and columns of a table. `chosen` carries the keys of the columns, none for the usual ones."""

    chosen = Signal(object)

    def __init__(self, table: PeopleTable) -> None:
        super().__init__(_("Columns of the table"), table)
        self.setObjectName("menu_circle_columns")
        self._table = table
        self._asked = _NOBODY
        self._keys: list[str] = []
        self._up = self._order("circle_sort", "Ctrl+Shift+Up", self._on_up)
        self._down = self._order("circle_sort_down", "Ctrl+Shift+Down", self._on_down)
        self._closeness = self._order("circle_sort_closeness", "Ctrl+Shift+Home", self._on_closeness)
        self.addSeparator()
        self._columns: dict[str, QAction] = {}
        for column in range(PERSON + 1, COUNT):
            action = QAction(self)
            action.setObjectName(f"circle_column_{KEYS[column]}")
            action.setCheckable(True)
            action.triggered.connect(self._on_column)
            self.addAction(action)
            self._columns[KEYS[column]] = action
        self.addSeparator()
        self._usual = self._action("circle_columns_usual", _("Usual columns"), self._on_usual)
        self.aboutToShow.connect(self._show_state)
        self.aboutToHide.connect(self._on_hiding)
        table.head_menu_asked.connect(self._open)
        self._show_state()

    def _action(self, name: str, words: str, act: Callable[[], None]) -> QAction:
        action = QAction(words, self)
        action.setObjectName(name)
        action.triggered.connect(act)
        self.addAction(action)
        return action

    def _order(self, name: str, keys: str, act: Callable[[], None]) -> QAction:
        """Return an action whose keys are heard in the table alone."""
        action = self._action(name, "", act)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._table.addAction(action)
        return action

    def show_keys(self, keys: list[str]) -> None:
        """Take what was chosen before."""
        self._keys = [key for key in keys if key in KEYS]
        self._table.show_columns(self._keys)
        self._show_state()

    @property
    def _column(self) -> int:
        """The column spoken of: whose head was asked, else that of the cell the keys are in."""
        return self._asked if self._asked != _NOBODY else max(self._table.currentIndex().column(), PERSON)

    def _show_state(self) -> None:
        told = self._table.people.told
        head = spoken_head(self._column, told)
        self._up.setText(_("Order by “{column}”").format(column=head))
        self._down.setText(_("Order by “{column}”, the other way round").format(column=head))
        self._closeness.setText(_("Order by closeness"))
        for column in range(PERSON + 1, COUNT):
            action = self._columns[KEYS[column]]
            action.setText(spoken_head(column, told))
            is_in_sight = not self._table.isColumnHidden(column)
            action.setChecked(KEYS[column] in self._keys if self._keys else is_in_sight)
        self._columns[KEYS[SINCE]].setEnabled(bool(told.since))
        self._usual.setEnabled(bool(self._keys))

    def _open(self, column: int, place: QPoint) -> None:
        self._asked = column
        self.popup(place)

    def _on_hiding(self) -> None:
        QTimer.singleShot(0, self, self._forget_head)  # what was chosen is told after the menu has gone

    def _forget_head(self) -> None:
        self._asked = _NOBODY

    def _on_up(self) -> None:
        self._table.sort_by(self._column)

    def _on_down(self) -> None:
        self._table.sort_by(self._column, Qt.SortOrder.DescendingOrder)

    def _on_closeness(self) -> None:
        self._table.sort_by(BY_CLOSENESS)

    def _on_column(self) -> None:
        """Show one column more or less than there are. What changed is only out of sight while nothing is compared."""
        action = self.sender()
        key = next((key for key, each in self._columns.items() if each is action), None)
        shown = set(self._keys or self._table.columns_shown)
        if not self._keys and not self._table.people.since:
            shown.add(KEYS[SINCE])
        shown ^= {key} if key is not None and (key in shown) is not self._columns[key].isChecked() else set()
        self._choose([each for each in KEYS if each in shown])

    def _on_usual(self) -> None:
        self._choose([])

    def _choose(self, keys: list[str]) -> None:
        self.show_keys(keys)
        self.chosen.emit(list(self._keys))
