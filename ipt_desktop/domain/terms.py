"""What a course agreed and how that was changed: longer, shorter, under another protocol; each change in words."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from ipt_desktop.domain.course import scaled_phases
from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.records import AgreedPhase, Course
from ipt_desktop.domain.text import _, ngettext
from ipt_desktop.domain.treatment_records import TermsChange


class Terms(Protocol):
    """What is agreed: a course has it, and a change of it has it as it was before."""

    @property
    def protocol(self) -> str:
        """The SHA-256 of the protocol's stored definition."""
        ...

    @property
    def planned_sessions(self) -> int:
        """How many sessions, 0 where no number was agreed."""
        ...

    @property
    def minutes(self) -> int:
        """How long each is."""
        ...

    @property
    def frequency(self) -> str:
        """How often they are, in words."""
        ...

    @property
    def phases(self) -> tuple[AgreedPhase, ...]:
        """The phases and their sessions."""
        ...

    @property
    def planned_end(self) -> date | None:
        """The day agreed for the last one."""
        ...


def terms_of(terms: Terms) -> tuple[object, ...]:
    """Return all that is agreed, to be held against other terms."""
    return (
        *(terms.protocol, terms.planned_sessions, terms.minutes, terms.frequency),
        *(terms.phases, terms.planned_end),
    )


def change_from(course: Course, on: date, reason: str) -> TermsChange:
    """Return the record that what this course agrees is about to change."""
    return TermsChange(
        course_id=course.id,
        on=on,
        reason=" ".join(reason.split()),
        protocol=course.protocol,
        planned_sessions=course.planned_sessions,
        minutes=course.minutes,
        frequency=course.frequency,
        phases=course.phases,
        planned_end=course.planned_end,
    )


def with_terms(course: Course, terms: Terms) -> Course:
    """Return a course that agrees these terms; all else of it stays."""
    return replace(
        course,
        protocol=terms.protocol,
        planned_sessions=terms.planned_sessions,
        minutes=terms.minutes,
        frequency=terms.frequency,
        phases=terms.phases,
        planned_end=terms.planned_end,
    )


def history(course: Course, changes: Sequence[TermsChange]) -> list[tuple[TermsChange, Terms]]:
    """Return each change (they come the earliest first) with the terms it led to, the latest change first."""
    led_to: list[Terms] = [*changes[1:], course]
    return list(reversed(list(zip(changes, led_to, strict=False))))


def change_words(before: Terms, after: Terms, protocol_name: Callable[[str], str], phase_label: Callable[[str], str]) -> str:
    """Say what a change of terms changed: "16 instead of 12 sessions"; "" where nothing did.

    What follows from something said before it is left out: with other sessions the phases and the end move, too.
    """
    said = []
    if before.protocol != after.protocol:
        said.append(_instead(protocol_name(after.protocol), protocol_name(before.protocol)))
    if before.planned_sessions != after.planned_sessions:
        said.append(_sessions(before.planned_sessions, after.planned_sessions))
    if before.minutes != after.minutes:
        said.append(_("{new} instead of {old} minutes").format(new=after.minutes, old=before.minutes))
    if before.frequency.strip() != after.frequency.strip():
        said.append(_instead(_how_often(after), _how_often(before)))
    if not said:
        said += _phases(before.phases, after.phases, phase_label)
    if not said and before.planned_end != after.planned_end:
        said.append(_end(before.planned_end, after.planned_end))
    return "; ".join(said)


def mapped_phases(phases: Sequence[AgreedPhase], agreed: Sequence[AgreedPhase], planned: int) -> tuple[AgreedPhase, ...]:
    """Return the phases of another protocol on the `planned` sessions of an agreement (0: no number).

    A phase begins where the agreement has the one of its key begin, else the one in its place, where both have as many phases;
    else as far on as its own protocol has it.
    """
    scaled = scaled_phases(phases, planned)
    if len(scaled) < len(phases):  # fewer sessions than phases
        return scaled
    by_key, own = {each.key: each.first for each in agreed}, {each.key for each in phases}
    in_place = [0 if each.key in own else each.first for each in agreed] if len(agreed) == len(phases) else [0] * len(phases)
    wanted = [by_key.get(each.key) or place or each.first for each, place in zip(scaled, in_place, strict=True)]
    firsts: list[int] = []
    for place, first in enumerate(wanted):
        latest = planned - (len(wanted) - place - 1) if planned else first
        least = firsts[-1] + 1 if firsts else 1
        firsts.append(max(min(first, latest), least) if place else 1)
    lasts = [*(each - 1 for each in firsts[1:]), planned]
    return tuple(
        AgreedPhase(key=each.key, first=first, last=last) for each, first, last in zip(phases, firsts, lasts, strict=True)
    )


def _how_often(terms: Terms) -> str:
    said = terms.frequency.strip()
    return _(said) if said else _("no frequency")


def _instead(new: str, old: str) -> str:
    return _("{new} instead of {old}").format(new=new, old=old)


def _sessions(before: int, after: int) -> str:
    if not after:
        words = _("no number of sessions instead of {old}")
    elif not before:
        words = ngettext("{new} session instead of no number", "{new} sessions instead of no number", after)
    else:
        words = ngettext("{new} instead of {old} session", "{new} instead of {old} sessions", before)
    return words.format(new=after, old=before)


def _phases(before: Sequence[AgreedPhase], after: Sequence[AgreedPhase], phase_label: Callable[[str], str]) -> list[str]:
    was = {each.key: each.first for each in before}
    words = _("{phase} from session {new} instead of {old}")
    return [
        words.format(phase=phase_label(each.key), new=each.first, old=was[each.key])
        for each in after
        if was.get(each.key, each.first) != each.first
    ]


def _end(before: date | None, after: date | None) -> str:
    if after is None:
        return _("no agreed end")
    if before is None:
        return _("agreed end {day}").format(day=long_date(after))
    return _("agreed end {new} instead of {old}").format(new=long_date(after), old=long_date(before))
