"""A measure that is given for each person in the client's life: whom it is about is asked, shown, compared and printed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import Person
from ipt_desktop.domain.report import as_text
from tests.ui.practice_room import Room, open_room
from tests.ui.progress.test_entry import TODAY, Entering

MOTHER, FRIEND = "أم كلثوم", "林美玲"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as opened:
        yield opened


@pytest.fixture
def tab(qtbot: QtBot, room: Room) -> Entering:
    client = room.client("أمل حداد")
    for name in (MOTHER, FRIEND):
        room.desk.circles.add_person(client.id, name, "")
    return Entering(qtbot, room, client)


def people(tab: Entering) -> dict[str, Person]:
    return {each.name: each for each in tab.desk.circles.people(tab.client.id)}


def about(tab: Entering) -> QComboBox:
    return tab.find(QComboBox, "entry_about")


def enter(tab: Entering, name: str, avoidance: str, anxiety: str) -> None:
    """Key in an ECR-RS about someone, by keys alone once they are chosen."""
    assert tab.page.enter_measure("ecr-rs")
    about(tab).setCurrentIndex(about(tab).findText(name))
    tab.panel.rows.go_to_first()
    tab.type(f"{avoidance}\n{anxiety}\n")
    tab.find(QPushButton, "entry_keep").click()


def test_whom_it_is_about_is_asked_first_and_each_has_charts_and_a_change_of_their_own(tab: Entering) -> None:
    tab.page.enter_measure("ecr-rs")
    assert about(tab).isVisible()
    assert about(tab).hasFocus()
    tab.panel.rows.go_to_first()
    tab.type("3.5\n2\n")
    tab.find(QPushButton, "entry_keep").click()
    assert tab.measured == []
    assert "Say whom" in tab.find(QWidget, "entry_error").text()  # type: ignore[attr-defined]
    tab.panel.cancel()
    enter(tab, MOTHER, "3.5", "2")
    enter(tab, FRIEND, "1.25", "1")
    enter(tab, MOTHER, "2.5", "2")
    assert [each.about for each in tab.measured] == [MOTHER, FRIEND, MOTHER]
    QApplication.processEvents()
    titles = {each.accessibleName() for each in tab.page.measures.cards}
    assert titles == {f"ECR-RS about {name}: {score}" for name in (MOTHER, FRIEND) for score in ("Avoidance", "Anxiety")}
    scores = {each.accessibleName(): each.findChild(QLabel, f"{each.objectName()}_scores") for each in tab.page.measures.cards}
    told = {title: label.text() for title, label in scores.items() if label is not None}
    assert told[f"ECR-RS about {MOTHER}: Avoidance"] == "3.5 → 2.5"
    assert told[f"ECR-RS about {FRIEND}: Avoidance"] == "1.25"
    model = tab.page.measures.table.results
    names = {str(model.index(row, 2).data()) for row in range(model.rowCount())}
    assert names == titles
    tab.page.measures.head.table.click()
    widest = max(tab.page.measures.table.fontMetrics().horizontalAdvance(each) for each in names)
    assert tab.page.measures.table.columnWidth(2) >= widest, "whom it is about never hides which score it is"
    tab.page.measures.head.table.click()
    tab.page.measures.open_result(tab.measured[0].result.id)
    assert MOTHER in tab.says("result_title")
    assert "is the second" not in tab.says("entry_notice")


def test_on_paper_the_person_is_named_by_initials(tab: Entering) -> None:
    enter(tab, FRIEND, "1.25", "1")
    (kept,) = tab.measured
    report = tab.desk.reporting.assemble(
        "measure-sheet", tab.course.id, None, today=TODAY, client_id=tab.client.id, record_id=kept.result.id
    )
    text = as_text(report)
    assert report.title.startswith("ECR-RS result about ")
    assert FRIEND not in report.title
    assert FRIEND not in text
    assert "1.25" in text
    enter(tab, MOTHER, "3.5", "2")
    for kind in ("course-measures", "termination-summary"):
        text = as_text(tab.desk.reporting.assemble(kind, tab.course.id, None, today=TODAY, client_id=tab.client.id))
        assert text.count("ECR-RS about ") >= 2, kind
        assert FRIEND not in text
        assert MOTHER not in text


def test_someone_who_is_deleted_leaves_their_results_and_undo_names_them_again(tab: Entering) -> None:
    enter(tab, MOTHER, "3.5", "2")
    mother = people(tab)[MOTHER]
    going = tab.desk.circles.departure(mother.id)
    assert going.has_text, "it is asked first"
    tab.desk.circles.delete_person(mother.id)
    assert [(each.about, each.score("avoidance")) for each in tab.measured] == [("", 3.5)]
    tab.desk.circles.restore_person(mother.id)
    assert [each.about for each in tab.measured] == [MOTHER]


def test_what_is_half_typed_keeps_whom_it_is_about_and_the_day(tab: Entering) -> None:
    tab.page.enter_measure("ecr-rs")
    about(tab).setCurrentIndex(about(tab).findText(FRIEND))
    tab.panel.rows.go_to_first()
    tab.type("1.5")
    tab.panel.put_aside()
    (begun,) = tab.desk.measures.unfinished(tab.client.id)
    assert begun.about_id == people(tab)[FRIEND].id
    assert FRIEND in tab.page.unfinished.title()
    tab.panel.open_draft(begun.id)
    assert about(tab).currentText() == FRIEND
    tab.panel._head.day_field.setText((TODAY - timedelta(days=3)).isoformat())
    about(tab).setCurrentIndex(about(tab).findText(MOTHER))
    tab.panel.put_aside()
    (begun,) = tab.desk.measures.unfinished(tab.client.id)
    assert (begun.about_id, begun.on) == (people(tab)[MOTHER].id, TODAY - timedelta(days=3))


def test_a_person_of_another_client_is_refused(tab: Entering) -> None:
    from ipt_desktop.domain.errors import Refused
    from ipt_desktop.services.measures import Entry

    other = tab.room.client("Nikos Papadakis")
    stranger = tab.desk.circles.add_person(other.id, "Eleni", "")
    measure = tab.desk.measures.measure("ecr-rs")
    assert measure is not None
    entry = Entry(tab.client.id, measure, TODAY, {"avoidance": 2.0, "anxiety": 3.0}, about_id=stranger.id)
    with pytest.raises(Refused, match="its own client"):
        tab.desk.measures.enter_measure(entry)
