"""An editor for what is done step by step: each step in whole words, with a box to tick."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QWidget

from ipt_desktop.domain.form import Field
from ui import theme
from ui.forms.choices import choices_of
from ui.forms.editor import Editor, Setting
from ui.widgets.naming import named


class _Words(QLabel):
    """Words that wrap; a click on them is a click on their box."""

    clicked = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Wait for the release."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Say that the words were clicked."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()


class TicksEditor(Editor):
    """Several steps of a list, one below the other. What was ticked and is no longer asked is kept."""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent)
        self._boxes: dict[str, QCheckBox] = {}
        self._kept: list[str] = []
        self.column.setSpacing(2)
        for key, words in choices_of(asked, setting):
            self._boxes[key] = self._add(key, words)
        if self._boxes:
            self.setFocusProxy(next(iter(self._boxes.values())))

    def _add(self, key: str, words: str) -> QCheckBox:
        row = QHBoxLayout()
        row.setSpacing(0)  # the box leaves room for words of its own
        box = named(QCheckBox(self), self.name(key), words)
        box.clicked.connect(self.edited)
        told = _Words(words, self)
        told.setObjectName(self.name(f"{key}_words"))
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setProperty("kind", "body")
        told.setWordWrap(True)
        told.setBuddy(box)
        told.clicked.connect(box.click)
        first_line = (box.sizeHint().height() - theme.current().line_height("body")) // 2
        told.setContentsMargins(0, max(0, first_line), 0, 0)
        row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(told, 1)
        self.column.addLayout(row)
        return box

    def first_height(self) -> int:
        """Return the height of a box."""
        return next((box.sizeHint().height() for box in self._boxes.values()), super().first_height())

    def answer(self) -> list[str]:
        """Return the keys ticked, in the order asked; keys that are not asked for here are kept at the end."""
        return [*(key for key, box in self._boxes.items() if box.isChecked()), *self._kept]

    def show_answer(self, answer: Any) -> None:
        """Show what is ticked."""
        ticked = list(answer or ())
        self._kept = [key for key in ticked if key not in self._boxes]
        for key, box in self._boxes.items():
            box.setChecked(key in ticked)
