"""The timeline on screen: the picture that is printed, moved along and drawn nearer with mouse, wheel and keys."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ipt_desktop.domain.circle_style import circle_style
from ipt_desktop.domain.text import _
from ipt_desktop.domain.timeline import Timeline, coincidence_words
from ipt_desktop.domain.timeline_picture import Place, Sheet, Strip, begun_before, description, names, strip, years
from ipt_desktop.domain.told_when import Days
from ui import theme
from ui.painting import PaintedMarks, measure_with, paint_marks, theme_inks
from ui.progress.sight import Sight
from ui.progress.walk import neighbour
from ui.widgets.explained import tell_at
from ui.widgets.naming import named

WHEEL_STEP = 120.0
ZOOM = 1.25
FAR = 0.2
"""How much of what is in sight one key moves along."""
REST_MS = 150
"""This long after the last move along, words are fitted into what is in sight."""
CLICK = 4.0
"""Moved by less than this between press and release, the mouse has clicked."""


class TimelineView(QWidget):
    """Draws a timeline. `opened` carries the key of a mark, by a click or Enter; `wandered`: no window is in sight any more.

    Left and Right go through a lane, Up and Down to the next one, Home and End to its ends. With Ctrl, Left and Right move
    along; plus and minus draw nearer and away. The wheel does both with Shift and Ctrl, the mouse drags.
    """

    opened = Signal(str)
    removed = Signal(str)
    add_asked = Signal()
    wandered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "timeline", _("Timeline"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.sight = Sight()
        self._shown = Timeline()
        self._today = date.today()
        self._strip: Strip | None = None
        self._painted: PaintedMarks | None = None
        self._names: PaintedMarks | None = None
        self._at = ""
        self._chosen = ""
        self._pressed: QPointF | None = None
        self._dragged_from: float | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._lay_out)

    # -- what it shows ---------------------------------------------------------------------------------------------

    @property
    def strip(self) -> Strip | None:
        """The axis as it is laid out now."""
        return self._strip

    @property
    def at(self) -> str:
        """The key of the mark that the keyboard speaks to."""
        return self._at

    def show_timeline(self, shown: Timeline, today: date) -> None:
        """Show other marks, with the same part of the axis in sight."""
        self._shown, self._today = shown, today
        if shown.entry(self._at) is None:
            self._at = ""
        self._lay_out()

    def show_window(self, window: Days) -> None:
        """Bring these days into sight."""
        everything = self._shown.days or (self._today, self._today)
        self.sight.show_window(window, (min(everything[0], self._today), max(everything[1], self._today)))
        self._lay_out()

    def choose(self, key: str) -> None:
        """Mark what is open beside the timeline, or nothing."""
        self._chosen = key
        if key:
            self._go_to(key, is_told=False)
        self.update()

    def forget(self) -> None:
        """Let go of every word."""
        self._shown, self._strip, self._painted, self._names = Timeline(), None, None, None
        self._at = self._chosen = ""
        self._rest.stop()
        self.setAccessibleDescription("")
        self.setToolTip("")
        self.update()

    def place_of(self, key: str) -> QPointF:
        """Return where a mark is, in the widget's own coordinates."""
        place = self._strip.place(key) if self._strip else None
        if place is None:
            raise KeyError(key)
        x = min(max(place.x, place.left), place.right) - self.sight.left + self._sheet().names
        return QPointF(x, (place.top + place.bottom) / 2) * theme.current().scale

    # -- layout ----------------------------------------------------------------------------------------------------

    def _sheet(self) -> Sheet:
        look = theme.current()
        return Sheet(measure_with(theme_inks(look)), circle_style(theme.tokens()))

    def _lay_out(self) -> None:
        if not self._shown.lanes:
            self._strip = None
            return
        look, sheet = theme.current(), self._sheet()
        inks = theme_inks(look)
        in_sight = self.sight.left, self.sight.left + self.sight.width
        self._strip = strip(self._shown, self.sight.days, self.sight.day, self._today, sheet, in_sight)
        self._painted = PaintedMarks(self._strip.everything, inks)
        self._names = PaintedMarks(names(self._shown, self._strip, sheet), inks)
        self.setAccessibleDescription(self._spoken())
        height = round(self._strip.height * look.scale) + 1
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)
        self.update()

    def sizeHint(self) -> QSize:
        """Return as much width as there is."""
        return QSize(theme.current().px(600), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set it anew for the width there is."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.sight.resize(self.width() / theme.current().scale - self._sheet().names)
            self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self._strip is not None:
            self.sight.resize(self.width() / theme.current().scale - self._sheet().names)
            self._lay_out()

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in sight, the names of the lanes over it."""
        if self._strip is None or self._painted is None or self._names is None:
            return
        look, sheet = theme.current(), self._sheet()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.scale(look.scale, look.scale)
        painter.setClipRect(QRectF(sheet.names, 0.0, self.sight.width, self._strip.height))
        painter.translate(sheet.names - self.sight.left, 0.0)
        self._painted.paint_between(painter, self.sight.left, self.sight.left + self.sight.width)
        paint_marks(painter, begun_before(self._strip, self.sight.left, sheet), theme_inks(look))
        self._paint_rings(painter)
        painter.translate(self.sight.left - sheet.names, 0.0)
        painter.setClipping(False)
        self._names.paint(painter)
        paint_marks(painter, [years(self.sight.shown, self._strip)], theme_inks(look))
        painter.end()

    def _paint_rings(self, painter: QPainter) -> None:
        look = theme.current()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        rings = [(self._chosen, "accent", 2.5)]
        rings += [(self._at, "focus", float(look.size("focus_width")))] if self.hasFocus() else []
        for key, role, width in rings:
            place = self._strip.place(key) if self._strip else None
            if place is not None:
                box = QRectF(place.left, place.top, place.right - place.left, place.bottom - place.top)
                painter.setPen(QPen(look.color(role), width))
                painter.drawRoundedRect(box.adjusted(-3.0, -3.0, 3.0, 3.0), 6.0, 6.0)

    # -- moving along ----------------------------------------------------------------------------------------------

    def pan(self, by: float) -> None:
        """Move along by so many units."""
        was_window = self.sight.is_window
        if self.sight.pan(by):
            self._rest.start()
            self.update()
            if was_window:
                self.wandered.emit()

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Draw nearer or away; what is `at` units from the left edge of the axis stays there, else the middle."""
        if self._strip is not None:
            self.sight.zoom(factor, self.sight.width / 2 if at is None else at)
            self._lay_out()
            if not self.sight.is_window:
                self.wandered.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move along with Shift or sideways, draw nearer with Ctrl; a plain turn is the page's."""
        turned = event.angleDelta()
        held = event.modifiers()
        if held & Qt.KeyboardModifier.ControlModifier and turned.y():
            at = event.position().x() / theme.current().scale - self._sheet().names
            self.zoom(ZOOM ** (turned.y() / WHEEL_STEP), min(max(at, 0.0), self.sight.width))
            event.accept()
        elif turned.x() or (held & Qt.KeyboardModifier.ShiftModifier and turned.y()):
            self.pan(-(turned.x() or turned.y()) / WHEEL_STEP * self.sight.width * FAR / 2)
            event.accept()
        else:
            event.ignore()

    # -- mouse -----------------------------------------------------------------------------------------------------

    def _place_at(self, at: QPointF) -> Place | None:
        if self._strip is None:
            return None
        point = at / theme.current().scale
        x = point.x() - self._sheet().names
        return self._strip.at(x + self.sight.left, point.y()) if x >= 0 else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the axis."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._dragged_from = event.position(), event.position().x()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move along with the mouse held; else show what can be opened."""
        if self._pressed is None or self._dragged_from is None:
            is_mark = self._place_at(event.position()) is not None
            self.setCursor(Qt.CursorShape.PointingHandCursor if is_mark else Qt.CursorShape.ArrowCursor)
            return
        if abs(event.position().x() - self._pressed.x()) >= CLICK or self.cursor().shape() is Qt.CursorShape.ClosedHandCursor:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.pan((self._dragged_from - event.position().x()) / theme.current().scale)
            self._dragged_from = event.position().x()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what was clicked."""
        pressed, self._pressed, self._dragged_from = self._pressed, None, None
        was_drag = self.cursor().shape() is Qt.CursorShape.ClosedHandCursor
        self.setCursor(Qt.CursorShape.ArrowCursor)
        if pressed is None or was_drag or (place := self._place_at(pressed)) is None:
            return
        self._go_to(place.key)
        self.opened.emit(place.key)

    def event(self, event: QEvent) -> bool:
        """Say in words what is under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            place = self._place_at(QPointF(event.pos()))
            entry = self._shown.entry(place.key) if place else None
            if entry is not None:
                QToolTip.showText(event.globalPos(), entry.spoken, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    # -- keys ------------------------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with what stands nearest to today."""
        super().focusInEvent(event)
        if not self._at and self._strip is not None and self._strip.places:
            now = self._strip.today
            self._go_to(min(self._strip.places, key=lambda each: abs(each.x - now)).key, is_told=False)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no ring and no words without the keyboard."""
        super().focusOutEvent(event)
        QToolTip.hideText()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the marks, along the axis, nearer and away; open, remove or add one."""
        key, is_ctrl = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_ctrl and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.pan(self.sight.width * FAR * (1 if key is Qt.Key.Key_Right else -1))
        elif not is_ctrl and self._strip is not None and (there := neighbour(self._strip, self._at, key)) is not None:
            self._go_to(there.key)
        elif event.text() in ("+", "=", "-"):
            self.zoom(1 / ZOOM if event.text() == "-" else ZOOM)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at:
            self.opened.emit(self._at)
        elif key is Qt.Key.Key_Delete and self._at:
            self.removed.emit(self._at)
        elif key is Qt.Key.Key_Insert:
            self.add_asked.emit()
        else:
            super().keyPressEvent(event)

    def _go_to(self, key: str, *, is_told: bool = True) -> None:
        """Let the keyboard speak to a mark, and bring it into sight."""
        place = self._strip.place(key) if self._strip else None
        if place is None:
            return
        self._at = key
        was_window = self.sight.is_window
        before = self.sight.left
        self.sight.bring(place.x, place.x)
        if self.sight.left != before:
            self._lay_out()
        if was_window and not self.sight.is_window:
            self.wandered.emit()
        self.setAccessibleDescription(self._spoken())
        if is_told and self.hasFocus():
            entry = self._shown.entry(key)
            tell_at(self, self.place_of(key).toPoint(), entry.spoken if entry is not None else "")
        if is_told:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    def _spoken(self) -> str:
        """Return the mark that the keyboard speaks to, in words with its lane; without one, the whole timeline."""
        for lane in self._shown.lanes:
            for number, entry in enumerate(lane.entries, start=1):
                if entry.key == self._at:
                    told = _("{entry}. {lane}, {number} of {count}")
                    return told.format(entry=entry.spoken, lane=lane.title, number=number, count=len(lane.entries))
        return description(self._shown) if self._shown.lanes else coincidence_words()
