"""Illness and history in the window: diagnoses, medication, the history and the timeline, by keyboard and back by undo."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.session_records import Event, EventKind
from ipt_desktop.domain.treatment_records import Diagnosis, DiagnosisAt, Medication
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room, open_room
from ui import theme
from ui.phases.course_lanes import mark_words
from ui.phases.illness.chapter import IllnessChapter
from ui.phases.page import PhasesPage
from ui.phases.reading import day_words

W = TypeVar("W", bound=QWidget)
TODAY = date.today()


class Illness:
    """A course in its first session, with the chapter open; Johan is the client's husband."""

    def __init__(self, qtbot: QtBot, room: Room, width: int = 1280) -> None:
        self.qtbot, self.room, self.desk = qtbot, room, room.desk
        self.client = room.client()
        self.course = room.course(self.client, TODAY)
        self.session = room.sessions(self.course, 1)[0]
        self.johan = self.desk.circles.add_person(self.client.id, "Johan", "husband")
        self.frame = room.frame(self.client)
        self.page = PhasesPage(self.desk, self.frame)
        self.frame.hold(self.page, width, 760)
        self.open()

    def open(self) -> None:
        assert self.page.open_chapter("history")

    @property
    def chapter(self) -> IllnessChapter:
        chapter = self.page.papers.chapter
        assert isinstance(chapter, IllnessChapter)
        return chapter

    @property
    def diagnoses(self) -> list[Diagnosis]:
        return self.desk.diagnoses.of_course(self.course.id)

    @property
    def medications(self) -> list[Medication]:
        return self.desk.medications.of_client(self.client.id)

    @property
    def events(self) -> list[Event]:
        return self.desk.events.of_client(self.client.id)

    def settle(self) -> None:
        """Let the page hear of what was written beside it."""
        QApplication.processEvents()

    def make(self, words: str, at: DiagnosisAt = DiagnosisAt.START, **more: object) -> Diagnosis:
        told = {"course_id": self.course.id, "at": at, "words": words, "made_on": TODAY, "rank": 9, **more}
        made = self.desk.diagnoses.keep_diagnosis(Diagnosis(**told))  # type: ignore[arg-type]
        self.settle()
        return made

    def medicine(self, name: str = "Sertraline", **more: str) -> Medication:
        added = self.desk.medications.add_medication(Medication(client_id=self.client.id, name=name, **more))  # type: ignore[arg-type]
        self.settle()
        return added

    def use(self, code_system: str) -> None:
        self.desk.settings.change(code_system=code_system)
        self.settle()

    def event(self, title: str, **more: object) -> Event:
        told = {"client_id": self.client.id, "on": "2025-03", "title": title, **more}
        added = self.desk.events.add_event(Event(**told))  # type: ignore[arg-type]
        self.settle()
        return added

    def find(self, kind: type[W], name: str) -> W:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    def press(self, name: str) -> None:
        button = self.find(QAbstractButton, name)
        assert button.isVisible(), name
        button.setFocus()
        self.qtbot.keyClick(button, Qt.Key.Key_Return)

    def type(self, name: str, words: str) -> QLineEdit:
        line = self.find(QLineEdit, name)
        line.setFocus()
        line.selectAll()
        self.qtbot.keyClicks(line, words)
        return line

    def key(self, key: Qt.Key) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        self.qtbot.keyClick(focused, key)

    def choose_code(self, words: str, steps: int = 1) -> None:
        """Type into the diagnosis, go down the codes offered and take one."""
        self.type("diagnosis_words", words)
        offered = self.chapter.diagnoses.editor._words.offered.popup()
        assert offered is not None
        assert offered.isVisible()
        for _step in range(steps):
            self.qtbot.keyClick(offered, Qt.Key.Key_Down)
        self.qtbot.keyClick(offered, Qt.Key.Key_Return)

    def words(self, name: str) -> str:
        return self.find(QLabel, name).text()

    @property
    def focused(self) -> str:
        widget = QApplication.focusWidget()
        return widget.objectName() if widget is not None else ""


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Illness]:
    with open_room(tmp_path) as opened:
        room = Illness(qtbot, opened)
        qtbot.waitExposed(room.frame)
        yield room
        room.page.forget()


