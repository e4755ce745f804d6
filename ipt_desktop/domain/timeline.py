"""The timeline: symptoms, scores, mood, events, people and treatment of a client on one axis, as what stands in its lanes.

It shows what was beside one another in time, and says so; what caused what is for therapist and client to judge. Where each
thing is drawn, `domain.timeline_picture` computes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from ipt_desktop.domain.dates import long_date, span
from ipt_desktop.domain.event_letters import SYMPTOMS, TREATMENT, event_letters
from ipt_desktop.domain.event_words import event_kind_words
from ipt_desktop.domain.illness_words import course_words, diagnosis_words, medicine_words
from ipt_desktop.domain.records import Person
from ipt_desktop.domain.session_records import Event
from ipt_desktop.domain.text import _
from ipt_desktop.domain.told_when import Days, iso_span, told_span, told_words
from ipt_desktop.domain.treatment_records import Diagnosis, Medication
from ipt_desktop.domain.typed_when import when_words

_SURE = timedelta(days=183)
"""How uncertain the beginning of symptoms may be for them to be drawn as lasting from there."""


class Form(StrEnum):
    """How a lane is drawn."""

    BARS = "bars"
    LINE = "line"
    DISCS = "discs"
    TOKENS = "tokens"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something on the axis, from its first day to its last, those not sure included.

    `key` names what it is of ("event:<id>"). `words` stand beside it, `spoken` says all of it. `lasts` tells that it went on
    all the time between, and is not only uncertain; `is_open`, that it still does; `is_planned`, that it is yet to come;
    `is_phase`, that it is a phase of a course. `told` is how its time was told, where it was.
    """

    key: str
    first: date
    last: date
    words: str
    spoken: str
    letter: str = ""
    value: float | None = None
    group: str = ""
    person: Person | None = None
    initials: str = ""
    lasts: bool = False
    is_open: bool = False
    is_planned: bool = False
    is_phase: bool = False
    told: str = ""

    @property
    def when(self) -> str:
        """When it was, as it was told, else its days in words."""
        if self.told:
            return self.told
        if self.is_open:
            return _("since {day}").format(day=long_date(self.first))
        return long_date(self.first) if self.first == self.last else span(self.first, self.last)

    @property
    def middle(self) -> date:
        """The day half-way between the first and the last."""
        return self.first + (self.last - self.first) // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A lane: its name, how it is drawn, and what stands in it in the order of time. A line runs from `low` to `high`."""

    key: str
    title: str
    form: Form
    entries: tuple[Entry, ...] = ()
    low: float = 0.0
    high: float = 1.0


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day; `ref` is the id of what it comes from, `course_id` the course it belongs to."""

    on: date
    value: float
    ref: str
    course_id: str = ""
    session_id: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """A measure with all its results; `high` is the highest score it can have, 0 where that is not known."""

    key: str
    name: str
    points: tuple[Point, ...]
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    """A phase of a course from a day to another; `is_planned` is the rest of the course as it is agreed."""

    key: str
    words: str
    first: date
    last: date
    is_open: bool = False
    is_planned: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """What became of a person between two circles: `words` say it ("Johan, inner to outer"); `sitting_id` is the later one."""

    person: Person
    initials: str
    words: str
    on: date
    sitting_id: str
    is_at_first: bool = False
    """Whether it happened before the first circle was drawn, so that its day is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineFacts:
    """Everything of a client that has a place in time. `course` are the days of the course shown, None without one.

    `is_southern` says whose seasons are meant.
    """

    today: date
    born_on: date | None = None
    is_southern: bool = False
    events: Sequence[Event] = ()
    people: Sequence[Person] = ()
    names: dict[str, str] = field(default_factory=dict)
    initials: dict[str, str] = field(default_factory=dict)
    diagnoses: Sequence[Diagnosis] = ()
    medications: Sequence[Medication] = ()
    scores: Sequence[Score] = ()
    mood: Sequence[Point] = ()
    mood_best: int = 10
    mood_highest: int = 10
    phases: Sequence[PhaseSpan] = ()
    moves: Sequence[Move] = ()
    course: Days | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The lanes that have something in them, and in words what is told without any place in time."""

    lanes: tuple[Lane, ...] = ()
    unplaced: tuple[tuple[str, str], ...] = ()
    """What has no place, as (key, words)."""

    @property
    def entries(self) -> list[tuple[Lane, Entry]]:
        """Everything on the axis with its lane, in the order of time."""
        told = [(lane, each) for lane in self.lanes for each in lane.entries]
        return sorted(told, key=lambda each: (each[1].first, each[1].last))

    def entry(self, key: str) -> Entry | None:
        """Return what has this key."""
        return next((each for lane in self.lanes for each in lane.entries if each.key == key), None)

    @property
    def days(self) -> Days | None:
        """The first and the last day anything is on; None for an empty one."""
        firsts = [each.first for lane in self.lanes for each in lane.entries]
        lasts = [each.last for lane in self.lanes for each in lane.entries]
        return (min(firsts), max(lasts)) if firsts else None


def coincidence_words() -> str:
    """Return what a timeline shows, and what it does not."""
    return _("Beside one another in time. That does not say that one caused the other.")


def timeline(facts: TimelineFacts) -> Timeline:
    """Return the lanes of a client's life, from the symptoms down to the treatment."""
    lanes = (
        Lane(key="symptoms", title=_("Symptoms"), form=Form.BARS, entries=_sorted(_symptoms(facts))),
        *(_score_lane(each, facts) for each in facts.scores),
        _mood_lane(facts),
        Lane(key="events", title=_("Events"), form=Form.DISCS, entries=_sorted(_events(facts))),
        Lane(key="people", title=_("People"), form=Form.TOKENS, entries=_sorted(_people(facts))),
        Lane(key="treatment", title=_("Treatment"), form=Form.BARS, entries=_treatment(facts)),
    )
    return Timeline(tuple(each for each in lanes if each.entries), tuple(_unplaced(facts)))


