"""A section of the settings: a page of its own, made on its first visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.page import Frame
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


class Section(QWidget):
    """Subclasses put their parts into `column`, top to bottom, and may end it with a stretch.

    `title` and `words` stand above: what this is about, in a sentence. `widest` is how wide it grows at most, in pixels of the
    normal text size.
    """

    widest = 720

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget, *, name: str, title: str, words: str = "") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setProperty("role", "clear")
        self.desk, self.frame = desk, frame
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 24)
        self.column.setSpacing(12)
        self.column.addWidget(label(title, self, kind="display", name=f"{name}_title"))
        if words:
            self.column.addWidget(label(words, self, tone="text_soft", name=f"{name}_about", wraps=True))

    def refresh(self) -> None:
        """Show what holds now."""

    def flush(self) -> bool:
        """Keep what is not kept yet; False where that failed."""
        return True

    def forget(self) -> None:
        """Let go of every word and secret: the practice is being locked, or the settings are left."""
