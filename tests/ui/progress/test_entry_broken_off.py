"""Quick entry that is broken off, whose session goes meanwhile, or where one answer rules others out."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.fitting import misfits, settle
from tests.ui.practice_room import Room, open_room
from tests.ui.progress.test_entry import TODAY, Entering
from ui import theme
from ui.progress.answer_rows import AnswerRow


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as opened:
        yield opened


@pytest.fixture
def _largest_text(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, theme.Theme("light", 2.0))
    yield
    theme.apply(qapp, theme.Theme())


def row(tab: Entering, key: str) -> AnswerRow:
    found = tab.panel.rows.row(key)
    assert isinstance(found, AnswerRow)
    return found


def test_what_an_answer_rules_out_is_not_asked_and_counts_nothing(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    tab.page.enter_measure("audit-c")
    assert "1 = Monthly or less" in tab.says("answer_1_legend")
    tab.type("432")
    assert tab.says("entry_total") == "Total 9"
    row(tab, "1").setFocus()
    tab.type("0")
    assert QApplication.focusWidget() is tab.find(QPushButton, "entry_keep"), "the keyboard goes past them"
    assert (row(tab, "2").words, row(tab, "3").words) == ("not asked", "not asked")
    assert "not asked" in row(tab, "2").accessibleName()
    assert tab.says("entry_total") == "Total 0"
    assert tab.says("entry_missing") == ""
    row(tab, "1").setFocus()
    tab.type("1")
    assert tab.says("entry_total") == "Total 6", "what was answered before is still there"
    row(tab, "1").setFocus()
    tab.type("0\n")
    (kept,) = tab.measured
    assert (kept.result.total, kept.result.answers) == (0.0, {"1": 0.0})
    tab.page.measures.open_result(kept.result.id)
    assert tab.says("result_answer_1") == "not asked"


def test_a_half_typed_measure_stands_on_progress_whatever_was_wrong_in_it(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    tab.page.enter_measure("epds")
    tab.type("14\n9")  # item 10 goes to 3
    tab.panel._head.day_field.setText("nonsense")
    assert tab.page.flush_all()
    (begun,) = tab.desk.measures.unfinished(tab.client.id)
    assert (begun.answers, begun.on) == ({"total": 14.0}, TODAY)
    tab.page.forget()
    tab.page.show_client(tab.client.id, tab.course.id)
    assert tab.page.unfinished.isVisible()
    assert "EPDS" in tab.page.unfinished.title()
    tab.find(QPushButton, "unfinished_remove").click()
    qtbot.waitUntil(tab.page.unfinished.isHidden)
    tab.frame.stack.undo()
    qtbot.waitUntil(tab.page.unfinished.isVisible)


def test_a_session_deleted_meanwhile_is_said_and_nothing_typed_is_lost(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    tab.page.enter_measure("gad-7", tab.sessions[1].id)
    tab.type("111")
    tab.desk.sessions.remove_session(tab.sessions[1].id)
    qtbot.waitUntil(lambda: "no more" in tab.says("entry_notice"))
    tab.type("1111\n")
    (kept,) = tab.measured
    assert (kept.result.total, kept.result.session_id) == (7.0, None)


def test_a_change_half_made_is_kept_where_it_is_whole_and_else_said(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    tab.page.enter_measure("gad-7")
    tab.type("1111111\n")
    (kept,) = tab.measured
    assert tab.page.open_result(kept.result.id)
    row(tab, "1").setFocus()
    QTest.keyClick(row(tab, "1"), Qt.Key.Key_Backspace)
    assert tab.page.flush_all()
    assert [each.result.total for each in tab.measured] == [7.0]
    assert tab.frame.said[-1][0] == "The result is as it was"
    tab.type("3")
    assert tab.page.flush_all()
    assert [each.result.total for each in tab.measured] == [9.0]


def test_a_day_to_come_keeps_nothing_and_says_so(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    tab.page.enter_measure("gad-7")
    tab.panel._head.day_field.setText((TODAY + timedelta(days=1)).isoformat())
    tab.type("1111111")
    tab.find(QPushButton, "entry_keep").click()
    assert tab.measured == []
    assert "still to come" in tab.panel.foot.error.text()


@pytest.mark.usefixtures("_largest_text")
def test_nothing_is_cut_with_the_largest_text_in_a_small_window(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    tab.frame.resize(1000, 600)
    for key in ("pcl-5", "ecr-rs", "audit-c"):
        tab.page.enter_measure(key)
        settle()
        assert misfits(tab.panel) == []
    assert tab.page.plan_measures()
    settle()
    assert tab.page.plan.editor.isVisible()
    assert misfits(tab.page.plan) == []
    assert tab.page.findChild(QLabel, "plan_words") is not None
