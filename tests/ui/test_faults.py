"""What nobody caught is told in the window, without a value or a traceback, and the words typed stay."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.errors import RecordGone, SaveFailed
from ipt_desktop.domain.fault import fault_in_words
from tests.ui.fakes import TABS, FakeDesk, NotePage
from ui.faults import Faults, words_of
from ui.preferences import Preferences
from ui.workspace import Workspace

CLINICAL = "Marta said her husband left"


def fail() -> None:
    raise KeyError(CLINICAL)


def refuse() -> None:
    raise RecordGone(kind="session")


@pytest.fixture
def workspace(qtbot: QtBot, tmp_path: Path) -> Iterator[Workspace]:
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    made = Workspace(FakeDesk(tmp_path), Preferences(), window, TABS)  # type: ignore[arg-type]
    made.resize(1000, 600)
    window.show()
    yield made
    made.forget()


@pytest.fixture
def faults(qtbot: QtBot, workspace: Workspace) -> Iterator[Faults]:
    made = Faults(workspace)
    made.fell.connect(workspace.show_fault)
    with qtbot.captureExceptions():  # an error in a slot fails a test, unless it is meant
        made.listen()
        yield made
        made.stop()


def test_a_fault_in_a_slot_is_told_without_its_values(qtbot: QtBot, workspace: Workspace, faults: Faults):
    with qtbot.waitSignal(faults.fell):
        QTimer.singleShot(0, workspace, fail)
    said = workspace.bar.text()
    assert said.startswith("Something went wrong in the program")
    assert "What you typed stays on screen" in said
    assert "KeyError in test_faults.py:" in said
    assert CLINICAL not in said
    assert "Traceback" not in said


def test_what_was_foreseen_is_told_in_its_own_words(qtbot: QtBot, workspace: Workspace, faults: Faults):
    with qtbot.waitSignal(faults.fell):
        QTimer.singleShot(0, workspace, refuse)
    assert workspace.bar.text() == f"That could not be done {RecordGone(kind='session')}"


def test_a_fault_on_another_thread_is_told_in_the_windows(qtbot: QtBot, workspace: Workspace, faults: Faults):
    heard: list[threading.Thread] = []
    faults.fell.connect(lambda _error: heard.append(threading.current_thread()))
    with qtbot.waitSignal(faults.fell):
        other = threading.Thread(target=fail)
        faults._before_in_thread = lambda _failed: None  # pytest's own, which would make it a warning
        other.start()
    other.join()
    assert heard == [threading.main_thread()]
    assert "KeyError" in workspace.bar.text()


def test_it_never_hides_that_words_are_not_saved(qtbot: QtBot, workspace: Workspace, faults: Faults):
    assert workspace.show_tab("clients")
    page = workspace.page("clients")
    assert isinstance(page, NotePage)
    page.text.setPlainText("Saturday")
    page.disk_is_full = True
    assert not workspace.flush()
    before = workspace.bar.text()
    with qtbot.waitSignal(faults.fell):
        QTimer.singleShot(0, workspace, fail)
    assert workspace.bar.text() == before
    assert page.text.toPlainText() == "Saturday"


def test_a_page_that_fails_while_it_saves_is_told_without_its_values(workspace: Workspace, monkeypatch: pytest.MonkeyPatch):
    assert workspace.show_tab("clients")
    monkeypatch.setattr(NotePage, "flush", lambda _page: fail())
    assert not workspace.flush()
    assert "The last change could not be saved" in workspace.bar.text()
    assert CLINICAL not in workspace.bar.text()


def test_whoever_was_told_before_still_is_and_alone_afterwards(qtbot: QtBot, workspace: Workspace):
    told: list[str] = []
    before = sys.excepthook, threading.excepthook
    sys.excepthook = lambda kind, _error, _trace: told.append(kind.__name__)
    try:
        mine = sys.excepthook
        faults = Faults(workspace)
        faults.listen()
        with qtbot.waitSignal(faults.fell):
            QTimer.singleShot(0, workspace, fail)
        faults.stop()
        assert (told, sys.excepthook) == (["KeyError"], mine)
    finally:
        sys.excepthook, threading.excepthook = before


def test_the_place_of_a_fault_is_where_it_happened():
    with pytest.raises(KeyError) as failed:
        fail()
    assert fault_in_words(failed.value) == f"KeyError in test_faults.py:{fail.__code__.co_firstlineno + 1}"
    assert fault_in_words(ValueError(CLINICAL)) == "ValueError"
    assert words_of(SaveFailed(reason="the disk is full"))[1].startswith("Not saved yet: the disk is full")
