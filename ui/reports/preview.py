"""The preview: the pages of a PDF as they will be printed, on the desk's darker ground; white in every theme."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.background import Task
from ui.reports.zoom import FIT, Zoom
from ui.widgets.buttons import Button, icon_button
from ui.widgets.labels import label

PageImages = Callable[[bytes, int], list[bytes]]

WIDEST_FIT = 640
ACTUAL = 794
"""Logical pixels of an A4 sheet's width at 100 %."""
WIDE_WINDOW = 1800
"""In a wider window two pages stand side by side."""
MARGIN, BETWEEN, SHADOW = 24, 16, 3
SETTLE_MS = 120


class PageView(QWidget):
    """One page. While a sharper picture is made the one there is is stretched."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture = QPixmap()

    def show_picture(self, png: bytes) -> None:
        """Show a page's picture."""
        self._picture = QPixmap()
        self._picture.loadFromData(png, "PNG")
        self.update()

    def set_width(self, width: int) -> None:
        """Be so wide, and as high as the sheet then is."""
        if not self._picture.isNull():
            height = round(width * self._picture.height() / self._picture.width())
            self.setFixedSize(QSize(width + 2 * SHADOW, height + 2 * SHADOW))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a soft edge and the page."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        sheet = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        for spread in range(1, SHADOW + 1):
            painter.fillRect(sheet.adjusted(-spread, -spread + 1, spread, spread), theme.current().color("shadow"))
        painter.drawPixmap(sheet, self._picture, QRectF(self._picture.rect()))
        painter.end()


