"""The blocks of a plan on paper: whom to ring in danger, what to do in order, whom to call, and what is asked at its foot."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Numbers:
    """Whom to ring in danger, large and in a panel: (who, number), the first one heaviest; the note stands below."""

    rows: tuple[tuple[str, str], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step of a plan: its lines are sentences, or (who, number)."""

    title: str
    lines: tuple[str | tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PlanSteps:
    """What to do, in order, large enough to be read in distress; the steps are numbered from 1."""

    steps: tuple[PlanStep, ...]


@dataclass(frozen=True, slots=True)
class Ticks:
    """Words with a box before each, (word, whether it is ticked), and a line after the last for `words`, printed or by hand."""

    options: tuple[tuple[str, bool], ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions with their answers; the note stands below, small."""

    rows: tuple[tuple[str, str | Ticks], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Contacts:
    """Whom to call, in order and numbered from 1: (who, number or how they are reached)."""

    rows: tuple[tuple[str, str], ...]


Plan = Numbers | PlanSteps | Questions | Contacts
