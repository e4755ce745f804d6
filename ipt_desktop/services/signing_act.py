"""The act of signing, within one transaction: the snapshot of what the document shows, the mark, and the signature."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ipt_desktop.domain import form as forms
from ipt_desktop.domain import protocol as protocols
from ipt_desktop.domain.audit import Wanted
from ipt_desktop.domain.course import numbers
from ipt_desktop.domain.errors import NoteSigned
from ipt_desktop.domain.form import Form, Purpose
from ipt_desktop.domain.records import AuditEntry, Client, Course, Definition, Document, Goal, Person, Session
from ipt_desktop.domain.session_records import Amendment, Event, RiskEntry, Signature, Step
from ipt_desktop.domain.signing import FIRST, OPERATIONS, SHOWN_FACTS, Missing, as_json, mark_of, signed_answers
from ipt_desktop.domain.text import _
from ipt_desktop.domain.told_apart import told_apart
from ipt_desktop.storage.store import Reading, Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Who signs, when (an aware instant and the words of its zone), and with which remarks."""

    signer: str
    licence: str
    at: datetime
    zone: str
    is_late_entry: bool = False
    reason: str = ""


def signature_of(reading: Reading, document_id: str) -> Signature | None:
    """Return the signature of a document, None while it has none."""
    return next(iter(reading.all(Signature, "number", document_id=document_id)), None)


def require_unsigned(reading: Reading, document_id: str) -> None:
    """Raise NoteSigned where a document is signed: nothing may change it, move it or take it away."""
    if signature_of(reading, document_id) is not None:
        raise NoteSigned


def head_of_chain(reading: Reading) -> tuple[int, str]:
    """Return number and mark of the last signature that was ever made, also of one that is no longer there."""
    last = reading.signature_head() or (0, FIRST)
    told = next((each for each in reading.audit_entries(Wanted(operations=frozenset(OPERATIONS)), 1)), None)
    number, mark = numbered(told) if told is not None else (0, FIRST)
    return (number, mark) if number > last[0] else last


def numbered(entry: AuditEntry) -> tuple[int, str]:
    """Return number and mark of the signature that an audit entry tells of; (0, …) where it tells of none."""
    number, mark = entry.detail.get("number"), entry.detail.get("mark")
    return (number, mark) if isinstance(number, int) and isinstance(mark, str) else (0, FIRST)


def put_signature(
    writing: Writing, document: Document, form: Form, signing: Signing, missing: Sequence[Missing] = ()
) -> Signature:
    """Sign a stored document. The caller has looked whether it may be signed; its audit row carries number and mark."""
    snapshot = snapshot_of(writing, document, form) | ({"missing": [each.words for each in missing]} if missing else {})
    number, previous = head_of_chain(writing)
    told = asdict(signing)
    mark = mark_of(
        definition=document.form,
        answers=signed_answers(form, document.answers),
        snapshot=snapshot,
        previous=previous,
        **told,
    )
    signature = Signature(
        id=str(uuid5(NAMESPACE_URL, f"ipt-desktop/{document.id}/signature")),
        document_id=document.id,
        number=number + 1,
        snapshot=snapshot,
        previous=previous,
        mark=mark,
        **told,
    )
    writing.insert(signature)
    return signature


def entry_of(signature: Signature, document: Document) -> AuditEntry:
    """Return the audit entry that goes with a signature: without it nobody would miss one that was taken out."""
    is_addendum = document.purpose == Purpose.ADDENDUM
    return AuditEntry(
        operation="sign_addendum" if is_addendum else "sign_note",
        kind="document",
        record_id=document.id,
        client_id=document.client_id,
        detail={"number": signature.number, "mark": signature.mark},
    )


def stored_form(reading: Reading, hash_: str) -> Form | None:
    """Return a form the practice has kept, by its hash; None where it has none, or where what it has was altered."""
    kept = reading.get(Definition, hash_)
    if kept is None or forms.definition_hash(kept.body) != hash_:
        return None
    return forms.from_json(kept.body)


def snapshot_of(reading: Reading, document: Document, form: Form) -> dict[str, Any]:
    """Return the records a document shows, as they are now: it reads the same for ever, whatever becomes of them."""
    client = reading.get(Client, document.client_id)
    shown: dict[str, Any] = {
        "document": document.id,
        "client": {
            "id": document.client_id,
            "name": client.name if client else "",
            "reference": client.reference if client else "",
        },
    }
    amendment = reading.get(Amendment, document.id)
    if amendment is not None:
        amended = signature_of(reading, amendment.document_id)
        return shown | {"amends": amendment.document_id, "amends_mark": amended.mark if amended else ""}
    session = reading.get(Session, document.session_id) if document.session_id else None
    course = reading.get(Course, document.course_id) if document.course_id else None
    told: list[Event | Step | RiskEntry] = []
    if session is not None:
        shown["session"] = _session(reading, session, course)
        kept: dict[str, list[Any]] = {
            "risk": reading.all(RiskEntry, "created_at", session_id=session.id),
            "step_agreed": reading.all(Step, "created_at", session_id=session.id),
            "step_reviewed": reading.all(Step, "created_at", reviewed_in_id=session.id),
            "events": reading.all(Event, "on", "created_at", session_id=session.id),
        }
        told = [each for records in kept.values() for each in records]
        shown |= {key: [as_json(asdict(each)) for each in records] for key, records in kept.items() if records}
    named = {*_texts(document.answers), *(text for each in told for text in _texts(as_json(asdict(each))))}
    named |= set(session.attendee_ids) if session else set()
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


def _people(reading: Reading, client_id: str, named: set[str]) -> dict[str, str]:
    everyone = reading.all(Person, "created_at", "id", client_id=client_id)
    called = told_apart(everyone)
    return {each.id: called.get(each.id) or each.name for each in everyone if each.id in named}


def _areas(reading: Reading, course: Course) -> dict[str, str]:
    definition = reading.get(Definition, course.protocol)
    return {} if definition is None else {each.key: _(each.label) for each in protocols.from_json(definition.body).areas}


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


def without_off_record(form: Form | None, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers without what is not part of the record."""
    keys = {each.key for each in form.fields if each.is_off_record} if form else set()
    return {key: answer for key, answer in answers.items() if key not in keys}


def cleaned(signing: Signing) -> Signing:
    """Return it with texts that UTF-8 can hold, as they will be stored: the mark is over what can be read again."""
    return replace(
        signing,
        signer=_whole(signing.signer),
        licence=_whole(signing.licence),
        zone=_whole(signing.zone),
        reason=_whole(signing.reason),
    )


def _whole(text: str) -> str:
    return text.strip().encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
