"""A hand that presses, types, chooses, undoes and changes tabs at random: nothing fails, and whatever was typed is kept."""

import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLineEdit, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import Revision
from ui.main_window import MainWindow
from ui.opening import RealPractices
from ui.preferences import Preferences
from ui.workspace import Workspace

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)  # of popups on no screen
STEPS, STEPS_HERE = 250, 40  # so many with one client on one tab
LEADS_AWAY = {"save_report", "circle_turn"}  # to the system's dialog for files; to the client, from whom only a key leads back
TABS = ("clients", "circle", "sessions", "phases", "progress", "reports")
WORDS = (
    *("", "   ", "0", "-1", "31/02/2026", "tomorrow", "12 Mar", "9" * 30, "a" * 2000, "😀" * 40, "\u202eabc", "٣"),
    *("<b>x</b> & {0} {name} %s", "Elin, daughter", "Żółć 林美玲"),
)
LEAVING = (Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Down)
KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Home, Qt.Key.Key_Space)


W = TypeVar("W", bound=QWidget)


class Hand:
    """Does one thing after another, the same things for the same seed."""

    def __init__(self, workspace: Workspace, seed: int) -> None:
        self.workspace, self.chance, self.done = workspace, random.Random(seed), list[str]()  # noqa: S311 - no secret
        self.clients = [each.client.id for each in workspace.desk.clients.overview(date.today())]
        self.page: QWidget = workspace

    def go(self) -> None:
        """Go to a client and a tab."""
        assert self.workspace.choose_client(self.chance.choice(self.clients))
        tab = self.chance.choice(TABS)
        assert self.workspace.show_tab(tab)
        page = self.workspace.page(tab)
        assert page is not None
        self.page = page
        self.done.append(f"go {tab}")

    def act(self) -> None:
        """Do one thing, and close whatever opened over the window."""
        acts: tuple[Callable[[], None], ...] = (self.press, self.type, self.choose, self.strike, self.go_back)
        self.chance.choices(acts, weights=(45, 30, 10, 8, 7))[0]()
        QApplication.processEvents()
        for each in QApplication.topLevelWidgets():
            if isinstance(each, QMenu | QDialog) and each.isVisible():
                each.close()

    def one_of(self, kind: type[W], is_meant: Callable[[W], bool] = lambda _widget: True) -> W | None:
        """Return one of this kind that is in sight and can be used."""
        found = [each for each in self.page.findChildren(kind) if each.isVisible() and each.isEnabled() and is_meant(each)]
        found = [each for each in found if not each.objectName().startswith("qt_")]
        self.done.append(kind.__name__)
        return self.chance.choice(found) if found else None

    def press(self) -> None:
        if (button := self.one_of(QAbstractButton, is_ours)) is not None:
            self.done[-1] = f"press {button.objectName()}"
            button.click()

    def type(self) -> None:
        if (line := self.one_of(QLineEdit)) is not None:
            words = self.chance.choice(WORDS)
            self.done[-1] = f"type {line.objectName()} {words[:20]!r}"
            line.setFocus()
            line.selectAll()
            line.insert(words)
            QTest.keyClick(line, self.chance.choice(LEAVING))

    def choose(self) -> None:
        if (combo := self.one_of(QComboBox)) is not None and combo.count():
            place = self.chance.randrange(combo.count())
            self.done[-1] = f"choose {combo.objectName()} {place}"
            combo.setCurrentIndex(place)
            combo.activated.emit(place)

    def strike(self) -> None:
        if (widget := self.one_of(QWidget, takes_keys)) is not None:
            key = self.chance.choice(KEYS)
            self.done[-1] = f"strike {widget.objectName()} {key.name}"
            widget.setFocus()
            QTest.keyClick(widget, key)

    def go_back(self) -> None:
        stack = self.workspace.undo_stack()
        is_back = self.chance.random() < 0.6
        self.done.append(f"{'undo' if is_back else 'redo'} {stack.undoText()}")
        (stack.undo if is_back else stack.redo)()


def is_ours(button: QAbstractButton) -> bool:
    has_menu = isinstance(button, QToolButton) and button.menu() is not None
    return button.objectName() not in LEADS_AWAY and not has_menu


def takes_keys(widget: QWidget) -> bool:
    on_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return on_tab and not isinstance(widget, QToolButton | QComboBox) and widget.objectName() not in LEADS_AWAY


@pytest.fixture
def workspace(qtbot: QtBot, tmp_path: Path) -> Iterator[Workspace]:
    window = MainWindow(tmp_path, RealPractices(), Preferences(), is_demo=True)
    window.resize(1280, 800)
    window.show()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=30_000)
    assert window.workspace is not None
    yield window.workspace
    window.close()


@pytest.mark.parametrize("seed", [7, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(20, 50))])
def test_a_random_hand_breaks_nothing(workspace: Workspace, seed: int):
    hand = Hand(workspace, seed)
    for step in range(STEPS):
        if step % STEPS_HERE == 0:
            hand.go()
        hand.act()
    QThreadPool.globalInstance().waitForDone(30_000)
    assert workspace.flush(), hand.done[-10:]
    with workspace.desk.store.read() as reading:
        assert not [each for each in reading.all(Revision) if each.is_rescue], "one program is never its own rival"
