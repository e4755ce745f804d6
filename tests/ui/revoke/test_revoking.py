"""A new key from the window: the practice is closed, is as it was until a group of the new sheet is typed, and opens again."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, QEvent, QThreadPool
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import AuditEntry, Client
from ipt_desktop.services import access, keys, revocation, vault
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.recovery_code import code_of, groups_of
from tests.services.quick_stretching import QuickStretching
from ui.main_window import MainWindow
from ui.opening import RealPractices
from ui.preferences import Preferences
from ui.revoke.revoke_page import RevokePage
from ui.settings.opening_section import OpeningSection
from ui.workspace import Workspace

ROOT = Path(__file__).parents[3]
PASSPHRASE, OWN = "correct horse battery", "kept apart for good"
NEW = bytes(range(32, 64))
LONG = 30_000


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "Argon2id", QuickStretching)
    monkeypatch.setattr(keys, "new_root", lambda: NEW)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Make a practice with a client; return its folder and the code of its sheet."""
    folder = tmp_path_factory.mktemp("made") / "practice"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "Argon2id", QuickStretching)
        desk = Desk(vault.create_practice(folder, PASSPHRASE, "Quiet Street"))
        code = desk.vault.recovery_code
        desk.clients.add_client(Client(name="Marta Lindqvist"))
        desk.close()
    assert code is not None
    return folder, code


@pytest.fixture
def folder(made: tuple[Path, str], tmp_path: Path) -> Path:
    return Path(shutil.copytree(made[0], tmp_path / "practice"))


@pytest.fixture
def window(folder: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(folder, RealPractices(), Preferences())  # not qtbot's, which deletes it before its backup is made
    made.show()
    qtbot.waitUntil(lambda: made.doors.unlock_page.isVisible(), timeout=LONG)
    made.doors.unlock_page.field.line.setText(PASSPHRASE)
    press(made, "unlock")
    workspace_of(made, qtbot)
    yield made
    close(made, qtbot)
    made.deleteLater()
    QApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete)
    QThreadPool.globalInstance().waitForDone(QDeadlineTimer(LONG))


def workspace_of(window: MainWindow, qtbot: QtBot) -> Workspace:
    """Wait until the practice is open."""
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=LONG)
    assert window.workspace is not None
    return window.workspace


def close(window: MainWindow, qtbot: QtBot) -> None:
    """Close the window; a backup may be made before it goes."""
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=LONG)


def press(window: MainWindow, name: str) -> None:
    button = window.findChild(QPushButton, name)
    assert button is not None
    button.click()


def ask(window: MainWindow, qtbot: QtBot, *, own: str = "") -> None:
    """Ask in the settings for a new key."""
    assert window.workspace is not None
    assert window.workspace.show_settings("opening")
    section = window.findChild(OpeningSection)
    section.recovery.unfold()
    section.recovery.field.line.setText(PASSPHRASE)
    section.recovery.submit()
    if own:
        qtbot.waitUntil(section.recovery.private.isVisible, timeout=LONG)
        section.recovery.private.line.setText(own)
        section.recovery.submit()


def page_of(window: MainWindow) -> RevokePage:
    page = window.findChild(RevokePage, "revoke_page")
    assert page is not None
    return page


def until_sheet(window: MainWindow, qtbot: QtBot) -> RevokePage:
    """Wait until the new sheet is shown."""
    qtbot.waitUntil(lambda: window.findChild(QLineEdit, "recovery_group") is not None, timeout=LONG)
    return page_of(window)


def confirm(page: RevokePage) -> None:
    """Type a group of the new sheet back."""
    assert page.sheet is not None
    page.sheet.field.setText(groups_of(code_of(NEW))[page.sheet.group - 1])
    page.sheet._on_confirm()


def prints(folder: Path) -> dict[str, str]:
    files = [file for file in sorted(folder.iterdir()) if file.is_file() and file.name not in ("practice.lock",)]
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def clients_with(folder: Path, code: str) -> list[str]:
    desk = Desk(vault.open_with_code(folder, code))
    names = [each.name for each in desk.clients.clients()]
    desk.close()
    return names


def test_the_new_sheet_confirmed_the_practice_opens_again_with_a_new_key(window: MainWindow, folder: Path, qtbot: QtBot):
    ask(window, qtbot)
    page = until_sheet(window, qtbot)
    assert window.workspace is None
    assert not window.menuBar().isVisible()
    assert window.windowTitle() == "IPT Desktop"
    page.sheet.field.setText("0000")
    page.sheet._on_confirm()
    assert page.sheet.error.text()
    page.sheet.save_to(str(folder.with_name("sheet.pdf")))
    confirm(page)
    workspace = workspace_of(window, qtbot)
    workspace.desk.store.write(lambda writing: None)
    (saved,) = [each for each in workspace.desk.audit.entries() if each.operation == "report_saved"]
    assert saved.detail == {"report": "recovery-sheet", "pages": 1}, "it was saved while no practice was open"
    assert "new recovery sheet are in force" in workspace.bar.text()
    assert workspace.desk.vault.practice_id == keys.practice_id_of(NEW)
    assert workspace.desk.settings.values().has_recovery_sheet
    with workspace.desk.store.read() as reading:
        assert len(reading.all(AuditEntry, operation="revoke")) == 1
    assert workspace.show_settings("opening")
    said = workspace.findChild(QLabel, "recovery_standing").text()
    assert said.startswith("The sheet in force was confirmed on ")
    close(window, qtbot)
    assert clients_with(folder, code_of(NEW)) == ["Marta Lindqvist"]


