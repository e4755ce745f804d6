"""Pages on their way to a printer: Qt's own dialog, pictures made off this thread, painted sheet by sheet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QMarginsF, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.text import _
from ui.background import Task

if TYPE_CHECKING:
    from ui.preferences import Preferences

PageImages = Callable[[bytes, int, Collection[int]], tuple[int, dict[int, bytes]]]

SIZES = {
    "A4": QPageSize.PageSizeId.A4,
    "Letter": QPageSize.PageSizeId.Letter,
    "A5": QPageSize.PageSizeId.A5,
}
WIDTH = 2480
"""Pixels across a sheet: A4 at 300 dpi."""
LETTER_SHAPE = 1.35
"""Below it a sheet's height by its width is Letter's (1.29), above it A4's (1.41)."""


class Printing(QObject):
    """Prints PDFs from memory, the same bytes that were shown; `images` draws their pages, one at a time.

    `progressed` tells the share of the pages that are with the system's printer, `printed` that all are, `failed` why they are
    not, `stopped` how many were when it was stopped. Nothing is told where the therapist thinks better of it. The printer and
    its settings are offered again next time.
    """

    progressed = Signal(float)
    printed = Signal()
    failed = Signal(object)
    stopped = Signal(int)

    def __init__(self, images: PageImages, parent: QWidget, preferences: Preferences | None = None) -> None:
        super().__init__(parent)
        self._images, self._window, self._preferences = images, parent, preferences
        self._painter: QPainter | None = None
        self._is_wanted = True
        self._paper = ""

    def ask(self, pdf: bytes, title: str, paper: str = "") -> None:
        """Ask which printer and print there; `title` is what the print queue shows, so it holds nothing clinical.

        `paper` is the sheet the pages are set for; without one it is told by their shape.
        """
        self._paper = paper
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        if self._preferences is not None:
            as_last_time(printer, self._preferences.printer)
        dialog = QPrintDialog(printer, self._window)
        dialog.setObjectName("print_dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._on_accepted, printer, pdf))
        QDialog.open(dialog)  # what its own `open` adds is a slot by name

    def _on_accepted(self, printer: QPrinter, pdf: bytes, *_same: QPrinter) -> None:
        """Print; the print dialog's own signal of this name brings the printer once more."""
        if self._preferences is not None:
            self._preferences.printer = settings_of(printer)
        self.print_on(printer, pdf)

    def print_on(self, printer: QPrinter, pdf: bytes) -> None:
        """Draw the pages off this thread, and print each as it is drawn."""
        self._is_wanted = True
        self._draw(printer, pdf, 1)

    def stop(self) -> None:
        """Send no further page."""
        self._is_wanted = False

    def _draw(self, printer: QPrinter, pdf: bytes, number: int) -> None:
        images = self._images
        task = Task(lambda: images(pdf, WIDTH, (number,)), self)
        task.done.connect(partial(self._on_drawn, printer, pdf, number))
        task.failed.connect(self._on_failed)
        task.start()

    def _on_drawn(self, printer: QPrinter, pdf: bytes, number: int, drawn: object) -> None:
        count, pictures = cast("tuple[int, dict[int, bytes]]", drawn)
        if not self._is_wanted:
            self._give_up(printer)
            self.stopped.emit(number - 1)
            return
        if not self._paint(printer, QImage.fromData(pictures[number])):
            self._give_up(printer)
            self.failed.emit(Refused(reason=_("The printer does not answer. Look whether it is on, or save the page as PDF.")))
            return
        self.progressed.emit(number / count)
        if number < count:
            self._draw(printer, pdf, number + 1)
            return
        painter, self._painter = self._painter, None
        if painter is not None and painter.end():
            self.printed.emit()
        else:
            self.failed.emit(Refused(reason=_("The printer does not answer. Look whether it is on, or save the page as PDF.")))

    def _on_failed(self, error: object) -> None:
        self._painter = None
        self.failed.emit(error)

    def _give_up(self, printer: QPrinter) -> None:
        """Let the system's printer forget what it has of it, and leave no half file where it printed to one."""
        painter, self._painter = self._painter, None
        if painter is not None:
            printer.abort()
            painter.end()
            if printer.outputFileName():
                Path(printer.outputFileName()).unlink(missing_ok=True)

    def _paint(self, printer: QPrinter, sheet: QImage) -> bool:
        """Paint a picture on a sheet of its own shape, as large as the sheet; False where the printer does not take it."""
        if self._painter is None:
            printer.setPageSize(QPageSize(SIZES.get(self._paper, _size_of(sheet))))
            printer.setPageOrientation(QPageLayout.Orientation.Portrait)
            printer.setFullPage(True)
            printer.setPageMargins(QMarginsF(0, 0, 0, 0))
            painter = QPainter()
            if not painter.begin(printer):
                return False
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            self._painter = painter
        elif not printer.newPage():
            return False
        room = QRectF(printer.pageRect(QPrinter.Unit.DevicePixel))
        size = sheet.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        self._painter.drawImage(QRectF(0, 0, size.width(), size.height()), sheet)
        return True


def _size_of(sheet: QImage) -> QPageSize.PageSizeId:
    """Return the sheet a picture of a page has the shape of."""
    is_letter = sheet.height() < LETTER_SHAPE * sheet.width()
    return QPageSize.PageSizeId.Letter if is_letter else QPageSize.PageSizeId.A4


def settings_of(printer: QPrinter) -> dict[str, str]:
    """Return which printer it is and how it prints; nothing of what was printed."""
    kept = {"name": printer.printerName(), "colour": printer.colorMode().name, "duplex": printer.duplex().name}
    return {key: value for key, value in kept.items() if value}


def as_last_time(printer: QPrinter, kept: Mapping[str, str]) -> None:
    """Choose the printer and settings of last time, where that printer is still there."""
    if kept.get("name", "") not in QPrinterInfo.availablePrinterNames():
        return
    printer.setPrinterName(kept["name"])
    modes, sides = QPrinter.ColorMode, QPrinter.DuplexMode
    if kept.get("colour") in modes.__members__:
        printer.setColorMode(modes[kept["colour"]])
    if kept.get("duplex") in sides.__members__:
        printer.setDuplex(sides[kept["duplex"]])
