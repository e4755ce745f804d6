"""The kinds of report: each has a name everywhere it is told of, and one that has nothing to print says why."""

from datetime import date
from pathlib import Path

import pytest

from ipt_desktop.domain.audit_words import REPORTS
from ipt_desktop.domain.errors import RecordGone, Refused
from ipt_desktop.services.report_kind import ReportKind
from ipt_desktop.services.reporting import KINDS
from tests.services.summary_case import open_case


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
