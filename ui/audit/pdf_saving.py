"""Pages that nobody looks at first, saved or printed: made off the window's thread, and noted in the audit trail."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ipt_desktop.domain.errors import PracticeError, PracticeReadOnly
from ipt_desktop.domain.text import _
from ui.background import Task

if TYPE_CHECKING:
    from ipt_desktop.domain.report import Report
    from ipt_desktop.services.desk import Desk
    from ui.printing import Printing


class PdfSaving(QObject):
    """`saved` carries the path, `failed` the error; `printed` when the pages are with the system's printer."""

    saved = Signal(object)
    printed = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._printing: Printing | None = None

    def ask(self, make: Callable[[], Report], *, title: str, file_name: str, client_id: str = "") -> None:
        """Ask where the pages are to go, then make and save them there. `file_name` tells nobody whose they are."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._window, title, str(Path(folder) / file_name), _("PDF (*.pdf)"))
        dialog.setObjectName("save_pages_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(self._on_chosen, make, client_id))
        dialog.open()

    def _on_chosen(self, make: Callable[[], Report], client_id: str, path: str) -> None:
        self.save_to(Path(path), make, client_id=client_id)

    def save_to(self, path: Path, make: Callable[[], Report], *, client_id: str = "") -> None:
        """Make the pages and save them there; that they were saved is in the audit trail."""
        reporting = self._desk.reporting

        def work() -> Path:
            report = make()
            reporting.save(reporting.render(report, report.paper), path, kind=report.kind, client_id=client_id)
            return path

        task = Task(work, self)
        task.done.connect(self.saved)
        task.failed.connect(self.failed)
        task.start()

    def print_pages(self, make: Callable[[], Report], *, title: str) -> None:
        """Make the pages and ask for a printer; `title` is what its queue shows."""
        reporting = self._desk.reporting

        def work() -> tuple[str, bytes]:
            if self._desk.is_read_only:  # nothing leaves without a trace
                raise PracticeReadOnly
            report = make()
            return report.kind, reporting.render(report, report.paper)

        task = Task(work, self)
        task.done.connect(partial(self._on_made, title))
        task.failed.connect(self.failed)
        task.start()

    def _on_made(self, title: str, made: object) -> None:
        from ui.printing import Printing

        kind, pdf = cast("tuple[str, bytes]", made)
        if self._printing is not None:
            self._printing.deleteLater()
        self._printing = Printing(self._desk.reporting.some_pages, self._window)
        self._printing.printed.connect(partial(self._on_printed, kind, pdf))
        self._printing.failed.connect(self.failed)
        self._printing.ask(pdf, title)

    def _on_printed(self, kind: str, pdf: bytes) -> None:
        try:
            self._desk.reporting.note_printed(pdf, kind=kind)
        except PracticeError as error:
            self.failed.emit(error)
        else:
            self.printed.emit()
