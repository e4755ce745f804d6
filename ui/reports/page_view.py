"""One page of the preview: its picture, and a stroke beside each section whose words can be changed on this paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from ipt_desktop.domain.page_span import Span
from ipt_desktop.domain.text import _
from ui import theme
from ui.widgets.naming import named

SHADOW = 3
A4_SHAPE = 297 / 210
STROKE, STROKE_LEFT = 2, 0.075
"""Width of the stroke in pixels, and how far in from the page's edge it stands, as a share of the page's width."""
GROUND = 0.08
"""How much of the accent the ground has."""


class EditMark(QAbstractButton):
    """A section that can be changed: a stroke at its left, and a soft ground while the cursor or the keyboard is on it."""

    def __init__(self, span: Span, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.span = span
        named(self, f"edit_{span.section}_{span.page}", _("Change on this paper: {section}").format(section=title))
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the ground."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the stroke; the mark does not print."""
        painter = QPainter(self)
        accent = theme.on_paper("accent")
        stroke = theme.current().px(STROKE)
        if self.hasFocus() or self.underMouse():
            ground = theme.on_paper("accent")
            ground.setAlphaF(GROUND)
            painter.fillRect(self.rect(), ground)
            stroke *= 2
        painter.fillRect(QRect(0, 0, stroke, self.height()), accent)
        painter.end()


class PageView(QWidget):
    """A sheet, white until its picture is there; while a sharper picture is made the one there is is stretched.

    `edit_asked` carries the key of a section.
    """

    edit_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self.drawn = 0
        """How wide the picture is, in pixels; 0 where there is none of the page as it is now."""
        self.marks: list[EditMark] = []

    def show_picture(self, png: bytes) -> None:
        """Show the page's picture."""
        self._picture = QPixmap()
        self._picture.loadFromData(png, "PNG")
        self.drawn = self._picture.width()
        self.update()

    def let_go(self) -> None:
        """Let go of the picture: the page is far out of sight."""
        self._picture, self.drawn = QPixmap(), 0

    @property
    def shape(self) -> float:
        """Height by width of what is shown, 0 where nothing is."""
        return 0.0 if self._picture.isNull() else self._picture.height() / self._picture.width()

    def set_width(self, width: int, shape: float = A4_SHAPE) -> None:
        """Be so wide, and as high as the sheet then is: `shape` is that of sheets without a picture."""
        height = round(width * (self.shape or shape))
        self.setFixedSize(QSize(width + 2 * SHADOW, height + 2 * SHADOW))

    def offer_edits(self, spans: Sequence[Span], titles: Mapping[str, str]) -> None:
        """Mark these sections; the keyboard stays on the mark it was on."""
        held = next((each.span.section for each in self.marks if each.hasFocus()), "")
        if [each.span.section for each in self.marks] != [each.section for each in spans]:
            for mark in self.marks:
                mark.hide()
                mark.deleteLater()
            self.marks = [self._made(each, titles[each.section]) for each in spans]
        for mark, span in zip(self.marks, spans, strict=True):
            mark.span = span
            if span.section == held:
                mark.setFocus(Qt.FocusReason.OtherFocusReason)
        self._place_marks()

    def _made(self, span: Span, title: str) -> EditMark:
        mark = EditMark(span, title, self)
        mark.clicked.connect(lambda: self.edit_asked.emit(mark.span.section))
        mark.show()
        return mark

    def place_of(self, span: Span) -> QRect:
        """Return where a section stands on this page, from its stroke to the margin at the right."""
        sheet = self.rect().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        left = round(sheet.width() * STROKE_LEFT)
        top, bottom = (round(share * sheet.height()) for share in (span.top, span.bottom))
        return QRect(sheet.topLeft() + QPoint(left, top), QSize(sheet.width() - 2 * left, max(1, bottom - top)))

    def _place_marks(self) -> None:
        for mark in self.marks:
            mark.setGeometry(self.place_of(mark.span))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the marks where their sections are."""
        super().resizeEvent(event)
        self._place_marks()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a soft edge and the page."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        sheet = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        for spread in range(1, SHADOW + 1):
            painter.fillRect(sheet.adjusted(-spread, -spread + 1, spread, spread), theme.current().color("shadow"))
        if self._picture.isNull():
            painter.fillRect(sheet, theme.on_paper("surface"))
        else:
            painter.drawPixmap(sheet, self._picture, QRectF(self._picture.rect()))
        painter.end()
