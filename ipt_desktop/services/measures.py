"""The measures of the clients: what was answered, which are due, and the answers that ask for a question on safety."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from ipt_desktop.domain import measure_json
from ipt_desktop.domain.errors import RecordGone, Refused
from ipt_desktop.domain.form import NOTES
from ipt_desktop.domain.measure import Measure
from ipt_desktop.domain.measure_json import measure_hash
from ipt_desktop.domain.measure_plan import PlanDue, due_now
from ipt_desktop.domain.measure_records import Given, MeasurePlan, MeasureResult, PlannedMeasure, counted
from ipt_desktop.domain.measure_scoring import Result
from ipt_desktop.domain.measured import Measured, score_kept
from ipt_desktop.domain.records import Client, Course, Definition, Document, Person, Session, now
from ipt_desktop.domain.session_records import RiskEntry, Signature
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Medication
from ipt_desktop.services.measure_safety import with_answer
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.storage.store import Reading, Writing

if TYPE_CHECKING:
    from ipt_desktop.domain.measure_change import RuleSet
    from ipt_desktop.domain.suggestions import ScoreFact

KIND = "measure"
"""The kind of a measure's stored definition."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A measure as it is entered: for whom, on which day, of which course and session, its answers, and whom it is about."""

    client_id: str
    measure: Measure
    on: date
    answers: Mapping[str, float]
    course_id: str | None = None
    session_id: str | None = None
    given: Given = Given.PAPER
    about_id: str | None = None


