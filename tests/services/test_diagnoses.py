"""Diagnoses at the start and at the end of a course: ranked, tidied, taken out and brought back."""

from dataclasses import replace
from datetime import date

import pytest

from ipt_desktop.domain.errors import RecordGone, Refused
from ipt_desktop.domain.illness_words import diagnosis_words, system_words
from ipt_desktop.domain.records import Client, Course
from ipt_desktop.domain.treatment_records import Diagnosis, DiagnosisAt
from ipt_desktop.services.desk import Desk

MONDAY = date(2026, 11, 23)


@pytest.fixture
def course(desk: Desk) -> Course:
    client = desk.clients.add_client(Client(name="Marta Lindqvist"))
    return desk.courses.begin_course(client.id, desk.resources.protocols[0], started_on=MONDAY)


def diagnosis(course: Course, words: str, at: DiagnosisAt = DiagnosisAt.START, **more: object) -> Diagnosis:
    return Diagnosis(**{"course_id": course.id, "at": at, "words": words, "made_on": MONDAY, **more})  # type: ignore[arg-type]


def told(desk: Desk, course: Course) -> list[tuple[str, int, str]]:
    return [(each.at.value, each.rank, each.words) for each in desk.diagnoses.of_course(course.id)]


def test_words_are_tidied_and_only_a_code_has_a_system(desk: Desk, course: Course) -> None:
    kept = desk.diagnoses.keep_diagnosis(diagnosis(course, "  Depression,\n moderate ", system="ICD-11"))
    assert (kept.words, kept.system, kept.code) == ("Depression, moderate", "", "")
    coded = desk.diagnoses.keep_diagnosis(replace(kept, system="ICD-10-CM 2026-04", code=" F32.1 "))
    assert desk.diagnoses.of_course(course.id) == [coded]
    assert diagnosis_words(coded) == "F32.1 Depression, moderate"
    assert system_words("ICD-11") == "ICD-11"


def test_the_main_one_comes_first_and_the_others_close_up(desk: Desk, course: Course) -> None:
    first = desk.diagnoses.keep_diagnosis(diagnosis(course, "first"))
    desk.diagnoses.keep_diagnosis(diagnosis(course, "second", rank=9))
    third = desk.diagnoses.keep_diagnosis(diagnosis(course, "third", rank=9))
    desk.diagnoses.keep_diagnosis(diagnosis(course, "last", DiagnosisAt.END))
    assert told(desk, course) == [("start", 1, "first"), ("start", 2, "second"), ("start", 3, "third"), ("end", 1, "last")]
    desk.diagnoses.keep_diagnosis(replace(third, rank=1))
    desk.diagnoses.remove_diagnosis(first.id)
    assert told(desk, course) == [("start", 1, "third"), ("start", 2, "second"), ("end", 1, "last")]
    desk.diagnoses.keep_diagnosis(first)
    assert [each[2] for each in told(desk, course)] == ["first", "third", "second", "last"]


def test_without_words_or_with_too_many_it_is_refused(desk: Desk, course: Course) -> None:
    with pytest.raises(Refused, match="needs words"):
        desk.diagnoses.keep_diagnosis(diagnosis(course, " ", code="F32.1"))
    with pytest.raises(Refused, match="room for 300"):
        desk.diagnoses.keep_diagnosis(diagnosis(course, "x" * 301))
    with pytest.raises(RecordGone):
        desk.diagnoses.keep_diagnosis(diagnosis(course, "x", course_id="nowhere"))
    with pytest.raises(RecordGone):
        desk.diagnoses.remove_diagnosis("nowhere")
    assert desk.diagnoses.of_course(course.id) == []


def test_a_course_with_a_diagnosis_is_not_taken_back(desk: Desk, course: Course) -> None:
    desk.diagnoses.keep_diagnosis(diagnosis(course, "Depression"))
    with pytest.raises(Refused, match="has been recorded"):
        desk.courses.remove_course(course.id)


def test_each_act_stands_in_the_audit_trail_of_the_client(desk: Desk, course: Course) -> None:
    kept = desk.diagnoses.keep_diagnosis(diagnosis(course, "Depression"))
    desk.diagnoses.remove_diagnosis(kept.id)
    entries = desk.audit.entries()[:2]  # the latest first
    assert [(each.operation, each.kind, each.client_id) for each in entries] == [
        ("remove_diagnosis", "diagnosis", course.client_id),
        ("keep_diagnosis", "diagnosis", course.client_id),
    ]
