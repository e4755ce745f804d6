"""A course is ended with its reason in one step, and that step is taken back without losing what was written since."""

from datetime import date

import pytest

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.records import Client, ClientStatus, Course, Document, EndingKind
from ipt_desktop.services.desk import Desk

START, DAY = date(2026, 10, 6), date(2026, 11, 3)


@pytest.fixture
def course(desk: Desk) -> Course:
    marta = desk.clients.add_client(Client(name="Marta"))
    return desk.courses.begin_course(marta.id, desk.resources.protocols[0], started_on=START)


def written(desk: Desk, course: Course) -> list[Document]:
    return desk.documents.of_course(course.id, Purpose.ENDING)


def told(desk: Desk, document: Document, means: Means) -> object:
    return desk.documents.form_of(document).answer(document.answers, means)


def write_gains(desk: Desk, course: Course, words: str) -> Document:
    document = desk.documents.open_document(Purpose.ENDING, course.client_id, course_id=course.id)
    asked = desk.documents.form_of(document).field_that_means(Means.GAINS)
    assert asked is not None
    draft = desk.documents.begin_writing(document)
    kept = desk.documents.keep_draft(draft, {**document.answers, asked.key: rich_text.to_json(rich_text.plain(words))})
    desk.documents.end_writing(draft)
    return kept


def test_the_reason_and_the_kind_stand_in_the_document_about_the_ending(desk: Desk, course: Course):
    reason = "She moves to her sister.\nNo forwarding address."
    ended = desk.endings.end_course(course.id, DAY, EndingKind.EARLY_BY_CLIENT, reason)
    assert (ended.course.ended_on, ended.course.ending) == (DAY, EndingKind.EARLY_BY_CLIENT)
    assert desk.clients.client(course.client_id).status is ClientStatus.FINISHED
    (document,) = written(desk, course)
    assert told(desk, document, Means.ENDING_KIND) == "early_by_client"
    assert desk.endings.reason(course) == reason


def test_without_a_word_no_document_is_begun(desk: Desk, course: Course):
    desk.endings.end_course(course.id, DAY, EndingKind.PLANNED)
    assert written(desk, course) == []


def test_what_was_written_before_stays_beside_it(desk: Desk, course: Course):
    before = write_gains(desk, course, "Asks for what she needs.")
    desk.endings.end_course(course.id, DAY, EndingKind.TRANSFER, "To a clinic nearer home.")
    (document,) = written(desk, course)
    assert before.answers.items() <= document.answers.items()
    assert told(desk, document, Means.ENDING_KIND) == "transfer"
    assert len(desk.documents.revisions(document.id)) == 2


def test_taken_back_the_course_runs_and_the_document_is_as_it_was(desk: Desk, course: Course):
    ended = desk.endings.end_course(course.id, DAY, EndingKind.LOST_CONTACT, "Two letters.")
    assert desk.endings.take_back(ended) == course
    assert written(desk, course) == []
    before = write_gains(desk, course, "Asks.")
    ended = desk.endings.end_course(course.id, DAY, EndingKind.LOST_CONTACT, "Two letters.")
    desk.endings.take_back(ended)
    assert written(desk, course)[0].answers == before.answers


def test_what_was_written_since_is_not_lost_by_taking_the_ending_back(desk: Desk, course: Course):
    ended = desk.endings.end_course(course.id, DAY, EndingKind.LOST_CONTACT, "Two letters.")
    since = write_gains(desk, course, "Asks.")
    desk.endings.take_back(ended)
    assert desk.courses.course(course.id) == course
    assert written(desk, course) == [since]


def test_a_course_does_not_end_before_it_began_and_then_nothing_is_written(desk: Desk, course: Course):
    with pytest.raises(Refused, match="before it began"):
        desk.endings.end_course(course.id, date(2026, 1, 1), EndingKind.PLANNED, "A reason.")
    assert written(desk, course) == []
    assert desk.courses.course(course.id) == course


def test_another_course_that_runs_keeps_an_ending_from_being_taken_back(desk: Desk, course: Course):
    ended = desk.endings.end_course(course.id, DAY, EndingKind.LOST_CONTACT, "Two letters.")
    desk.courses.begin_course(course.client_id, desk.resources.protocols[0], started_on=DAY)
    with pytest.raises(Refused, match="still running"):
        desk.endings.take_back(ended)
    assert desk.endings.reason(course) == "Two letters."
