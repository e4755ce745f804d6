"""The dates of an ending's pages on the timeline: added once, changed with their row, gone with it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.records import Client, Document
from ipt_desktop.domain.session_records import Event
from ipt_desktop.services.desk import Desk

GRAVE = {"id": "1", "words": "All Saints, at the grave", "when": "2026-11-01", "yearly": 1}
BIRTHDAY = {"id": "2", "words": "Mama’s birthday", "when": "2026-05-14", "yearly": 1}


class Ending:
    """The ending of a course, written row by row."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.client = desk.clients.add_client(Client(name="Zofia"))
        started = date(2026, 3, 12)
        self.course = desk.courses.begin_course(self.client.id, desk.resources.protocols[0], started_on=started)
        form = desk.resources.form_for(Purpose.ENDING)
        asked = form.field_that_means(Means.TRIGGER_DATES)
        assert asked is not None
        self.key = asked.key

    def document(self) -> Document:
        return self.desk.documents.open_document(Purpose.ENDING, self.client.id, course_id=self.course.id)

    def write(self, *rows: dict[str, Any]) -> None:
        document = self.document()
        draft = self.desk.documents.begin_writing(document)
        self.desk.documents.keep_draft(draft, {**document.answers, self.key: list(rows)})
        self.desk.documents.end_writing(draft)

    def events(self) -> list[Event]:
        return self.desk.events.of_client(self.client.id)

    def told(self) -> list[tuple[str, str]]:
        return [(each.on, each.title) for each in self.events()]


@pytest.fixture
def ending(desk: Desk) -> Ending:
    return Ending(desk)


def test_saved_again_moved_changed_and_removed(ending: Ending) -> None:
    ending.write(GRAVE, BIRTHDAY)
    assert ending.told() == [("2026-05-14", "Mama’s birthday"), ("2026-11-01", "All Saints, at the grave")]
    first = ending.events()
    assert all(each.recurs for each in first)
    ending.write(BIRTHDAY, GRAVE)
    assert ending.events() == first
    ending.write({**BIRTHDAY, "when": "2026-05"}, {**GRAVE, "words": "All Saints"})
    assert ending.told() == [("2026-05", "Mama’s birthday"), ("2026-11-01", "All Saints")]
    assert [each.id for each in ending.events()] == [each.id for each in first]
    ending.write({**GRAVE, "words": "All Saints"})
    assert ending.told() == [("2026-11-01", "All Saints")]
    ending.write()
    assert ending.events() == []


def test_only_what_comes_back_every_year_is_on_the_timeline(ending: Ending) -> None:
    ending.write({**GRAVE, "yearly": 0}, {**BIRTHDAY, "when": "2027"}, {"id": "3", "when": "2026-11-01", "yearly": 1})
    assert ending.events() == []
    ending.write(GRAVE)
    ending.write({key: value for key, value in GRAVE.items() if key != "yearly"})
    assert ending.events() == []


def test_what_the_therapist_noted_on_the_timeline_stays(ending: Ending) -> None:
    ending.write(GRAVE)
    anna = ending.desk.circles.add_person(ending.client.id, "Anna", "sister")
    (event,) = ending.events()
    ending.desk.events.change_event(replace(event, person_ids=[anna.id], note="Anna drives"))
    ending.write({**GRAVE, "when": "2026-11-02"})
    (event,) = ending.events()
    assert (event.on, event.person_ids, event.note) == ("2026-11-02", [anna.id], "Anna drives")


def test_one_taken_off_the_timeline_stays_away_until_its_row_is_changed(ending: Ending) -> None:
    ending.write(GRAVE)
    ending.desk.events.remove_event(ending.events()[0].id)
    ending.write(GRAVE, BIRTHDAY)
    assert ending.told() == [("2026-05-14", "Mama’s birthday")]
    ending.write({**GRAVE, "words": "All Saints"}, BIRTHDAY)
    assert ("2026-11-01", "All Saints") in ending.told()


def test_an_ending_written_before_moves_without_loss(ending: Ending) -> None:
    old = ending.desk.documents
    document = ending.document()
    present = ending.desk.resources.form_for(Purpose.ENDING)
    kept = ("gains", "skills", "remaining", "feelings_about_ending", "warning_signs", "triggers", "relapse_plan")
    kept += ("maintenance_words", "functioning_start", "functioning_end", "ending_reason")
    answers: dict[str, Any] = {key: [{"kind": "paragraph", "runs": [{"text": key}]}] for key in kept}
    answers |= {"maintenance": "taper", "ending_kind": "planned"}
    sections = tuple(
        replace(section, fields=tuple(each for each in section.fields if each.key in answers))
        for section in present.sections
        if any(each.key in answers for each in section.fields)
    )
    earlier = replace(present, version=1, sections=sections)
    written = old.change_form(document, earlier)
    old._forms[written.form] = earlier  # as the program of then held it
    old.keep_draft(old.begin_writing(written), answers)
    again = ending.document()
    assert (again.id, again.answers) == (document.id, answers)
    assert old.form_of(again) == present
