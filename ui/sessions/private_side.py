"""A note, and beside it its private page while it is turned to: one key there and back, the cursor where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from ui import theme
from ui.page import Frame
from ui.sessions.note_page import NotePage

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ui.sessions.private_page import PrivatePage

WIDTH, LEAST = 380, 250
WIDTHS = "private_splitter"


class PrivateSide(QSplitter):
    """The private page is closed, every word of it let go of, as soon as it is out of sight. `turned` tells whether it shows.

    Where there is no room for both, the private page stands in the note's place.
    """

    turned = Signal(bool)

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName(WIDTHS)
        self.setChildrenCollapsible(False)
        self._desk, self._frame = desk, frame
        self._place: tuple[str, str] | None = None
        self._page: PrivatePage | None = None  # built when it is first turned to
        self._field = ""
        self._is_dark = False  # the private page went out of sight with the tab, and the keyboard with it
        self.note = NotePage(desk, frame, self)
        self.addWidget(self.note)
        self.setStretchFactor(0, 1)
        self.splitterMoved.connect(self._on_moved)

    @property
    def page(self) -> PrivatePage:
        """The private page."""
        if self._page is None:
            from ui.sessions.private_page import PrivatePage

            self._page = PrivatePage(self._desk, self._frame, self)
            self._page.hide()
            self._page.left.connect(self.turn_back)
            self.addWidget(self._page)
            self.setStretchFactor(1, 0)
        return self._page

    @property
    def is_turned(self) -> bool:
        """Whether the private page is shown."""
        return self._page is not None and self._page.isVisibleTo(self)

    def show_session(self, client_id: str, session_id: str) -> None:
        """Belong to another session; where the private page shows, show that one's."""
        self._place = (client_id, session_id)
        if self.is_turned:
            self.page.turn_to(client_id, session_id)

    def toggle(self) -> None:
        """Turn to the private page, or back."""
        if self.is_turned:
            self.turn_back()
        else:
            self.turn_to_private()

    def turn_to_private(self) -> None:
        """Open the private page beside the note and go on writing there."""
        if self._place is None or not self.isVisible():
            return
        self._field = self.note.place().field
        if not self.page.turn_to(*self._place):
            return
        self.page.show()
        self._fit()
        self.turned.emit(True)
        self.page.focus_note()

    def turn_back(self) -> bool:
        """Close the private page and go on in the note where the cursor was; False where its words could not be kept."""
        if not self.put_away():
            return False
        self.note.writer.show_kept()
        self._focus_note()
        return True

    def _focus_note(self) -> None:
        """Put the cursor where it was in the note."""
        field = self.note.view.findChild(QWidget, self._field) if self._field else None
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.note.focus_note()

    def put_away(self) -> bool:
        """Close the private page; False where its words could not be kept, and it stays."""
        if self._page is None or not self.is_turned:
            return True
        if not self._page.close_note():
            return False
        self._close()
        return True

    def flush(self) -> bool:
        """Keep what is typed on either page; False where that failed."""
        is_kept = self._page is None or self._page.writer.flush()
        return self.note.writer.flush() and self.note.signing.flush() and is_kept

    def grow(self) -> None:
        """Take another text size."""
        if self._page is not None and self.is_turned:
            self._page.grow()
            self._fit()

    def forget(self) -> None:
        """Let go of every private word."""
        self._place, self._field = None, ""
        if self._page is not None:
            self._page.forget()
            self._close()

    def _close(self) -> None:
        if self._page is not None:
            self._page.hide()
        self.note.show()
        self.note.head.make_room(False)
        self.turned.emit(False)

    def _fit(self) -> None:
        """Give the private page its width, and the note the rest; too narrow for both, the note waits behind it."""
        if self._page is None or not self.is_turned:
            return
        self.note.head.make_room(True)
        if (layout := self.note.layout()) is not None:
            layout.activate()
        look = theme.current()
        least = look.px(LEAST)
        self._page.setMinimumWidth(min(least, self.width()))
        room = self.width() - self.handleWidth() - self.note.minimumSizeHint().width()
        self.note.setVisible(room >= least)
        wanted = look.px(self._frame.preferences.widths.get(WIDTHS, [WIDTH])[0])
        private = max(least, min(wanted, room)) if room >= least else self.width()
        self.setSizes([self.width() - private, private])

    def _on_moved(self) -> None:
        if self.is_turned and not self.note.isHidden():
            self._frame.preferences.widths[WIDTHS] = [round(self.sizes()[1] / theme.current().scale)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room again."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let no private word wait behind another tab or the cover; one that can't be kept stays, as the note's would."""
        super().hideEvent(event)
        if not event.spontaneous() and self.is_turned:
            self._is_dark = self.put_away()

    def showEvent(self, event: QShowEvent) -> None:
        """Give the keyboard to the note where it was on the private page when that went out of sight."""
        super().showEvent(event)
        if self._is_dark and not event.spontaneous():
            self._is_dark = False
            QTimer.singleShot(0, self, self._focus_note)  # once whoever shows it has put the keyboard somewhere
