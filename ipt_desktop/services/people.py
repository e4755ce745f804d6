"""The people of a client's life as rows: their names, what goes when one is deleted, and how all of it comes back."""

from dataclasses import replace

from ipt_desktop.domain.departure import Departure
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.measure_records import MeasureResult
from ipt_desktop.domain.person_name import LONGEST_NAME, cleaned_name, is_nameless
from ipt_desktop.domain.records import (
    Client,
    Course,
    Document,
    Person,
    Placement,
    ProblemArea,
    Record,
    Revision,
    Sector,
    Session,
    Sitting,
    Tie,
)
from ipt_desktop.domain.session_records import Step
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Goal
from ipt_desktop.services.practice import found
from ipt_desktop.storage.store import Reading, Writing


def named(person: Person) -> Person:
    """Return the person with name and words as they are kept (`domain.person_name`).

    Raises Refused without a name, and for one that is longer than any list has room for.
    """
    name, words = cleaned_name(person.name), cleaned_name(person.relation_words)
    if is_nameless(name):
        raise Refused(reason=_("A person needs a name, a nickname or initials."))
    if max(len(name), len(words)) > LONGEST_NAME:
        raise Refused(reason=_("A name has room for {count} characters.").format(count=LONGEST_NAME))
    return replace(person, name=name, relation_words=words)


def departure_of(reading: Reading, person_id: str) -> Departure:
    """Return a person with all that goes with them, or that names them. Raises RecordGone."""
    person = found(reading, Person, person_id)
    about = reading.all(Document, "created_at", "id", about_id=person_id)
    entries = [each for each in about if each.purpose == Purpose.INVENTORY_ENTRY]
    ids = [each.id for each in entries]
    return Departure(
        person=person,
        placements=tuple(reading.all(Placement, person_id=person_id)),
        ties=(*reading.all(Tie, from_person_id=person_id), *reading.all(Tie, to_person_id=person_id)),
        documents=tuple(entries),
        revisions=tuple(reading.all(Revision, document_id=ids) if ids else ()),
        areas=tuple(reading.all(ProblemArea, person_id=person_id)),
        goals=tuple(reading.all(Goal, person_id=person_id)),
        others=tuple(each for each in about if each.purpose != Purpose.INVENTORY_ENTRY),
        steps=tuple(reading.all(Step, person_id=person_id)),
        results=tuple(reading.all(MeasureResult, about_id=person_id)),
    )


def let_go(writing: Writing, going: Departure) -> None:
    """Delete a person with all that goes with them; what only named them stays, and names nobody."""
    for area in going.areas:
        writing.update(replace(area, person_id=None))
    for goal in going.goals:
        writing.update(replace(goal, person_id=None))
    for other in going.others:
        writing.update(replace(other, about_id=None))
    for step in going.steps:
        writing.update(replace(step, person_id=None))
    for result in going.results:
        writing.update(replace(result, about_id=None))
    for document in going.documents:
        writing.delete(Document, document.id)
    for tie in going.ties:
        writing.delete(Tie, tie.id)
    for placement in going.placements:
        writing.delete(Placement, placement.id)
    writing.delete(Person, going.person.id)


def bring_back(writing: Writing, going: Departure) -> Person:
    """Bring a person back with all that went with them, as far as what it belonged to is still there.

    What named them names them again unless it names somebody else by now. Raises RecordGone where the client is no more.
    """
    found(writing, Client, going.person.client_id)
    person = replace(going.person, sector_id=_there(writing, Sector, going.person.sector_id))
    writing.upsert(person)
    for placement in going.placements:
        if _there(writing, Sitting, placement.sitting_id):
            writing.upsert(placement)
    for tie in going.ties:
        if all(_there(writing, Person, each) for each in (tie.from_person_id, tie.to_person_id) if each is not None):
            writing.upsert(tie)
    for document in going.documents:
        course_id, session_id = _there(writing, Course, document.course_id), _there(writing, Session, document.session_id)
        writing.upsert(replace(document, course_id=course_id, session_id=session_id))
    for revision in going.revisions:
        writing.upsert(revision)
    _name_again(writing, going)
    return person


def _name_again(writing: Writing, going: Departure) -> None:
    for area in going.areas:
        now = writing.get(ProblemArea, area.id)
        if now is not None and now.person_id is None:
            writing.update(replace(now, person_id=going.person.id))
    for goal in going.goals:
        kept = writing.get(Goal, goal.id)
        if kept is not None and kept.person_id is None:
            writing.update(replace(kept, person_id=going.person.id))
    for other in going.others:
        document = writing.get(Document, other.id)
        if document is not None and document.about_id is None:
            writing.update(replace(document, about_id=going.person.id))
    for step in going.steps:
        agreed = writing.get(Step, step.id)
        if agreed is not None and agreed.person_id is None:
            writing.update(replace(agreed, person_id=going.person.id))
    for result in going.results:
        measured = writing.get(MeasureResult, result.id)
        if measured is not None and measured.about_id is None:
            writing.update(replace(measured, about_id=going.person.id))


def _there(reading: Reading, record_type: type[Record], record_id: str | None) -> str | None:
    """Return the id where its record is still there."""
    return record_id if record_id is not None and reading.get(record_type, record_id) is not None else None


def changed_elsewhere(name: str) -> Refused:
    """Return what is raised where undo would take back what was done in another place since."""
    reason = _("{name} was changed in another place since. Nothing was undone, so that nothing is lost.")
    return Refused(reason=reason.format(name=name))
