"""Saving pages that nobody looked at first: asked where, made and saved off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ipt_desktop.domain.text import _
from ui.background import Task

if TYPE_CHECKING:
    from ipt_desktop.domain.report import Report
    from ipt_desktop.services.desk import Desk


class PdfSaving(QObject):
    """`saved` carries the path, `failed` the error."""

    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window

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
