"""A line below a prose field: what was done or refused there, with what can be done about it. It stays until the next key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ui.forms.editors import ProseEditor
from ui.widgets.buttons import Button, link
from ui.widgets.labels import label


class FieldNotice(QWidget):
    """Hidden, and empty, until `say`; typing in its field takes it away."""

    def __init__(self, editor: ProseEditor) -> None:
        super().__init__(editor)
        self.setObjectName(editor.name("notice"))
        self._name = editor.name
        self._act: Callable[[], object] | None = None
        self._words: QLabel | None = None
        self._button: Button | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        editor.column.insertWidget(editor.column.indexOf(editor.prose) + 1, self)
        editor.prose.edited.connect(self.clear)
        self.hide()

    def say(self, words: str, act_words: str = "", act: Callable[[], object] | None = None) -> None:
        """Show the words, and a link that does something about it."""
        self.clear()
        self._words = label(words, self, kind="label", tone="text_soft", name=self._name("notice_words"), wraps=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignTop)
        if act is not None:
            self._act = act
            self._button = link(act_words, self, name=self._name("notice_act"), is_flush=True)
            self._button.clicked.connect(self._on_clicked)
            self._row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(words)
        self.show()

    def text(self) -> str:
        """Return the words shown, "" while there are none."""
        return self._words.text() if self._words is not None else ""

    def clear(self) -> None:
        """Take the line away."""
        if self._words is None:
            return
        for part in (self._words, self._button):
            if part is not None:
                part.hide()
                part.setText("")
                part.setObjectName("")
                part.deleteLater()
        self._act = self._words = self._button = None
        self.setAccessibleName("")
        self.hide()

    def _on_clicked(self) -> None:
        act = self._act
        self.clear()
        if act is not None:
            act()
