"""The notes of a course as paper reads them: a signed one by what was taken down as it was signed, and no record since."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ipt_desktop.domain.course import WITHOUT_CLIENT, in_order, numbers, phase_of
from ipt_desktop.domain.form import Means, is_blank
from ipt_desktop.domain.records import Document, Person, Session
from ipt_desktop.domain.risk import Found, last_found
from ipt_desktop.domain.session_records import Event, RiskAsked, RiskEntry, Signature, Step, risk_id_of, step_id_of
from ipt_desktop.domain.signed_records import records_in
from ipt_desktop.domain.signing import areas_in, before_in, goals_in, number_in, people_in
from ipt_desktop.domain.text import _
from ipt_desktop.services.session_scores import score_words

if TYPE_CHECKING:
    from ipt_desktop.domain.form import Form
    from ipt_desktop.services.course_file import CourseFile
    from ipt_desktop.services.desk import Desk
    from ipt_desktop.services.signing import Addendum


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldNote:
    """A session's note with what it shows. `people`, `areas` and `goals` are what a signed one called them, by id or key.

    `found` is what asking about risk had found before it, `reviewed` the task it asks about, `agreed` its own. `worksheets` are
    (title, person's id); `scores` (measure, words).
    """

    session: Session
    document: Document
    form: Form
    signature: Signature | None = None
    number: int | None = None
    planned: int = 0
    phase: str = ""
    people: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    goals: Mapping[str, str] = field(default_factory=dict)
    scores: tuple[tuple[str, str], ...] = ()
    risk: RiskEntry | None = None
    found: Found | None = None
    reviewed: str = ""
    agreed: Step | None = None
    events: tuple[Event, ...] = ()
    worksheets: tuple[tuple[str, str], ...] = ()
    addenda: tuple[Addendum, ...] = ()

    @property
    def answers(self) -> Mapping[str, Any]:
        """What was answered, by the keys of the form."""
        return self.document.answers


@dataclass(frozen=True, slots=True)
class _Kept:
    """The records of a course that its notes show, as they are now."""

    risks: Mapping[str, RiskEntry]
    steps: Sequence[Step]
    events: Sequence[Event]
    worksheets: Sequence[tuple[str, str, str]]
    signatures: Mapping[str, Signature]
    documents: Mapping[str, Document]


def read_notes(desk: Desk, file: CourseFile, wanted: Collection[str] | None = None) -> list[ToldNote]:
    """Return the notes of a course in the order of their sessions; those of the sessions `wanted`, all by default."""
    documents = desk.documents.notes(file.course.id)
    kept = _Kept(
        risks={each.id: each for each in desk.risk.entries(file.client.id)},
        steps=desk.steps.of_course(file.course.id),
        events=desk.events.of_client(file.client.id),
        worksheets=[
            (each.document.session_id or "", _(each.form.title), each.person_id or "")
            for each in reversed(desk.worksheets.of_course(file.course.id))
        ],
        signatures=desk.signing.signatures(list(documents.values())),
        documents=documents,
    )
    told = _in_order(file, kept)
    chosen = [each for each in told if wanted is None or each.session.id in wanted]
    return [_with_scores(desk, file, replace(each, addenda=tuple(desk.signing.addenda(each.document.id)))) for each in chosen]


def notes_at_hand(desk: Desk, course_id: str) -> list[ToldNote]:
    """Return the notes of a course in the order of their sessions as a list tells them, without what they show."""
    documents, course = desk.documents.notes(course_id), desk.courses.course(course_id)
    sessions = desk.sessions.sessions(course_id)
    signatures, count = desk.signing.signatures(list(documents.values())), numbers(sessions)
    told = []
    for session in in_order(sessions):
        document = documents.get(session.id)
        signature = signatures.get(document.id) if document is not None else None
        if document is None or (is_blank(document.answers) and signature is None):
            continue
        form = desk.documents.form_of(document)
        note = ToldNote(
            session=session,
            document=document,
            form=form,
            number=count.get(session.id),
            planned=course.planned_sessions,
        )
        told.append(_as_signed(note, signature) if signature is not None else note)
    return told


def people_then(people: Sequence[Person], notes: Sequence[ToldNote]) -> list[Person]:
    """Return the people of a client's life with those whom a signed note calls otherwise, or who are no longer there."""
    known = {each.id: each for each in people}
    called = {(each.id, each.name.strip()) for each in people}
    then: dict[tuple[str, str], Person] = {}
    for note in notes:
        for person_id, words in note.people.items():
            name = words.split(" (")[0]
            person = known.get(person_id, Person(id=person_id, client_id=note.document.client_id, name=name))
            if (person_id, name) not in called:
                then[person_id, name] = replace(person, name=name)
    return [*then.values(), *people]


def _in_order(file: CourseFile, kept: _Kept) -> Iterator[ToldNote]:
    """Yield every note; what *unchanged* stands for, and which task is asked about, is in those before it."""
    asked: list[tuple[Any, str, str]] = []
    task = ""
    count = numbers(file.sessions)
    for session in in_order(file.sessions):
        document, filled = kept.documents.get(session.id), file.notes.get(session.id)
        if document is None or filled is None or filled.form is None:
            continue
        form, signature = filled.form, kept.signatures.get(document.id)
        if is_blank(document.answers) and signature is None:
            continue
        note = ToldNote(
            session=session,
            document=document,
            form=form,
            number=count.get(session.id),
            planned=file.course.planned_sessions,
            phase=file.wording.phase(phase_of(file.course, file.phase_changes, session.date)),
            risk=kept.risks.get(risk_id_of(session.id)),
            found=last_found(reversed(asked)),
            reviewed=next((each.words for each in kept.steps if each.reviewed_in_id == session.id), task),
            agreed=next((each for each in kept.steps if each.id == step_id_of(session.id)), None),
            events=tuple(each for each in kept.events if each.session_id == session.id),
            worksheets=tuple((title, person_id) for of, title, person_id in kept.worksheets if of == session.id),
        )
        yield _as_signed(note, signature) if signature is not None else note
        if session.kind in WITHOUT_CLIENT:
            continue
        said, step = form.answer(document.answers, Means.RISK), form.answer(document.answers, Means.BETWEEN_SESSION_TASK)
        if isinstance(said, Mapping):
            asked.append((session.date, str(said.get("asked", "")), str(said.get("words", ""))))
        task = step.strip() if isinstance(step, str) else task


def _as_signed(note: ToldNote, signature: Signature) -> ToldNote:
    """Return a note with its records as they were when it was signed."""
    shown: Mapping[str, Any] = signature.snapshot
    before, planned = before_in(shown), dict(shown.get("session") or {}).get("planned")
    return replace(
        note,
        signature=signature,
        number=number_in(shown),
        planned=planned if isinstance(planned, int) else 0,
        people=dict(people_in(shown)),
        areas=dict(areas_in(shown)),
        goals=dict(goals_in(shown)),
        risk=next(iter(records_in(shown, "risk", RiskEntry)), None),
        found=_found_then(before_in(shown)),
        reviewed=next((each.words for each in records_in(shown, "step_reviewed", Step)), before.get("step", "")),
        agreed=next(iter(records_in(shown, "step_agreed", Step)), None),
        events=tuple(records_in(shown, "events", Event)),
        worksheets=tuple((str(each["title"]), str(each["person"])) for each in shown.get("worksheets", ())),
    )


def _found_then(before: Mapping[str, str]) -> Found | None:
    try:
        return Found(date.fromisoformat(before["risk_on"]), before.get("risk", ""))
    except (KeyError, ValueError):
        return None


def risk_of(note: ToldNote) -> RiskEntry | None:
    """Return what a note says about risk with what its record adds; the note's own words hold. None where nothing is said."""
    said = note.form.answer(note.answers, Means.RISK)
    if not isinstance(said, Mapping) or not said.get("asked"):
        return None
    known = note.risk or RiskEntry(client_id=note.document.client_id, on=note.session.date, asked=RiskAsked.NOT_ASKED)
    words, action = str(said.get("words", "")), str(said.get("action", ""))
    return replace(known, asked=RiskAsked(str(said["asked"])), words=words, action=action)


def _with_scores(desk: Desk, file: CourseFile, note: ToldNote) -> ToldNote:
    own = [each for each in file.measured if each.result.session_id == note.session.id]
    told = ((each.name, score_words(desk, file.measured, each, note.signature)) for each in own)
    return replace(note, scores=tuple(told))
