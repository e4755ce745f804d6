"""Every kind of report: of someone of whom everything is written with markup, and of someone of whom nothing is.

What is private, off the record or confidential, other clients' words and other people's names are on no page, nor in the file.
"""

import io
from collections.abc import Iterator

import pikepdf
import pypdfium2
import pytest

from ipt_desktop.domain.report import as_text
from ipt_desktop.services.report_kind import Choices, ReportKind
from ipt_desktop.services.reporting import kinds_at_hand
from ipt_desktop.services.resources import Resources
from tests.services.filled_case import KEPT_BACK, MARKUP, NAMED, START, TODAY, VIOLENCE, Filled, open_filled

KINDS = kinds_at_hand(Resources())
ALL_NOTES = "all"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    case = open_filled(tmp_path_factory.mktemp("filled"))
    yield case
    case.desk.close()


def words_of(pdf: bytes) -> str:
    """Return all that a file says: its pages on one line, and what it is called."""
    with pypdfium2.PdfDocument(pdf) as read:
        pages = [" ".join(page.get_textpage().get_text_range().split()) for page in read]
        for page in read:
            width, height = page.get_size()
            shown = page.get_textpage()
            for number in range(shown.count_rects()):
                left, bottom, right, top = shown.get_rect(number)
                assert left >= -1, "nothing runs off the page"
                assert bottom >= -1
                assert right <= width + 1
                assert top <= height + 1
    with pikepdf.open(io.BytesIO(pdf)) as file:
        told = [str(each) for each in file.docinfo.values()]
    return " ".join((*pages, *told))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_what_is_written_stays_text_and_what_is_kept_back_is_nowhere(kind: ReportKind, filled: Filled):
    reporting, course = filled.desk.reporting, filled.course.id
    assert reporting.missing(kind.key, filled.full.id, course) == ""
    records = dict(reporting.records(kind.key, course, client_id=filled.full.id))
    record = ALL_NOTES if ALL_NOTES in records else next(iter(records), "")
    told = Choices(tells_left_out=True)
    report = reporting.assemble(kind.key, course, client_id=filled.full.id, record_id=record, today=TODAY, choices=told)
    assert len({each.key for each in report.sections}) == len(report.sections), "an edit finds its place by key"
    written, text = as_text(report), words_of(reporting.render(report))
    for kept_back in KEPT_BACK:
        assert kept_back not in text + written
    for untold in ("private", "violence", "jotting"):
        assert untold not in text.lower()
    if not kind.is_for_the_client:
        for name in NAMED:
            assert name not in text + written
    assert written.count("<script>x</script>") == written.count("<script"), "markup is neither read nor cut"
    if MARKUP in written:
        assert "<b>&amp;" in text


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_of_whom_nothing_is_written_it_says_so_or_prints_what_there_is(kind: ReportKind, filled: Filled):
    reporting = filled.desk.reporting
    for client, course in ((filled.empty, filled.empty_course.id), (filled.bare, "")):
        if reporting.missing(kind.key, client.id, course):
            continue
        report = reporting.assemble(kind.key, course, client_id=client.id, today=TODAY)
        text = words_of(reporting.render(report))
        assert "None" not in text
        assert not any(name in text for name in NAMED)


def test_what_was_answered_on_violence_is_in_the_record_only_where_it_is_asked_for(filled: Filled):
    reporting = filled.desk.reporting
    kind = next(each for each in KINDS if each.key == "full-record")
    include = frozenset(part.key for part in kind.parts)
    report = reporting.assemble(kind.key, client_id=filled.full.id, include=include, today=TODAY)
    text = as_text(report)
    assert VIOLENCE in text
    assert not any(kept_back in text for kept_back in KEPT_BACK if kept_back != VIOLENCE)
    assert str(START.year) in text
