"""The self-check of a session on a real practice: one a session, in its history in words, and no part of the note."""

from datetime import date

import pytest

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Client, Document, Session
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.history import differences

TODAY = date(2026, 11, 24)


@pytest.fixture
def session(desk: Desk) -> Session:
    client = desk.clients.add_client(Client(name="Marta"))
    protocol = desk.resources.protocol("weissman-markowitz-klerman")
    assert protocol is not None
    course = desk.courses.begin_course(client.id, protocol, started_on=TODAY)
    return desk.sessions.add_session(Session(course_id=course.id, date=TODAY))


def found(desk: Desk, session: Session, purpose: Purpose = Purpose.SELF_CHECK) -> Document:
    client_id = desk.courses.course(session.course_id).client_id
    return desk.documents.open_document(purpose, client_id, course_id=session.course_id, session_id=session.id)


def write(desk: Desk, session: Session, answers: dict[str, object]) -> Document:
    draft = desk.documents.begin_writing(found(desk, session))
    kept = desk.documents.keep_draft(draft, answers)
    desk.documents.end_writing(draft)
    return kept


def test_a_session_has_one_and_its_note_is_another_document(desk: Desk, session: Session):
    kept = write(desk, session, {"done": ["mood"], "total": "3.4"})
    assert found(desk, session).id == kept.id
    assert found(desk, session, Purpose.PROGRESS_NOTE).id != kept.id
    assert desk.documents.notes(session.course_id) == {}


def test_its_versions_say_the_steps_in_the_protocol_s_words(desk: Desk, session: Session):
    kept = write(desk, session, {"done": ["mood", "countdown", "of another protocol"]})
    told = differences(desk.history.versions(kept.id)[0], None)[0]
    words = "".join(each.text for each in told.pieces)
    assert "how many remain" in words
    assert "of another protocol" in words


def test_a_session_whose_self_check_is_written_is_not_removed_with_it(desk: Desk, session: Session):
    write(desk, session, {"done": ["mood"]})
    with pytest.raises(Refused, match="self-check"):
        desk.sessions.remove_session(session.id)
    write(desk, session, {"done": []})
    removed = desk.sessions.remove_session(session.id)
    desk.sessions.bring_back_session(removed)
    assert found(desk, session).revision == 2
