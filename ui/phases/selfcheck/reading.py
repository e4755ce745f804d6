"""What the chapter *Self-check* shows of a course: its sessions so far, what was written of each, each phase looked back on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain.course import is_counted, numbers, phase_of
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Session
from ipt_desktop.domain.self_check import PhaseLook, SelfCheck, look_back, read_self_check, steps_in
from ipt_desktop.domain.session_words import attended_words, title_of
from ipt_desktop.domain.text import _
from ui.sessions.session_words import SessionLine, day_of

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ui.phases.reading import CourseReading


@dataclass(frozen=True, slots=True)
class Total:
    """An outside scale's total as it was typed, and the session it is of."""

    session: str
    day: date
    scale: str
    total: str


@dataclass(frozen=True, slots=True)
class CheckReading:
    """A course looked back on. `sessions` are those to be chosen from, in order; `lines` say them, newest first."""

    sessions: Sequence[Session]
    lines: Sequence[SessionLine]
    looks: Sequence[PhaseLook]
    totals: Sequence[Total]


def read_checks(desk: Desk, reading: CourseReading, also: str = "") -> CheckReading:
    """Read what was written of a course's sessions; `also` is the id of one to be chosen from although it is not over."""
    form = desk.documents.form_for(Purpose.SELF_CHECK)
    checks = {
        each.session_id: read_self_check(desk.documents.form_of(each), each.answers)
        for each in desk.documents.of_course(reading.course.id, Purpose.SELF_CHECK)
        if each.session_id
    }
    held = [each for each in reading.sessions if is_counted(each) and each.date <= reading.today]
    over = [each for each in held if each.attendance or each.date < reading.today]
    here = {each.id for each in held} | {key for key, check in checks.items() if not check.is_blank} | {also}
    sessions = [each for each in reading.sessions if each.id in here]
    ticked = reading.ticks.keys()
    counted = numbers(reading.sessions)
    return CheckReading(
        sessions=sessions,
        lines=[_line(reading, each, counted.get(each.id), checks.get(each.id)) for each in reversed(sessions)],
        looks=look_back(reading.protocol, reading.course, reading.changes, over, ticked, checks, form),
        totals=[
            Total(title_of(each, counted.get(each.id)), each.date, checks[each.id].scale, checks[each.id].total)
            for each in sessions
            if each.id in checks and checks[each.id].total
        ],
    )


def steps_to_ask(desk: Desk, reading: CourseReading, session: Session) -> list[tuple[str, str]]:
    """Return the steps that the self-check of a session asks for, as (key, words): those of the phase it was held in."""
    form = desk.documents.form_for(Purpose.SELF_CHECK)
    phase = phase_of(reading.course, reading.changes, session.date)
    return [(each.key, each.text) for each in steps_in(reading.protocol, form, phase)]


def _line(reading: CourseReading, session: Session, number: int | None, check: SelfCheck | None) -> SessionLine:
    key = phase_of(reading.course, reading.changes, session.date)
    is_written = check is not None and not check.is_blank
    detail = written_words(check) if check is not None and is_written else _("nothing written")
    title, day = title_of(session, number), day_of(session.date, reading.today)
    spoken = ", ".join((title, day, attended_words(session.attendance), detail))
    return SessionLine(
        session.id, number, day, detail, spoken, reading.phase_label(key), is_held=is_counted(session), has_note=is_written
    )


def written_words(check: SelfCheck) -> str:
    """Return what was written of a session, in a few words: how much was ticked, and an outside total."""
    words = [_("{count} ticked").format(count=len(check.done))] if check.done else []
    if check.total:
        scale = check.scale or _("total")
        words.append(_("{scale} {total}").format(scale=scale, total=check.total))
    return " · ".join(words) or _("written")
