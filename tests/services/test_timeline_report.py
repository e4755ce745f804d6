"""The timeline on paper: everybody but the client by initials, whoever prescribed something too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ipt_desktop.domain.picture import Label
from ipt_desktop.domain.report import Pictures, as_text
from ipt_desktop.domain.session_records import Event
from ipt_desktop.domain.treatment_records import Medication
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