# -- diagnoses ---------------------------------------------------------------------------------------------------------


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)  # of the list, on a screen that isn't there
def test_a_code_is_looked_for_chosen_by_keyboard_and_undone(room: Illness) -> None:
    room.press("diagnoses_start_add")
    room.choose_code("recurrent depression", 2)
    assert room.find(QLineEdit, "diagnosis_code").text() == "F33.1"
    room.key(Qt.Key.Key_Return)
    (made,) = room.diagnoses
    assert (made.at, made.code, made.system, made.made_on) == (DiagnosisAt.START, "F33.1", "ICD-10-CM 2026-04", TODAY)
    assert room.words(f"diagnosis_{made.id}_words") == "F33.1 Major depressive disorder, recurrent, moderate"
    assert room.words(f"diagnosis_{made.id}_told").startswith("ICD-10-CM, April 2026 release · made ")
    assert room.focused == "diagnoses_start_add"
    room.frame.stack.undo()
    assert room.diagnoses == []
    assert room.find(QLabel, "diagnoses_start_none").isVisible()
    room.frame.stack.redo()
    assert [each.code for each in room.diagnoses] == ["F33.1"]


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
def test_a_heading_can_t_be_chosen_and_other_words_part_with_the_code(room: Illness) -> None:
    room.press("diagnoses_start_add")
    room.choose_code("F32.A")
    assert room.find(QLineEdit, "diagnosis_words").text() == "Depression, unspecified"
    room.type("diagnosis_words", "F32")
    assert room.find(QLineEdit, "diagnosis_code").text() == ""
    found = room.chapter.diagnoses.editor._words._found
    flags = [bool(found.flags(found.index(row)) & Qt.ItemFlag.ItemIsSelectable) for row in range(found.rowCount())]
    assert flags == [each.is_choosable for each in found.lines]
    assert not all(flags)


def test_words_of_one_s_own_need_no_code(room: Illness) -> None:
    room.press("diagnoses_start_add")
    line = room.type("diagnosis_words", "Zzz, moderate, the first")
    room.qtbot.keyClick(line, Qt.Key.Key_Return)
    (made,) = room.diagnoses
    assert (made.words, made.code, made.system) == ("Zzz, moderate, the first", "", "")


def test_a_code_typed_brings_its_title_and_one_that_is_not_listed_stays(room: Illness) -> None:
    room.press("diagnoses_end_add")
    code = room.type("diagnosis_code", "f431")
    room.qtbot.keyClick(code, Qt.Key.Key_Tab)
    assert room.find(QLineEdit, "diagnosis_words").text() == "", "a heading is no diagnosis"
    code = room.type("diagnosis_code", "f4312")
    room.qtbot.keyClick(code, Qt.Key.Key_Tab)
    assert room.find(QLineEdit, "diagnosis_words").text() == "Post-traumatic stress disorder, chronic"
    assert code.text() == "F43.12"
    room.type("diagnosis_code", "G47.00")
    room.key(Qt.Key.Key_Return)
    (made,) = room.diagnoses
    assert (made.at, made.code, made.system) == (DiagnosisAt.END, "G47.00", "ICD-10-CM")


def test_another_code_system_is_typed(room: Illness) -> None:
    room.use("ICD-11")
    room.press("diagnoses_start_add")
    assert "ICD-11" in room.words("diagnosis_hint")
    room.type("diagnosis_words", "Single episode depressive disorder, moderate")
    assert QApplication.activePopupWidget() is None
    room.type("diagnosis_code", "6A70.1")
    room.key(Qt.Key.Key_Return)
    (made,) = room.diagnoses
    assert (made.code, made.system) == ("6A70.1", "ICD-11")
    room.use("ICD-10-CM")
    room.press(f"diagnosis_edit_{made.id}")
    room.type("diagnosis_made_on", "yesterday")
    room.key(Qt.Key.Key_Return)
    (changed,) = room.diagnoses
    assert (changed.system, changed.made_on) == ("ICD-11", TODAY - timedelta(1)), "the code is of the system it was taken from"


def test_nothing_and_no_day_are_said_to_be_missing(room: Illness) -> None:
    room.press("diagnoses_start_add")
    room.key(Qt.Key.Key_Return)
    assert "Say in a few words" in room.words("diagnosis_error_words")
    room.type("diagnosis_words", "Zzz")
    room.type("diagnosis_made_on", "someday")
    room.key(Qt.Key.Key_Return)
    assert room.find(QWidget, "diagnosis_error").isVisible()
    assert room.focused == "diagnosis_made_on"
    assert room.diagnoses == []


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
def test_a_code_typed_whole_is_taken_with_its_title(room: Illness) -> None:
    room.press("diagnoses_start_add")
    room.type("diagnosis_words", "f33.1")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()
    room.find(QLineEdit, "diagnosis_words").setFocus()
    room.key(Qt.Key.Key_Return)
    (made,) = room.diagnoses
    assert (made.code, made.words) == ("F33.1", "Major depressive disorder, recurrent, moderate")


