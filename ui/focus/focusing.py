"""Turns the window over to the text of one field, and back to the form with the cursor where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QStackedWidget

from ipt_desktop.services.autosave import Keeping
from ui.companions import Companion
from ui.page import Page

if TYPE_CHECKING:
    from ipt_desktop.services.changes import Changed
    from ipt_desktop.services.desk import Desk
    from ui.focus.page import FocusPage
    from ui.forms.editors import ProseEditor
    from ui.forms.prose import ProseEdit
    from ui.main_window import MainWindow
    from ui.sessions.note_page import NotePage


class Focusing(Companion):
    """While it is on, the window holds no name: neither menus nor strip, tabs, list or margin.

    The window locks, covers and closes as ever. What ends a note's stay in its form (another text size, a newer version)
    gives the text back first, and borrows the same field again if it is still there.
    """

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(desk, window)
        self.page: FocusPage | None = None
        self._note: NotePage | None = None
        self._scrolled = 0
        self._key = ""
        if window.workspace is not None:
            window.workspace.page_built.connect(self._hear_page)
            for page in window.workspace.findChildren(Page):
                self._hear_page(page)

    def _hear_page(self, page: Page) -> None:
        page.focus_asked.connect(self.begin)
        if page.focus_waits is not None and page.isVisible():
            self.begin(cast("NotePage", page.focus_waits))
        page.focus_waits = None

    # -- there -----------------------------------------------------------------------------------------------------

    def begin(self, note: NotePage) -> None:
        """Show one field of a note alone: the one the keyboard is in, else the telling, else the first of prose."""
        from ui.focus.fields import field_to_begin_with
        from ui.focus.page import FocusPage

        editor = field_to_begin_with(note)
        had_keyboard = editor is not None and editor.prose.hasFocus()
        workspace = self.window.workspace
        if editor is None or workspace is None or self.page is not None or self.window.is_covered:
            return
        self._note, self._scrolled = note, note.place().scrolled
        self.page = page = FocusPage(self.window)
        page.left.connect(self.end)
        page.moved.connect(self._on_moved)
        page.private_asked.connect(self._on_private_asked)
        page.cover_asked.connect(self.window.cover)
        self._hear_keys(page)
        self._show_facts()
        workspace.bars.lend_to(page.above)
        page.borrow_bar(note.finding)
        self.window.show_alone(page)
        if not had_keyboard and editor.prose.textCursor().atStart():  # nobody has put the cursor anywhere yet
            editor.prose.moveCursor(QTextCursor.MoveOperation.End)
        self._lend(editor)
        self._on_state_changed(note.writer.state)
        self._listen()

    def _hear_keys(self, page: FocusPage) -> None:
        """Let the keys be heard that the menus hear elsewhere."""
        action = self.window.menus.action
        verbs = {
            "lock_practice": self.window.lock,
            "cover_screen": self.window.cover,
            "quit": self.window.close,
            "private_page": self._on_private_asked,
            "focus_mode": self.end,
        }
        for name, act in verbs.items():
            for keys in action(name).shortcuts():
                page.hear(keys).activated.connect(act)
        finding = self._note.finding if self._note is not None else None
        if finding is not None:
            for name, act in {
                "find_in_note": finding.ask,
                "find_next": finding.go_on,
                "find_previous": finding.go_back,
            }.items():
                for keys in action(name).shortcuts():
                    page.hear(keys).activated.connect(act)
        page.name_keys(private=action("private_page").shortcut(), cover=action("cover_screen").shortcut())

    def _listen(self) -> None:
        note, workspace = self._note, self.window.workspace
        if note is not None and workspace is not None:
            note.writer.state_changed.connect(self._on_state_changed)
            note.view.emptied.connect(self._on_emptied)
            note.finding.went_to.connect(self._on_found)
            workspace.changes.changed.connect(self._on_changed)
            _pages(workspace).currentChanged.connect(self.end)  # an action of a bar leads elsewhere

    def _stop_listening(self) -> None:
        note, workspace = self._note, self.window.workspace
        if note is not None:
            note.writer.state_changed.disconnect(self._on_state_changed)
            note.view.emptied.disconnect(self._on_emptied)
            note.finding.went_to.disconnect(self._on_found)
        if workspace is not None:
            workspace.changes.changed.disconnect(self._on_changed)
            _pages(workspace).currentChanged.disconnect(self.end)

    def _lend(self, editor: ProseEditor) -> None:
        if self.page is not None and self._note is not None:
            self._key = editor.asked.key
            self.page.lend(editor)
            self._note.sight.lent = editor.prose

    def _on_moved(self, steps: int) -> None:
        """Go on to the next field of prose, or the one before; at either end stay."""
        if self._note is None or self.page is None or self.page.editor is None:
            return
        from ui.focus.fields import prose_of

        fields = prose_of(self._note)
        at = fields.index(self.page.editor) + steps
        if 0 <= at < len(fields):
            self._lend(fields[at])

    def _on_found(self, prose: ProseEdit) -> None:
        """Go to the field in which something was found, with the keyboard still in the bar."""
        if self._note is None or self.page is None or (self.page.editor is not None and self.page.editor.prose is prose):
            return
        from ui.focus.fields import prose_of

        found = next((each for each in prose_of(self._note) if each.prose is prose), None)
        if found is not None:
            self._lend(found)
            self._note.finding.field.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- back ------------------------------------------------------------------------------------------------------

    def end(self) -> None:
        """Go back to the form, with the cursor in the same place of the same field. Nothing is discarded."""
        note, page = self._note, self.page
        if note is None or page is None:
            return
        if self.window.is_covered:  # what is under the cover stays there; the form is shown once it is taken off
            return
        from ui.sessions.note_sight import NotePlace

        editor = page.editor
        cursor = editor.prose.textCursor() if editor is not None else None
        self._clear_away()
        self.window.show_workspace()
        if editor is None or cursor is None:
            note.focus_note()
            return
        note.view.unfold_to(editor)
        note.take_up(NotePlace(self._scrolled, editor.prose.objectName(), cursor.position()))
        editor.prose.setTextCursor(cursor)  # with what was chosen in it

    def _clear_away(self) -> None:
        """Give back what was borrowed and let go of the page."""
        self._stop_listening()
        page, note, workspace = self.page, self._note, self.window.workspace
        self.page, self._note, self._key = None, None, ""
        if note is not None:
            note.sight.lent = None
        if workspace is not None:
            workspace.bars.come_home()
        if page is not None:
            page.forget()
            page.hide()
            page.deleteLater()

    def _on_emptied(self) -> None:
        """Give the text back before its form lets go of it, and borrow it again once the form is filled anew."""
        if self.page is not None and self._note is not None:
            self.page.give_back()
            self._note.sight.lent = None
            QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        if self._note is None:
            return
        from ui.focus.fields import prose_of

        again = next((each for each in prose_of(self._note) if each.asked.key == self._key), None)
        if again is not None:
            self._lend(again)
        else:
            self.end()

    def _on_private_asked(self) -> None:
        """Go to the private page beside the form: it has a lock and a colour of its own there."""
        self.end()
        self.window.menus.action("private_page").trigger()

    # -- what it says ----------------------------------------------------------------------------------------------

    def _on_state_changed(self, state: str) -> None:
        if self.page is not None and self._note is not None:
            document, signed_at = self._note.writer.document, self._note.writer.signed_at
            at = document.saved_at if document and document.revision else None
            shown = Keeping.SAVED if state == Keeping.CLEAN and at else Keeping(state)
            if signed_at is not None:
                shown, at = Keeping.SIGNED, signed_at
            self.page.show_save_state(shown, at, self._note.writer.failure)

    def _on_changed(self, change: Changed) -> None:
        if change.touches("session", "course", "client"):
            self._show_facts()

    def _show_facts(self) -> None:
        document = self._note.writer.document if self._note is not None else None
        if self.page is not None and document is not None:
            from ui.focus.facts import focus_facts

            self.page.show_facts(focus_facts(self.desk, document))

    # -- Companion -------------------------------------------------------------------------------------------------

    def holds_close(self) -> bool:
        """Hold nothing; but what comes before closing is shown over the form, and leads back to it."""
        self.end()
        return False

    def leave(self) -> None:
        """Give the text back: the practice is being locked or closed, and the form lets go of every word."""
        if self.page is not None:
            self._clear_away()
        super().leave()


def _pages(workspace: QObject) -> QStackedWidget:
    found = workspace.findChild(QStackedWidget, "pages", Qt.FindChildOption.FindDirectChildrenOnly)
    assert isinstance(found, QStackedWidget)  # noqa: S101 - a workspace is made with it
    return found