def _sorted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda each: (each.middle, each.first, each.key)))


# -- events ------------------------------------------------------------------------------------------------------------


def _span_of(event: Event, facts: TimelineFacts) -> Days | None:
    return told_span(event.on, event.told, facts.born_on, is_southern=facts.is_southern)


def _event_entry(event: Event, facts: TimelineFacts, letter: str = "") -> Entry | None:
    """Return an event as it stands on the axis, None where nothing places it there."""
    begun = _span_of(event, facts)
    if begun is None:
        return None
    ended = iso_span(event.until)
    lasts = ended is not None and ended[1] > begun[0]
    last = ended[1] if ended is not None and lasts else begun[1]
    return Entry(
        key=f"event:{event.id}",
        first=begun[0],
        last=last,
        words=event.title,
        spoken=event_spoken(event, facts),
        letter=letter,
        lasts=lasts,
        told=_event_when(event),
    )


def event_spoken(event: Event, facts: TimelineFacts) -> str:
    """Return an event in words: "Johan moved out, separation, February 2026, with Johan"."""
    when = _event_when(event)
    whom = ", ".join(facts.names[each] for each in event.person_ids if each in facts.names)
    parts = (
        event.title,
        event_kind_words()[event.kind].lower() if event.kind != "other" else "",
        when,
        _("with {people}").format(people=whom) if whom else "",
        _("every year") if event.recurs else "",
    )
    return ", ".join(each for each in parts if each)


def _event_when(event: Event) -> str:
    when = told_words(event.on, event.told)
    return _("{begun} to {ended}").format(begun=when, ended=when_words(event.until)) if event.until else when


def _symptoms(facts: TimelineFacts) -> Iterator[Entry]:
    told = [entry for each in facts.events if each.kind in SYMPTOMS and (entry := _event_entry(each, facts))]
    told.sort(key=lambda each: (each.first, each.last, each.key))
    for number, each in enumerate(told):
        yield each if each.lasts else _until_the_next(each, told[number + 1 :], facts.today)
    for made in facts.diagnoses:
        words = diagnosis_words(made)
        spoken = _("{diagnosis}, diagnosed {day}").format(diagnosis=words, day=long_date(made.made_on))
        yield Entry(key=f"diagnosis:{made.id}", first=made.made_on, last=made.made_on, words=words, spoken=spoken)


