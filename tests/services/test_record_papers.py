"""The record of a problem area and the history of the illness on paper: all of it, in its order, and nothing confidential."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ipt_desktop.domain.form import FieldKind, Purpose
from ipt_desktop.domain.records import DisputeStage, ProblemArea
from ipt_desktop.domain.report import Items, Table, as_text
from ipt_desktop.domain.rich_text import plain, to_json
from ipt_desktop.domain.session_records import Event, EventKind
from tests.services.summary_case import TODAY, Case, fill, open_case

TOLD = "Pushed her twice"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    case = open_case(tmp_path)
    fill(case)
    yield case
    case.desk.close()


def area_of(case: Case, key: str) -> ProblemArea:
    return next(each for each in case.desk.phases.problem_areas(case.course.id) if each.area == key)


def text_of(case: Case, kind: str, *include: str, record_id: str = "") -> str:
    parts = frozenset(include) if include else None
    return as_text(case.desk.reporting.assemble(kind, case.course.id, parts, today=TODAY, record_id=record_id))


def write_record(case: Case, area: ProblemArea, **answers: object) -> None:
    documents = case.desk.documents
    record = case.desk.area_records.document(area.id)
    documents.keep_draft(documents.begin_writing(record), {**record.answers, **answers})


def test_the_record_of_a_dispute_has_its_stages_strategies_words_and_worksheets_and_no_violence(case: Case) -> None:
    desk, dispute = case.desk, area_of(case, "dispute")
    desk.phases.judge_stage(dispute.id, DisputeStage.RENEGOTIATION, date(2026, 6, 4))
    sessions = desk.sessions.sessions(case.course.id)
    desk.strategies.mark_strategy(dispute.id, "expectations", sessions[4].id)
    write_record(
        case,
        dispute,
        violence="current",
        violence_words=to_json(plain(TOLD)),
        issue=to_json(plain("Tomasz decides the weekends")),
        options=[{"what": "Plan them on Thursdays", "for_it": "Both know"}],
    )
    form = next(each for each in desk.resources.forms if each.key == "dispute-map")
    sheet = desk.worksheets.begun(form, case.course, person_id=dispute.person_id)
    asked = next(each for each in form.fields if each.kind == "prose")
    desk.documents.keep_draft(
        desk.documents.begin_writing(sheet), {**sheet.answers, asked.key: to_json(plain("Ask, not hint"))}
    )
    text = text_of(case, "area-record", record_id=dispute.id)
    for words in (
        "Role dispute",
        "T.N.",
        "4 June 2026: renegotiation",
        "Issue, and what each expects, wishes and values",
        "worked in session 5",
        "not worked on so far",
        "T.N. decides the weekends",
        "Plan them on Thursdays",
        "Dispute map, ",
        "Ask, not hint",
    ):
        assert words in text, words
    assert TOLD not in text
    assert "Violence" not in text
    assert "Tomasz" not in text
    assert "Loss" not in text, "each area has a record of its own"


def test_it_shows_the_area_meant_and_each_part_may_be_left_out(case: Case) -> None:
    grief, dispute = area_of(case, "grief"), area_of(case, "dispute")
    offered = case.desk.reporting.records("area-record", case.course.id)
    assert [each for each, _words in offered] == [grief.id, dispute.id]
    assert offered[1][1] == "Role dispute · with Tomasz Nowak"
    report = case.desk.reporting.assemble("area-record", case.course.id, today=TODAY)
    assert report.title == "Grief", "the first one unless another is meant"
    bare = case.desk.reporting.assemble("area-record", case.course.id, frozenset(), record_id=grief.id)
    assert [each.key for each in bare.sections] == ["area"]
    strategies = case.desk.reporting.assemble("area-record", case.course.id, frozenset({"strategies"}), record_id=grief.id)
    (table,) = strategies.sections[1].blocks
    assert isinstance(table, Table)
    assert len(table.rows) == len(case.desk.resources.protocols[0].area("grief").strategies)  # type: ignore[union-attr]


def test_a_worksheet_is_printed_whole_and_of_several_the_one_meant(case: Case) -> None:
    desk, written = case.desk, []
    husband = next(each for each in desk.circles.people(case.client.id) if each.relation == "husband")
    for form in desk.resources.forms_for(Purpose.WORKSHEET):
        sheet = desk.worksheets.begun(form, case.course, person_id=husband.id)
        answers = {
            each.key: to_json(plain(f"{form.key}, with Tomasz Nowak")) for each in form.fields if each.kind == FieldKind.PROSE
        }
        told = {each.key: to_json(plain(TOLD)) for each in form.fields if each.is_confidential}
        desk.documents.keep_draft(desk.documents.begin_writing(sheet), {**sheet.answers, "more": "", **answers, **told})
        written.append((form, sheet.id, bool(answers)))
    assert len(desk.reporting.records("worksheet", case.course.id)) == len(written) > 4
    for form, sheet_id, has_prose in written:
        text = text_of(case, "worksheet", record_id=sheet_id)
        assert form.title in text
        assert not has_prose or f"{form.key}, with" in text
        assert TOLD not in text
        assert "Tomasz" not in text


def test_without_a_problem_area_it_says_why_there_is_none(tmp_path: Path) -> None:
    case = open_case(tmp_path)
    assert "No problem area" in case.desk.reporting.missing("area-record", case.client.id, case.course.id)
    assert "Nothing is known" in case.desk.reporting.missing("history", case.client.id, case.course.id)
    case.desk.close()


def test_the_history_has_diagnoses_medication_what_was_written_and_the_events(case: Case) -> None:
    desk = case.desk
    document = desk.documents.open_document(Purpose.HISTORY, case.client.id, course_id=case.course.id)
    answers = {
        "onset": "February, a week after the quarrel with Maria",
        "family": to_json(plain("Robert was never told what he had.")),
        "excused": to_json(plain("The cooking")),
        "episodes": [{"when": "2009", "what": "Two months in bed"}],
    }
    desk.documents.keep_draft(desk.documents.begin_writing(document), answers)
    maria = next(each for each in desk.circles.people(case.client.id) if each.name.startswith("Maria"))
    event = Event(client_id=case.client.id, on="2026-02", title="Maria died", kind=EventKind.LOSS, person_ids=(maria.id,))
    desk.events.add_event(replace(event))
    text = text_of(case, "history")
    for words in ("F32.1", "Sertraline", "February, a week after the quarrel with M.Ł.", "Two months in bed", "M.Ł. died"):
        assert words in text, words
    assert "Sick role" in text
    assert "The cooking" in text
    assert "Maria" not in text
    report = desk.reporting.assemble("history", case.course.id, frozenset({"medication"}))
    (section,) = report.sections
    assert isinstance(section.blocks[0], Items)
    assert desk.reporting.named_people(case.course.id, desk.reporting.assemble("history", case.course.id)) == []