def test_the_sheet_is_made_where_the_pool_has_one_thread_only(window: MainWindow, qtbot: QtBot):
    """As on a computer with one core: whoever waits for the sheet must not be in its way."""
    pool = QThreadPool.globalInstance()
    threads = pool.maxThreadCount()
    pool.setMaxThreadCount(1)
    try:
        ask(window, qtbot)
        page = until_sheet(window, qtbot)
        assert page.sheet is not None
        preview = page.sheet.preview
        qtbot.waitUntil(lambda: bool(preview.pages), timeout=LONG)
        press(window, "recovery_stop")
        workspace_of(window, qtbot)
    finally:
        pool.setMaxThreadCount(threads)


def test_stopped_at_the_sheet_everything_is_as_it_was(window: MainWindow, folder: Path, made: tuple[Path, str], qtbot: QtBot):
    ask(window, qtbot)
    page = until_sheet(window, qtbot)
    before = {name: found for name, found in prints(folder).items() if ".next" not in name}
    press(window, "recovery_stop")
    assert page.sheet is None
    workspace = workspace_of(window, qtbot)
    assert "there is no new key" in workspace.bar.text()
    assert [each.name for each in workspace.desk.clients.clients()] == ["Marta Lindqvist"]
    assert not workspace.desk.settings.values().has_recovery_sheet
    assert prints(folder)["header.json"] == before["header.json"]
    assert not list(folder.glob("*.next*"))
    close(window, qtbot)
    assert clients_with(folder, made[1]) == ["Marta Lindqvist"]


def test_private_notes_of_their_own_need_theirs(window: MainWindow, folder: Path, qtbot: QtBot):
    assert window.workspace is not None
    access.change_private_passphrase(window.workspace.desk.vault, PASSPHRASE, OWN)
    ask(window, qtbot, own=OWN)
    confirm(until_sheet(window, qtbot))
    workspace = workspace_of(window, qtbot)
    assert not access.opens_private_along(workspace.desk.vault, PASSPHRASE)
    access.require_private_passphrase(workspace.desk.vault, OWN)


def test_a_full_disk_is_told_on_the_locked_page_and_the_practice_is_as_before(
    window: MainWindow, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    def full(*_anything: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(revocation, "put_on_disk", full)
    header = (folder / "header.json").read_bytes()
    ask(window, qtbot)
    qtbot.waitUntil(lambda: window.workspace is None and window.doors.unlock_page.isVisible(), timeout=LONG)
    assert "No space left on device" in window.doors.unlock_page.bar.text()
    assert (folder / "header.json").read_bytes() == header
    assert not list(folder.glob("*.next*"))
    window.doors.unlock_page.field.line.setText(PASSPHRASE)
    press(window, "unlock")
    workspace = workspace_of(window, qtbot)
    assert "key" not in workspace.bar.text()


def test_the_window_closed_at_the_sheet_stops_it_first(window: MainWindow, folder: Path, made: tuple[Path, str], qtbot: QtBot):
    ask(window, qtbot)
    until_sheet(window, qtbot)
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=LONG)
    assert window.workspace is None
    assert not list(folder.glob("*.next*"))
    assert clients_with(folder, made[1]) == ["Marta Lindqvist"]


# The window, killed while the new sheet is on it, or when the new key has just been put in place.
KILLED = """
import os, signal, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ipt_desktop.services import keys, revocation
from ipt_desktop.services.desk import Desk
from tests.services.quick_stretching import make_quick
from ui.main_window import MainWindow
from ui.opening import RealPractices
from ui.preferences import Preferences
from tests.ui.revoke import test_revoking as t

make_quick()
keys.new_root = lambda: t.NEW
app = QApplication([])
folder, moment = Path(sys.argv[1]), sys.argv[2]

def die(*_anything):
    print(moment, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

if moment == "after":
    revocation.finish_revocation = lambda folder: die() if list(folder.glob("*.next")) else None

class Bot:
    def waitUntil(self, is_so, timeout):
        while not is_so():
            app.processEvents()

bot = Bot()
window = MainWindow(folder, RealPractices(), Preferences())
window.show()
bot.waitUntil(lambda: window.doors.unlock_page.isVisible(), 0)
window.doors.unlock_again(t.PASSPHRASE, "")
t.workspace_of(window, bot)
t.ask(window, bot)
page = t.until_sheet(window, bot)
if moment == "sheet":
    die()
t.confirm(page)
t.workspace_of(window, bot)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
@pytest.mark.parametrize("moment", ["sheet", "after"])
def test_killed_with_the_window_open_exactly_one_sheet_opens_it(
    folder: Path, made: tuple[Path, str], moment: str, monkeypatch: pytest.MonkeyPatch
):
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder), moment], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (-9, moment), done.stderr
    right, wrong = (made[1], code_of(NEW)) if moment == "sheet" else (code_of(NEW), made[1])
    with pytest.raises(vault.RecoveryCodeWrong):
        vault.open_with_code(folder, wrong)
    assert clients_with(folder, right) == ["Marta Lindqvist"]
    desk = Desk(vault.unlock(folder, PASSPHRASE))
    assert [each.name for each in desk.clients.clients()] == ["Marta Lindqvist"]
    desk.close()
