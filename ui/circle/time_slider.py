"""The time slider under the circle: goes through the circles of a course by keys, mouse and two buttons. It changes nothing."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal
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
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ipt_desktop.domain.circle_time import NOW, CourseTime
from ipt_desktop.domain.text import _
from ipt_desktop.domain.time_slider import SliderView, TimeSliderDrawing
from ui import theme
from ui.painting import PaintedMarks, measure_with, theme_inks
from ui.widgets.buttons import icon_button
from ui.widgets.naming import named

HEIGHT = 66
_LEFT = 70.0
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -1,
    Qt.Key.Key_PageUp: 1,
}


class TimeSlider(QWidget):
    """The occasions of a course. Left and Right step through the circles drawn, Home goes before this began, End to now.

    `chosen` carries the key of the circle to show; a drag tells it of each circle on its way.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "circle_time", _("Time slider"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._time = CourseTime(())
        self._view = SliderView(shown=NOW)
        self._drawing: TimeSliderDrawing | None = None
        self._painted: PaintedMarks | None = None
        self._earlier = icon_button("chevron-left", self, name="circle_earlier", spoken=_("Earlier circle"))
        self._later = icon_button("chevron-right", self, name="circle_later", spoken=_("Later circle"))
        self._earlier.clicked.connect(self._on_earlier)
        self._later.clicked.connect(self._on_later)
        for button in (self._earlier, self._later):
            button.setCursor(Qt.CursorShape.ArrowCursor)
        self._fit()

    # -- what is shown ---------------------------------------------------------------------------------------------

    def show_time(self, time: CourseTime, shown: str, compared: str, phase_words: tuple[str, ...]) -> None:
        """Show these occasions, the knob at one of them and the dot in another's ring ("" for none)."""
        self._time = time
        self._view = SliderView(shown=shown, compared=compared, phase_words=phase_words, has_focus=self.hasFocus())
        self._lay_out()

    @property
    def words(self) -> str:
        """What is shown, in words: "Session 3, 27 October"."""
        return self._drawing.description() if self._drawing else ""

    def place_of(self, key: str) -> QPoint:
        """Return where the stop of a key lies in the widget."""
        assert self._drawing is not None  # noqa: S101 - nothing asks before the first course
        stop = self._time.stop(key)
        place = self._time.stops.index(stop) if stop else 0
        scale = theme.current().scale
        return QPointF(self._drawing.x_of(place) * scale, 24.5 * scale).toPoint()

    def _lay_out(self) -> None:
        look = theme.current()
        inks = theme_inks(look)
        size = (self.width() / look.scale, self.height() / look.scale)
        self._drawing = TimeSliderDrawing(self._time, self._view, size, measure_with(inks), _LEFT)
        picture = self._drawing.picture()
        self._painted = PaintedMarks(picture.marks, inks)
        self._earlier.setEnabled(self._step(-1) != self._view.shown)
        self._later.setEnabled(self._step(1) != self._view.shown)
        if picture.description != self.accessibleDescription():
            self.setAccessibleDescription(picture.description)
            if self.hasFocus():
                QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    def _fit(self) -> None:
        """Grow with the text."""
        look = theme.current()
        self.setFixedHeight(look.px(HEIGHT))
        side, top = look.px(28), look.px(24)
        for button, left in ((self._earlier, 9), (self._later, 39)):
            button.setGeometry(look.px(left), top - side // 2, side, side)

    def sizeHint(self) -> QSize:
        """Return room for a course of sixteen sessions."""
        return QSize(theme.current().px(420), theme.current().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the least room: where it is narrow, numbers give way."""
        return QSize(240, theme.current().px(HEIGHT))

    # -- Qt --------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint paper, the hairline above and the slider."""
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("surface"))
        painter.setPen(QPen(look.color("line"), 1.0))
        painter.drawLine(0, 0, self.width(), 0)
        if self._painted is not None and self._time.stops:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(look.scale, look.scale)
            self._painted.paint(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the room there is."""
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours and sizes of a new theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange) and hasattr(self, "_later"):
            self._fit()
            self._lay_out()

    def event(self, event: QEvent) -> bool:
        """Say in words what is under the mouse."""
        if isinstance(event, QHelpEvent) and self._drawing is not None:
            stop = self._drawing.nearest(event.x() / theme.current().scale)
            QToolTip.showText(event.globalPos(), stop.spoken if stop else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the knob to the circle nearest to the mouse."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the knob follow from circle to circle."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._follow(event)

    def _follow(self, event: QMouseEvent) -> None:
        stop = self._drawing.nearest(event.position().x() / theme.current().scale) if self._drawing else None
        if stop is not None:
            self._choose(stop.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step through the circles; Home is before this began, End is now."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._choose(self._step(_STEPS[key]))
        elif key is Qt.Key.Key_Home and self._time.stops:
            self._choose(self._time.stops[0].key)
        elif key is Qt.Key.Key_End:
            self._choose(NOW)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the keyboard's ring."""
        super().focusInEvent(event)
        self._show_focus(has_focus=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard's ring away."""
        super().focusOutEvent(event)
        self._show_focus(has_focus=False)

    def _show_focus(self, *, has_focus: bool) -> None:
        view = self._view
        self._view = SliderView(shown=view.shown, compared=view.compared, phase_words=view.phase_words, has_focus=has_focus)
        self._lay_out()

    # -- choosing --------------------------------------------------------------------------------------------------

    def _step(self, by: int) -> str:
        return self._time.step(self._view.shown, by)

    def _choose(self, key: str) -> None:
        if key != self._view.shown:
            self.chosen.emit(key)

    def _on_earlier(self) -> None:
        self._choose(self._step(-1))

    def _on_later(self) -> None:
        self._choose(self._step(1))
