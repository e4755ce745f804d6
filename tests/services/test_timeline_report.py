"""The timeline on paper: everybody but the client by initials, whoever prescribed something too."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ipt_desktop.domain.picture import Label
from ipt_desktop.domain.report import Paper, Pictures, TextSize, as_text
from ipt_desktop.domain.session_records import Event
from ipt_desktop.domain.treatment_records import Medication
from tests.reports.paper import Printed
from tests.services.summary_case import TODAY, Case, fill, open_case


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    made = open_case(tmp_path)
    fill(made)
    yield made
    made.desk.close()


def test_nobody_is_named_on_the_printed_timeline(case: Case) -> None:
    desk, client = case.desk, case.client
    desk.medications.add_medication(
        Medication(client_id=client.id, name="Mirtazapine", prescriber="Dr Ann Hill", begun="2026-03")
    )
    desk.events.add_event(Event(client_id=client.id, title="Tomasz moved out", on="2026-01"))
    told = desk.reporting.assemble("timeline", case.course.id, today=TODAY)
    text = as_text(told)
    for named in ("Grant", "Hill", "Tomasz", "Nowak"):
        assert named not in text, named
    assert "Mirtazapine, Dr A.H." in text
    assert "Sertraline 50 mg, S.G." in text, "the referrer, whom this page is not addressed to"
    assert "T.N. moved out" in text
    assert "by initials" in told.footer
    (picture, *_more) = (each for section in told.sections for each in section.blocks if isinstance(each, Pictures))
    letters = {
        each.text for each in picture.drawings[0].picture.marks if isinstance(each, Label) and each.style.startswith("init")
    }
    assert "TN" in letters, "who moved is told by shape and initials"


def test_it_is_laid_out_anew_for_a_small_page_and_for_large_print(case: Case) -> None:
    made = case.desk.reporting.assemble("timeline", case.course.id, frozenset({"course"}), today=TODAY)
    for paper, size in ((Paper.A5, TextSize.USUAL), (Paper.A4, TextSize.LARGE_PRINT), (Paper.A5, TextSize.LARGE_PRINT)):
        printed = Printed(replace(made, paper=paper, text_size=size))
        (page,) = (number for number, words in enumerate(printed.pages) if "This course" in words)
        assert "Treatment" in printed.pages[page], "the head stands with its picture"
        assert max(right for _left, _low, right, _high in printed.ink(page)) <= printed.pdf[page].get_size()[0] - 30
