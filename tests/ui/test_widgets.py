from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.naming import unnamed
from ui.widgets.buttons import icon_button, primary
from ui.widgets.chips import AddChip, Chip, ChipRow
from ui.widgets.empty_state import EmptyState
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import FieldError, in_our_direction
from ui.widgets.mood_row import MoodRow
from ui.widgets.phase_chip import PhaseChip
from ui.widgets.save_state import Keeping, SaveState
from ui.widgets.segmented import Segmented


@pytest.fixture
def desk(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    widget.resize(700, 300)
    qtbot.addWidget(widget)
    widget.show()
    return widget  # pytest holds the value: Qt forgets a widget that nothing in Python holds


def segments(desk: QWidget, *, is_clearable: bool = False) -> Segmented:
    options = [("no", "Not asked"), ("none", "Asked: none"), ("same", "Asked: unchanged")]
    made = Segmented(options, desk, name="risk", spoken="Risk", is_clearable=is_clearable)
    made.show()
    return made


def test_nothing_is_chosen_for_the_therapist(qtbot: QtBot, desk: QWidget):
    risk = segments(desk)
    assert risk.choice() is None
    assert not any(button.isChecked() for button in risk.findChildren(QPushButton))


def test_a_segment_is_chosen_by_keyboard(qtbot: QtBot, desk: QWidget):
    risk = segments(desk)
    risk.button("no").setFocus()
    qtbot.keyClick(risk.button("no"), Qt.Key.Key_Right)
    with qtbot.waitSignal(risk.chosen) as told:
        qtbot.keyClick(risk.button("none"), Qt.Key.Key_Space)
    assert told.args == ["none"]
    assert risk.button("none").isChecked()
    assert risk.button("none").hasFocus()


def test_pressing_the_chosen_segment_clears_it_only_where_allowed(qtbot: QtBot, desk: QWidget):
    for is_clearable, expected in ((True, None), (False, "no")):
        risk = segments(desk, is_clearable=is_clearable)
        risk.choose("no")
        qtbot.mouseClick(risk.button("no"), Qt.MouseButton.LeftButton)
        assert risk.choice() == expected


def test_digits_type_into_the_mood(qtbot: QtBot, desk: QWidget):
    mood = MoodRow(desk, ends="0 worst, 10 best")
    heard: list[object] = []
    mood.chosen.connect(heard.append)
    seven = mood.findChild(QPushButton, "mood_7")
    qtbot.keyClick(seven, Qt.Key.Key_4)
    qtbot.keyClick(seven, Qt.Key.Key_1)
    qtbot.keyClick(seven, Qt.Key.Key_0)
    qtbot.keyClick(seven, Qt.Key.Key_Left)
    qtbot.keyClick(seven, Qt.Key.Key_Delete)
    assert heard == [4, 1, 10, 9, None]
    assert mood.value() is None


def test_the_phase_chip_says_its_word(qtbot: QtBot, desk: QWidget):
    chip = PhaseChip(desk)
    chip.set_phase(3, 1, "Middle")
    assert (chip.accessibleName(), chip.word()) == ("Middle", "Middle")
    narrow = chip.sizeHint().width()
    chip.set_phase(3, 2, "Termination")
    assert chip.sizeHint().width() > narrow


def test_the_save_state_is_words(qtbot: QtBot, desk: QWidget):
    state = SaveState(desk)
    at = datetime(2026, 11, 24, 12, 4, tzinfo=UTC)
    local = at.astimezone()
    state.show_state(Keeping.SAVED, datetime.now(UTC).astimezone().replace(hour=12, minute=4))
    assert state.words() == "Saved 12:04"
    state.show_state(Keeping.SAVED, at - timedelta(days=400))
    assert state.words().startswith(f"Saved {(local - timedelta(days=400)).day} ")
    state.show_state("failed", detail="the disk is full · your words are kept")
    assert state.words() == "Not saved yet the disk is full · your words are kept"
    state.show_state("signed", at)
    assert state.words() == f"Signed {local.day} {local:%b %H:%M}"
    assert state.accessibleName() == state.words()


def test_saving_shows_only_when_it_takes_long(qtbot: QtBot, desk: QWidget):
    state = SaveState(desk)
    state.show_state("saved", datetime.now(UTC))
    before = state.words()
    state.show_state("saving")
    assert state.words() == before
    qtbot.waitUntil(lambda: state.words() == "Saving…")


def test_a_bar_acts_and_closes(qtbot: QtBot, desk: QWidget):
    bar = InlineBar(desk)
    done: list[str] = []
    bar.say("Johan was moved one ring further", actions=(("undo_move", "Undo", lambda: done.append("undone")),))
    assert unnamed(bar) == []
    qtbot.mouseClick(bar.findChild(QPushButton, "undo_move"), Qt.MouseButton.LeftButton)
    assert done == ["undone"]
    qtbot.mouseClick(bar.findChild(QPushButton, "bar_close"), Qt.MouseButton.LeftButton)
    assert bar.isHidden()
    assert bar.text() == ""


def test_a_field_error_marks_its_field(qtbot: QtBot, desk: QWidget):
    field, error = QLineEdit(desk), FieldError(desk)
    error.show_error("February has no 31st.", field)
    assert error.isVisibleTo(desk)
    assert field.property("is_wrong") is True
    assert field.accessibleDescription() == "February has no 31st."
    error.show_error("", field)
    assert not error.isVisibleTo(desk)
    assert field.property("is_wrong") is False


def test_chips_wrap_and_the_row_grows(qtbot: QtBot, desk: QWidget):
    row = ChipRow(desk, name="people", spoken="People")
    for number in range(8):
        row.add(Chip(f"Somebody {number}", desk, name=f"chip_{number}"))
    row.add(AddChip("Add…", desk, name="add"))
    row.show()
    row.resize(900, 60)
    wide = row.minimumHeight()
    row.resize(250, 60)
    assert row.minimumHeight() > 2 * wide
    assert unnamed(row) == []


def test_an_empty_state_offers_the_next_thing(qtbot: QtBot, desk: QWidget):
    empty = EmptyState("No one yet", "Add each person.", desk, name="nobody", action="Add the first person")
    with qtbot.waitSignal(empty.acted):
        qtbot.mouseClick(empty.findChild(QPushButton, "nobody_action"), Qt.MouseButton.LeftButton)


def test_buttons_are_named(qtbot: QtBot, desk: QWidget):
    primary("Start session", desk, name="start")
    icon_button("x", desk, name="close", spoken="Close")
    assert unnamed(desk) == []
    QPushButton("nameless", desk)
    assert unnamed(desk) == ["QPushButton '' 'nameless'"]


def test_return_presses_a_button_as_space_does(qtbot: QtBot, desk: QWidget):
    pressed: list[bool] = []
    made = primary("Create", desk, name="create")
    made.show()
    made.clicked.connect(lambda: pressed.append(True))
    qtbot.keyClick(made, Qt.Key.Key_Return)
    qtbot.keyClick(made, Qt.Key.Key_Space)
    assert pressed == [True, True]


def test_a_name_in_arabic_or_hebrew_neither_turns_a_line_of_ours_round_nor_the_number_after_it():
    assert in_our_direction("Johan, 1 November") == "Johan, 1 November"
    assert in_our_direction("أمل حداد, 1 November") == "\u200eأمل حداد\u200e, 1 November"
    assert in_our_direction("with אמא 3 times") == "\u200ewith אמא\u200e 3 times"
