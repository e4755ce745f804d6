"""After the lock no widget, document, model, undo step or clipboard holds a word of the practice: all are looked through."""

import weakref
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtGui import QClipboard, QGuiApplication, QTextDocument
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain import records as r
from ipt_desktop.domain.session_records import RiskEntry
from ipt_desktop.services import keys
from ipt_desktop.services.demo import fill_with_demo
from ipt_desktop.services.vault import create_practice
from ipt_desktop.storage.store import Store, Writing
from tests.services.quick_stretching import QuickStretching
from tests.ui.fakes import PASSPHRASE
from tests.ui.lock.conftest import Opening
from tests.ui.lock.remains import in_memory, let_go, where
from ui.main_window import MainWindow
from ui.reports.page import ReportsPage
from ui.settings.page import SettingsPage
from ui.settings.sections import ALL_SECTIONS
from ui.tabs import ALL_TABS
from ui.widgets.date_field import DateField
from ui.workspace import Workspace

WORD = "quellwort"


def marked(value: Any) -> Any:
    """Put the word into every sentence of an answer."""
    if isinstance(value, dict):
        return {key: marked(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [marked(each) for each in value]
    return f"{value} {WORD}" if isinstance(value, str) and " " in value.strip() else value


def fill(store: Store) -> None:
    """Fill the practice like the demo, with the word in every name and text."""
    fill_with_demo(store, date.today())

    def work(writing: Writing) -> None:
        for client in writing.all(r.Client):
            texts = {
                each.name: f"{getattr(client, each.name)} {WORD}"
                for each in fields(client)
                if each.type in ("str", str) and each.name not in ("id", "initials")
            }
            writing.update(replace(client, **texts))
        for person in writing.all(r.Person):
            writing.update(replace(person, name=f"{person.name} {WORD}"))
        for change in writing.all(r.PhaseChange):
            writing.update(replace(change, reason=f"Because of {WORD}"))
        for entry in writing.all(RiskEntry):
            writing.update(replace(entry, words=f"{WORD} {entry.words}", means=WORD))
        for document in writing.all(r.Document):
            writing.update(replace(document, answers=marked(dict(document.answers))))

    store.write(work)


@pytest.fixture
def window(open_window: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    monkeypatch.setattr(keys, "Argon2id", QuickStretching)
    create_practice(tmp_path / "practice", PASSPHRASE, "Willow Lane Practice", fill=fill).close()
    return open_window(ALL_TABS)


def settle() -> None:
    for _round in range(4):
        QThreadPool.globalInstance().waitForDone()
        QApplication.processEvents()


def lines(page: QWidget) -> list[QWidget]:
    """Return every field in sight that takes letters."""
    found = [*page.findChildren(QLineEdit), *page.findChildren(QTextEdit), *page.findChildren(QPlainTextEdit)]
    return [
        each
        for each in found
        if each.isVisible()
        and each.isEnabled()
        and not each.isReadOnly()
        and not isinstance(each, DateField)
        and not isinstance(each.parentWidget(), QAbstractSpinBox | DateField)
    ]


def full_client(workspace: Workspace) -> str:
    """Return the id of a client in the middle phase."""
    standings = workspace.desk.clients.overview(date.today())
    return max(standings, key=lambda each: (each.phase_key == "middle", len(each.areas))).client.id


def write_everywhere(qtbot: QtBot, workspace: Workspace) -> None:
    """Look at each tab with a client who fills it, and type the word into whatever takes it."""
    standing = max(
        workspace.desk.clients.overview(date.today()), key=lambda each: (each.phase_key == "middle", len(each.areas))
    )
    for tab in workspace.tabs:
        assert workspace.choose_client(standing.client.id)
        assert workspace.show_tab(tab.key)
        settle()
        page = workspace.page(tab.key)
        assert page is not None
        write_in(qtbot, page)


def write_in(qtbot: QtBot, page: QWidget) -> None:
    """Type the word into whatever takes it."""
    for place, line in enumerate(lines(page)[:8]):
        if line.isVisible():
            qtbot.keyClicks(line, f" {WORD}{place}")
    settle()


def open_person(qtbot: QtBot, workspace: Workspace) -> None:
    """Add someone to the circle and open their panel; the verb is on the undo stack."""
    assert workspace.show_tab("circle")
    settle()
    add = workspace.findChild(QLineEdit, "circle_add")
    assert add is not None
    add.clear()
    qtbot.keyClicks(add, f"Aunt {WORD}")
    qtbot.keyClick(add, Qt.Key.Key_Return)
    settle()
    assert workspace.undo_stack().count() > 0


def open_risk_entries(qtbot: QtBot, workspace: Workspace) -> None:
    """Look at the risk entries by way of the strip, and write in one; the verb is on the undo stack."""
    workspace.strip.risk_asked.emit()
    settle()
    plan = workspace.findChild(QLineEdit, "risk_plan")
    assert plan is not None
    assert plan.isVisible()
    plan.setFocus()
    qtbot.keyClicks(plan, f"none of {WORD}")


def open_private_page(qtbot: QtBot, window: MainWindow) -> None:
    """Write on the private page beside the note."""
    assert window.workspace is not None
    assert window.workspace.show_tab("sessions")
    window.menus.action("private_page").trigger()
    settle()
    page = window.workspace.page("sessions")
    assert page is not None
    write_in(qtbot, page)


def open_settings(qtbot: QtBot, workspace: Workspace) -> None:
    """Look at every section and type into whatever takes it."""
    for place in ALL_SECTIONS:
        assert workspace.show_settings(place.key)
        settle()
        settings = workspace.findChild(SettingsPage)
        assert settings is not None
        write_in(qtbot, settings)


def test_nothing_is_left_anywhere(qtbot: QtBot, window: MainWindow):
    workspace = window.workspace
    assert workspace is not None
    write_everywhere(qtbot, workspace)
    open_risk_entries(qtbot, workspace)
    workspace.start_session()
    settle()
    open_person(qtbot, workspace)
    open_private_page(qtbot, window)
    open_settings(qtbot, workspace)
    workspace.say("Not done", f"About {WORD}")
    QGuiApplication.clipboard().setText(f"About {WORD}")
    workspace.ask_again.field.line.setText(WORD)
    eyes = {each.split(":")[-1].strip() for each in where(WORD)}
    expected = {"plainText", "text", "model", "document", "accessibleName", "undo", "Clipboard"}
    assert eyes >= expected, "the search has eyes"
    assert len(in_memory(WORD, known=(globals(),))) > 10, "and looks inside"
    gone = weakref.ref(workspace)
    del workspace
    assert window.lock()
    let_go()
    assert gone() is None
    assert where(WORD) == set()
    assert in_memory(WORD, known=(globals(),)) == set()
    assert window.doors.unlock_page.isVisible()


def set_a_report(qtbot: QtBot, workspace: Workspace) -> None:
    """Turn to the reports, and come back while one is being set."""
    assert workspace.choose_client(full_client(workspace))
    assert workspace.show_tab("reports")
    page = workspace.page("reports")
    assert isinstance(page, ReportsPage)
    qtbot.waitUntil(lambda: page.typesetter._is_running)


def test_a_report_that_is_being_set_is_let_go_of(qtbot: QtBot, window: MainWindow):
    assert window.workspace is not None
    set_a_report(qtbot, window.workspace)
    assert window.lock()
    settle()
    let_go()
    assert where(WORD) == set()
    assert in_memory(WORD, known=(globals(),)) == set()
    assert not window.doors.unlock_page.bar.isVisible(), "nobody is told of a read that came too late"


def test_what_was_copied_is_taken_back(qtbot: QtBot, window: MainWindow):
    clipboard = QGuiApplication.clipboard()
    edit = QTextEdit(window.workspace)
    edit.setPlainText(f"About {WORD}")
    edit.selectAll()
    edit.copy()
    assert clipboard.text() == f"About {WORD}"
    assert window.lock()
    assert clipboard.text() == ""


def test_what_another_program_put_there_since_stays(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch):
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(f"About {WORD}")
    monkeypatch.setattr("ui.lock.clipboard.OwnCopies._is_ours", lambda _copies, _mode: False)  # as another's change is told
    clipboard.setText("A shopping list")
    assert window.lock()
    assert clipboard.text() == "A shopping list"
    clipboard.clear(QClipboard.Mode.Clipboard)


def test_a_document_held_by_nothing_else_would_be_found(qapp: QApplication):
    let_go()  # of what the test before left
    kept = QTextDocument(f"About {WORD}")
    assert where(WORD) == {"QTextDocument: document"}
    del kept
    let_go()
    assert where(WORD) == set()
