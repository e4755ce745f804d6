"""The clock of a session that is being held: how long it has been going on, and how long it is to be."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ipt_desktop.domain.session_clock import clock_words, is_near_end, mark_words, seconds_since
from ipt_desktop.domain.text import _
from ui import theme
from ui.widgets.labels import Picture, label

SECOND_MS = 1000


class Held(NamedTuple):
    """A session that is being held: since when (an aware instant), and for how many minutes it was agreed."""

    begun_at: datetime
    minutes: int


class SessionClock(QWidget):
    """31:40 of 50 min, near the end "4 min left", set anew each second while it shows. It has no pause.

    Without a session there is nothing to see.
    """

    def __init__(self, parent: QWidget, *, name: str = "session_clock") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        self._time = label("", self, kind="strong", name=f"{name}_time")
        self._length = label("", self, kind="body", tone="text_soft", name=f"{name}_length")
        for part in (Picture("clock", self), self._time, self._length):
            row.addWidget(part)
        self._held: Held | None = None
        self._second = QTimer(self)
        self._second.setInterval(SECOND_MS)
        self._second.timeout.connect(self._show)
        self._grow()
        self.show_held(None)

    def show_held(self, held: Held | None) -> None:
        """Show how long this session has been going on; without one, nothing."""
        self._held = held
        self._length.setText("")
        self.setVisible(held is not None)
        if held is None:
            self._second.stop()
        else:
            self._show()
            self._second.start()

    def _show(self) -> None:
        if self._held is None:
            return
        gone, minutes = seconds_since(self._held.begun_at, datetime.now().astimezone()), self._held.minutes
        self._time.setText(clock_words(gone))
        self._length.setText(mark_words(gone, minutes))
        self._mark(is_near_end(gone, minutes))
        words = _("{gone} of {minutes} minutes of the session").format(gone=gone // 60, minutes=minutes)
        self.setAccessibleName(f"{words}, {self._length.text()}" if is_near_end(gone, minutes) else words)

    def _mark(self, is_marked: bool) -> None:
        """Let the words near the end stand out a little."""
        kind, tone = ("strong", "text") if is_marked else ("body", "text_soft")
        theme.restyle(self._length, kind=kind, tone=tone)

    def _grow(self) -> None:
        self._time.setFont(theme.current().font("strong", is_tabular=True))

    def changeEvent(self, event: QEvent) -> None:
        """Keep figures of one width also at another text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_time"):
            self._grow()
