"""A line below a prose field: what was done or refused there, with what can be done about it. It stays until the next key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.forms.editors import ProseEditor
from ui.widgets.buttons import Button, link
from ui.widgets.labels import label


class FieldNotice(QWidget):
    """Hidden until `say`; typing in its field takes it away."""

    def __init__(self, editor: ProseEditor) -> None:
        super().__init__(editor)
        self.setObjectName(editor.name("notice"))
        self._act: Callable[[], object] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self._words = label("", self, kind="label", tone="text_soft", name=editor.name("notice_words"), wraps=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button: Button = link("", self, name=editor.name("notice_act"), is_flush=True)
        self._button.clicked.connect(self._on_clicked)
        row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        editor.column.insertWidget(1, self)
        editor.prose.edited.connect(self.clear)
        self.hide()

    def say(self, words: str, act_words: str = "", act: Callable[[], object] | None = None) -> None:
        """Show the words, and a link that does something about it."""
        self._words.setText(words)
        self._act = act
        self._button.setText(act_words)
        self._button.setAccessibleName(act_words)
        self._button.setVisible(act is not None)
        self.setAccessibleName(words)
        self.show()

    def text(self) -> str:
        """Return the words shown, "" while there are none."""
        return self._words.text()

    def clear(self) -> None:
        """Take the line away."""
        if self._words.text():
            self._act = None
            self._words.setText("")
            self.setAccessibleName("")
            self.hide()

    def _on_clicked(self) -> None:
        act = self._act
        self.clear()
        if act is not None:
            act()
