"""The way back from a backup, on real files: what is in it is shown first, and nothing is ever overwritten."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain import records as r
from ipt_desktop.services import keys
from ipt_desktop.services.backups import Backups
from ipt_desktop.services.secret import Secret
from ipt_desktop.services.vault import OpenVault, create_practice, open_with_secret, unlock
from tests.services.quick_stretching import QuickStretching
from tests.ui.naming import unnamed
from ui.main_window import MainWindow
from ui.opening import RealPractices
from ui.preferences import Preferences
from ui.restore.restore_page import RestorePage

PASSPHRASE = "correct horse battery staple"  # noqa: S105 - a test's own


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "Argon2id", QuickStretching)


@pytest.fixture
def code() -> list[str]:
    """Take down the code of the recovery sheet."""
    return []


@pytest.fixture
def practice(tmp_path: Path, code: list[str]) -> Path:
    """Make a practice with a client and a backup; then it goes on to have a second client."""
    vault = create_practice(tmp_path / "practice", PASSPHRASE, "Quiet Street")
    code.append(vault.recovery_code or "")
    vault.store.write(lambda writing: writing.insert(r.Client(id="ada", name="Ada")))
    (tmp_path / "practice" / "backups").mkdir()
    Backups(vault).make(tmp_path / "practice" / "backups")
    vault.store.write(lambda writing: writing.insert(r.Client(id="ben", name="Ben")))
    vault.close()
    return tmp_path / "practice"


@pytest.fixture
def backup(practice: Path) -> Path:
    return next((practice / "backups").iterdir())


@pytest.fixture
def page(qtbot: QtBot, practice: Path) -> Iterator[RestorePage]:
    holder = QWidget()
    made = RestorePage(practice, holder)
    made.resize(900, 900)
    qtbot.addWidget(holder)
    holder.resize(900, 900)
    holder.show()
    yield made
    made.forget()


def press(page: QWidget, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    button.click()


def prints(folder: Path) -> dict[str, str]:
    return {
        str(each.relative_to(folder)): hashlib.sha256(each.read_bytes()).hexdigest() if each.is_file() else "folder"
        for each in sorted(folder.rglob("*"))
    }


def clients(vault: OpenVault) -> list[str]:
    with vault.store.read() as reading:
        found = [client.name for client in reading.all(r.Client, "name")]
    vault.close()
    return found


def test_the_newest_backup_found_is_described_before_anything_moves(qtbot: QtBot, page: RestorePage, practice: Path):
    before = prints(practice)
    qtbot.waitUntil(lambda: page.manifest is not None)
    shown = " ".join(part.text() for part in (page._what, page._file, page._here_hint))
    assert "Backup of " in shown
    assert "1 client, 0 notes" in shown
    assert ".iptbackup" in shown
    assert "moves whole into a folder of its own" in shown
    assert page.known.count() == 1
    assert unnamed(page) == []
    assert prints(practice) == before


def test_in_the_practice_s_place_and_opened_without_asking_again(qtbot: QtBot, page: RestorePage, practice: Path):
    qtbot.waitUntil(lambda: page.manifest is not None)
    qtbot.keyClicks(page.secret.passphrase.line, PASSPHRASE)
    press(page, "restore_go")
    qtbot.waitUntil(lambda: page._open.isVisible())
    (aside,) = practice.glob("before-restore-*")
    assert str(aside) in page._aside.text()
    assert page.secret.secret() is None, "what was typed is let go of"
    with qtbot.waitSignal(page.open_asked) as asked:
        press(page, "restore_open")
    folder, secret = asked.args
    assert (folder, secret) == (practice, Secret(passphrase=PASSPHRASE))
    assert clients(open_with_secret(folder, secret)) == ["Ada"]
    assert clients(unlock(aside, PASSPHRASE)) == ["Ada", "Ben"]


def test_into_a_new_folder_the_practice_stays_as_it_is(qtbot: QtBot, page: RestorePage, practice: Path, tmp_path: Path):
    before = prints(practice)
    qtbot.waitUntil(lambda: page.manifest is not None)
    page.elsewhere.setChecked(True)
    page._on_folder_chosen(str(tmp_path))  # not empty: it gets a folder of its own
    assert page.target.parent == tmp_path
    assert str(page.target) in page._elsewhere_hint.text()
    qtbot.keyClicks(page.secret.passphrase.line, PASSPHRASE)
    qtbot.keyClick(page.secret.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page._open.isVisible())
    assert not page._aside.isVisible()
    assert prints(practice) == before
    assert clients(unlock(page.target, PASSPHRASE)) == ["Ada"]


def test_the_recovery_sheet_restores_too(qtbot: QtBot, page: RestorePage, practice: Path, code: list[str]):
    qtbot.waitUntil(lambda: page.manifest is not None)
    press(page, "restore_secret_other")
    qtbot.keyClicks(page.secret.code, code[0].lower())
    press(page, "restore_go")
    qtbot.waitUntil(lambda: page._open.isVisible())
    assert clients(unlock(practice, PASSPHRASE)) == ["Ada"]


@pytest.mark.parametrize("typed", ["", "wrong horse battery staple"])
def test_a_wrong_passphrase_leaves_all_as_it_is(qtbot: QtBot, page: RestorePage, practice: Path, typed: str):
    before = prints(practice)
    qtbot.waitUntil(lambda: page.manifest is not None)
    qtbot.keyClicks(page.secret.passphrase.line, typed)
    press(page, "restore_go")
    qtbot.waitUntil(lambda: page.bar.isVisible())
    assert ("does not open" if typed else "Type the passphrase") in page.bar.text()
    assert ("the passphrase of its day" in page.bar.text()) == bool(typed)
    assert page._go.isVisible()
    assert prints(practice) == before


def test_a_row_of_the_list_is_read_whole(qtbot: QtBot, page: RestorePage):
    qtbot.waitUntil(lambda: page.manifest is not None)
    words = page.known.item(0).text()
    assert words.endswith("1 client, 0 notes")
    wider = page.known.fontMetrics().horizontalAdvance(words.replace("1 client, 0 notes", "423 clients, 12415 notes"))
    assert wider < page.known.viewport().width() - 24  # its padding


def test_in_a_low_window_what_is_wrong_is_brought_into_sight(qtbot: QtBot, page: RestorePage):
    page.resize(900, 420)
    qtbot.waitUntil(lambda: page.manifest is not None)
    qtbot.keyClicks(page.secret.passphrase.line, "wrong horse battery staple")
    press(page, "restore_go")
    qtbot.waitUntil(lambda: page.bar.visibleRegion().boundingRect().height() == page.bar.height() > 0)


def test_stopped_half_way_nothing_is_changed(qtbot: QtBot, page: RestorePage, practice: Path):
    before = prints(practice)
    qtbot.waitUntil(lambda: page.manifest is not None)
    qtbot.keyClicks(page.secret.passphrase.line, PASSPHRASE)
    press(page, "restore_go")
    press(page, "restore_work_stop")
    qtbot.waitUntil(lambda: page.bar.isVisible())
    assert page.bar.text() == "Stopped. Nothing was changed."
    assert prints(practice) == before


def test_what_is_no_backup_or_a_damaged_one_is_said_at_once(qtbot: QtBot, page: RestorePage, practice: Path, backup: Path):
    qtbot.waitUntil(lambda: page.manifest is not None)
    page._on_file_chosen(str(practice / "practice.db"))
    qtbot.waitUntil(lambda: page.bar.isVisible())
    assert "is not a backup of IPT Desktop" in page.bar.text()
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)
    page._on_file_chosen(str(backup))
    qtbot.waitUntil(lambda: "is damaged" in page.bar.text())
    press(page, "restore_go")
    assert page.bar.text() == "Choose a backup first."


def test_from_the_first_page_of_an_empty_folder_into_it_and_on_into_the_practice(qtbot: QtBot, backup: Path, tmp_path: Path):
    window = MainWindow(tmp_path / "home", RealPractices(), Preferences())
    with qtbot.waitSignal(window.painted):
        window.show()
    try:
        qtbot.waitUntil(window.doors.start_page.isVisible)
        press(window, "start_restore")
        page = window.findChild(RestorePage)
        assert page is not None
        page._on_file_chosen(str(backup))
        qtbot.waitUntil(lambda: page.manifest is not None)
        qtbot.keyClicks(page.secret.passphrase.line, PASSPHRASE)
        press(page, "restore_go")
        qtbot.waitUntil(lambda: page._open.isVisible())
        with qtbot.waitSignal(window.opened):
            press(page, "restore_open")
        assert window.workspace is not None
        assert [client.name for client in window.workspace.desk.clients.clients()] == ["Ada"]
        assert window.workspace.desk.folder == tmp_path / "home"
        qtbot.waitUntil(lambda: window.findChild(RestorePage) is None)
    finally:
        window.close()


def test_the_way_back_leads_to_the_page_one_came_from(qtbot: QtBot, practice: Path):
    window = MainWindow(practice, RealPractices(), Preferences())
    with qtbot.waitSignal(window.painted):
        window.show()
    try:
        qtbot.waitUntil(window.doors.unlock_page.isVisible)
        press(window, "unlock_restore")
        page = window.findChild(RestorePage)
        assert page is not None
        qtbot.keyClicks(page.secret.passphrase.line, PASSPHRASE)
        press(page, "restore_back")
        qtbot.waitUntil(window.doors.unlock_page.isVisible)
        qtbot.waitUntil(lambda: window.findChild(RestorePage) is None)
    finally:
        window.close()
