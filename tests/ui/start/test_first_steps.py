"""A new practice is begun only once its sheet is at hand; what may be left as it is, is; and it can be taken back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.audit_words import detail_words
from ipt_desktop.domain.errors import KeychainFailed
from ipt_desktop.services.recovery_code import groups_of
from ipt_desktop.services.vault import PracticeState, practice_state
from tests.ui.fakes import CODE, PASSPHRASE, TABS, FakePractices
from tests.ui.naming import unnamed
from ui.main_window import MainWindow
from ui.opening import RealPractices
from ui.preferences import Preferences
from ui.start.create_page import CreatePage, NewPractice
from ui.start.first_steps import FirstSteps
from ui.start.new_passphrase_page import NewPassphrasePage
from ui.widgets.caps_lock_note import CapsLockNote

Making = Callable[..., MainWindow]


@pytest.fixture
def practices() -> FakePractices:
    return FakePractices("none")


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path) -> Iterator[Making]:
    windows: list[MainWindow] = []

    def create(practices: FakePractices | RealPractices) -> MainWindow:
        window = MainWindow(tmp_path / "practice", practices, Preferences(), tabs=TABS)
        windows.append(window)
        with qtbot.waitSignal(window.painted):
            window.show()
        qtbot.waitUntil(lambda: window.doors.start_page.isVisible())
        button(window, "create_practice").click()
        order = NewPractice("Willow Lane", "Dr Alma Example", tmp_path / "practice", PASSPHRASE)
        window.doors.create_page.submitted.emit(order)
        qtbot.waitUntil(lambda: window.findChild(FirstSteps) is not None, timeout=15_000)
        return window

    yield create
    for window in windows:
        window.doors.leave()
        window.close()


def button(window: QWidget, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert found is not None
    return found


def steps_of(window: MainWindow) -> FirstSteps:
    found = window.findChild(FirstSteps)
    assert found is not None
    return found


def confirm(window: MainWindow) -> FirstSteps:
    steps = steps_of(window)
    steps.sheet.field.setText(groups_of(CODE)[steps.sheet.group - 1])
    button(window, "recovery_confirm").click()
    assert steps.currentWidget() is steps.more
    return steps


def test_the_first_page_begins_with_its_first_button(qtbot: QtBot, tmp_path: Path):
    window = MainWindow(tmp_path / "practice", FakePractices("none"), Preferences(), tabs=TABS)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: isinstance(window.focusWidget(), QPushButton))
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert window.doors.create_page.isVisible()


def test_caps_lock_is_told_where_a_passphrase_is_chosen(qtbot: QtBot, tmp_path: Path):
    host = QWidget()
    qtbot.addWidget(host)
    for page in (CreatePage(tmp_path, host), NewPassphrasePage(host)):
        note = page.findChild(CapsLockNote)
        assert note is not None
        for field in (page.pair.first, page.pair.second):
            qtbot.keyClicks(field.line, "a")
            assert note.isHidden()
            shouted = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
            QApplication.sendEvent(field.line, shouted)
            assert not note.isHidden()
            page.forget()
            assert note.isHidden()


def test_two_things_may_be_left_as_they_are(qtbot: QtBot, make: Making, practices: FakePractices):
    window = make(practices)
    assert button(window, "recovery_confirm").isVisible()
    confirm(window)
    with qtbot.waitSignal(window.opened):
        button(window, "begin").click()
    settings = practices.desks[-1].settings.values()
    assert settings.has_recovery_sheet
    assert settings.backup_folders == ()
    assert practices.remembered == []
    qtbot.waitUntil(lambda: window.findChild(FirstSteps) is None)


def test_what_was_chosen_is_kept(qtbot: QtBot, make: Making, practices: FakePractices, tmp_path: Path):
    window = make(practices)
    steps = confirm(window)
    steps.more.choose_folder(str(tmp_path / "not there"))
    assert "cannot be written to" in steps.more.bar.text()
    steps.more.choose_folder(str(tmp_path))
    assert steps.more.bar.text() == ""
    steps.more.remember.setChecked(True)
    with qtbot.waitSignal(window.opened):
        button(window, "begin").click()
    assert practices.remembered == [PASSPHRASE]
    assert practices.desks[-1].settings.values().backup_folders == (str(tmp_path),)


def test_a_keychain_that_fails_is_one_line_and_holds_nothing_up(qtbot: QtBot, make: Making, practices: FakePractices):
    practices.keychain_fault = KeychainFailed(reason="it is locked")
    window = make(practices)
    steps = confirm(window)
    steps.more.remember.setChecked(True)
    button(window, "begin").click()
    qtbot.waitUntil(steps.more.bar.isVisible)
    assert "it is locked" in steps.more.bar.text()
    assert "the passphrase opens the practice" in steps.more.bar.text()
    with qtbot.waitSignal(window.opened):
        button(window, "begin").click()


def test_thinking_better_of_it_asks_in_the_page(qtbot: QtBot, make: Making, practices: FakePractices):
    window = make(practices)
    steps = steps_of(window)
    button(window, "recovery_stop").click()
    assert "Stop creating?" in steps.sheet.bar.text()
    button(window, "recovery_keep").click()
    assert steps.sheet.bar.text() == ""
    button(window, "recovery_stop").click()
    button(window, "recovery_remove").click()
    qtbot.waitUntil(window.doors.start_page.isVisible)
    assert practices.has_taken_back
    assert window.findChild(FirstSteps) is None or steps_of(window).isHidden()


def test_a_real_practice_is_made_and_taken_back(qtbot: QtBot, make: Making, tmp_path: Path):
    window = make(RealPractices())
    button(window, "recovery_stop").click()
    button(window, "recovery_remove").click()
    qtbot.waitUntil(window.doors.start_page.isVisible)
    assert not (tmp_path / "practice").exists()


def test_the_trail_tells_that_the_sheet_was_saved_and_printed(qtbot: QtBot, make: Making, tmp_path: Path):
    window = make(RealPractices())
    steps = steps_of(window)
    qtbot.waitUntil(lambda: bool(steps.sheet._pdf))
    steps.sheet.save_to(str(tmp_path / "sheet.pdf"))
    steps.sheet._on_printed()
    steps._desk.store.write(lambda writing: None)
    found = [(each.operation, detail_words(each)) for each in steps._desk.audit.entries(limit=2)]
    assert found == [("report_printed", "Recovery sheet; pages: 1"), ("report_saved", "Recovery sheet; pages: 1")]


def test_a_window_that_closes_in_that_step_leaves_the_practice_there(qtbot: QtBot, make: Making, tmp_path: Path):
    window = make(RealPractices())
    assert window.close()
    assert practice_state(tmp_path / "practice") is PracticeState.LOCKED
    desk = RealPractices().unlock(tmp_path / "practice", PASSPHRASE)
    assert not desk.settings.values().has_recovery_sheet, "so that it is told of at the next opening"
    desk.close()


def test_each_part_has_a_name(make: Making, practices: FakePractices):
    assert unnamed(steps_of(make(practices))) == []


def test_six_words_are_suggested_in_clear(qtbot: QtBot, tmp_path: Path):
    host = QWidget()
    qtbot.addWidget(host)
    page = CreatePage(tmp_path, host)
    page.name.setText("Willow Lane")
    button(page, "suggest_passphrase").click()
    words = page.first.text()
    assert len(set(words.split())) == 6
    assert page.second.text() == words
    assert page.first.line.echoMode() is page.first.line.EchoMode.Normal
    assert "Strong" in page.pair.strength.text()
    assert "Write these six words down" in page.pair.hint.text()
    assert page.problem() is None
    page.forget()
    assert page.first.text() == ""
    assert page.first.line.echoMode() is page.first.line.EchoMode.Password
