"""The time line of a document: its versions below one another, the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.history.words import change_words, kind_words, short_when, spoken_words
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ipt_desktop.services.history import Version

VERSION = Qt.ItemDataRole.UserRole
LINE_AT = 20
DOT = 4.5
BAR = 3


class VersionPainter(QStyledItemDelegate):
    """Paints a version: a dot on the line, the day, the times, what came and went."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the room of three or four lines."""
        look = theme.current()
        version: Version = index.data(VERSION)
        captions = 3 if kind_words(version) else 2
        return QSize(0, look.line_height("body") + captions * look.line_height("caption") + look.px(14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Paint one version."""
        version: Version = index.data(VERSION)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        look = theme.current()
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen:
            painter.fillRect(rect, look.color("accent_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), BAR, rect.height()), look.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.color("info_soft"))
        self._paint_line(painter, rect, index, version)
        self._write(painter, rect, version, is_chosen=is_chosen)
        if state & QStyle.StateFlag.State_HasFocus:
            width = look.size("focus_width")
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("focus"), width))
            painter.drawRect(rect.adjusted(1, 1, -width + 1, -width + 1))
        painter.restore()

    def _paint_line(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex, version: Version) -> None:
        look = theme.current()
        middle = rect.top() + look.px(7) + look.line_height("body") / 2
        x = rect.left() + look.px(LINE_AT)
        top = middle if index.row() == 0 else rect.top()
        bottom = middle if index.row() == index.model().rowCount() - 1 else rect.bottom() + 1
        painter.setPen(QPen(look.color("control"), 1))
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        painter.setPen(QPen(look.color("accent"), 1.5, Qt.PenStyle.DotLine if version.is_rescue else Qt.PenStyle.SolidLine))
        painter.setBrush(look.color("accent" if version.is_present else "surface"))
        painter.drawEllipse(QPointF(x, middle), look.scale * DOT, look.scale * DOT)

    def _write(self, painter: QPainter, rect: QRect, version: Version, *, is_chosen: bool) -> None:
        look = theme.current()
        day, times = short_when(version)
        lines = [(day, "strong" if is_chosen else "body", "text"), (times, "caption", "text_soft")]
        lines += [(change_words(version), "caption", "text_soft")]
        if kind := kind_words(version):
            lines.append((kind, "caption_strong", "caution" if version.is_rescue else "accent_text"))
        top = rect.top() + look.px(7)
        left = rect.left() + look.px(LINE_AT + 16)
        for words, style, role in lines:
            height = look.line_height(style.removesuffix("_strong"))
            room = QRect(left, top, rect.right() - left - look.px(8), height)
            font = look.font(style)
            painter.setFont(font)
            painter.setPen(look.color(role))
            elided = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)
            top += height


class Timeline(QListWidget):
    """The versions of a document. `version_chosen` carries the id of the one that becomes current."""

    version_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "history_timeline", _("Versions, the latest first"))
        self.setProperty("role", "desk")
        self.setStyleSheet("QListView, QListView:focus { border: none; }")  # the row that has the keyboard is ringed itself
        self._painter = VersionPainter(self)
        self.setItemDelegate(self._painter)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.currentItemChanged.connect(self._on_current_changed)

    def show_versions(self, versions: Sequence[Version], chosen_id: str) -> None:
        """Show these versions and mark one, without announcing it."""
        self.blockSignals(True)
        self.clear()
        for version in versions:
            item = QListWidgetItem(self)
            item.setData(VERSION, version)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken_words(version))
            item.setToolTip(spoken_words(version))
            if version.id == chosen_id:
                self.setCurrentItem(item)
        self.blockSignals(False)

    def choose(self, version_id: str) -> None:
        """Go to a version, as if it were clicked."""
        for row in range(self.count()):
            if self.item(row).data(VERSION).id == version_id:
                self.setCurrentRow(row)

    def _on_current_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.version_chosen.emit(item.data(VERSION).id)

    def changeEvent(self, event: QEvent) -> None:
        """Lay the rows out anew when the text grows."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()