def _until_the_next(symptom: Entry, later: Sequence[Entry], today: date) -> Entry:
    """Return symptoms without an end as long as they are known to last: until others are told of, else until today.

    Of a time that is not known to the year, only that time is told.
    """
    following = next((each.first - timedelta(days=1) for each in later if each.first > symptom.first), None)
    last = following or today
    if last <= symptom.last or symptom.last - symptom.first > _SURE:
        return symptom
    return replace(symptom, last=last, lasts=True, is_open=following is None)


def _events(facts: TimelineFacts) -> Iterator[Entry]:
    letters = event_letters(facts.events, facts.born_on, is_southern=facts.is_southern)
    for event in facts.events:
        if event.id in letters and (entry := _event_entry(event, facts, letters[event.id])):
            yield entry


# -- lines -------------------------------------------------------------------------------------------------------------


def _score_lane(score: Score, facts: TimelineFacts) -> Lane:
    high = max([score.high, *(each.value for each in score.points)])
    entries = _points(score.points, "measure", score.name)
    return Lane(key=f"measure:{score.key}", title=score.name, form=Form.LINE, entries=entries, high=high or 1.0)


def _mood_lane(facts: TimelineFacts) -> Lane:
    title = _("Mood, {best} best").format(best=facts.mood_best)
    entries = _points(facts.mood, "mood", _("Mood"))
    return Lane(key="mood", title=title, form=Form.LINE, entries=entries, high=float(facts.mood_highest))


def _points(points: Iterable[Point], kind: str, name: str) -> tuple[Entry, ...]:
    def entry(point: Point) -> Entry:
        value = number_words(point.value)
        spoken = _("{name} {value}, {day}").format(name=name, value=value, day=long_date(point.on))
        return Entry(
            key=f"{kind}:{point.ref}",
            first=point.on,
            last=point.on,
            words=value,
            spoken=spoken,
            value=point.value,
            group=point.course_id,
        )

    return tuple(entry(each) for each in sorted(points, key=lambda each: each.on))


def number_words(value: float) -> str:
    """Return a score without a decimal it does not need."""
    return f"{value:.1f}".removesuffix(".0")


# -- people ------------------------------------------------------------------------------------------------------------


def _people(facts: TimelineFacts) -> Iterator[Entry]:
    for move in facts.moves:
        yield _move_entry(move, facts)
    for person in facts.people:
        span = iso_span(person.died) if person.has_died else None
        if span is not None and not _is_told(person, span, facts):
            words = _("{name}, died").format(name=facts.names.get(person.id, person.name))
            spoken = _("{what}, {when}").format(what=words, when=when_words(person.died))
            yield _token(f"died:{person.id}", person, span, words, spoken, facts)


def _is_told(person: Person, span: Days, facts: TimelineFacts) -> bool:
    """Whether an event tells a death already: of that time, with that person."""
    own = [_span_of(each, facts) for each in facts.events if person.id in each.person_ids]
    return any(each is not None and each[0] <= span[1] and each[1] >= span[0] for each in own)


def _move_entry(move: Move, facts: TimelineFacts) -> Entry:
    """Return a move where it happened: between two circles at the later one, before the first where an event tells of it."""
    key = f"move:{move.sitting_id}:{move.person.id}"
    drawn = long_date(move.on)
    if not move.is_at_first:
        spoken = _("{move}, circle of {day}").format(move=move.words, day=drawn)
        return _token(key, move.person, (move.on, move.on), move.words, spoken, facts)
    told = _told_of(move, facts)
    if told is None:
        spoken = _("{move}, before the first circle of {day}").format(move=move.words, day=drawn)
        return _token(key, move.person, (move.on, move.on), move.words, spoken, facts)
    event, span = told
    spoken = _("{move}, before the first circle of {day}; shown at “{event}”").format(
        move=move.words, day=drawn, event=event.title
    )
    return _token(key, move.person, span, move.words, spoken, facts)


