"""The audit trail in the settings: found, scrolled through, looked through, saved."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.audit_words import Act
from ipt_desktop.services.audit import PAGE
from tests.ui.practice_room import Room, RoomFrame, open_room
from ui.audit.section import AuditSection
from ui.audit.trail_table import CLIENT, NUMBER, RECORD, WHAT, WHEN, WHO


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as opened:
        yield opened


@pytest.fixture
def frame(room: Room) -> RoomFrame:
    return room.frame()


@pytest.fixture
def section(qtbot: QtBot, room: Room, frame: RoomFrame) -> Iterator[AuditSection]:
    qtbot.addWidget(frame)
    made = AuditSection(room.desk, frame, frame)
    QVBoxLayout(frame).addWidget(made)
    frame.resize(740, 600)
    frame.show()
    yield made
    made.forget()


def show(qtbot: QtBot, section: AuditSection) -> None:
    """Let the section read what is there."""
    section.desk.store.write(lambda writing: None)
    section.refresh()
    settle(qtbot, section)


def settle(qtbot: QtBot, section: AuditSection) -> None:
    qtbot.waitUntil(lambda: section._task is None)


def column(section: AuditSection, number: int) -> list[str]:
    trail = section.table.trail
    return [trail.index(row, number).data() for row in range(trail.rowCount())]


def press(parent: QWidget, name: str) -> None:
    button = parent.findChild(QPushButton, name)
    assert button is not None
    button.click()


def test_the_newest_stand_on_top_in_words(qtbot: QtBot, room: Room, section: AuditSection):
    client = room.client()
    room.course(client)
    room.desk.audit.note_viewed(client.id, "circle")
    show(qtbot, section)
    assert column(section, WHAT) == ["Page looked at · Circle", "Course of treatment begun", "Client added", "Practice made"]
    assert column(section, CLIENT) == [client.name] * 3 + [""]
    assert column(section, RECORD) == ["Client", "Course 1", "Client", "Practice"]
    assert all(column(section, WHO))
    assert column(section, NUMBER) == ["4", "3", "2", "1"], "as the words about a broken chain name them"
    assert str(date.today().year) in column(section, WHEN)[0]
    QAbstractItemModelTester(section.table.trail, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_it_says_initials_where_names_are_not_to_be_seen(qtbot: QtBot, room: Room, frame: RoomFrame, section: AuditSection):
    room.client("Marta Lindqvist")
    frame.has_initials = True
    show(qtbot, section)
    assert column(section, CLIENT)[0] == "M"
    assert "Marta" not in section.filter.client.itemText(1)


def test_it_is_filtered_by_client_act_and_days(qtbot: QtBot, room: Room, section: AuditSection):
    marta, other = room.client(), room.client("Other")
    room.desk.audit.note_opened(other.id)
    show(qtbot, section)
    section.filter.client.setCurrentIndex(section.filter.client.findText(other.name))
    settle(qtbot, section)
    assert column(section, WHAT) == ["Client opened", "Client added"]
    section.filter.act.setCurrentIndex(list(Act).index(Act.SEEN) + 1)
    settle(qtbot, section)
    assert column(section, WHAT) == ["Client opened"]
    section.filter.first.show_day(date.today() + timedelta(days=1))
    section.filter.first.editingFinished.emit()
    settle(qtbot, section)
    assert column(section, WHAT) == []
    assert section._stack.currentWidget().objectName() == "trail_empty"
    assert marta.name not in section.filter.in_words()
    assert section.filter.in_words().startswith("Other · Looked at · from ")


def test_a_day_that_cannot_be_read_is_told_and_asks_for_nothing(qtbot: QtBot, room: Room, section: AuditSection):
    room.client()
    show(qtbot, section)
    section.filter.first.setText("the day before")
    section.filter.first.editingFinished.emit()
    error = section.filter.findChild(QLabel, "trail_error_words")
    assert error is not None
    assert error.text()
    assert len(column(section, WHAT)) == 2


def test_more_come_as_they_are_scrolled_to(qtbot: QtBot, room: Room, section: AuditSection):
    client = room.client()
    for _turn in range(PAGE + 30):
        room.desk.audit.note_opened(client.id)
    show(qtbot, section)
    assert section.table.trail.rowCount() == PAGE
    bar = section.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: section.table.trail.rowCount() == PAGE + 32)
    assert column(section, WHAT)[-1] == "Practice made"
    bar.setValue(bar.maximum())
    assert section._task is None, "there is no more"


def test_the_chain_is_looked_through(qtbot: QtBot, room: Room, section: AuditSection):
    room.client()
    show(qtbot, section)
    with qtbot.waitSignal(section.verify.ended):
        press(section, "verify_chain")
    assert section.bar.title() == "The audit trail is sound"
    settle(qtbot, section)
    assert column(section, WHAT)[0] == "Audit trail looked through · entries: 2; broken places: 0"


def test_a_chain_that_was_changed_is_told_as_a_fault(qtbot: QtBot, room: Room, section: AuditSection):
    client = room.client()

    def tamper(writing: object) -> None:
        run = writing._connection.exec_driver_sql  # type: ignore[attr-defined]
        run("DROP TRIGGER audit_entry_is_never_removed")
        run("DELETE FROM audit_entry WHERE record_id = ?", (client.id,))

    room.desk.store.write(tamper)
    with qtbot.waitSignal(section.verify.ended):
        press(section, "verify_chain")
    assert (section.bar.title(), section.bar.property("tone")) == ("The audit trail was changed", "danger")
    words = section.bar.findChild(QLabel, "trail_bar_words")
    assert words is not None
    assert "Entry 2 is missing." in words.text()


def test_it_is_saved_as_pages_and_that_is_noted(qtbot: QtBot, room: Room, section: AuditSection, tmp_path: Path):
    room.client("Marta Lindqvist")
    show(qtbot, section)
    with qtbot.waitSignal(section._saving.saved):
        section.save_to(tmp_path / "trail.pdf")
    text = pypdfium2.PdfDocument(tmp_path / "trail.pdf")[0].get_textpage().get_text_range()
    assert "Audit trail" in text
    assert "Marta Lindqvist" in text
    assert section.bar.title() == "Saved as PDF"
    show(qtbot, section)
    assert column(section, WHAT)[0] == "Saved as PDF · Audit trail; pages: 1"


def test_where_to_is_asked_with_a_name_that_tells_nothing(qtbot: QtBot, room: Room, section: AuditSection, tmp_path: Path):
    room.client("Marta Lindqvist")
    show(qtbot, section)
    press(section, "save_trail")
    (dialog,) = section.findChildren(QFileDialog)
    assert "Marta" not in "".join(dialog.selectedFiles())
    with qtbot.waitSignal(section._saving.saved):
        dialog.fileSelected.emit(str(tmp_path / "chosen.pdf"))
    dialog.reject()
    assert (tmp_path / "chosen.pdf").exists()


def test_it_is_printed_and_that_is_noted(qtbot: QtBot, room: Room, section: AuditSection, tmp_path: Path):
    room.client("Marta Lindqvist")
    show(qtbot, section)
    press(section, "print_trail")
    qtbot.waitUntil(lambda: section.findChild(QPrintDialog, "print_dialog") is not None, timeout=10_000)
    dialog = section.findChild(QPrintDialog, "print_dialog")
    assert dialog is not None
    assert "Marta" not in dialog.printer().docName()
    dialog.printer().setOutputFileName(str(tmp_path / "paper.pdf"))  # a file in place of a machine
    with qtbot.waitSignal(section._saving.printed, timeout=10_000):
        dialog.done(QDialog.DialogCode.Accepted)
    assert section.bar.title() == "Sent to the printer"
    assert len(pypdfium2.PdfDocument(tmp_path / "paper.pdf")) == 1
    show(qtbot, section)
    assert column(section, WHAT)[0] == "Printed · Audit trail; pages: 1"


def test_what_a_damaged_practice_could_not_note_is_not_printed(qtbot: QtBot, room: Room, section: AuditSection):
    show(qtbot, section)
    room.desk.store.stop_writing("a page was altered")
    with qtbot.waitSignal(section._saving.failed):
        press(section, "print_trail")
    assert section.findChild(QPrintDialog, "print_dialog") is None
    assert section.bar.title() == "That did not work"


def test_a_print_that_could_not_be_noted_is_told(qtbot: QtBot, room: Room, section: AuditSection, tmp_path: Path):
    show(qtbot, section)
    press(section, "print_trail")
    qtbot.waitUntil(lambda: section.findChild(QPrintDialog, "print_dialog") is not None, timeout=10_000)
    dialog = section.findChild(QPrintDialog, "print_dialog")
    assert dialog is not None
    dialog.printer().setOutputFileName(str(tmp_path / "paper.pdf"))
    room.desk.store.stop_writing("a page was altered")
    with qtbot.waitSignal(section._saving.failed, timeout=10_000):
        dialog.done(QDialog.DialogCode.Accepted)
    assert section.bar.title() == "That did not work"


def test_a_place_that_cannot_be_written_is_told(qtbot: QtBot, section: AuditSection, tmp_path: Path):
    show(qtbot, section)
    with qtbot.waitSignal(section._saving.failed):
        section.save_to(tmp_path / "nowhere" / "trail.pdf")
    assert (section.bar.title(), section.bar.property("tone")) == ("That did not work", "caution")


def test_it_lets_go_of_every_name(qtbot: QtBot, room: Room, section: AuditSection):
    room.client("Marta Lindqvist")
    show(qtbot, section)
    section.forget()
    assert section.table.trail.rowCount() == 0
    assert [section.filter.client.itemText(row) for row in range(section.filter.client.count())] == ["All clients"]


def test_all_of_it_is_reached_by_tab(qtbot: QtBot, room: Room, section: AuditSection):
    show(qtbot, section)
    order, widget = [], section.filter.client
    for _turn in range(90):
        order.append(widget.objectName())
        widget = widget.nextInFocusChain()
    wanted = [
        "trail_client",
        "trail_act",
        "trail_first",
        "trail_last",
        "trail_table",
        "verify_chain",
        "print_trail",
        "save_trail",
    ]
    assert [name for name in order if name in wanted][: len(wanted)] == wanted
