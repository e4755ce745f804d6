"""What a mark of the timeline is of, below it: what is written, whom it is about, and the ways to both."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.phases.parting import let_go
from ui.widgets.buttons import icon_button, link
from ui.widgets.chips import ChipRow
from ui.widgets.labels import in_our_direction, label
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ui.progress.mark_reading import MarkTold, Way


class MarkPanel(QFrame):
    """Read, never written. `asked` carries the place and the record that a way leads to; `left` when it is closed."""

    asked = Signal(str, str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "timeline_mark", _("What this mark is of"))
        self.setProperty("role", "dashed_card")
        self._parting: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        head = QHBoxLayout()
        self._title = label("", self, kind="label_strong", name="timeline_mark_title", wraps=True)
        self._close = icon_button("x", self, name="timeline_mark_close", spoken=_("Close"))
        self._close.clicked.connect(self.left)
        head.addWidget(self._title, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self._words = label("", self, name="timeline_mark_words", wraps=True)
        column.addWidget(self._words)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        column.addLayout(self._rows)
        self.hide()

    def show_mark(self, told: MarkTold) -> None:
        """Show what a mark is of, with the keyboard on the first way on."""
        self._title.setText(in_our_direction(told.title))
        self._words.setText(told.words)
        self._words.setVisible(bool(told.words))
        self._parting = let_go(self._rows)
        first = self._add_row(told.whom, "people", told.people)
        first = self._add_row("", "ways", told.ways) or first
        self.show()
        (first or self._close).setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Let go of every word."""
        self._title.clear()
        self._words.clear()
        self._parting = let_go(self._rows)
        self.hide()

    def _add_row(self, caption: str, name: str, ways: tuple[Way, ...] | list[Way] | object) -> QWidget | None:
        ways = tuple(ways) if isinstance(ways, list | tuple) else ()
        if not ways:
            return None
        row = ChipRow(self, name=f"timeline_mark_{name}", spoken=caption or _("Where more of it is"))
        if caption:
            said = label(caption, row, kind="caption", tone="text_soft", name=f"timeline_mark_{name}_caption")
            said.setMinimumHeight(theme.current().size("control"))  # as high as the ways it stands beside
            row.add(said)
        buttons = []
        for number, way in enumerate(ways):
            button = link(way.words, row, name=f"timeline_mark_{name}_{number}", icon=way.icon, is_flush=True)
            button.clicked.connect(partial(self.asked.emit, way.place, way.record_id))
            row.add(button)
            buttons.append(button)
        self._rows.addWidget(row)
        row.show()
        return buttons[0]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
