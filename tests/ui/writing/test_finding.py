"""Find in a note: every place in all its texts is marked and counted, and Esc goes back into the text."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextEdit
from pytestqt.qtbot import QtBot

from tests.ui.sessions.test_page import press
from tests.ui.writing.conftest import SHIFT, Desk


def begin(writing: Desk, qtbot: QtBot) -> None:
    """Write into two fields, and ask for the bar."""
    prose = writing.sit_down("She rang Éva. Eva was glad.")
    writing.page.note.unfold_all()
    plan = writing.prose("plan")
    qtbot.keyClicks(plan, "Call eva again")
    prose.setFocus()
    press(writing.page, "find_in_note")
    qtbot.waitUntil(writing.page.note.finding.field.hasFocus)


def marked(text: QTextEdit) -> list[str]:
    return [each.cursor.selectedText() for each in text.extraSelections()]


def test_all_places_in_all_texts_are_marked_counted_and_gone_through(writing: Desk, qtbot: QtBot):
    begin(writing, qtbot)
    find, told, plan = writing.page.note.finding, writing.text(), writing.text("plan")
    qtbot.keyClicks(find.field, "eva")
    assert (marked(told), marked(plan)) == (["Éva", "Eva"], ["eva"])
    assert find.count.text() == "1 of 3 places"
    assert told.textCursor().selectedText() == "Éva"
    qtbot.keyClick(find.field, Qt.Key.Key_Return)
    press(writing.page, "find_next")
    assert find.count.text() == "3 of 3 places"
    assert plan.textCursor().selectedText() == "eva"
    press(writing.page, "find_next")
    assert find.count.text() == "1 of 3 places"
    qtbot.keyClick(find.field, Qt.Key.Key_Return, SHIFT)
    assert find.count.text() == "3 of 3 places"
    qtbot.keyClick(find.field, Qt.Key.Key_Escape)
    assert not find.isVisible()
    assert plan.hasFocus()
    assert (marked(told), marked(plan)) == ([], [])


def test_what_is_not_there_is_said(writing: Desk, qtbot: QtBot):
    begin(writing, qtbot)
    find = writing.page.note.finding
    qtbot.keyClicks(find.field, "xqz")
    assert find.count.text() == "Not in this note"


def test_a_folded_section_opens_for_what_is_found_in_it(writing: Desk, qtbot: QtBot):
    begin(writing, qtbot)
    writing.page.note.view.set_folded("after", True)
    qtbot.keyClicks(writing.page.note.finding.field, "again")
    assert writing.text("plan").isVisible()


def test_what_is_typed_meanwhile_is_found_too(writing: Desk, qtbot: QtBot):
    begin(writing, qtbot)
    find = writing.page.note.finding
    qtbot.keyClicks(find.field, "eva")
    qtbot.keyClicks(writing.prose("plan"), ", eva")
    qtbot.waitUntil(lambda: len(marked(writing.text("plan"))) == 2)
    assert find.count.text() == "4 places"


def test_another_note_closes_it(writing: Desk, qtbot: QtBot):
    begin(writing, qtbot)
    find = writing.page.note.finding
    qtbot.keyClicks(find.field, "eva")
    assert writing.page.choose_session(writing.sessions()[0].id)
    assert not find.isVisible()
    assert find.field.text() == ""
