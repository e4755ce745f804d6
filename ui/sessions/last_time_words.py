"""The card *Last time* in words: what the course and its notes say about the time before a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.course import phase_of
from ipt_desktop.domain.dates import short_date
from ipt_desktop.domain.form import Form, Means
from ipt_desktop.domain.protocol import task_id
from ipt_desktop.domain.risk import KIND_WORDS, sentence
from ipt_desktop.domain.session_records import RiskKind, Step, StepDone
from ipt_desktop.domain.session_words import kind_words
from ipt_desktop.domain.step_words import done_words, due_words, is_open, near_day, with_words
from ipt_desktop.domain.text import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ipt_desktop.domain.anniversaries import Anniversary
    from ipt_desktop.domain.records import Session
    from ipt_desktop.services.desk import Desk
    from ipt_desktop.services.last_time import OpenRisk, Recalled
    from ui.sessions.course_notes import CourseNotes
    from ui.sessions.session_words import Note

MOST_TASKS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTimeTold:
    """What the card shows. `before` and `note` are the session last written of; `mood` is what was said then.

    `step` is the between-session task to be asked about, with whom and for when; `reviewed` says how it went where that was
    told outside of a note. `beside` are the plans of supervision and letters since then, and of the session before a call.
    Lists hold one line each. `more_tasks` counts the open tasks of the phase that are not in `tasks`; `measures` are those
    due at this session.
    """

    before: Session | None = None
    note: Note | None = None
    step: str = ""
    reviewed: str = ""
    other_steps: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    more_tasks: int = 0
    left: str = ""
    measures: str = ""


def tell_last_time(desk: Desk, course: CourseNotes, session: Session) -> LastTimeTold:
    """Read what belongs to the time before a session. Raises RecordGone where its course is no more."""
    from ipt_desktop.services.last_time import recall

    before, note = course.before(session)
    recalled = recall(desk.open_practice, session, before)
    tasks = _open_tasks(course, session, recalled)
    names = {each.id: each.name for each in desk.circles.people(course.course.client_id)}
    left = course.left_after(session)
    return LastTimeTold(
        before=before,
        note=note,
        step=_step_line(recalled.step, names, session.date) if recalled.step else "",
        reviewed=_told_elsewhere(recalled.step, session.date) if recalled.step else "",
        other_steps=tuple(_step_line(each, names, session.date) for each in recalled.other_steps),
        beside=tuple(line for each in course.beside_since(session) if (line := _plan_line(*each))),
        since=tuple(f"{short_date(date.fromisoformat(each.on))}: {each.title}" for each in recalled.since),
        risks=tuple(risk_line(each) for each in recalled.risks),
        near=tuple(_anniversary_line(each) for each in recalled.near),
        tasks=tuple(tasks[:MOST_TASKS]),
        more_tasks=max(len(tasks) - MOST_TASKS, 0),
        left="" if left is None else left_words(left),
        measures=_measures_due(desk, session),
    )


def _measures_due(desk: Desk, session: Session) -> str:
    """Return the measures due at a session of today or to come: "PHQ-9, GAD-7"; "" at one that is over."""
    if session.date < date.today():
        return ""
    names = {each.key: each.name for each in desk.measures.offered()}
    due = desk.measures.due(session.course_id, date.today())
    return ", ".join(names.get(each.measure, each.measure.upper()) for each in due)


def _step_line(step: Step, names: Mapping[str, str], today: date) -> str:
    """Return a task: "Say yes to lunch · with Tess · for 1 December"."""
    name = names.get(step.person_id or "", "")
    return " · ".join(each for each in (step.words, with_words(name), due_words(step, today)) if each)


def _told_elsewhere(step: Step, today: date) -> str:
    """Return how a task went that was asked about outside of any note: "partly · they had coffee · asked 25 November"."""
    if step.reviewed_in_id is not None or is_open(step):
        return ""
    asked = _("asked {day}").format(day=near_day(step.reviewed_on, today)) if step.reviewed_on else ""
    return " · ".join(each for each in (done_words(step), step.what_happened, asked) if each)


def _plan_line(session: Session, note: Note) -> str:
    """Return the plan another note than last time's ended with: "Supervision, 25 Nov: ask about the silence"."""
    answer = note.form.answer(note.document.answers, Means.PLAN)
    words = " ".join(rich_text.as_plain(rich_text.from_json(answer)).split()) if answer else ""
    kind = _("{kind}, {day}").format(kind=kind_words()[session.kind], day=short_date(session.date))
    return _("{kind}: {plan}").format(kind=kind, plan=words) if words else ""


def _open_tasks(course: CourseNotes, session: Session, recalled: Recalled) -> list[str]:
    phase = course.protocol.phase(phase_of(course.course, course.changes, session.date))
    tasks = phase.tasks if phase else ()
    return [_(each.text) for each in tasks if phase and task_id(phase, each) not in recalled.ticked]


def left_words(count: int) -> str:
    """Return how many sessions are left after this one: "3 sessions left"."""
    if count == 0:
        return _("This is the last session")
    return ngettext("{count} session left", "{count} sessions left", count).format(count=count)


def left_said(count: int | None) -> str:
    """Return what a tick says about the sessions left: "9 sessions left, said to the client"."""
    return _("Said to the client") if count is None else _("{left}, said to the client").format(left=left_words(count))


def risk_line(risk: OpenRisk) -> str:
    """Return "Passive ideation · asked 17 Nov"; another kind than suicide is named first."""
    words, kind = sentence(risk.words), _(KIND_WORDS[risk.kind])
    words = words if risk.kind is RiskKind.SUICIDE and words else f"{kind}: {words}" if words else kind
    return _("{risk} · asked {day}").format(risk=words[:1].upper() + words[1:], day=short_date(risk.asked_on))


def reviewed_words(form: Form, answers: Mapping[str, Any]) -> str:
    """Return what this session's note says of the task agreed last time: "You marked it done."; "" where it says nothing."""
    answer = form.answer(answers, Means.LAST_STEP)
    done = answer.get("done", "") if isinstance(answer, dict) else ""
    words = {
        StepDone.YES: _("You marked it done."),
        StepDone.PARTLY: _("You marked it partly done."),
        StepDone.NO: _("You marked it not done."),
    }
    return words[StepDone(done)] if done in set(StepDone) else ""


def mood_words(then: Any, now: Any) -> str:
    """Return what became of the mood since: "Mood 4, now 6"; "" where one of them was not said."""
    return _("Mood {then}, now {now}").format(then=then, now=now) if isinstance(then, int) and isinstance(now, int) else ""


def _anniversary_line(each: Anniversary) -> str:
    return f"{each.short_when}: {each.words}"
