"""What is worth knowing before a session: the task to review, what happened since, open risk, days that come round again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Client, Document, Session
from ipt_desktop.domain.session_records import Event, RiskAsked, RiskEntry, RiskKind
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.last_time import Recalled, open_risks, recall
from ipt_desktop.services.vault import create_with_key

DAY = date(2026, 11, 24)


class Course:
    """Three weekly sessions, the last of them on `DAY`."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.client = desk.clients.add_client(Client(name="Marta Lindqvist"))
        self.course = desk.courses.begin_course(self.client.id, desk.resources.protocols[0], started_on=DAY - timedelta(14))
        days = [DAY - timedelta(days) for days in (14, 7, 0)]
        made = [desk.sessions.add_session(Session(course_id=self.course.id, date=day)) for day in days]
        self.first, self.second, self.third = made

    def write(self, session: Session, **answers: object) -> Document:
        documents = self.desk.documents
        note = documents.open_document(Purpose.PROGRESS_NOTE, self.client.id, course_id=self.course.id, session_id=session.id)
        return documents.keep_draft(documents.begin_writing(note), {**note.answers, **answers})

    def event(self, on: str, title: str, **more: object) -> Event:
        told = {"client_id": self.client.id, "on": on, "title": title, **more}
        return self.desk.events.add_event(Event(**told))  # type: ignore[arg-type]

    def recalled(self) -> Recalled:
        return recall(self.desk.open_practice, self.third, self.second)


@pytest.fixture
def course(tmp_path: Path) -> Iterator[Course]:
    desk = Desk(create_with_key(tmp_path / "practice", bytes(range(32)), "Willow Lane Practice"))
    yield Course(desk)
    desk.close()


def test_the_task_to_review_is_the_latest_agreed_and_stays_once_it_is_reviewed(course: Course) -> None:
    assert course.recalled().step is None
    course.write(course.first, between_session_task="Ring Johan")
    step = course.recalled().step
    assert step is not None
    assert (step.words, step.done) == ("Ring Johan", None)
    course.write(course.third, last_step={"done": "partly", "words": "rang, no answer"}, between_session_task="Lunch with Tess")
    reviewed = course.recalled().step
    assert reviewed is not None
    assert (reviewed.words, reviewed.done) == ("Ring Johan", "partly")


def test_events_since_lie_between_the_two_sessions_and_were_not_told_in_this_one(course: Course) -> None:
    course.event("2026-11-17", "on the day of the last session")
    course.event("2026-11-20", "since", session_id=course.first.id)
    course.event("2026-11-22", "told today", session_id=course.third.id)
    course.event("2026-11", "in that month")
    course.event("2026-11-25", "to come")
    assert [each.title for each in course.recalled().since] == ["since"]


def test_days_that_come_round_within_a_month_the_nearest_first(course: Course) -> None:
    course.event("2011-12-20", "wedding", recurs=True)
    course.event("2019-11-25", "moved", recurs=False)
    course.event("2011-12-25", "too far", recurs=True)
    course.event("2026-11-24", "today for the first time", recurs=True)
    sven = course.desk.circles.add_person(course.client.id, "Sven", "father")
    course.desk.circles.change_person(replace(sven, has_died=True, died="2019-12-02"))
    grandmother = course.desk.circles.add_person(course.client.id, "Ida", "grandparent")
    course.desk.circles.change_person(replace(grandmother, has_died=True, died="2019-12"))
    near = course.recalled().near
    assert [(each.on, each.died.name if each.died else each.event and each.event.title) for each in near] == [
        (date(2026, 12, 1), "Ida"),
        (date(2026, 12, 2), "Sven"),
        (date(2026, 12, 20), "wedding"),
    ]


def test_risk_is_open_until_it_was_asked_and_none(course: Course) -> None:
    def entry(day: int, asked: RiskAsked, words: str = "", kind: RiskKind = RiskKind.SUICIDE) -> RiskEntry:
        return RiskEntry(client_id="c", on=date(2026, 11, day), asked=asked, words=words, kind=kind)

    changed, unchanged, none = RiskAsked.CHANGED, RiskAsked.UNCHANGED, RiskAsked.NONE
    told = [entry(3, changed, "passive ideation"), entry(10, unchanged), entry(10, changed, "", RiskKind.SELF_HARM)]
    (suicide, self_harm) = open_risks(told)
    assert (suicide.words, suicide.asked_on) == ("passive ideation", date(2026, 11, 10))
    assert self_harm.kind is RiskKind.SELF_HARM
    assert [each.kind for each in open_risks([*told, entry(17, none)])] == [RiskKind.SELF_HARM]


def test_what_this_sessions_own_note_found_is_not_told_as_earlier(course: Course) -> None:
    course.write(course.second, risk={"asked": "changed", "words": "passive ideation"})
    course.write(course.third, risk={"asked": "none"})
    (risk,) = course.recalled().risks
    assert (risk.words, risk.asked_on) == ("passive ideation", course.second.date)


def test_ticked_tasks_are_known(course: Course) -> None:
    phase = course.desk.resources.protocols[0].phases[0]
    name = f"{phase.key}.{phase.tasks[0].key}"
    course.desk.phases.tick_task(course.course.id, name, DAY)
    assert course.recalled().ticked == {name}
