"""The measures in the window: charts, the keyboard, one result in detail, the table, undo, and that a lock leaves nothing."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.measure import Measure
from ipt_desktop.domain.measure_records import MeasureResult
from ipt_desktop.domain.records import Course, EndingKind
from ipt_desktop.domain.session_records import Event
from ipt_desktop.domain.treatment_records import Medication
from ipt_desktop.services.measures import Entry
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room, open_room
from ui.progress.chart_card import ChartCard
from ui.progress.measures_part import MeasuresPart
from ui.progress.page import ProgressPage
from ui.widgets.explained import Explained

W = TypeVar("W", bound=QWidget)
TODAY = date.today()


class Measuring:
    """A course of seven sessions, and the Progress tab."""

    def __init__(self, qtbot: QtBot, room: Room, width: int = 1280) -> None:
        self.qtbot, self.room, self.desk = qtbot, room, room.desk
        self.client = room.client()
        self.course: Course = room.course(self.client, TODAY - timedelta(weeks=6))
        self.sessions = room.sessions(self.course, 7)
        self.frame = room.frame(self.client)
        self.page = ProgressPage(self.desk, self.frame)
        self.frame.hold(self.page, width, 800)

    @property
    def part(self) -> MeasuresPart:
        return self.page.measures

    def card(self, key: str) -> ChartCard:
        return next(each for each in self.part.cards if each.key == key)

    def measure(self, key: str) -> Measure:
        found = self.desk.measures.measure(key)
        assert found is not None
        return found

    def give(self, key: str, total: int, number: int | None, on: date | None = None) -> MeasureResult:
        """Give a measure in a session (from 0), or beside the sessions; its items add up to the total."""
        measure = self.measure(key)
        answers: dict[str, float] = {}
        left = total
        for item in measure.items:
            answers[str(item.number)] = min(left, measure.options_of(item)[-1].value)
            left -= int(answers[str(item.number)])
        session = self.sessions[number] if number is not None else None
        entry = Entry(
            client_id=self.client.id,
            measure=measure,
            on=on or (session.date if session else TODAY),
            answers=answers,
            course_id=self.course.id,
            session_id=session.id if session else None,
        )
        result = self.desk.measures.enter_measure(entry)
        QApplication.processEvents()
        return result

    def give_all(self) -> list[MeasureResult]:
        return [self.give("phq-9", total, number) for number, total in enumerate((18, 17, 17, 15, 14, 12, 11))]

    def find(self, kind: type[W], name: str) -> W:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(QAbstractButton, name), Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def words(self, name: str) -> str:
        return self.find(QLabel, name).text()


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Measuring]:
    with open_room(tmp_path) as opened:
        yield Measuring(qtbot, opened)


# -- what it shows -----------------------------------------------------------------------------------------------------


def test_where_nothing_was_measured_the_first_one_is_offered(room: Measuring):
    assert room.words("measures_empty_title") == "Nothing measured so far"
    room.press("measures_empty_action")
    assert room.page.entry.isVisible()


def test_a_card_says_from_what_to_what_and_what_that_counts_for(room: Measuring):
    room.desk.medications.add_medication(
        Medication(client_id=room.client.id, name="Sertraline", begun=(TODAY - timedelta(days=80)).isoformat())
    )
    room.give_all()
    assert room.words("chart_phq_9_name") == "PHQ-9"
    assert room.words("chart_phq_9_scores") == "18 → 11"
    assert room.words("chart_phq_9_band") == "moderate"
    change = room.find(QLabel, "chart_phq_9_change")
    said = change.accessibleName()
    assert said.startswith("7 lower: reliable change on the PHQ-9 (6 or more) · Sertraline since ")
    assert "<b>reliable change on the PHQ-9</b>" in change.text()
    assert "more than error of measurement" in change.toolTip()
    assert "yet" not in said


def test_a_small_change_is_none_that_is_reliable(room: Measuring):
    room.give("gad-7", 13, 0)
    room.give("gad-7", 12, 1)
    said = room.find(QLabel, "chart_gad_7_change").accessibleName()
    assert said == "1 lower: no reliable change on the GAD-7 (less than 4)"


def test_one_result_says_its_day_and_no_change(room: Measuring):
    room.give("phq-9", 18, 0)
    assert room.words("chart_phq_9_scores") == "18"
    assert room.find(QLabel, "chart_phq_9_change").accessibleName().startswith("one result, ")


def test_the_rules_stand_with_their_numbers_and_their_source(room: Measuring):
    rules = room.find(QLabel, "measures_rules")
    assert rules.text() == "Rule set: NHS Talking Therapies. PHQ-9 cut-off 10, change 6; GAD-7 cut-off 8, change 4."
    assert "NCT05134103" in rules.toolTip()


def test_whose_the_measures_are_stands_below_them_once_and_whole(room: Measuring):
    room.give("phq-9", 18, 0)
    room.give("gad-7", 13, 0)
    words = room.words("measures_whose")
    assert words.startswith("PHQ-9, GAD-7: Developed by Drs. Robert L. Spitzer")
    assert words.endswith("translate, display or distribute.")
    room.press("measures_as_table")
    assert room.find(QLabel, "measures_whose").isVisible(), "the table shows them, too"


def test_what_words_mean_shows_with_the_keyboard_on_them_and_when_they_are_tapped(room: Measuring):
    room.give_all()
    change, rules = room.find(Explained, "chart_phq_9_change"), room.find(Explained, "measures_rules")
    for said, meaning in ((change, "more than error of measurement"), (rules, "Recovery: ")):
        assert meaning in said.accessibleDescription()
        said.setFocus(Qt.FocusReason.TabFocusReason)
        room.qtbot.waitUntil(QToolTip.isVisible)
        assert QToolTip.text() == said.accessibleDescription()
        room.qtbot.keyClick(said, Qt.Key.Key_Escape)
        room.qtbot.waitUntil(lambda: not QToolTip.isVisible())
        room.qtbot.keyClick(said, Qt.Key.Key_Space)
        room.qtbot.waitUntil(QToolTip.isVisible)
    room.card("phq-9").view.setFocus()
    room.qtbot.mouseClick(change, Qt.MouseButton.LeftButton)
    room.qtbot.waitUntil(lambda: QToolTip.text() == change.accessibleDescription())
    room.give("gad-7", 13, 0)
    only = room.find(Explained, "chart_gad_7_change")
    assert only.focusPolicy() is Qt.FocusPolicy.NoFocus, "one result has nothing to explain"


def test_a_card_is_no_higher_than_its_chart_and_two_lines_ask_for(room: Measuring):
    room.give_all()
    card = room.card("phq-9")
    assert card.height() <= card.view.height() + 70


def test_recovery_is_said_at_the_end_alone(room: Measuring):
    for key, first, last in (("phq-9", 18, 6), ("gad-7", 13, 5)):
        room.give(key, first, 0)
        room.give(key, last, 6)
    assert not room.find(QLabel, "measures_recovery").isVisible()
    room.desk.courses.end_course(room.course.id, TODAY, EndingKind.PLANNED)
    room.page.refresh()
    assert room.words("measures_recovery").startswith("Recovery by the rules of NHS Talking Therapies")


def test_recovery_needs_the_whole_rule_and_scores_of_the_end(room: Measuring):
    room.give("phq-9", 18, 0)
    room.give("phq-9", 6, 6)
    room.give("gad-7", 5, 0)
    room.desk.courses.end_course(room.course.id, TODAY, EndingKind.PLANNED)
    room.page.refresh()
    assert not room.find(QLabel, "measures_recovery").isVisible(), "a scale of the set was given once"
    room.give("gad-7", 5, 1)
    assert not room.find(QLabel, "measures_recovery").isVisible(), "its last score is none of the end of treatment"
    room.give("gad-7", 4, 5)
    assert room.find(QLabel, "measures_recovery").isVisible()


def test_what_happened_is_spelled_out_once_by_its_letters(room: Measuring):
    room.give_all()
    room.desk.events.add_event(Event(client_id=room.client.id, title="Rang Johan", on=room.sessions[3].date.isoformat()))
    QApplication.processEvents()
    assert room.words("happened_0_words").startswith("Rang Johan, ")
    assert [key.split(":")[0] for key, _box in room.card("phq-9").view.chart.below] == ["event"]  # type: ignore[union-attr]


def test_the_axis_is_sessions_or_dates_and_is_remembered(room: Measuring):
    room.give_all()
    view = room.card("phq-9").view
    before = [each.x for each in view.chart.points] if view.chart else []
    room.part.head.axis.setCurrentIndex(1)
    room.part.head.axis.activated.emit(1)
    assert room.frame.preferences.chart_axis == "dates"
    assert [each.x for each in view.chart.points] != before if view.chart else False
    room.page.refresh()
    assert room.part.head.axis.currentText() == "Axis: dates"


def test_two_stand_in_a_row_where_there_is_room_and_one_where_there_is_not(room: Measuring):
    room.give("phq-9", 18, 0)
    room.give("gad-7", 13, 0)
    assert room.part.in_a_row == 2
    assert room.card("phq-9").y() == room.card("gad-7").y()
    room.frame.resize(820, 700)
    QApplication.processEvents()
    assert room.part.in_a_row == 1
    assert room.card("phq-9").y() < room.card("gad-7").y()


def test_every_control_has_a_name(room: Measuring):
    result = room.give("phq-9", 18, 0)
    room.part.open_result(result.id)
    assert unnamed(room.part) == []


# -- keys --------------------------------------------------------------------------------------------------------------


def test_results_are_reached_with_the_arrow_keys_and_said_in_words(room: Measuring):
    given = room.give_all()
    view = room.card("phq-9").view
    view.setFocus()
    assert view.at == given[-1].id
    room.qtbot.keyClick(view, Qt.Key.Key_Home)
    room.qtbot.keyClick(view, Qt.Key.Key_Right)
    room.qtbot.keyClick(view, Qt.Key.Key_Right)
    day = room.sessions[2].date
    assert view.at == given[2].id
    assert view.accessibleName().startswith(f"PHQ-9. Session 3, {day.day} ")
    assert view.accessibleName().endswith(": 17, moderately severe")
    room.qtbot.waitUntil(lambda: QToolTip.text().endswith(": 17, moderately severe"))
    assert "7 results" in view.accessibleDescription()


def test_tab_goes_from_the_head_through_the_charts_to_what_stands_below_them(room: Measuring):
    room.give_all()
    room.give("gad-7", 13, 0)
    room.part.head.enter.setFocus(Qt.FocusReason.TabFocusReason)
    went = []
    for _step in range(4):
        focused = QApplication.focusWidget()
        assert focused is not None
        room.qtbot.keyClick(focused, Qt.Key.Key_Tab)
        there = QApplication.focusWidget()
        went.append(there.objectName() if there is not None else "")
    assert went == ["chart_phq_9_change", "chart_phq_9_view", "chart_gad_7_view", "plan_change"]


def test_enter_opens_a_result_with_its_answers_and_esc_goes_back(room: Measuring):
    room.give_all()
    view = room.card("phq-9").view
    view.setFocus()
    room.qtbot.keyClick(view, Qt.Key.Key_Return)
    assert room.words("result_title").startswith("PHQ-9, session 7, ")
    assert "11 of 27: moderate" in room.words("result_lines")
    assert "Entered from paper" in room.words("result_lines")
    assert room.words("result_item_0") == "1  Interest or pleasure"
    assert (room.words("result_value_0"), room.words("result_answer_0")) == ("3", "Nearly every day")
    room.qtbot.keyClick(room.part.result, Qt.Key.Key_Escape)
    assert not room.part.result.isVisible()
    assert view.hasFocus()


def test_a_click_on_a_result_opens_it(room: Measuring):
    given = room.give_all()
    view = room.card("phq-9").view
    room.qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.place_of(given[1].id).toPoint())
    assert room.part.result.result_id == given[1].id


def test_a_flag_is_said_with_what_was_asked(room: Measuring):
    result = room.give("phq-9", 27, 0)
    room.part.open_result(result.id)
    assert "Item 9 leads to a question" in room.words("result_lines")
    assert "is not noted under risk" in room.words("result_lines")


def test_removing_a_result_is_undone(room: Measuring):
    given = room.give_all()
    room.part.open_result(given[-1].id)
    room.press("result_remove")
    assert room.words("chart_phq_9_scores") == "18 → 12"
    assert not room.part.result.isVisible()
    room.frame.stack.undo()
    QApplication.processEvents()
    assert room.words("chart_phq_9_scores") == "18 → 11"


def test_changing_leads_to_the_answers_and_the_session_to_its_note(room: Measuring):
    result = room.give("phq-9", 18, 0)
    room.part.open_result(result.id)
    room.press("result_change")
    assert room.page.entry.isVisible()
    with room.qtbot.waitSignal(room.part.session_asked) as asked:
        room.press("result_session")
    assert asked.args == [room.sessions[0].id]


def test_a_result_is_printed_from_where_it_is_read(room: Measuring):
    result = room.give("phq-9", 18, 0)
    room.part.open_result(result.id)
    with room.qtbot.waitSignal(room.part.print_asked) as asked:
        room.press("result_print")
    assert asked.args == [result.id]
    assert room.frame.tab == "reports"


# -- the table ---------------------------------------------------------------------------------------------------------


def test_the_table_has_every_result_and_is_sorted_by_any_column_with_keys(room: Measuring):
    room.give("phq-9", 18, 0)
    room.give("gad-7", 13, 1)
    room.press("measures_as_table")
    table = room.part.table
    assert table.isVisible()
    assert not room.card("phq-9").isVisible()

    def column(number: int) -> list[str]:
        return [table.results.index(row, number).data() for row in range(table.results.rowCount())]

    assert column(2) == ["GAD-7", "PHQ-9"]
    table.setFocus()
    table.setCurrentIndex(table.results.index(0, 3))
    room.qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert column(3) == ["18", "13"]
    assert column(4) == ["moderately severe", "moderate"]
    room.qtbot.keyClick(table, Qt.Key.Key_Return)
    assert room.part.result.isVisible()


def test_nothing_is_left_after_a_lock(room: Measuring):
    given = room.give_all()
    room.part.open_result(given[0].id)
    room.page.forget()
    QApplication.processEvents()
    assert room.part.cards == []
    assert room.part.facts is None
    assert room.part.table.results.rowCount() == 0
    said = {each.objectName(): each.text() for each in room.part.findChildren(QLabel)}
    assert [name for name, words in said.items() if "PHQ-9, " in words or "moderate" in words or "Spitzer" in words] == []