def test_a_diagnosis_is_not_made_on_a_day_to_come(room: Illness) -> None:
    room.press("diagnoses_start_add")
    room.type("diagnosis_words", "Zzz")
    room.type("diagnosis_made_on", "tomorrow")
    room.key(Qt.Key.Key_Return)
    assert room.words("diagnosis_error_words") == "This day is still to come."
    assert room.diagnoses == []


def test_the_second_is_put_first_by_a_key_that_stays_where_it_is(room: Illness) -> None:
    first, second, third = (room.make(each) for each in ("first", "second", "third"))
    assert room.page.findChild(QWidget, f"diagnosis_raise_{first.id}") is None
    room.press(f"diagnosis_raise_{third.id}")
    assert [each.words for each in room.diagnoses] == ["first", "third", "second"]
    assert room.focused == f"diagnosis_raise_{third.id}"
    room.key(Qt.Key.Key_Return)
    assert [each.words for each in room.diagnoses] == ["third", "first", "second"]
    assert room.focused == f"diagnosis_edit_{third.id}"
    assert room.words(f"diagnosis_{third.id}_told").startswith("main diagnosis")
    room.frame.stack.undo()
    room.frame.stack.undo()
    assert room.diagnoses == [first, second, third]


def test_removing_gives_the_keyboard_on_and_undo_puts_it_back_at_its_rank(room: Illness) -> None:
    first, second = room.make("first"), room.make("second")
    room.press(f"diagnosis_remove_{first.id}")
    assert [each.words for each in room.diagnoses] == ["second"]
    assert room.focused == "diagnoses_start_add"
    room.frame.stack.undo()
    assert room.diagnoses == [first, second]


def test_at_the_end_they_are_copied_in_one_step(room: Illness) -> None:
    copy = room.find(QAbstractButton, "diagnoses_end_copy")
    assert not copy.isVisible()
    room.make("first", code="F33.1", system="ICD-10-CM 2026-04", made_on=TODAY - timedelta(90))
    room.make("second")
    room.press("diagnoses_end_copy")
    told = [(each.at.value, each.words, each.code, each.made_on) for each in room.diagnoses[2:]]
    assert told == [("end", "first", "F33.1", TODAY), ("end", "second", "", TODAY)]
    assert not copy.isVisible()
    room.frame.stack.undo()
    assert len(room.diagnoses) == 2
    assert copy.isVisible()


def test_what_is_typed_outlives_esc_and_a_change_elsewhere(room: Illness) -> None:
    room.press("diagnoses_start_add")
    line = room.type("diagnosis_words", "Zzz")
    room.qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert not line.isVisible()
    room.make("elsewhere")
    room.press("diagnoses_start_add")
    assert room.find(QLineEdit, "diagnosis_words").text() == ""  # it would be the second one now
    room.type("diagnosis_words", "Yyy")
    room.medicine("Sertraline")
    assert room.find(QLineEdit, "diagnosis_words").text() == "Yyy"


# -- medication --------------------------------------------------------------------------------------------------------


def test_a_medicine_is_added_by_keyboard_and_stated(room: Illness) -> None:
    room.press("medication_add")
    room.type("medication_name", "Sertraline")
    room.type("medication_dose", "50 mg")
    room.type("medication_prescriber", "Dr Weiss")
    room.type("medication_begun", "09/2025")
    room.key(Qt.Key.Key_Return)
    (taken,) = room.medications
    assert (taken.name, taken.dose, taken.prescriber, taken.begun) == ("Sertraline", "50 mg", "Dr Weiss", "2025-09")
    assert room.words(f"medication_{taken.id}_words") == "Sertraline 50 mg"
    assert room.words(f"medication_{taken.id}_told") == "prescribed by Dr Weiss since September 2025"
    room.frame.stack.undo()
    assert room.medications == []
    room.frame.stack.redo()
    assert room.medications == [taken]


