"""The tables of a portfolio: sessions with what was done in them, tasks by phase, what the measures came to, what to ask."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.course import COUNTED_KINDS, is_counted, numbers, phase_of
from ipt_desktop.domain.dates import long_date, numbers_in_words, short_date
from ipt_desktop.domain.form import Form, Means, Option
from ipt_desktop.domain.measure_words import said_score
from ipt_desktop.domain.records import Attendance, Session
from ipt_desktop.domain.report import Block, Cell, Column, MinorHead, Note, Prose, Table
from ipt_desktop.domain.self_check import SelfCheck, look_back, steps_in
from ipt_desktop.domain.text import _, marked
from ipt_desktop.services.course_file import CourseFile
from ipt_desktop.services.summary_texts import held_sessions

EVERY = 4
"""A measure is due at intake and every so many sessions (IPT Institute, portfolio for certification)."""
MEASURES = {"phq-9": "PHQ-9", "gad-7": "GAD-7"}
"""The measures of a portfolio, by key."""
_MISSED = {
    Attendance.CANCELLED_BY_CLIENT: marked("cancelled by client"),
    Attendance.CANCELLED_BY_THERAPIST: marked("cancelled by therapist"),
    Attendance.DID_NOT_COME: marked("did not come"),
}


@dataclass(frozen=True, slots=True)
class Checks:
    """The self-checks of a course by session, and the form they are asked with."""

    form: Form
    of: Mapping[str, SelfCheck] = field(default_factory=dict)

    def written(self, session: Session) -> SelfCheck:
        """Return what was written of a session."""
        return self.of.get(session.id, SelfCheck())


def session_table(file: CourseFile, checks: Checks) -> Iterator[Block]:
    """Yield each session held or missed: its number, date and phase, what was worked on and used, what was ticked."""
    held = {each.id for each in held_sessions(file)}
    told = [each for each in file.sessions if each.id in held or (each.kind in COUNTED_KINDS and each.attendance in _MISSED)]
    if not told:
        return
    counted = numbers(file.sessions)
    rows = tuple(_session_row(file, each, counted.get(each.id), checks) for each in told)
    heads = (_("No."), _("Date"), _("Phase"), _("Focus"), _("Techniques"), _("Steps"), _("Outside"))
    columns = tuple(Column(head, weight) for head, weight in zip(heads, (24, 62, 66, 96, 142, 44, 46), strict=True))
    scales = dict.fromkeys(scale for each in told if (scale := checks.written(each).scale))
    notes = [_("Steps: of what the protocol asks in every session, how many the therapist has ticked in the self-check.")]
    if scales:
        notes.append(_("Outside: the total of {scales}, as it was typed.").format(scales=", ".join(scales)))
    yield Table(columns, rows, note=" ".join(notes))


def _session_row(file: CourseFile, session: Session, number: int | None, checks: Checks) -> tuple[Cell, ...]:
    phase = phase_of(file.course, file.phase_changes, session.date)
    day = f"{short_date(session.date)} {session.date.year}".replace(" ", "\u00a0")
    if not is_counted(session):
        return "–", day, file.wording.phase(phase), _(_MISSED[session.attendance or Attendance.DID_NOT_COME]), "", "", ""
    note, check = file.notes.get(session.id), checks.written(session)
    areas = tuple(Option(key=key, label=words) for key, words in file.wording.areas())
    focus = note.chosen(Means.FOCUS, areas) if note else []
    used = note.chosen(Means.INTERVENTION) if note else []
    asked = {each.key for each in steps_in(file.protocol, checks.form, phase)}
    steps = _("{done} of {count}").format(done=len(check.done & asked), count=len(asked)) if check.done else ""
    said = (file.wording.phase(phase), _listed(focus), _listed(used), steps, check.total)
    return str(number or "–"), day, *said


def _listed(labels: Sequence[str]) -> str:
    return ", ".join(_(each) for each in labels)


def task_table(file: CourseFile, checks: Checks) -> Iterator[Block]:
    """Yield the tasks of each phase that are done and that are open, and how many of its sessions have a self-check."""
    ticked = [each.task for each in file.ticks]
    looks = look_back(file.protocol, file.course, file.phase_changes, held_sessions(file), ticked, checks.of, checks.form)
    counted, rows = numbers(file.sessions), []
    for look in looks:
        if not (look.sessions or look.done):
            continue
        held = numbers_in_words(counted[each.id] for each in look.sessions if each.id in counted)
        name = "\n".join(filter(None, (_(look.phase.label), _("sessions {numbers}").format(numbers=held) if held else "")))
        done = "; ".join(_(each.done or each.text) for each in look.done) or "–"
        still_open = "; ".join(_(each.text) for each in look.still_open) or "–"
        checked = _("{checked} of {count}").format(checked=look.checked, count=len(look.sessions)) if look.sessions else "–"
        rows.append((name, done, still_open, checked))
    if rows:
        heads = (_("Phase"), _("Tasks done"), _("Tasks open"), _("Self-checks"))
        yield Table(tuple(Column(head, weight) for head, weight in zip(heads, (82, 170, 170, 56), strict=True)), tuple(rows))


@dataclass(frozen=True, slots=True)
class Score:
    """What a measure of the table came to: its key, the day in disguise, the session it was given in, and whose it is."""

    measure: str
    on: date
    session_id: str | None
    total: float | None
    attribution: str


def measure_table(file: CourseFile, scores: Sequence[Score]) -> Iterator[Block]:
    """Yield at which sessions the measures are due, and what they came to there and whenever else they were given."""
    counted = numbers(file.sessions)
    held = {number: each for each in held_sessions(file) if (number := counted.get(each.id))}
    last = max([*held, file.course.planned_sessions, 1])
    due = {1, *range(EVERY, last + 1, EVERY)} | ({last} if file.course.ended_on is not None else set())
    by_place: dict[tuple[date, int], list[Score]] = {
        (held[number].date if number in held else date.max, number): [] for number in due
    }
    for score in scores:
        number = counted.get(score.session_id or "") or next((key for key, each in held.items() if each.date == score.on), 0)
        by_place.setdefault((held[number].date if number in held else score.on, number), []).append(score)
    rows = tuple(
        (
            _due_words(number, last, file) if number else _("apart from the sessions"),
            long_date(day) if day != date.max else "",
            *(", ".join(_said(each) for each in given if each.measure == key) for key in MEASURES),
        )
        for (day, number), given in sorted(by_place.items(), key=lambda place: place[0])
    )
    columns = (Column(_("When"), 100), Column(_("Date"), 100), *(Column(each, 80) for each in MEASURES.values()))
    note = _("Due at intake and every {count} sessions; a cell is empty where none was given.").format(count=EVERY)
    yield Table(columns, rows, note=note)
    whose = [
        _("{measure}: {attribution}").format(measure=", ".join(names), attribution=attribution)
        for attribution, names in _attributed(scores).items()
    ]
    if whose:
        yield Note(" ".join(whose))


def _said(score: Score) -> str:
    return "–" if score.total is None else said_score(score.total)


def _attributed(scores: Sequence[Score]) -> dict[str, list[str]]:
    """Return the names of the measures given, by whose they are."""
    whose = {each.measure: each.attribution for each in scores}
    told: dict[str, list[str]] = {}
    for key, name in MEASURES.items():
        if key in whose:
            told.setdefault(whose[key], []).append(name)
    return told


def _due_words(number: int, last: int, file: CourseFile) -> str:
    if number == 1:
        return _("intake (session 1)")
    if number == last and file.course.ended_on is not None:
        return _("end (session {number})").format(number=number)
    return _("session {number}").format(number=number)


def question_blocks(file: CourseFile, checks: Checks) -> Iterator[Block]:
    """Yield the supervision questions and what was written looking back, session by session."""
    counted = numbers(file.sessions)
    for session in held_sessions(file):
        check = checks.written(session)
        parts = [each for each in (check.question, check.reflection) if not rich_text.is_blank(each)]
        if parts:
            yield MinorHead(_("Session {number}").format(number=counted[session.id]))
            yield from (Prose(each) for each in parts)
