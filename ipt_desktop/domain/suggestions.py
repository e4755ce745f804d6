"""Which of a protocol's suggestions hold now, each with its reason: nothing more than that, and never twice after a "never".

A suggestion is data of the protocol (`protocol.Suggestion`); what is known of the course is data too (`CourseFacts`). What was
done on paper counts as much as what was recorded: a ticked task settles the suggestion that names it. A course that has ended
has none, and one without a number of sessions none that would need an end.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.protocol import Protocol, Suggestion, Task, TaskPlace, When, half_of, task_id
from ipt_desktop.domain.text import _, ngettext
from ipt_desktop.domain.treatment_records import SuggestionAnswer, SuggestionReply

PLACEHOLDERS: dict[When, frozenset[str]] = {
    When.NO_FOCUS: frozenset(),
    When.TASK_OPEN: frozenset({"task"}),
    When.NO_CIRCLE: frozenset(),
    When.NO_CIRCLE_SINCE_START: frozenset(),
    When.NO_MEASURE: frozenset({"sessions"}),
    When.NO_RELIABLE_CHANGE: frozenset({"scores"}),
    When.AREA_UNTOUCHED: frozenset({"sessions", "area"}),
    When.STEP_NOT_REVIEWED: frozenset({"sessions", "step", "day"}),
    When.RISK_NOT_REVIEWED: frozenset({"risk", "day"}),
    When.FORMULATION_NOT_SHARED: frozenset(),
}
"""What stands in braces in the words of a suggestion, beside `EVERYWHERE`."""
EVERYWHERE = frozenset({"session", "left"})
REMINDERS = frozenset({"session", "left", "planned"})
"""What stands in braces in the hint of a reminder."""
COUNTED = frozenset({When.NO_MEASURE, When.AREA_UNTOUCHED, When.STEP_NOT_REVIEWED, When.RISK_NOT_REVIEWED})
"""The conditions that ask for how many `sessions` something has not been done."""

_BRACES = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFact:
    """A problem area that was agreed and is worked on; `touched_on` is when that was last told, None where never."""

    area: str
    agreed_on: date
    touched_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFact:
    """A between-session task that nobody has asked about."""

    words: str
    agreed_on: date
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFact:
    """Something about risk that is to be reviewed, in the words of its level, and since when."""

    words: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreFact:
    """What a measure changed by since its first result, in `words`, and whether that is a reliable improvement."""

    words: str
    has_improved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFacts:
    """What is known of a course on a day, as far as suggestions ask.

    `number` is the running or next session's and `planned` how many were agreed, 0 for no number; it `is_after` these once a
    phase is set that comes after them. The first phase goes on to session `initial_until`. `held` are the days of the sessions
    that took place, `met` those of every counted one up to today.
    The circle was last drawn on the day `drawn_on`, in or after session `last_circle`; both are None where it never was.
    `measured_on` are the days of measures, None in a course that gives none; `scores` what changed on those given more than
    once of which it is known what change is reliable.
    """

    today: date
    number: int
    planned: int
    is_after: bool = False
    has_ended: bool = False
    initial_until: int = 0
    held: tuple[date, ...] = ()
    met: tuple[date, ...] = ()
    ticked: frozenset[str] = frozenset()
    has_focus: bool = False
    areas: tuple[AreaFact, ...] = ()
    last_circle: int | None = None
    drawn_on: date | None = None
    measured_on: tuple[date, ...] | None = None
    scores: tuple[ScoreFact, ...] = ()
    open_steps: tuple[StepFact, ...] = ()
    open_risks: tuple[RiskFact, ...] = ()
    is_formulation_shared: bool = False

    @property
    def left(self) -> int:
        """How many sessions come after the running or next one; 0 where no number was agreed."""
        return max(self.planned - self.number, 0)

    def held_since(self, day: date | None) -> int:
        """Return how many sessions have taken place after a day; all of them for None."""
        return sum(day is None or each > day for each in self.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """A suggestion that holds now. `key` is what an answer to it names: with the problem area, where it is about one.

    `place` is a `TaskPlace`, where what is suggested has one in the program, or "".
    """

    key: str
    when: When
    text: str
    reason: str
    place: str = ""


Values = Mapping[str, str]


def suggestions_now(protocol: Protocol, facts: CourseFacts, answers: Iterable[SuggestionAnswer]) -> tuple[Suggested, ...]:
    """Return what the protocol suggests now, in its order, without what the `answers` of this client have put aside.

    *Never* is for the client, in every course; the caller leaves out *not now* of other courses.
    """
    if facts.has_ended:
        return ()
    answered = list(answers)
    found = (each for suggestion in protocol.suggestions for each in _holding(suggestion, protocol, facts))
    return tuple(each for each in found if not any(_hides(answer, each.key, facts) for answer in answered))


def longest_look_back(protocol: Protocol) -> int:
    """Return for how many sessions the protocol's suggestions ask whether a problem area was worked on."""
    return max((each.sessions for each in protocol.suggestions if each.when == When.AREA_UNTOUCHED), default=0)


