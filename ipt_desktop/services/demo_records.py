"""From a demo case to the records of a practice, with every date counted from today."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property, partial
from typing import Any, TypeVar
from uuid import NAMESPACE_URL, uuid5

from ipt_desktop.domain import form as forms
from ipt_desktop.domain import records as r
from ipt_desktop.domain.closeness import kept
from ipt_desktop.domain.course import numbers
from ipt_desktop.domain.form import Form, Purpose
from ipt_desktop.domain.note_records import Occasion, records_told
from ipt_desktop.domain.protocol import Protocol, protocol_hash, task_id
from ipt_desktop.domain.relation import RELATIONS
from ipt_desktop.domain.text import _
from ipt_desktop.domain.trigger_dates import events_told, trigger_dates
from ipt_desktop.services.definition_source import Source
from ipt_desktop.services.demo_answers import AnswerReader
from ipt_desktop.services.demo_areas import as_area_record, strategies
from ipt_desktop.services.demo_case import Case, CaseCourse, CaseDocument, CaseSession
from ipt_desktop.services.demo_events import events, place_of
from ipt_desktop.services.demo_goals import goals, ratings
from ipt_desktop.services.demo_illness import diagnoses, medicines
from ipt_desktop.services.demo_measures import measured
from ipt_desktop.services.demo_support import Asked, asked
from ipt_desktop.services.resources import Resources
from ipt_desktop.services.toml_lines import Place

E = TypeVar("E", bound=StrEnum)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
MONDAY, FRIDAY = 0, 4


class CaseRecords:
    """The records of one case."""

    def __init__(self, case: Case, source: Source, today: date, protocol: Protocol, resources: Resources) -> None:
        self.case = case
        self.source = source
        self.today = today
        self.protocol = protocol
        self.resources = resources
        self.client_id = self.id("client")
        self.people = {each.key: each for each in case.people}
        self.born_on = today - timedelta(days=round(case.age * 365.25) + case.birthday_ago)

    def id(self, *names: object) -> str:
        """Return the id of what these names tell of."""
        return str(uuid5(NAMESPACE_URL, "/".join(["ipt-desktop-demo", self.source.file, *map(str, names)])))

    def person_id(self, key: str, place: Place) -> str:
        """Return a person's id; the case refuses a key it does not name."""
        if key not in self.people:
            self.source.refuse(place, _("“{key}” is nobody in this file").format(key=key))
        return self.id("person", key)

    def one_of(self, kind: type[E], value: str, place: Place) -> E:
        """Return the value of a closed vocabulary; the case refuses any other."""
        if value not in set(kind):
            names = ", ".join(kind)
            self.source.refuse(place, _("“{value}” is not known; known are {names}").format(value=value, names=names))
        return kind(value)

    def records(self) -> Iterator[r.Record]:
        """Yield the client, the people, each course with all in it, and the ties."""
        since = self.courses[0].started_on
        yield self._client(since, self.courses[0].reader.filled)
        yield from self._people(_stamp(since, time(8)))
        first, named = self.courses[0], partial(self.id, "medicine")
        yield from medicines(self.case.medicines, self.client_id, first.sessions[0], first.reader.when, named)
        for course in self.courses:
            yield from course.records()
        yield from self._ties()

    def private_records(self) -> Iterator[r.Record]:
        """Yield what is written on private pages, which is kept apart from all else."""
        for course in self.courses:
            yield from course.private_records()

    @cached_property
    def courses(self) -> "list[_CourseRecords]":
        """The courses, the first one first."""
        return [_CourseRecords(self, course, number) for number, course in enumerate(self.case.courses, start=1)]

    def _client(self, since: date, fill: Callable[[str], str]) -> r.Client:
        case = self.case
        referred_on = since - timedelta(days=case.referred_ago)
        same = {
            name: getattr(case, name)
            for name in (
                *("name", "initials", "reference", "pronouns", "phone", "email", "address", "emergency_name"),
                *("emergency_phone", "referred_by", "own_words"),
            )
        }
        return r.Client(
            id=self.client_id,
            born_on=self.born_on,
            status=self.one_of(r.ClientStatus, case.status, ("status",)),
            since=since,
            referred_on=referred_on if case.referred_by else None,
            presenting_problem=fill(case.presenting_problem),
            created_at=_stamp(referred_on, time(9)),
            **same,
        )

    def _people(self, at: datetime) -> Iterator[r.Person]:
        known = {each.key for each in RELATIONS}
        for number, each in enumerate(self.case.people):
            if each.relation not in known:
                self.source.refuse(("people", number, "relation"), _("there is no such relation"))
            yield r.Person(
                id=self.id("person", each.key),
                client_id=self.client_id,
                name=each.name,
                initials=each.initials,
                relation=each.relation,
                relation_words=each.words,
                is_group=each.is_group,
                is_in_focus=each.is_in_focus,
                has_died=each.died > 0,
                died=(self.today - timedelta(days=each.died)).isoformat() if each.died else "",
                created_at=at + timedelta(minutes=number),
            )

    def tie_id(self, told: str, place: Place) -> str:
        """Return the id of a tie told as "whose kind", of the client's own where there are several."""
        of, _space, kind = told.partition(" ")
        found = [number for number, each in enumerate(self.case.ties) if (each.of, each.kind) == (of, kind)]
        if not found:
            self.source.refuse(place, _("there is no such tie"))
        return self.id("tie", min(found, key=lambda number: bool(self.case.ties[number].to)))

    def _ties(self) -> Iterator[r.Tie]:
        for number, each in enumerate(self.case.ties):
            place = ("ties", number)
            yield r.Tie(
                id=self.id("tie", number),
                client_id=self.client_id,
                from_person_id=self.person_id(each.of, (*place, "of")),
                to_person_id=self.person_id(each.to, (*place, "to")) if each.to else None,
                kind=self.one_of(r.TieKind, each.kind, (*place, "kind")),
                strength=each.strength,
                since=self.today - timedelta(days=each.since),
                until=self.today - timedelta(days=each.until) if each.until else None,
            )


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where someone stands, as it is carried from one sitting to the next."""

    felt: float
    desired: float | None = None
    words: str = ""
    is_present: bool = True
    asked: Asked = field(default_factory=Asked)


class _CourseRecords:
    """The records of one course of a case."""

    def __init__(self, case: CaseRecords, course: CaseCourse, number: int) -> None:
        self.case = case
        self.course = course
        self.number = number
        self.id = case.id("course", number)
        self.place: Place = ("courses", number - 1)
        self.start = time.fromisoformat(course.at)
        self.end = (datetime.combine(date.min, self.start) + timedelta(minutes=case.protocol.minutes)).time()
        self.week0 = _working_day(case.today, course.days_ago, is_ahead=course.is_ahead)
        self.sessions = [self._session(each, number) for number, each in enumerate(course.sessions)]
        self.started_on = self.sessions[0].date
        self.reader = AnswerReader(
            case.source, case.today, self.date_of, case.person_id, case.tie_id, self._goal_id, self._event_id
        )

    @cached_property
    def numbered(self) -> dict[int, r.Session]:
        """The sessions that count, by number."""
        by_id = {each.id: each for each in self.sessions}
        return {number: by_id[session_id] for session_id, number in numbers(self.sessions).items()}

    def records(self) -> Iterator[r.Record]:
        """Yield the course and everything in it, parents first."""
        yield self._course()
        yield from self.sessions
        yield from self._areas()
        told_in = (self.sessions, self.case.source, self.place, self.case.id)
        yield from strategies(self.course, self.case.protocol, *told_in)
        yield from goals(self.course, self.id, *told_in)
        yield from ratings(self.course, *told_in)
        yield from self._diagnoses()
        state: dict[str, _Stand] = {}
        notes: list[tuple[r.Document, r.Session]] = []
        for number, (told, session) in enumerate(zip(self.course.sessions, self.sessions, strict=True)):
            place: Place = (*self.place, "sessions", number)
            yield from self._steps(told, session, place)
            if told.before:
                yield from self._sitting(session, told, state, (*place, "before"), is_before=True)
            if told.circle:
                yield from self._sitting(session, told, state, (*place, "circle"))
            named = partial(self.case.id, "event", self.number, told.week)
            case = self.case
            whose = (case.client_id, case.born_on)
            yield from events(told.events, session, whose, case.source, place, case.person_id, named, self.reader.when)
            if told.note:
                written = list(
                    self._document(Purpose.PROGRESS_NOTE, told.note, session, (*place, "note"), session_id=session.id)
                )
                yield from written
                notes += [(each, session) for each in written if isinstance(each, r.Document)]
        told_of = list(self._told(notes))
        yield from told_of
        yield from measured(self.course, self.case, self.id, self.sessions, self.place, told_of)
        for number, document in enumerate(self.course.documents):
            yield from self._other_document(document, (*self.place, "documents", number))

    def _diagnoses(self) -> Iterator[r.Record]:
        case, named = self.case, partial(self.case.id, "diagnosis", self.number)
        return diagnoses(self.course.diagnoses, self.id, self.numbered, case.source, self.place, case.resources, named)

    def _goal_id(self, number: int, place: Place) -> str:
        if not 1 <= number <= len(self.course.goals):
            self.case.source.refuse(place, _("the course has no goal {number}").format(number=number))
        return self.case.id("goal", self.number, number - 1)

    def _event_id(self, title: str, place: Place) -> str:
        found = place_of(title, self.course.sessions)
        if found is None:
            self.case.source.refuse(place, _("no session tells of an event of this title"))
        return self.case.id("event", self.number, *found)

    def _told(self, notes: Iterable[tuple[r.Document, r.Session]]) -> Iterator[r.Record]:
        """Yield what the notes tell of risk and steps."""
        known = {forms.form_hash(each): each for each in self.case.resources.forms}
        ordered = sorted(notes, key=lambda each: each[1].date)
        for record in records_told(
            (known[note.form], note.answers, Occasion(note.client_id, self.id, session.id, session.date))
            for note, session in ordered
        ):
            yield replace(
                record, created_at=_stamp(next(at.date for _note, at in ordered if at.id == record.session_id), self.end)
            )

    def private_records(self) -> Iterator[r.Record]:
        """Yield the private notes of the course's sessions; they name no course."""
        for number, (told, session) in enumerate(zip(self.course.sessions, self.sessions, strict=True)):
            if told.private:
                place: Place = (*self.place, "sessions", number)
                told_of = {"private": told.private}
                for each in self._document(Purpose.PRIVATE_NOTE, told_of, session, place, session_id=session.id):
                    yield replace(each, course_id=None) if isinstance(each, r.Document) else each

    def date_of(self, number: int) -> date:
        """Return the date of a session by its number; one that is not in the file comes weekly after the last."""
        last = max(self.numbered)
        return self.numbered[number].date if number <= last else self.numbered[last].date + WEEK * (number - last)

    def _course(self) -> r.Course:
        protocol = self.case.protocol
        agreed = protocol.agreed_phases()
        lasts = self.course.phase_ends or tuple(each.last for each in agreed)
        phases = (
            r.AgreedPhase(key=each.key, first=before + 1, last=last)
            for each, before, last in zip(agreed, (0, *lasts), lasts, strict=False)
        )
        ended_on = self.sessions[-1].date if self.course.has_ended else None
        return r.Course(
            id=self.id,
            client_id=self.case.client_id,
            number=self.number,
            protocol=protocol_hash(protocol),
            planned_sessions=self.course.planned,
            minutes=protocol.minutes,
            frequency=protocol.frequency,
            phases=tuple(phases),
            started_on=self.started_on,
            planned_end=ended_on or self.date_of(self.course.planned),
            ended_on=ended_on,
            ending=r.EndingKind.PLANNED if ended_on else None,
            created_at=_stamp(self.started_on, self.start),
        )

    def _session(self, told: CaseSession, number: int) -> r.Session:
        on = self.week0 + WEEK * told.week
        place: Place = (*self.place, "sessions", number)
        came = self.case.one_of(r.Attendance, told.attendance, (*place, "attendance")) if told.attendance else None
        return r.Session(
            id=self.case.id("session", self.number, told.week),
            course_id=self.id,
            date=on,
            starts_at=self.start,
            ends_at=self.end,
            mode=self.case.one_of(r.SessionMode, told.mode, (*place, "mode")),
            attendance=came,
            created_at=_stamp(self.case.today if on > self.case.today else on, time(8)),
        )

    def _areas(self) -> Iterator[r.ProblemArea]:
        for rank, each in enumerate(self.course.areas, start=1):
            place: Place = (*self.place, "areas", rank - 1)
            if self.case.protocol.area(each.area) is None:
                self.case.source.refuse((*place, "area"), _("the protocol has no such problem area"))
            yield r.ProblemArea(
                id=self.case.id("area", self.number, each.area),
                course_id=self.id,
                area=each.area,
                rank=rank,
                person_id=self.case.person_id(each.person, (*place, "person")) if each.person else None,
                about=each.about,
                agreed_on=self.date_of(each.agreed),
                ended_on=self.date_of(each.ended) if each.ended else None,
            )

    def _steps(self, told: CaseSession, session: r.Session, place: Place) -> Iterator[r.Record]:
        """Yield what was set or ticked in a session: phase, stage of the dispute, tasks."""
        at = _stamp(session.date, self.end)
        if told.phase:
            if self.case.protocol.phase(told.phase) is None:
                self.case.source.refuse((*place, "phase"), _("the protocol has no such phase"))
            key = self.case.id("phase", self.number, told.week)
            yield r.PhaseChange(
                id=key,
                course_id=self.id,
                phase=told.phase,
                on=session.date,
                reason=self.reader.filled(told.reason),
                created_at=at,
            )
        if told.stage:
            yield r.StageChange(
                id=self.case.id("stage", self.number, told.week),
                problem_area_id=self.case.id("area", self.number, "dispute"),
                stage=self.case.one_of(r.DisputeStage, told.stage, (*place, "stage")),
                on=session.date,
                created_at=at,
            )
        for task in told.ticks:
            if task not in {task_id(phase, each) for phase in self.case.protocol.phases for each in phase.tasks}:
                self.case.source.refuse((*place, "ticks"), _("the protocol has no task “{task}”").format(task=task))
            key = self.case.id("tick", self.number, task)
            yield r.TaskTick(id=key, course_id=self.id, task=task, on=session.date, session_id=session.id)

    def _sitting(
        self,
        session: r.Session,
        told: CaseSession,
        state: dict[str, _Stand],
        place: Place,
        *,
        is_before: bool = False,
    ) -> Iterator[r.Record]:
        """Yield a sitting and where everyone stood in it; `state` is who stood where, and is brought up to date."""
        put, tells = (told.before, told.before_tells) if is_before else (told.circle, told.tells)
        words: Mapping[str, str] = {} if is_before else told.words
        name = "before" if is_before else "circle"
        sitting = r.Sitting(
            id=self.case.id(name, self.number, session.date - self.week0),
            course_id=self.id,
            session_id=None if is_before else session.id,
            date=session.date,
            is_before=is_before,
            created_at=_stamp(session.date, self.start),
        )
        yield sitting
        for key, value in put.items():
            self.case.person_id(key, (*place, key))
            state[key] = self._stand(key, value, state.get(key), (*place, key))
        for key, said in words.items():
            self.case.person_id(key, (*place, key))
            state[key] = replace(state[key], words=self.reader.filled(said))
        for key, telling in tells.items():
            self._hear(key, telling, state, (*place[:-1], "before_tells" if is_before else "tells", key))
        for key, stand in state.items():
            if stand.is_present or key in put:
                yield self._placement(key, stand, sitting)

    def _hear(self, key: str, telling: Any, state: dict[str, _Stand], place: Place) -> None:
        """Take what was asked about someone into `state`."""
        self.case.person_id(key, place)
        if key not in state:
            self.case.source.refuse(place, _("this person does not stand on the circle yet"))
        heard = asked(telling, state[key].asked, partial(self.case.source.refuse, place))
        if self.case.people[key].died and heard.wished != r.Support():
            self.case.source.refuse(place, _("nobody wishes support of someone who died"))
        state[key] = replace(state[key], asked=heard)

    def _stand(self, key: str, value: Any, stood: _Stand | None, place: Place) -> _Stand:
        if value == "gone" and stood:
            return replace(stood, desired=None, is_present=False)
        felt, *wanted = value if isinstance(value, list) else [value]
        if not all(type(each) is int and each <= 100 for each in (felt, *wanted)) or len(wanted) > 1:
            self.case.source.refuse(place, _("closeness in hundredths, [felt, wanted] or “gone” is expected here"))
        if wanted and self.case.people[key].died:
            self.case.source.refuse(place, _("nobody wishes closeness of someone who died"))
        heard = stood.asked if stood else Asked()
        return _Stand(kept(felt / 100), kept(wanted[0] / 100) if wanted else None, asked=heard)

    def _placement(self, key: str, stand: _Stand, sitting: r.Sitting) -> r.Placement:
        return r.Placement(
            id=self.case.id("placement", sitting.id, key),
            person_id=self.case.id("person", key),
            sitting_id=sitting.id,
            is_present=stand.is_present,
            felt=stand.felt,
            desired=stand.desired,
            angle=float(self.case.people[key].angle),
            words=stand.words,
            is_confidant=stand.asked.is_confidant,
            received=stand.asked.received,
            wished=stand.asked.wished,
            given=stand.asked.given,
            conflict=stand.asked.conflict,
            contact=stand.asked.contact,
        )

    def _other_document(self, told: CaseDocument, place: Place) -> Iterator[r.Record]:
        session = self.numbered.get(told.session)
        if session is None:
            self.case.source.refuse((*place, "session"), _("there is no session with this number"))
        about = self.case.person_id(told.about, (*place, "about")) if told.about else None
        purpose = self.case.one_of(Purpose, told.purpose, (*place, "purpose"))
        forms_for = {each.key: each for each in self.case.resources.forms_for(purpose)}
        if told.form and told.form not in forms_for:
            self.case.source.refuse((*place, "form"), _("there is no such form for this purpose"))
        is_of_session = purpose in (Purpose.WORKSHEET, Purpose.SELF_CHECK)
        here = {"session_id": session.id if is_of_session else None, "about_id": about}
        form = self.case.resources.record_form(told.area) if told.area else forms_for.get(told.form)
        made = self._document(purpose, told.answers, session, (*place, "answers"), form=form, **here)
        if told.area and told.area not in {each.area for each in self.course.areas}:
            self.case.source.refuse((*place, "area"), _("the course has no problem area “{area}”").format(area=told.area))
        yield from as_area_record(told, self.case.id("area", self.number, told.area), made) if told.area else made

    def _document(
        self,
        purpose: Purpose,
        told: Mapping[str, Any],
        session: r.Session,
        place: Place,
        *,
        session_id: str | None = None,
        about_id: str | None = None,
        form: Form | None = None,
    ) -> Iterator[r.Record]:
        """Yield a document and its one revision, written in the quarter of an hour after a session."""
        which = (form.key,) if form is not None else ()
        form = form or self.case.resources.form_for(purpose)
        answers = self.reader.answers(form, told, place)
        begun, saved = (self._written(session.date, minutes) for minutes in (3, 14))
        document = r.Document(
            id=self.case.id("document", self.number, purpose, session.date - self.week0, about_id, *which),
            client_id=self.case.client_id,
            course_id=self.id,
            session_id=session_id,
            about_id=about_id,
            form=forms.form_hash(form),
            purpose=purpose,
            answers=answers,
            revision=1,
            saved_at=saved,
            created_at=begun,
        )
        yield document
        if purpose is Purpose.ENDING:
            for event in events_told(trigger_dates(form, answers), document.id, document.client_id, {}):
                yield replace(event, created_at=begun)
        yield r.Revision(
            id=self.case.id("revision", document.id),
            document_id=document.id,
            form=document.form,
            answers=answers,
            begun_at=begun,
            saved_at=saved,
        )

    def _written(self, on: date, minutes: int) -> datetime:
        """Return an instant after a session, but none of today that is still to come."""
        instant = _stamp(on, self.end) + timedelta(minutes=minutes)
        return min(instant, max(r.now(), _stamp(self.case.today, time())))


def _stamp(on: date, at: time) -> datetime:
    """Return this computer's time of a day as an instant."""
    return datetime.combine(on, at).astimezone(UTC)


def _working_day(today: date, days_ago: int, *, is_ahead: bool) -> date:
    """Return the day so many working days before today, or before the Friday (the Monday, `is_ahead`) next to a weekend."""
    day = today
    while day.weekday() > FRIDAY:
        day += DAY if is_ahead else -DAY
    for _each in range(days_ago):
        day -= DAY * (3 if day.weekday() == MONDAY else 1)
    return day