class Preview(QWidget):
    """Pages under each other with their count and the zoom. Plus, minus and 0 zoom; Home and End go to the ends.

    `shown` tells that the pages of the last PDF are on screen; `failed` that they could not be drawn.
    """

    shown = Signal()
    failed = Signal(object)

    def __init__(self, images: PageImages, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("preview")
        self._images = images
        self._pdf = b""
        self._turn = 0
        self.pages: list[PageView] = []
        self.zoom = Zoom()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._draw)
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_toolbar())
        self.above = QVBoxLayout()
        self.above.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.above)
        self.scroller = QScrollArea(self)
        self.scroller.setObjectName("preview_pages")
        self.scroller.setAccessibleName(_("Preview of the pages"))
        self.scroller.setProperty("role", "sunken")
        self.scroller.setWidgetResizable(True)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.scroller.installEventFilter(self)
        self.scroller.viewport().installEventFilter(self)
        self.scroller.verticalScrollBar().valueChanged.connect(self._say_page)
        self._sheets = QWidget(self.scroller)
        self._sheets.setProperty("role", "clear")
        column_of_sheets = QVBoxLayout(self._sheets)
        column_of_sheets.setContentsMargins(MARGIN, BETWEEN, MARGIN, MARGIN)
        self._grid = QGridLayout()
        self._grid.setSpacing(BETWEEN)
        column_of_sheets.addLayout(self._grid)
        column_of_sheets.addStretch(1)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(3, 1)
        self.scroller.setWidget(self._sheets)
        column.addWidget(self.scroller, 1)

    def _make_toolbar(self) -> QWidget:
        bar = QWidget(self)
        bar.setObjectName("preview_toolbar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(20, 5, 16, 5)
        self.count = label("", bar, kind="label", tone="text_soft", name="preview_count")
        self._smaller = icon_button("zoom-out", bar, name="zoom_out", spoken=_("Smaller pages"))
        self._fit = Button(
            _("Fit width"),
            bar,
            kind="quiet",
            name="zoom_fit",
            spoken=_("Size of the pages: {size}").format(size=_("Fit width")),
        )
        self._larger = icon_button("zoom-in", bar, name="zoom_in", spoken=_("Larger pages"))
        row.addWidget(self.count)
        row.addStretch(1)
        for button, act in ((self._smaller, self.zoom_out), (self._fit, self.fit_width), (self._larger, self.zoom_in)):
            row.addWidget(button)
            button.clicked.connect(act)
        return bar

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_pdf(self, pdf: bytes, text: str) -> None:
        """Show the pages of a PDF; `text` is what a screen reader says of them."""
        self._pdf = pdf
        self.scroller.setAccessibleDescription(text)
        self._draw()

    def clear(self) -> None:
        """Let go of every page and word."""
        self._turn += 1
        self._settle.stop()
        self._pdf = b""
        self.scroller.setAccessibleDescription("")
        self._put([])

    def _draw(self) -> None:
        """Ask for pictures as sharp as the screen; those of an earlier wish are thrown away when they come."""
        if not self._pdf:
            return
        self._turn += 1
        turn, pdf, images = self._turn, self._pdf, self._images
        pixels = round(self.page_width() * self.devicePixelRatioF())
        task = Task(lambda: (turn, images(pdf, pixels)), self)
        task.done.connect(self._on_drawn)
        task.failed.connect(self.failed)
        task.start()

    def _on_drawn(self, drawn: object) -> None:
        turn, pictures = cast("tuple[int, list[bytes]]", drawn)
        if turn == self._turn:
            self._put(pictures)
            self.shown.emit()

    def _put(self, pictures: list[bytes]) -> None:
        while len(self.pages) > len(pictures):
            page = self.pages.pop()
            self._grid.removeWidget(page)
            page.hide()
            page.deleteLater()
        while len(self.pages) < len(pictures):
            self.pages.append(PageView(self._sheets))
        for number, (page, png) in enumerate(zip(self.pages, pictures, strict=True), 1):
            page.setObjectName(f"page_{number}")
            page.setAccessibleName(_("Page {number} of {count}").format(number=number, count=len(pictures)))
            page.show_picture(png)
        self._fit_pages()
        self._say_page()

    def page_width(self) -> int:
        """Return how wide a page is shown, in logical pixels."""
        room = self.scroller.viewport().width() - 2 * (MARGIN + SHADOW)
        return max(120, self.zoom.width(ACTUAL, min(room, theme.current().px(WIDEST_FIT))))

    def _fit_pages(self) -> None:
        columns = 2 if self.window().width() > WIDE_WINDOW and self.zoom.factor == FIT else 1
        for place, page in enumerate(self.pages):
            page.set_width(self.page_width())
            self._grid.addWidget(page, place // columns, 1 + place % columns, Qt.AlignmentFlag.AlignTop)
        size = _("Fit width") if self.zoom.factor == FIT else f"{round(self.zoom.factor * 100)} %"
        self._fit.setText(size)
        self._fit.setAccessibleName(_("Size of the pages: {size}").format(size=size))

    def current_page(self) -> int:
        """Return the number of the page most in sight, the first of two side by side; 0 while there is none."""
        middle = self.scroller.verticalScrollBar().value() + self.scroller.viewport().height() // 2
        tops = [page.y() for page in self.pages]
        begun = [top for top in tops if top <= middle]
        return tops.index(max(begun)) + 1 if begun else min(1, len(tops))

    def _say_page(self) -> None:
        words = _("Page {number} of {count}").format(number=self.current_page(), count=len(self.pages))
        self.count.setText(words if self.pages else "")

    # -- zoom and keys ---------------------------------------------------------------------------------------------

    def zoom_in(self) -> None:
        """Show larger pages."""
        self._zoomed(self.zoom.larger(self.page_width() / ACTUAL))

    def zoom_out(self) -> None:
        """Show smaller pages."""
        self._zoomed(self.zoom.smaller(self.page_width() / ACTUAL))

    def fit_width(self) -> None:
        """Show pages as wide as there is room for."""
        self._zoomed(Zoom())

    def _zoomed(self, zoom: Zoom) -> None:
        self.zoom = zoom
        self._fit_pages()
        self._settle.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width; sharper pictures come once it rests."""
        super().resizeEvent(event)
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "scroller"):
            self._follow()

    def _follow(self) -> None:
        self._fit_pages()
        if self._pdf:
            self._settle.start()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Zoom and jump by keys while the pages have the keyboard; follow the viewport's width."""
        if event.type() is QEvent.Type.Resize and watched is self.scroller.viewport():
            self._follow()
        if watched is self.scroller and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            bar = self.scroller.verticalScrollBar()
            acts: dict[int, Callable[[], None]] = {
                Qt.Key.Key_Plus: self.zoom_in,
                Qt.Key.Key_Equal: self.zoom_in,
                Qt.Key.Key_Minus: self.zoom_out,
                Qt.Key.Key_0: self.fit_width,
                Qt.Key.Key_Home: lambda: bar.setValue(bar.minimum()),
                Qt.Key.Key_End: lambda: bar.setValue(bar.maximum()),
            }
            if event.key() in acts and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                acts[event.key()]()
                return True
        return False
