"""A note beside the one that is being written: the same form, saved by itself, under a short head."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.records import Document, Session
from ipt_desktop.domain.session_words import attended_words, title_of
from ipt_desktop.domain.text import _
from ui import theme
from ui.forms.form_view import LABEL_COLUMN, WIDEST_FIELD
from ui.page import Frame
from ui.sessions.note_page import NotePage, Offered, centred
from ui.sessions.session_words import Note, day_of
from ui.widgets.buttons import icon_button
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


class SecondNote(NotePage):
    """Labels stand above their fields: it is narrow. `left` on Esc or its cross; `focus_asked`: focus mode."""

    label_column = 0
    is_printed_here = False  # there is no room for it; the note itself is one click away

    left = Signal()
    focus_asked = Signal()

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(desk, frame, parent)
        self._is_below = False
        self.setObjectName("second_note")
        self.setAccessibleName(_("Note beside"))
        full = self.head.parentWidget()
        assert full is not None  # noqa: S101 - a head stands on its ground
        full.hide()
        self.scroller.setAccessibleName(_("Note beside"))
        column = self.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - made above
        self._short = self._make_short_head()
        column.insertWidget(0, centred(self._short, self))

    def _make_short_head(self) -> QWidget:
        look = theme.current()
        head = QWidget(self)
        row = QHBoxLayout(head)
        row.setContentsMargins(0, look.space("m"), 0, 0)
        row.setSpacing(look.space("s"))
        words = QVBoxLayout()
        words.setSpacing(0)
        self.title = label("", self, kind="title", name="second_title")
        self.line = label("", self, kind="label", tone="text_soft", name="second_line", wraps=True)
        words.addWidget(self.title)
        words.addWidget(self.line)
        row.addLayout(words, 1)
        focus = icon_button("maximize-2", self, name="second_focus", spoken=_("Focus mode on this note"))
        close = icon_button("x", self, name="second_close", spoken=_("Close the note beside (Esc)"))
        focus.clicked.connect(self.focus_asked)
        close.clicked.connect(self.left)
        for button in (focus, close):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def open(self, document: Document, offered: Offered, before: Note | None) -> bool:
        """Show a note where this one stands."""
        is_open = super().open(document, offered, before)
        self.stand_below(self._is_below)
        return is_open

    def stand_below(self, is_below: bool) -> None:
        """Stand below the first note, with the fields in line with its fields, or beside it."""
        self._is_below = is_below
        look = theme.current()
        indent = look.px(LABEL_COLUMN) if is_below else 0
        for part, top in ((self._short, look.space("m")), (self.signing.body, 0)):
            if (layout := part.layout()) is not None:
                layout.setContentsMargins(indent, top, 0, 0)
            part.setMaximumWidth(indent + max(WIDEST_FIELD, look.px(WIDEST_FIELD)))

    def show_session(self, session: Session, number: int | None, today: date) -> None:
        """Say which session the note is of."""
        self.title.setText(title_of(session, number))
        self.head.title.setText(self.title.text())  # out of sight here; its history is headed by it
        day = day_of(session.date, today, has_weekday=True)
        self.line.setText(f"{day} · {attended_words(session.attendance)}")

    def forget(self) -> None:
        """Let go of every word."""
        super().forget()
        self.title.setText("")
        self.line.setText("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the one note on Esc, unless a field has used it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
