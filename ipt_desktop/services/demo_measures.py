"""The measures of a demo case: what was answered in which session, and the plan of a course that has one of its own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from ipt_desktop.domain import records as r
from ipt_desktop.domain.course import numbers
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.measure import Measure
from ipt_desktop.domain.measure_json import measure_hash
from ipt_desktop.domain.measure_records import Given, MeasurePlan, MeasureResult, PlannedMeasure
from ipt_desktop.domain.measured import score_kept
from ipt_desktop.domain.practice_settings import PracticeSettings
from ipt_desktop.domain.session_records import RiskEntry, risk_id_of
from ipt_desktop.domain.text import _
from ipt_desktop.services.demo_case import CaseCourse
from ipt_desktop.services.toml_lines import Place

if TYPE_CHECKING:
    from ipt_desktop.services.demo_records import CaseRecords

USUAL = PracticeSettings()


def measured(
    course: CaseCourse,
    case: "CaseRecords",
    course_id: str,
    sessions: Sequence[r.Session],
    place: Place,
    told: Iterable[r.Record],
) -> Iterator[MeasureResult | MeasurePlan]:
    """Yield what was answered in a course, and its plan where that is not the usual one.

    A flag counts as asked about where its session has a risk entry, `told` by its note. The case refuses what its sessions and
    measures don't have.
    """
    source = case.source
    risk_entries = {each.id for each in told if isinstance(each, RiskEntry)}
    by_id = {each.id: each for each in sessions}
    numbered = {count: by_id[session_id] for session_id, count in numbers(sessions).items()}
    for at, given in enumerate(course.measures):
        here: Place = (*place, "measures", at)
        measure = case.resources.measure(given.measure)
        if measure is None:
            source.refuse((*here, "measure"), _("there is no measure of this key"))
        for number, words in given.given.items():
            session = numbered.get(int(number))
            if session is None:
                source.refuse((*here, "given", number), _("there is no session with this number"))
            risk = risk_id_of(session.id)
            result = MeasureResult(
                id=case.id("measure", course_id, given.measure, number),
                client_id=case.client_id,
                course_id=course_id,
                session_id=session.id,
                measure=measure.key,
                definition=measure_hash(measure),
                on=session.date,
                given=Given.PAPER if measure.has_items else Given.SCORES,
                answers=dict(_answers(measure, str(words))),
                finished_at=_before(session),
                created_at=_before(session) + timedelta(seconds=at),
            )
            try:
                come_to = score_kept(result, measure)
            except Refused as error:
                source.refuse((*here, "given", number), str(error))
            flagged = [str(each.item) for each in come_to.flags]
            asked = risk if flagged and risk in risk_entries else None
            yield replace(result, total=come_to.total, flagged=flagged, risk_entry_id=asked)
    plan = tuple(PlannedMeasure(each.measure, each.every) for each in course.measures)
    if plan and plan != tuple(PlannedMeasure(each, USUAL.measured_every) for each in USUAL.measures):
        yield MeasurePlan(id=course_id, measures=plan, changed_at=_before(sessions[0]))


def _answers(measure: Measure, words: str) -> Mapping[str, float]:
    """Read "332222211 difficulty=2": a digit for each item, then named answers; "total=17 item10=0" has named ones alone."""
    answers: dict[str, float] = {}
    for part in words.split():
        key, _equals, value = part.partition("=")
        if value:
            answers[key] = float(value)
        else:
            answers |= {str(item.number): float(digit) for item, digit in zip(measure.items, key, strict=True)}
    return answers


def _before(session: r.Session) -> datetime:
    """Return when it was filled in: ten minutes before the session."""
    starts = datetime.combine(session.date, session.starts_at or time(9)).astimezone(UTC)
    return starts - timedelta(minutes=10)
