"""The progress report, the relapse plan and the tasks until the next session, on a real encrypted practice."""

from dataclasses import replace
from datetime import date, time, timedelta

import pypdfium2
import pytest

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.records import Session
from ipt_desktop.domain.report import Report, as_text
from ipt_desktop.domain.session_records import Step, StepDone
from tests.services.summary_case import END, PEOPLE, START, TODAY, Case, fill, measure


def assembled(case: Case, kind: str, *include: str, today: date = TODAY) -> Report:
    return case.desk.reporting.assemble(kind, case.course.id, frozenset(include) if include else None, today=today)


def part(report: Report, key: str) -> list[str]:
    (found,) = (each for each in report.sections if each.key == key)
    return as_text(replace(report, sections=(found,), letterhead=None)).partition(found.title)[2].strip().splitlines()


def printed(case: Case, report: Report) -> str:
    pdf = pypdfium2.PdfDocument(case.desk.reporting.render(report, "A4"))
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)


def test_the_progress_report_tells_how_it_goes_and_nothing_of_relationships(case: Case) -> None:
    fill(case)
    measure(case)
    report = assembled(case, "progress-report")
    keys = [each.key for each in report.sections if not each.key.endswith("_rights")]
    assert keys == ["identification", *("attendance", "focus", "scores", "goals", "medication", "risk", "plan"), "signature"]
    assert part(report, "attendance") == ["16 of 16 held; missed: 21 May (by client), 25 June (by therapist)."]
    assert part(report, "focus") == ["– Grief", "– Role dispute"]
    text = printed(case, report)
    assert "Reliable improvement on the PHQ-9" in text
    assert "Sertraline 50 mg" in text
    assert "Asked in" not in text
    text = text.replace("Drs. Robert L. Spitzer", "")  # whose the PHQ-9 is
    for word in (*(name for name, *_more in PEOPLE if name != "Dr S. Grant"), "Tomasz", "PURPLE", "quarrel", "F32"):
        assert word not in text
    without = assembled(case, "progress-report", "focus")
    assert case.desk.reporting.to_check(case.course.id, without) == ["It says nothing about risk: you left the risk line out."]
    assert "none has been held" not in as_text(report)


def test_a_course_that_only_began_has_a_progress_report_too(case: Case) -> None:
    text = as_text(assembled(case, "progress-report", today=START))
    assert "start of treatment" in text
    assert "No note of this course says that risk was asked." in text


def test_the_relapse_plan_is_the_clients_own_in_their_order_and_words(case: Case) -> None:
    assert case.desk.reporting.missing("relapse-plan", case.client.id, case.course.id).startswith("Nothing is written yet")
    with pytest.raises(Refused):
        assembled(case, "relapse-plan")
    fill(case)
    case.write(
        Purpose.ENDING,
        {
            Means.TRIGGER_DATES: [{"id": "1", "words": "All Saints, with Anna", "when": "2026-11-01", "yearly": 1}],
            Means.PEOPLE_TO_CALL: [{"name": "Tomasz", "number": "at home"}, {"name": "Anna", "number": "07700 900 461"}],
            Means.COMING_BACK: "I ring.",
        },
    )
    report = assembled(case, "relapse-plan")
    assert [each.key for each in report.sections] == ["signs", "triggers", "dates", "plan", "calls", "return"]
    assert part(report, "dates") == ["– 1 November: All Saints, with Anna"]
    assert part(report, "calls")[-2:] == ["1. Tomasz: at home", "2. Anna: 07700 900 461"]
    text = printed(case, report)
    for word in ("F32", "Depress", "ideation", "PHQ", "PURPLE", "2026-014"):
        assert word not in text


def test_the_tasks_agreed_last_with_when_we_meet_again_in_large_print(case: Case) -> None:
    desk, course = case.desk, case.course
    assert desk.reporting.missing("steps", case.client.id, course.id).startswith("No between-session task is open.")
    anna = desk.circles.add_person(case.client.id, "Anna Kowalska", "sister")
    for words, agreed, more in (
        ("Rest after lunch", START, {}),
        ("Done long ago", START, {"done": StepDone.YES, "reviewed_on": START}),
        ("Ring on Sunday", END, {"person_id": anna.id, "due": END + timedelta(days=3)}),
    ):
        step = Step(course_id=course.id, words=words, agreed_on=agreed, **more)  # type: ignore[arg-type]
        desk.store.write(lambda writing, step=step: writing.insert(step))
    desk.sessions.add_session(Session(course_id=course.id, date=TODAY + timedelta(days=7), starts_at=time(14)))
    report = assembled(case, "steps")
    assert part(report, "steps") == ["– Ring on Sunday, with Anna Kowalska, by Sunday 12 July."]
    assert part(report, "next") == ["Thursday 23 July 2026, 14:00", "If something comes up: 0113 496 0142"]
    both = assembled(case, "steps", "earlier")
    assert part(both, "earlier") == ["– Rest after lunch."]
    text = printed(case, both)
    assert "Done long ago" not in text
    assert "Page 1 of 1" in text
