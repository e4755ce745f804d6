"""What opens in a cell of the table of people: a line for a name, else a choice; a relation and a number can be typed."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ipt_desktop.domain.closeness import Ring
from ipt_desktop.domain.relation import relation_words
from ipt_desktop.domain.support_words import LEVELS, level_word
from ipt_desktop.domain.text import _
from ui.circle.people_model import PeopleModel
from ui.circle.table_columns import CONFIDANT, GROUP, KEYS, NOT_ASKED, NOW, PERSON, RELATION, SECTOR, WANTED, spoken_head
from ui.widgets.naming import named

_Index = QModelIndex | QPersistentModelIndex
_NAMES = {NOW: "ring_choice", WANTED: "ring_choice", SECTOR: "sector_choice", RELATION: "relation_choice"}


class CellChoice(QComboBox):
    """A choice in a cell. Arrow keys walk it and Return takes what they came to; a click takes at once."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk without telling: Qt would tell each step of the keys as a choice, and the cell would close after the first."""
        with QSignalBlocker(self):
            super().keyPressEvent(event)


class CellDelegate(QStyledItemDelegate):
    """Opens the editor of a cell."""

    def __init__(self, model: PeopleModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """Return a line for the name, and a choice for all else."""
        column = index.column()
        spoken = spoken_head(column, self._model.told)
        if column == PERSON:
            return named(QLineEdit(parent), "name_in_table", spoken)
        choice = named(CellChoice(parent), _NAMES.get(column, f"{KEYS[column]}_choice"), spoken)
        for words, value in self._choices(column):
            choice.addItem(words, value)
        if column == RELATION or (column in (NOW, WANTED) and self._model.words.is_numbered):
            self._let_type(choice)
        choice.activated.connect(self._on_activated)
        return choice

    def _choices(self, column: int) -> list[tuple[str, object]]:
        """Return what can be chosen in a column, (words, value)."""
        if column in (NOW, WANTED):
            rings: list[tuple[str, object]] = [(self._model.words.word(ring), int(ring)) for ring in Ring]
            return [(_("not asked"), NOT_ASKED), *rings] if column == WANTED else rings
        if column == SECTOR:
            return [(_("none"), None), *((name, sector_id) for sector_id, name in self._model.told.sectors.items())]
        if column == RELATION:
            return [(words, None) for words in relation_words()]
        if column in (GROUP, CONFIDANT):
            return [(_("no"), False), (_("yes"), True)]
        return [(level_word(level), level) for level in (None, *LEVELS)]

    def _let_type(self, choice: CellChoice) -> None:
        """Let words of one's own, or a number, be typed; what is offered meanwhile is never taken by itself."""
        choice.setEditable(True)
        choice.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line, completer = choice.lineEdit(), choice.completer()
        assert line is not None  # noqa: S101 - it has both from `setEditable` on
        assert completer is not None  # noqa: S101
        line.returnPressed.connect(self._on_return)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def _on_activated(self) -> None:
        choice = self.sender()
        if isinstance(choice, QComboBox):
            self._take(choice)

    def _on_return(self) -> None:
        """Take what was typed while words are offered: then Return comes to the line, and not to the cell."""
        line = self.sender()
        choice = line.parent() if isinstance(line, QLineEdit) else None
        offered = _offered(choice)
        if isinstance(choice, QComboBox) and offered is not None and offered.isVisible():
            self._take(choice)

    def _take(self, choice: QComboBox) -> None:
        """Tell what was chosen and close the cell, once."""
        if choice.property("is_taken"):
            return
        choice.setProperty("is_taken", True)
        self.commitData.emit(choice)
        self.closeEditor.emit(choice, QStyledItemDelegate.EndEditHint.NoHint)

    def destroyEditor(self, editor: QWidget, index: _Index) -> None:  # noqa: N802 - Qt's name
        """Close what is still offered before the editor goes: it would take the keyboard with it."""
        offered = _offered(editor)
        if offered is not None:
            offered.hide()
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Show what stands in the cell, once: what is typed meanwhile is not overwritten when the circle is shown anew."""
        if editor.property("is_filled"):
            return
        editor.setProperty("is_filled", True)
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QLineEdit):
            editor.setText(str(value))
        elif isinstance(editor, QComboBox) and editor.isEditable():
            editor.setCurrentIndex(editor.findText(str(value), Qt.MatchFlag.MatchFixedString))
            editor.setEditText(str(value))
        elif isinstance(editor, QComboBox):
            places = [place for place in range(editor.count()) if editor.itemData(place) == value]
            editor.setCurrentIndex(places[0] if places else -1)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        """Tell what was typed or chosen."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)
        elif isinstance(editor, QComboBox) and editor.isEditable():
            model.setData(index, editor.currentText(), Qt.ItemDataRole.EditRole)
        elif isinstance(editor, QComboBox) and editor.currentIndex() >= 0:
            model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)


def _offered(editor: QObject | None) -> QAbstractItemView | None:
    """Return the list of what is offered while one types into an editor, or None where nothing is."""
    completer = editor.completer() if isinstance(editor, QComboBox) else None
    return completer.popup() if completer is not None else None
