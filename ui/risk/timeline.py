"""The risk entries of a client under one another, newest first, on a line; re-asked and unchanged is U, then Enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.widgets.naming import named

MOST_IN_SIGHT = 5
LINE_LEFT, DOT = 14, 4.5  # at 100 % text
DETAIL, IS_OPEN, IS_FOUND, ENTRY_ID = (Qt.ItemDataRole.UserRole + each for each in range(4))
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry as it stands on the line."""

    entry_id: str
    words: str
    detail: str
    is_open: bool = False
    is_found: bool = False


class _Drawn(QStyledItemDelegate):
    """A point on the line; the words over the day and what else is to be known."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return room for two lines."""
        look = theme.current()
        return QSize(look.px(200), look.line_height("body") + look.line_height("caption") + look.px(10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one entry; a filled point found something, a hollow one did not."""
        look, rect = theme.current(), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.color("accent_soft"))
        self._paint_point(painter, rect, index)
        left, top = rect.left() + look.px(LINE_LEFT * 2), rect.top() + look.px(5)
        width = rect.right() - left - look.px(6)
        upper, lower = look.line_height("body"), look.line_height("caption")
        role = "caution" if index.data(IS_OPEN) else "text_soft"
        lines = (
            (QRect(left, top, width, upper), "strong", "text", index.data()),
            (QRect(left, top + upper, width, lower), "caption", role, index.data(DETAIL)),
        )
        for where, kind, role, words in lines:
            painter.setFont(look.font(kind))
            painter.setPen(look.color(role))
            fitting = painter.fontMetrics().elidedText(str(words), Qt.TextElideMode.ElideRight, where.width())
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, fitting)
        painter.restore()

    def _paint_point(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        look = theme.current()
        x, y = rect.left() + look.px(LINE_LEFT), rect.top() + look.px(5) + look.line_height("body") / 2
        painter.setPen(QPen(look.color("control"), 1))
        first, last = index.row() == 0, index.row() == index.model().rowCount() - 1
        painter.drawLine(QPointF(x, y if first else rect.top()), QPointF(x, y if last else rect.bottom() + 1))
        painter.setPen(QPen(look.color("text_soft"), 1.3))
        painter.setBrush(look.color("text_soft" if index.data(IS_FOUND) else "surface"))
        radius = DOT * look.scale
        painter.drawEllipse(QPointF(x, y), radius, radius)


class RiskTimeline(QListWidget):
    """`chosen` carries the id of an entry gone to; `again_asked` that of one asked about again, unchanged.

    `asking` says whether U was pressed, so that Enter comes next.
    """

    chosen = Signal(str)
    again_asked = Signal(str)
    asking = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "risk_timeline", _("Risk entries, newest first"))
        self.setItemDelegate(_Drawn(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._is_asking = False
        self.currentItemChanged.connect(self._on_current)

    def show_lines(self, lines: Sequence[EntryLine], chosen_id: str) -> None:
        """Show these entries, and mark one without announcing it."""
        self.blockSignals(True)
        self.clear()
        for line in lines:
            item = QListWidgetItem(line.words, self)
            spoken = f"{line.words}. {line.detail}"
            for role, value in ((DETAIL, line.detail), (IS_OPEN, line.is_open), (IS_FOUND, line.is_found)):
                item.setData(role, value)
            item.setData(ENTRY_ID, line.entry_id)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            item.setToolTip(spoken)
            if line.entry_id == chosen_id:
                self.setCurrentItem(item)
        self.blockSignals(False)
        self.setVisible(bool(lines))
        self._grow()

    def _grow(self) -> None:
        rows = min(self.count(), MOST_IN_SIGHT)
        self.setFixedHeight(rows * self.sizeHintForRow(0) + 4 if rows else 0)

    def entry_id(self) -> str:
        """Return the id of the entry marked, or ""."""
        return str(self.currentIndex().data(ENTRY_ID) or "")

    def _on_current(self) -> None:
        self._ask(is_asking=False)
        if entry_id := self.entry_id():
            self.chosen.emit(entry_id)

    def _ask(self, *, is_asking: bool) -> None:
        if is_asking != self._is_asking:
            self._is_asking = is_asking
            self.asking.emit(is_asking)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """U, then Enter: asked again, unchanged. Any other key lets go of it."""
        was_asking = self._is_asking
        if event.key() == Qt.Key.Key_U and not event.modifiers() and self.entry_id():
            self._ask(is_asking=True)
            return
        self._ask(is_asking=False)
        if was_asking and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.again_asked.emit(self.entry_id())
        elif not (was_asking and event.key() == Qt.Key.Key_Escape):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of a U that was pressed."""
        super().focusOutEvent(event)
        self._ask(is_asking=False)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_is_asking"):
            self._grow()

    def forget(self) -> None:
        """Let go of every word."""
        self._is_asking = False
        self.show_lines((), "")
