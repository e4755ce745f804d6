"""@ completes people and # techniques: by keys and mouse, into the text and into the chips; else it is out of the way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.completing import asked_before, completions
from tests.ui.writing.conftest import Desk


def offered(writing: Desk) -> list[str]:
    found = [each for each in writing.frame.findChildren(QListWidget) if each.objectName().endswith("_completion")]
    shown = [each for each in found if each.isVisible()]
    return [shown[0].item(row).text() for row in range(shown[0].count())] if shown else []


@pytest.mark.parametrize(("text", "asked"), [
    ("saw @jo", ("@", "jo")), ("@", ("@", "")), ("@Zofia Łu", ("@", "Zofia Łu")), ("mail a@b", None), ("# ", None),
    ("#", ("#", "")), ("(#ro", ("#", "ro")), ("plain", None),
])  # fmt: skip
def test_what_is_asked_for_stands_before_the_cursor(text: str, asked: tuple[str, str] | None):
    assert asked_before(text) == asked


def test_names_are_found_by_any_word_without_capitals_and_accents():
    known = [("a", "Anna Łukasiewicz"), ("b", "Lukas"), ("c", "Éva")]
    assert [key for key, _name in completions("luk", known)] == ["b", "a"]
    assert [key for key, _name in completions("eva", known)] == ["c"]
    assert completions("ukas", known) == []


def test_a_person_is_completed_by_keys_and_put_among_those_discussed(writing: Desk, qtbot: QtBot):
    prose = writing.sit_down()
    qtbot.keyClicks(prose, "saw @joh")
    assert offered(writing) == ["Johan (friend)", "Johan (neighbour)"]
    qtbot.keyClick(prose, Qt.Key.Key_Down)
    qtbot.keyClick(prose, Qt.Key.Key_Return)
    assert prose.toPlainText() == "saw Johan (neighbour)"
    assert offered(writing) == []
    neighbour = next(each for each in writing.desk.circles.people(writing.client.id) if each.relation == "neighbour")
    assert writing.page.flush()
    note = writing.desk.documents.of_session(writing.sessions()[-1].id)[0]
    assert note.answers["with_whom"] == [neighbour.id]
    assert writing.undo(prose) == "saw @joh"


def test_accents_need_not_be_typed_and_the_mouse_chooses_too(writing: Desk, qtbot: QtBot):
    prose = writing.sit_down()
    qtbot.keyClicks(prose, "@luk")
    assert offered(writing) == ["Zofia Łukasiewicz"]
    shown = next(each for each in writing.frame.findChildren(QListWidget) if each.objectName().endswith("_completion"))
    at = shown.visualItemRect(shown.item(0)).center()
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert prose.toPlainText() == "Zofia Łukasiewicz"
    assert prose.hasFocus()


def test_a_technique_is_completed_and_chosen_below(writing: Desk, qtbot: QtBot):
    prose = writing.sit_down()
    qtbot.keyClicks(prose, "We did #rol")
    assert offered(writing) == ["Role play"]
    qtbot.keyClick(prose, Qt.Key.Key_Tab)
    assert prose.toPlainText() == "We did Role play"
    assert writing.page.note.view.answers()["intervention"] == ["role_play"]


def test_it_never_stands_in_the_way(writing: Desk, qtbot: QtBot):
    prose = writing.sit_down()
    qtbot.keyClicks(prose, "@")
    assert len(offered(writing)) == 3
    qtbot.keyClick(prose, Qt.Key.Key_Return)  # nothing was chosen: the line ends
    assert prose.toPlainText() == "@\n"
    qtbot.keyClicks(prose, "@jo")
    qtbot.keyClick(prose, Qt.Key.Key_Escape)
    assert offered(writing) == []
    qtbot.keyClicks(prose, " me@home @xyz #9 ")
    assert offered(writing) == []
    assert prose.toPlainText() == "@\n@jo me@home @xyz #9 "
    qtbot.keyClicks(prose, "@jo")
    assert offered(writing)
    qtbot.keyClick(prose, Qt.Key.Key_Left)
    assert offered(writing) == []


def test_a_lock_takes_the_list_away(writing: Desk, qtbot: QtBot):
    prose = writing.sit_down()
    qtbot.keyClicks(prose, "@jo")
    assert writing.page.flush()
    writing.page.forget()
    assert offered(writing) == []
