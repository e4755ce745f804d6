"""A note that is being written, in the Sessions tab of a real practice with people around the client."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu, QTextEdit
from pytestqt.qtbot import QtBot

from tests.ui.practice_room import open_room
from tests.ui.sessions.conftest import SessionsRoom
from ui.forms.prose import ProseEdit
from ui.forms.writing.field_notice import FieldNotice

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Desk(SessionsRoom):
    """The note of the last of two sessions, with the keyboard in *What happened*."""

    def sit_down(self, words: str = "") -> ProseEdit:
        earlier, session = self.room.sessions(self.course, 2)
        self.write(earlier, "Rang Johan on Saturday.", plan=[{"kind": "paragraph", "runs": [{"text": "Role play the call."}]}])
        if words:
            self.write(session, words)
        self.show()
        return self.prose()

    def prose(self, field: str = "what_happened") -> ProseEdit:
        found = self.text(field)
        assert isinstance(found, ProseEdit)
        self.frame.activateWindow()  # a menu may have taken the window's place
        found.setFocus()
        self._qtbot.waitUntil(found.hasFocus)
        found.moveCursor(QTextCursor.MoveOperation.End)
        return found

    def notice(self, field: str = "what_happened") -> str:
        found = self.page.findChild(FieldNotice, f"field_{field}_notice")
        assert found is not None
        return found.text() if found.isVisibleTo(self.page) else ""

    def undo(self, prose: QTextEdit) -> str:
        self._qtbot.keyClick(prose, Qt.Key.Key_Z, CONTROL)
        return prose.toPlainText()

    def menu_at(self, prose: QTextEdit, word: str) -> QMenu:
        """Ask for the menu of a word by the menu key."""
        cursor = prose.textCursor()
        cursor.setPosition(prose.toPlainText().index(word) + 1)
        prose.setTextCursor(cursor)
        at = prose.cursorRect().center()
        QApplication.sendEvent(
            prose, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, prose.viewport().mapToGlobal(at))
        )
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu


Choose = Callable[[QMenu, str], None]


@pytest.fixture
def choose(qtbot: QtBot) -> Choose:
    """Wait for an action of a menu by the end of its name, and trigger it."""

    def choose(menu: QMenu, name: str) -> None:
        def found() -> bool:
            return any(each.objectName().endswith(name) for each in menu.actions())

        qtbot.waitUntil(found)
        next(each for each in menu.actions() if each.objectName().endswith(name)).trigger()
        menu.close()

    return choose


@pytest.fixture
def writing(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    with open_room(tmp_path) as room:
        made = Desk(room, qtbot)
        for name, relation in (("Zofia Łukasiewicz", "sister"), ("Johan", "friend"), ("Johan", "neighbour")):
            room.desk.circles.add_person(made.client.id, name, relation)
        yield made
        if hasattr(made, "page"):
            made.page.forget()