def words_of(protocol: Protocol, key: str) -> str:
    """Return the words of the suggestion that an answer names, "" where the protocol has it no more."""
    name, _dot, about = key.partition(".")
    known = next((each for each in protocol.suggestions if each.key == name), None)
    area = protocol.area(about)
    return _fill(known.text, {"area": _(area.label)} if area else {}) if known else ""


def reminder(task: Task, number: int, planned: int) -> str:
    """Return what belongs to a reminder in this session, numbers filled in; "" where one would need an end there is not."""
    left = {"left": _sessions(planned - number), "planned": str(planned)} if planned >= number else {}
    hint = _fill(task.hint, {"session": str(number), **left})
    return "" if placeholders(hint) else hint


def placeholders(words: str) -> list[str]:
    """Return what stands in braces."""
    return _BRACES.findall(words)


def _hides(answer: SuggestionAnswer, key: str, facts: CourseFacts) -> bool:
    if answer.suggestion != key:
        return False
    if answer.reply is SuggestionReply.NEVER:
        return True
    return not any(answer.on < each <= facts.today for each in facts.met)


def _holding(suggestion: Suggestion, protocol: Protocol, facts: CourseFacts) -> Iterator[Suggested]:
    if suggestion.when not in set(When) or not _is_time(suggestion, facts) or suggestion.task in facts.ticked:
        return
    when = When(suggestion.when)
    everywhere = {"session": str(facts.number), "left": _sessions(facts.left)}
    for about, values in _HOLDS[when](suggestion, protocol, facts):
        filled = {**everywhere, **values}
        key = f"{suggestion.key}.{about}" if about else suggestion.key
        words = {"text": _fill(suggestion.text, filled), "reason": _fill(suggestion.reason, filled)}
        yield Suggested(key=key, when=when, place=_place(suggestion, protocol), **words)


def _place(suggestion: Suggestion, protocol: Protocol) -> str:
    if suggestion.when == When.TASK_OPEN:
        task = protocol.task(suggestion.task)
        return task.place if task else ""
    return _PLACES.get(When(suggestion.when), "")


def _is_time(suggestion: Suggestion, facts: CourseFacts) -> bool:
    if facts.number < suggestion.from_session:
        return False
    if facts.is_after and (suggestion.sessions_left is not None or suggestion.is_from_half):
        return False  # what belongs to the sessions agreed is over
    if suggestion.sessions_left is not None and (not facts.planned or facts.left > suggestion.sessions_left):
        return False
    return not suggestion.is_from_half or bool(facts.planned and facts.number >= half_of(facts.planned))


Holds = Callable[[Suggestion, Protocol, CourseFacts], Iterator[tuple[str, Values]]]
"""Yields what a suggestion is about ("" for the course itself) and what its words are filled with, if it holds."""


def _no_focus(_suggestion: Suggestion, _protocol: Protocol, facts: CourseFacts) -> Iterator[tuple[str, Values]]:
    if not facts.has_focus:
        yield "", {}


def _task_open(suggestion: Suggestion, protocol: Protocol, _facts: CourseFacts) -> Iterator[tuple[str, Values]]:
    task = protocol.task(suggestion.task)
    if task is not None:
        yield "", {"task": _(task.text)}


def _no_circle(_suggestion: Suggestion, _protocol: Protocol, facts: CourseFacts) -> Iterator[tuple[str, Values]]:
    if facts.last_circle is None:
        yield "", {}


def _no_circle_since_start(_suggestion: Suggestion, _protocol: Protocol, facts: CourseFacts) -> Iterator[tuple[str, Values]]:
    if facts.last_circle is not None and facts.last_circle <= facts.initial_until:
        yield "", {}


def _no_measure(suggestion: Suggestion, _protocol: Protocol, facts: CourseFacts) -> Iterator[tuple[str, Values]]:
    if facts.measured_on is None:
        return
    count = facts.held_since(max(facts.measured_on, default=None))
    if count >= suggestion.sessions:
        yield "", {"sessions": _sessions(count)}


