"""A word on Caps Lock, beneath fields for secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui.widgets.labels import Picture, label

if TYPE_CHECKING:
    from ui.start.passphrase import PassphraseField


class CapsLockNote(QFrame):
    """Says so while what is typed shows that Caps Lock is on; hidden else."""

    def __init__(self, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "bar")
        self.setProperty("tone", "caution")
        self.setProperty("is_slim", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(Picture("arrow-big-up", self, role="caution"))
        row.addWidget(label(_("Caps Lock is on."), self, tone="caution", name=f"{name}_words"), 1)
        self.hide()

    def follow(self, field: PassphraseField) -> None:
        """Hear of Caps Lock from this field."""
        field.caps_lock_noticed.connect(self.setVisible)
