"""Worksheets: about whom they say they are, in a list by their day, taken out and brought back with every version."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.form import Form, Purpose
from ipt_desktop.domain.records import Client, Document, Session
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key

MONDAY = date(2026, 11, 23)


class Life:
    """A client in a course, with a session and two people."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.sheets = desk, desk.worksheets
        self.client = desk.clients.add_client(Client(name="Marta Lindqvist"))
        self.course = desk.courses.begin_course(self.client.id, desk.resources.protocols[0], started_on=MONDAY)
        self.session = desk.sessions.add_session(Session(course_id=self.course.id, date=MONDAY))
        self.johan, self.elin = (desk.circles.add_person(self.client.id, name, "other") for name in ("Johan", "Elin"))
        self.form = next(each for each in desk.resources.forms_for(Purpose.WORKSHEET) if each.key == "communication-analysis")

    def save(self, document: Document, **answers: object) -> Document:
        draft = self.desk.documents.begin_writing(document)
        kept = self.desk.documents.keep_draft(draft, {**document.answers, **answers})
        self.desk.documents.end_writing(draft)
        return kept

    def begun(self, **more: object) -> Document:
        return self.sheets.begun(self.form, self.course, **more)  # type: ignore[arg-type]


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    desk = Desk(create_with_key(tmp_path / "practice", bytes(range(32)), "Willow Lane Practice"))
    yield Life(desk)
    desk.close()


def test_a_worksheet_is_about_whom_its_answers_name(life: Life) -> None:
    sheet = life.save(life.begun(person_id=life.johan.id), setting="In the hall")
    assert (sheet.about_id, sheet.answers["person"]) == (life.johan.id, life.johan.id)
    sheet = life.save(sheet, person=life.elin.id)
    assert life.desk.documents.document(sheet.id).about_id == life.elin.id
    sheet = life.save(sheet, person="")
    assert sheet.about_id is None


def test_who_is_deleted_stays_in_the_answers_and_is_named_again_when_they_come_back(life: Life) -> None:
    sheet = life.save(life.begun(person_id=life.johan.id), setting="In the hall")
    life.desk.circles.delete_person(life.johan.id)
    sheet = life.save(life.desk.documents.document(sheet.id), setting="On the stairs")
    assert (sheet.about_id, sheet.answers["person"]) == (None, life.johan.id)
    life.desk.circles.restore_person(life.johan.id)
    assert life.desk.documents.document(sheet.id).about_id == life.johan.id


def test_someone_of_another_client_is_nobody_here(life: Life) -> None:
    other = life.desk.clients.add_client(Client(name="Olga"))
    ben = life.desk.circles.add_person(other.id, "Ben", "brother")
    assert life.save(life.begun(), person=ben.id).about_id is None


def test_the_list_tells_day_person_tie_and_first_words(life: Life) -> None:
    begun = life.save(life.begun(session_id=life.session.id, tie_id="some-tie"), turns=[{"said": "  You never\n ask "}])
    empty = life.save(life.begun(person_id=life.johan.id))
    told = {each.document.id: each for each in life.sheets.of_course(life.course.id)}
    assert (told[begun.id].day, told[begun.id].tie_id, told[begun.id].words) == (MONDAY, "some-tie", "You never ask")
    assert (told[empty.id].person_id, told[empty.id].words) == (life.johan.id, "")
    assert {each.document.id for each in life.sheets.of_client(life.client.id)} == set(told)


def test_one_taken_out_comes_back_with_its_earlier_versions(life: Life) -> None:
    sheet = life.save(life.begun(person_id=life.johan.id), setting="In the hall")
    sheet = life.save(sheet, setting="On the stairs")
    before = life.desk.documents.revisions(sheet.id)
    assert len(before) == 2
    life.sheets.remove(sheet.id)
    assert life.sheets.of_course(life.course.id) == []
    life.sheets.restore(sheet.id)
    assert life.desk.documents.document(sheet.id) == sheet
    assert life.desk.documents.revisions(sheet.id) == before
    with pytest.raises(RecordGone):
        life.sheets.restore(sheet.id)
    with pytest.raises(RecordGone):
        life.sheets.remove("nowhere")


def test_it_comes_back_without_the_session_that_went_meanwhile(life: Life) -> None:
    sheet = life.save(life.begun(session_id=life.session.id), setting="In the hall")
    life.sheets.remove(sheet.id)
    life.desk.sessions.remove_session(life.session.id)
    assert life.sheets.restore(sheet.id) == replace(sheet, session_id=None)


def test_a_session_goes_without_the_worksheet_that_was_begun_in_it(life: Life) -> None:
    sheet = life.save(life.begun(session_id=life.session.id), setting="In the hall")
    life.desk.sessions.remove_session(life.session.id)
    assert life.desk.documents.document(sheet.id).answers == sheet.answers


def test_a_worksheet_is_no_note_and_makes_no_task(life: Life) -> None:
    life.save(life.begun(session_id=life.session.id), setting="In the hall")
    assert life.desk.documents.notes(life.course.id) == {}
    assert life.desk.steps.of_course(life.course.id) == []


def test_every_shipped_worksheet_can_be_begun(life: Life) -> None:
    forms: tuple[Form, ...] = life.desk.resources.forms_for(Purpose.WORKSHEET)
    assert len(forms) >= 3
    for form in forms:
        life.save(life.sheets.begun(form, life.course, person_id=life.johan.id))
    assert {each.form.key for each in life.sheets.of_course(life.course.id)} == {each.key for each in forms}
