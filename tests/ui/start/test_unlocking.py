"""Every way in: passphrase, recovery sheet, keychain; what fails is said in a line, and nothing has to wait for it."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring.backend import KeyringBackend
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QScrollArea, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.errors import HeaderDamaged, KeychainFailed, PracticeError
from ipt_desktop.services import access, attempts, keychain
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.header import HEADER_NAME, Header, read_header, write_header
from ipt_desktop.services.recovery_code import ALPHABET, GROUP, code_of, groups_of
from ipt_desktop.services.vault import DATABASE_NAME, create_practice, unlock
from tests.services import keychains
from tests.ui.fakes import PASSPHRASE, TABS, FakePractices
from tests.ui.lock.clock import HandClock
from tests.ui.naming import unnamed
from ui import theme
from ui.app import make_app
from ui.lock.cause import Cause, why
from ui.lock.door_watch import DoorWatch
from ui.lock.guard import Clocks
from ui.main_window import MainWindow
from ui.opening import RealPractices
from ui.preferences import Preferences
from ui.start.recovering import Recovering
from ui.start.unlock_page import UnlockPage

ANOTHER = "another passphrase of six words"

Showing = Callable[..., MainWindow]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], str]:
    """Make one real practice for all tests here; return its files and its recovery code."""
    folder = tmp_path_factory.mktemp("made") / "practice"
    opened = create_practice(folder, PASSPHRASE, "Willow Lane Practice")
    code = opened.recovery_code
    opened.close()
    assert code is not None
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}, code


@pytest.fixture
def code(made: tuple[dict[str, bytes], str]) -> str:
    return made[1]


@pytest.fixture
def practice(made: tuple[dict[str, bytes], str], tmp_path: Path) -> Path:
    folder = tmp_path / "practice"
    folder.mkdir(mode=0o700)
    for name, data in made[0].items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def show(qtbot: QtBot, practice: Path) -> Iterator[Showing]:
    windows: list[MainWindow] = []

    def shown(practices: RealPractices | FakePractices | None = None) -> MainWindow:
        window = MainWindow(practice, practices or RealPractices(), Preferences(), tabs=TABS)
        windows.append(window)
        with qtbot.waitSignal(window.painted):
            window.show()
        qtbot.waitUntil(window.doors.unlock_page.isVisible)
        return window

    yield shown
    for window in windows:
        window.doors.leave()
        window.close()


def close(qtbot: QtBot, window: MainWindow) -> None:
    """Close the window and wait for the backup that it makes first."""
    window.close()
    qtbot.waitUntil(lambda: window.workspace is None and not window.isVisible(), timeout=30_000)


def button(window: QWidget, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert found is not None, name
    return found


def recovering_in(window: MainWindow) -> Recovering:
    button(window, "use_recovery_sheet").click()
    found = window.findChild(Recovering)
    assert found is not None
    assert found.code_page.isVisible()
    return found


def give_code(qtbot: QtBot, window: MainWindow, code: str) -> Recovering:
    found = recovering_in(window)
    found.code_page.field.setPlainText(code)
    qtbot.keyClick(found.code_page.field, Qt.Key.Key_Return)
    return found


# The recovery sheet.


def test_the_sheet_opens_it_and_a_new_passphrase_may_be_set(qtbot: QtBot, show: Showing, practice: Path, code: str):
    window = show()
    pasted = f"IPTR1:{code.replace('-', '')}\n"
    steps = give_code(qtbot, window, pasted)
    qtbot.waitUntil(steps.new_page.isVisible, timeout=10_000)
    assert button(window, "new_passphrase_leave").isVisible()
    steps.new_page.pair.first.put(ANOTHER)
    button(window, "new_passphrase_set").click()
    assert "once more" in steps.new_page.error.text()
    steps.new_page.pair.second.put(ANOTHER)
    with qtbot.waitSignal(window.opened, timeout=10_000):
        button(window, "new_passphrase_set").click()
    assert window.workspace is not None
    assert window.workspace.desk.settings.values().has_recovery_sheet, "it has just been at hand"
    close(qtbot, window)
    unlock(practice, ANOTHER).close()
    with pytest.raises(PracticeError):
        unlock(practice, PASSPHRASE)


@pytest.mark.parametrize("way", ["rest", "screen", "key"])
def test_opened_by_its_sheet_and_left_alone_it_is_locked_before_another_passphrase_is_set(
    qtbot: QtBot, show: Showing, practice: Path, code: str, monkeypatch: pytest.MonkeyPatch, way: str
):
    clock, wall = HandClock(), HandClock(5_000_000)
    monkeypatch.setattr("ui.lock.door_watch.Clocks", lambda: Clocks(clock, wall))
    window = show()
    steps = give_code(qtbot, window, code)
    qtbot.waitUntil(steps.new_page.isVisible, timeout=10_000)
    watch = steps.findChild(DoorWatch)
    assert watch is not None
    steps.new_page.pair.first.put(ANOTHER)
    if way == "rest":
        for _look in range(11):
            assert steps.new_page.isVisible()
            clock.pass_by(seconds=28)
            wall.pass_by(seconds=28)
            watch.look()
    elif way == "screen":
        watch._system.locked_by.emit(Cause.SCREEN.value)
    else:
        handle = window.windowHandle()
        QTest.keyClick(handle, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.doors.unlock_page.isVisible)
    reason = window.doors.unlock_page.findChild(QLabel, "unlock_reason")
    assert reason is not None
    said = {"rest": "Locked after 5 minutes at rest.", "screen": "Locked because the screen was locked.", "key": ""}
    assert reason.text() == said[way]
    unlock(practice, PASSPHRASE).close()  # nobody has it open, and what opens it is as before


def test_it_is_not_locked_while_its_keys_are_written(qtbot: QtBot, show: Showing, code: str):
    may_go_on = threading.Event()

    class Slow(RealPractices):
        def renew(self, desk: Desk, code: str, passphrase: str) -> None:
            may_go_on.wait(30)
            super().renew(desk, code, passphrase)

    window = show(Slow())
    steps = give_code(qtbot, window, code)
    qtbot.waitUntil(steps.new_page.isVisible, timeout=10_000)
    steps.new_page.pair.first.put(ANOTHER)
    steps.new_page.pair.second.put(ANOTHER)
    watch = steps.findChild(DoorWatch)
    assert watch is not None
    button(window, "new_passphrase_set").click()
    watch._system.locked_by.emit(Cause.SLEEP.value)
    assert steps.new_page.isVisible()
    with qtbot.waitSignal(window.opened, timeout=10_000):
        may_go_on.set()
    close(qtbot, window)


def test_the_passphrase_may_stay_as_it_is(qtbot: QtBot, show: Showing, practice: Path, code: str):
    window = show()
    header = (practice / HEADER_NAME).read_bytes()
    steps = give_code(qtbot, window, code.lower().replace("-", " "))
    qtbot.waitUntil(steps.new_page.isVisible, timeout=10_000)
    with qtbot.waitSignal(window.opened):
        button(window, "new_passphrase_leave").click()
    assert (practice / HEADER_NAME).read_bytes() == header
    assert steps.code_page.field.toPlainText() == ""


def test_without_its_header_the_sheet_opens_it_and_a_passphrase_is_needed(
    qtbot: QtBot, show: Showing, practice: Path, code: str
):
    (practice / HEADER_NAME).unlink()
    window = show()
    window.doors.unlock_page.field.line.setText(PASSPHRASE)
    button(window, "unlock").click()
    qtbot.waitUntil(window.doors.unlock_page.bar.isVisible)
    button(window, "damage_sheet").click()
    found = window.findChild(Recovering)
    assert found is not None
    found.code_page.field.setPlainText(code)
    button(window, "code_open").click()
    qtbot.waitUntil(found.new_page.isVisible, timeout=10_000)
    assert not button(window, "new_passphrase_leave").isVisible(), "there is no passphrase to leave as it is"
    for field in (found.new_page.pair.first, found.new_page.pair.second):
        field.put(ANOTHER)
    with qtbot.waitSignal(window.opened, timeout=10_000):
        button(window, "new_passphrase_set").click()
    close(qtbot, window)
    unlock(practice, ANOTHER).close()


def test_every_single_slip_is_named_while_it_is_typed(qtbot: QtBot, show: Showing, code: str):
    page = recovering_in(show(FakePractices())).code_page
    text = code.replace("-", "")
    for place, right in enumerate(text):
        for wrong in ALPHABET.replace(right, ""):
            page.field.setPlainText(text[:place] + wrong + text[place + 1 :])
            assert page.error.text() == f"Group {place // GROUP + 1} is not as it stands on the sheet."
    page.field.setPlainText(code)
    assert page.error.text() == ""
    assert page.count.text().startswith("14 of 14 groups.")


def test_less_than_a_code_is_not_tried(qtbot: QtBot, show: Showing, code: str):
    window = show(practices := FakePractices())
    groups = groups_of(code)
    page = give_code(qtbot, window, " ".join(groups[:9])).code_page
    assert page.error.text() == "Group 10 and what follows it is missing."
    page.field.setPlainText(" ".join(groups[:13]))
    button(window, "code_open").click()
    assert page.error.text() == "The last group is missing."
    assert practices.desks == []
    button(window, "code_back").click()
    assert window.doors.unlock_page.isVisible()


def test_anothers_sheet_is_told_at_the_field(qtbot: QtBot, show: Showing):
    steps = give_code(qtbot, show(), code_of(bytes(range(32))))
    qtbot.waitUntil(steps.code_page.error.isVisible, timeout=10_000)
    assert "another practice, or to a sheet that a newer one has replaced" in steps.code_page.error.text()
    assert steps.code_page.field.toPlainText()


def test_a_practice_in_use_is_told_on_the_page_and_the_code_stays(qtbot: QtBot, show: Showing, practice: Path, code: str):
    window = show()
    elsewhere = unlock(practice, PASSPHRASE)
    steps = give_code(qtbot, window, code)
    qtbot.waitUntil(steps.code_page.bar.isVisible, timeout=10_000)
    assert "already open in another window or program" in steps.code_page.bar.text()
    assert steps.code_page.field.toPlainText() == code
    elsewhere.close()


def test_a_damaged_database_is_told_with_what_may_help(qtbot: QtBot, show: Showing, practice: Path, code: str):
    spoil(practice / DATABASE_NAME)
    window = show()
    give_code(qtbot, window, code)
    qtbot.waitUntil(window.doors.unlock_page.bar.isVisible, timeout=10_000)
    assert button(window, "damage_salvage").isVisible()


def test_each_part_of_the_ways_in_has_a_name(qtbot: QtBot, show: Showing):
    window = show(FakePractices())
    assert unnamed(window.doors.unlock_page) == []
    assert unnamed(recovering_in(window)) == []


def test_a_passphrase_that_can_not_be_set_is_told_where_it_was_typed(qtbot: QtBot, show: Showing, code: str):
    practices = FakePractices()
    practices.renew = fail_to_renew  # type: ignore[method-assign]
    window = show(practices)
    steps = give_code(qtbot, window, code)
    qtbot.waitUntil(steps.new_page.isVisible, timeout=10_000)
    for field in (steps.new_page.pair.first, steps.new_page.pair.second):
        field.line.setText(ANOTHER)
    button(window, "new_passphrase_set").click()
    qtbot.waitUntil(steps.new_page.bar.isVisible, timeout=10_000)
    assert "is damaged" in steps.new_page.bar.text()
    assert steps.isVisible()
    with qtbot.waitSignal(window.opened, timeout=10_000):
        button(window, "new_passphrase_leave").click()


def fail_to_renew(_desk: object, _code: str, _passphrase: str) -> None:
    raise HeaderDamaged(path="header.json", reason="read back")


# What is damaged.


def spoil(path: Path) -> None:
    path.write_bytes(b"\0" * 64 + path.read_bytes()[64:])


def call_it_the_demo(folder: Path) -> None:
    """Let the header say, with all it needs to be believed, that this is the demo practice, which needs no passphrase."""
    write_header(folder, Header(read_header(folder).practice_id, is_demo=True))


@pytest.mark.parametrize(
    ("break_it", "offered"),
    [
        (lambda folder: (folder / HEADER_NAME).write_text("{}"), {"damage_sheet", "damage_restore"}),
        (call_it_the_demo, {"damage_sheet", "damage_restore"}),
        (lambda folder: (folder / DATABASE_NAME).unlink(), {"damage_restore"}),
        (lambda folder: spoil(folder / DATABASE_NAME), {"damage_restore", "damage_salvage"}),
    ],
)
def test_damage_is_said_with_what_may_help(
    qtbot: QtBot, show: Showing, practice: Path, break_it: Callable[[Path], None], offered: set[str]
):
    break_it(practice)
    window = show()
    page = window.doors.unlock_page
    page.field.line.setText(PASSPHRASE)
    button(window, "unlock").click()
    qtbot.waitUntil(page.bar.isVisible, timeout=10_000)
    assert page.bar.property("tone") == "danger"
    named = {each.objectName() for each in page.bar.findChildren(QPushButton) if not each.isHidden()}
    assert named - {"unlock_bar_close"} == offered


# Wrong passphrases.


def test_after_several_wrong_ones_the_button_waits_and_the_seconds_are_counted(qtbot: QtBot, show: Showing, practice: Path):
    for _each in range(attempts.FREE + 1):
        attempts.note_failure(read_header(practice).practice_id)
    window = show()
    page = window.doors.unlock_page
    page.field.line.setText(PASSPHRASE)
    button(window, "unlock").click()
    qtbot.waitUntil(page.bar.isVisible)
    assert page.bar.property("tone") == "caution"
    assert "The next can be tried in" in page.bar.text()
    assert not button(window, "unlock").isEnabled()
    assert page.field.isEnabled(), "it can be typed meanwhile"
    qtbot.waitUntil(button(window, "unlock").isEnabled, timeout=15_000)
    assert page.bar.text() == ""
    page.field.line.setText(PASSPHRASE)
    with qtbot.waitSignal(window.opened, timeout=10_000):
        qtbot.keyClick(page.field.line, Qt.Key.Key_Return)


def test_the_wrong_one_that_begins_the_wait_says_how_long_it_is(qtbot: QtBot, show: Showing, practice: Path):
    for _each in range(attempts.FREE - 1):
        attempts.note_failure(read_header(practice).practice_id)
    window = show()
    page = window.doors.unlock_page
    page.field.line.setText("wrong horse battery")
    button(window, "unlock").click()
    qtbot.waitUntil(page.bar.isVisible, timeout=10_000)
    assert "The next can be tried in 2 seconds" in page.bar.text()
    assert "try again" not in page.bar.text()
    assert not button(window, "unlock").isEnabled()
    qtbot.waitUntil(button(window, "unlock").isEnabled, timeout=15_000)


# The keychain.


@pytest.fixture
def remembered(practice: Path) -> Iterator[keychains.Working]:
    """Let a keychain that works remember the practice."""
    kept = keychains.Working()
    with keychains.used(kept):
        opened = unlock(practice, PASSPHRASE)
        access.remember_here(opened, PASSPHRASE)
        opened.close()
        yield kept


def test_the_keychain_opens_it_at_the_start(qtbot: QtBot, show: Showing, remembered: keychains.Working):
    window = show()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=10_000)


def test_after_a_lock_the_keychain_is_only_offered(qtbot: QtBot, show: Showing, remembered: keychains.Working):
    window = show()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=10_000)
    assert window.lock(why="Locked after 20 minutes at rest.")
    page = window.doors.unlock_page
    qtbot.waitUntil(button(page, "unlock_keychain").isVisible)
    assert window.workspace is None
    assert not page.findChild(QWidget, "keychain_asking").isVisible()
    with qtbot.waitSignal(window.opened, timeout=10_000):
        button(page, "unlock_keychain").click()


def foreign(kept: keychains.Working) -> KeyringBackend:
    for key in kept.kept:
        kept.kept[key] = "something of another program"
    return kept


def emptied(kept: keychains.Working) -> KeyringBackend:
    kept.kept.clear()
    return kept


@pytest.mark.parametrize(
    ("backend", "said"),
    [
        (lambda kept: keyring.backends.fail.Keyring(), "this computer has none"),
        (lambda kept: keyring.backends.null.Keyring(), "it keeps nothing for this practice"),
        (lambda kept: keychains.Locked(), "it is locked"),
        (lambda kept: keychains.Broken(), "it refused"),
        (foreign, "is not ours"),
        (emptied, "it keeps nothing for this practice"),
    ],
)
def test_a_failing_keychain_is_one_line_and_the_passphrase_opens_it(
    qtbot: QtBot,
    show: Showing,
    remembered: keychains.Working,
    backend: Callable[[keychains.Working], KeyringBackend],
    said: str,
):
    with keychains.used(backend(remembered)):
        window = show()
        page = window.doors.unlock_page
        qtbot.waitUntil(page.bar.isVisible, timeout=10_000)
        assert said in page.bar.text()
        assert "the passphrase opens the practice" in page.bar.text()
        assert page.bar.property("tone") == "caution"
        page.field.line.setText(PASSPHRASE)
        with qtbot.waitSignal(window.opened, timeout=10_000):
            button(window, "unlock").click()


def test_a_keychain_that_hangs_is_given_up_and_holds_nothing_up(
    qtbot: QtBot, show: Showing, remembered: keychains.Working, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(keychain, "SECONDS", 0.2)
    with keychains.used(hanging := keychains.Hanging()):
        window = show()
        page = window.doors.unlock_page
        qtbot.waitUntil(page.bar.isVisible, timeout=10_000)
        assert "it gave no answer" in page.bar.text()
        assert button(window, "unlock").isEnabled()
        hanging.let_go.set()


def test_a_passphrase_being_typed_goes_on_when_the_keychain_fails(qtbot: QtBot, show: Showing, remembered: keychains.Working):
    with keychains.used(hanging := keychains.Hanging()):
        window = show()
        page = window.doors.unlock_page
        asking = page.findChild(QWidget, "keychain_asking")
        assert asking is not None
        qtbot.waitUntil(asking.isVisible, timeout=10_000)
        qtbot.keyClicks(page.field.line, PASSPHRASE[:10])
        hanging.let_go.set()
        qtbot.waitUntil(page.bar.isVisible, timeout=10_000)
        qtbot.keyClicks(page.field.line, PASSPHRASE[10:])
        with qtbot.waitSignal(window.opened, timeout=10_000):
            qtbot.keyClick(page.field.line, Qt.Key.Key_Return)


def test_the_passphrase_wins_over_a_keychain_that_hangs(qtbot: QtBot, show: Showing, remembered: keychains.Working):
    with keychains.used(hanging := keychains.Hanging()):
        window = show()
        page = window.doors.unlock_page
        asking = page.findChild(QWidget, "keychain_asking")
        assert asking is not None
        qtbot.waitUntil(asking.isVisible, timeout=10_000)
        page.field.line.setText(PASSPHRASE)
        with qtbot.waitSignal(window.opened, timeout=10_000):
            button(window, "unlock").click()
        hanging.let_go.set()


def test_a_keychain_that_fails_too_late_is_no_longer_told(qtbot: QtBot, show: Showing, tmp_path: Path):
    let_go, practices = threading.Event(), FakePractices()

    def fail() -> None:
        let_go.wait()
        raise KeychainFailed(reason="it gave no answer")

    practices.keychain = fail
    window = show(practices)
    asking = window.doors.unlock_page.findChild(QWidget, "keychain_asking")
    assert asking is not None
    qtbot.waitUntil(asking.isVisible)
    practices.found = "none"
    window.doors.choose_folder()
    dialog = window.findChild(QFileDialog, "practice_dialog")
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path))
    dialog.reject()
    qtbot.waitUntil(window.doors.start_page.isVisible)
    let_go.set()
    assert QThreadPool.globalInstance().waitForDone(10_000)
    QApplication.processEvents()
    assert window.doors.start_page.bar.text() == ""


def test_where_one_thing_runs_at_a_time_a_passphrase_waits_for_no_keychain(
    qtbot: QtBot, show: Showing, remembered: keychains.Working
):
    QThreadPool.globalInstance().setMaxThreadCount(1)  # as on a computer with one core
    make_app()
    with keychains.used(hanging := keychains.Hanging()):
        window = show()
        page = window.doors.unlock_page
        asking = page.findChild(QWidget, "keychain_asking")
        assert asking is not None
        qtbot.waitUntil(asking.isVisible, timeout=10_000)
        page.field.line.setText(PASSPHRASE)
        try:
            with qtbot.waitSignal(window.opened, timeout=10_000):
                button(window, "unlock").click()
        finally:
            hanging.let_go.set()


def test_a_keychain_that_answers_too_late_opens_nothing(qtbot: QtBot, show: Showing):
    let_go, practices = threading.Event(), FakePractices()
    practices.keychain = let_go.wait  # type: ignore[assignment]
    window = show(practices)
    page = window.doors.unlock_page
    asking = page.findChild(QWidget, "keychain_asking")
    assert asking is not None
    qtbot.waitUntil(asking.isVisible)
    button(window, "use_recovery_sheet").click()
    let_go.set()
    assert QThreadPool.globalInstance().waitForDone(10_000)
    QApplication.processEvents()
    assert window.workspace is None
    assert practices.desks == []
    assert page.bar.text() == ""


def test_a_practice_that_is_not_remembered_asks_no_keychain(qtbot: QtBot, show: Showing):
    with keychains.used(keychains.Broken()):
        window = show()
        page = window.doors.unlock_page
        qtbot.waitUntil(lambda: "keychain" in vars(window.doors))
        assert QThreadPool.globalInstance().waitForDone(10_000)
        QApplication.processEvents()
        assert page.bar.text() == ""
        assert not button(page, "unlock_keychain").isVisible()


# The page itself.


def test_it_forgets_what_was_typed(qtbot: QtBot):
    host = QWidget()
    qtbot.addWidget(host)
    page = UnlockPage(host)
    page.field.line.setText("half of it")
    page.show_fault(KeychainFailed(reason="it is locked"))
    page.show_wait(20)
    page.forget()
    assert page.field.text() == ""
    assert page.bar.text() == ""
    assert button(page, "unlock").isEnabled()


@pytest.mark.parametrize(("scale", "is_one_line"), [(1.0, True), (2.0, False)])
def test_why_it_is_locked_is_read_whole_in_the_smallest_window(
    qtbot: QtBot, qapp: QApplication, scale: float, is_one_line: bool
):
    theme.apply(qapp, theme.Theme("light", scale))
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    page = UnlockPage(stack)
    stack.addWidget(page)
    stack.resize(1024, 700)
    stack.show()
    page.show_practice("Willow Lane Practice", f"{why(Cause.SWITCH)} Everything was saved at 14:32.")
    qapp.processEvents()
    area, reason = page.findChild(QScrollArea), page.findChild(QLabel, "unlock_reason")
    assert area is not None
    assert reason is not None
    assert area.horizontalScrollBar().maximum() == 0
    line = reason.fontMetrics().lineSpacing()
    assert reason.height() >= line * (1 if is_one_line else 2)
    assert (reason.height() < line * 2) is is_one_line
