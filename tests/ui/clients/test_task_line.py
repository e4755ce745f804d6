"""The line of tasks that wait to be asked about: whose they are, where it leads, and when it is not there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from ipt_desktop.domain.form import StepDone
from ipt_desktop.domain.records import Client, Course
from ipt_desktop.domain.session_records import Step
from tests.ui.clients.conftest import Tab
from tests.ui.practice_room import Room

Opening = Callable[..., Tab]
TODAY = date.today()


def a_task(room: Room, name: str, words: str, days_ago: int = 7) -> tuple[Client, Course, Step]:
    client = room.client(name)
    course = room.course(client, TODAY - timedelta(21))
    step = Step(course_id=course.id, words=words, agreed_on=TODAY - timedelta(days_ago))
    return client, course, room.desk.steps.add_step(step)


def links(tab: Tab) -> list[str]:
    found = [tab.find(QPushButton, f"task_line_{place}") for place in range(3)]
    return [each.text() for each in found if each.isVisible()]


def test_without_a_task_there_is_no_line(tab_of: Opening, room: Room) -> None:
    a_task(room, "Marta", "agreed today", days_ago=0)
    assert not tab_of().find(QWidget, "task_line").isVisible()


def test_a_task_stands_there_with_its_name_and_leads_to_it(tab_of: Opening, room: Room) -> None:
    client, course, step = a_task(room, "Tomás Okoro", "Ring the brother")
    tab = tab_of()
    assert links(tab) == ["Tomás Okoro, Ring the brother"]
    button = tab.find(QPushButton, "task_line_0")
    button.setFocus()
    tab.qtbot.keyClick(button, Qt.Key.Key_Return)
    assert (tab.frame.client_id, tab.frame.course_id, tab.frame.tab) == (client.id, course.id, "phases")
    room.desk.steps.review_step(replace(step, done=StepDone.YES, reviewed_on=TODAY))
    tab.settle(lambda: not tab.find(QWidget, "task_line").isVisible())
    assert "Ring" not in button.text() + button.toolTip() + button.accessibleName()


def test_names_are_as_view_privacy_says(tab_of: Opening, room: Room) -> None:
    a_task(room, "Tomás Okoro", "Ring the brother")
    tab = tab_of()
    tab.frame.has_initials = True
    tab.page.refresh()
    assert links(tab) == ["T, Ring the brother"]
    assert "Tomás" not in tab.find(QPushButton, "task_line_0").toolTip()


def test_many_are_counted_and_an_archived_client_is_left_out(tab_of: Opening, room: Room) -> None:
    for place, name in enumerate(("Ada", "Ben", "Cleo", "Dov", "Eva")):
        a_task(room, name, "Go out & about" + " again" * 10, days_ago=20 - place)
    away, _course, _step = a_task(room, "Zed", "never mind", days_ago=21)
    room.desk.clients.archive_client(away.id)
    tab = tab_of(width=1600)
    assert [each.split(",")[0] for each in links(tab)] == ["Ada", "Ben", "Cleo"]
    assert all(each.endswith("…") and "&&" in each for each in links(tab))
    more = tab.find(QLabel, "task_line_more")
    assert more.text() == "and 2 more"
    height = tab.find(QWidget, "task_line").height()
    tab.frame.resize(700, 700)
    tab.settle(lambda: more.text() == "and 3 more")
    assert len(links(tab)) == 2
    assert tab.find(QWidget, "task_line").height() == height, "it stays one line"
    tab.page.forget()
    assert not tab.find(QWidget, "task_line").isVisible()
