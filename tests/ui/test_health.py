"""A damaged practice in a real window: found, said in words, only read, and left without a byte changed."""

import hashlib
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain import records as r
from ipt_desktop.domain.errors import DatabaseDamaged
from ipt_desktop.domain.records import now
from ipt_desktop.services import keys
from ipt_desktop.services.backups import Backups
from ipt_desktop.services.check_record import RECORD_NAME, CheckRecord
from ipt_desktop.services.vault import create_practice
from ipt_desktop.services.vault import unlock as unlock_vault
from ipt_desktop.storage.engine import Access, connect
from ipt_desktop.storage.store import Store
from tests.services.quick_stretching import QuickStretching
from tests.ui.fakes import TABS, NotePage
from ui.health import HealthWatch
from ui.main_window import MainWindow
from ui.opening import RealPractices
from ui.preferences import Preferences
from ui.restore.restore_page import RestorePage
from ui.restore.salvage_page import SalvagePage

PASSPHRASE = "correct horse battery staple"  # noqa: S105 - a test's own
PAGE = 4096
NOTES = 12
REMEMBERED = (RECORD_NAME, "backups.json", "practice.lock")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "Argon2id", QuickStretching)


@pytest.fixture
def key() -> list[bytes]:
    return []


@pytest.fixture
def practice(tmp_path: Path, key: list[bytes]) -> Path:
    vault = create_practice(tmp_path / "practice", PASSPHRASE, "Quiet Street")
    key.append(vault.store.key)
    vault.store.write(lambda writing: writing.insert(r.Client(id="ada", name="Ada")))
    for number in range(NOTES):
        text = {"text": f"{number} " + "words " * 500}
        note = r.Document(id=f"note {number}", client_id="ada", form="f", purpose="free_note", answers=text)
        vault.store.write(lambda writing, note=note: writing.insert(note))
    vault.close()
    return tmp_path / "practice"


def damage(practice: Path, key: bytes, table: str) -> None:
    """Turn one bit over in the first page of a table."""
    raw = connect(practice / "practice.db", key, Access.LOOK)
    page = int(raw.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0])
    raw.close()
    content = bytearray((practice / "practice.db").read_bytes())
    content[(page - 1) * PAGE + 100] ^= 1
    (practice / "practice.db").write_bytes(content)


def prints(practice: Path) -> dict[str, str]:
    """Return the practice's files with their hashes, but for the index of the log, and what is only remembered."""
    files = [each for each in sorted(practice.iterdir()) if each.is_file() and not each.name.endswith("-shm")]
    return {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in files if each.name not in REMEMBERED}


def press(parent: QWidget, name: str) -> None:
    button = parent.findChild(QPushButton, name)
    assert button is not None
    button.click()


@pytest.fixture
def start(qtbot: QtBot, practice: Path) -> Iterator[Callable[[], MainWindow]]:
    windows: list[MainWindow] = []

    def opened() -> MainWindow:
        window = MainWindow(practice, RealPractices(), Preferences(), tabs=TABS)
        windows.append(window)
        with qtbot.waitSignal(window.painted):
            window.show()
        unlock(qtbot, window)
        return window

    yield opened
    for window in windows:
        window.close()


def unlock(qtbot: QtBot, window: MainWindow) -> None:
    page = window.doors.unlock_page
    qtbot.waitUntil(page.isVisible)
    qtbot.keyClicks(page.field.line, PASSPHRASE)
    with qtbot.waitSignal(window.opened):
        press(page, "unlock")
    qtbot.waitUntil(lambda: window.findChild(HealthWatch) is not None)


def said(window: MainWindow) -> str:
    """Return what the bar of the practice says, or ""."""
    assert window.workspace is not None
    return window.workspace.bars.practice_bar.text()


def test_a_sound_practice_is_looked_through_and_nothing_is_said(qtbot: QtBot, start: Callable[[], MainWindow], practice: Path):
    window = start()
    watch = window.findChild(HealthWatch)
    assert watch is not None
    qtbot.waitUntil(lambda: not watch.is_checking)
    assert said(window) == ""
    quick = CheckRecord(practice).state.quick
    assert quick is not None
    assert quick.is_sound