def _no_reliable_change(_suggestion: Suggestion, _protocol: Protocol, facts: CourseFacts) -> Iterator[tuple[str, Values]]:
    """Hold where no measure shows a reliable improvement. It says what is so, and nothing of what will be."""
    if facts.scores and not any(each.has_improved for each in facts.scores):
        yield "", {"scores": "; ".join(each.words for each in facts.scores)}


def _area_untouched(suggestion: Suggestion, protocol: Protocol, facts: CourseFacts) -> Iterator[tuple[str, Values]]:
    for each in facts.areas:
        count = facts.held_since(max(each.agreed_on, each.touched_on or each.agreed_on))
        if count >= suggestion.sessions:
            known = protocol.area(each.area)
            yield each.area, {"sessions": _sessions(count), "area": _(known.label) if known else each.area}


def _step_not_reviewed(suggestion: Suggestion, _protocol: Protocol, facts: CourseFacts) -> Iterator[tuple[str, Values]]:
    waiting = [each for each in facts.open_steps if each.due is None or each.due <= facts.today]
    oldest = min(waiting, key=lambda each: each.agreed_on, default=None)
    if oldest is None:
        return
    count = facts.held_since(oldest.agreed_on)
    if count >= suggestion.sessions:
        yield "", {"sessions": _sessions(count), "step": oldest.words, "day": _day(oldest.agreed_on, facts.today)}


def _risk_not_reviewed(suggestion: Suggestion, _protocol: Protocol, facts: CourseFacts) -> Iterator[tuple[str, Values]]:
    first = next((each for each in facts.open_risks if facts.held_since(each.on) >= suggestion.sessions), None)
    if first is not None:
        yield "", {"risk": first.words, "day": _day(first.on, facts.today)}


def _formulation_not_shared(_suggestion: Suggestion, _protocol: Protocol, facts: CourseFacts) -> Iterator[tuple[str, Values]]:
    if not facts.is_formulation_shared:
        yield "", {}


_HOLDS: dict[When, Holds] = {
    When.NO_FOCUS: _no_focus,
    When.TASK_OPEN: _task_open,
    When.NO_CIRCLE: _no_circle,
    When.NO_CIRCLE_SINCE_START: _no_circle_since_start,
    When.NO_MEASURE: _no_measure,
    When.NO_RELIABLE_CHANGE: _no_reliable_change,
    When.AREA_UNTOUCHED: _area_untouched,
    When.STEP_NOT_REVIEWED: _step_not_reviewed,
    When.RISK_NOT_REVIEWED: _risk_not_reviewed,
    When.FORMULATION_NOT_SHARED: _formulation_not_shared,
}


_PLACES: dict[When, TaskPlace] = {
    When.NO_CIRCLE: TaskPlace.CIRCLE,
    When.NO_CIRCLE_SINCE_START: TaskPlace.CIRCLE,
    When.NO_MEASURE: TaskPlace.PROGRESS,
    When.RISK_NOT_REVIEWED: TaskPlace.RISK,
    When.FORMULATION_NOT_SHARED: TaskPlace.FORMULATION,
}


def _fill(words: str, values: Values) -> str:
    """Fill words of a protocol; what no value is known for stays as it stands."""
    return _BRACES.sub(lambda found: values.get(found[1], found[0]), _(words))


def _sessions(count: int) -> str:
    return ngettext("{count} session", "{count} sessions", count).format(count=count) if count else _("no session")


def _day(day: date, today: date) -> str:
    return day_words(day, has_year=day.year != today.year)


def with_later_suggestions(agreed: Protocol, shipped: Callable[[str], Protocol | None]) -> Protocol:
    """Return a course's own copy of its protocol, with today's suggestions where it was made before there were any.

    The copy keeps what was agreed: sessions, phases, tasks, areas. Suggestions are none of that, only what the program may
    remind of; so a copy that could not have any yet takes those that come with the program under its key (`shipped`). Such a
    copy says nothing of whom it is for (`about`), which came with them: one whose therapist has taken its suggestions out
    keeps none. What the copy has no task for is left out.
    """
    known = None if agreed.suggestions or agreed.about else shipped(agreed.key)
    if known is None:
        return agreed
    tasks = {task_id(phase, task) for phase in agreed.phases for task in phase.tasks}
    fitting = (each if each.task in tasks else replace(each, task="") for each in known.suggestions)
    return replace(agreed, suggestions=tuple(each for each in fitting if each.task or each.when != When.TASK_OPEN))
