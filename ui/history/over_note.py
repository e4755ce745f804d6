"""The history of a note that is open, in the notes' place: one key there, Esc back to where the cursor was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ipt_desktop.domain.errors import PracticeError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStackedWidget

    from ipt_desktop.services.desk import Desk
    from ui.history.page import HistoryPage
    from ui.page import Frame
    from ui.sessions.note_page import NotePage
    from ui.sessions.note_sight import NotePlace
    from ui.sessions.notes_beside import NotesBeside


class HistoryOverNote(QObject):
    """Builds the page at its first use; `side` holds the notes, in the same `stack`. `turned` tells whether it shows."""

    turned = Signal(bool)

    def __init__(self, desk: Desk, frame: Frame, side: NotesBeside, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._desk, self._frame, self._side, self._stack = desk, frame, side, stack
        self._note: NotePage = side.note
        self._page: HistoryPage | None = None
        self._place: NotePlace | None = None

    @property
    def page(self) -> HistoryPage | None:
        """The page while it shows, else None."""
        return self._page if self._page is not None and self._page.document_id else None

    def toggle(self, note: NotePage) -> None:
        """Show the history of one of the notes that are open, or the notes again."""
        if self.page is None:
            self.open(note=note)
        else:
            self.close()

    def open(self, version_id: str = "", *, note: NotePage | None = None) -> None:
        """Show the history of a note (the first by default), once what is typed is kept; at a version, else the latest."""
        self._note = note or self._side.note
        if not self._note.writer.flush():
            return
        document = self._note.writer.document
        if document is None:
            return
        self._place = self._note.place()
        if self._page is None:
            self._page = self._make()
        try:
            self._page.show_document(document.id, self._note.head.title.text())
        except PracticeError as error:
            self._page.forget()
            self._note.refused.emit(str(error))
            return
        self._stack.setCurrentWidget(self._page)
        self.turned.emit(True)
        self._page.timeline.choose(version_id)
        self._page.timeline.setFocus()

    def _make(self) -> HistoryPage:
        from ui.history.page import HistoryPage

        page = HistoryPage(self._desk, self._frame, self._stack)
        page.left.connect(self.close)
        self._stack.addWidget(page)
        return page

    def close(self) -> None:
        """Show the note again, with the cursor where it was."""
        if self.page is None:
            return
        self.forget()
        if self._place is not None:
            self._note.take_up(self._place)

    def follow(self, document_id: str) -> None:
        """Give way to another note that is opened."""
        if self.page is not None and self.page.document_id != document_id:
            self.forget()

    def forget(self) -> None:
        """Let go of every word."""
        if self._page is not None and self._page.document_id:
            self._page.forget()
            if self._stack.currentWidget() is self._page:
                self._stack.setCurrentWidget(self._side)
            self.turned.emit(False)
