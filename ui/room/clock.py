"""The session clock: minutes and seconds, a bar, and a word when five minutes are left. It has no pause."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ipt_desktop.domain.session_clock import clock_words, is_near_end, mark_words, seconds_since, share_over
from ipt_desktop.domain.text import _
from ui import theme

WIDTH, BAR, GAP = 170, 6, 8


def this_instant() -> datetime:
    """Return this instant, aware."""
    return datetime.now(UTC)


class SessionClock(QWidget):
    """Paints itself once a second, and only while it is in sight; `now` is its clock on the wall."""

    def __init__(self, parent: QWidget, *, name: str = "session_clock", now: Callable[[], datetime] = this_instant) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._now = now
        self._begun_at: datetime | None = None
        self._minutes = 0
        self._shown = ("", "")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # a second's paint ends here, not in what lies below
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_second)

    def show_session(self, begun_at: datetime | None, minutes: int) -> None:
        """Count from an instant on, with so many minutes agreed; None lets go of both."""
        self._begun_at, self._minutes = begun_at, minutes
        self._on_second()

    def words(self) -> str:
        """Return what it says: "31:40 of 50 min"."""
        return " ".join(self._words())

    @property
    def is_ticking(self) -> bool:
        """Whether it wakes up once a second."""
        return self._timer.isActive()

    def _seconds(self) -> int:
        return seconds_since(self._begun_at, self._now()) if self._begun_at is not None else 0

    def _words(self) -> tuple[str, str]:
        if self._begun_at is None:
            return "", ""
        seconds = self._seconds()
        return clock_words(seconds), mark_words(seconds, self._minutes)

    def _on_second(self) -> None:
        shown = self._words()
        if shown != self._shown:
            self._shown = shown
            self.update()
        spoken = _("{done} of {minutes} minutes").format(done=self._seconds() // 60, minutes=self._minutes)
        if is_near_end(self._seconds(), self._minutes):
            spoken = f"{spoken}, {shown[1]}"
        if spoken != self.accessibleName():  # once a minute: a screen reader is told no seconds
            self.setAccessibleName(spoken)
        if self.isVisible() and self._begun_at is not None:
            self._timer.start(1000 - self._now().microsecond // 1000)
        else:
            self._timer.stop()

    def showEvent(self, event: QShowEvent) -> None:
        """Go on."""
        super().showEvent(event)
        self._on_second()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody can see it."""
        super().hideEvent(event)
        self._timer.stop()

    def sizeHint(self) -> QSize:
        """Return room for the figures over the bar."""
        look = theme.current()
        return QSize(look.px(WIDTH), look.line_height("heading") + look.px(GAP) + BAR)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint figures, words and the bar."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look.color("surface"))
        figures, words = self._words()
        font = look.font("heading", is_tabular=True)
        base = (look.line_height("heading") + QFontMetricsF(font).capHeight()) / 2
        painter.setFont(font)
        painter.setPen(look.color("text"))
        painter.drawText(QPointF(0, base), figures)
        left = QFontMetricsF(font).horizontalAdvance(figures) + look.px(GAP)
        is_marked = is_near_end(self._seconds(), self._minutes)
        painter.setFont(look.font("label_strong" if is_marked else "label"))
        painter.setPen(look.color("text" if is_marked else "text_soft"))
        painter.drawText(QPointF(left, base), words)
        self._paint_bar(painter)
        painter.end()

    def _paint_bar(self, painter: QPainter) -> None:
        look = theme.current()
        groove = QRectF(0, self.height() - BAR, self.width(), BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("line"))
        painter.drawRoundedRect(groove, BAR / 2, BAR / 2)
        over = QRectF(groove)
        over.setWidth(groove.width() * share_over(self._seconds(), self._minutes))
        if over.width() >= BAR:
            painter.setBrush(look.color("accent"))
            painter.drawRoundedRect(over, BAR / 2, BAR / 2)
