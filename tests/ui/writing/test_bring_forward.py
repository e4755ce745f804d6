"""Parts of the last note are chosen, brought forward, marked until they are edited, and taken back in one step."""

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.brought_forward import still_brought_forward
from ipt_desktop.domain.dates import day_words
from tests.ui.naming import unnamed
from tests.ui.sessions.test_page import press
from tests.ui.writing.conftest import Desk

PARTS = ("what_happened", "plan")


def mark(writing: Desk, field: str) -> str:
    found = writing.page.findChild(QLabel, f"field_{field}_brought_forward")
    return found.text() if found is not None else ""


def box(writing: Desk, field: str) -> QCheckBox:
    found = writing.page.note.forward.findChild(QCheckBox, f"bring_{field}")
    assert found is not None
    return found


def stored_marks(writing: Desk) -> set[str]:
    assert writing.page.flush()
    return set(still_brought_forward(writing.desk.documents.of_session(writing.sessions()[-1].id)[0].answers))


@pytest.fixture
def brought(writing: Desk) -> Desk:
    """Both parts brought forward into an empty note."""
    writing.sit_down()
    writing.page.note.unfold_all()
    press(writing.page, "bring_forward")
    assert unnamed(writing.page) == []
    assert not any(box(writing, field).isChecked() for field in PARTS)
    assert not writing.button("bring_forward_now").isEnabled()
    for field in PARTS:
        box(writing, field).click()
    writing.button("bring_forward_now").click()
    return writing


def test_what_is_chosen_is_shown_as_brought_forward_until_edited(brought: Desk, qtbot: QtBot):
    day = day_words(brought.sessions()[0].date)
    assert brought.text().toPlainText() == "Rang Johan on Saturday."
    assert brought.text("plan").toPlainText() == "Role play the call."
    assert mark(brought, "plan") == f"Brought forward from {day}, not edited yet"
    assert stored_marks(brought) == set(PARTS)
    qtbot.keyClicks(brought.prose(), " And Elin.")
    assert mark(brought, "what_happened") == ""
    assert mark(brought, "plan") != ""
    assert stored_marks(brought) == {"plan"}


def test_the_mark_is_there_again_after_another_note(brought: Desk, qtbot: QtBot):
    first, second = brought.sessions()
    assert brought.page.choose_session(first.id)
    assert mark(brought, "plan") == ""
    assert brought.page.choose_session(second.id)
    assert mark(brought, "plan") != ""
    qtbot.keyClicks(brought.prose("plan"), "!")
    assert stored_marks(brought) == {"what_happened"}


def test_it_is_taken_back_in_one_step_but_not_what_was_edited(brought: Desk, qtbot: QtBot):
    qtbot.keyClicks(brought.prose("plan"), " Then the letter.")
    undo = brought.page.findChild(QPushButton, "bring_forward_undo")
    assert undo is not None
    undo.click()
    assert brought.text().toPlainText() == ""
    assert brought.text("plan").toPlainText() == "Role play the call. Then the letter."
    assert stored_marks(brought) == set()


def test_the_panel_for_signing_names_what_nobody_has_edited(brought: Desk, qtbot: QtBot):
    qtbot.keyClicks(brought.prose(), " And Elin.")
    press(brought.page, "sign_note")
    named = brought.page.findChild(QLabel, "signing_brought_forward")
    assert named is not None
    assert named.isVisibleTo(brought.page)
    assert named.text() == "Brought forward from the note before, and not edited: Plan."


def test_nothing_to_bring_is_said(writing: Desk):
    writing.sit_down("Written already.")
    assert writing.page.choose_session(writing.sessions()[0].id)
    press(writing.page, "bring_forward")
    assert "nothing for an empty part" in writing.page.note.bar.text()
    assert not writing.page.note.forward.isVisible()
