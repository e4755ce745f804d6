"""The strip in the room: initials, which session it is, the clock, whether it is kept, and *End session*."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.client_strip import NARROW
from ui.room.clock import SessionClock
from ui.widgets.buttons import Button
from ui.widgets.card import hairline
from ui.widgets.labels import label
from ui.widgets.save_state import SaveState


@dataclass(frozen=True, slots=True)
class RoomWords:
    """What the strip says: initials alone, "Session 7 of 16", and from when and how long it is to be."""

    initials: str
    session: str
    begun_at: datetime
    minutes: int


class RoomStrip(QFrame):
    """No score, no risk, no diagnosis: the client may look. `end_asked`: *End session* was pressed."""

    end_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("room_strip")
        self.setAccessibleName(_("Session"))
        self.setProperty("role", "strip")
        self.setMinimumWidth(1)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        left, right = QWidget(self), QWidget(self)
        self._row.addWidget(left, 1)
        self.clock = SessionClock(self)
        self._row.addWidget(self.clock)
        self._row.addWidget(right, 1)
        first = QHBoxLayout(left)
        first.setContentsMargins(0, 0, 0, 0)
        first.setSpacing(14)
        self._initials = label("", left, kind="title", name="room_initials")
        rule = hairline(left, is_upright=True)
        rule.setFixedHeight(44)
        self._session = label("", left, kind="strong", name="room_session")
        for part in (self._initials, rule, self._session):
            first.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        first.addStretch(1)
        last = QHBoxLayout(right)
        last.setContentsMargins(0, 0, 0, 0)
        last.setSpacing(28)
        self.save_state = SaveState(right, name="room_save_state")
        self._end = Button(_("End session"), right, name="end_session", icon="square", role="danger")
        self._end.clicked.connect(self.end_asked)
        last.addStretch(1)
        last.addWidget(self.save_state)
        last.addWidget(self._end)
        self._grow()

    def show_words(self, words: RoomWords | None) -> None:
        """Show the session that runs, or let go of every word."""
        self._initials.setText(words.initials if words else "")
        self._session.setText(words.session if words else "")
        self.clock.show_session(words.begun_at if words else None, words.minutes if words else 0)

    def name_key(self, key: str) -> None:
        """Tell the key that ends the session, where the button is pointed at."""
        self._end.setToolTip(_("End session ({key})").format(key=key) if key else "")

    def _grow(self) -> None:
        self.setFixedHeight(theme.current().size("client_strip"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the margins of the page."""
        super().resizeEvent(event)
        side = 24 if self.width() >= NARROW else 16
        self._row.setContentsMargins(side, 0, side - 4, 0)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_end"):
            self._grow()