def test_one_that_ended_stands_among_the_earlier_ones(room: Illness) -> None:
    taken = room.medicine("Sertraline", begun="2025")
    room.press(f"medication_end_{taken.id}")
    assert room.focused == "medication_ended"
    room.type("medication_ended", "2024")
    room.key(Qt.Key.Key_Return)
    assert "before it begins" in room.words("medication_error_words")
    room.type("medication_ended", "soon")
    room.key(Qt.Key.Key_Return)
    assert "A month (12/2019) or a year (2019) will do." in room.words("medication_error_words")
    room.type("medication_ended", "today")
    room.key(Qt.Key.Key_Return)
    assert room.medications == [replace(taken, ended=TODAY.isoformat())]
    assert room.desk.audit.entries()[0].operation == "end_medication"
    assert room.find(QAbstractButton, "medication_earlier_fold").text() == "Earlier (1)"
    assert room.words("medication_none") == "None at present."
    room.frame.stack.undo()
    assert room.medications == [taken]
    assert room.find(QWidget, f"medication_{taken.id}").isVisible()


def test_a_medicine_is_changed_and_removed(room: Illness) -> None:
    taken = room.medicine("Sertraline", dose="50 mg")
    room.press(f"medication_edit_{taken.id}")
    room.type("medication_dose", "100 mg")
    room.type("medication_note", "sleeps better")
    room.key(Qt.Key.Key_Return)
    assert room.medications == [replace(taken, dose="100 mg", note="sleeps better")]
    assert room.words(f"medication_{taken.id}_told") == "“sleeps better”"
    room.press(f"medication_remove_{taken.id}")
    assert room.medications == []
    assert room.focused == "medication_add"
    room.frame.stack.undo()
    room.frame.stack.undo()
    assert room.medications == [taken]


def test_a_medicine_without_a_name_is_said_to_lack_it(room: Illness) -> None:
    room.press("medication_add")
    room.type("medication_begun", "someday")
    room.key(Qt.Key.Key_Return)
    assert room.words("medication_error_words") == "Say which medicine it is."
    room.type("medication_name", "Sertraline")
    room.key(Qt.Key.Key_Return)
    assert room.focused == "medication_begun"
    assert room.medications == []


# -- history -----------------------------------------------------------------------------------------------------------


def test_the_history_is_kept_as_it_is_typed(room: Illness) -> None:
    prose = room.find(QTextEdit, "field_symptoms_prose")
    prose.setFocus()
    room.qtbot.keyClicks(prose, "Wakes at four.")
    assert room.page.flush()
    (document,) = room.desk.documents.of_course(room.course.id, Purpose.HISTORY)
    assert document.answers["symptoms"][0]["runs"][0]["text"] == "Wakes at four."
    assert unnamed(room.chapter) == []


def test_the_band_marks_the_session_in_which_the_history_was_taken(room: Illness) -> None:
    prose = room.find(QTextEdit, "field_course_prose")
    prose.setFocus()
    room.qtbot.keyClicks(prose, "The first episode.")
    assert room.page.flush()
    room.page.refresh()
    reading = room.chapter.reading
    assert reading is not None
    assert "history" in reading.written
    assert [mark_words(reading, each) for each in reading.marks if each.ref == "history"] == [
        f"history, session 1, {day_words(TODAY, TODAY)}"
    ]


def test_the_sick_role_goes_under_the_protocol_s_word(room: Illness) -> None:
    assert room.find(QAbstractButton, "section_sick_role_fold").text() == "Sick role"
    reading = room.chapter.reading
    assert reading is not None
    none = replace(reading, protocol=replace(reading.protocol, sick_role=""))
    room.chapter.show_course(none)
    assert room.page.findChild(QWidget, "section_sick_role") is None
    room.chapter.show_course(replace(reading, protocol=replace(reading.protocol, sick_role="Limited sick role")))
    assert room.find(QAbstractButton, "section_sick_role_fold").text() == "Limited sick role"


# -- the timeline ------------------------------------------------------------------------------------------------------


def test_an_event_around_the_onset_is_added_with_its_end_and_mood(room: Illness) -> None:
    room.press("illness_timeline_fold")
    room.press("field_timeline_add")
    room.type("field_timeline_panel_title", "Moved to the flat")
    room.type("field_timeline_panel_when", "May 2025")
    room.type("field_timeline_panel_until", "April 2025")
    room.key(Qt.Key.Key_Return)
    assert "before it begins" in room.words("field_timeline_panel_error_words")
    room.type("field_timeline_panel_until", "July 2025")
    mood = room.find(QAbstractButton, "field_timeline_panel_mood_2")
    mood.setFocus()
    room.key(Qt.Key.Key_2)
    title = room.find(QLineEdit, "field_timeline_panel_title")
    room.qtbot.keyClick(title, Qt.Key.Key_Return)
    room.settle()
    (event,) = room.events
    assert (event.title, event.on, event.until, event.mood) == ("Moved to the flat", "2025-05", "2025-07", 2)
    assert event.session_id is None
    assert room.words(f"field_timeline_detail_{event.id}") == "May 2025 to July 2025 · mood 2"
    assert room.find(QAbstractButton, "illness_timeline_fold").text() == "Timeline (1)"
    room.frame.stack.undo()
    room.settle()
    assert room.events == []
    assert room.find(QAbstractButton, "illness_timeline_fold").text() == "Timeline"


