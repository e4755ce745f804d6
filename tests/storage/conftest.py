"""An encrypted practice in a temporary folder, and one of every record."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from ipt_desktop.domain import measure_records as mr
from ipt_desktop.domain import records as r
from ipt_desktop.domain import session_records as sr
from ipt_desktop.domain import treatment_records as tr
from ipt_desktop.domain.chain_link import FIRST, hash_of
from ipt_desktop.domain.session_records import RiskAsked, StepDone
from ipt_desktop.storage.mapper import to_row
from ipt_desktop.storage.store import Store

KEY = bytes(range(32))
AT = datetime(2026, 3, 2, 9, 30, 15, 123456, tzinfo=UTC)
DAY = date(2026, 3, 2)


@pytest.fixture
def key() -> bytes:
    return KEY


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "practice.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store.create(path, KEY)
    yield opened
    opened.close()


@pytest.fixture
def one_of_each() -> list[r.Record]:
    return records_of_each()


def records_of_each() -> list[r.Record]:
    """Return one of every record, parents first, every field filled with something that is not its default."""
    client = r.Client(
        id="client-1",
        name="Ωmega Naïve 名",
        initials="Ω. N.",
        reference="R-7",
        pronouns="they",
        born_on=date(1980, 2, 29),
        status=r.ClientStatus.WAITING,
        since=DAY,
        phone="1",
        email="a@example.org",
        address="Lane\n2",
        emergency_name="Kin",
        emergency_phone="2",
        referred_by="Dr",
        referred_on=DAY,
        presenting_problem="low",
        own_words="“stuck”",
        is_archived=True,
        created_at=AT,
    )
    course = r.Course(
        id="course-1",
        client_id=client.id,
        number=2,
        protocol="f" * 64,
        planned_sessions=16,
        minutes=50,
        frequency="weekly",
        phases=(r.AgreedPhase(key="initial", first=1, last=3), r.AgreedPhase(key="middle", first=4, last=13)),
        started_on=DAY,
        planned_end=date(2026, 7, 1),
        ended_on=date(2026, 6, 30),
        ending=r.EndingKind.PLANNED,
        created_at=AT,
    )
    session = r.Session(
        id="session-1",
        course_id=course.id,
        date=DAY,
        starts_at=time(9, 0),
        ends_at=time(9, 50),
        mode=r.SessionMode.VIDEO,
        attendance=r.Attendance.LATE,
        created_at=AT,
        kind=r.SessionKind.JOINT,
        attendee_ids=["person-Ada"],
        attendees="an interpreter",
        fee="waived",
        begun_at=AT,
        closed_at=AT + timedelta(minutes=50),
    )
    sector = r.Sector(id="sector-1", client_id=client.id, name="Family", start=300.5, created_at=AT)
    ada, ben = (
        r.Person(
            id=f"person-{name}",
            client_id=client.id,
            name=name,
            initials=name[0],
            relation="sister",
            relation_words="half-sister",
            is_group=True,
            is_in_focus=True,
            has_died=True,
            died="2019-12",
            created_at=AT,
            sector_id=sector.id,
        )
        for name in ("Ada", "Ben")
    )
    area = r.ProblemArea(
        id="area-1",
        course_id=course.id,
        area="role_dispute",
        rank=2,
        person_id=ada.id,
        about="who decides",
        agreed_on=DAY,
        ended_on=DAY,
    )
    sitting = r.Sitting(
        id="sitting-1", course_id=course.id, session_id=session.id, date=DAY, name="first", is_before=True, created_at=AT
    )
    document = r.Document(
        id="document-1",
        client_id=client.id,
        course_id=course.id,
        session_id=session.id,
        about_id=ada.id,
        form="a" * 64,
        purpose="note",
        answers={"text": [{"kind": "paragraph", "runs": [{"text": "«ναί»", "bold": True}]}], "n": 1.5},
        revision=3,
        saved_at=AT,
        created_at=AT,
    )
    addendum = replace(document, id="document-2", purpose="addendum")
    entry = first_entry(
        r.AuditEntry(
            id="audit-1",
            at=AT,
            who="therapist",
            operation="sign_note",
            kind="document",
            record_id=document.id,
            client_id=client.id,
            detail={"kind": "note"},
        )
    )
    return [
        r.Practice(id="practice-1", name="P", therapist="T", paper="Letter", is_demo=True, created_at=AT),
        client,
        course,
        session,
        r.PhaseChange(id="phase-1", course_id=course.id, phase="middle", on=DAY, reason="ready", created_at=AT, review_on=DAY),
        r.TaskTick(id="tick-1", course_id=course.id, task="initial.history", on=DAY, session_id=session.id),
        sector,
        ada,
        ben,
        area,
        r.StageChange(id="stage-1", problem_area_id=area.id, stage=r.DisputeStage.IMPASSE, on=DAY, created_at=AT),
        sitting,
        r.Placement(
            id="placement-1",
            person_id=ada.id,
            sitting_id=sitting.id,
            is_present=False,
            felt=-0.15,
            desired=0.1 + 0.2,
            angle=359.5,
            words="far",
            is_confidant=True,
            received=r.Support(emotional=3, practical=0),
            wished=r.Support(informational=1, companionship=2),
            given=2,
            conflict=3,
            contact=r.ContactHow.RARELY,
        ),
        r.Tie(
            id="tie-1",
            client_id=client.id,
            from_person_id=ada.id,
            to_person_id=ben.id,
            kind=r.TieKind.CUTOFF,
            strength=3,
            since=DAY,
            until=DAY,
        ),
        r.Setting(id="lock_after", value="10"),
        tr.Goal(
            id="goal-1",
            course_id=course.id,
            words="Closer to Ada",
            problem_area_id=area.id,
            person_id=ada.id,
            is_closeness=True,
            start=0.25,
            set_on=DAY,
            created_at=AT,
            baseline=2,
            target=8,
            status=tr.GoalStatus.PARTLY,
            closed_on=DAY,
            evidence="she rang",
        ),
        r.Definition(id="a" * 64, kind="form", key="note", body={"label": "Note", "fields": [1, None, True]}),
        document,
        r.Revision(
            id="revision-1",
            document_id=document.id,
            form="a" * 64,
            answers={"text": []},
            is_rescue=True,
            begun_at=AT,
            saved_at=AT,
        ),
        sr.Event(
            id="event-1",
            client_id=client.id,
            session_id=session.id,
            on="2019-12",
            until="2020",
            title="Moved",
            kind=sr.EventKind.MOVE,
            person_ids=[ada.id],
            mood=3,
            note="to the coast",
            recurs=True,
            created_at=AT,
            told="that winter",
        ),
        sr.Step(
            id="step-1",
            course_id=course.id,
            session_id=session.id,
            words="Ring Ada",
            person_id=ada.id,
            agreed_on=DAY,
            due=DAY,
            done=StepDone.PARTLY,
            what_happened="engaged",
            mood_effect=sr.MoodEffect.BETTER,
            reviewed_on=DAY,
            reviewed_in_id=session.id,
            created_at=AT,
        ),
        sr.RiskEntry(
            id="risk-1",
            client_id=client.id,
            course_id=course.id,
            session_id=session.id,
            on=DAY,
            kind=sr.RiskKind.DOMESTIC_ABUSE,
            asked=RiskAsked.CHANGED,
            words="threats",
            ideation="a",
            plan="b",
            intent="c",
            protective="d",
            means="e",
            restricted_by="f",
            told="g",
            told_on=DAY,
            action="h",
            reviewed_on=DAY,
            created_at=AT,
        ),
        sr.Signature(
            id="signature-1",
            document_id=document.id,
            number=7,
            at=AT,
            zone="Europe/London, UTC+00:00",
            signer="T",
            licence="L 1",
            is_late_entry=True,
            reason="no mood asked",
            snapshot={"risk_entry": []},
            previous="0" * 64,
            mark="b" * 64,
        ),
        addendum,
        sr.Amendment(id=addendum.id, document_id=document.id, created_at=AT),
        tr.TermsChange(
            id="terms-1",
            course_id=course.id,
            on=DAY,
            reason="a move",
            protocol="e" * 64,
            planned_sessions=12,
            minutes=45,
            frequency="fortnightly",
            phases=course.phases,
            planned_end=DAY,
            created_at=AT,
        ),
        tr.StrategyWork(id="work-1", problem_area_id=area.id, strategy="stage", on=DAY, session_id=session.id, created_at=AT),
        tr.GoalRating(id="rating-1", goal_id="goal-1", value=4, on=DAY, session_id=session.id, created_at=AT),
        tr.SuggestionAnswer(
            id="answer-1",
            client_id=client.id,
            course_id=course.id,
            suggestion="no_focus",
            reply=tr.SuggestionReply.NEVER,
            on=DAY,
            created_at=AT,
        ),
        tr.AreaDocument(id=document.id, problem_area_id=area.id),
        tr.Diagnosis(
            id="diagnosis-1",
            course_id=course.id,
            at=tr.DiagnosisAt.END,
            system="ICD-10-CM 2026",
            code="F33.1",
            words="recurrent, moderate",
            made_on=DAY,
            rank=2,
            created_at=AT,
        ),
        tr.Medication(
            id="medicine-1",
            client_id=client.id,
            name="Sertraline",
            dose="50 mg",
            prescriber="Dr",
            begun="2026-02",
            ended="2026-05-01",
            note="in the morning",
            created_at=AT,
        ),
        mr.MeasureResult(
            id="result-1",
            client_id=client.id,
            course_id=course.id,
            session_id=session.id,
            measure="phq-9",
            definition="measure-hash",
            on=DAY,
            given=mr.Given.PAPER,
            answers={"1": 2, "9": 1, "difficulty": 1},
            total=3.0,
            flagged=["9"],
            finished_at=AT,
            reason="item 9 was misread",
            risk_entry_id="risk-1",
            created_at=AT,
            about_id=ada.id,
        ),
        mr.MeasurePlan(id=course.id, measures=(mr.PlannedMeasure("phq-9", 4, [0, 16]),), changed_at=AT),
        sr.SpellingWord(id="Wójcik", added_at=AT),
        sr.Snippet(id="rd", words="Role dispute: "),
        sr.Bookmark(id="desk", place={"tab": "sessions", "at": 3}),
        entry,
        r.Disclosure(
            id="disclosure-1",
            client_id=client.id,
            course_id=course.id,
            at=AT,
            what="termination-summary",
            pages=3,
            recipient="Dr Ng",
            purpose="referral",
            authorised_on=DAY,
            how="print",
        ),
    ]


def first_entry(entry: r.AuditEntry) -> r.AuditEntry:
    """Return an entry as the chain stores it when it is the first."""
    linked = replace(entry, number=1, previous=FIRST)
    return replace(linked, hash=hash_of(to_row(linked)))


@pytest.fixture
def prints() -> Callable[[Path], dict[str, str]]:
    """Return a function that gives every file of a folder with the hash of its bytes."""

    def look(folder: Path) -> dict[str, str]:
        return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}

    return look