def test_damage_found_at_the_start_is_said_and_ends_all_writing_for_good(
    qtbot: QtBot, start: Callable[[], MainWindow], practice: Path, key: list[bytes]
):
    damage(practice, key[0], "document")
    window = start()
    qtbot.waitUntil(lambda: "cannot be read" in said(window))
    assert "This practice is damaged and is only read now" in said(window)
    assert f"{NOTES} of {NOTES} notes and forms cannot be read. Everything else can be read." in said(window)
    assert window.workspace is not None
    assert window.workspace.desk.is_read_only
    before = prints(practice)
    assert window.lock()
    assert "Everything was saved" not in window.doors.unlock_page._reason.text()
    assert prints(practice) == before
    unlock(qtbot, window)  # it is known now: from the first moment it is only read
    assert window.workspace is not None
    assert window.workspace.desk.is_read_only
    qtbot.waitUntil(lambda: "cannot be read" in said(window))
    assert [client.name for client in window.workspace.desk.clients.clients()] == ["Ada"]
    assert window.close()
    assert prints(practice) == before


def test_damage_met_while_working_is_said_at_once_and_leads_to_the_ways_back(
    qtbot: QtBot, start: Callable[[], MainWindow], practice: Path, key: list[bytes]
):
    window = start()
    watch = window.findChild(HealthWatch)
    assert watch is not None
    qtbot.waitUntil(lambda: not watch.is_checking)
    assert window.workspace is not None
    window.workspace.desk.store.write(lambda writing: writing.insert(r.Client(name="Ben")))
    damage(practice, key[0], "course")
    with pytest.raises(DatabaseDamaged), window.workspace.desk.store.read() as reading:
        reading.all(r.Course)
    qtbot.waitUntil(lambda: "This practice is damaged" in said(window))
    qtbot.waitUntil(lambda: not watch.is_checking)
    before = prints(practice)
    press(window.workspace, "health_salvage")
    page = window.findChild(SalvagePage)
    assert page is not None
    qtbot.waitUntil(page.isVisible)
    assert window.workspace is None
    assert prints(practice) == before
    press(page, "salvage_back")
    qtbot.waitUntil(window.doors.unlock_page.isVisible)


def test_from_damage_through_a_backup_and_back_to_work(
    qtbot: QtBot, start: Callable[[], MainWindow], practice: Path, key: list[bytes]
):
    (practice / "backups").mkdir()
    vault = unlock_vault(practice, PASSPHRASE)
    Backups(vault).make(practice / "backups")
    vault.close()
    damage(practice, key[0], "document")
    window = start()
    qtbot.waitUntil(lambda: "cannot be read" in said(window))
    damaged = hashlib.sha256((practice / "practice.db").read_bytes()).hexdigest()
    assert window.workspace is not None
    press(window.workspace, "health_restore")
    page = window.findChild(RestorePage)
    assert page is not None
    qtbot.waitUntil(lambda: page.manifest is not None)
    qtbot.keyClicks(page.secret.passphrase.line, PASSPHRASE)
    press(page, "restore_go")
    qtbot.waitUntil(lambda: not page.is_working)
    with qtbot.waitSignal(window.opened):
        press(page, "restore_open")
    qtbot.waitUntil(lambda: any(each.desk is window.workspace.desk for each in window.findChildren(HealthWatch)))
    watch = next(each for each in window.findChildren(HealthWatch) if each.desk is window.workspace.desk)
    qtbot.waitUntil(lambda: not watch.is_checking)
    assert said(window) == ""
    assert not window.workspace.desk.is_read_only
    window.workspace.desk.store.write(lambda writing: writing.insert(r.Client(name="Ben")))
    (aside,) = practice.glob("before-restore-*")
    assert hashlib.sha256((aside / "practice.db").read_bytes()).hexdigest() == damaged


@pytest.mark.parametrize("table", ["practice", "client", "audit_entry"])
def test_whatever_is_damaged_the_window_still_leads_to_the_ways_back(
    qtbot: QtBot, practice: Path, key: list[bytes], table: str
):
    damage(practice, key[0], table)
    window = MainWindow(practice, RealPractices(), Preferences())  # with the real tabs, which read at once
    with qtbot.waitSignal(window.painted):
        window.show()
    try:
        unlock(qtbot, window)
        qtbot.waitUntil(lambda: "cannot be read" in said(window))
        assert window.workspace is not None
        press(window.workspace, "health_restore")
        qtbot.waitUntil(lambda: window.findChild(RestorePage) is not None)
        assert window.workspace is None
    finally:
        window.close()


def test_what_a_damaged_practice_cannot_keep_holds_the_lock_until_it_is_left_on_purpose(
    qtbot: QtBot, start: Callable[[], MainWindow]
):
    window = start()
    workspace = window.workspace
    assert workspace is not None
    page = workspace.page("clients")
    assert isinstance(page, NotePage)
    qtbot.keyClicks(page.text, "Not kept anywhere")
    page.disk_is_full = True
    assert not window.lock()
    assert window.findChild(QPushButton, "leave_all_unsaved") is None, "a full disk can be mended"
    workspace.desk.store.stop_writing("page 7")
    assert not window.lock()
    assert page.text.toPlainText() == "Not kept anywhere"
    press(workspace, "leave_all_unsaved")
    assert page.text.toPlainText() == ""
    page.disk_is_full = False
    assert window.lock()


