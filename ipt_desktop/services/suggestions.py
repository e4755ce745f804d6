"""What a protocol suggests for a course now, and what the therapist said to it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain.course import SEEN, in_order, is_counted, numbers, phase_of, session_count
from ipt_desktop.domain.measure_records import MeasurePlan, MeasureResult, counted
from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.records import (
    Client,
    Course,
    Document,
    PhaseChange,
    Placement,
    ProblemArea,
    Session,
    Sitting,
    StageChange,
    TaskTick,
)
from ipt_desktop.domain.session_records import Step
from ipt_desktop.domain.suggestions import (
    AreaFact,
    CourseFacts,
    RiskFact,
    ScoreFact,
    StepFact,
    Suggested,
    longest_look_back,
    suggestions_now,
)
from ipt_desktop.domain.treatment_records import Goal, GoalRating, StrategyWork, SuggestionAnswer, SuggestionReply
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.services.risk import levels_of
from ipt_desktop.storage.store import Reading, Writing

if TYPE_CHECKING:
    from ipt_desktop.domain.form import Form


@dataclass(frozen=True, slots=True)
class SuggestionReading:
    """What is known of a course, what is suggested, and what was put aside for good for its client, the latest first."""

    facts: CourseFacts
    suggested: tuple[Suggested, ...]
    never: tuple[SuggestionAnswer, ...]


class Suggestions:
    """The suggestions of a course. Nothing here is counted against anyone: an answer hides one, and can be taken back."""

    def __init__(
        self,
        practice: OpenPractice,
        protocol_of: Callable[[Course], Protocol],
        form_of: Callable[[Document], "Form"],
        scores_of: Callable[[Reading, Course], tuple[ScoreFact, ...]],
    ) -> None:
        self._practice = practice
        self._protocol_of = protocol_of
        self._form_of = form_of
        self._scores_of = scores_of

    def read(self, course_id: str, today: date) -> SuggestionReading:
        """Read a course in one go; raises RecordGone where it is no more."""
        with self._practice.read() as reading:  # all that follows sees the same commit
            course = found(reading, Course, course_id)
            protocol = self._protocol_of(course)
            facts = self._facts(reading, course, protocol, today)
            answers = reading.all(SuggestionAnswer, "on", "created_at", client_id=course.client_id)
        suggested = suggestions_now(protocol, facts, (each for each in answers if _still_counts(each, course)))
        never = (each for each in reversed(answers) if each.reply is SuggestionReply.NEVER)
        return SuggestionReading(facts, suggested, tuple(never))

    # -- answers ---------------------------------------------------------------------------------------------------

    def answer_suggestion(self, answer: SuggestionAnswer) -> SuggestionAnswer:
        """Put a suggestion aside: until the next session, or for good. Raises RecordGone where client or course is no more."""

        def work(writing: Writing) -> SuggestionAnswer:
            found(writing, Client, answer.client_id)
            found(writing, Course, answer.course_id)
            writing.insert(answer)
            return answer

        return self._practice.write("answer_suggestion", work, about=answer.id)

    def take_back_answer(self, answer_id: str) -> SuggestionAnswer:
        """Take an answer back, and return it: the suggestion is shown again. Raises RecordGone where it is no more."""

        def work(writing: Writing) -> SuggestionAnswer:
            answer = found(writing, SuggestionAnswer, answer_id)
            writing.delete(SuggestionAnswer, answer_id)
            return answer

        return self._practice.write("take_back_answer", work, about=answer_id)

    # -- what is known ---------------------------------------------------------------------------------------------

    def _facts(self, reading: Reading, course: Course, protocol: Protocol, today: date) -> CourseFacts:
        sessions = in_order(reading.all(Session, course_id=course.id))
        so_far = [each for each in sessions if is_counted(each) and each.date <= today]
        held = [each for each in so_far if each.attendance in SEEN or each.date < today]
        areas = reading.all(ProblemArea, "rank", course_id=course.id)
        risks = levels_of(reading, [course.client_id]).get(course.client_id, [])
        circle = _last_circle(reading, course, sessions)
        is_after = phase_of(course, reading.all(PhaseChange, course_id=course.id)) in protocol.after_keys
        steps = reading.all(Step, "agreed_on", "created_at", course_id=course.id, done=None, reviewed_on=None)
        return CourseFacts(
            today=today,
            number=session_count(course, sessions, today, is_after=is_after).number,
            is_after=is_after,
            planned=course.planned_sessions,
            has_ended=course.ended_on is not None,
            initial_until=course.phases[0].last if course.phases else 0,
            held=tuple(each.date for each in held),
            met=tuple(each.date for each in so_far),
            ticked=frozenset(each.task for each in reading.all(TaskTick, course_id=course.id)),
            has_focus=any(each.agreed_on is not None for each in areas),
            areas=self._area_facts(reading, areas, held[max(len(held) - longest_look_back(protocol), 0) :]),
            last_circle=circle[0] if circle else None,
            drawn_on=circle[1] if circle else None,
            measured_on=_measured_on(reading, course),
            scores=self._scores_of(reading, course),
            open_steps=tuple(StepFact(words=each.words, agreed_on=each.agreed_on, due=each.due) for each in steps),
            open_risks=tuple(RiskFact(words=each.words, on=each.entry.on) for each in risks if each.is_open),
            is_formulation_shared=self._is_formulation_shared(reading, course),
        )

    def _area_facts(self, reading: Reading, areas: Sequence[ProblemArea], recent: Sequence[Session]) -> tuple[AreaFact, ...]:
        """Return the problem areas worked on now; what the notes of `recent` sessions name counts as worked on."""
        ids = {each.id: each.area for each in areas}
        touched: dict[str, date] = {}
        for area, day in (*_told_by_records(reading, ids), *self._told_by_notes(reading, ids, recent)):
            touched[area] = max(day, touched.get(area, day))
        agreed: dict[str, date] = {}
        for each in areas:
            if each.agreed_on is not None and each.ended_on is None:
                agreed[each.area] = max(each.agreed_on, agreed.get(each.area, each.agreed_on))
        return tuple(AreaFact(area=area, agreed_on=on, touched_on=touched.get(area)) for area, on in agreed.items())

    def _told_by_notes(
        self, reading: Reading, areas: Mapping[str, str], recent: Sequence[Session]
    ) -> Iterable[tuple[str, date]]:
        """Yield the problem areas that notes name as their focus, or whose goals they name as touched, with the day."""
        from ipt_desktop.domain.form import NOTES, Means

        days = {each.id: each.date for each in recent}
        if not (days and areas):
            return
        goals = _goals_of(reading, areas)
        for note in reading.all(Document, session_id=list(days), purpose=[str(each) for each in NOTES]):
            form = self._form_of(note)
            named = form.answer(note.answers, Means.FOCUS) or ()
            told = form.answer(note.answers, Means.GOALS) or ()
            for area in {*named, *(goals[each] for each in told if each in goals)}:
                yield area, days[note.session_id or ""]

    def _is_formulation_shared(self, reading: Reading, course: Course) -> bool:
        """Whether a formulation of the course says how the client took it, or when it was talked about."""
        from ipt_desktop.domain.form import Means, Purpose, is_blank

        written = reading.all(Document, course_id=course.id, purpose=str(Purpose.FORMULATION))
        shared = (Means.AGREEMENT, Means.AGREED_ON)
        return any(not is_blank(self._form_of(each).answer(each.answers, means)) for each in written for means in shared)


def _still_counts(answer: SuggestionAnswer, course: Course) -> bool:
    """*Never* is for the client in every course; *not now* only for the one it was said in."""
    return answer.reply is SuggestionReply.NEVER or answer.course_id == course.id


def _told_by_records(reading: Reading, areas: Mapping[str, str]) -> Iterable[tuple[str, date]]:
    """Yield the problem areas whose strategies were worked, stages judged or goals rated, with the day."""
    if not areas:
        return
    for work in reading.all(StrategyWork, problem_area_id=list(areas)):
        yield areas[work.problem_area_id], work.on
    for stage in reading.all(StageChange, problem_area_id=list(areas)):
        yield areas[stage.problem_area_id], stage.on
    goals = _goals_of(reading, areas)
    for rating in reading.all(GoalRating, goal_id=list(goals)) if goals else ():
        yield goals[rating.goal_id], rating.on


def _goals_of(reading: Reading, areas: Mapping[str, str]) -> dict[str, str]:
    """Return which problem area each goal belongs to."""
    return {each.id: areas[each.problem_area_id or ""] for each in reading.all(Goal, problem_area_id=list(areas))}


def _last_circle(reading: Reading, course: Course, sessions: Sequence[Session]) -> tuple[int, date] | None:
    """Return in, or after, which session the circle was last drawn, and the day; None where it never was in this course."""
    counted = numbers(sessions)
    for sitting in reading.all(Sitting, "-date", "-created_at", course_id=course.id, is_before=False):
        if not sitting.name and not reading.all(Placement, sitting_id=sitting.id):
            continue  # begun, and all that was placed in it taken back
        own = counted.get(sitting.session_id or "")
        return own or sum(each.id in counted and each.date <= sitting.date for each in sessions), sitting.date
    return None


def _measured_on(reading: Reading, course: Course) -> tuple[date, ...] | None:
    """Return the days on which a measure was given in a course; None where it was settled that none is."""
    plan = reading.get(MeasurePlan, course.id)
    if plan is not None and not plan.measures:
        return None
    return tuple(each.on for each in counted(reading.all(MeasureResult, course_id=course.id)))
