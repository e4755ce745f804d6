"""What left the practice: recorded with the report that left, listed for the client, printed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest

from ipt_desktop.domain import records as r
from ipt_desktop.domain.audit import Wanted
from ipt_desktop.domain.audit_words import Act, disclosure_words, operations_of
from ipt_desktop.domain.errors import SaveFailed
from ipt_desktop.domain.report import as_text
from ipt_desktop.services import trail_report as trail_reports
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.disclosure_list import disclosure_list
from ipt_desktop.services.reporting import KIND, page_count
from ipt_desktop.services.trail_report import MOST_PRINTED, trail_report
from tests.services.blank_page import BLANK

TODAY = date(2026, 3, 2)


@pytest.fixture
def course(desk: Desk) -> r.Course:
    protocol = desk.resources.protocol("weissman-markowitz-klerman")
    assert protocol is not None
    client = desk.clients.add_client(r.Client(name="Marta Lindqvist", reference="R-7", born_on=date(1980, 5, 1)))
    return desk.courses.begin_course(client.id, protocol, started_on=TODAY)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def saved(desk: Desk) -> list[r.AuditEntry]:
    return desk.audit.entries(Wanted(operations=operations_of(Act.GIVEN_OUT)))


# With the report


def test_a_report_with_a_recipient_is_a_disclosure(desk: Desk, course: r.Course, tmp_path: Path):
    pdf = desk.reporting.render(desk.reporting.assemble(KIND, course.id))
    made = desk.reporting.save(
        pdf, tmp_path / "out.pdf", course_id=course.id, recipient="  Dr Ng, GP  ", purpose="handing over "
    )
    assert made is not None
    (kept,) = desk.disclosures.of_client(course.client_id)
    assert kept == made
    assert (kept.what, kept.recipient, kept.purpose, kept.course_id) == (KIND, "Dr Ng, GP", "handing over", course.id)
    assert kept.pages == page_count(pdf) == len(pypdfium2.PdfDocument(pdf)) > 0
    (entry,) = saved(desk)
    assert entry.detail == {"report": KIND, "pages": kept.pages, "disclosure": kept.id}
    assert (entry.client_id, entry.kind, entry.record_id) == (course.client_id, "course", course.id)
    assert "Ng" not in str(entry), "who it went to is a matter of the client's list, not of the trail"


@pytest.mark.parametrize("recipient", ["", "   "])
def test_a_report_without_one_is_kept_for_ones_own_file(desk: Desk, course: r.Course, tmp_path: Path, recipient: str):
    assert desk.reporting.save(BLANK, tmp_path / "out.pdf", course_id=course.id, recipient=recipient, purpose="x") is None
    assert desk.disclosures.of_client(course.client_id) == []
    assert "disclosure" not in saved(desk)[0].detail


def test_nothing_leaves_without_a_trace(desk: Desk, course: r.Course, tmp_path: Path):
    def refuse(writing: object) -> None:
        run = writing._connection.exec_driver_sql  # type: ignore[attr-defined]
        run("CREATE TRIGGER refuse BEFORE INSERT ON disclosure BEGIN SELECT RAISE(ABORT, 'full'); END")

    desk.store.write(refuse)
    with pytest.raises(SaveFailed):
        desk.reporting.save(BLANK, tmp_path / "out.pdf", course_id=course.id, recipient="Dr Ng")
    assert not (tmp_path / "out.pdf").exists()
    assert saved(desk) == []
    assert desk.disclosures.of_client(course.client_id) == []


def test_a_disclosure_stays_when_its_course_is_taken_back(desk: Desk, course: r.Course, tmp_path: Path):
    desk.reporting.save(BLANK, tmp_path / "out.pdf", course_id=course.id, recipient="Dr Ng")
    desk.courses.remove_course(course.id)
    (kept,) = desk.disclosures.of_client(course.client_id)
    assert kept.course_id is None


# The client's list


def test_the_list_is_printed_with_what_and_to_whom(desk: Desk, course: r.Course, tmp_path: Path):
    for recipient in ("Dr Ng, GP", "Aster Insurance"):
        desk.reporting.save(BLANK, tmp_path / "out.pdf", course_id=course.id, recipient=recipient)
    assert [each.recipient for each in desk.disclosures.of_client(course.client_id)] == ["Aster Insurance", "Dr Ng, GP"]
    text = text_of(desk.reporting.render(desk.disclosures.report(course.client_id, today=TODAY), "Letter"))
    for words in (
        "Disclosures",
        "Marta Lindqvist · born 1 May 1980 · ref. R-7",
        "Summary of treatment, 1 page",
        "Dr Ng, GP",
        "not stated",
    ):
        assert words in text
    assert text.index("Dr Ng") < text.index("Aster"), "the earliest first"


def test_an_empty_list_says_so(desk: Desk, course: r.Course):
    text = as_text(desk.disclosures.report(course.client_id, today=TODAY))
    assert "No report about this client was given to anyone." in text


def test_an_authorisation_stands_with_its_date(desk: Desk, course: r.Course):
    disclosure = r.Disclosure(
        client_id=course.client_id, what=KIND, pages=3, recipient="Dr Ng", purpose="referral", authorised_on=date(2026, 2, 1)
    )
    client, practice = desk.clients.client(course.client_id), desk.practice.details()
    text = as_text(disclosure_list(practice, client, [disclosure], TODAY))
    assert "referral, authorised on 1 February 2026" in text
    assert disclosure_words(replace(disclosure, pages=1)) == "Summary of treatment, 1 page"


# The audit trail on paper


def test_the_trail_is_printed_newest_first_with_its_seal(desk: Desk, course: r.Course):
    report = desk.audit.report(Wanted(), lambda client_id: "M. L.", asked="everything")
    text = text_of(desk.reporting.render(report, "A4"))
    for words in ("Audit trail", "Willow Lane Practice · everything", "3 entries", "Client added", "M. L.", "Practice made"):
        assert words in text
    assert text.index("Course of treatment begun") < text.index("Client added")
    with desk.store.read() as reading:
        (head,) = reading.all(r.AuditHead)
    assert head.hash in text.replace(" ", "")


def test_no_page_tells_that_there_are_private_notes(desk: Desk):
    operations = ("make_private", "open_private", "begin_edit_private", "fail_to_open_private", "add_session")
    entries = [r.AuditEntry(number=each, operation=name) for each, name in enumerate(operations, 1)]
    text = as_text(trail_report(desk.practice.details(), entries, lambda _id: "", asked="", seal="0" * 64))
    assert "private" not in text.lower()
    assert "Session added" in text
    assert "1 entry" in text


def test_no_page_lets_the_private_ones_be_counted(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    desk.store.write(lambda writing: [writing.audit(r.AuditEntry(operation="open_private")) for _turn in range(7)])
    desk.audit.verify()
    desk.store.write(lambda writing: None)
    text = as_text(desk.audit.report(Wanted(), str, asked=""))
    assert "Audit trail looked through · broken places: 0" in text
    assert "entries: " not in text
    monkeypatch.setattr(trail_reports, "MOST_PRINTED", 2)
    report = desk.audit.report(Wanted(), str, asked="")
    assert report.sections[0].title == "The newest 2 entries"
    assert "Practice made" in as_text(report), "those left out take no place"


def test_a_long_trail_is_printed_as_far_as_paper_makes_sense(desk: Desk):
    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    entries = [r.AuditEntry(operation="view", at=at) for _each in range(MOST_PRINTED + 5)]
    report = trail_report(desk.practice.details(), entries, lambda _id: "", asked="", seal="")
    assert report.sections[0].title == "The newest 2,000 entries"
    assert "Nothing was found." in as_text(trail_report(desk.practice.details(), [], str, asked="", seal=""))
