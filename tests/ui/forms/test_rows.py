"""Rows of a worksheet: written, added, moved, removed and brought back by keyboard; people and ties named in words."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Field, FieldKind, Form, Option, Section
from ipt_desktop.domain.form_rows import Column
from ipt_desktop.domain.records import Tie, TieKind
from tests.ui.naming import unnamed
from ui.forms.form_view import FormView
from ui.theme import Theme

COLUMNS = (
    Column(key="who", label="Who spoke"),
    Column(key="said", label="Said", kind="prose"),
    Column(key="heard", label="Heard", kind="prose"),
    Column(key="hard", label="How hard", kind="scale", low="easy", high="hardest", highest=100),
)
SHEET = Form(
    key="sheet",
    version=1,
    purpose="worksheet",
    title="Sheet",
    sections=(
        Section(
            key="s",
            fields=(
                Field(key="person", label="With whom", kind=FieldKind.PERSON),
                Field(key="tie", label="Tie", kind=FieldKind.TIE),
                Field(key="turns", label="Turns", kind=FieldKind.ROWS, columns=COLUMNS, row_label="Turn"),
                Field(key="after", label="After", kind=FieldKind.LINE),
            ),
        ),
    ),
)
SINCE = date(2024, 5, 1)
TIES = [
    Tie(id="a", client_id="c", from_person_id="p1", kind=TieKind.CONFLICT, strength=3, since=SINCE),
    Tie(id="b", client_id="c", from_person_id="p1", to_person_id="p2", kind=TieKind.KIN, since=SINCE),
    Tie(id="c", client_id="c", from_person_id="p2", kind=TieKind.KIN, since=SINCE),
]


class Sheet:
    """The form in a window, and the keys that go into it."""

    def __init__(self, qtbot: QtBot, theme: Theme, answers: dict[str, Any] | None = None, form: Form = SHEET) -> None:
        self.qtbot = qtbot
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.resize(1000, 800)
        qtbot.addWidget(self.area)
        self.view = FormView(theme, self.area)
        self.area.setWidget(self.view)
        self.view.fill(form, answers or {}, people=[("p1", "Johan"), ("p2", "Elin")], ties=TIES)
        with qtbot.waitExposed(self.area):
            self.area.show()
        self.area.activateWindow()

    def part(self, name: str) -> Any:
        found = self.view.findChild(QWidget, name)
        assert found is not None, name
        return found

    @property
    def turns(self) -> Any:
        return self.view.answers().get("turns")

    def begin(self, name: str) -> None:
        self.part(name).setFocus()

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        self.qtbot.keyClick(focused, key, held)

    def type(self, words: str) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        self.qtbot.keyClicks(focused, words)

    @property
    def at(self) -> str:
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused.objectName()


CTRL = Qt.KeyboardModifier.ControlModifier
HELD = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


def test_tab_goes_through_the_cells_of_every_row_and_on(qtbot: QtBot, themed: Theme) -> None:
    sheet = Sheet(qtbot, themed)
    sheet.begin("field_turns_0_who_words")
    for words in ("Marta", "You never ask", "Blame", "70"):
        sheet.type(words)
        sheet.key(Qt.Key.Key_Tab)
    assert sheet.at == "field_turns_add"
    sheet.key(Qt.Key.Key_Return)
    assert sheet.at == "field_turns_1_who_words"
    sheet.type("Johan")
    for _stop in range(3):
        sheet.key(Qt.Key.Key_Tab)
    assert sheet.at == "field_turns_1_hard_number"
    sheet.key(Qt.Key.Key_Tab)
    assert sheet.at == "field_turns_add"
    sheet.key(Qt.Key.Key_Tab)
    assert sheet.at == "field_after_words"
    for _stop in range(6):
        sheet.key(Qt.Key.Key_Backtab)
    assert sheet.at == "field_turns_0_hard_number"
    assert sheet.turns == [{"who": "Marta", "said": "You never ask", "heard": "Blame", "hard": 70}, {"who": "Johan"}]
    assert unnamed(sheet.view) == []


def test_a_row_moves_and_goes_by_keys_and_comes_back(qtbot: QtBot, themed: Theme) -> None:
    rows = [{"said": "one", "of a later version": 3}, {"said": "two"}, {"said": "three"}]
    sheet = Sheet(qtbot, themed, {"turns": rows})
    sheet.begin("field_turns_2_said_prose")
    sheet.key(Qt.Key.Key_Up, HELD)
    sheet.key(Qt.Key.Key_Up, HELD)
    sheet.key(Qt.Key.Key_Up, HELD)
    assert sheet.at == "field_turns_0_said_prose", "the keyboard goes with the row, in the same cell"
    assert sheet.turns == [rows[2], rows[0], rows[1]]
    sheet.key(Qt.Key.Key_Down, HELD)
    assert sheet.turns == [rows[0], rows[2], rows[1]]
    sheet.begin("field_turns_0_said_prose")
    sheet.key(Qt.Key.Key_Delete, HELD)
    assert sheet.turns == [rows[2], rows[1]]
    assert sheet.part("field_turns_gone").text() == "Turn 1 was removed"
    qtbot.keyClick(sheet.part("field_turns_undo"), Qt.Key.Key_Return)
    assert sheet.turns == [rows[0], rows[2], rows[1]]
    assert sheet.part("field_turns_undo").isHidden()


def test_the_offer_to_undo_goes_with_the_next_change(qtbot: QtBot, themed: Theme) -> None:
    sheet = Sheet(qtbot, themed, {"turns": [{"said": "one"}, {"said": "two"}]})
    qtbot.mouseClick(sheet.part("field_turns_1_remove"), Qt.MouseButton.LeftButton)
    assert sheet.turns == [{"said": "one"}]
    sheet.begin("field_turns_0_said_prose")
    sheet.type("x")
    assert sheet.part("field_turns_undo").isHidden()
    assert sheet.part("field_turns_gone").text() == ""


def test_control_and_return_adds_a_row_and_never_two_empty_ones(qtbot: QtBot, themed: Theme) -> None:
    sheet = Sheet(qtbot, themed, {"turns": [{"said": "one"}]})
    sheet.begin("field_turns_0_said_prose")
    sheet.key(Qt.Key.Key_Return, CTRL)
    sheet.key(Qt.Key.Key_Return, CTRL)
    assert sheet.at == "field_turns_1_who_words"
    assert sheet.view.findChild(QWidget, "field_turns_2") is None
    sheet.type("Johan")
    assert sheet.turns == [{"said": "one"}, {"who": "Johan"}]


def test_a_number_outside_of_its_scale_is_not_taken(qtbot: QtBot, themed: Theme) -> None:
    sheet = Sheet(qtbot, themed, {"turns": [{"hard": 40}]})
    sheet.begin("field_turns_0_hard_number")
    sheet.area.focusWidget()
    sheet.part("field_turns_0_hard_number").selectAll()
    sheet.type("700")
    assert sheet.turns == [{"hard": 70}]


def test_cells_stand_side_by_side_where_there_is_room(qtbot: QtBot, themed: Theme) -> None:
    sheet = Sheet(qtbot, themed)
    said, heard = sheet.part("field_turns_0_said_prose"), sheet.part("field_turns_0_heard_prose")
    where = sheet.view

    def top(cell: QWidget) -> int:
        return cell.mapTo(where, cell.rect().topLeft()).y()

    qtbot.waitUntil(lambda: top(said) == top(heard))
    sheet.area.resize(420, 800)
    qtbot.waitUntil(lambda: top(said) < top(heard))


@pytest.mark.parametrize("answers", [{"turns": [{"said": "one"}], "person": "p1", "tie": "a"}])
def test_read_only_rows_offer_nothing(qtbot: QtBot, themed: Theme, answers: dict[str, Any]) -> None:
    sheet = Sheet(qtbot, themed, answers)
    sheet.view.set_read_only(True)
    sheet.begin("field_turns_0_said_prose")
    sheet.type("x")
    sheet.key(Qt.Key.Key_Delete, HELD)
    assert sheet.view.answers() == answers
    assert not sheet.part("field_turns_add").isVisible()


def test_ties_are_offered_of_the_person_chosen_and_one_that_is_gone_stays(qtbot: QtBot, themed: Theme) -> None:
    sheet = Sheet(qtbot, themed, {"person": "p1", "tie": "gone"})
    ties: QComboBox = sheet.part("field_tie_choice")
    assert ties.currentText() == "this tie is no longer on the circle"
    sheet.view.editor("tie").show_person("p2")  # type: ignore[attr-defined]
    assert ties.currentText() == "this tie is no longer on the circle"
    offered = [ties.itemText(place) for place in range(ties.count())]
    assert offered[1:3] == ["family of the client, medium, since 2024", "family of Johan, medium, since 2024"]
    sheet.view.editor("tie").show_person(None)  # type: ignore[attr-defined]
    assert ties.itemText(1) == "Johan: conflict with the client, strong, since 2024"
    assert sheet.view.answers() == {"person": "p1", "tie": "gone"}


def test_a_choice_with_a_worksheet_leads_to_it(qtbot: QtBot, themed: Theme) -> None:
    options = (Option(key="link", label="Linking"), Option(key="talk", label="Communication analysis", worksheet="a-sheet"))
    field = Field(key="used", label="Intervention", kind=FieldKind.CHOICES, options=options)
    form = Form(key="n", version=1, purpose="free_note", title="N", sections=(Section(key="s", fields=(field,)),))
    sheet = Sheet(qtbot, themed, {}, form)
    asked: list[str] = []
    sheet.view.worksheet_asked.connect(asked.append)
    offer: QAbstractButton = sheet.part("field_used_worksheet_talk")
    assert not offer.isVisible()
    qtbot.keyClick(sheet.part("field_used_talk"), Qt.Key.Key_Space)
    assert offer.isVisible()
    assert offer.text() == "Communication analysis: open the worksheet"
    qtbot.keyClick(offer, Qt.Key.Key_Return)
    assert asked == ["a-sheet"]
    qtbot.keyClick(sheet.part("field_used_talk"), Qt.Key.Key_Space)
    assert not offer.isVisible()


def test_forgetting_leaves_no_word_in_a_row(qtbot: QtBot, themed: Theme) -> None:
    sheet = Sheet(qtbot, themed, {"turns": [{"said": "a secret"}, {"said": "another secret"}]})
    qtbot.mouseClick(sheet.part("field_turns_1_remove"), Qt.MouseButton.LeftButton)
    kept = sheet.view.editor("turns")
    sheet.view.forget()
    assert kept.answer() == []
    assert not [each.text() for each in kept.findChildren(QLabel) if "secret" in each.text()]


DATES = Field(
    key="dates",
    label="Days that may be hard",
    kind=FieldKind.ROWS,
    columns=(
        Column(key="words", label="What it is"),
        Column(key="when", label="When", kind="when"),
        Column(key="yearly", label="Comes back every year", kind="tick"),
    ),
    row_label="Date",
    has_row_ids=True,
)
DATED = Form(key="dated", version=1, purpose="ending", title="Dated", sections=(Section(key="s", fields=(DATES,)),))


def test_a_date_of_any_precision_and_a_tick_in_a_row_that_keeps_its_id(qtbot: QtBot, themed: Theme) -> None:
    sheet = Sheet(qtbot, themed, form=DATED)
    sheet.begin("field_dates_0_words_words")
    sheet.type("All Saints")
    sheet.key(Qt.Key.Key_Tab)
    sheet.type("november 2026")
    sheet.key(Qt.Key.Key_Tab)
    sheet.key(Qt.Key.Key_Space)
    (row,) = sheet.view.answers()["dates"]
    assert {key: row[key] for key in ("words", "when", "yearly")} == {"words": "All Saints", "when": "2026-11", "yearly": 1}
    sheet.part("field_dates_add").click()
    sheet.type("Easter")
    first, second = sheet.view.answers()["dates"]
    assert first["id"] == row["id"] != second["id"]
    sheet.key(Qt.Key.Key_Up, HELD)
    assert [each["id"] for each in sheet.view.answers()["dates"]] == [second["id"], first["id"]]
    sheet.key(Qt.Key.Key_Delete, HELD)
    sheet.part("field_dates_undo").click()
    assert [each["id"] for each in sheet.view.answers()["dates"]] == [second["id"], first["id"]]
    sheet.part("field_dates_0_words_words").clear()
    sheet.begin("field_dates_0_words_words")
    sheet.type(" ")
    assert sheet.view.answers()["dates"][0] == {}, "a row that says nothing has no id"


def test_words_that_are_no_date_are_told_and_the_date_before_stays(qtbot: QtBot, themed: Theme) -> None:
    sheet = Sheet(qtbot, themed, {"dates": [{"id": "1", "words": "All Saints", "when": "2026-11-01"}]}, form=DATED)
    when = sheet.part("field_dates_0_when_when")
    assert when.text() == "1 November 2026"
    when.selectAll()
    when.setFocus()
    sheet.type("some day")
    sheet.key(Qt.Key.Key_Tab)
    assert "is no date" in sheet.part("field_dates_0_when_error_words").text()
    assert sheet.view.answers()["dates"] == [{"id": "1", "words": "All Saints", "when": "2026-11-01"}]
    when.selectAll()
    when.setFocus()
    sheet.type("2027")
    sheet.key(Qt.Key.Key_Tab)
    assert sheet.part("field_dates_0_when_error_words").text() == ""
    assert sheet.view.answers()["dates"][0]["when"] == "2027"
