"""The safety plan in the client's file: written, kept as it is typed, versions over time; and lines of name and number."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QTextEdit
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import Client
from tests.ui.clients.conftest import Tab
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room
from ui.forms.contacts import ContactsEditor

Opening = Callable[..., Tab]
LEFT = Qt.MouseButton.LeftButton


def press(tab: Tab, name: str) -> None:
    button = tab.find(QPushButton, name)
    tab.settle(lambda: button.isVisible() and button.width() > 10)
    tab.qtbot.mouseClick(button, LEFT)


def opened(tab_of: Opening, room: Room) -> tuple[Tab, Client]:
    client = room.desk.clients.add_client(Client(name="Zofia"))
    room.desk.settings.change(country="gb")
    tab = tab_of(client)
    press(tab, "open_safety_plan")
    return tab, client


def test_a_plan_is_written_in_the_file_and_stands_there(tab_of: Opening, room: Room, qtbot: QtBot):
    tab, client = opened(tab_of, room)
    view = tab.page.plan.panel.view
    assert [each["number"] for each in view.editor("emergency_numbers").answer()] == ["999", "111", "116 123"]
    assert unnamed(tab.page.plan.panel) == []
    assert not tab.find(QPushButton, "plan_paper").isEnabled()
    qtbot.keyClicks(tab.find(QTextEdit, "field_alone_prose"), "Shower, clothes, radio on.")
    press(tab, "field_safe_at_home_choice_yes")
    assert tab.page.flush()
    press(tab, "plan_done")
    assert tab.find(QLabel, "file_plan").text().endswith("copy kept at home")
    (plan,) = room.desk.safety_plans.plans(client.id)
    assert plan.answers["safe_at_home"] == "yes"
    given = plan.answers["emergency_numbers"]
    assert given[0]["number"] == "999"
    room.desk.settings.change(country="us")
    assert tab.page.open_risk()
    press(tab, "risk_plan")
    first = tab.page.plan.panel.view.editor("emergency_numbers").findChild(QLineEdit)
    assert first is not None
    (plan,) = room.desk.safety_plans.plans(client.id)
    assert tab.page.plan.panel.view.answers()["emergency_numbers"] == plan.answers["emergency_numbers"] == given


def test_rows_of_name_and_number_are_added_taken_away_and_put_back(tab_of: Opening, room: Room, qtbot: QtBot):
    tab, _client = opened(tab_of, room)
    editor = tab.page.plan.panel.view.editor("people_i_ask")
    assert isinstance(editor, ContactsEditor)
    assert editor.answer() == []
    first = tab.find(QLineEdit, "field_people_i_ask_2_name") if len(editor._rows) > 1 else editor._rows[0].who
    qtbot.keyClicks(first, "Tomasz")
    qtbot.keyClicks(editor._rows[0].number, "at home")
    press(tab, "field_people_i_ask_add")
    qtbot.keyClicks(editor._rows[1].who, "Ania")
    assert editor.answer() == [{"name": "Tomasz", "number": "at home"}, {"name": "Ania", "number": ""}]
    away = editor._rows[0].findChild(QPushButton)
    qtbot.mouseClick(away, LEFT)
    assert editor.answer() == [{"name": "Ania", "number": ""}]
    press(tab, "field_people_i_ask_back")
    assert editor.answer() == [{"name": "Tomasz", "number": "at home"}, {"name": "Ania", "number": ""}]


def test_a_name_is_never_cut_the_number_goes_below_it(tab_of: Opening, room: Room, qtbot: QtBot):
    tab, _client = opened(tab_of, room)
    numbers = tab.page.plan.panel.view.editor("emergency_numbers")
    assert isinstance(numbers, ContactsEditor)
    short, long = numbers._rows[0], numbers._rows[1]

    def room_left(row: Any) -> int:
        return row.who.width() - row.who.fontMetrics().horizontalAdvance(row.who.text())

    tab.settle(lambda: all(room_left(row) > 8 for row in numbers._rows))
    tab.settle(lambda: short.number.y() == short.who.y() and long.number.y() > long.who.y())
    long.who.setFocus()
    long.who.selectAll()
    qtbot.keyClicks(long.who, "NHS")
    qtbot.keyClick(long.who, Qt.Key.Key_Tab)
    tab.settle(lambda: long.number.y() == long.who.y())
    assert long.number.hasFocus()


def test_a_new_version_begins_with_the_last_and_the_earlier_one_is_only_read(tab_of: Opening, room: Room, qtbot: QtBot):
    tab, client = opened(tab_of, room)
    where = tab.find(QLineEdit, "field_where_kept_words")
    qtbot.keyClicks(where, "In a folder")
    assert tab.page.flush()
    tab.settle(tab.find(QPushButton, "plan_new").isVisible)
    press(tab, "plan_new")
    where = tab.page.plan.panel.view.editor("where_kept").findChild(QLineEdit)
    assert where is not None
    assert where.text() == "In a folder"
    qtbot.keyClicks(where, ", and a photograph")
    assert tab.page.flush()
    plans = room.desk.safety_plans.plans(client.id)
    assert len(plans) == 2
    versions = tab.find(QComboBox, "plan_versions")
    versions.setCurrentIndex(1)
    versions.activated.emit(1)
    older = tab.page.plan.panel.view.editor("where_kept").findChild(QLineEdit)
    assert older is not None
    assert (older.text(), older.isReadOnly()) == ("In a folder", True)
    tab.page.forget()
    assert versions.count() == 0
