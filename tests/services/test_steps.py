"""Between-session tasks: kept, reviewed, taken out and brought back; and in line with the notes that tell of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from ipt_desktop.domain.errors import RecordGone, Refused
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Client, Document, EndingKind, Session
from ipt_desktop.domain.session_records import MoodEffect, Step, StepDone
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key

MONDAY = date(2026, 11, 23)


class Life:
    """A client in a course of three sessions."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.steps = desk, desk.steps
        self.client = desk.clients.add_client(Client(name="Marta Lindqvist"))
        self.course = desk.courses.begin_course(self.client.id, desk.resources.protocols[0], started_on=MONDAY)
        self.tess = desk.circles.add_person(self.client.id, "Tess", "friend")
        days = [MONDAY + timedelta(weeks=week) for week in range(3)]
        self.sessions = [desk.sessions.add_session(Session(course_id=self.course.id, date=day)) for day in days]

    def step(self, words: str = "Say yes to lunch", **more: object) -> Step:
        return Step(**{"course_id": self.course.id, "words": words, "agreed_on": MONDAY, **more})  # type: ignore[arg-type]

    def note(self, week: int, **answers: object) -> Document:
        place = {"course_id": self.course.id, "session_id": self.sessions[week].id}
        note = self.desk.documents.open_document(Purpose.PROGRESS_NOTE, self.client.id, **place)
        return self.desk.documents.keep_draft(self.desk.documents.begin_writing(note), {**note.answers, **answers})

    def stored(self) -> list[Step]:
        return self.steps.of_course(self.course.id)


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    desk = Desk(create_with_key(tmp_path / "practice", bytes(range(32)), "Willow Lane Practice"))
    yield Life(desk)
    desk.close()


def test_a_task_has_tidied_words_a_person_and_a_day(life: Life) -> None:
    kept = life.steps.add_step(life.step("  Say yes \n to lunch ", person_id=life.tess.id, due=MONDAY + timedelta(7)))
    assert kept.words == "Say yes to lunch"
    assert life.stored() == [kept]
    with pytest.raises(Refused, match="needs words"):
        life.steps.change_step(replace(kept, words=" "))
    with pytest.raises(Refused, match="room for 400"):
        life.steps.change_step(replace(kept, words="x" * 401))


def test_someone_of_another_client_is_refused(life: Life) -> None:
    other = life.desk.clients.add_client(Client(name="Olga"))
    ben = life.desk.circles.add_person(other.id, "Ben", "brother")
    with pytest.raises(Refused, match="one client"):
        life.steps.add_step(life.step(person_id=ben.id))
    with pytest.raises(RecordGone):
        life.steps.add_step(life.step(course_id="nowhere"))


def test_open_tasks_come_first_and_the_latest_of_each_kind(life: Life) -> None:
    first = life.steps.add_step(life.step("first"))
    second = life.steps.add_step(life.step("second", agreed_on=MONDAY + timedelta(7)))
    third = life.steps.add_step(life.step("third", agreed_on=MONDAY + timedelta(14)))
    third = life.steps.review_step(replace(third, done=StepDone.YES, reviewed_on=MONDAY + timedelta(21)))
    assert life.stored() == [second, first, third]


def test_reviewing_keeps_how_it_went_and_opens_it_again(life: Life) -> None:
    step = life.steps.add_step(life.step())
    said = {"done": StepDone.PARTLY, "what_happened": "They had coffee", "mood_effect": MoodEffect.BETTER}
    reviewed = life.steps.review_step(replace(step, words="never mind", reviewed_on=MONDAY, **said))  # type: ignore[arg-type]
    assert reviewed == replace(step, reviewed_on=MONDAY, **said)  # type: ignore[arg-type]
    changed = life.steps.change_step(replace(step, words="Say yes to dinner"))
    assert changed.done is StepDone.PARTLY, "changing what was agreed leaves how it went alone"
    life.steps.review_step(step)
    assert life.stored() == [replace(step, words="Say yes to dinner")]


def test_a_task_taken_out_comes_back_as_it_was(life: Life) -> None:
    step = life.steps.add_step(life.step(person_id=life.tess.id))
    assert life.steps.remove_step(step.id) == step
    assert life.stored() == []
    life.steps.restore_step(step)
    assert life.stored() == [step]


