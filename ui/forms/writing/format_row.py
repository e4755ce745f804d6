"""A quiet row of looks for the text that is being written: it shows what holds at the cursor, and leaves the keyboard there."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ipt_desktop.domain.rich_text import BlockKind
from ipt_desktop.domain.text import _
from ui.forms.prose import ProseEdit, kind_of
from ui.widgets.buttons import Button, icon_button
from ui.widgets.naming import named

_ICONS = {
    "bold": "bold",
    "italic": "italic",
    "heading": "heading",
    "bullet": "list",
    "numbered": "list-ordered",
    "quote": "quote",
}
_KINDS = {"heading": BlockKind.HEADING, "bullet": BlockKind.BULLET, "numbered": BlockKind.NUMBERED, "quote": BlockKind.QUOTE}


class FormatRow(QWidget):
    """Hidden while the keyboard is in no prose; `follow` tells it where it is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "format_row", _("Look of the text"))
        self._prose: ProseEdit | None = None
        self._buttons: dict[str, Button] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for key, icon in _ICONS.items():
            button = icon_button(icon, self, name=f"format_{key}", spoken=_("Look of the text"))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(partial(self._on_clicked, key))
            row.addWidget(button)
            self._buttons[key] = button
        self.keep_room(True)
        self.hide()

    def keep_room(self, is_kept: bool) -> None:
        """Keep its place while hidden, so that the foot does not move; where nothing is written, leave it to others."""
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(is_kept)
        self.setSizePolicy(policy)

    def follow(self, prose: ProseEdit | None) -> None:
        """Serve the text that has the keyboard, or none."""
        if self._prose is not None:
            self._prose.cursorPositionChanged.disconnect(self._show)
            self._prose.currentCharFormatChanged.disconnect(self._show)
            self._prose.destroyed.disconnect(self._on_gone)
        self._prose = prose if prose is not None and not prose.isReadOnly() else None
        if self._prose is not None:
            self._prose.cursorPositionChanged.connect(self._show)
            self._prose.currentCharFormatChanged.connect(self._show)
            self._prose.destroyed.connect(self._on_gone)
            for key, button in self._buttons.items():
                action = self._action(key)
                keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
                button.setAccessibleName(action.text())
                button.setToolTip(_("{what} ({keys})").format(what=action.text(), keys=keys))
        self.setVisible(self._prose is not None)
        self._show()

    def _action(self, key: str) -> QAction:
        assert self._prose is not None  # noqa: S101 - every caller has looked
        self._prose.be_used()
        found = self._prose.findChild(QAction, f"{self._prose.objectName()}_{key}")
        assert isinstance(found, QAction)  # noqa: S101 - each prose field has these
        return found

    def _show(self) -> None:
        if self._prose is None:
            return
        look, kind = self._prose.currentCharFormat(), kind_of(self._prose.textCursor().block())
        held = {"bold": look.fontWeight() >= QFont.Weight.Bold, "italic": look.fontItalic()}
        for key, button in self._buttons.items():
            button.setChecked(held.get(key, kind is _KINDS.get(key)))

    def _on_clicked(self, key: str) -> None:
        if self._prose is not None:
            self._action(key).trigger()
            self._show()

    def _on_gone(self) -> None:
        self._prose = None
        self.hide()
