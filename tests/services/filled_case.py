"""A client of whom everything is written, each text with markup and a word of its own; and one of whom nothing is."""

from dataclasses import dataclass, field, fields, replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.form import COURSE_PAPERS, FieldKind, Form, Means, Purpose
from ipt_desktop.domain.form_rows import ColumnKind
from ipt_desktop.domain.records import (
    Attendance,
    Client,
    Course,
    Disclosure,
    DisputeStage,
    Document,
    Person,
    Placement,
    ProblemArea,
    Session,
    Tie,
    TieKind,
)
from ipt_desktop.domain.session_records import Event, MoodEffect
from ipt_desktop.domain.treatment_records import Diagnosis, DiagnosisAt, Goal, Medication
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.recovery_code import code_of
from ipt_desktop.services.reporting import KINDS
from ipt_desktop.services.vault import create_with_key
from tests.services.summary_case import Case, measure

KEY = bytes(range(32))
START, TODAY = date(2025, 3, 3), date(2025, 7, 17)
MARKUP = '<b>&amp; "R&D" <script>x</script>'
LONG = " ".join(["Wilhelmina"] * 18)
"""A name of two hundred letters."""

PRIVATE, JOTTING, VIOLENCE, STRANGER = "Stillquirlbaum", "Jotquirlbaum", "Schlagquirlbaum", "Fremdquirlbaum"
NAMED = ("Kranichfährmann", "Zwiebelkönig", "Nachtvogel")
"""The names of people on the circle; none of them may stand on a page that has initials."""
OF_REPORTS = tuple(dict.fromkeys(each.texts for each in KINDS if each.texts))
"""What the texts of reports are written as."""
KEPT_BACK = (PRIVATE, JOTTING, VIOLENCE, STRANGER)


@dataclass
class Filled:
    """The practice: `full` is the client of whom everything is written, `empty` has nothing but a name and a course."""

    desk: Desk
    full: Client
    course: Course
    empty: Client
    empty_course: Course
    bare: Client
    documents: list[Document] = field(default_factory=list)


def open_filled(folder: Path) -> Filled:
    """Make the practice and write everything."""
    desk = Desk(create_with_key(folder / "practice", KEY, f"Practice {MARKUP}"))
    practice = desk.practice.details()
    desk.practice.change_details(
        replace(
            practice, therapist=f"Dr Weiss {MARKUP}", profession=MARKUP, registration="PYL & 1", address=MARKUP, contact=MARKUP
        )
    )
    full = desk.clients.add_client(_client())
    protocol = desk.resources.protocol("weissman-markowitz-klerman")
    assert protocol is not None
    case = Filled(
        desk=desk,
        full=full,
        course=desk.courses.begin_course(full.id, protocol, started_on=START),
        empty=(empty := desk.clients.add_client(Client(name="Ewan Drummond"))),
        empty_course=desk.courses.begin_course(empty.id, protocol, started_on=START),
        bare=desk.clients.add_client(Client(name=f"{STRANGER} Other", presenting_problem=STRANGER)),
    )
    _write_all(case)
    told = Disclosure(client_id=full.id, what="formulation", pages=1, recipient=f"Dr Berg {MARKUP}", purpose=MARKUP)
    desk.store.write(lambda writing: writing.insert(told))
    return case


def _client() -> Client:
    texts = {each.name: f"{MARKUP} {each.name}" for each in fields(Client) if each.type in ("str", str) and each.name != "id"}
    return Client(**{**texts, "name": f"{LONG} Zielinska", "initials": "WZ", "born_on": date(1984, 9, 14)})  # type: ignore[arg-type]


def _write_all(case: Filled) -> None:
    desk, client, course = case.desk, case.full, case.course
    people = [desk.circles.add_person(client.id, f"{name} {LONG}"[:200], "friend", relation_words=MARKUP) for name in NAMED]
    sessions = [
        desk.sessions.add_session(
            Session(
                course_id=course.id,
                date=START + timedelta(weeks=week),
                starts_at=time(9),
                ends_at=time(9, 50),
                attendance=Attendance.ATTENDED,
                attendees=f"{NAMED[0]} {MARKUP}",
                attendee_ids=[people[0].id],
            )
        )
        for week in range(3)
    ]
    _circle(case, people)
    area = desk.phases.keep_problem_area(
        ProblemArea(course_id=course.id, area="dispute", about=f"{NAMED[1]} {MARKUP}", person_id=people[0].id, agreed_on=START)
    )
    desk.phases.judge_stage(area.id, DisputeStage.IMPASSE, START)
    desk.phases.enter_phase(course.id, "middle", START + timedelta(weeks=1), f"{NAMED[1]} {MARKUP}")
    desk.phases.tick_task(course.id, "initial.rationale", START)
    goal = desk.goals.add_goal(
        Goal(course_id=course.id, words=f"Ring {NAMED[2]} {MARKUP}", problem_area_id=area.id, set_on=START, evidence=MARKUP)
    )
    desk.goals.rate_goal(goal.id, 4, START)
    desk.medications.add_medication(
        Medication(client_id=client.id, name=MARKUP, dose="5 <mg>", prescriber=NAMED[0], begun="2026-02", note=MARKUP)
    )
    made = {
        "at": DiagnosisAt.START,
        "made_on": START,
        "system": "ICD-10-CM 2026-04",
        "code": "F32.1",
        "words": MARKUP,
        "rank": 1,
    }
    desk.diagnoses.keep_diagnosis(Diagnosis(course_id=course.id, **made))  # type: ignore[arg-type]
    for session in sessions:
        told = Event(
            client_id=client.id,
            session_id=session.id,
            on=session.date.isoformat(),
            title=f"{NAMED[0]} moved {MARKUP}",
            person_ids=[people[0].id],
            note=f"{NAMED[1]} {MARKUP}",
        )
        desk.events.add_event(told)
    _documents(case, people, sessions, area)
    measure(Case(desk, client, course))
    risk = desk.risk.entries(client.id)[0]
    desk.risk.keep_risk(replace(risk, means=MARKUP, restricted_by=NAMED[0], told=NAMED[1], ideation=f"{NAMED[2]} {MARKUP}"))
    step = desk.steps.of_course(course.id)[0]
    desk.steps.change_step(replace(step, person_id=people[0].id, mood_effect=MoodEffect.BETTER, what_happened=NAMED[1]))


