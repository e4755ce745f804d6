"""The preview: the pages of a PDF as they will be printed, on the desk's darker ground; white in every theme."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ipt_desktop.domain.page_span import Span
from ipt_desktop.domain.text import _
from ui import theme
from ui.background import Task
from ui.reports.page_view import A4_SHAPE, SHADOW, PageView
from ui.reports.zoom import FIT, Zoom
from ui.widgets.buttons import Button, icon_button
from ui.widgets.labels import ElidedLabel, Picture, label

PageImages = Callable[[bytes, int, Collection[int]], tuple[int, dict[int, bytes]]]
"""Draws pages of a PDF so many pixels wide: how many there are, and those asked for by number."""

WIDEST_FIT = 640
ACTUAL = 794
"""Logical pixels of an A4 sheet's width at 100 %."""
WIDE_WINDOW = 1800
"""In a wider window two pages stand side by side."""
MARGIN, BETWEEN = 24, 16
SETTLE_MS = 120
NEAR, FAR = 4, 12
"""Pages so near to what is in sight are drawn beforehand; those further away are let go of."""


class Preview(QWidget):
    """Pages under each other with their count and the zoom. Plus, minus and 0 zoom; Home and End go to the ends.

    Of a long document only the pages in sight are drawn, and those near. `first_shown` tells that the first page of what is
    still being set is on screen, `page_shown` that those in sight of the last PDF are, `shown` that those near are too;
    `failed` that they could not be drawn. `edit_asked` carries the key of a section whose words are to be changed.
    """

    first_shown = Signal()
    page_shown = Signal()
    shown = Signal()
    failed = Signal(object)
    edit_asked = Signal(str)

    def __init__(self, images: PageImages, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("preview")
        self._images = images
        self._pdf = b""
        self._turn = 0
        self._width = 0
        self._spans: Sequence[Span] = ()
        self._titles: Mapping[str, str] = {}
        self._is_fresh = False
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
        self.scroller.verticalScrollBar().valueChanged.connect(self._on_scrolled)
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
        self._hint = QWidget(bar)
        hint = QHBoxLayout(self._hint)
        hint.setContentsMargins(0, 0, 0, 0)
        hint.addWidget(Picture("pencil", self._hint))
        words = _("What is marked is yours to edit; the mark does not print")
        hint.addWidget(ElidedLabel(words, self._hint), 1)
        self._hint.hide()
        row.addWidget(self._hint)
        row.addStretch(1)
        for button, act in ((self._smaller, self.zoom_out), (self._fit, self.fit_width), (self._larger, self.zoom_in)):
            row.addWidget(button)
            button.clicked.connect(act)
        return bar

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_pdf(self, pdf: bytes, text: str) -> None:
        """Show the pages of a PDF; `text` is what a screen reader says of them."""
        self._pdf = pdf
        self._turn += 1
        self._is_fresh = True
        self._width = 0  # every picture there is is of other pages
        self.scroller.setAccessibleDescription(text)
        self._draw()

    def show_first(self, pdf: bytes) -> None:
        """Show the first page as it now is, while the others are set."""
        if not self.pages or 1 not in range(self._in_sight()[0], self._in_sight()[1] + 1):
            return
        self._turn += 1
        turn, images, pixels = self._turn, self._images, round(self.page_width() * self.devicePixelRatioF())
        task = Task(lambda: (turn, images(pdf, pixels, (1,))), self)
        task.done.connect(self._on_first_drawn)
        task.failed.connect(self.failed)
        task.start()

    def _on_first_drawn(self, drawn: object) -> None:
        turn, (_count, pictures) = cast("tuple[int, tuple[int, dict[int, bytes]]]", drawn)
        if turn == self._turn and self.pages:
            self.pages[0].show_picture(pictures[1])
            self.first_shown.emit()

    def offer_edits(self, spans: Sequence[Span], titles: Mapping[str, str]) -> None:
        """Mark the sections whose words can be changed on this paper; `titles` are their heads, by key."""
        self._spans = [each for each in spans if each.section in titles]
        self._titles = titles
        self._hint.setVisible(bool(self._spans))
        self._mark_pages()

    def clear(self) -> None:
        """Let go of every page and word."""
        self._turn += 1
        self._settle.stop()
        self._pdf = b""
        self.offer_edits((), {})
        self.scroller.setAccessibleDescription("")
        self._keep(0)

    def _draw(self) -> None:
        """Ask for pictures as sharp as the screen; those of an earlier wish are thrown away when they come."""
        if not self._pdf:
            return
        pixels = round(self.page_width() * self.devicePixelRatioF())
        if pixels != self._width:
            self._turn += 1
            self._width = pixels
            for page in self.pages:
                page.drawn = 0
        numbers = self._missing()
        if not numbers:
            return
        turn, pdf, images = self._turn, self._pdf, self._images
        task = Task(lambda: (turn, images(pdf, pixels, numbers)), self)
        task.done.connect(self._on_drawn)
        task.failed.connect(self.failed)
        task.start()

    def _missing(self) -> list[int]:
        """Return the pages in sight that have no picture; where they all have, those near that have none."""
        first, last = self._in_sight()
        for start, end in ((first, last), (max(1, first - NEAR), min(len(self.pages) or 1, last + NEAR))):
            if missing := [each for each in range(start, end + 1) if not self.pages or not self.pages[each - 1].drawn]:
                return missing
        return []

    def _in_sight(self) -> tuple[int, int]:
        """Return the first and the last page in sight, the first one while there is none."""
        top = self.scroller.verticalScrollBar().value()
        bottom = top + self.scroller.viewport().height()
        seen = [number for number, page in enumerate(self.pages, 1) if page.y() < bottom and page.y() + page.height() > top]
        return (seen[0], seen[-1]) if seen else (1, 1)

    def _on_drawn(self, drawn: object) -> None:
        turn, (count, pictures) = cast("tuple[int, tuple[int, dict[int, bytes]]]", drawn)
        if turn != self._turn:
            return
        self._put(count, pictures)
        if self._is_fresh:
            self._is_fresh = False
            self.page_shown.emit()
        if self._missing():
            self._draw()
        else:
            self.shown.emit()

    def _put(self, count: int, pictures: Mapping[int, bytes]) -> None:
        is_other = count != len(self.pages)
        self._keep(count)
        first, last = self._in_sight()
        for number, page in enumerate(self.pages, 1):
            if number in pictures:
                page.show_picture(pictures[number])
            elif not first - FAR <= number <= last + FAR:
                page.let_go()
        if is_other or self._is_fresh:
            self._fit_pages()
            self._mark_pages()
            self._say_page()

    def _keep(self, count: int) -> None:
        """Have so many sheets."""
        while len(self.pages) > count:
            page = self.pages.pop()
            self._grid.removeWidget(page)
            page.hide()
            page.deleteLater()
        while len(self.pages) < count:
            page = PageView(self._sheets)
            page.edit_asked.connect(self.edit_asked)
            self.pages.append(page)
        for number, page in enumerate(self.pages, 1):
            page.setObjectName(f"page_{number}")
            page.setAccessibleName(_("Page {number} of {count}").format(number=number, count=count))
        if not count:
            self._say_page()

    def _mark_pages(self) -> None:
        for number, page in enumerate(self.pages, 1):
            page.offer_edits([each for each in self._spans if each.page == number], self._titles)

    def place_of(self, section: str) -> QRect | None:
        """Return where a section stands first, on the ground the sheets lie on; None where it is on no page."""
        for span in self._spans:
            if span.section == section and span.page <= len(self.pages):
                page = self.pages[span.page - 1]
                return page.place_of(span).translated(page.pos())
        return None

    def focus_mark(self, section: str) -> None:
        """Put the keyboard on a section's mark."""
        for mark in (mark for page in self.pages for mark in page.marks if mark.span.section == section):
            mark.setFocus(Qt.FocusReason.OtherFocusReason)
            return

    @property
    def ground(self) -> QWidget:
        """What the sheets lie on."""
        return self._sheets

    def page_width(self) -> int:
        """Return how wide a page is shown, in logical pixels."""
        room = self.scroller.viewport().width() - 2 * (MARGIN + SHADOW)
        return max(120, self.zoom.width(ACTUAL, min(room, theme.current().px(WIDEST_FIT))))

    def _fit_pages(self) -> None:
        columns = 2 if self.window().width() > WIDE_WINDOW and self.zoom.factor == FIT else 1
        shape = next((page.shape for page in self.pages if page.shape), A4_SHAPE)
        for place, page in enumerate(self.pages):
            page.set_width(self.page_width(), shape)
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

    def _on_scrolled(self) -> None:
        self._say_page()
        if self._pdf and self._missing():
            self._settle.start()

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
