"""What is confidential is part of the record, and on no paper, in no list and no copied text by default."""

from pathlib import Path
from typing import Any

from ipt_desktop.domain.brought_forward import fields_to_bring
from ipt_desktop.domain.form import Field, Form, Means, Section, from_json, to_json
from ipt_desktop.domain.plain_answers import as_text
from ipt_desktop.domain.report import as_text as report_text
from ipt_desktop.domain.signing import signed_answers
from ipt_desktop.domain.worksheet import first_words
from ipt_desktop.services.course_file import Filled
from ipt_desktop.services.resources import Resources
from tests.services.summary_case import TODAY, fill, open_case
from ui.sessions.session_words import first_words as note_begins

TOLD = "Pushed her twice"
FORM = Form(
    key="told",
    version=1,
    purpose="progress_note",
    title="Told",
    sections=(
        Section(
            key="s",
            fields=(
                Field(key="violence", label="Violence", kind="line", means=Means.WHAT_HAPPENED, is_confidential=True),
                Field(key="issue", label="Issue", kind="line", means=Means.NOTE),
            ),
        ),
    ),
)
ANSWERS: dict[str, Any] = {"violence": TOLD, "issue": "Weekends"}


def test_the_mark_is_kept_with_the_definition() -> None:
    assert from_json(to_json(FORM)) == FORM


def test_it_is_asked_first_and_nothing_is_preselected() -> None:
    form = Resources().record_form("dispute")
    first = form.sections[0].fields
    assert [(each.key, each.is_confidential) for each in first] == [("violence", True), ("violence_words", True)]
    assert [each.key for each in first[0].options] == ["not_asked", "none", "past", "current", "unsure"]
    asked = [each for form in Resources().forms for each in form.fields if each.means == Means.VIOLENCE]
    assert len(asked) == 2, "of a person of the inventory, too"
    assert all(each.is_confidential for each in asked)


def test_lists_and_copied_text_begin_without_it() -> None:
    assert first_words(FORM, ANSWERS) == "Weekends"
    assert note_begins(FORM, ANSWERS) == "Weekends"
    assert TOLD not in as_text(FORM, ANSWERS)
    assert "Weekends" in as_text(FORM, ANSWERS)


def test_words_that_could_not_be_saved_are_copied_whole() -> None:
    assert TOLD in as_text(FORM, ANSWERS, with_confidential=True)


def test_it_is_part_of_what_is_signed_and_never_brought_forward() -> None:
    assert signed_answers(FORM, ANSWERS) == ANSWERS
    assert [each.key for each in fields_to_bring(FORM, {}, FORM, ANSWERS)] == ["issue"]


def test_a_report_is_not_given_it() -> None:
    filled = Filled(FORM, ANSWERS)
    assert filled.answer(Means.WHAT_HAPPENED) is None
    assert filled.answer(Means.NOTE) == "Weekends"


def test_no_report_of_a_course_holds_it_by_default(tmp_path: Path) -> None:
    case = open_case(tmp_path)
    fill(case)
    desk = case.desk
    dispute = next(each for each in desk.phases.problem_areas(case.course.id) if each.area == "dispute")
    record = desk.area_records.document(dispute.id)
    told = {"violence": "current", "violence_words": TOLD, "issue": "What the week was like"}
    desk.documents.keep_draft(desk.documents.begin_writing(record), {**record.answers, **told})
    for kind in desk.reporting.kinds():
        if desk.reporting.missing(kind.key, case.client.id, case.course.id):
            continue
        for record_id, _words in desk.reporting.records(kind.key, case.course.id) or [("", "")]:
            report = desk.reporting.assemble(kind.key, case.course.id, today=TODAY, record_id=record_id)
            assert TOLD not in report_text(report), kind.key
    desk.close()
