"""The link of a formulation on screen: the picture that is printed, as wide as there is room."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ipt_desktop.domain.circle_style import circle_style
from ipt_desktop.domain.formulation_link import FormulationLink
from ipt_desktop.domain.formulation_picture import Sheet, link_picture
from ipt_desktop.domain.picture import Picture
from ipt_desktop.domain.text import _
from ui import theme
from ui.painting import PaintedMarks, measure_with, theme_inks
from ui.widgets.naming import named

LINE = 18.0
"""Height of a line, in units at 100 % text."""


class LinkView(QWidget):
    """Draws a link; what a screen reader says of it is the picture in words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "formulation_picture", _("The link from symptoms to the problem area"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._link = FormulationLink()
        self._picture = Picture(0.0, 0.0, ())
        self._drawn: PaintedMarks | None = None

    @property
    def picture(self) -> Picture:
        """The picture as it is drawn now."""
        return self._picture

    def show_link(self, link: FormulationLink) -> None:
        """Show a link."""
        if link != self._link or self._drawn is None:
            self._link = link
            self._lay_out()

    def _lay_out(self) -> None:
        look = theme.current()
        inks = theme_inks(look)
        width = max(1.0, self.width() / look.scale)
        sheet = Sheet(width, measure_with(inks), LINE, circle_style(theme.tokens()))
        self._picture = link_picture(self._link, sheet)
        self._drawn = PaintedMarks(self._picture.marks, inks)
        self.setAccessibleDescription(self._picture.description)
        self.setFixedHeight(round(self._picture.height * look.scale) + 1)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set it anew for the width there is."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self._drawn is not None:
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture."""
        if self._drawn is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.scale(theme.current().scale, theme.current().scale)
        self._drawn.paint(painter)
        painter.end()
