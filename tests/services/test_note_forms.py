"""Which form a note begins with, and that a change of form carries what is counted or linked along."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ipt_desktop.domain.errors import DefinitionError
from ipt_desktop.domain.form import Form, Means, Purpose
from ipt_desktop.domain.form_change import change_of_form
from ipt_desktop.domain.records import Client, Course, Session, SessionKind
from ipt_desktop.services.definitions import parse_form
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.note_forms import note_forms
from ipt_desktop.services.resources import Resources
from ipt_desktop.services.vault import create_with_key

MINE = """
key = "mine"
version = 1
purpose = "progress_note"
title = "My note"
[[sections]]
key = "note"
  [[sections.fields]]
  key = "told"
  label = "Told"
  kind = "prose"
  means = "what_happened"
"""
CARRIED = (Means.WITH_WHOM, Means.INTERVENTION, Means.FOCUS, Means.RISK, Means.BETWEEN_SESSION_TASK, Means.PLAN, Means.MOOD)


class Practice:
    """A practice with a form of the therapist's own, and a client in a course."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        client = desk.clients.add_client(Client(name="Marta Lindqvist"))
        self.course: Course = desk.courses.begin_course(client.id, desk.resources.protocols[0], started_on=date(2026, 3, 2))

    def new_note(self, kind: SessionKind = SessionKind.SESSION) -> Form:
        """Return the form the note of a new session begins with."""
        session = self.desk.sessions.add_session(Session(course_id=self.course.id, date=date(2026, 3, 9), kind=kind))
        place = {"course_id": self.course.id, "session_id": session.id}
        note = self.desk.documents.open_document(Purpose.PROGRESS_NOTE, self.course.client_id, **place)
        form = self.desk.documents.form_of(note)
        assert note.purpose == form.purpose
        return form


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    desk = Desk(create_with_key(tmp_path / "practice", bytes(range(32)), "Willow Lane Practice"))
    own = tmp_path / "practice" / "definitions" / "forms"
    own.mkdir(parents=True)
    (own / "mine.toml").write_text(MINE, "utf-8")
    yield Practice(desk)
    desk.close()


def test_a_new_note_is_the_ipt_session_note_until_another_is_chosen(practice: Practice) -> None:
    assert practice.new_note().title == "IPT session note"
    for key in ("soap-note", "mine", "free-note"):
        practice.desk.settings.change(note_form=key)
        assert practice.new_note().key == key
    practice.desk.settings.change(note_form="of a file that is gone")
    assert practice.new_note().title == "IPT session note"


@pytest.mark.parametrize("kind", [each for each in SessionKind if each is not SessionKind.SESSION])
def test_each_other_kind_of_session_begins_with_its_own_whatever_is_chosen(practice: Practice, kind: SessionKind) -> None:
    practice.desk.settings.change(note_form="soap-note")
    assert practice.new_note(kind).for_kind == kind


def test_every_note_is_offered_every_form_those_for_one_kind_last(practice: Practice) -> None:
    titles = [each.title for each in note_forms(practice.desk.resources)]
    assert titles == [
        "IPT session note", "My note", "SOAP note", "DAP note", "BIRP note", "GIRP note", "Free note", "Intake",
        "Telephone contact", "Crisis contact", "Joint session", "Parents’ session", "Supervision", "Letter",
    ]  # fmt: skip


def test_a_form_for_a_kind_that_does_not_exist_is_refused_with_its_line() -> None:
    with pytest.raises(DefinitionError) as caught:
        parse_form(MINE.replace('title = "My note"', 'title = "My note"\nfor_kind = "walk"'), "mine.toml")
    assert (caught.value.values["field"], caught.value.values["line"]) == ("for_kind", 6)


def test_the_first_field_of_a_section_can_not_be_joined() -> None:
    with pytest.raises(DefinitionError, match="none before it"):
        parse_form(MINE + "  is_joined = true\n", "mine.toml")


@pytest.mark.parametrize("key", ["soap-note", "dap-note", "birp-note", "girp-note", "joint-session-note"])
def test_what_is_counted_or_linked_comes_along_to_every_format(key: str) -> None:
    forms = {each.key: each for each in Resources().forms}
    old, new = forms["ipt-session-note"], forms[key]
    answers = {found.key: "said" for means in CARRIED if (found := old.field_that_means(means))}
    assert len(answers) == len(CARRIED)
    change = change_of_form(old, new, answers)
    assert change.without_place == ()
    assert all(new.answer(change.answers, means) == "said" for means in CARRIED)


def test_techniques_have_the_same_keys_in_every_form() -> None:
    fields = [each.field_that_means(Means.INTERVENTION) for each in Resources().forms]
    assert len({each.options for each in fields if each is not None}) == 1


def test_risk_is_asked_in_every_note_of_a_contact_with_the_client() -> None:
    for form in note_forms(Resources()):
        assert (form.field_that_means(Means.RISK) is not None) != (form.for_kind == SessionKind.SUPERVISION), form.title
