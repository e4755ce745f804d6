"""Letters on a real encrypted practice, read back from the PDF: one page, least told, and the therapist's own templates."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from ipt_desktop.domain.audit_words import report_words
from ipt_desktop.domain.errors import DefinitionError, Refused
from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.letter import BLANK, SENTENCES, WORDS, filled_in
from ipt_desktop.domain.records import Attendance, ProblemArea, Session
from ipt_desktop.domain.report import Report, as_text
from ipt_desktop.domain.rich_text import as_plain, plain
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry, RiskKind
from ipt_desktop.services.course_file import read_course
from ipt_desktop.services.letter_definitions import parse_letter
from ipt_desktop.services.letter_words import letter_words
from ipt_desktop.services.reporting import page_count
from ipt_desktop.services.resources import Resources
from ipt_desktop.services.termination_summary import third_parties
from tests.services.summary_case import END, PEOPLE, START, TODAY, Case, fill, measure

LETTER = "letter-referrer"


@pytest.fixture
def told(case: Case) -> Case:
    fill(case)
    measure(case)
    ask(case, START, RiskAsked.CHANGED, "Better off dead. No plan, no intent.", means="Tablets", restricted_by="Tomasz")
    return case


def ask(case: Case, on: date, asked: RiskAsked, words: str = "", **more: Any) -> None:
    entry = RiskEntry(client_id=case.client.id, course_id=case.course.id, on=on, asked=asked, words=words, **more)
    case.desk.store.write(lambda writing: writing.insert(entry))


def assembled(case: Case, *include: str, kind: str = LETTER, today: date = TODAY) -> Report:
    return case.desk.reporting.assemble(kind, case.course.id, frozenset(include) if include else None, today=today)


def part(report: Report, key: str) -> str:
    (found,) = (each for each in report.sections if each.key == key)
    text = as_text(replace(report, sections=(found,), letterhead=None, addressed=None))
    return text.partition(found.title or "\n\n")[2].strip()


def write(case: Case, kind: str = LETTER, **texts: str) -> None:
    """Write over the texts of a letter, by the key of its fields."""
    document = case.desk.reporting.document(kind, case.course.id)
    assert document is not None
    draft = case.desk.documents.begin_writing(document)
    answers = {key: [{"kind": "paragraph", "runs": [{"text": words}]}] for key, words in texts.items()}
    case.desk.documents.keep_draft(draft, {**document.answers, **answers})
    case.desk.documents.end_writing(draft)


def printed(case: Case, report: Report) -> list[str]:
    pdf = pypdfium2.PdfDocument(case.desk.reporting.render(report, "A4"))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


def test_the_letter_at_the_end_is_one_page_in_its_order(told: Case) -> None:
    report = assembled(told)
    keys = [each.key for each in report.sections]
    assert keys == ["opening", "diagnosis", "scores", "medication", "risk", "functioning", "plan", "signature"]
    (page,) = printed(told, report)
    places = [
        page.index(words)
        for words in (
            "Dr Hanna Weiss",
            "Dr S. Grant 16 July 2026",
            "Zofia Łukasiewicz, born 14 September 1984: end of treatment",
            "Dear Dr Grant,",
            "You referred Zofia Łukasiewicz on 24 February 2026.",
            "from 12 March to 9 July 2026: sixteen sessions agreed and held, ended as planned. The focus was grief",
            "At the start: major depressive disorder, single episode, moderate (ICD-10-CM F32.1); grief",
            "12 March 9 July",
            "Reliable improvement on the PHQ-9",
            "continues sertraline 50 mg, prescribed by you since 24 February 2026.",
            "At the start – work: off three days a week",
            "Unchanged, as the client says it: waking before five on some Sundays",
            "Maintenance sessions are agreed.",
            "Yours sincerely,",
            "Clinical psychologist, registration PYL 31107",
            "Confidential · Printed 16 July 2026 Page 1 of 1",
        )
    ]
    assert places == sorted(places)
    assert b"Lukasiewicz" not in told.desk.reporting.render(report), "what the file is called inside tells no name"


def test_nothing_of_relationships_and_nothing_that_is_kept_back_is_in_it(told: Case) -> None:
    for each in (RiskKind.DOMESTIC_ABUSE, RiskKind.SUICIDE):
        ask(told, END, RiskAsked.CHANGED, "GREEN DOOR" if each is RiskKind.DOMESTIC_ABUSE else "passing", kind=each)
    every = [each.key for each in told.desk.reporting.kinds() if each.key.startswith("letter-")]
    for kind in every:
        parts = next(each.parts for each in told.desk.reporting.kinds() if each.key == kind)
        report = assembled(told, *(each.key for each in parts), kind=kind)
        text = " ".join(printed(told, report)) + as_text(report)
        hidden = [name for name, *_rest in PEOPLE if name != "Dr S. Grant"]
        for word in (*hidden, "Tomasz", "PURPLE", "GREEN DOOR", "Mourning stalled", "back to normal", "content mark", "{"):
            assert word not in text, (kind, word)
        assert told.desk.reporting.named_people(told.course.id, report) == []
    attendance = as_text(assembled(told, kind="letter-attendance"))
    assert "attended sixteen sessions with me from 12 March to 9 July 2026" in attendance
    for word in ("F32", "PHQ", "Sertraline", "grief", "Suicide"):
        assert word not in attendance


def test_the_risk_line_says_what_was_found_when_and_since_when_and_never_that_there_is_none(told: Case) -> None:
    sessions: list[Session] = told.desk.sessions.sessions(told.course.id)
    for session in sessions[8:10]:
        ask(told, session.date, RiskAsked.NONE, session_id=session.id)
    line = part(assembled(told), "risk")
    assert "Suicide. On 12 March 2026: " in line
    assert "Asked 5 times, last on 9 July 2026: none reported since session 9 (7 May)." in line
    assert "Means: Tablets; restricted by T.N." in line
    assert "no risk" not in as_text(assembled(told)).casefold()
    plan = told.desk.safety_plans.new_plan(told.client.id, date(2026, 3, 26))
    told.desk.documents.keep_draft(told.desk.documents.begin_writing(plan), plan.answers)
    assert part(assembled(told), "risk").endswith("Safety plan of 26 March 2026.")


def test_leaving_the_risk_line_out_is_told(told: Case) -> None:
    reporting = told.desk.reporting
    assert reporting.to_check(told.course.id, assembled(told)) == []
    without = assembled(told, "diagnosis", "plan")
    assert reporting.to_check(told.course.id, without) == ["It says nothing about risk: you left the risk line out."]


def test_on_the_way_it_tells_how_far_it_is_and_what_is_to_come(case: Case) -> None:
    desk, course = case.desk, case.course
    for week in range(8):
        came = Attendance.CANCELLED_BY_CLIENT if week == 5 else Attendance.ATTENDED
        desk.sessions.add_session(Session(course_id=course.id, date=START + timedelta(weeks=week), attendance=came))
    desk.sessions.add_session(Session(course_id=course.id, date=START + timedelta(weeks=8)))
    desk.phases.keep_problem_area(ProblemArea(course_id=course.id, area="grief", about="SECRET QUARREL"))
    ask(case, START, RiskAsked.CHANGED, "Better off dead. No plan, no intent.")
    ask(case, START + timedelta(weeks=6), RiskAsked.UNCHANGED, "Passing, once")
    report = assembled(case, today=date(2026, 5, 1))
    assert report.title.endswith(": after seven sessions")
    opening = part(report, "opening")
    assert "since 12 March 2026: seven of sixteen sessions held, one cancelled. The focus is grief." in opening
    assert part(report, "risk") == (
        "Suicide. On 12 March 2026: better off dead; no plan, no intent. "
        "Asked 2 times, last on 23 April 2026: passing, once, unchanged since 12 March 2026."
    )
    assert "Nine sessions of those agreed are to come." in part(report, "plan")
    assert "Next appointment: 7 May 2026." in part(report, "plan")
    assert "SECRET" not in as_text(report)


def test_a_letter_of_a_course_that_only_began_is_a_page_too(case: Case) -> None:
    report = assembled(case, today=START)
    assert report.title == "Zofia Łukasiewicz, born 14 September 1984: start of treatment"
    (page,) = printed(case, report)
    assert "no session has been held" in page
    assert "No note of this course says that risk was asked." in page
    for head in ("Diagnosis", "Medication", "Functioning"):
        assert head not in page


def test_what_is_written_over_it_is_a_document_of_its_own_and_the_record_stays(told: Case) -> None:
    write(told, risk="Asked on 9 July: no such thoughts since May.", addressee="Dr A. Hill\nNorth Street")
    report = assembled(told)
    assert part(report, "risk") == "Asked on 9 July: no such thoughts since May."
    assert report.addressed is not None
    assert report.addressed.lines == ("Dr A. Hill", "North Street")
    assert "Dear Dr Hill," in part(report, "opening")
    assert "You referred" not in part(report, "opening"), "Dr Hill did not"
    assert "prescribed by Dr S. Grant" in part(report, "medication")
    assert "Asked" not in part(assembled(told, kind="letter-transfer"), "plan"), "another letter is another document"
    (document,) = told.desk.documents.of_course(told.course.id, Purpose.LETTER)
    assert len(told.desk.documents.revisions(document.id)) == 1
    write(told, risk=" ")
    assert "Suicide." in part(assembled(told), "risk"), "what is emptied comes from the record again"


def test_it_is_set_closer_and_then_says_what_to_shorten_and_never_leaves_as_two_pages(told: Case, tmp_path: Path) -> None:
    reporting = told.desk.reporting
    write(told, plan="She goes on as agreed. " * 22)
    close = assembled(told)
    assert len(printed(told, close)) == 1
    assert reporting.to_check(told.course.id, close) == []
    write(told, plan="She goes on as agreed. " * 90)
    long = assembled(told)
    (said,) = reporting.to_check(told.course.id, long)
    assert said.startswith("This letter is ")
    assert "the longest are Plan (" in said
    pdf = reporting.render(long)
    assert page_count(pdf) == 2, "it is all there to be read while it is shortened"
    with pytest.raises(Refused, match="one page"):
        reporting.save(pdf, tmp_path / "out.pdf", kind=LETTER, course_id=told.course.id)
    assert not (tmp_path / "out.pdf").exists()


def test_each_word_in_braces_is_filled_from_the_record_or_told_as_a_blank(told: Case) -> None:
    file = read_course(told.desk, told.course.id, TODAY)
    known = letter_words(file, third_parties(file), plain("risk"), "Dr S. Grant")
    assert set(known) <= {*WORDS, *SENTENCES}
    assert {*WORDS, *SENTENCES} - set(known) <= {"appointments"}
    assert (
        as_plain(filled_in("To {client}, {reference}. {appointments} End.", {"client": plain("A B")}))
        == f"To A B, {BLANK}. End."
    )


MINE = """
key = "mine"
version = 1
title = "To the school"
subject = "{client}"
opening = "I write about {client}.\\n{attendance}"

