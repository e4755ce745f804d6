"""The private page of a session: beside its note, on other paper, kept in a database of its own and printed nowhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QTextEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.form import Means, is_blank
from ipt_desktop.domain.text import _
from ipt_desktop.services.autosave import Keeping
from ui import theme
from ui.background import Task
from ui.faults import sentences_of
from ui.forms.document_writer import DocumentWriter
from ui.forms.form_view import FormView
from ui.forms.writing.pen import Pen
from ui.page import Frame
from ui.sessions.private_lock import PrivateLock
from ui.widgets.buttons import Button, icon_button
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import ElidedLabel, Picture, label
from ui.widgets.save_state import SaveState

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Document
    from ipt_desktop.services.desk import Desk
    from ui.sessions.private_release import PrivateRelease

SIDE, EDGE, CURSOR_ROOM = 16, 3, 48
WIDEST_LOCK = 480


class PrivatePage(QWidget):
    """One session's private note, or what asks for the passphrase. `left` when Esc or the cross asks to go back to the note."""

    left = Signal()

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("private_page")
        self.setAccessibleName(_("Private page"))
        self.setProperty("role", "private")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk, self._frame = desk, frame
        self._private = desk.private
        self._release: PrivateRelease | None = None  # built when it is first asked for
        self._asked_for: tuple[str, str] | None = None  # client and session, while the page is in sight
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_head())
        self.bar = InlineBar(self, name="private_bar")
        above = QHBoxLayout()
        above.setContentsMargins(SIDE, 0, SIDE, 0)
        above.addWidget(self.bar)
        column.addLayout(above)
        self._stack = QStackedWidget(self)
        self._stack.setObjectName("private_stack")
        self.lock = PrivateLock(self._stack)
        self._stack.addWidget(_inset(self.lock, self._stack))
        self.pen = Pen(desk, frame, self)
        self.view = FormView(theme.current(), self, self.pen)
        self._stack.addWidget(self._make_scroller())
        column.addWidget(self._stack, 1)
        self._foot = self._make_foot()
        column.addWidget(self._foot)
        self.writer = DocumentWriter(self._private, frame, self.view, self)
        self._connect()

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(SIDE, theme.current().space("m"), 8, 4)
        row.setSpacing(theme.current().space("s"))
        row.addWidget(Picture("notebook", self, role="accent_text"))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(_("Private"), self, kind="title", name="private_title"))
        words.addWidget(label(_("Apart from the record"), self, kind="caption", tone="text_soft", name="private_line"))
        row.addLayout(words, 1)
        self._lock = icon_button("lock", self, name="private_lock_now", spoken=_("Lock private notes"))
        self._back = icon_button("x", self, name="private_back", spoken=_("Back to the note (Esc)"))
        row.addWidget(self._lock)
        row.addWidget(self._back)
        return row

    def _make_scroller(self) -> QScrollArea:
        self.scroller = _scroller(self._stack, name="private_scroll", spoken=_("Private note"))
        self.scroller.setWidget(_inset(self.view, self.scroller))
        return self.scroller

    def _make_foot(self) -> QFrame:
        foot = QFrame(self)
        foot.setObjectName("private_foot")
        foot.setProperty("role", "private_foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(SIDE, 8, 8, 8)
        self.save_state = SaveState(foot, name="private_save_state")
        self._promise = ElidedLabel(foot)
        self._promise.setObjectName("private_promise")
        self._promise.setProperty("kind", "label")
        self._promise.setProperty("tone", "text_soft")
        self.release = Button(_("Release…"), foot, kind="quiet", name="private_release", spoken=_("Release this private note"))
        row.addWidget(self.save_state)
        row.addWidget(self._promise, 1)
        row.addWidget(self.release)
        return foot

    def _connect(self) -> None:
        self._back.clicked.connect(self.left)
        self._lock.clicked.connect(self.lock_notes)
        self.release.clicked.connect(self.ask_for_release)
        self.lock.passphrase_given.connect(self._on_passphrase_given)
        self.lock.code_given.connect(self._on_code_given)
        self.writer.state_changed.connect(self._on_state_changed)

    # -- which note ------------------------------------------------------------------------------------------------

    def turn_to(self, client_id: str, session_id: str) -> bool:
        """Show a session's private note, or ask for what opens it; False where the present one could not be kept."""
        at = self._cursor_within() if self._asked_for == (client_id, session_id) else None
        if not self.writer.close():
            return False
        self._asked_for = (client_id, session_id)
        if self._private.store is not None:
            self._show_note()
            if at is not None:  # filled anew, for another text size: one writes on
                self._put_cursor(at)
        elif self._private.may_open_along:
            self._show_lock()
            self._open(lambda: self._private.open_along(is_needed=True))
        else:
            self._show_lock()
        return True

    def close_note(self) -> bool:
        """Keep the note and let go of every word of it; False where it could not be kept, and it stays."""
        if not self.writer.close():
            return False
        self.forget()
        return True

    def lock_notes(self) -> None:
        """Lock the private notes, and ask for what opens them."""
        asked_for = self._asked_for
        if asked_for is None or not self.close_note():
            return
        self._private.lock()
        self.turn_to(*asked_for)
        self.lock.setFocus()

    def ask_for_release(self) -> None:
        """Ask by whose authorisation this note is to be released, once every word of it is kept."""
        if not self.writer.flush() or self.writer.document is None:
            return
        self.bar.clear()
        if is_blank(self.writer.document.answers):
            self.bar.say(_("Nothing is written on this private page."))
            return
        if self._release is None:
            self._release = self._make_release()
        self._stack.setCurrentIndex(2)
        self._foot.hide()
        self._release.begin(self.writer.document)

    def _make_release(self) -> PrivateRelease:
        from ui.sessions.private_release import PrivateRelease

        scroller = _scroller(self._stack, name="private_release_scroll", spoken=_("Release of a private note"))
        panel = PrivateRelease(self._desk, self._frame, scroller)
        scroller.setWidget(_inset(panel, scroller))
        self._stack.addWidget(scroller)
        panel.left.connect(self._on_release_left)
        panel.released.connect(self._on_released)
        return panel

    def _on_release_left(self) -> None:
        """Go back to the words."""
        if self._release is not None:
            self._release.forget()
        self._stack.setCurrentIndex(1)
        self._show_verbs()
        self.focus_note()

    def _on_released(self, path: str) -> None:
        if self.writer.document is None:  # the page was left meanwhile; the release is in the client's list
            return
        self._on_release_left()
        words = _("{path}. This file is not encrypted: whoever has it can read it. The authorisation is in the client’s list.")
        self.bar.say(_("This private note was released"), words.format(path=path))

    @property
    def document(self) -> Document | None:
        """The note that is open."""
        return self.writer.document

    def focus_note(self) -> None:
        """Put the cursor behind what is written, or into the line for the passphrase."""
        if self.writer.document is not None:
            self.view.focus_field(Means.NOTE)
        else:
            self.lock.setFocus()

    def grow(self) -> None:
        """Set the note anew for another text size."""
        if self._asked_for is not None and self.writer.document is not None:
            self.turn_to(*self._asked_for)

    def _cursor_within(self) -> int | None:
        """Return where the cursor is in the words, None where the keyboard is elsewhere."""
        text = self.view.findChild(QTextEdit)
        return text.textCursor().position() if text is not None and text.hasFocus() else None

    def _put_cursor(self, at: int) -> None:
        text = self.view.findChild(QTextEdit)
        if text is not None:
            cursor = text.textCursor()
            cursor.setPosition(at)
            text.setTextCursor(cursor)
            text.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Let go of every word and secret."""
        self._asked_for = None
        if self._release is not None:
            self._release.forget()
        self.writer.forget()
        self.pen.forget()
        self.lock.forget()
        self.bar.clear()
        self.save_state.show_state(Keeping.CLEAN)

    # -- opening ---------------------------------------------------------------------------------------------------

    def _show_lock(self) -> None:
        self.view.forget()
        self.lock.forget()
        self.lock.setMaximumWidth(theme.current().px(WIDEST_LOCK))
        self.lock.show_why(is_new=not self._private.path.exists(), has_own=self._private.has_own_passphrase)
        self._stack.setCurrentIndex(0)
        self._show_verbs()

    def _show_note(self) -> None:
        if self._asked_for is None:
            return
        self.lock.forget()
        self.view.use_theme(theme.current())
        self.writer.open(self._private.note(*self._asked_for), label_column=0)
        for text in self.view.findChildren(QTextEdit):
            text.cursorPositionChanged.connect(self._show_cursor)
        self._stack.setCurrentIndex(1)
        self._show_verbs()

    def _show_verbs(self) -> None:
        is_open = self.writer.document is not None
        for part in (self._lock, self._foot):
            part.setVisible(is_open)

    def _open(self, work: Callable[[], object]) -> None:
        self.lock.set_busy(True)
        task = Task(work, self)
        task.done.connect(self._on_opened)
        task.failed.connect(self._on_open_failed)
        task.start()

    def _on_opened(self, _result: object) -> None:
        self.lock.set_busy(False)
        if self._asked_for is None:
            return
        if self._private.store is None:  # what opened the practice does not open these
            self._show_lock()
        else:
            self._show_note()
        self.focus_note()

    def _on_open_failed(self, error: object) -> None:
        self.lock.set_busy(False)
        if self._asked_for is not None and isinstance(error, Exception):
            self.lock.show_error(sentences_of(error))

    def _on_passphrase_given(self, passphrase: str) -> None:
        self._open(lambda: self._private.open(passphrase))

    def _on_code_given(self, code: str) -> None:
        self._open(lambda: self._private.open_with_code(code))

    # -- what is seen ----------------------------------------------------------------------------------------------

    def _on_state_changed(self, state: str) -> None:
        document = self.writer.document
        at = document.saved_at if document and document.revision else None
        shown = Keeping.SAVED if state == Keeping.CLEAN and at else Keeping(state)
        self.save_state.show_state(shown, at, self.writer.failure)
        self._promise.setText(_("Kept as you type") if shown is Keeping.CLEAN else _("· kept as you type"))
        self._promise.setVisible(shown is not Keeping.FAILED)

    def _show_cursor(self) -> None:
        """Keep in sight what is written: the field grows with it, and the page must scroll once it has grown."""
        QTimer.singleShot(0, self, self._scroll_to_cursor)

    def _scroll_to_cursor(self) -> None:
        text, ground = self.view.findChild(QTextEdit), self.scroller.widget()
        if text is not None and text.hasFocus() and ground is not None:
            place = text.mapTo(ground, text.cursorRect().center())
            self.scroller.ensureVisible(0, place.y(), 0, CURSOR_ROOM)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the note on Esc; from a release, first to the private words."""
        if event.key() == Qt.Key.Key_Escape and self._stack.currentIndex() == 2:
            if self._release is not None and not self._release.is_busy:
                self._on_release_left()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _scroller(parent: QWidget, *, name: str, spoken: str) -> QScrollArea:
    scroller = QScrollArea(parent)
    scroller.setObjectName(name)
    scroller.setAccessibleName(spoken)
    scroller.setWidgetResizable(True)
    return scroller


def _inset(child: QWidget, parent: QWidget) -> QWidget:
    """Return a ground that keeps its child off the edges."""
    ground = QWidget(parent)
    ground.setProperty("role", "private")
    column = QVBoxLayout(ground)
    column.setContentsMargins(SIDE, 4, SIDE, SIDE)
    column.addWidget(child)
    return ground
