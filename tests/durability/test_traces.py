"""What a whole stay in the window leaves behind: no clinical word in clear, and a PDF only where it was saved."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDeadlineTimer, QThreadPool
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ipt_desktop.services.backups import Backups
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key, open_with_key
from tests.durability.proof import Proof
from tests.services.test_canary import ENCODINGS, KEY, PRACTICE, WORDS, in_clear, written
from ui.main_window import PROGRAM, MainWindow
from ui.opening import RealPractices
from ui.preferences import Preferences, preferences_file
from ui.settings.sections import ALL_SECTIONS
from ui.tabs import ALL_TABS
from ui.workspace import Workspace

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)  # of popups on no screen


class KeyedPractices(RealPractices):
    """Opens the practice with its plain key, which is quick."""

    def demo(self, folder: Path) -> Desk:
        return Desk(open_with_key(folder, KEY))


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give whoever asks the system for temporary files a folder that can be looked through."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)  # it is asked for once and remembered
    return folder


def settle() -> None:
    """Let what is under way on other threads come back."""
    QThreadPool.globalInstance().waitForDone(QDeadlineTimer(30_000))
    QApplication.processEvents()


def pdfs_in(*folders: Path) -> list[Path]:
    files = (file for folder in folders for file in folder.rglob("*") if file.is_file())
    return sorted(file for file in files if b"%PDF-" in file.read_bytes())


def watch_titles(window: MainWindow) -> list[str]:
    """Note every title that the window shows to the desktop from now on."""
    titles = [window.windowTitle()]
    window.windowTitleChanged.connect(titles.append)
    return titles


def see_everything(workspace: Workspace, qtbot: QtBot, pdf: Path) -> None:
    """Go to each tab with the client chosen, save the summary, and look at each section of the settings."""
    (client,) = workspace.desk.clients.clients()
    (course,) = workspace.desk.courses.courses(client.id)
    assert workspace.choose_client(client.id, course.id)
    for tab in ALL_TABS:
        assert workspace.show_tab(tab.key)
        settle()
    page: Any = workspace.page("reports")
    qtbot.waitUntil(lambda: page._proof is not None, timeout=30_000)
    page.save_to(pdf)
    qtbot.waitUntil(pdf.exists, timeout=30_000)
    for place in ALL_SECTIONS:
        assert workspace.show_settings(place.key)
        settle()


@pytest.mark.proof
def test_a_stay_in_the_window_leaves_no_word_and_one_pdf(
    tmp_path: Path,
    temporary: Path,
    home: Path,
    qtbot: QtBot,
    capfd: pytest.CaptureFixture[str],
    proof: Proof,
):
    practice, saved, kept = tmp_path / "practice", tmp_path / "saved", tmp_path / "backups"
    saved.mkdir()
    kept.mkdir()
    desk = Desk(create_with_key(practice, KEY, PRACTICE))
    written(desk)
    desk.close()
    window = MainWindow(practice, KeyedPractices(), Preferences(), is_demo=True)
    qtbot.addWidget(window)
    titles = watch_titles(window)
    window.show()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=30_000)
    assert window.workspace is not None
    see_everything(window.workspace, qtbot, saved / "summary.pdf")
    while_open = in_clear(practice, temporary, home)
    window.cover()
    assert window.windowTitle() == PROGRAM
    window.uncover()
    assert window.lock()
    assert window.windowTitle() == PROGRAM
    assert in_clear(practice, temporary, home) == []
    window.doors.open_demo()
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=30_000)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=30_000)
    assert while_open == in_clear(practice, temporary, home) == []
    assert set(titles) == {PROGRAM, f"{PRACTICE} – {PROGRAM}"}
    assert pdfs_in(practice, temporary, home) == []
    assert pdfs_in(saved) == [saved / "summary.pdf"]
    assert json.loads(preferences_file().read_text(encoding="utf-8"))["geometry"]  # it was scanned with the rest of the home
    assert preferences_file().is_relative_to(home)
    spoken = "".join(capfd.readouterr())
    assert [word for word in WORDS if word in spoken] == []
    vault = open_with_key(practice, KEY)
    Backups(vault).make(kept)
    Backups(vault).prove(kept)
    vault.close()
    assert list(kept.iterdir()) != []
    assert in_clear(kept, practice, temporary, home) == []
    proof.tell(
        "words in clear",
        f"{len(WORDS)} words in {', '.join(ENCODINGS)}: data, private notes, temporary files, settings, the terminal, "
        "a backup; during a stay in the window, locked, and after it",
        "none; no PDF but the one that was saved; no title names more than the practice",
    )


def test_the_scan_finds_a_pdf_and_a_word_in_the_settings(home: Path):
    preferences_file().parent.mkdir(parents=True)
    preferences_file().write_text(json.dumps({"last": WORDS[0]}), encoding="utf-8")
    (home / "preview.tmp").write_bytes(b"\n%PDF-1.7 and so on")
    assert in_clear(home) == [f"window.json: {WORDS[0]} (JSON)"]
    assert pdfs_in(home) == [home / "preview.tmp"]
