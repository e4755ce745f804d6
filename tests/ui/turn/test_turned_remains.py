"""A lock clears the client's view away, too: no widget, picture, undo step or container holds a word of it afterwards."""

import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ipt_desktop.services import keys
from ipt_desktop.services.vault import create_practice
from tests.services.quick_stretching import QuickStretching
from tests.ui.fakes import PASSPHRASE
from tests.ui.lock import test_remains
from tests.ui.lock.conftest import Opening
from tests.ui.lock.remains import in_memory, let_go, where
from tests.ui.lock.test_remains import fill, full_client
from tests.ui.turn.room import drag
from ui.main_window import MainWindow
from ui.tabs import ALL_TABS
from ui.turn.page import TurnPage
from ui.turn.turning import Turning


@pytest.fixture
def window(open_window: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    monkeypatch.setattr(keys, "Argon2id", QuickStretching)
    create_practice(tmp_path / "practice", PASSPHRASE, "Willow Lane Practice", fill=fill).close()
    return open_window(ALL_TABS)


def use_everything(qtbot: QtBot, page: TurnPage) -> None:
    """Add someone, drag someone, tap someone for a wish, and leave a name half typed."""
    qtbot.mouseClick(page.add, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.add_row.field, f"Aunt {test_remains.WORD}")
    qtbot.keyClick(page.add_row.field, Qt.Key.Key_Return)
    qtbot.keyClicks(page.add_row.field, f"Uncle {test_remains.WORD}")
    person_id = page.circle._people[0].person.id
    start = page.circle.place_of(person_id).toPoint()
    drag(page.circle, start, start + QPoint(30, 50))
    living = next(each.person.id for each in page.circle._people if not each.person.has_died)
    qtbot.mouseClick(page.circle, Qt.MouseButton.LeftButton, pos=page.circle.place_of(living).toPoint())
    page.circle.grab()


@pytest.mark.parametrize("is_done", [False, True])
def test_nothing_is_left_of_the_client_s_view(qtbot: QtBot, window: MainWindow, is_done: bool):
    assert window.workspace is not None
    assert window.workspace.choose_client(full_client(window.workspace))
    assert window.workspace.show_tab("circle")
    QApplication.processEvents()
    turning = next(each for each in window._companions if isinstance(each, Turning))
    turning.begin()
    page = turning.page
    assert page is not None
    use_everything(qtbot, page)
    if is_done:
        page.finish()
        page.thanks.ask_who().field.line.setText(test_remains.WORD)
    else:
        assert any("turn_add_field" in each for each in where(test_remains.WORD)), "the search has eyes"
    gone = weakref.ref(page)
    del page, turning
    assert window.lock()
    let_go()
    assert gone() is None
    assert where(test_remains.WORD) == set()
    assert in_memory(test_remains.WORD, known=(vars(test_remains),)) == set()
    assert window.doors.unlock_page.isVisible()


def test_what_stays_after_the_hand_back_is_the_tab_s_alone(qtbot: QtBot, window: MainWindow):
    assert window.workspace is not None
    assert window.workspace.choose_client(full_client(window.workspace))
    assert window.workspace.show_tab("circle")
    turning = next(each for each in window._companions if isinstance(each, Turning))
    turning.begin()
    assert turning.page is not None
    gone = weakref.ref(turning.page)
    turning.page.finish()
    turning.come_back()
    let_go()
    assert gone() is None
