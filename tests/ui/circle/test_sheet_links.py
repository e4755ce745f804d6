"""Worksheets as links on the circle: of the person chosen, of the tie that is open, and where they lead."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.dates import short_date
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Document, Tie, TieKind
from tests.ui.circle.room import CircleRoom
from tests.ui.naming import unnamed
from tests.ui.practice_room import open_room

DAY = short_date(date.today())


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[CircleRoom]:
    with open_room(tmp_path) as opened:
        made = CircleRoom(opened)
        qtbot.waitExposed(made.frame)
        yield made


def a_sheet(room: CircleRoom, key: str, person_id: str = "", tie_id: str = "") -> Document:
    form = next(each for each in room.desk.resources.forms_for(Purpose.WORKSHEET) if each.key == key)
    begun = room.desk.worksheets.begun(form, room.course, person_id=person_id or None, tie_id=tie_id or None)
    return room.desk.documents.keep_draft(room.desk.documents.begin_writing(begun), begun.answers)


def links(room: CircleRoom, where: str) -> list[str]:
    holder = room.page.findChild(QWidget, where)
    assert holder is not None
    return (
        [each.text() for each in holder.findChildren(QPushButton) if each.isVisibleTo(holder)] if not holder.isHidden() else []
    )


def test_a_persons_worksheets_stand_in_their_panel_and_open(room: CircleRoom, qtbot: QtBot) -> None:
    sheet = a_sheet(room, "communication-analysis", "johan")
    a_sheet(room, "role-play", "ruth")
    room.page.refresh()
    room.page.choose_person("johan")
    assert links(room, "person_sheets") == [f"Communication analysis, {DAY}"]
    button = room.page.findChild(QPushButton, f"person_sheets_{sheet.id}")
    assert button is not None
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert room.frame.tab == "phases"
    room.page.choose_person("elin")
    assert links(room, "person_sheets") == []
    assert unnamed(room.page.panel) == []


def test_a_ties_worksheets_stand_with_the_tie_that_is_open(room: CircleRoom) -> None:
    conflict = room.desk.circles.add_tie(
        Tie(client_id=room.client.id, from_person_id="johan", to_person_id="ruth", kind=TieKind.CONFLICT)
    )
    a_sheet(room, "communication-analysis", tie_id=conflict.id)
    room.page.refresh()
    room.page.show_about("ruth", conflict.id)
    assert room.page.panel.ties.editor.tie_id == conflict.id
    assert links(room, "tie_sheets") == links(room, "person_sheets") == [f"Communication analysis, {DAY}"]
    link = room.page.findChild(QPushButton, f"tie_sheets_{room.desk.worksheets.of_client(room.client.id)[0].document.id}")
    assert link is not None
    words, link_room = link.text(), link.minimumSizeHint().width()
    link.resize(60, link.height())
    link.grab()
    assert (link_room, link.toolTip()) == (1, words), "a narrow panel cuts its words, and its words never widen the panel"
    room.page.panel.ties.editor.close_quietly()
    assert links(room, "tie_sheets") == []
    room.page.choose_person("johan")
    assert links(room, "person_sheets") == [f"Communication analysis, {DAY}"], "it is told from either end"


def test_one_written_while_another_tab_was_shown_is_there_on_coming_back(room: CircleRoom, qtbot: QtBot) -> None:
    room.page.choose_person("johan")
    room.page.hide()
    a_sheet(room, "role-play", "johan")
    assert links(room, "person_sheets") == []
    room.page.show()
    qtbot.waitUntil(lambda: links(room, "person_sheets") == [f"Role play, {DAY}"])
    room.page.forget()
    assert links(room, "person_sheets") == []
