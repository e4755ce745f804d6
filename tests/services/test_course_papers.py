"""The agreement and the explanation of IPT on paper: in the words of each protocol, with what was written for this client."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pypdfium2
import pytest

from ipt_desktop.domain.course import scaled_phases
from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.records import Client
from ipt_desktop.domain.report import Items, Paper
from ipt_desktop.domain.rich_text import plain, to_json
from ipt_desktop.domain.treatment_records import Goal, GoalStatus
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.resources import Resources
from tests.services.summary_case import Case, fill

PROTOCOLS = Resources().protocols


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


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
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
        assert "for ending well: what has changed" in page
        assert ("Then we meet less often" in page) is (protocol.key == "ipsrt")
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


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
def test_the_agreement_has_the_terms_of_the_course_what_was_written_and_lines_to_sign_on(told: Case, paper: Paper) -> None:
    case = told
    dropped = Goal(course_id=case.course.id, words="Paint again", status=GoalStatus.DROPPED, set_on=date(2026, 4, 2))
    kept = Goal(course_id=case.course.id, words="Ask Tomasz on Wednesdays", set_on=date(2026, 4, 2))
    case.desk.store.write(lambda writing: [writing.insert(each) for each in (dropped, kept)])
    text = " ".join(printed(case.desk, "agreement", case.course.id, paper))
    for words in (
        "Treatment agreement Zofia Łukasiewicz and Dr Hanna Weiss",
        "16 weekly sessions of 50 minutes",
        "12 March 2026",
        "planned for 25 June 2026",
        "£65 a session",
        "Agreed on 2 April 2026",
        "The loss of someone: Maria Łukasiewicz",
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


# -- the agreement, printed again --------------------------------------------------------------------------------------


def revised(case: Case, **answers: object) -> None:
    """Write in the agreement in a stay of its own, much later than all before."""
    write(case, Purpose.AGREEMENT, **answers)
    (document,) = case.desk.documents.of_course(case.course.id, Purpose.AGREEMENT)
    latest = case.desk.documents.revisions(document.id)[0]
    later = replace(latest, saved_at=datetime(2030, 6, 5, 12, tzinfo=UTC))
    case.desk.store.write(lambda writing: writing.update(later))


def test_an_agreement_printed_again_has_the_terms_of_its_day_and_what_changed_since_with_its_reason(told: Case) -> None:
    desk, course = told.desk, told.desk.courses.course(told.course.id)
    longer = replace(course, planned_sessions=20, phases=scaled_phases(course.phases, 20), minutes=60)
    desk.courses.change_course(longer, on=date(2026, 5, 7), reason="the letters take longer")
    kept = Goal(course_id=course.id, words="Ask Tomasz on Wednesdays", set_on=date(2026, 4, 2))
    dropped = replace(
        kept,
        id="let-go",
        words="Paint again",
        status=GoalStatus.DROPPED,
        closed_on=date(2026, 5, 14),
        created_at=kept.created_at,
    )
    added = Goal(course_id=course.id, words="Write to Robert", set_on=date(2026, 5, 21))
    desk.store.write(lambda writing: [writing.insert(each) for each in (kept, dropped, added)])
    report = desk.reporting.assemble("agreement", course.id, today=date(2026, 6, 1))
    sections = {each.key: each for each in report.sections}
    (goals,) = sections["goals"].blocks
    assert isinstance(goals, Items)
    assert set(goals.items) == {"Say to Tomasz what I need", "Ask Tomasz on Wednesdays", "Paint again"}
    assert sections["since"].blocks == (
        Items(
            (
                "20 instead of 16 sessions; 60 instead of 50 minutes (7 May 2026: the letters take longer)",
                "Goal given up: Paint again (14 May 2026)",
                "New goal: Write to Robert (21 May 2026)",
            )
        ),
    )
    text = " ".join(printed(desk, "agreement", course.id))
    assert "16 weekly sessions of 50 minutes" in text
    assert "planned for 25 June 2026" in text
    assert "Changed since" in text
    assert "20 weekly sessions" not in text
    assert "since" not in {each.key for each in desk.reporting.assemble("agreement", course.id, frozenset()).sections}


def test_before_it_is_agreed_and_on_that_day_it_follows_the_course(told: Case) -> None:
    desk, course = told.desk, told.desk.courses.course(told.course.id)
    longer = replace(course, planned_sessions=20, phases=scaled_phases(course.phases, 20))
    desk.courses.change_course(longer, on=date(2026, 4, 2), reason="asked for")
    report = desk.reporting.assemble("agreement", course.id)
    assert "since" not in {each.key for each in report.sections}
    assert "20 weekly sessions" in " ".join(printed(desk, "agreement", course.id))
    write(told, Purpose.AGREEMENT, agreed_on="")
    desk.courses.change_course(course, on=date(2026, 5, 7))
    assert "16 weekly sessions" in " ".join(printed(desk, "agreement", course.id))


def test_a_focus_agreed_later_or_let_go_is_told_below(told: Case) -> None:
    grief, dispute = told.desk.phases.problem_areas(told.course.id)
    changed = (replace(grief, ended_on=date(2026, 5, 14)), replace(dispute, agreed_on=date(2026, 5, 14)))
    told.desk.store.write(lambda writing: [writing.update(each) for each in changed])
    sections = {each.key: each for each in told.desk.reporting.assemble("agreement", told.course.id).sections}
    assert sections["focus"].blocks == (Items(("The loss of someone: Maria Łukasiewicz",)),)
    assert sections["since"].blocks == (
        Items(
            (
                "We no longer work on: The loss of someone: Maria Łukasiewicz (14 May 2026)",
                "We also work on: A disagreement, with Tomasz Nowak (14 May 2026)",
            )
        ),
    )


def test_what_was_written_stays_as_it_was_agreed_and_what_is_written_later_stands_below(told: Case) -> None:
    revised(told, fee="£70 a session", missed="")
    sections = {each.key: each for each in told.desk.reporting.assemble("agreement", told.course.id).sections}
    assert sections["since"].blocks == (Items(("Fee: £70 a session (5 June 2030)", "Missed sessions: left out (5 June 2030)")),)
    text = " ".join(printed(told.desk, "agreement", told.course.id))
    assert "£65 a session" in text
    assert "Two days ahead it costs nothing." in text
    revised(told, agreed_on="2030-06-05")
    text = " ".join(printed(told.desk, "agreement", told.course.id))
    assert "£65" not in text, "agreed anew, all of it is as it is written now"
    assert "Changed since" not in text


def test_an_agreement_under_another_protocol_by_now_keeps_the_words_it_was_agreed_in(told: Case) -> None:
    young = next(each for each in PROTOCOLS if each.key == "ipt-a")
    told.desk.courses.change_protocol(told.course.id, young, date(2026, 5, 7), "with the parents")
    text = " ".join(printed(told.desk, "agreement", told.course.id))
    assert "Parent or guardian" not in text, "nobody else signed it"
    assert f"{young.name} instead of " in text
    assert "with the parents" in text
