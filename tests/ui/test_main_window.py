"""The window's promises: tabs by keyboard, cover, lock, and that it never closes on words that are not kept."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.errors import PracticeInUse
from ipt_desktop.services.changes import Changed
from tests.ui.fakes import PASSPHRASE, TABS, FakePractices, NotePage
from tests.ui.naming import unnamed
from ui.app import hear_faults
from ui.faults import Faults
from ui.main_window import MainWindow
from ui.preferences import Preferences, load_preferences
from ui.start.first_steps import FirstSteps

Opening = Callable[..., MainWindow]


@pytest.fixture
def practices() -> FakePractices:
    return FakePractices()


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path, practices: FakePractices) -> Iterator[Opening]:
    windows: list[MainWindow] = []

    def show(*, is_demo: bool = False) -> MainWindow:
        window = MainWindow(tmp_path, practices, Preferences(), is_demo=is_demo, tabs=TABS)
        windows.append(window)
        with qtbot.waitSignal(window.painted):
            window.show()
        return window

    yield show
    for window in windows:
        if window.workspace is not None:
            for page in window.workspace.findChildren(NotePage):
                page.disk_is_full = False
        window.close()


@pytest.fixture
def window(qtbot: QtBot, start: Opening) -> MainWindow:
    made = start()
    qtbot.waitUntil(made.doors.unlock_page.isVisible)
    with qtbot.waitSignal(made.opened):
        qtbot.keyClicks(made.doors.unlock_page.field.line, PASSPHRASE)
        qtbot.keyClick(made.doors.unlock_page.field.line, Qt.Key.Key_Return)
    return made


def button(window: QWidget, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert found is not None
    return found


def present(window: MainWindow) -> NotePage:
    assert window.workspace is not None
    page = window.workspace.page("clients")
    assert isinstance(page, NotePage)
    return page


def test_a_practice_is_created(qtbot: QtBot, start: Opening, practices: FakePractices, tmp_path: Path):
    practices.found = "none"
    window = start()
    qtbot.waitUntil(lambda: button(window, "create_practice").isEnabled())
    qtbot.mouseClick(button(window, "create_practice"), Qt.MouseButton.LeftButton)
    page = window.doors.create_page
    qtbot.waitUntil(page.name.hasFocus)
    qtbot.keyClicks(page.name, "Willow Lane Practice")
    qtbot.keyClicks(page.first.line, "too short")
    assert page.pair.strength.text().startswith("Too short: 9 of at least 12")
    qtbot.mouseClick(button(page, "create_submit"), Qt.MouseButton.LeftButton)
    assert "at least 12" in page.error.text()
    page.first.clear()
    qtbot.keyClicks(page.first.line, PASSPHRASE)
    assert page.error.text() == "", "what is being mended is wrong no more"
    qtbot.mouseClick(button(page, "create_submit"), Qt.MouseButton.LeftButton)
    assert "once more" in page.error.text()
    qtbot.keyClicks(page.second.line, PASSPHRASE + "x")
    qtbot.mouseClick(button(page, "create_submit"), Qt.MouseButton.LeftButton)
    assert "not the same" in page.error.text()
    page.second.clear()
    qtbot.keyClicks(page.second.line, PASSPHRASE)
    qtbot.keyClick(page.second.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.findChild(FirstSteps) is not None)
    assert practices.wanted is not None
    assert (practices.wanted.folder, practices.wanted.passphrase) == (tmp_path, PASSPHRASE)
    assert PASSPHRASE not in repr(practices.wanted)
    assert page.first.text() == ""
    assert window.workspace is None, "not before its sheet is at hand"


def test_a_wrong_passphrase_is_said_and_can_be_typed_again(qtbot: QtBot, start: Opening):
    window = start()
    qtbot.waitUntil(window.doors.unlock_page.isVisible)
    page = window.doors.unlock_page
    qtbot.keyClicks(page.field.line, "wrong horse")
    qtbot.mouseClick(button(window, "unlock"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.bar.isVisible())
    assert "does not open the practice. Nothing was changed." in page.bar.text()
    assert button(window, "unlock").isEnabled()
    assert page.field.line.hasSelectedText()


def test_caps_lock_and_the_eye(qtbot: QtBot, start: Opening):
    window = start()
    qtbot.waitUntil(window.doors.unlock_page.isVisible)
    field = window.doors.unlock_page.field
    note = window.doors.unlock_page.findChild(QWidget, "caps_lock")
    assert note is not None
    qtbot.keyClick(field.line, "A", Qt.KeyboardModifier.NoModifier)
    assert note.isVisible()
    qtbot.keyClick(field.line, "A", Qt.KeyboardModifier.ShiftModifier)
    assert note.isHidden()
    assert field.line.echoMode() is QLineEdit.EchoMode.Password
    qtbot.mouseClick(button(window, "unlock_passphrase_eye"), Qt.MouseButton.LeftButton)
    assert field.line.echoMode() is QLineEdit.EchoMode.Normal


def test_tabs_keep_their_numbers(qtbot: QtBot, window: MainWindow):
    workspace = window.workspace
    assert workspace is not None
    words = workspace.tab_row.words
    assert [words.tabText(place) for place in range(words.count())] == ["Clients", "Circle", "Sessions", "Phases", "Reports"]
    for key, name in zip("12346", ("clients", "circle", "sessions", "phases", "reports"), strict=True):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        page = workspace.page(name)
        assert page is not None
        assert page.isVisible(), name
        assert words.tabText(words.currentIndex()).lower() == name


def test_pages_are_built_on_their_first_visit(qtbot: QtBot, window: MainWindow):
    assert window.workspace is not None
    assert len(window.workspace.findChildren(NotePage)) == 1
    qtbot.keyClick(window, "4", Qt.KeyboardModifier.ControlModifier)
    assert len(window.workspace.findChildren(NotePage)) == 2


def test_leaving_a_tab_keeps_what_is_typed_or_stays(qtbot: QtBot, window: MainWindow):
    assert window.workspace is not None
    page = present(window)
    qtbot.keyClicks(page.text, "Saturday")
    page.disk_is_full = True
    qtbot.keyClick(window, "2", Qt.KeyboardModifier.ControlModifier)
    assert page.isVisible()
    assert "the disk is full" in window.workspace.bar.text()
    assert window.workspace.tab_row.words.currentIndex() == 0
    page.disk_is_full = False
    qtbot.keyClick(window, "2", Qt.KeyboardModifier.ControlModifier)
    assert page.kept == "Saturday"
    assert not page.isVisible()


@pytest.mark.parametrize("way_back", [Qt.Key.Key_F9, Qt.Key.Key_Escape, None])
def test_cover_hides_everything_at_once(qtbot: QtBot, window: MainWindow, way_back: Qt.Key | None):
    page = present(window)
    qtbot.keyClicks(page.text, "Saturday")
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert window.cover_page.isVisible()
    assert not page.isVisible()
    assert not window.menuBar().isVisible()
    assert window.windowTitle() == "IPT Desktop"
    qtbot.keyClick(window, "2", Qt.KeyboardModifier.ControlModifier)
    assert window.cover_page.isVisible()
    if way_back is None:
        qtbot.mouseClick(window.cover_page, Qt.MouseButton.LeftButton)
    else:
        qtbot.keyClick(window.cover_page, way_back)
    assert page.isVisible()
    assert page.text.toPlainText() == "Saturday"
    assert window.menuBar().isVisible()


def test_lock_keeps_clears_and_closes(qtbot: QtBot, window: MainWindow, practices: FakePractices):
    page = present(window)
    assert window.workspace is not None
    stack = window.workspace.undo_stack()
    window.workspace.start_session()
    qtbot.keyClick(window, "1", Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(page.text, "Saturday")
    assert stack.count() == 1
    with qtbot.waitSignal(window.locked):
        qtbot.keyClick(window, "l", Qt.KeyboardModifier.ControlModifier)
    assert page.kept == "Saturday"
    assert page.is_forgotten
    assert page.text.toPlainText() == ""
    assert stack.count() == 0
    assert practices.desks[-1].is_closed
    assert practices.desks[-1].changes.listeners == []
    assert window.workspace is None
    assert window.windowTitle() == "IPT Desktop"
    assert window.doors.unlock_page.isVisible()
    assert not window.menuBar().isVisible()


def test_ctrl_q_closes_the_window_at_the_door_too_but_not_from_the_cover(qtbot: QtBot, window: MainWindow):
    ctrl = Qt.KeyboardModifier.ControlModifier
    window.cover()
    qtbot.keyClick(window, Qt.Key.Key_Q, ctrl)
    assert window.isVisible()
    window.uncover()
    window.lock()
    qtbot.waitUntil(window.doors.unlock_page.isVisible)
    qtbot.keyClick(window, Qt.Key.Key_Q, ctrl)
    assert not window.isVisible()


def test_a_fault_while_it_is_locked_leaves_nothing_in_sight_or_open(
    window: MainWindow, practices: FakePractices, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(present(window), "forget", lambda: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        window.lock()
    assert window.workspace is None
    assert practices.desks[-1].is_closed
    assert window.doors.unlock_page.isVisible()
    assert window.windowTitle() == "IPT Desktop"


def test_lock_waits_while_words_are_not_kept(qtbot: QtBot, window: MainWindow, practices: FakePractices):
    page = present(window)
    page.disk_is_full = True
    qtbot.keyClick(window, "l", Qt.KeyboardModifier.ControlModifier)
    assert window.workspace is not None
    assert not practices.desks[-1].is_closed
    assert "the disk is full" in window.workspace.bar.text()


@pytest.mark.parametrize("failure", ["full", "broken"])
def test_the_window_does_not_close_on_words_that_are_not_kept(
    window: MainWindow, practices: FakePractices, monkeypatch: pytest.MonkeyPatch, failure: str
):
    page = present(window)
    if failure == "full":
        page.disk_is_full = True
    else:
        monkeypatch.setattr(page, "flush", lambda: 1 // 0)
    event = QCloseEvent()
    window.closeEvent(event)
    assert not event.isAccepted()
    assert not practices.desks[-1].is_closed
    assert window.workspace is not None
    assert window.workspace.bar.isVisible()
    monkeypatch.undo()
    page.disk_is_full = False
    assert window.close()
    assert practices.desks[-1].is_closed


def test_the_demo_says_so_and_can_be_made_anew(qtbot: QtBot, start: Opening, practices: FakePractices):
    window = start(is_demo=True)
    qtbot.waitUntil(lambda: window.workspace is not None)
    assert button(window, "reset_demo").isVisible()
    with qtbot.waitSignal(window.opened):
        qtbot.mouseClick(button(window, "reset_demo"), Qt.MouseButton.LeftButton)
        qtbot.mouseClick(button(window, "reset_now"), Qt.MouseButton.LeftButton)  # it can't be undone, so it is asked
    assert [desk.is_closed for desk in practices.desks] == [True, False]


def test_text_size_and_theme_are_asked_for_and_kept(qtbot: QtBot, window: MainWindow):
    with qtbot.waitSignals([window.look_changed, window.look_changed]):
        window.menus.action("text_150").trigger()
        window.menus.action("theme_dark").trigger()
    kept = load_preferences()
    assert (kept.scale, kept.theme) == (1.5, "dark")


def test_a_broken_preference_falls_back(home: Path, window: MainWindow):
    from ui.preferences import preferences_file

    window.menus.action("theme_dark").trigger()
    text = preferences_file().read_text().replace("1.0", '"huge"')
    preferences_file().write_text(text)
    assert load_preferences() == Preferences(theme="dark")
    preferences_file().write_text("not json")
    assert load_preferences() == Preferences()


def test_undo_goes_to_the_focused_text_first(qtbot: QtBot, window: MainWindow):
    page = present(window)
    assert window.workspace is not None
    window.workspace.start_session()
    qtbot.keyClick(window, "1", Qt.KeyboardModifier.ControlModifier)
    page.text.setFocus()
    qtbot.keyClicks(page.text, "word")
    window.menus.action("undo").trigger()
    assert page.text.toPlainText() == ""
    assert window.workspace.undo_stack().index() == 1
    window.menus.action("undo").trigger()  # nothing typed is left to undo: who holds the key down means the note
    assert window.workspace.undo_stack().index() == 1
    line = QLineEdit(page)
    line.show()
    line.setFocus()
    window.menus.action("undo").trigger()  # an empty line, such as the one for a name, leaves it to the verbs
    assert window.workspace.undo_stack().index() == 0
    window.menus.action("redo").trigger()
    assert window.workspace.undo_stack().index() == 1


def test_changes_reach_the_views_on_the_windows_thread(qtbot: QtBot, window: MainWindow, practices: FakePractices):
    assert window.workspace is not None
    change = Changed({"client": frozenset({"someone"})})
    with qtbot.waitSignal(window.workspace.changes.changed) as told:
        practices.desks[-1].changes.listeners[0](change)
    assert told.args == [change]


@contextmanager
def faults_heard(qtbot: QtBot, window: MainWindow) -> Iterator[Faults]:
    """Let the window hear what no one catches, as a start does."""
    with qtbot.captureExceptions():
        faults = hear_faults(window)
        yield faults
        faults.stop()


def fail() -> None:
    raise KeyError("her husband left")


def test_a_fault_is_told_in_the_open_practice_and_the_words_stay(qtbot: QtBot, window: MainWindow):
    assert window.workspace is not None
    qtbot.keyClicks(present(window).text, "Saturday")
    with faults_heard(qtbot, window) as faults, qtbot.waitSignal(faults.fell):
        QTimer.singleShot(0, window, fail)
    assert window.workspace.bar.isVisible()
    assert "Something went wrong in the program What you were doing may not have been done." in window.workspace.bar.text()
    assert "husband" not in window.workspace.bar.text()
    assert present(window).text.toPlainText() == "Saturday"


def test_a_fault_is_told_at_the_door_as_well(qtbot: QtBot, start: Opening):
    window = start()
    qtbot.waitUntil(window.doors.unlock_page.isVisible)
    with faults_heard(qtbot, window) as faults, qtbot.waitSignal(faults.fell):
        QTimer.singleShot(0, window, fail)
    assert "Something went wrong in the program. What you were doing" in window.doors.unlock_page.bar.text()
    assert "husband" not in window.doors.unlock_page.bar.text()


def test_opening_that_fails_unforeseen_says_so_without_a_value(
    qtbot: QtBot, start: Opening, practices: FakePractices, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(practices, "unlock", lambda _folder, _passphrase: fail())
    window = start()
    qtbot.waitUntil(window.doors.unlock_page.isVisible)
    qtbot.keyClicks(window.doors.unlock_page.field.line, PASSPHRASE)
    qtbot.keyClick(window.doors.unlock_page.field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(window.doors.unlock_page.bar.isVisible)
    assert "KeyError in test_main_window.py" in window.doors.unlock_page.bar.text()
    assert "husband" not in window.doors.unlock_page.bar.text()


def test_everything_usable_is_named(qapp: QApplication, window: MainWindow):
    assert unnamed(window) == []


def test_a_demo_that_is_there_opens_without_a_page_about_it(qtbot: QtBot, start: Opening, tmp_path: Path):
    (tmp_path / "practice.db").touch()
    window = start(is_demo=True)
    qtbot.waitUntil(lambda: window.workspace is not None)
    assert "start_page" not in vars(window.doors)
    window.lock()
    assert window.doors.start_page.isVisible()


def test_a_demo_that_does_not_open_says_why_on_the_start_page(
    qtbot: QtBot, start: Opening, practices: FakePractices, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    (tmp_path / "practice.db").touch()

    def refuse(folder: Path) -> None:
        raise PracticeInUse

    monkeypatch.setattr(practices, "demo", refuse)
    window = start(is_demo=True)
    qtbot.waitUntil(lambda: "start_page" in vars(window.doors) and window.doors.start_page.bar.isVisible())
    assert str(PracticeInUse()) in window.doors.start_page.bar.text()
    assert button(window, "try_demo").isEnabled()
