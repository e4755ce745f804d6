"""The formulation on paper, read back from the PDF: for the therapist's own file, and what was said to the client."""

import pypdfium2
import pytest

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.report import Paper, Pictures, TextSize
from ipt_desktop.domain.session_records import Event
from tests.services.summary_case import Case, fill

SAID = "The sadness began when your mother died. You and Tomasz have stopped talking about it. We will work on both."


@pytest.fixture
def told(case: Case) -> Case:
    """A course with its formulation written in full."""
    fill(case)
    died = Event(client_id=case.client.id, on="2025-11", title="Maria Łukasiewicz died", kind="loss")  # type: ignore[arg-type]
    case.desk.events.add_event(died)
    case.write(
        Purpose.FORMULATION,
        {
            Means.PRESENTING: "Low mood on most days. Since the quarrel with Maria nothing is fun.",
            Means.WHY_NOW: "Her mother died two weeks after a quarrel.",
            Means.STRESSORS: [died.id],
            Means.PROBLEM_AREA: ["grief", "dispute"],
            Means.NARRATIVE: SAID,
            Means.AGREEMENT: "partly",
            Means.AGREED_ON: "2026-04-02",
            Means.CLIENT_WORDS: "It is more the silence with Tomasz.",
            Means.PROGNOSIS: "Good, with Jadwiga near.",
        },
    )
    return case


def printed(case: Case, kind: str, *include: str, paper: str = "A4") -> list[str]:
    report = case.desk.reporting.assemble(kind, case.course.id, frozenset(include) if include else None)
    pdf = pypdfium2.PdfDocument(case.desk.reporting.render(report, paper))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
def test_the_formulation_is_printed_with_its_link_and_names_nobody(told: Case, paper: Paper) -> None:
    pages = printed(told, "formulation", paper=paper)
    text = " ".join(pages)
    said = (
        *("What the client suffers", "What happened", "Problem areas", "Grief", "Role dispute"),
        *("Why the client came", "Why now", "Shared with the client", "Partly", "2 April 2026", "Outlook"),
    )
    places = [text.find(words) for words in said]
    assert min(places) > 0, said[places.index(min(places))]
    assert "November 2025" in text
    for name in ("Maria", "Tomasz", "Jadwiga"):
        assert name not in text
    assert "T.N." in text
    assert "Other people are named by initials only" in text
    assert "Zofia Łukasiewicz · written" in text


def test_parts_of_it_are_left_out(told: Case) -> None:
    text = " ".join(printed(told, "formulation", "focus"))
    assert "Why now" in text
    assert "What the client suffers" not in text
    assert "Shared with the client" not in text
    assert "Outlook" not in text
    report = told.desk.reporting.assemble("formulation", told.course.id)
    assert {each.part or each.key for each in report.sections} == {"link", "focus", "shared", "background"}


def test_a_formulation_that_says_too_little_has_no_picture(case: Case) -> None:
    case.write(Purpose.FORMULATION, {Means.PROGNOSIS: "Good."})
    report = case.desk.reporting.assemble("formulation", case.course.id)
    assert not any(isinstance(block, Pictures) for each in report.sections for block in each.blocks)
    assert [each.key for each in report.sections] == ["background"]


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
def test_what_was_said_to_the_client_is_one_page_in_plain_words_with_names(told: Case, paper: Paper) -> None:
    (page,) = printed(told, "formulation-narrative", paper=paper)
    assert SAID in page
    assert "The loss of someone" in page, "the protocol's word for clients"
    assert "A disagreement, with Tomasz Nowak" in page
    assert "It is more the silence with Tomasz." in page
    for hidden in ("Depression, first episode", "Role dispute", "Grief", "Low mood", "Outlook", "PHQ"):
        assert hidden not in page
    report = told.desk.reporting.assemble("formulation-narrative", told.course.id)
    assert report.text_size is TextSize.LARGE_PRINT
    assert told.desk.reporting.named_people(told.course.id, report) == [], "it is the client's own"


def test_what_the_client_does_not_want_in_it_is_left_out(told: Case) -> None:
    (page,) = printed(told, "formulation-narrative", "goals")
    assert "silence with Tomasz" not in page
    assert "disagreement" not in page


def test_without_words_to_the_client_there_is_no_page_and_without_a_formulation_none_at_all(case: Case) -> None:
    reporting, course = case.desk.reporting, case.course.id
    assert "no formulation yet" in reporting.missing("formulation", case.client.id, course)
    case.write(Purpose.FORMULATION, {Means.WHY_NOW: "A move."})
    assert reporting.missing("formulation", case.client.id, course) == ""
    assert "Said to the client" in reporting.missing("formulation-narrative", case.client.id, course)
    with pytest.raises(Refused, match="Said to the client"):
        reporting.assemble("formulation-narrative", course)


def test_any_script_is_printed_and_nothing_is_lost(told: Case) -> None:
    words = "Ελένη. Ирина. Đặng. 睡不着。"
    told.write(Purpose.FORMULATION, {Means.NARRATIVE: words, Means.PRESENTING: words})
    report = told.desk.reporting.assemble("formulation-narrative", told.course.id)
    assert told.desk.reporting.unprintable(report) == []
    for kind in ("formulation", "formulation-narrative"):
        text = " ".join(printed(told, kind))
        assert words in text