[[parts]]
key = "ask"
head = "What I ask"
text = "A quiet place on {today}."
only_if_asked = true
"""


def test_a_letter_of_ones_own_is_offered_beside_the_others_and_printed(told: Case) -> None:
    folder = told.desk.folder / "definitions" / "letters"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(MINE, "utf-8")
    (folder / "wrong.toml").write_text(MINE.replace("{today}", "{weather}").replace("mine", "wrong"), "utf-8")
    told.desk.resources.read_again()
    kinds = {each.key: each for each in told.desk.reporting.kinds()}
    assert kinds["letter-mine"].title == "To the school"
    assert report_words("letter-mine") == "Letter"
    assert "letter-wrong" not in kinds
    (problem,) = told.desk.unread_definitions
    assert "wrong.toml" in str(problem)
    assert "weather" in str(problem)
    assert "line 11" in str(problem)
    text = as_text(assembled(told, kind="letter-mine"))
    assert "I write about Zofia Łukasiewicz." in text
    assert "A quiet place" not in text
    assert "A quiet place on 16 July 2026." in as_text(assembled(told, "ask", kind="letter-mine"))
    name = told.desk.reporting.file_name("letter-mine", told.course.id, today=TODAY)
    assert name == "ZŁ to the school 2026-07-16.pdf"


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ('key = "ask"', 'key = "opening"', "key"),
        ('key = "ask"', 'key = "Ask it"', "key"),
        ('text = "A quiet place on {today}."', 'shows = "poems"', "shows"),
        ("A quiet place on {today}.", "A quiet {place", "text"),
        ('text = "A', 'shows = "scores"\ntext = "A', "text"),
        ("version = 1", "version = 0", "version"),
        ('title = "To the school"', 'title = " "', "title"),
        ('head = "What I ask"', 'heads = "What I ask"', "heads"),
    ],
)
def test_what_is_wrong_in_a_template_is_named_by_file_line_and_field(before: str, after: str, field: str) -> None:
    assert before in MINE
    with pytest.raises(DefinitionError) as found:
        parse_letter(MINE.replace(before, after), "mine.toml")
    assert "mine.toml" in str(found.value)
    assert field in str(found.value)


def test_every_letter_that_is_shipped_to_a_clinician_has_a_risk_line_by_default() -> None:
    letters = {each.key: each for each in Resources().letters}
    assert next(iter(letters)) == "referrer", "it is offered first"
    for key in ("referrer", "medication", "transfer"):
        (risk,) = (each for each in letters[key].parts if "{risk}" in each.text)
        assert not risk.only_if_asked
        form = next(each for each in Resources().forms if each.key == f"letter-{key}")
        assert form.field_that_means(Means.RISK) is not None
