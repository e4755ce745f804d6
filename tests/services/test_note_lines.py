"""Lines put into a note: below what is written, taken out again, and never over words they have not seen."""

from datetime import date, datetime, timedelta

import pytest

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import Means
from ipt_desktop.domain.records import Attendance, Client, Document, Session
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.note_lines import note_of, put_lines, session_to_note, take_out

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12)


@pytest.fixture
def session(desk: Desk) -> Session:
    client = desk.clients.add_client(Client(name="Marta"))
    protocol = desk.resources.protocol("weissman-markowitz-klerman")
    assert protocol is not None
    course = desk.courses.begin_course(client.id, protocol, started_on=TODAY)
    return desk.sessions.add_session(Session(course_id=course.id, date=TODAY))


def note(desk: Desk, session: Session) -> Document:
    return note_of(desk.documents, desk.courses.course(session.course_id).client_id, session)


def told(desk: Desk, document: Document) -> str:
    form = desk.documents.form_of(document)
    return rich_text.as_plain(rich_text.from_json(form.answer(document.answers, Means.WHAT_HAPPENED)))


def test_lines_come_below_what_is_written_and_go_again(desk: Desk, session: Session) -> None:
    field = desk.documents.form_of(note(desk, session)).field_that_means(Means.WHAT_HAPPENED)
    assert field is not None
    words = rich_text.to_json(rich_text.plain("She called him."))
    desk.documents.keep_draft(desk.documents.begin_writing(note(desk, session)), {field.key: words, "mood": 4})
    put = put_lines(desk.documents, note(desk, session), "Johan: two rings further.\nTess joined.")
    assert told(desk, note(desk, session)) == "She called him.\nJohan: two rings further.\nTess joined."
    take_out(desk.documents, put)
    assert told(desk, note(desk, session)) == "She called him."
    assert note(desk, session).answers["mood"] == 4


def test_a_note_not_begun_begins_with_the_lines(desk: Desk, session: Session) -> None:
    put_lines(desk.documents, note(desk, session), "Tess joined.")
    assert told(desk, note(desk, session)) == "Tess joined."
    assert len(desk.documents.of_session(session.id)) == 1


def test_lines_rewritten_since_stay(desk: Desk, session: Session) -> None:
    put = put_lines(desk.documents, note(desk, session), "Tess joined.")
    take_out(desk.documents, put)
    with pytest.raises(Refused):
        take_out(desk.documents, put)


def test_a_note_that_moved_on_is_not_overwritten(desk: Desk, session: Session) -> None:
    put_lines(desk.documents, note(desk, session), "Tess joined.")
    stale = note(desk, session)
    put_lines(desk.documents, stale, "Choir joined.")
    with pytest.raises(Refused):
        put_lines(desk.documents, stale, "Lost?")
    assert told(desk, note(desk, session)) == "Tess joined.\nChoir joined."


def test_the_note_meant_is_today_s_else_the_latest_held() -> None:
    held = [Session(course_id="c", date=TODAY - timedelta(weeks=number)) for number in (2, 1)]
    missed = Session(course_id="c", date=TODAY - timedelta(days=2), attendance=Attendance.CANCELLED_BY_CLIENT)
    to_come = Session(course_id="c", date=TODAY + timedelta(weeks=1))
    today = Session(course_id="c", date=TODAY)
    assert session_to_note([*held, missed, to_come], NOON) == held[1]
    assert session_to_note([*held, missed, today, to_come], NOON) == today
    assert session_to_note([to_come], NOON) is None