class Measures:
    """What can be done with measures. `offered` gives those at hand, `usual_plan` what the practice usually gives."""

    def __init__(
        self,
        practice: OpenPractice,
        offered: Callable[[], Sequence[Measure]],
        usual_plan: Callable[[], tuple[PlannedMeasure, ...]],
    ) -> None:
        self._practice = practice
        self._offered = offered
        self._usual_plan = usual_plan
        self._known: dict[str, Measure] = {}

    # -- what there is ---------------------------------------------------------------------------------------------

    def offered(self) -> tuple[Measure, ...]:
        """Return the measures at hand, in the order they are offered."""
        return tuple(self._offered())

    def measure(self, key: str) -> Measure | None:
        """Return the measure with this key as it is now; None where its file is gone."""
        return next((each for each in self._offered() if each.key == key), None)

    def measured(self, client_id: str, course_id: str | None = None) -> list[Measured]:
        """Return what a client answered (in one course), the earliest first, each with the measure it was answered with.

        Results that were corrected and those still being answered are left out.
        """
        with self._practice.read() as reading:
            return self.measured_in(reading, client_id, course_id)

    def measured_in(self, reading: Reading, client_id: str, course_id: str | None = None) -> list[Measured]:
        """Do as `measured` does, within a reading that goes on."""
        where = {"client_id": client_id} | ({"course_id": course_id} if course_id is not None else {})
        results = reading.all(MeasureResult, "on", "created_at", "id", **where)
        return self._with_measures(reading, counted(results))

    def one(self, result_id: str) -> Measured:
        """Return a result with its measure. Raises RecordGone where it is no more."""
        with self._practice.read() as reading:
            result = found(reading, MeasureResult, result_id)
            return self._with_measures(reading, [result])[0]

    def _with_measures(self, reading: Reading, results: Sequence[MeasureResult]) -> list[Measured]:
        about = {each.about_id for each in results if each.about_id is not None}
        names = {each.id: each.name for each in reading.all(Person, id=list(about))} if about else {}
        return [Measured(each, self._definition(reading, each), names.get(each.about_id or "", "")) for each in results]

    def earlier_versions(self, result_id: str) -> list[MeasureResult]:
        """Return what a result corrects, the latest first."""
        with self._practice.read() as reading:
            result = found(reading, MeasureResult, result_id)
            before = []
            while result.corrects_id and (earlier := reading.get(MeasureResult, result.corrects_id)) is not None:
                before.append(earlier)
                result = earlier
            return before

    def unfinished(self, client_id: str) -> list[MeasureResult]:
        """Return the measures a client was in the middle of, the latest first."""
        with self._practice.read() as reading:
            return reading.all(MeasureResult, "created_at", client_id=client_id, finished_at=None)[::-1]

    # -- entering --------------------------------------------------------------------------------------------------

    def enter_measure(self, entry: Entry) -> MeasureResult:
        """Keep a measure that was filled in.

        Raises Refused for answers it can't have, for none, for a day to come, and for one that is about nobody and has to be.
        """
        if entry.measure.is_per_person and entry.about_id is None:
            raise Refused(reason=_("The {measure} is about one person. Say whom.").format(measure=entry.measure.name))
        result = _scored(_new(entry), entry.measure)

        def work(writing: Writing) -> MeasureResult:
            _require_place(writing, result)
            self._keep_definition(writing, entry.measure)
            kept = with_answer(writing, result)
            writing.insert(kept)
            return kept

        return self._practice.write("enter_measure", work, about=result.id)

    def begin_measure(self, entry: Entry) -> MeasureResult:
        """Begin a measure that the client answers on the screen, or that is half typed; it does not count yet."""
        result = _new(entry)

        def work(writing: Writing) -> MeasureResult:
            _require_place(writing, result)
            self._keep_definition(writing, entry.measure)
            writing.insert(result)
            return result

        return self._practice.write("begin_measure", work, about=result.id)

    def keep_answers(self, result_id: str, answers: Mapping[str, float], entry: Entry | None = None) -> MeasureResult:
        """Keep how far the client has come, after every answer: a break loses nothing. It is not audited answer by answer.

        With an `entry` also its day, session and person: of one that is half typed they may be other ones by now.
        """

        def work(writing: Writing) -> MeasureResult:
            result = replace(found(writing, MeasureResult, result_id), answers=dict(answers))
            if entry is not None:
                result = replace(result, on=entry.on, session_id=entry.session_id, about_id=entry.about_id)
                _require_place(writing, result)
            score_kept(result, self._definition(writing, result))  # refuses what can't be an answer
            writing.update(result)
            return result

        return self._practice.carry_out_unaudited(work)

    def finish_measure(self, result_id: str) -> MeasureResult:
        """Count what the client answered. Raises RecordGone where it is no more, Refused where nothing was answered."""

        def work(writing: Writing) -> MeasureResult:
            begun = found(writing, MeasureResult, result_id)
            result = with_answer(writing, _scored(begun, self._definition(writing, begun)))
            writing.update(result)
            return result

        return self._practice.write("finish_measure", work, about=result_id)

    def change_measure(self, result_id: str, answers: Mapping[str, float], on: date, reason: str = "") -> MeasureResult:
        """Keep other answers, or another day. Where a signed note tells of the result, a correction is kept beside it.

        Such a correction needs a `reason`; without one it raises Refused, as for answers the measure can't have.
        """

        def work(writing: Writing) -> MeasureResult:
            stored = found(writing, MeasureResult, result_id)
            measure = self._definition(writing, stored)
            if not is_signed(writing, stored):
                scored_anew = _scored(replace(stored, answers=dict(answers), on=on), measure, at=stored.finished_at)
                changed = with_answer(writing, scored_anew, stored)
                writing.update(changed)
                return changed
            if not reason.strip():
                raise Refused(reason=_("The note of this session is signed and tells of this result. Say why it is corrected."))
            fresh = MeasureResult(
                client_id=stored.client_id,
                course_id=stored.course_id,
                session_id=stored.session_id,
                measure=stored.measure,
                definition=stored.definition,
                on=on,
                given=stored.given,
                answers=dict(answers),
                corrects_id=stored.id,
                about_id=stored.about_id,
                reason=reason.strip(),
            )
            corrected = with_answer(writing, _scored(fresh, measure), stored)
            writing.insert(corrected)
            return corrected

        return self._practice.write("change_measure", work, about=result_id)

    def put_back_measure(self, before: MeasureResult) -> MeasureResult:
        """Put a result back as it was before it was changed or removed. Raises RecordGone without its client."""

        def work(writing: Writing) -> MeasureResult:
            found(writing, Client, before.client_id)
            kept = replace(
                before,
                course_id=_there(writing, Course, before.course_id),
                session_id=_there(writing, Session, before.session_id),
                corrects_id=_there(writing, MeasureResult, before.corrects_id),
                risk_entry_id=_there(writing, RiskEntry, before.risk_entry_id),
                about_id=_there(writing, Person, before.about_id),
            )
            writing.upsert(kept)
            return kept

        return self._practice.write("put_back_measure", work, about=before.id)

    def remove_measure(self, result_id: str) -> MeasureResult:
        """Take a result out and return it, for `put_back_measure`. Raises Refused where a signed note tells of it."""

        def work(writing: Writing) -> MeasureResult:
            result = found(writing, MeasureResult, result_id)
            if is_signed(writing, result) and result.corrects_id is None:
                raise Refused(reason=_("The note of this session is signed and tells of this result. It can be corrected."))
            writing.delete(MeasureResult, result_id)
            return result

        return self._practice.write("remove_measure", work, about=result_id)

    def is_told_signed(self, result_id: str) -> bool:
        """Whether a signed note tells of a result, so that a change of it is a correction. Raises RecordGone."""
        with self._practice.read() as reading:
            return is_signed(reading, found(reading, MeasureResult, result_id))

    def changes_in(self, reading: Reading, course: Course, rule_set: Callable[[], "RuleSet"]) -> "tuple[ScoreFact, ...]":
        """Return what changed on the measures of a course by a rule set, with the medication of that time beside it."""
        measured = self.measured_in(reading, course.client_id, course.id)
        if len(measured) < 2:
            return ()
        from ipt_desktop.domain.score_facts import score_facts

        return score_facts(measured, rule_set(), reading.all(Medication, client_id=course.client_id))

    # -- which, and when -------------------------------------------------------------------------------------------

    def plan(self, course_id: str) -> tuple[PlannedMeasure, ...]:
        """Return which measures a course gives, and when; the practice's usual ones where nothing else was settled."""
        with self._practice.read() as reading:
            return self._plan(reading, course_id)

    def has_own_plan(self, course_id: str) -> bool:
        """Whether something else than the practice's usual plan was settled for a course."""
        with self._practice.read() as reading:
            return reading.get(MeasurePlan, course_id) is not None

    def plan_measures(self, course_id: str, plan: tuple[PlannedMeasure, ...] | None) -> MeasurePlan | None:
        """Settle which measures a course gives; None is the practice's usual plan. Return the plan there was before."""

        def work(writing: Writing) -> MeasurePlan | None:
            found(writing, Course, course_id)
            before = writing.get(MeasurePlan, course_id)
            if plan is not None:
                writing.upsert(MeasurePlan(id=course_id, measures=plan))
            elif before is not None:
                writing.delete(MeasurePlan, course_id)
            return before

        return self._practice.write("plan_measures", work, about=course_id)

    def due(self, course_id: str, today: date) -> list[PlanDue]:
        """Return the measures of a course that are due at its next or running session."""
        with self._practice.read() as reading:
            return self.due_in(reading, found(reading, Course, course_id), today)

    def due_in(self, reading: Reading, course: Course, today: date) -> list[PlanDue]:
        """Do as `due` does, within a reading that goes on."""
        sessions = reading.all(Session, course_id=course.id)
        results = counted(reading.all(MeasureResult, "on", "created_at", course_id=course.id))
        return due_now(self._plan(reading, course.id), course, sessions, results, today)

    # -- safety ----------------------------------------------------------------------------------------------------

    def unasked(self, client_id: str) -> list[Measured]:
        """Return the results with a safety flag after which nothing was noted about risk, the earliest first."""
        return [each for each in self.measured(client_id) if each.safety_flags and each.result.risk_entry_id is None]

    def note_asked(self, result_id: str, risk_entry_id: str | None) -> MeasureResult:
        """Note in which risk entry stands what was asked after a flag; None takes that back."""

        def work(writing: Writing) -> MeasureResult:
            if risk_entry_id is not None:
                found(writing, RiskEntry, risk_entry_id)
            result = replace(found(writing, MeasureResult, result_id), risk_entry_id=risk_entry_id)
            writing.update(result)
            return result

        return self._practice.write("note_asked", work, about=result_id)

    # -- definitions -----------------------------------------------------------------------------------------------

    def _plan(self, reading: Reading, course_id: str) -> tuple[PlannedMeasure, ...]:
        own = reading.get(MeasurePlan, course_id)
        if own is not None:
            return own.measures
        return self._usual_plan()

    def _keep_definition(self, writing: Writing, measure: Measure) -> None:
        writing.upsert(Definition(id=measure_hash(measure), kind=KIND, key=measure.key, body=measure_json.to_json(measure)))

    def _definition(self, reading: Reading, result: MeasureResult) -> Measure:
        """Return the measure a result was answered with. Raises RecordGone where the practice kept none."""
        if result.definition not in self._known:
            kept = reading.get(Definition, result.definition)
            if kept is None:
                raise RecordGone(kind=_("measure"))
            self._known[result.definition] = measure_json.from_json(kept.body)
        return self._known[result.definition]


