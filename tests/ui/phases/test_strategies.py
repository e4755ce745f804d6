"""Strategies on the Phases tab: marked by a press in the session meant, in any other by its menu, each step undone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import Attendance, ProblemArea, Session
from ipt_desktop.domain.strategy_work import Worked
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room, open_room
from ui import theme
from ui.phases.area_reading import SessionsSoFar
from ui.phases.page import PhasesPage
from ui.phases.strategy_row import StrategyRow

W = TypeVar("W", bound=QWidget)
TODAY = date.today()
WEEK = timedelta(weeks=1)


class WorkRoom:
    """A course in its fourth week, today's session still open, with a dispute."""

    def __init__(self, qtbot: QtBot, room: Room) -> None:
        self.qtbot, self.desk = qtbot, room.desk
        self.client = room.client()
        self.course = room.course(self.client, TODAY - 3 * WEEK)
        self.johan = self.desk.circles.add_person(self.client.id, "Johan", "husband")
        self.area = self.desk.phases.keep_problem_area(
            ProblemArea(course_id=self.course.id, area="dispute", person_id=self.johan.id)
        )
        self.room = room
        self.sessions = room.sessions(self.course, 3)
        self.sessions.append(self.desk.sessions.add_session(Session(course_id=self.course.id, date=TODAY)))
        self.frame = room.frame(self.client)
        self.page = PhasesPage(self.desk, self.frame)
        self.frame.hold(self.page, 1280, 760)

    def find(self, kind: type[W], name: str) -> W:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    def row(self, strategy: str) -> StrategyRow:
        return self.find(StrategyRow, f"strategy_dispute_{strategy}")

    @property
    def marks(self) -> list[tuple[str, date]]:
        return [(each.strategy, each.on) for each in self.desk.strategies.of_course(self.course.id)]

    def menu(self) -> QMenu:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[WorkRoom]:
    with open_room(tmp_path) as opened:
        room = WorkRoom(qtbot, opened)
        qtbot.waitExposed(room.frame)
        yield room
        room.page.forget()


