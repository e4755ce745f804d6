"""Pages on their way to a printer: Qt's own dialog, pictures made off this thread, painted sheet by sheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import QMarginsF, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.text import _
from ui.background import Task

PageImages = Callable[[bytes, int], list[bytes]]

WIDTH = 2480
"""Pixels across a sheet: A4 at 300 dpi."""
LETTER_SHAPE = 1.35
"""Below it a sheet's height by its width is Letter's (1.29), above it A4's (1.41)."""


class Printing(QObject):
    """Prints PDFs from memory, the same bytes that were shown; `images` draws their pages.

    `printed` tells that the pages are with the system's printer; `failed` why they are not. Nothing is told where the
    therapist thinks better of it.
    """

    printed = Signal()
    failed = Signal(object)

    def __init__(self, images: PageImages, parent: QWidget) -> None:
        super().__init__(parent)
        self._images, self._window = images, parent

    def ask(self, pdf: bytes, title: str) -> None:
        """Ask which printer and print there; `title` is what the print queue shows, so it holds nothing clinical."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        dialog = QPrintDialog(printer, self._window)
        dialog.setObjectName("print_dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._on_accepted, printer, pdf))
        QDialog.open(dialog)  # what its own `open` adds is a slot by name

    def _on_accepted(self, printer: QPrinter, pdf: bytes, *_same: QPrinter) -> None:
        """Print; the print dialog's own signal of this name brings the printer once more."""
        self.print_on(printer, pdf)

    def print_on(self, printer: QPrinter, pdf: bytes) -> None:
        """Draw the pages off this thread and print them."""
        images = self._images
        task = Task(lambda: images(pdf, WIDTH), self)
        task.done.connect(partial(self._on_drawn, printer))
        task.failed.connect(self.failed)
        task.start()

    def _on_drawn(self, printer: QPrinter, drawn: object) -> None:
        if _print(printer, cast("list[bytes]", drawn)):
            self.printed.emit()
        else:
            self.failed.emit(Refused(reason=_("The printer does not answer. Look whether it is on, or save the page as PDF.")))


def _print(printer: QPrinter, pictures: list[bytes]) -> bool:
    """Paint each picture on a sheet of its own shape, as large as the sheet; False where the printer does not take it."""
    sheets = [QImage.fromData(picture) for picture in pictures]
    is_letter = sheets[0].height() < LETTER_SHAPE * sheets[0].width()
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter if is_letter else QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter()
    if not painter.begin(printer):
        return False
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for number, sheet in enumerate(sheets):
        if number:
            printer.newPage()
        room = QRectF(printer.pageRect(QPrinter.Unit.DevicePixel))
        size = sheet.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(0, 0, size.width(), size.height()), sheet)
    return painter.end()