def is_signed(reading: Reading, result: MeasureResult) -> bool:
    """Whether a signed note of its session tells of a result."""
    if result.session_id is None or result.finished_at is None:
        return False
    notes = reading.all(Document, session_id=result.session_id, purpose=[str(each) for each in NOTES])
    signed = reading.all(Signature, document_id=[each.id for each in notes]) if notes else []
    return any(each.at >= result.finished_at for each in signed)


def scored(entry: Entry) -> Result:
    """Return what the answers of an entry come to so far. Raises Refused for answers the measure can't have."""
    return score_kept(_new(entry), entry.measure)


def _new(entry: Entry) -> MeasureResult:
    if entry.on > date.today():
        raise Refused(reason=_("This day is still to come. A measure is dated by the day it was filled in."))
    return MeasureResult(
        client_id=entry.client_id,
        course_id=entry.course_id,
        session_id=entry.session_id,
        measure=entry.measure.key,
        definition=measure_hash(entry.measure),
        on=entry.on,
        given=entry.given,
        answers=dict(entry.answers),
        about_id=entry.about_id,
    )


def _scored(result: MeasureResult, measure: Measure, at: datetime | None = None) -> MeasureResult:
    if not result.answers:
        raise Refused(reason=_("Nothing was answered, so there is nothing to keep."))
    if result.on > date.today():
        raise Refused(reason=_("This day is still to come. A measure is dated by the day it was filled in."))
    come_to = score_kept(result, measure)
    flagged = [str(each.item) for each in come_to.flags]
    return replace(result, total=come_to.total, flagged=flagged, finished_at=at or now())


def _require_place(reading: Reading, result: MeasureResult) -> None:
    """Raise RecordGone where client, course, session or person is no more, Refused where they don't belong together."""
    found(reading, Client, result.client_id)
    course = found(reading, Course, result.course_id) if result.course_id is not None else None
    session = found(reading, Session, result.session_id) if result.session_id is not None else None
    if course is not None and course.client_id != result.client_id:
        raise Refused(reason=_("A measure and its course belong to one client."))
    if session is not None and session.course_id != result.course_id:
        raise Refused(reason=_("A measure and the session it was given for belong to one course."))
    about = found(reading, Person, result.about_id) if result.about_id is not None else None
    if about is not None and about.client_id != result.client_id:
        raise Refused(reason=_("A measure is about a person in the life of its own client."))


def _there(reading: Reading, kind: type[Course | Session | MeasureResult | RiskEntry | Person], id_: str | None) -> str | None:
    return id_ if id_ is not None and reading.get(kind, id_) is not None else None


def measured_days(results: Iterable[MeasureResult]) -> tuple[date, ...]:
    """Return the days on which anything was measured."""
    return tuple(each.on for each in counted(results))
