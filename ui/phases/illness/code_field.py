"""A line in which a diagnosis is typed; the codes that fit are offered below it as it is."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ipt_desktop.domain.code_list import CodeLine, CodeList
from ipt_desktop.domain.text import _
from ui import theme
from ui.widgets.naming import named

LINE = Qt.ItemDataRole.UserRole
CODE_COLUMN, MARGIN = 72, 10
ROWS = 9
_Index = QModelIndex | QPersistentModelIndex


class FoundCodes(QAbstractListModel):
    """The lines found. A heading is shown for what is below it and can't be chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: Sequence[CodeLine] = ()

    def show_lines(self, lines: Sequence[CodeLine]) -> None:
        """Offer these lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return how many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a line says; in the line that was typed in its title stands."""
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.EditRole:
            return line.title
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            words = f"{line.code} {line.title}"
            return words if line.is_choosable else _("{code}, a heading").format(code=words)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let a code be chosen, and no heading."""
        can_be_chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return can_be_chosen if self.lines[index.row()].is_choosable else Qt.ItemFlag.ItemNeverHasChildren


class CodePainter(QStyledItemDelegate):
    """Paints the code in a column of its own, and the title as far as there is room for it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the room of one line."""
        return QSize(0, theme.current().line_height("body") + theme.current().px(10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one line."""
        line: CodeLine = index.data(LINE)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        look = theme.current()
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.color("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver and line.is_choosable:
            painter.fillRect(rect, look.color("info_soft"))
        inner = rect.adjusted(look.px(MARGIN), 0, -look.px(MARGIN), 0)
        code = QRect(inner.left(), inner.top(), look.px(CODE_COLUMN), inner.height())
        title = inner.adjusted(look.px(CODE_COLUMN), 0, 0, 0)
        painter.setPen(look.color("text" if line.is_choosable else "text_soft"))
        words = line.title if line.is_choosable else _("{title}: heading").format(title=line.title)
        for room, text, style in ((code, line.code, "strong"), (title, words, "body")):
            font = look.font(style)
            painter.setFont(font)
            elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)
        painter.restore()


class CodeField(QLineEdit):
    """Words of a diagnosis. `code_chosen` carries the `CodeLine` taken from the list, by Enter or a click.

    Without a list nothing is offered: the words are all there is.
    """

    code_chosen = Signal(object)

    def __init__(self, codes: CodeList | None, parent: QWidget, *, name: str, spoken: str) -> None:
        super().__init__(parent)
        named(self, name, spoken)
        self._codes = codes
        self._found = FoundCodes(self)
        if codes is None:
            return
        self.setPlaceholderText(_("Code or words: F33, panic, recurrent moderate"))
        self.offered = self._make_completer()
        self.textEdited.connect(self._on_typed)

    def _make_completer(self) -> QCompleter:
        completer = QCompleter(self)
        completer.setModel(self._found)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCompletionRole(Qt.ItemDataRole.EditRole)
        completer.setMaxVisibleItems(ROWS)
        popup = named(QListView(self), f"{self.objectName()}_codes", _("Codes that fit"))
        popup.setMouseTracking(True)
        popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        completer.setPopup(popup)
        popup.setItemDelegate(CodePainter(popup))  # after the completer has put its own there
        completer.activated[QModelIndex].connect(self._on_chosen)  # type: ignore[index]
        self.setCompleter(completer)
        return completer

    def _on_typed(self, text: str) -> None:
        """Look for what is typed, before the completer shows what was found."""
        self._found.show_lines(self._codes.find(text) if self._codes else ())

    def _on_chosen(self, index: QModelIndex) -> None:
        line = index.data(LINE)
        if isinstance(line, CodeLine):
            self.code_chosen.emit(line)
            QTimer.singleShot(0, self, self._show_beginning)  # once the completer has put the title in

    def _show_beginning(self) -> None:
        self.setCursorPosition(0)

    def forget(self) -> None:
        """Let go of what was typed and found."""
        self.clear()
        self._found.show_lines(())
