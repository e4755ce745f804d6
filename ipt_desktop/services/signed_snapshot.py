"""What a document shows beside its answers, taken down as it is signed: it reads the same for ever, whatever becomes of it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from ipt_desktop.domain import form as forms
from ipt_desktop.domain import protocol as protocols
from ipt_desktop.domain import rich_text
from ipt_desktop.domain.course import in_order, numbers
from ipt_desktop.domain.form import NOTES, Form, Means, Purpose, is_blank
from ipt_desktop.domain.measure_records import MeasureResult, counted
from ipt_desktop.domain.records import Client, Course, Definition, Document, Person, Session
from ipt_desktop.domain.risk import last_found
from ipt_desktop.domain.session_records import Amendment, Event, RiskEntry, Signature, Step
from ipt_desktop.domain.signing import SHOWN_FACTS, as_json
from ipt_desktop.domain.text import _
from ipt_desktop.domain.told_apart import told_apart
from ipt_desktop.domain.treatment_records import Goal, TermsChange
from ipt_desktop.domain.worksheet import about_person, first_words
from ipt_desktop.storage.store import Reading

AGREED = (Means.BETWEEN_SESSION_TASK, Means.PLAN)


def stored_form(reading: Reading, hash_: str) -> Form | None:
    """Return a form the practice has kept, by its hash; None where it has none, or where what it has was altered."""
    kept = reading.get(Definition, hash_)
    if kept is None or forms.definition_hash(kept.body) != hash_:
        return None
    return forms.from_json(kept.body)


def snapshot_of(reading: Reading, document: Document, form: Form) -> dict[str, Any]:
    """Return the records a document shows, as they are now."""
    client = reading.get(Client, document.client_id)
    shown: dict[str, Any] = {
        "document": document.id,
        "purpose": document.purpose,
        "course": document.course_id or "",
        "client": {
            "id": document.client_id,
            "name": client.name if client else "",
            "reference": client.reference if client else "",
        },
    }
    amendment = reading.get(Amendment, document.id)
    if amendment is not None:
        amended = next(iter(reading.all(Signature, document_id=amendment.document_id)), None)
        return shown | {"amends": amendment.document_id, "amends_mark": amended.mark if amended else ""}
    session = reading.get(Session, document.session_id) if document.session_id else None
    course = reading.get(Course, document.course_id) if document.course_id else None
    told: list[Event | Step | RiskEntry | MeasureResult] = []
    if session is not None:
        shown["session"] = _session(reading, session, course)
        kept: dict[str, list[Any]] = {
            "risk": reading.all(RiskEntry, "created_at", session_id=session.id),
            "step_agreed": reading.all(Step, "created_at", session_id=session.id),
            "step_reviewed": reading.all(Step, "created_at", reviewed_in_id=session.id),
            "events": reading.all(Event, "on", "created_at", "id", session_id=session.id),
            "measures": counted(reading.all(MeasureResult, "on", "created_at", "id", session_id=session.id)),
        }
        told = [each for records in kept.values() for each in records]
        shown |= {key: [as_json(asdict(each)) for each in records] for key, records in kept.items() if records}
        shown |= {"worksheets": _worksheets(reading, session), "before": _before(reading, session)}
    named = {*_texts(document.answers), *(text for each in told for text in _texts(as_json(asdict(each))))}
    named |= set(session.attendee_ids) if session else set()
    named |= {str(each["person"]) for each in shown.get("worksheets", ())}
    shown["people"] = _people(reading, document.client_id, named)
    if course is not None:
        goals = reading.all(Goal, course_id=course.id)
        shown["goals"] = {each.id: each.words for each in goals if each.id in named}
        if any(each.options_from == "areas" for each in form.fields):
            shown["areas"] = _areas(reading, course)
    return {key: value for key, value in shown.items() if value not in ({}, [])}


def _session(reading: Reading, session: Session, course: Course | None) -> dict[str, Any]:
    number = numbers(reading.all(Session, course_id=session.course_id)).get(session.id)
    facts = {name: getattr(session, name) for name in ("id", *SHOWN_FACTS)}
    return as_json(facts | {"number": number, "planned": course.planned_sessions if course else None})  # type: ignore[no-any-return]


def _worksheets(reading: Reading, session: Session) -> list[dict[str, str]]:
    """Return the worksheets of a session by name, whom they are about, and how each begins."""
    named = []
    for sheet in reading.all(Document, "created_at", "id", session_id=session.id, purpose=str(Purpose.WORKSHEET)):
        form = stored_form(reading, sheet.form)
        if form is not None and not is_blank(sheet.answers):
            person = about_person(form, sheet.answers) or ""
            named.append({"id": sheet.id, "title": _(form.title), "person": person, "begins": first_words(form, sheet.answers)})
    return named


def _before(reading: Reading, session: Session) -> dict[str, str]:
    """Return what the note says it is about without saying it itself: the step agreed last, and what *unchanged* risk means."""
    sessions = in_order(reading.all(Session, course_id=session.course_id))
    place = [each.id for each in sessions].index(session.id)
    earlier = {each.id: each for each in reversed(sessions[:place])}
    notes = {
        each.session_id: each
        for each in (reading.all(Document, session_id=list(earlier), purpose=[str(each) for each in NOTES]) if earlier else ())
        if not is_blank(each.answers)
    }
    known = {each: stored_form(reading, each) for each in {note.form for note in notes.values()}}
    written = [
        (each.date, notes[key], form) for key, each in earlier.items() if key in notes and (form := known[notes[key].form])
    ]
    said: dict[str, str] = {}
    if written:
        _day, note, form = written[0]
        words = (_line(form.answer(note.answers, means)) for means in AGREED)
        said["step"] = next((each for each in words if each), "")
    asked = ((day, form.answer(note.answers, Means.RISK)) for day, note, form in written)
    found = last_found((day, risk.get("asked", ""), risk.get("words", "")) for day, risk in asked if isinstance(risk, Mapping))
    if found is not None:
        said |= {"risk": found.told, "risk_on": found.on.isoformat()}
    return {key: words for key, words in said.items() if words}


def _line(answer: Any) -> str:
    return "" if answer is None or is_blank(answer) else " ".join(rich_text.as_plain(rich_text.from_json(answer)).split())


def _people(reading: Reading, client_id: str, named: set[str]) -> dict[str, str]:
    everyone = reading.all(Person, "created_at", "id", client_id=client_id)
    called = told_apart(everyone)
    return {each.id: called.get(each.id) or each.name for each in everyone if each.id in named}


def _areas(reading: Reading, course: Course) -> dict[str, str]:
    """Return what problem areas are called: by the course's protocol, else by one that it had before."""
    earlier = [each.protocol for each in reading.all(TermsChange, "-created_at", course_id=course.id)]
    known: dict[str, str] = {}
    for hash_ in dict.fromkeys([course.protocol, *earlier]):
        definition = reading.get(Definition, hash_)
        for area in protocols.from_json(definition.body).areas if definition is not None else ():
            known.setdefault(area.key, _(area.label))
    return known


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in an answer: some of them are ids of people and goals."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
