"""A course without a number of sessions, and phases that come after the sessions agreed, in the window's own words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.protocol import Phase, Protocol, Task
from ipt_desktop.domain.records import Course, Session
from tests.ui.phases.test_page import PhasesRoom
from tests.ui.practice_room import Room, open_room
from ui.client_strip import CellWords
from ui.focus.facts import focus_facts
from ui.phases.page import PhasesPage
from ui.sessions.course_notes import read_course
from ui.strip_facts import strip_facts

TODAY = date.today()
WEEK = timedelta(weeks=1)


def with_after(room: Room) -> Protocol:
    """The shipped protocol with two phases after its sessions."""
    known = room.desk.resources.protocol("weissman-markowitz-klerman")
    assert known is not None
    numbered = tuple(each for each in known.phases if not each.is_after)
    check = Task(key="check", text="Looked at how it holds")
    after = (
        Phase(key="tapering", label="Tapering", is_after=True, review_weeks=6),
        Phase(key="maintenance", label="Maintenance", is_after=True, review_weeks=12, tasks=(check,)),
    )
    return replace(known, key="own", name="IPT with maintenance", phases=(*numbered, *after))


def open_protocol(room: Room) -> Protocol:
    """A protocol without a number of sessions."""
    phases = (Phase(key="maintenance", label="Maintenance", first=1, last=0, tasks=(Task(key="signs", text="Signs asked"),)),)
    return replace(with_after(room), key="open", name="Maintenance", planned_sessions=0, frequency="monthly", phases=phases)


class Opened:
    """A client in a course of a protocol, with the Phases tab in a window."""

    def __init__(self, room: Room, qtbot: QtBot, protocol: Protocol, held: int) -> None:
        client = room.client()
        started_on = TODAY - held * WEEK
        course = room.desk.courses.begin_course(client.id, protocol, started_on=started_on)
        sessions = room.sessions(course, held)
        frame = room.frame(client)
        page = PhasesPage(room.desk, frame)
        frame.hold(page, 1280, 760)
        self.room = PhasesRoom(qtbot, room, client, course, sessions, frame, page)

    def strip(self) -> tuple[CellWords, CellWords, int | None]:
        facts = strip_facts(self.room.room.desk, self.room.client.id, self.room.course.id, lambda client: client.name)
        assert facts is not None
        return facts.phase, facts.session, facts.phase_at


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as opened:
        yield opened


def test_a_course_without_a_number_counts_its_sessions_and_promises_none(practice: Room, qtbot: QtBot):
    opened = Opened(practice, qtbot, open_protocol(practice), held=7)
    room = opened.room
    assert room.text("session_count") == "Session 8 · no number agreed"
    assert room.text("sessions_left") == "7 sessions held"
    assert room.text("phase_agreed") == "from session 1"
    assert "monthly sessions of 50 minutes, no number agreed · from " in room.text("course_words")
    spoken = room.page.course_card.band.accessibleDescription()
    assert "sessions 1 to 8; " not in spoken
    assert "7 sessions held, session 8 is next" in spoken
    assert "Agreed end" not in spoken
    assert opened.strip()[1] == CellWords("8", "no number agreed")


def test_before_its_first_session_it_stands_at_the_first(practice: Room, qtbot: QtBot):
    opened = Opened(practice, qtbot, open_protocol(practice), held=0)
    assert opened.room.text("session_count") == "Session 1 · no number agreed"
    assert opened.room.text("sessions_left") == "0 sessions held"
    assert len(opened.room.page.course_card.band._band.slots) == 1


def test_a_course_with_a_number_and_no_session_yet(practice: Room, qtbot: QtBot):
    opened = Opened(practice, qtbot, with_after(practice), held=0)
    assert opened.room.text("session_count") == "Session 1 of 16 · 15 after"
    assert opened.room.text("sessions_left") == "16 sessions left to hold"
    assert "0 sessions held, session 1 is next" in opened.room.page.course_card.band.accessibleDescription()


def test_its_notes_are_not_told_that_one_is_the_last(practice: Room, qtbot: QtBot):
    opened = Opened(practice, qtbot, open_protocol(practice), held=3)
    notes = read_course(practice.desk, opened.room.course.id)
    assert notes is not None
    assert notes.left_after(notes.sessions[-1]) is None
    note = practice.desk.documents.open_document(
        Purpose.PROGRESS_NOTE, opened.room.client.id, course_id=opened.room.course.id, session_id=notes.sessions[-1].id
    )
    assert focus_facts(practice.desk, note).session == "session 3"


def test_in_a_phase_after_the_sessions_agreed_the_next_one_goes_on_and_nothing_is_counted_down(practice: Room, qtbot: QtBot):
    opened = Opened(practice, qtbot, with_after(practice), held=16)
    room = opened.room
    room.phases.enter_phase(room.course.id, "termination", TODAY - 3 * WEEK)
    room.phases.enter_phase(room.course.id, "maintenance", TODAY - WEEK, "as agreed", TODAY + 11 * WEEK)
    room.page.refresh()
    assert room.text("phase_now") == "Maintenance phase"
    assert room.text("phase_agreed") == "after the sessions agreed"
    assert room.text("session_count") == "Session 17"
    assert room.text("sessions_left") == "16 sessions held"
    assert not room.page.standing._suggestion.isVisible()
    phase, session, at = opened.strip()
    assert phase.value == "Maintenance"
    assert session.value == "17 (16 agreed)"
    assert session.detail.startswith("review ")
    assert at == 3
    (standing,) = practice.desk.clients.overview(TODAY)
    assert (standing.phase, standing.is_after, standing.count.number if standing.count else 0) == ("Maintenance", True, 17)


def test_its_tasks_are_ticked_like_any_other(practice: Room, qtbot: QtBot):
    room = Opened(practice, qtbot, with_after(practice), held=16).room
    room.phases.enter_phase(room.course.id, "maintenance", TODAY)
    room.page.refresh()
    box = room.find(QAbstractButton, "tick_maintenance_check")
    qtbot.waitUntil(box.isVisible)
    room.click("tick_maintenance_check")
    assert [each.task for each in room.phases.ticks(room.course.id)] == ["maintenance.check"]


def test_the_17th_session_of_16_is_not_the_last_one(practice: Room, qtbot: QtBot):
    room = Opened(practice, qtbot, with_after(practice), held=16).room
    beyond = practice.desk.sessions.add_session(Session(course_id=room.course.id, date=TODAY))
    notes = read_course(practice.desk, room.course.id)
    assert notes is not None
    assert notes.left_after(notes.session(beyond.id) or beyond) is None
    assert notes.left_after(room.sessions[-1]) == 0


def changed(room: PhasesRoom) -> Course:
    """Let the course go on under a protocol that has neither its areas nor its present phase."""
    known = room.page._reading
    assert known is not None
    phases = tuple(replace(each, key=f"own_{each.key}") for each in known.protocol.phases if not each.is_after)
    other = replace(known.protocol, key="other", name="Another", areas=known.protocol.areas[:1], phases=phases)
    room.room.desk.courses.change_protocol(room.course.id, other, TODAY)
    room.page.refresh()
    return room.room.desk.courses.course(room.course.id)


def test_a_phase_set_under_an_earlier_protocol_keeps_its_word_everywhere(practice: Room, qtbot: QtBot):
    opened = Opened(practice, qtbot, with_after(practice), held=5)
    room = opened.room
    room.phases.enter_phase(room.course.id, "middle", TODAY - WEEK)
    changed(room)
    assert room.text("phase_now") == "Middle phase"
    assert opened.strip()[0].value == "Middle"
    assert room.text("phase_suggestion_words").startswith("Session 6: as agreed, Middle begins with session 4")
    notes = read_course(practice.desk, room.course.id)
    assert notes is not None
    assert [each.phase for each in notes.lines(TODAY)] == ["Middle", *["Initial"] * 4]
