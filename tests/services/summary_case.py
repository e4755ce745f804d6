"""A course of sixteen sessions, from the first one to the ending, on a real encrypted practice: what a summary draws on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from ipt_desktop.domain import measure_json
from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.measure_json import measure_hash
from ipt_desktop.domain.measure_records import Given, MeasureResult
from ipt_desktop.domain.records import (
    Attendance,
    Client,
    Course,
    Definition,
    DisputeStage,
    EndingKind,
    Person,
    Placement,
    ProblemArea,
    Session,
    Sitting,
    now,
)
from ipt_desktop.domain.treatment_records import Diagnosis, DiagnosisAt, Goal, Medication
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key
from ipt_desktop.storage.store import Writing

START = date(2026, 3, 12)
END = date(2026, 7, 9)
TODAY = date(2026, 7, 16)

PEOPLE = (
    # name, relation, felt at the start and at the end, angle, words, more
    ("Maria Łukasiewicz", "mother", 0.8, 0.5, 320, "She is with me, not instead of all.", {"has_died": True, "died": "2025"}),
    ("Tomasz Nowak", "husband", 0.5, 0.8, 80, "He asks now, and I answer.", {"is_in_focus": True}),
    ("Anna Kowalska", "sister", 0.2, 0.5, 30, "Tomasz and I cry on the phone.", {}),
    ("Berta Olszewska", "friend", 0.1, 0.5, 130, "", {}),
    ("Robert Łukasiewicz", "brother", -0.15, 0.1, 300, "One letter. It is a start.", {}),
    ("Jadwiga Nowak", "daughter", 0.9, 0.9, 205, "", {}),
    ("Adam Kowal", "priest", 0.2, 0.2, 165, "", {"relation": "faith", "relation_words": "priest"}),
    ("Dr S. Grant", "doctor", 0.1, 0.1, 195, "", {"relation_words": "GP"}),
)  # fmt: skip


@dataclass
class Case:
    """The open desk, the client and the course."""

    desk: Desk
    client: Client
    course: Course

    def write(self, purpose: Purpose, said: Mapping[Means, Any], session: Session | None = None) -> None:
        """Fill the document of a purpose by the meaning of its fields."""
        desk = self.desk
        place = {"course_id": self.course.id, "session_id": session.id if session else None}
        document = desk.documents.open_document(purpose, self.client.id, **place)
        form = desk.documents.form_of(document)
        answers = {field.key: said[Means(field.means)] for field in form.fields if field.means in said}
        assert len(answers) == len(said)
        draft = desk.documents.begin_writing(document)
        desk.documents.keep_draft(draft, {**document.answers, **answers})
        desk.documents.end_writing(draft)


def open_case(folder: Path) -> Case:
    """Make a practice with one client whose course has only begun."""
    desk = Desk(create_with_key(folder / "practice", bytes(range(32)), "Lindenhof Practice"))
    details = replace(
        desk.practice.details(),
        therapist="Dr Hanna Weiss",
        profession="Clinical psychologist",
        registration="PYL 31107",
        address="12 Lindenhof\nLeeds LS1 4DY",
        contact="0113 496 0142",
    )
    desk.practice.change_details(details)
    client = desk.clients.add_client(
        Client(
            name="Zofia Łukasiewicz",
            reference="2026-014",
            born_on=date(1984, 9, 14),
            referred_by="Dr S. Grant",
            referred_on=date(2026, 2, 24),
            presenting_problem="Low mood on most days since the quarrel with Maria, early waking.",
        )
    )
    protocol = desk.resources.protocol("weissman-markowitz-klerman")
    assert protocol is not None
    course = desk.courses.begin_course(client.id, protocol, started_on=START)
    return Case(desk, client, course)


def fill(case: Case) -> None:
    """Tell the whole course, to its planned ending."""
    sessions = _sessions(case)
    people = _circle(case, sessions)
    _focus(case, people)
    _illness(case)
    _notes(case, sessions)
    case.write(
        Purpose.FORMULATION,
        {
            Means.DIAGNOSIS: "Depression, first episode",
            Means.NARRATIVE: "The death fell two weeks after a quarrel with Maria Łukasiewicz that was never made up.",
            Means.WHY_IT_PERSISTS: "Silence at home left her alone with the guilt.",
            Means.STRENGTHS: "A steady bond with Jadwiga.",
        },
    )
    case.write(
        Purpose.ENDING,
        {
            Means.GAINS: "She tells Tomasz what the week was like.",
            Means.SKILLS: "Says what she needs in one sentence, and when.",
            Means.REMAINING: "Waking before five on some Sundays.\nThe letters are unread; she will ask Anna.",
            Means.WARNING_SIGNS: "Letting calls from Anna ring.",
            Means.TRIGGERS: "A quarrel left open overnight.",
            Means.RELAPSE_PLAN: "In danger she calls 999.\nOtherwise Tomasz, Anna, Berta, then the practice.",
            Means.MAINTENANCE: "maintenance",
            Means.MAINTENANCE_WORDS: "Three sessions until January, then a review.",
            Means.FUNCTIONING_START: "Work: off three days a week\nHome: meals left to Tomasz",
            Means.FUNCTIONING_END: "Work: usual hours since June\nHome: shared again",
        },
    )
    case.desk.courses.end_course(case.course.id, END, EndingKind.PLANNED)


def _sessions(case: Case) -> list[Session]:
    """Hold sixteen sessions; one more was cancelled by the client."""
    missed = {10: Attendance.CANCELLED_BY_CLIENT, 15: Attendance.CANCELLED_BY_THERAPIST}
    weeks = [(START + timedelta(weeks=week), missed.get(week, Attendance.ATTENDED)) for week in range(18)]
    held = [
        case.desk.sessions.add_session(Session(course_id=case.course.id, date=day, attendance=attendance))
        for day, attendance in weeks
    ]
    case.desk.phases.enter_phase(case.course.id, "middle", START + timedelta(weeks=4))
    case.desk.phases.enter_phase(case.course.id, "termination", START + timedelta(weeks=14))
    for task in ("initial.symptom_review", "initial.rationale", "termination.gains"):
        case.desk.phases.tick_task(case.course.id, task, START)
    return held


def measure(case: Case) -> None:
    """Give the PHQ-9 in the first and the last session; on days that may be to come for the clock of the machine."""
    phq = case.desk.measures.measure("phq-9")
    assert phq is not None
    sessions = case.desk.sessions.sessions(case.course.id)
    kept = Definition(id=measure_hash(phq), kind="measure", key=phq.key, body=measure_json.to_json(phq))
    case.desk.store.write(lambda writing: writing.upsert(kept))
    for session, digits in ((sessions[0], "333222111"), (sessions[-1], "111111000")):
        answers = {str(item.number): float(digit) for item, digit in zip(phq.items, digits, strict=True)}
        result = MeasureResult(
            client_id=case.client.id,
            course_id=case.course.id,
            session_id=session.id,
            measure=phq.key,
            definition=kept.id,
            on=session.date,
            given=Given.PAPER,
            answers=answers,
            total=sum(answers.values()),
            finished_at=now(),
        )
        case.desk.store.write(partial(_insert, result))


def _insert(result: MeasureResult, writing: Writing) -> None:
    writing.insert(result)


def _circle(case: Case, sessions: list[Session]) -> dict[str, Person]:
    """Draw the circle in the second and the last session."""
    desk, made = case.desk, {}
    sittings = [Sitting(course_id=case.course.id, session_id=each.id, date=each.date) for each in (sessions[1], sessions[-1])]
    desk.store.write(lambda writing: [writing.insert(each) for each in sittings])
    for name, relation, start, end, angle, words, more in PEOPLE:
        person = desk.circles.add_person(case.client.id, name, relation)
        made[name] = desk.circles.change_person(replace(person, **more)) if more else person
        for sitting, felt in zip(sittings, (start, end), strict=True):
            row = Placement(person_id=person.id, sitting_id=sitting.id, felt=felt, angle=angle, words=words)
            desk.circles.put_back(sitting.id, person.id, row)
    return made


def _focus(case: Case, people: dict[str, Person]) -> None:
    phases, course = case.desk.phases, case.course.id
    mother, husband = people["Maria Łukasiewicz"], people["Tomasz Nowak"]
    phases.keep_problem_area(
        ProblemArea(course_id=course, area="grief", rank=1, person_id=mother.id, about="Mourning stalled after the funeral.")
    )
    dispute = ProblemArea(
        course_id=course, area="dispute", rank=2, person_id=husband.id, about="Tomasz expected “back to normal”."
    )
    kept = phases.keep_problem_area(dispute)
    words = "Say to Tomasz what I need"
    case.desk.goals.add_goal(Goal(course_id=course, words=words, problem_area_id=kept.id, set_on=START))
    phases.judge_stage(kept.id, DisputeStage.IMPASSE, START)
    phases.judge_stage(kept.id, DisputeStage.RENEGOTIATION, END)


def _illness(case: Case) -> None:
    """Tell two diagnoses at the start and one at the end, and three medicines, of which two were taken meanwhile."""
    course, desk = case.course.id, case.desk
    icd = "ICD-10-CM 2026-04"
    for at, day, system, code, words in (
        (DiagnosisAt.START, START, icd, "F32.1", "Major depressive disorder, single episode, moderate"),
        (DiagnosisAt.START, START, "", "", "Grief that has not been mourned"),
        (DiagnosisAt.END, END, icd, "F32.4", "Major depressive disorder, single episode, in partial remission"),
    ):
        made = {"at": at, "made_on": day, "system": system, "code": code, "words": words, "rank": 9}
        desk.diagnoses.keep_diagnosis(Diagnosis(course_id=course, **made))  # type: ignore[arg-type]
    for name, told in (
        ("Sertraline", {"dose": "50 mg", "prescriber": "Dr S. Grant", "begun": "2026-02-24", "note": "PURPLE TABLET"}),
        ("Zopiclone", {"begun": "2026-02", "ended": "2026-04"}),
        ("Citalopram", {"begun": "2019", "ended": "2020"}),
    ):
        desk.medications.add_medication(Medication(client_id=case.client.id, name=name, **told))


def _notes(case: Case, sessions: list[Session]) -> None:
    first = {"asked": "changed", "words": "passive ideation, no plan; Tomasz keeps the tablets"}
    case.write(Purpose.PROGRESS_NOTE, {Means.RISK: first, Means.JOTTINGS: "PURPLE ELEPHANT"}, sessions[0])
    case.write(
        Purpose.PROGRESS_NOTE,
        {Means.FOCUS: ["grief"], Means.INTERVENTION: ["communication_analysis", "role_play"]},
        sessions[6],
    )
    case.write(Purpose.PROGRESS_NOTE, {Means.RISK: {"asked": "none"}}, sessions[-1])