def test_it_comes_back_without_what_is_gone_by_then(life: Life) -> None:
    step = life.steps.add_step(life.step(person_id=life.tess.id, session_id=life.sessions[0].id))
    life.steps.remove_step(step.id)
    life.desk.circles.delete_person(life.tess.id)
    life.desk.sessions.remove_session(life.sessions[0].id)
    life.steps.restore_step(step)
    assert life.stored() == [replace(step, person_id=None, session_id=None)]


def test_a_person_who_comes_back_is_named_again(life: Life) -> None:
    step = life.steps.add_step(life.step(person_id=life.tess.id))
    life.desk.circles.delete_person(life.tess.id)
    assert life.stored() == [replace(step, person_id=None)]
    life.desk.circles.restore_person(life.tess.id)
    assert life.stored() == [step]


def test_words_that_a_note_tells_are_changed_in_the_note(life: Life) -> None:
    life.note(0, between_session_task="Say yes to lunch")
    added = life.steps.add_step(life.step("Write to Karin", session_id=life.sessions[0].id))
    own, told = life.steps.told(life.course.id)
    assert (own.words_in, told.words_in) == (None, life.sessions[0])
    life.steps.remove_step(added.id)
    with pytest.raises(Refused, match="stand in the note of 23 November"):
        life.steps.change_step(replace(told.step, words="Ring Tess"))
    with pytest.raises(Refused, match="stand in the note of 23 November"):
        life.steps.remove_step(told.step.id)
    due = MONDAY + timedelta(8)
    life.steps.change_step(replace(told.step, person_id=life.tess.id, due=due))
    life.note(0, between_session_task="Say yes to lunch with Tess")
    (step,) = life.stored()
    assert (step.words, step.person_id, step.due) == ("Say yes to lunch with Tess", life.tess.id, due)


def test_a_review_that_a_note_tells_is_changed_in_the_note_but_for_the_mood(life: Life) -> None:
    life.note(0, between_session_task="Say yes to lunch")
    life.note(1, last_step={"done": "partly", "words": "They had coffee"})
    (told,) = life.steps.told(life.course.id)
    assert told.review_in == life.sessions[1]
    with pytest.raises(Refused, match="stands in the note of 30 November"):
        life.steps.review_step(replace(told.step, done=StepDone.NO))
    life.steps.review_step(replace(told.step, mood_effect=MoodEffect.BETTER))
    life.note(1, last_step={"done": "yes", "words": "They had coffee"})
    (step,) = life.stored()
    assert (step.done, step.mood_effect) == (StepDone.YES, MoodEffect.BETTER)


def test_a_note_that_says_nothing_leaves_a_review_made_here(life: Life) -> None:
    life.note(0, between_session_task="Say yes to lunch")
    (step,) = life.stored()
    reviewed = life.steps.review_step(replace(step, done=StepDone.YES, what_happened="It was good", reviewed_on=MONDAY))
    life.note(1, between_session_task="Ring Karin")
    assert reviewed in life.stored()
    life.note(1, last_step={"done": "partly", "words": "half an hour"})
    assert (StepDone.PARTLY, "half an hour") in {(each.done, each.what_happened) for each in life.stored()}


def test_once_reviewed_and_no_longer_in_the_note_it_can_be_taken_out(life: Life) -> None:
    life.note(0, between_session_task="Say yes to lunch")
    life.note(1, last_step={"done": "yes", "words": ""})
    life.note(0, between_session_task="")
    (told,) = life.steps.told(life.course.id)
    assert told.words_in is None
    life.steps.remove_step(told.step.id)
    assert life.stored() == []


def test_to_review_are_the_tasks_of_running_courses_once_their_day_has_come(life: Life) -> None:
    tuesday = MONDAY + timedelta(1)
    now = life.steps.add_step(life.step("now"))
    life.steps.add_step(life.step("agreed today", agreed_on=tuesday))
    due = life.steps.add_step(life.step("due today", due=tuesday, created_at=now.created_at + timedelta(seconds=1)))
    life.steps.add_step(life.step("later", due=tuesday + timedelta(1)))
    done = life.steps.add_step(life.step("done"))
    life.steps.review_step(replace(done, done=StepDone.NO, reviewed_on=tuesday))
    assert life.steps.open_steps(tuesday) == [
        (life.client.id, life.course.id, now),
        (life.client.id, life.course.id, due),
    ]
    life.desk.courses.end_course(life.course.id, tuesday, EndingKind.PLANNED)
    assert life.steps.open_steps(tuesday) == []
