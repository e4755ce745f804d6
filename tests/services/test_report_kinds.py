"""The kinds of report: each has a name everywhere it is told of, and one that has nothing to print says why."""

import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from ipt_desktop.domain.audit_words import REPORTS
from ipt_desktop.domain.errors import RecordGone, Refused
from ipt_desktop.domain.picture import Picture
from ipt_desktop.domain.records import Disclosure
from ipt_desktop.domain.report import Code, Letterhead, Paper, QrCode, as_text
from ipt_desktop.services.demo import create_demo
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.report_kind import ReportKind
from ipt_desktop.services.reporting import kinds_at_hand, page_count
from ipt_desktop.services.resources import Resources
from tests.reports.aloud import read, unmarked
from tests.reports.scripts import SCRIPTS
from tests.services.summary_case import open_case

KINDS = kinds_at_hand(Resources())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_each_kind_is_named_in_the_trail_and_says_what_is_in_it(kind: ReportKind):
    assert kind.key in REPORTS
    assert kind.title
    assert kind.file_words == kind.file_words.strip().casefold(), "it stands behind the initials"
    assert kind.parts or kind.holds, "above Save stands what it will contain"
    assert len({part.key for part in kind.parts}) == len(kind.parts)
    if kind.texts:
        assert kind.needs_course, "its texts are a document of the course"


def test_keys_are_used_once():
    assert len({kind.key for kind in KINDS}) == len(KINDS)


def test_what_cannot_be_made_says_why_and_the_same_when_it_is_asked_for(tmp_path: Path):
    case = open_case(tmp_path)
    try:
        reporting = case.desk.reporting
        other = case.desk.clients.add_client(type(case.client)(name="Ewan Drummond"))
        assert "course of treatment" in reporting.missing("termination-summary", other.id)
        assert reporting.missing("termination-summary", case.client.id, case.course.id) == ""
        for kind in KINDS:
            why = reporting.missing(kind.key, case.client.id, case.course.id)
            if why:
                with pytest.raises(Refused, match=why[:20]):
                    reporting.assemble(kind.key, case.course.id)
        with pytest.raises(Refused):
            reporting.missing("poem", case.client.id)
        with pytest.raises(RecordGone):
            reporting.assemble("safety-plan", "nobody")
        name = reporting.file_name("safety-plan", client_id=case.client.id, today=date(2026, 7, 16))
        assert name == "ZŁ safety plan 2026-07-16.pdf"
    finally:
        case.desk.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    vault = create_demo(tmp_path_factory.mktemp("demo") / "practice", date(2026, 11, 24))
    desk = Desk(vault)
    client = desk.clients.clients()[0]
    given = Disclosure(client_id=client.id, what="formulation", pages=1, recipient="Dr Berg")
    desk.store.write(lambda writing: writing.insert(given))
    yield desk
    desk.close()


LONGEST = "full-record"
"""Of the longest one, two clients stand for all of them here; the others are printed in the long form."""


@pytest.mark.soak
def test_the_full_record_of_every_client_of_the_demo_practice_is_printed(demo: Desk):
    for client in demo.clients.clients(with_archived=True):
        report = demo.reporting.assemble(LONGEST, client_id=client.id, today=date(2026, 11, 24))
        assert page_count(demo.reporting.render(report)) > 1
        assert "{" not in as_text(report)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_every_client_of_the_demo_practice_can_be_printed_and_nobody_else_is_named(kind: ReportKind, demo: Desk):
    made = 0
    for client in demo.clients.clients(with_archived=True)[: 2 if kind.key == LONGEST else None]:
        for course in demo.courses.courses(client.id):
            if demo.reporting.missing(kind.key, client.id, course.id):
                continue
            report = demo.reporting.assemble(kind.key, course.id, today=date(2026, 11, 24))
            assert demo.reporting.named_people(course.id, report) == []
            text = as_text(report)
            assert "{" not in text
            assert "private note" not in text.lower()
            assert "violence" not in text.lower()
            pdf = demo.reporting.render(report, Paper.A4 if made % 2 else Paper.LETTER)
            assert page_count(pdf) >= 1
            if not made:  # one of each kind is read aloud: all of it, and every figure in words
                assert unmarked(pdf) == []
                tree = read(pdf)
                assert all(figure.alt for figure in tree.all("Figure"))
                said = "".join(tree.words.split())
                assert [each.title for each in report.sections if "".join(each.title.split()) not in said] == []
            made += 1
    assert made, "the demo practice has something to show of each kind"


@pytest.mark.parametrize("kind", [each for each in KINDS if any(part.of for part in each.parts)], ids=lambda kind: kind.key)
def test_what_a_detail_stands_in_is_on_the_page_so_that_it_is_not_called_unwritten(kind: ReportKind, demo: Desk):
    places = {part.of for part in kind.parts if part.of}
    for client in demo.clients.clients():
        course = demo.courses.courses(client.id)[-1].id
        if demo.reporting.missing(kind.key, client.id, course):
            continue
        report = demo.reporting.assemble(kind.key, course, client_id=client.id)
        if places <= {each.part or each.key for each in report.sections}:
            return
    pytest.fail(f"no report has a section for {places}")


def test_the_demo_practice_has_an_agreement_on_one_page(demo: Desk):
    (marta,) = (each for each in demo.clients.clients() if each.name.startswith("Marta"))
    course = demo.courses.courses(marta.id)[-1]
    for kind in ("agreement", "explanation", "formulation-narrative"):
        report = demo.reporting.assemble(kind, course.id)
        assert page_count(demo.reporting.render(report, Paper.A4)) == 1


def in_other_words(value: Any, words: str) -> Any:
    """Return a value of a report with each of its texts followed by the words, however deep it lies."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return f"{value} {words}" if value.strip() else value
    if isinstance(value, tuple):
        return tuple(in_other_words(each, words) for each in value)
    if not is_dataclass(value) or isinstance(value, Picture | QrCode | Code | Letterhead):
        return value
    names = [each.name for each in fields(value) if each.name not in ("kind", "key", "part", "language")]
    return replace(value, **{name: in_other_words(getattr(value, name), words) for name in names})


@pytest.mark.soak
@pytest.mark.parametrize("script", SCRIPTS)
def test_every_kind_of_report_holds_every_script(script: str, demo: Desk):
    _name, sentence = SCRIPTS[script]
    made = 0
    for kind in KINDS:
        found = (
            (client, course)
            for client in demo.clients.clients(with_archived=True)
            for course in demo.courses.courses(client.id)
            if not demo.reporting.missing(kind.key, client.id, course.id)
        )
        for _client, course in list(found)[:1]:
            report = in_other_words(demo.reporting.assemble(kind.key, course.id, today=date(2026, 11, 24)), sentence)
            assert demo.reporting.unprintable(report) == []
            pdf = demo.reporting.render(report, Paper.A4)
            assert unmarked(pdf) == []
            said = "".join(read(pdf).words.split())
            wanted = "".join(unicodedata.normalize("NFC", sentence).split())
            assert said.count(wanted) >= len(report.sections)
            made += 1
    assert made > 8
