"""What was copied here: known again at the lock, and taken back if the clipboard still holds it."""

import hashlib
import secrets
from typing import cast

from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtGui import QClipboard, QGuiApplication

MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class OwnCopies(QObject):
    """Remembers a mark of the last thing copied here, never the thing itself. Linux's marked text (primary selection) as well.

    What another program copies while it is in front is none of ours.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._key = secrets.token_bytes(16)
        self._marks: dict[QClipboard.Mode, bytes] = {}
        self._clipboard = QGuiApplication.clipboard()
        self._clipboard.changed.connect(self._on_changed)

    def take_back(self) -> None:
        """Empty whatever still holds what was copied here."""
        for mode, mark in list(self._marks.items()):
            if self._mark(mode) == mark:
                self._clipboard.setText("", mode)  # also where another program looks after what was copied
                self._clipboard.clear(mode)
        self._marks.clear()

    def leave(self) -> None:
        """Take back what is ours, and listen no more."""
        self._clipboard.changed.disconnect(self._on_changed)
        self.take_back()

    def _on_changed(self, mode: QClipboard.Mode) -> None:
        if mode not in MODES:
            return
        if self._is_ours(mode):
            self._marks[mode] = self._mark(mode)
        else:
            self._marks.pop(mode, None)

    def _is_ours(self, mode: QClipboard.Mode) -> bool:
        """Whether this change came from here: some systems say so, on the others it must have if this program is in front."""
        owns = self._clipboard.ownsClipboard() if mode is QClipboard.Mode.Clipboard else self._clipboard.ownsSelection()
        return owns or QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive

    def _mark(self, mode: QClipboard.Mode) -> bytes:
        data = cast("QMimeData | None", self._clipboard.mimeData(mode))  # none, where the system refuses
        return hashlib.blake2b(_bytes_of(data), key=self._key).digest() if data is not None else b""


def _bytes_of(data: QMimeData) -> bytes:
    if data.hasText():
        return data.text().encode("utf-8", "surrogatepass")
    return b"".join(bytes(data.data(kind).data()) for kind in data.formats())