def test_what_is_typed_of_an_event_is_kept_when_the_chapter_is_left(room: Illness) -> None:
    room.press("illness_timeline_fold")
    room.press("field_timeline_add")
    room.type("field_timeline_panel_title", "Quarrel at Easter")
    room.type("field_timeline_panel_when", "at easter")
    assert room.page.flush()
    (event,) = room.events
    assert (event.title, event.on, event.note) == ("Quarrel at Easter", TODAY.isoformat(), "at easter")


def test_events_told_in_notes_stand_here_too_and_name_people(room: Illness) -> None:
    told = {"session_id": room.session.id, "kind": EventKind.SEPARATION, "person_ids": [room.johan.id]}
    event = room.event("He moved out", **told)
    room.press("illness_timeline_fold")
    assert room.words(f"field_timeline_detail_{event.id}") == "March 2025 · separation · Johan"
    room.press(f"field_timeline_remove_{event.id}")
    assert room.events == []
    room.frame.stack.undo()
    assert room.events == [event]


# -- the page ----------------------------------------------------------------------------------------------------------


def test_tab_goes_as_things_stand(room: Illness) -> None:
    made = room.make("first")
    taken = room.medicine("Sertraline")
    room.open()
    assert room.focused == "diagnoses_start_add"
    went = []
    for _step in range(9):
        room.key(Qt.Key.Key_Tab)
        went.append(room.focused)
    assert went == [
        f"diagnosis_edit_{made.id}",
        f"diagnosis_remove_{made.id}",
        "diagnoses_end_copy",
        "diagnoses_end_add",
        "medication_add",
        f"medication_end_{taken.id}",
        f"medication_edit_{taken.id}",
        f"medication_remove_{taken.id}",
        "section_illness_fold",
    ]


def test_a_lock_leaves_no_word_behind(room: Illness) -> None:
    room.make("secret diagnosis")
    room.medicine("secret medicine")
    room.event("secret event")
    room.press("diagnoses_start_add")
    room.type("diagnosis_words", "secret")
    room.page.forget()
    shown = [each.text() for kind in (QLabel, QAbstractButton, QLineEdit) for each in room.page.findChildren(kind)]
    assert not [each for each in shown if "secret" in each]


def test_with_large_text_the_groups_stand_one_below_the_other(room: Illness, qapp: QApplication) -> None:
    start, end = (room.find(QWidget, f"diagnoses_{at}") for at in ("start", "end"))
    assert start.y() == end.y()
    theme.apply(qapp, theme.Theme("light", 2.0))
    room.qtbot.waitUntil(lambda: start.geometry().bottom() < end.y())


def test_an_editor_comes_into_sight_and_so_does_what_it_was_opened_from(room: Illness, qapp: QApplication) -> None:
    theme.apply(qapp, theme.Theme("light", 2.0))
    room.settle()
    room.press("diagnoses_start_add")
    keep = room.find(QAbstractButton, "diagnosis_editor_keep")
    room.qtbot.waitUntil(lambda: not keep.visibleRegion().isEmpty())
    room.chapter.scroller.verticalScrollBar().setValue(room.chapter.scroller.verticalScrollBar().maximum())
    line = room.find(QLineEdit, "diagnosis_words")
    room.qtbot.keyClick(line, Qt.Key.Key_Escape)
    add = room.find(QAbstractButton, "diagnoses_start_add")
    room.qtbot.waitUntil(lambda: not add.visibleRegion().isEmpty())


def test_it_is_printed_on_the_reports_tab_and_says_where_there_is_nothing_yet(room: Illness) -> None:
    asked: list[str] = []
    room.page.papers.print_asked.connect(lambda kind, _record: asked.append(kind))
    room.press("history_print")
    assert asked == ["history"]
    assert room.frame.tab == "", "there is nothing to print"
    room.make("Major depressive disorder")
    room.press("history_print")
    assert room.frame.tab == "reports"
