"""The list of sessions: newest first, under the phase of their day; the cancelled ones stand without a number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QContextMenuEvent, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ipt_desktop.domain.text import _
from ui import icons, theme
from ui.sessions.session_words import SessionLine
from ui.widgets.naming import named

LINE = Qt.ItemDataRole.UserRole
CHOSEN_BAR = 3
_Index = QModelIndex | QPersistentModelIndex
_Entry = SessionLine | str  # a str is the heading of a phase


class SessionModel(QAbstractListModel):
    """Sessions and, between them, the headings of their phases."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries: list[_Entry] = []

    def show_lines(self, lines: Sequence[SessionLine]) -> None:
        """Show these sessions; where only words have changed, the rows stay."""
        entries = _with_headings(lines)
        if [_key(each) for each in entries] == [_key(each) for each in self._entries]:
            self._entries = entries
            if entries:
                self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))
            return
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def line_in(self, row: int) -> SessionLine | None:
        """Return the session in a row; None for a heading or past the end."""
        entry = self._entries[row] if 0 <= row < len(self._entries) else None
        return entry if isinstance(entry, SessionLine) else None

    def row_of(self, session_id: str) -> int:
        """Return a session's row, or -1."""
        rows = (row for row in range(len(self._entries)) if (line := self.line_in(row)) and line.session_id == session_id)
        return next(rows, -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many rows there are, headings included."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row in words."""
        if not 0 <= index.row() < len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == LINE:
            return entry
        if isinstance(entry, str):
            return entry if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{entry.number or '–'}  {entry.title}  {entry.detail}".rstrip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return entry.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return entry.spoken
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let sessions be chosen; a heading can't be."""
        if self.line_in(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren


def _with_headings(lines: Sequence[SessionLine]) -> list[_Entry]:
    entries: list[_Entry] = []
    phase = None
    for line in lines:
        if line.phase != phase:
            phase = line.phase
            entries.append(_("{phase} phase").format(phase=phase))
        entries.append(line)
    return entries


def _key(entry: _Entry) -> str:
    return entry.session_id if isinstance(entry, SessionLine) else entry


class SessionPainter(QStyledItemDelegate):
    """Paints a session in two lines, or a heading."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the room of two lines, or of a heading."""
        look = theme.current()
        is_heading = isinstance(index.data(LINE), str)
        lines = look.line_height("caption") + (look.px(12) if is_heading else look.line_height("body") + look.px(12))
        return QSize(0, lines)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        entry = index.data(LINE)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if isinstance(entry, SessionLine):
            is_chosen = bool(state & QStyle.StateFlag.State_Selected)
            _paint_ground(painter, rect, is_chosen=is_chosen, is_hovered=bool(state & QStyle.StateFlag.State_MouseOver))
            _paint_session(painter, rect, entry, is_chosen=is_chosen)
            if state & QStyle.StateFlag.State_HasFocus:
                _paint_focus(painter, rect)
        elif isinstance(entry, str):
            look = theme.current()
            words = rect.adjusted(look.space("l"), 0, -look.space("s"), -look.px(3))
            align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
            _write(painter, words, entry, look.font("caption"), look.color("text_soft"), align)
        painter.restore()


def _paint_ground(painter: QPainter, rect: QRect, *, is_chosen: bool, is_hovered: bool) -> None:
    look = theme.current()
    if is_chosen:
        painter.fillRect(rect, look.color("accent_soft"))
        painter.fillRect(QRect(rect.left(), rect.top(), CHOSEN_BAR, rect.height()), look.color("accent"))
    elif is_hovered:
        painter.fillRect(rect, look.color("info_soft"))


def _paint_session(painter: QPainter, rect: QRect, line: SessionLine, *, is_chosen: bool) -> None:
    look = theme.current()
    icon = "lock" if line.is_signed else "pen-line" if line.has_note else "" if line.is_held else "calendar-x"
    right = look.space("m")
    if icon:
        size = look.size("icon")
        pixmap = icons.pixmap(icon, "accent_text" if is_chosen else "text_soft", size)
        painter.drawPixmap(rect.right() - right - size + 1, rect.center().y() - size // 2, pixmap)
        right += size + look.space("s")
    inner = rect.adjusted(look.space("l"), look.px(6), -right, -look.px(6))
    middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    number = inner.adjusted(0, 0, 0, 0)
    number.setWidth(look.px(30))
    _write(painter, number, str(line.number or "–"), look.font("strong", is_tabular=True), look.color("text"), middle)
    words = inner.adjusted(look.px(30), 0, 0, 0)
    first = QRect(words.left(), words.top(), words.width(), look.line_height("body"))
    second = QRect(words.left(), first.bottom() + 1, words.width(), look.line_height("caption"))
    _write(painter, first, line.title, look.font("strong" if is_chosen else "body"), look.color("text"), middle)
    _write(painter, second, line.detail, look.font("caption"), look.color("text_soft"), middle)


def _write(painter: QPainter, rect: QRect, words: str, font: QFont, colour: QColor, align: Qt.AlignmentFlag) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, align, QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width()))


def _paint_focus(painter: QPainter, rect: QRect) -> None:
    width = theme.current().size("focus_width")
    painter.setPen(QPen(theme.current().color("focus"), width))
    painter.drawRect(rect.adjusted(1, 1, -width + 1, -width + 1))


class SessionList(QListView):
    """The sessions of a course. `session_chosen` when another row becomes the current one, `note_asked` on Return.

    `beside_asked`: a session's note is to be opened beside the one that is open (Ctrl and a click or Return, or the menu).
    """

    session_chosen = Signal(str)
    note_asked = Signal()
    remove_asked = Signal()
    add_asked = Signal()
    beside_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "session_list", _("Sessions"))
        self.setProperty("role", "desk")
        self.setStyleSheet("QListView, QListView:focus { border: none; }")  # the row that has the keyboard is ringed itself
        self.lines = SessionModel(self)
        self.setModel(self.lines)
        self._painter = SessionPainter(self)
        self.setItemDelegate(self._painter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self._is_following = False
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.activated.connect(self._on_activated)

    def show_lines(self, lines: Sequence[SessionLine], chosen_id: str) -> None:
        """Show these sessions and mark the chosen one, without announcing it."""
        self._is_following = True
        self.lines.show_lines(lines)
        self._is_following = False
        self.choose(chosen_id)

    def choose(self, session_id: str) -> None:
        """Mark a session and bring it into sight, without announcing it."""
        row = self.lines.row_of(session_id)
        self._is_following = True
        if row < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        elif row != self.currentIndex().row() or not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.lines.index(row))
            self.scrollTo(self.lines.index(row))
        self._is_following = False

    def chosen_id(self) -> str:
        """Return the session marked, or ""."""
        line = self.lines.line_in(self.currentIndex().row())
        return line.session_id if line else ""

    def _on_current_changed(self, current: QModelIndex) -> None:
        line = self.lines.line_in(current.row())
        if line is not None and not self._is_following:
            self.session_chosen.emit(line.session_id)

    def _on_activated(self) -> None:
        self.note_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return goes into the note, with Ctrl beside it; Delete removes, Insert adds."""
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.beside_asked.emit(self.chosen_id())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.note_asked.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_asked.emit()
        elif event.key() == Qt.Key.Key_Insert:
            self.add_asked.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open beside with Ctrl; the right button chooses nothing, it opens a menu."""
        line = self.lines.line_in(self.indexAt(event.position().toPoint()).row())
        if event.button() == Qt.MouseButton.RightButton:
            event.accept()
        elif line is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.beside_asked.emit(line.session_id)
        else:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to open the note of the row under the mouse, or of the current one, beside the one that is open."""
        is_by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        row = self.currentIndex().row() if is_by_key else self.indexAt(event.pos()).row()
        line = self.lines.line_in(row)
        if line is None:
            return
        menu = QMenu(self)
        menu.setObjectName("session_list_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        beside = menu.addAction(_("Open beside"))
        beside.setObjectName("open_beside")
        beside.setEnabled(line.session_id != self.chosen_id())
        beside.setData(line.session_id)
        menu.triggered.connect(self._on_menu_triggered)
        place = self.visualRect(self.lines.index(row)).center() if is_by_key else event.pos()
        menu.popup(self.viewport().mapToGlobal(place))

    def _on_menu_triggered(self, action: QAction) -> None:
        self.beside_asked.emit(str(action.data()))

    def changeEvent(self, event: QEvent) -> None:
        """Lay the rows out anew when the text grows."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()
