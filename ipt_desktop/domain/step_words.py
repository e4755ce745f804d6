"""Between-session tasks in words, and the order they are read in. Never overdue: a task that waits is one to ask about."""

from collections.abc import Iterable
from datetime import date

from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.session_records import MoodEffect, Step, StepDone
from ipt_desktop.domain.text import _, marked

DONE_WORDS = {StepDone.YES: marked("done"), StepDone.PARTLY: marked("partly"), StepDone.NO: marked("not done")}
MOOD_WORDS = {
    MoodEffect.BETTER: marked("mood better"),
    MoodEffect.SAME: marked("mood the same"),
    MoodEffect.WORSE: marked("mood worse"),
}


def is_open(step: Step) -> bool:
    """Whether nobody has asked yet how it went."""
    return step.done is None and step.reviewed_on is None


def is_to_review(step: Step, today: date) -> bool:
    """Whether it is time to ask: it was agreed before today and is for no later day."""
    return is_open(step) and step.agreed_on < today and (step.due is None or step.due <= today)


def in_list_order(steps: Iterable[Step]) -> list[Step]:
    """Return the open ones first, and of both kinds those agreed last."""
    latest = sorted(steps, key=lambda each: (each.agreed_on, each.created_at, each.id), reverse=True)
    return sorted(latest, key=lambda each: not is_open(each))


def done_words(step: Step) -> str:
    """Return "open", "done", "partly" or "not done"; "reviewed" where only words say how it went."""
    if is_open(step):
        return _("open")
    return _(DONE_WORDS[step.done]) if step.done is not None else _("reviewed")


def mood_words(step: Step) -> str:
    """Return what it did to the mood, as the client says it; "" where that was not asked."""
    return _(MOOD_WORDS[step.mood_effect]) if step.mood_effect is not None else ""


def with_words(name: str) -> str:
    """Return whom a task is with: "with Tess"; "" where it is with nobody in particular."""
    return _("with {name}").format(name=name) if name else ""


def due_words(step: Step, today: date) -> str:
    """Return what day it is for: "for 1 December"; "" where none was agreed."""
    return _("for {day}").format(day=near_day(step.due, today)) if step.due is not None else ""


def near_day(day: date, today: date) -> str:
    """Return a date in words, the year only where it is another one."""
    return day_words(day, has_year=day.year != today.year)