def test_the_daily_check_waits_for_rest_and_is_made_once(qtbot: QtBot, start: Callable[[], MainWindow], practice: Path):
    window = start()
    watch = window.findChild(HealthWatch)
    assert watch is not None
    qtbot.waitUntil(lambda: not watch.is_checking)
    watch.look_whether_due()
    assert not watch.is_checking, "something may just have been typed"
    watch._changed_at -= 100
    with qtbot.waitSignal(watch.checked):
        watch.look_whether_due()
        assert watch.is_checking
    full = CheckRecord(practice).state.full
    assert full is not None
    assert full.is_sound
    assert now() - full.at < timedelta(minutes=1)
    watch.look_whether_due()
    assert not watch.is_checking


def test_saves_lost_in_a_damaged_log_are_told(qtbot: QtBot, start: Callable[[], MainWindow], practice: Path, key: list[bytes]):
    store = Store.open(practice / "practice.db", key[0])
    for number in range(4):
        store.write(lambda writing, number=number: writing.insert(r.Client(name=f"Client {number}")))
    log = bytearray((practice / "practice.db-wal").read_bytes())
    database = (practice / "practice.db").read_bytes()
    store.close()
    log[100] ^= 1
    (practice / "practice.db").write_bytes(database)
    (practice / "practice.db-wal").write_bytes(log)
    window = start()
    qtbot.waitUntil(lambda: "saves were lost" in said(window))
    assert "All that was saved before is there." in said(window)
    assert window.workspace is not None
    assert not window.workspace.desk.is_read_only
    window.workspace.desk.store.write(lambda writing: writing.insert(r.Client(name="Cleo")))
    press(window.workspace, "unread_restore")
    qtbot.waitUntil(lambda: window.findChild(RestorePage) is not None)


def test_a_lock_ends_a_check_that_is_under_way_without_a_word(qtbot: QtBot, start: Callable[[], MainWindow], practice: Path):
    window = start()
    watch = window.findChild(HealthWatch)
    assert watch is not None
    watch._changed_at -= 100
    watch.look_whether_due()
    assert window.lock()
    qtbot.waitUntil(window.doors.unlock_page.isVisible)
    assert window.doors.unlock_page.bar.text() == ""
    unlock(qtbot, window)


def test_the_menu_asks_before_it_closes_the_practice(qtbot: QtBot, start: Callable[[], MainWindow]):
    window = start()
    window.menus.action("restore_backup").trigger()
    assert window.workspace is not None
    assert "The practice is closed, with everything saved" in window.workspace.bar.text()
    press(window.workspace, "restore_not")
    assert window.workspace is not None
    assert window.workspace.bar.text() == ""
    window.menus.action("restore_backup").trigger()
    press(window.workspace, "restore_now")
    page = window.findChild(RestorePage)
    assert page is not None
    qtbot.waitUntil(page.isVisible)
    assert window.workspace is None


def test_damaged_settings_do_not_hold_a_window_that_closes_right_after_unlocking(
    qtbot: QtBot, practice: Path, key: list[bytes], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("ui.main_window.AT_LEISURE_MS", 3_600_000)  # nobody watches over it yet
    damage(practice, key[0], "setting")
    window = MainWindow(practice, RealPractices(), Preferences(), tabs=TABS)
    with qtbot.waitSignal(window.painted):
        window.show()
    page = window.doors.unlock_page
    qtbot.waitUntil(page.isVisible)
    qtbot.keyClicks(page.field.line, PASSPHRASE)
    with qtbot.waitSignal(window.opened):
        press(page, "unlock")
    window.close()
    qtbot.waitUntil(lambda: window.workspace is None)
    assert not window.isVisible()
    window.deleteLater()


@pytest.mark.skipif(sys.platform == "win32", reason="the folder of an open file can't be moved there")
def test_a_practice_moved_away_is_said_until_it_is_back(qtbot: QtBot, start: Callable[[], MainWindow], practice: Path):
    window = start()
    watch = window.findChild(HealthWatch)
    assert watch is not None
    qtbot.waitUntil(lambda: not watch.is_checking)
    practice.rename(practice.with_name("elsewhere"))
    watch._changed_at -= 100
    watch.look_whether_due()
    assert not watch.is_checking, "there is nothing to be checked"
    assert "no longer where it was opened" in said(window)
    practice.with_name("elsewhere").rename(practice)
    watch.look_whether_due()
    assert said(window) == ""