def _told_of(move: Move, facts: TimelineFacts) -> tuple[Event, Days] | None:
    """Return the last event with that person before the circle was drawn: what it changed, the circle shows."""
    own = [
        (span, each)
        for each in facts.events
        if move.person.id in each.person_ids and (span := _span_of(each, facts)) and span[1] <= move.on
    ]
    latest = max(own, key=lambda told: (told[0][1], told[1].id), default=None)
    return (latest[1], latest[0]) if latest is not None else None


def _token(key: str, person: Person, span: Days, words: str, spoken: str, facts: TimelineFacts) -> Entry:
    initials = facts.initials.get(person.id, "")
    return Entry(key=key, first=span[0], last=span[1], words=words, spoken=spoken, person=person, initials=initials)


# -- treatment ---------------------------------------------------------------------------------------------------------


def _treatment(facts: TimelineFacts) -> tuple[Entry, ...]:
    phases = [
        Entry(
            key=each.key,
            first=each.first,
            last=max(each.first, each.last),
            words=each.words,
            spoken=_phase_spoken(each),
            lasts=True,
            is_open=each.is_open,
            is_planned=each.is_planned,
            is_phase=True,
        )
        for each in facts.phases
    ]
    medicines = [entry for each in facts.medications if (entry := _medication_entry(each, facts))]
    events = [entry for each in facts.events if each.kind in TREATMENT and (entry := _event_entry(each, facts))]
    return (*_sorted(phases), *_sorted([*medicines, *events]))


def _phase_spoken(phase: PhaseSpan) -> str:
    first, last = long_date(phase.first), long_date(phase.last)
    if phase.is_planned:
        return phase.words
    if phase.is_open:
        return _("{phase}, since {day}").format(phase=phase.words, day=first)
    return _("{phase}, {first} to {last}").format(phase=phase.words, first=first, last=last)


def _medication_entry(medication: Medication, facts: TimelineFacts) -> Entry | None:
    begun, ended = iso_span(medication.begun), iso_span(medication.ended)
    first = begun[0] if begun else ended[0] if ended else None
    if first is None:
        return None
    last = ended[1] if ended else max(facts.today, first)
    by = medication.prescriber
    medicine = medicine_words(medication)
    words = _("{medicine}, {prescriber}").format(medicine=medicine, prescriber=by) if by else medicine
    return Entry(
        key=f"medication:{medication.id}",
        first=first,
        last=max(first, last),
        words=words,
        spoken=", ".join(each for each in (medicine, course_words(medication)) if each),
        lasts=begun is not None,
        is_open=ended is None,
    )


def _unplaced(facts: TimelineFacts) -> Iterator[tuple[str, str]]:
    for event in facts.events:
        if _span_of(event, facts) is None:
            yield f"event:{event.id}", event_spoken(event, facts)
    for each in facts.medications:
        if not each.begun and not each.ended:
            yield f"medication:{each.id}", _("{medicine}, no dates").format(medicine=medicine_words(each))


# -- windows -----------------------------------------------------------------------------------------------------------


class Window(StrEnum):
    """How much of a life is looked at."""

    LIFE = "life"
    TWO_YEARS = "two_years"
    YEAR = "year"
    COURSE = "course"


def window_days(window: Window, facts: TimelineFacts, shown: Timeline) -> Days:
    """Return the first and the last day of a window, with some room around what it holds."""
    today = facts.today
    if window is Window.COURSE and facts.course is not None:
        first, last = facts.course
        return first - timedelta(days=14), max(last, first + timedelta(days=28)) + timedelta(days=21)
    if window is Window.YEAR:
        return min(date(today.year, 1, 1), _months_before(today, 6)), date(today.year + 1, 1, 31)
    if window is Window.LIFE:
        days = shown.days or (today, today)
        first = min(days[0], facts.born_on or days[0], today - timedelta(days=730))
        last = max(days[1], today)
        room = timedelta(days=max(60, (last - first).days // 25))
        return max(first - room, date(1850, 1, 1)), min(last + room, date(2300, 1, 1))
    ahead = today + timedelta(days=75)
    planned = facts.course[1] + timedelta(days=14) if facts.course is not None else ahead
    return _months_before(today, 24), min(max(ahead, planned), today + timedelta(days=180))


def _months_before(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 - months
    return date(month // 12, month % 12 + 1, 1)
