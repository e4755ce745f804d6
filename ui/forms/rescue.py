"""Saving a copy elsewhere of words that can't be saved: asked for a file until it is written, or thought better of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.text import _

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Document
    from ipt_desktop.services.rescue_copy import RescueCopies

Unsaved = Callable[[], "tuple[Document, Mapping[str, Any]] | None"]


class RescueSaving(QObject):
    """`unsaved` gives what is to be rescued. `saved` carries the file's path, `failed` why it could not be written there."""

    saved = Signal(str)
    failed = Signal(str)

    def __init__(self, copies: RescueCopies, unsaved: Unsaved, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._copies, self._unsaved, self._window = copies, unsaved, window

    def ask(self) -> None:
        """Ask where to; another disk is best."""
        from ipt_desktop.services.rescue_copy import SUFFIX, file_name

        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposed = str(Path(folder) / file_name(datetime.now(UTC)))
        title = _("Save an encrypted copy elsewhere, best on another disk")
        dialog = QFileDialog(self._window, title, proposed, _("Rescue copy (*{suffix})").format(suffix=SUFFIX))
        dialog.setObjectName("rescue_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Write what is unsaved now into this file."""
        told = self._unsaved()
        if told is None:
            return
        try:
            self.saved.emit(str(self._copies.save(Path(path), *told)))
        except PracticeError as error:
            self.failed.emit(str(error))
