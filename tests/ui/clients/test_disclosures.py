"""What was given out about a client stands in the file, and the list is saved for the client."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from ipt_desktop.domain.records import Course
from ipt_desktop.services.page_images import _one_at_a_time
from tests.services.blank_page import BLANK
from tests.ui.practice_room import Room

Show = Callable[..., Any]


def give_out(room: Room, course: Course, folder: Path, recipient: str, purpose: str = "") -> None:
    room.desk.reporting.save(BLANK, folder / "out.pdf", course_id=course.id, recipient=recipient, purpose=purpose)


def test_where_nothing_was_given_out_the_file_says_so(room: Room, tab_of: Show):
    tab = tab_of(room.client())
    assert not tab.find(QLabel, "no_disclosures").isHidden()
    assert tab.find(QPushButton, "save_disclosures").isHidden()


def test_what_was_given_out_stands_in_the_file_at_once(room: Room, tab_of: Show, tmp_path: Path):
    client = room.client()
    course = room.course(client)
    tab = tab_of(client)
    give_out(room, course, tmp_path, "Dr Ng, GP", "handing over")
    tab.settle(lambda: not tab.find(QPushButton, "save_disclosures").isHidden())
    assert "Summary of treatment, 1 page" in tab.find(QLabel, "disclosure_1").text()
    assert tab.find(QLabel, "disclosure_1_whom").text() == "to Dr Ng, GP · handing over"
    assert tab.find(QLabel, "no_disclosures").isHidden()


def test_the_newest_five_are_shown_and_the_others_counted(room: Room, tab_of: Show, tmp_path: Path):
    client = room.client()
    course = room.course(client)
    for number in range(7):
        give_out(room, course, tmp_path, f"Insurer {number}")
    tab = tab_of(client)
    assert tab.find(QLabel, "disclosure_1_whom").text() == "to Insurer 6"
    assert tab.find(QLabel, "disclosure_5_whom").text() == "to Insurer 2"
    assert tab.page.findChild(QLabel, "disclosure_6") is None
    assert tab.find(QLabel, "more_disclosures").text() == "and 2 more, in the list as PDF"


def test_the_list_is_saved_for_the_client(room: Room, tab_of: Show, tmp_path: Path):
    client = room.client()
    give_out(room, room.course(client), tmp_path, "Dr Ng, GP")
    tab = tab_of(client)
    tab.find(QPushButton, "save_disclosures").click()
    dialog = tab.find(QFileDialog, "save_pages_dialog")
    assert client.name not in "".join(dialog.selectedFiles())
    with tab.qtbot.waitSignal(tab.page.disclosing.saving.saved):
        dialog.fileSelected.emit(str(tmp_path / "list.pdf"))
    dialog.reject()
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(tmp_path / "list.pdf")
        text = document[0].get_textpage().get_text_range()
        document.close()
    assert client.name in text
    assert "Dr Ng, GP" in text
    assert tab.page.bar.title() == "Saved as PDF"
    entry = room.desk.audit.entries()[0]
    assert (entry.operation, entry.client_id, entry.detail["report"]) == ("report_saved", client.id, "disclosure-list")
    assert len(room.desk.disclosures.of_client(client.id)) == 1, "handing it to the client discloses nothing"


def test_another_client_has_none_of_these_words(room: Room, tab_of: Show, tmp_path: Path):
    client, other = room.client(), room.client("Other")
    give_out(room, room.course(client), tmp_path, "Dr Ng, GP")
    tab = tab_of(client)
    tab.frame.choose_client(other.id)
    assert tab.find(QLabel, "disclosure_1_whom").text() == ""
    tab.frame.choose_client(client.id)
    tab.page.forget()
    assert tab.find(QLabel, "disclosure_1_whom").text() == ""
