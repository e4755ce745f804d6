"""Out of a damaged practice into a new one, on really damaged files: what is lost is listed, and no byte of them changes."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain import records as r
from ipt_desktop.services import keys
from ipt_desktop.services.vault import create_practice
from ipt_desktop.storage.engine import Access, connect
from tests.services.quick_stretching import QuickStretching
from tests.ui.naming import unnamed
from ui.main_window import MainWindow
from ui.opening import RealPractices
from ui.preferences import Preferences
from ui.restore.restore_page import RestorePage
from ui.restore.salvage_page import SalvagePage

PASSPHRASE = "correct horse battery staple"  # noqa: S105 - a test's own
PAGE = 4096
CLIENTS, NOTES = 5, 40


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "Argon2id", QuickStretching)


@pytest.fixture
def code() -> list[str]:
    return []


@pytest.fixture
def key() -> list[bytes]:
    return []


@pytest.fixture
def practice(tmp_path: Path, code: list[str], key: list[bytes]) -> Path:
    vault = create_practice(tmp_path / "practice", PASSPHRASE, "Quiet Street")
    code.append(vault.recovery_code or "")
    key.append(vault.store.key)
    for number in range(CLIENTS):
        vault.store.write(lambda writing, number=number: writing.insert(r.Client(id=f"client {number}", name="Ada")))
    for number in range(NOTES):
        note = r.Document(
            id=f"note {number}",
            client_id=f"client {number % CLIENTS}",
            form="f",
            purpose="progress_note",
            answers={"text": f"{number} " + "words " * 400},
        )
        vault.store.write(lambda writing, note=note: writing.insert(note))
    vault.close()
    return tmp_path / "practice"


def flip(practice: Path, page: int) -> None:
    """Turn one bit over in a page, counted from 1."""
    content = bytearray((practice / "practice.db").read_bytes())
    content[(page - 1) * PAGE + 100] ^= 1
    (practice / "practice.db").write_bytes(content)


def root_page(practice: Path, key: bytes, name: str) -> int:
    raw = connect(practice / "practice.db", key, Access.LOOK)
    page = int(raw.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0])
    raw.close()
    return page


def prints(folder: Path) -> dict[str, str]:
    return {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in sorted(folder.iterdir()) if each.is_file()}


def press(page: QWidget, name: str) -> None:
    button = page.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    button.click()


@pytest.fixture
def show(qtbot: QtBot, practice: Path) -> Callable[[], SalvagePage]:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(900, 900)

    def made() -> SalvagePage:
        page = SalvagePage(practice, holder)
        page.resize(900, 900)
        holder.show()
        page.show()
        return page

    return made


def lines_of(page: SalvagePage) -> list[str]:
    return [page.lost.item(row).text() for row in range(page.lost.count())]


def test_what_is_lost_is_listed_and_can_be_kept(
    qtbot: QtBot, show: Callable[[], SalvagePage], practice: Path, key: list[bytes], tmp_path: Path
):
    flip(practice, root_page(practice, key[0], "client"))
    before = prints(practice)
    page = show()
    assert unnamed(page) == []
    assert page.target.parent == tmp_path
    qtbot.keyClicks(page.secret.passphrase.line, PASSPHRASE)
    press(page, "salvage_go")
    qtbot.waitUntil(lambda: page._open.isVisible())
    assert "40 notes and forms" in page._result.text()
    assert "5 of 5 clients cannot be read" in lines_of(page)
    assert any("5 clients are called “Recovered client”" in line for line in lines_of(page))
    assert str(page.target) in page._where.text()
    assert prints(practice) == before
    page.keep_list(str(tmp_path / "list.txt"))
    kept = (tmp_path / "list.txt").read_text()
    assert "- 5 of 5 clients cannot be read" in kept
    assert "Ada" not in kept
    page.keep_list(str(tmp_path / "nowhere" / "list.txt"))
    assert "could not be written" in page.bar.text()


def test_the_sheet_saves_where_even_the_header_is_gone(
    qtbot: QtBot, show: Callable[[], SalvagePage], practice: Path, code: list[str]
):
    (practice / "header.json").unlink()
    page = show()
    press(page, "salvage_secret_other")
    qtbot.keyClicks(page.secret.code, code[0])
    press(page, "salvage_go")
    qtbot.waitUntil(lambda: page._open.isVisible())
    assert "5 clients" in page._result.text()
    assert "Nothing was found lost" in page._result.text()


def test_a_wrong_passphrase_or_a_stop_leaves_nothing(qtbot: QtBot, show: Callable[[], SalvagePage], practice: Path):
    before = prints(practice)
    page = show()
    qtbot.keyClicks(page.secret.passphrase.line, "wrong horse battery staple")
    press(page, "salvage_go")
    qtbot.waitUntil(lambda: page.bar.isVisible())
    assert "does not open" in page.bar.text()
    page.secret.forget()
    qtbot.keyClicks(page.secret.passphrase.line, PASSPHRASE)
    press(page, "salvage_go")
    press(page, "salvage_work_stop")
    qtbot.waitUntil(lambda: page.bar.isVisible())
    assert page.bar.text() == "Stopped. Nothing was changed."
    assert not page.target.exists()
    assert prints(practice) == before


def test_where_nothing_can_be_read_that_is_said(qtbot: QtBot, show: Callable[[], SalvagePage], practice: Path):
    flip(practice, 1)
    page = show()
    qtbot.keyClicks(page.secret.passphrase.line, PASSPHRASE)
    press(page, "salvage_go")
    qtbot.waitUntil(lambda: page.bar.isVisible())
    assert "damaged" in page.bar.text()
    assert not page.target.exists()


@pytest.mark.parametrize("how", ["cut short", "no schema", "no header"])
def test_a_practice_that_cannot_be_opened_leads_to_both_ways_back(qtbot: QtBot, practice: Path, how: str):
    database = practice / "practice.db"
    if how == "cut short":
        database.write_bytes(database.read_bytes()[:-5000])
    elif how == "no schema":
        flip(practice, 1)
    else:
        (practice / "header.json").write_bytes(b"{}")
    before = prints(practice)
    window = MainWindow(practice, RealPractices(), Preferences())
    with qtbot.waitSignal(window.painted):
        window.show()
    try:
        page = window.doors.unlock_page
        qtbot.waitUntil(page.isVisible)
        qtbot.keyClicks(page.field.line, PASSPHRASE)
        press(page, "unlock")
        qtbot.waitUntil(lambda: page.bar.isVisible())
        assert "damaged" in page.bar.text()
        press(page, "damage_restore")
        qtbot.waitUntil(lambda: window.findChild(RestorePage) is not None)
        press(window, "restore_back")
        qtbot.waitUntil(page.isVisible)
        qtbot.waitUntil(lambda: window.findChild(RestorePage) is None)
        assert page.field.text() == "", "what was typed is let go of"
        qtbot.keyClicks(page.field.line, PASSPHRASE)
        press(page, "unlock")
        qtbot.waitUntil(lambda: page.bar.isVisible())
        if how == "no header":  # the sheet opens what is else whole
            window.doors.salvage_asked.emit()
        else:
            press(page, "damage_salvage")
        found = window.findChild(SalvagePage)
        assert found is not None
        qtbot.waitUntil(found.isVisible)
    finally:
        window.close()
    assert {name: mark for name, mark in prints(practice).items() if name != "practice.lock"} == {
        name: mark for name, mark in before.items() if name != "practice.lock"
    }


def test_what_is_saved_opens_without_asking_again(qtbot: QtBot, practice: Path, key: list[bytes]):
    page_number = root_page(practice, key[0], "document")
    content = (practice / "practice.db").read_bytes()
    (practice / "practice.db").write_bytes(content[: -PAGE * 3])
    assert page_number
    window = MainWindow(practice, RealPractices(), Preferences())
    with qtbot.waitSignal(window.painted):
        window.show()
    try:
        qtbot.waitUntil(window.doors.unlock_page.isVisible)
        window.doors.salvage_asked.emit()
        page = window.findChild(SalvagePage)
        assert page is not None
        qtbot.keyClicks(page.secret.passphrase.line, PASSPHRASE)
        press(page, "salvage_go")
        qtbot.waitUntil(lambda: page._open.isVisible())
        assert lines_of(page)
        target = page.target
        with qtbot.waitSignal(window.opened):
            press(page, "salvage_open")
        assert window.workspace is not None
        assert window.workspace.desk.folder == target
        assert len(window.workspace.desk.clients.clients()) == CLIENTS
    finally:
        window.close()
