"""The whole window on the demo practice, every button of every tab pressed: nothing fails, whatever can be used is named."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, Qt, QThreadPool
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMenu, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from tests.ui.naming import is_inside, unnamed
from ui.main_window import MainWindow
from ui.opening import RealPractices
from ui.page import Page
from ui.preferences import Preferences
from ui.risk.panel import RiskPanel
from ui.workspace import Workspace

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)  # of popups on no screen
LEADS_AWAY = {"save_report", "circle_turn"}  # to the system's dialog for files; to the client, from whom only a key leads back
MOST = 60  # buttons of one tab, those of the panels they open counted in


@pytest.fixture
def workspace(qtbot: QtBot, tmp_path: Path) -> Iterator[Workspace]:
    window = MainWindow(tmp_path, RealPractices(), Preferences(), is_demo=True)
    window.show()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=30_000)
    assert window.workspace is not None
    yield window.workspace
    window.close()


def test_a_form_of_ones_own_that_can_not_be_read_is_named(workspace: Workspace):
    own = workspace.desk.folder / "definitions" / "forms"
    own.mkdir(parents=True)
    (own / "mine.toml").write_text('key = "mine"\n', encoding="utf-8")
    assert workspace.choose_client(workspace.desk.clients.overview(date.today())[1].client.id)
    assert workspace.show_tab("sessions")
    assert f"{own / 'mine.toml'}, line 1, version: this field is missing" in workspace.bar.text()
    workspace.bar.clear()
    assert workspace.show_tab("phases")
    assert workspace.bar.text() == ""


def test_what_a_bar_says_of_a_client_goes_with_them_but_never_that_words_are_not_saved(workspace: Workspace):
    first, second = (each.client.id for each in workspace.desk.clients.overview(date.today())[:2])
    assert workspace.choose_client(first)
    workspace.say("Not done", "The note of this session has words in it.", tone="caution")
    assert workspace.choose_client(first)
    assert workspace.bar.isVisible()
    assert workspace.choose_client(second)
    assert not workspace.bar.isVisible()
    workspace.say("The last change could not be saved", tone="danger")
    assert workspace.choose_client(first)
    assert workspace.bar.isVisible()


def test_the_level_in_the_strip_leads_to_the_risk_entries(qtbot: QtBot, workspace: Workspace):
    marta = next(each.client.id for each in workspace.desk.clients.overview(date.today()) if "Marta" in each.client.name)
    assert workspace.choose_client(marta)
    assert workspace.show_tab("circle")
    level = workspace.strip.findChild(QPushButton, "strip_risk_open")
    assert level is not None
    qtbot.mouseClick(level, Qt.MouseButton.LeftButton)
    panel = workspace.findChild(RiskPanel)
    assert panel is not None
    assert panel.isVisible()
    assert panel.timeline.count() == len(workspace.desk.risk.entries(marta))


def settle() -> None:
    """Let what is under way on other threads come back."""
    QThreadPool.globalInstance().waitForDone(QDeadlineTimer(30_000))
    QApplication.processEvents()


def to_press(page: Page, pressed: set[tuple[str, str]]) -> QAbstractButton | None:
    """Return a button in sight that was not pressed yet."""
    for button in page.findChildren(QAbstractButton):
        name = button.objectName()
        is_ours = name not in LEADS_AWAY and not name.startswith("qt_")
        has_menu = isinstance(button, QToolButton) and button.menu() is not None
        if is_ours and not has_menu and button.isVisible() and button.isEnabled() and (name, button.text()) not in pressed:
            return button
    return None


def press_all(workspace: Workspace, page: Page) -> Iterator[str]:
    """Press each button once, those that appear with it too; yield its name."""
    pressed: set[tuple[str, str]] = set()
    while len(pressed) < MOST and (button := to_press(page, pressed)) is not None:
        name = (button.objectName(), button.text())
        pressed.add(name)
        button.click()
        settle()
        for each in QApplication.topLevelWidgets():
            if isinstance(each, QMenu | QDialog) and each.isVisible():
                each.close()
        yield " ".join(name)


def called_otherwise(page: Page) -> list[str]:
    """Return the buttons in sight whose spoken name leaves out the words on them: they can't be asked for by voice."""
    buttons = [each for each in page.findChildren(QAbstractButton) if each.isVisible() and each.text()]
    pairs = [
        (each.text().replace("&", "").replace("\n", ", ").rstrip("…"), each.accessibleName())
        for each in buttons
        if not is_inside(each)
    ]
    return [f"{text!r} is spoken as {spoken!r}" for text, spoken in pairs if text.casefold() not in spoken.casefold()]


@pytest.mark.parametrize("place", [1, 4])
def test_every_button_does_something_sound_and_everything_usable_is_named(workspace: Workspace, place: int):
    standing = workspace.desk.clients.overview(date.today())[place]
    for tab in ("clients", "circle", "sessions", "phases", "progress", "reports"):
        assert workspace.choose_client(standing.client.id)
        assert workspace.show_tab(tab)
        page = workspace.page(tab)
        assert page is not None
        settle()
        assert unnamed(workspace.window()) == [], tab
        for name in press_all(workspace, page):
            assert unnamed(workspace.window()) == [], f"{tab}: after {name}"
            assert called_otherwise(page) == [], f"{tab}: after {name}"
        assert workspace.flush(), tab