def test_a_click_marks_todays_session_and_another_takes_it_back(room: WorkRoom) -> None:
    assert room.row("stage").words == "not worked on so far"
    room.qtbot.mouseClick(room.row("stage"), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert room.marks == [("stage", TODAY)]
    assert (room.row("stage").words, room.row("stage").isChecked()) == ("worked in session 4", True)
    room.qtbot.mouseClick(room.row("stage"), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert room.marks == []
    room.frame.stack.undo()
    assert room.marks == [("stage", TODAY)]
    room.frame.stack.undo()
    assert room.marks == []
    room.frame.stack.redo()
    assert room.row("stage").isChecked()


def test_space_marks_and_the_keyboard_stays_where_it_is(room: WorkRoom) -> None:
    room.row("options").setFocus()
    room.qtbot.keyClick(room.row("options"), Qt.Key.Key_Space)
    assert room.marks == [("options", TODAY)]
    assert room.row("options").hasFocus()
    room.qtbot.keyClick(room.row("options"), Qt.Key.Key_Return)
    assert room.marks == []


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)  # of a menu, on a screen that isn't there
def test_another_session_is_chosen_from_the_menu(room: WorkRoom) -> None:
    room.row("stage").setFocus()
    room.qtbot.keyClick(room.row("stage"), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [each.text().split(",")[0] for each in room.menu().actions()] == ["Session 4", "Session 3", "Session 2", "Session 1"]
    room.qtbot.keyClick(room.menu(), Qt.Key.Key_Down)
    room.qtbot.keyClick(room.menu(), Qt.Key.Key_Down)
    room.qtbot.keyClick(room.menu(), Qt.Key.Key_Return)
    assert room.marks == [("stage", TODAY - WEEK)]
    assert room.row("stage").words == "worked in session 3"
    right = QPoint(room.row("stage").width() - 5, room.row("stage").height() // 2)
    room.qtbot.mouseClick(room.row("stage"), Qt.MouseButton.LeftButton, pos=right)
    assert [each.isChecked() for each in room.menu().actions()] == [False, True, False, False]
    room.menu().actions()[1].trigger()
    room.menu().close()
    assert room.marks == []


def test_it_is_spoken_where_it_was_worked_on_and_what_a_press_does(room: WorkRoom) -> None:
    for session in room.sessions[1:3]:
        room.desk.strategies.mark_strategy(room.area.id, "stage", session.id)
    room.page.refresh()
    assert room.row("stage").accessibleName() == "Determine the stage, worked in sessions 2 and 3"
    assert room.row("stage").accessibleDescription() == "Press to mark session 4, today."
    assert unnamed(room.page) == []


def test_without_a_session_nothing_is_marked_and_that_is_said(room: WorkRoom) -> None:
    for session in room.sessions:
        room.desk.sessions.change_session(replace(session, date=session.date + 8 * WEEK))
    room.page.refresh()
    room.qtbot.mouseClick(room.row("stage"), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert room.marks == []
    assert "No session has been held so far" in room.frame.said[-1][1]
    assert not room.row("stage").isChecked()


def test_until_violence_was_asked_about_a_calm_line_says_so_below_what_rehearses(room: WorkRoom) -> None:
    assert "ask the client alone about violence" in room.find(QLabel, "caution_dispute").text()
    room.qtbot.mouseClick(room.row("act"), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert room.marks == [("act", TODAY)], "it never blocks"
    document = room.desk.area_records.document(room.area.id)
    draft = room.desk.documents.begin_writing(document)
    room.desk.documents.keep_draft(draft, {**document.answers, "violence": "none"})
    room.page.refresh()
    assert room.page.findChild(QLabel, "caution_dispute") is None
    room.desk.documents.keep_draft(draft, {**document.answers, "violence": "unsure", "violence_words": "Looked away"})
    room.page.refresh()
    words = room.find(QLabel, "caution_dispute").text()
    assert "read what was told" in words
    texts = [each.text() for each in room.page.findChildren(QLabel)]
    assert not any("Looked away" in each or "Not sure" in each for each in texts), "what was told is in the record alone"


# -- what is painted ---------------------------------------------------------------------------------------------------


def so_far(count: int) -> SessionsSoFar:
    held = tuple(
        (number, Session(course_id="c", date=TODAY - WEEK * (count - number), attendance=Attendance.ATTENDED))
        for number in range(1, count + 1)
    )
    return SessionsSoFar(held, count, TODAY)


def shown_row(qtbot: QtBot, count: int, numbers: tuple[int, ...], width: int = 400, words: str = "Stage") -> StrategyRow:
    parent = QWidget()
    qtbot.addWidget(parent)
    row = StrategyRow(Worked("stage", words, numbers), so_far(count), parent, name="row")
    row.resize(width, row.heightForWidth(width))
    parent.resize(width, row.height())
    parent.show()
    row.parent_of_test = parent  # type: ignore[attr-defined]
    return row


def filled(row: StrategyRow, line: int) -> list[bool]:
    """Whether each pixel of a line is in the accent's colour."""
    image: QImage = row.grab().toImage()
    accent = theme.current().color("accent").name()
    return [image.pixelColor(x, line).name() == accent for x in range(image.width())]


def test_a_pill_for_each_session_is_filled_where_it_was_worked_on(qtbot: QtBot) -> None:
    row = shown_row(qtbot, 7, (2, 3, 4))
    top = filled(row, row.height() // 2 - 4)  # above the hollow ones
    runs = "".join("x" if each else " " for each in top).split()
    assert len(runs) == 3
    assert all(5 <= len(each) <= 9 for each in runs)


@pytest.mark.parametrize("count", [40, 60])
def test_many_sessions_leave_room_for_the_words(qtbot: QtBot, count: int) -> None:
    row = shown_row(qtbot, count, tuple(range(1, count + 1, 2)), words="Good and bad sides of the old role")
    painted = filled(row, row.height() // 2)
    first = painted.index(True)
    assert first >= row.width() // 2, "words keep more than half of the row"
    runs = "".join("x" if each else " " for each in painted).split()
    assert len(runs) == count // 2, "each pill stands by itself"


@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
def test_words_are_whole_at_any_text_size(qtbot: QtBot, qapp: QApplication, scale: float) -> None:
    theme.apply(qapp, theme.Theme("light", scale))
    row = shown_row(qtbot, 16, (1,), width=300, words="Feelings about the loss and about the change itself")
    metrics = row.fontMetrics()
    assert row.heightForWidth(300) >= metrics.height()
    assert row.heightForWidth(300) > row.heightForWidth(900)
