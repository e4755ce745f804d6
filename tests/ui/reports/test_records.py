"""Which of several records a document shows: one, all, or those that are ticked."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.records import Attendance, Session
from tests.services.summary_case import END, Case
from tests.ui.naming import unnamed
from ui.reports.page import ReportsPage
from ui.reports.records import TICKED

pytestmark = pytest.mark.usefixtures("qapp")


def test_notes_are_printed_one_by_one_or_those_that_are_ticked(case: Case, page: ReportsPage, qtbot: QtBot) -> None:
    sessions = case.desk.sessions.sessions(case.course.id)
    with qtbot.waitSignal(page.typesetter.made, timeout=20_000):
        page.show_kind("session-notes", sessions[0].id)
    which, ticked = page.findChild(QComboBox, "report_which"), page.findChild(QWidget, "report_ticked")
    assert page._proof is not None
    assert page._proof.text.startswith("Session 1 of 16")
    assert ticked.isHidden()
    with qtbot.waitSignal(page.typesetter.made, timeout=20_000):
        which.setCurrentIndex(which.findData(TICKED))
    assert not ticked.isHidden()
    assert page._proof.text.startswith("Session 1 of 16"), "it goes on from the one that was shown"
    boxes = ticked.findChildren(QCheckBox)
    assert [each.isChecked() for each in boxes] == [False, False, True]
    assert unnamed(page) == []
    with qtbot.waitSignal(page.typesetter.made, timeout=20_000):
        boxes[0].click()
    assert page._proof.text.startswith("Session notes")
    assert "2 notes" in page._proof.text
    boxes[0].click()
    boxes[2].click()
    assert boxes[2].isChecked(), "of one at least it is made"
    later = case.desk.sessions.add_session(
        Session(course_id=case.course.id, date=END + timedelta(weeks=1), attendance=Attendance.ATTENDED)
    )
    with qtbot.waitSignal(page.typesetter.made, timeout=20_000):
        case.write(Purpose.PROGRESS_NOTE, {Means.FOCUS: ["grief"]}, later)
        page.refresh()
    assert page.choices.record() == sessions[0].id, "what is ticked stays so"
    assert which.currentData() == TICKED
