"""The records of problem areas: one document each, which outlives its area; violence asked about first and kept off paper."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ipt_desktop.domain.area_record import OF_AREA, AreaRecord, Screened
from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.form import Form, Purpose
from ipt_desktop.domain.form_check import check
from ipt_desktop.domain.records import Client, Document, Person, ProblemArea
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key

START = date(2026, 3, 2)


class Records:
    """A client in a course; the verbs of a therapist who writes records."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.client = desk.clients.add_client(Client(name="Marta Lindqvist"))
        self.course = desk.courses.begin_course(self.client.id, desk.resources.protocols[0], started_on=START)
        self.johan, self.ruth = (desk.circles.add_person(self.client.id, name, "other") for name in ("Johan", "Ruth"))

    def area(self, key: str = "dispute", person: Person | None = None) -> ProblemArea:
        area = ProblemArea(course_id=self.course.id, area=key, person_id=person.id if person else None)
        return self.desk.phases.keep_problem_area(area)

    def form(self, area: ProblemArea) -> Form:
        return self.desk.documents.form_of(self.desk.area_records.document(area.id))

    def write(self, area: ProblemArea, **answers: Any) -> Document:
        document = self.desk.area_records.document(area.id)
        draft = self.desk.documents.begin_writing(document)
        return self.desk.documents.keep_draft(draft, {**document.answers, **answers})

    def told(self, area: ProblemArea) -> AreaRecord:
        return self.desk.area_records.of_areas([area])[area.id]

    def entry(self, person: Person, violence: str) -> None:
        document = self.desk.documents.open_document(
            Purpose.INVENTORY_ENTRY, self.client.id, course_id=self.course.id, about_id=person.id
        )
        self.desk.documents.keep_draft(self.desk.documents.begin_writing(document), {"violence": violence})


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    desk = Desk(create_with_key(tmp_path / "practice", bytes(range(32)), "Willow Lane Practice"))
    yield Records(desk)
    desk.close()


def test_each_area_has_the_form_of_its_kind_and_any_other_the_general_one(records: Records) -> None:
    forms = {key: records.form(records.area(key)).key for key in ("grief", "dispute", "transition", "deficits", "sensitivity")}
    assert forms == {
        "grief": "grief-record",
        "dispute": "dispute-record",
        "transition": "transition-record",
        "deficits": "deficits-record",
        "sensitivity": "area-record",
    }
    assert records.desk.resources.form_for(Purpose.AREA_RECORD).key == "area-record"


def test_a_fresh_record_names_whom_the_area_is_with_and_is_stored_with_its_first_save(records: Records) -> None:
    area = records.area(person=records.johan)
    fresh = records.desk.area_records.document(area.id)
    assert (fresh.revision, fresh.about_id, fresh.answers["person"]) == (0, records.johan.id, records.johan.id)
    assert records.told(area) == AreaRecord(problem_area_id=area.id)
    written = records.write(area, issue="Elin’s weekends")
    assert records.desk.area_records.document(area.id) == written
    assert records.told(area) == AreaRecord(problem_area_id=area.id, document_id=written.id, words="Elin’s weekends")
    assert check(records.form(area), written.answers) == []
    with pytest.raises(RecordGone):
        records.desk.area_records.document("nothing")


def test_a_record_stays_when_its_area_goes_and_undo_links_it_again(records: Records) -> None:
    area = records.area(person=records.johan)
    written = records.write(area, issue="Elin’s weekends")
    gone = records.desk.phases.remove_problem_area(area.id)
    assert records.desk.documents.document(written.id).answers["issue"] == "Elin’s weekends"
    records.desk.phases.restore_problem_area(gone)
    assert records.told(area).document_id == written.id


def test_the_same_area_added_again_finds_its_record(records: Records) -> None:
    written = records.write(first := records.area(person=records.johan), issue="Elin’s weekends")
    records.desk.phases.remove_problem_area(first.id)
    again = records.area(person=records.johan)
    assert again.id != first.id
    assert records.told(again).document_id == written.id
    assert records.write(again, issue="The holidays").id == written.id


def test_another_kind_or_another_person_has_a_record_of_its_own(records: Records) -> None:
    written = records.write(first := records.area(person=records.johan), violence="none")
    records.desk.phases.remove_problem_area(first.id)
    assert records.told(records.area("grief", records.johan)).document_id == ""
    other = records.told(records.area("dispute", records.ruth))
    assert (other.document_id, other.screened) == ("", Screened.NOT_ASKED), "what was asked of Johan says nothing of Ruth"
    assert records.told(records.area("dispute")).document_id == written.id, "of nobody in particular it may be the same one"


def test_two_disputes_of_one_course_have_two_records(records: Records) -> None:
    one, two = records.area(person=records.johan), records.area(person=records.ruth)
    first, second = records.write(one, issue="Weekends"), records.write(two, issue="Money")
    assert first.id != second.id
    assert [records.told(each).words for each in (one, two)] == ["Weekends", "Money"]


def test_an_area_made_another_kind_keeps_both_records_apart(records: Records) -> None:
    area = records.area(person=records.johan)
    dispute = records.write(area, issue="Weekends")
    changed = records.desk.phases.keep_problem_area(replace(area, area="grief"))
    assert records.told(changed).document_id == ""
    grief = records.write(changed, how="Suddenly")
    back = records.desk.phases.keep_problem_area(area)
    assert (records.told(back).document_id, grief.id != dispute.id) == (dispute.id, True)


def test_a_person_who_is_deleted_leaves_the_record_there(records: Records) -> None:
    area = records.area(person=records.johan)
    written = records.write(area, issue="Weekends")
    records.desk.circles.delete_person(records.johan.id)
    assert records.desk.documents.document(written.id).about_id is None
    records.desk.circles.restore_person(records.johan.id)
    assert records.desk.documents.document(written.id).about_id == records.johan.id


def test_violence_counts_as_asked_in_the_record_or_of_the_person(records: Records) -> None:
    area = records.area(person=records.johan)
    assert records.told(area).screened is Screened.NOT_ASKED
    records.write(area, violence="not_asked")
    assert not records.told(area).screened.is_asked
    records.entry(records.johan, "past")
    assert records.told(area).screened is Screened.PAST
    records.write(area, violence="none")
    assert records.told(area).screened is Screened.NONE, "the record is what was asked last"
    records.write(area, violence="current", violence_words="Pushed her twice", issue="")
    assert records.told(area).screened.is_told
    assert records.told(area).words == "", "what was told of it is in no list"


def test_an_area_that_is_now_with_another_is_asked_anew(records: Records) -> None:
    area = records.area(person=records.johan)
    records.write(area, violence="none")
    changed = records.desk.phases.keep_problem_area(replace(area, person_id=records.ruth.id))
    assert records.told(changed).screened is Screened.NOT_ASKED


def test_what_it_is_of_is_the_programs_own_and_in_no_version(records: Records) -> None:
    written = records.write(records.area(), issue="Weekends")
    assert OF_AREA in written.answers
    (version,) = records.desk.history.versions(written.id)
    assert set(version.words) == {"issue"}
