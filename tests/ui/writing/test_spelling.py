"""The spell-check in a note: what is marked, when, and what its menu does."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from pytestqt.qtbot import QtBot

from tests.ui.writing.conftest import Choose, Desk
from ui.forms.prose import ProseEdit
from ui.forms.writing.spell_marks import SpellMarks

WAVY = QTextCharFormat.UnderlineStyle.SpellCheckUnderline


def marked(prose: ProseEdit) -> list[str]:
    """Return the words that are marked by shape."""
    marks = prose.extraSelections()
    return [each.cursor.selectedText() for each in marks if each.format.underlineStyle() == WAVY]


def test_an_unknown_word_is_marked_when_the_keys_rest(writing: Desk, qtbot: QtBot):
    prose = writing.sit_down()
    prose.insertPlainText("\U0001f600 ")
    qtbot.keyClicks(prose, "We will recieve 3 PHQ9 forms tomorow")
    assert marked(prose) == []
    qtbot.waitUntil(lambda: marked(prose) == ["recieve", "tomorow"])
    assert "2 words are not in the dictionary" in prose.accessibleDescription()
    assert "recieve" in str(prose.blocks())
    assert not prose.document().begin().begin().fragment().charFormat().fontUnderline()


def test_the_client_and_the_people_count_as_known(writing: Desk, qtbot: QtBot):
    prose = writing.sit_down()
    prose.insertPlainText("Marta Lindqvist and zofia Łukasiewicz’s xqzzt")  # which letters keyClicks has none of
    qtbot.waitUntil(lambda: marked(prose) == ["xqzzt"])


def test_a_suggestion_replaces_the_word_in_one_step(writing: Desk, qtbot: QtBot, choose: Choose):
    prose = writing.sit_down()
    qtbot.keyClicks(prose, "We recieve it")
    qtbot.waitUntil(lambda: marked(prose) == ["recieve"])
    menu = writing.menu_at(prose, "recieve")
    qtbot.waitUntil(lambda: menu.actions()[0].text() == "receive")
    choose(menu, "suggestion_0")
    assert prose.toPlainText() == "We receive it"
    assert marked(prose) == []
    assert writing.undo(prose) == "We recieve it"


def test_a_word_is_added_and_that_can_be_undone(writing: Desk, qtbot: QtBot, choose: Choose):
    prose = writing.sit_down()
    qtbot.keyClicks(prose, "about xqzzt and xqzzt")
    qtbot.waitUntil(lambda: marked(prose) == ["xqzzt", "xqzzt"])
    choose(writing.menu_at(prose, "xqzzt"), "_learn")
    qtbot.waitUntil(lambda: marked(prose) == [])
    assert [each.id for each in writing.desk.spelling.words()] == ["xqzzt"]
    assert writing.notice() == "“xqzzt” is in your dictionary now."
    writing.button("field_what_happened_notice_act").click()
    assert writing.desk.spelling.words() == []
    qtbot.waitUntil(lambda: marked(prose) == ["xqzzt", "xqzzt"])


def test_a_word_is_ignored_in_this_note_until_lock(writing: Desk, qtbot: QtBot, choose: Choose):
    prose = writing.sit_down()
    qtbot.keyClicks(prose, "about xqzzt")
    qtbot.waitUntil(lambda: marked(prose) == ["xqzzt"])
    choose(writing.menu_at(prose, "xqzzt"), "_ignore")
    qtbot.waitUntil(lambda: marked(prose) == [])
    assert writing.desk.spelling.words() == []
    assert writing.page.choose_session(writing.sessions()[0].id)
    other = writing.prose()
    qtbot.keyClicks(other, " xqzzt")
    qtbot.waitUntil(lambda: marked(other) == ["xqzzt"])
    assert writing.page.flush()
    writing.page.forget()
    assert writing.page.note.pen.speller.is_known("") is True
    assert "xqzzt" not in str(vars(writing.page.note.pen.speller))


def test_a_key_goes_to_the_next_unknown_word(writing: Desk, qtbot: QtBot):
    prose = writing.sit_down()
    qtbot.keyClicks(prose, "one recieve two tomorow")
    qtbot.waitUntil(lambda: len(marked(prose)) == 2)
    prose.moveCursor(QTextCursor.MoveOperation.Start)
    chosen = []
    for _again in range(3):
        qtbot.keyClick(prose, Qt.Key.Key_F7, Qt.KeyboardModifier.AltModifier)
        chosen.append(prose.textCursor().selectedText())
    assert chosen == ["recieve", "tomorow", "recieve"]


def test_switched_off_nothing_is_marked(writing: Desk, qtbot: QtBot):
    writing.desk.settings.change(spelling=())
    prose = writing.sit_down()
    qtbot.keyClicks(prose, "recieve")
    qtbot.waitUntil(lambda: writing.desk.spelling.is_ready)
    prose.findChild(SpellMarks).look_now()  # few words: one slice
    assert marked(prose) == []
    assert writing.desk.spelling.is_known("recieve")


def test_in_a_note_that_is_only_read_nothing_is_marked(writing: Desk, qtbot: QtBot):
    prose = writing.sit_down("recieve")
    qtbot.waitUntil(lambda: marked(prose) == ["recieve"])
    writing.page.note.view.set_read_only(True)
    prose.findChild(SpellMarks).look_now()
    assert marked(prose) == []