def _circle(case: Filled, people: list[Person]) -> None:
    desk, course = case.desk, case.course
    before = desk.circles.sitting_before(course.id, START)
    sitting = desk.circles.sitting_now(course.id)
    for place, person in enumerate(people):
        for where, felt in ((before, 0.9), (sitting, 0.1 + 0.3 * place)):
            row = Placement(
                person_id=person.id,
                sitting_id=where.id,
                felt=felt,
                desired=0.5,
                angle=place * 100,
                words=f"{NAMED[0]} {MARKUP}",
            )
            desk.circles.put_back(where.id, person.id, row)
    desk.circles.add_tie(Tie(client_id=case.full.id, from_person_id=people[0].id, to_person_id=people[1].id, kind=TieKind.KIN))


def _documents(case: Filled, people: list[Person], sessions: list[Session], area: ProblemArea) -> None:
    desk, client, course = case.desk, case.full, case.course
    of_course = (*COURSE_PAPERS, Purpose.SELF_CHECK, *OF_REPORTS)
    opened = [desk.documents.open_document(each, client.id, course_id=course.id) for each in of_course]
    opened += [desk.documents.open_document(Purpose.INVENTORY_ENTRY, client.id, about_id=people[0].id)]
    opened += [desk.area_records.document(area.id), desk.safety_plans.new_plan(client.id)]
    opened += [
        desk.worksheets.begun(each, course, session_id=sessions[0].id, person_id=people[0].id)
        for each in desk.resources.forms
        if each.purpose == Purpose.WORKSHEET
    ]
    notes = [
        desk.documents.open_document(Purpose.PROGRESS_NOTE, client.id, course_id=course.id, session_id=each.id)
        for each in sessions
    ]
    for document in (*opened, *notes):
        case.documents.append(write(desk, document, people))
    signed = next(each for each in case.documents if each.id == notes[0].id)
    desk.signing.sign(signed)
    addendum = desk.signing.begin_addendum(signed.id)
    desk.signing.sign(write(desk, addendum.document, people))
    desk.private.open_with_code(code_of(KEY))
    private = desk.private.documents
    draft = private.begin_writing(desk.private.note(client.id, sessions[0].id))
    words = rich_text.to_json(rich_text.plain(PRIVATE))
    private.keep_draft(draft, {each.key: words for each in private.form_of(draft.document).fields})


def write(desk: Desk, document: Document, people: list[Person]) -> Document:
    """Answer every field of a document’s form; a text of a report names nobody: there names stand as written."""
    form = desk.documents.form_of(document)
    draft = desk.documents.begin_writing(document)
    name = "" if document.purpose in OF_REPORTS else NAMED[1]
    return desk.documents.keep_draft(draft, {**document.answers, **answers(form, people, name)})


def answers(form: Form, people: list[Person], name: str) -> dict[str, Any]:
    """Return an answer to every field that is asked in words, in numbers or about people."""
    told: dict[str, Any] = {}
    for asked in form.fields:
        words = f"{asked.label} {name} {MARKUP}"
        if asked.is_off_record:
            words = JOTTING
        elif asked.is_confidential:
            words = VIOLENCE
        match asked.kind:
            case FieldKind.PROSE:
                told[asked.key] = rich_text.to_json(rich_text.plain(words))
            case FieldKind.LINE:
                told[asked.key] = words[: asked.max_length]
            case FieldKind.STEP:
                told[asked.key] = {"done": "partly", "words": words}
            case FieldKind.RISK:
                told[asked.key] = {"asked": "changed", "words": words, "action": words}
            case FieldKind.SCALE:
                told[asked.key] = asked.highest
            case FieldKind.DATE:
                told[asked.key] = START.isoformat()
            case FieldKind.TICK:
                told[asked.key] = True
            case FieldKind.PERSONS:
                told[asked.key] = [each.id for each in people]
            case FieldKind.PERSON:
                told[asked.key] = people[0].id
            case FieldKind.CHOICE if asked.options:
                told[asked.key] = asked.options[0].key
            case FieldKind.CHOICES if asked.options:
                told[asked.key] = [each.key for each in asked.options]
            case FieldKind.CONTACTS:
                told[asked.key] = [{"name": words, "number": "999 <1>"}]
            case FieldKind.ROWS:
                told[asked.key] = [
                    {each.key: words for each in asked.columns if each.kind in (ColumnKind.LINE, ColumnKind.PROSE)}
                ]
            case _:
                pass
    return {key: said for key, said in told.items() if getattr(form.field(key), "means", "") != Means.ABOUT_TIE}
