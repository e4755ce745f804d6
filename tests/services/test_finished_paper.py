"""A paper as it leaves: what was changed, masked and left out stands on it, and the record knows nothing of it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from ipt_desktop.domain.circle_naming import Naming
from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.paper_texts import Edit, with_edits
from ipt_desktop.domain.report import as_text
from ipt_desktop.domain.rich_text import plain
from ipt_desktop.services.finished_paper import FinishedPaper
from ipt_desktop.services.finished_paper import finished as finished_from
from ipt_desktop.services.report_kind import About, Choices, Whom
from ipt_desktop.services.session_note_report import ALL
from ipt_desktop.services.termination_summary import SUMMARY
from tests.services.summary_case import TODAY, Case, fill, measure, open_case

KIND = "termination-summary"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    case = open_case(tmp_path_factory.mktemp("case"))
    fill(case)
    case.write(Purpose.TERMINATION_SUMMARY, {Means.GAINS: "Tomasz listens, and Emil too."})
    yield case
    case.desk.close()


def finished(case: Case, *include: str, **chosen: object) -> FinishedPaper:
    wanted = frozenset(include) if include else None
    return case.desk.reporting.finished(KIND, case.course.id, wanted, today=TODAY, choices=Choices(**chosen))  # type: ignore[arg-type]


def test_each_name_that_was_written_out_is_told_of_and_can_be_masked(case: Case) -> None:
    paper = finished(case)
    assert [(each.name, each.instead, each.is_known) for each in paper.named] == [
        ("Tomasz", "T.N.", True),
        ("Emil", "E.", False),
    ]
    assert not any(each.is_masked for each in paper.named)
    assert "initials only" not in paper.report.footer
    masked = finished(case, masks=frozenset({"Tomasz", "Emil"}))
    assert "T.N. listens, and E. too." in as_text(masked.report)
    assert all(each.is_masked for each in masked.named)
    assert "initials only" in masked.report.footer
    (document,) = case.desk.documents.of_course(case.course.id, Purpose.TERMINATION_SUMMARY)
    assert "Tomasz" in str(document.answers), "what is stored is as it was"


def test_people_are_named_throughout_as_it_was_chosen(case: Case) -> None:
    by_relation = as_text(finished(case, "circle", "formulation", naming=Naming.RELATIONS).report)
    assert "Mother (died 2025)" in by_relation
    assert "M.Ł." not in by_relation
    by_name = finished(case, "circle", naming=Naming.NAMES).report
    assert "Tomasz Nowak, husband" in as_text(by_name)
    assert "initials" not in by_name.footer
    assert "Dr S. Grant" in as_text(finished(case, naming=Naming.PSEUDONYMS).report)


def test_a_text_reads_otherwise_on_this_paper_alone(case: Case) -> None:
    paper = finished(case, "gains")
    (text,) = (each for each in paper.texts if each.section == "gains")
    edit = Edit("gains", text.words, plain("He listens."))
    changed = finished(case, "gains", edits=(edit,))
    assert "He listens." in as_text(changed.report)
    assert "Tomasz listens" not in as_text(changed.report)
    assert changed.named == ()
    assert changed.texts == paper.texts, "there is a way back to what was assembled"
    assert "Tomasz listens" in as_text(finished(case, "gains").report)


def test_a_text_that_was_emptied_goes_with_its_heading(case: Case) -> None:
    (text,) = (each for each in finished(case, "gains").texts if each.section == "gains")
    assert "Gains" not in as_text(finished(case, "gains", edits=(Edit("gains", text.words, ()),)).report)


def test_words_written_over_one_text_never_replace_another(case: Case) -> None:
    lost = Edit("gains", plain("What stood there before."), plain("Mine."))
    paper = finished(case, "gains", edits=(lost,))
    assert paper.lost == (lost,)
    assert "Mine." not in as_text(paper.report)


def test_what_was_done_in_a_phase_can_be_changed_within_its_table(case: Case) -> None:
    (text, *_rest) = (each for each in finished(case, "course").texts if each.section == "course")
    assert (text.title, text.where) == ("Course of treatment", "Initial · What was done")
    edit = Edit("course", text.words, plain("We began."))
    assert "We began." in as_text(finished(case, "course", edits=(edit,)).report)


def test_what_is_left_out_is_said_on_the_last_page_if_wished(case: Case) -> None:
    assert "Not in this document" not in as_text(finished(case, "gains").report)
    told = finished(case, "gains", "plan", tells_left_out=True, masks=frozenset({"Tomasz"})).report.sections[-1]
    words = str(told.blocks)
    assert "diagnosis with codes" in words
    assert "other people’s names" in words
    assert "private" not in words
    assert "other people’s names" not in str(finished(case, "gains", tells_left_out=True).report.sections[-1].blocks)


def test_each_recipient_has_a_least_set() -> None:
    everything = SUMMARY.least(Whom.FILE)
    assert "circle" in everything
    assert everything - SUMMARY.least(Whom.CLINICIAN) == {"circle"}
    least = SUMMARY.least(Whom.OTHER)
    assert least < SUMMARY.least(Whom.CLINICIAN)
    assert not least & {"diagnosis", "scores", "formulation", "risk", "warning_signs", "presenting"}


def test_what_is_printed_as_it_was_written_takes_masks_and_no_other_words(case: Case) -> None:
    kind = replace(SUMMARY, is_as_written=True)
    about = About(desk=case.desk, client_id=case.client.id, course_id=case.course.id, today=TODAY, include=frozenset({"gains"}))
    assembled = SUMMARY.assemble(about)
    gains = next(each.words for each in finished_from(about, SUMMARY, assembled).texts)
    chosen = Choices(edits=(Edit("gains", gains, plain("Mine.")),), masks=frozenset({"Tomasz"}))
    paper = finished_from(replace(about, choices=chosen), kind, assembled)
    assert paper.texts == ()
    assert "T.N. listens" in as_text(paper.report)
    assert "Mine." not in as_text(paper.report)


def test_sections_of_one_key_are_told_apart(case: Case) -> None:
    about = About(desk=case.desk, client_id=case.client.id, course_id=case.course.id, today=TODAY, include=frozenset({"gains"}))
    assembled = SUMMARY.assemble(about)
    (gains,) = (each for each in assembled.sections if each.key == "gains")
    paper = finished_from(about, SUMMARY, replace(assembled, sections=(gains, gains)))
    assert [(each.key, each.part) for each in paper.report.sections] == [("gains", ""), ("gains.2", "gains")]
    edit = Edit("gains.2", gains.blocks[0].rich_text, plain("Only the second."))  # type: ignore[union-attr]
    changed = with_edits(paper.report, (edit,))
    assert as_text(changed).count("Tomasz listens") == 1


def test_diagnosis_and_scores_are_left_out_of_every_kind_where_they_are_not_wanted(case: Case) -> None:
    reporting = case.desk.reporting
    measure(case)
    for kind, without, told in (
        ("portfolio", "diagnosis", "Diagnosis: "),
        ("termination-summary", "diagnosis", "Depression, first episode"),
        ("session-notes", "scores", "PHQ-9"),
    ):
        record = ALL if kind == "session-notes" else ""
        usual = next(each for each in reporting.kinds() if each.key == kind).usual_parts
        assert told in as_text(reporting.assemble(kind, case.course.id, usual, today=TODAY, record_id=record)), kind
        assert told not in as_text(
            reporting.assemble(kind, case.course.id, usual - {without}, today=TODAY, record_id=record)
        ), kind
