"""The agreement and the explanation of IPT on paper: in the words of each protocol, with what was written for this client."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.records import Client
from ipt_desktop.domain.report import Paper
from ipt_desktop.domain.rich_text import plain, to_json
from ipt_desktop.domain.treatment_records import Goal, GoalStatus
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.resources import Resources
from tests.services.summary_case import Case, fill, open_case

PROTOCOLS = Resources().protocols


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    case = open_case(tmp_path)
    yield case
    case.desk.close()


def printed(desk: Desk, kind: str, course_id: str, paper: str = "A4", *include: str) -> list[str]:
    report = desk.reporting.assemble(kind, course_id, frozenset(include) if include else None, today=date(2026, 4, 2))
    pdf = pypdfium2.PdfDocument(desk.reporting.render(report, paper))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


def write(case: Case, purpose: Purpose, **answers: object) -> None:
    """Write a paper of the course, by the keys of its fields."""
    documents = case.desk.documents
    document = documents.open_document(purpose, case.client.id, course_id=case.course.id)
    documents.keep_draft(documents.begin_writing(document), {**document.answers, **answers})


# -- the explanation ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda each: each.key)
def test_the_explanation_is_one_page_in_the_words_of_every_protocol(case: Case, protocol: Protocol, paper: Paper) -> None:
    client = case.desk.clients.add_client(Client(name="Marta Lindqvist"))
    course = case.desk.courses.begin_course(client.id, protocol, started_on=date(2026, 3, 12))
    (page,) = printed(case.desk, "explanation", course.id, paper)
    assert "{" not in page
    assert "For Marta Lindqvist" in page
    for area in protocol.areas:
        assert area.client_label in page
    if protocol.planned_sessions:
        assert protocol.ending_word.lower() in page
        assert f"{protocol.planned_sessions} " in page
        assert "There is an end in sight" in page
    else:
        assert "look back together" in page
        assert "end in sight" not in page
    assert ("Some things may be too much" in page) is bool(protocol.sick_role)


def test_what_is_written_for_this_client_is_printed_and_an_emptied_text_is_again_the_first(case: Case) -> None:
    write(case, Purpose.EXPLANATION, your_part=to_json(plain("Come on Thursdays.")))
    (page,) = printed(case.desk, "explanation", case.course.id)
    assert "Come on Thursdays." in page
    assert "also after a bad week" not in page
    assert "I listen, I ask" in page, "the others stand as they came"
    write(case, Purpose.EXPLANATION, your_part=to_json(plain(" ")))
    (page,) = printed(case.desk, "explanation", case.course.id)
    assert "also after a bad week" in page


def test_it_follows_what_the_course_agrees_and_the_country(case: Case) -> None:
    case.desk.settings.change(country="gb")
    (page,) = printed(case.desk, "explanation", case.course.id)
    assert "16 weekly sessions of 50 minutes" in page
    assert "ring 999" in page
    assert case.desk.documents.of_course(case.course.id, Purpose.EXPLANATION) == [], "printing writes nothing"


# -- the agreement -----------------------------------------------------------------------------------------------------


@pytest.fixture
def told(case: Case) -> Case:
    fill(case)
    write(
        case,
        Purpose.AGREEMENT,
        fee="£65 a session",
        missed=to_json(plain("Two days ahead it costs nothing.")),
        significant_others=to_json(plain("Tomasz may come along once.")),
        agreed_on="2026-04-02",
    )
    return case


@pytest.mark.parametrize("paper", Paper)
def test_the_agreement_has_the_terms_of_the_course_what_was_written_and_lines_to_sign_on(told: Case, paper: Paper) -> None:
    case = told
    dropped = Goal(course_id=case.course.id, words="Paint again", status=GoalStatus.DROPPED)
    kept = Goal(course_id=case.course.id, words="Ask Tomasz on Wednesdays")
    case.desk.store.write(lambda writing: [writing.insert(each) for each in (dropped, kept)])
    text = " ".join(printed(case.desk, "agreement", case.course.id, paper))
    for words in (
        "Treatment agreement Zofia Łukasiewicz and Dr Hanna Weiss",
        "16 weekly sessions of 50 minutes",
        "12 March 2026",
        "planned for 25 June 2026",
        "£65 a session",
        "Agreed on 2 April 2026",
        "Loss of someone",
        "A disagreement, with Tomasz Nowak",
        "Ask Tomasz on Wednesdays",
        "Two days ahead it costs nothing.",
        "The client’s part",
        "Tomasz may come along once.",
        "Clinical psychologist",
    ):
        assert words in text
    assert text.count("Date") == 2
    assert "Paint again" not in text
    assert "Parent or guardian" not in text
    assert "Depression" not in text
    report = case.desk.reporting.assemble("agreement", case.course.id)
    assert case.desk.reporting.named_people(case.course.id, report) == []


def test_an_agreement_nobody_wrote_in_still_has_the_terms_and_what_it_begins_with(case: Case) -> None:
    (page,) = printed(case.desk, "agreement", case.course.id)
    assert "16 weekly sessions" in page
    assert "Fee" not in page
    assert "Missed sessions" not in page, "what is empty is not printed"
    assert "Keeps the time" in page


def test_with_a_guardian_or_under_a_protocol_for_young_people_a_third_line_is_there(case: Case) -> None:
    write(case, Purpose.AGREEMENT, guardian="Maria Łukasiewicz", assent=True)
    text = " ".join(printed(case.desk, "agreement", case.course.id))
    assert "Maria Łukasiewicz Parent or guardian Date" in text
    assert "The young person agrees yes" in text
    young = next(each for each in PROTOCOLS if each.key == "ipt-a")
    client = case.desk.clients.add_client(Client(name="Tess"))
    course = case.desk.courses.begin_course(client.id, young, started_on=date(2026, 3, 12))
    text = " ".join(printed(case.desk, "agreement", course.id))
    assert "Parent or guardian" in text
    assert text.count("Date") == 3


def test_focus_and_goals_may_be_left_out(told: Case) -> None:
    report = told.desk.reporting.assemble("agreement", told.course.id, frozenset())
    assert not {"focus", "goals"} & {each.key for each in report.sections}
    assert Means.FEE in {each.means for each in told.desk.documents.form_for(Purpose.AGREEMENT).fields}


def test_the_lines_to_sign_on_never_stand_alone_on_a_page(case: Case) -> None:
    for count in range(20, 60, 3):
        write(case, Purpose.AGREEMENT, besides=to_json(plain("\n".join(["One more thing agreed on."] * count))))
        pages = printed(case.desk, "agreement", case.course.id)
        assert "One more thing" in pages[-1]
        assert pages[-1].count("Date") == 2, "both on the last page"
