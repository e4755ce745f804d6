"""What the charts of a client's measures show, read at one moment: results, sessions, phases and what happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain.chart_axis import AxisKind, ChartAxis, Occasion, date_axis, days_of, session_axis
from ipt_desktop.domain.chart_foot import Below, BelowKind
from ipt_desktop.domain.course import in_order, is_counted, numbers
from ipt_desktop.domain.course_band import CourseBand, course_band
from ipt_desktop.domain.event_letters import event_letters
from ipt_desktop.domain.measure import TOTAL, Measure
from ipt_desktop.domain.measure_change import Ends, Recovery, RuleSet, recovery_at_end
from ipt_desktop.domain.measure_series import Series, series_of
from ipt_desktop.domain.told_when import has_southern_seasons, told_span

if TYPE_CHECKING:
    from ipt_desktop.domain.measured import Measured
    from ipt_desktop.domain.records import Course, PhaseChange, Session, Sitting
    from ipt_desktop.domain.session_records import Event
    from ipt_desktop.domain.treatment_records import Medication
    from ipt_desktop.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseOfCharts:
    """The course that the charts belong to. `names` are what its phases are called."""

    course: Course
    sessions: Sequence[Session]
    changes: Sequence[PhaseChange]
    names: Mapping[str, str]
    band: CourseBand
    sittings: Sequence[Sitting] = ()

    @property
    def begun(self) -> list[tuple[date, str]]:
        """When each phase began, by its name, as they were set."""
        first = self.course.phases[0].key
        set_ = sorted(self.changes, key=lambda each: (each.on, each.created_at))
        told = [(self.course.started_on, first), *((each.on, each.phase) for each in set_)]
        return [(on, self.names.get(key, key)) for on, key in told]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartFacts:
    """What the charts show; without a course all that was measured.

    `everything` is all that was ever measured, of whatever course; `numbers` are those of sessions, by id, and `signed` the
    results that a signed note tells of.
    """

    today: date
    rule_set: RuleSet
    measures: Mapping[str, Measure]
    series: tuple[Series, ...] = ()
    everything: Sequence[Measured] = ()
    course: CourseOfCharts | None = None
    numbers: Mapping[str, int] = field(default_factory=dict)
    events: Sequence[Event] = ()
    letters: Mapping[str, str] = field(default_factory=dict)
    medications: Sequence[Medication] = ()
    born_on: date | None = None
    is_southern: bool = False

    @property
    def kinds(self) -> tuple[AxisKind, ...]:
        """The axes there are: without a course there are no sessions."""
        return (AxisKind.SESSIONS, AxisKind.DATES) if self.course else (AxisKind.DATES,)

    @property
    def recovery(self) -> Recovery | None:
        """What the rule set says at the end of a course; None before."""
        if self.course is None:
            return None
        own = [each for each in self.series if each.score == TOTAL and each.is_alike and len(each.results) > 1]
        ends = [Ends(each.measure, each.first.value, each.last.value, each.last.on) for each in own]
        return recovery_at_end(self.rule_set, ends, self.course.course.ended_on)

    def axis(self, kind: AxisKind) -> ChartAxis:
        """Return the axis that all charts have in common."""
        occasions = [Occasion(each.on, each.session_id) for series in self.series for each in series.results]
        known = self.course
        if known is None or kind is AxisKind.DATES:
            return self._dates(occasions)
        names = dict(known.names)
        has_ended = known.course.ended_on is not None
        return session_axis(known.band, known.sessions, names, occasions, has_ended=has_ended)

    def below(self, axis: ChartAxis) -> tuple[Below, ...]:
        """Return what stands under the axis: events, circles, sessions that did not take place."""
        absent = (Below(f"session:{each.session.id}", each.place, BelowKind.ABSENT) for each in axis.absent)
        return (*self._events(axis), *self._circles(axis), *absent)

    def _dates(self, occasions: Sequence[Occasion]) -> ChartAxis:
        known = self.course
        if known is None:
            return date_axis(days_of((each.on for each in occasions), [] if occasions else [self.today]))
        course = known.course
        days = [each.date for each in known.sessions if is_counted(each)]
        until = course.ended_on or max(self.today, course.planned_end or self.today)
        span = days_of((each.on for each in occasions), [*days, course.started_on, until])
        return date_axis(span, known.begun, known.band.missed)

    def _events(self, axis: ChartAxis) -> Iterator[Below]:
        for each in self.events:
            span = told_span(each.on, each.told, self.born_on, is_southern=self.is_southern)
            if each.id not in self.letters or span is None or span[0] > self.today:
                continue
            middle = span[0] + (span[1] - span[0]) // 2
            place = axis.place(middle)
            if place is not None and (span[1] - span[0]).days <= _WIDEST_SPAN:
                yield Below(f"event:{each.id}", place, BelowKind.EVENT, self.letters[each.id])

    def _circles(self, axis: ChartAxis) -> Iterator[Below]:
        for each in self.course.sittings if self.course else ():
            place = axis.place(each.date, each.session_id)
            if place is not None and not each.is_before:
                yield Below(f"sitting:{each.id}", place, BelowKind.CIRCLE)


_WIDEST_SPAN = 45
"""An event told less exactly than to a month or so stands on the timeline alone."""


def read_charts(desk: Desk, client_id: str, course_id: str | None, today: date) -> ChartFacts:
    """Return what the charts of a client show. Raises RecordGone where the client or the course is no more."""
    with desk.store.read():  # all that follows sees the same commit
        client = desk.clients.client(client_id)
        everything = desk.measures.measured(client_id)
        course = _read_course(desk, course_id, today) if course_id is not None else None
        shown = [each for each in everything if course_id is None or each.result.course_id in (course_id, None)]
        settings = desk.settings.values()
        rule_set, is_southern = desk.resources.rule_set(settings.rule_set), has_southern_seasons(settings.country)
        counted = [numbers(desk.sessions.sessions(each.id)) for each in desk.courses.courses(client_id)]
        events = desk.events.of_client(client_id)
        return ChartFacts(
            today=today,
            rule_set=rule_set,
            measures={each.key: each for each in desk.resources.measures},
            series=tuple(series_of(shown, rule_set)),
            everything=everything,
            course=course,
            numbers={id_: number for each in counted for id_, number in each.items()},
            events=events,
            letters=event_letters(events, client.born_on, is_southern=is_southern),
            medications=desk.medications.of_client(client_id),
            born_on=client.born_on,
            is_southern=is_southern,
        )


def _read_course(desk: Desk, course_id: str, today: date) -> CourseOfCharts:
    course = desk.courses.course(course_id)
    sessions = desk.sessions.sessions(course_id)
    changes = desk.phases.changes(course_id)
    protocol = desk.courses.protocol_of(course)
    words = desk.courses.wording(course)
    keys = dict.fromkeys([*(each.key for each in course.phases), *(each.phase for each in changes)])
    return CourseOfCharts(
        course=course,
        sessions=in_order(sessions),
        changes=changes,
        names={key: words.phase(key) for key in keys},
        band=course_band(course, changes, sessions, today, protocol.after_keys),
        sittings=desk.circles.sittings(course_id),
    )
