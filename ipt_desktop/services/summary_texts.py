"""The texts of a summary of treatment as the record gives them: facts counted, the therapist's own words quoted.

Other people are initials in all of them (`domain.third_parties`): whole words as spelt in the list of people, so the
therapist reads the page before it goes out. Nothing is concluded here, and no answer that is off the record is read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import Formatter

from ipt_desktop.domain.course import is_counted, numbers, sessions_by_phase
from ipt_desktop.domain.dates import day_and_month, long_date, span
from ipt_desktop.domain.form import Means, Option
from ipt_desktop.domain.protocol import Task, task_id
from ipt_desktop.domain.records import EndingKind, ProblemArea, Session
from ipt_desktop.domain.rich_text import Block, RichText, Run, plain
from ipt_desktop.domain.session_records import RiskAsked
from ipt_desktop.domain.text import _, marked, ngettext
from ipt_desktop.domain.third_parties import ThirdParties
from ipt_desktop.services.course_file import CourseFile
from ipt_desktop.services.ending_texts import headed, heading, in_sentence, paragraph, texts_of_ending

MOST_FINDINGS = 3
"""With more findings about risk than these, the first one and the latest change stand for them beside the last."""
_ENDED = {
    EndingKind.PLANNED: marked("It ended as planned."),
    EndingKind.EARLY_BY_CLIENT: marked("The client ended it early."),
    EndingKind.EARLY_BY_THERAPIST: marked("The therapist ended it early."),
    EndingKind.TRANSFER: marked("The client was transferred."),
    EndingKind.LOST_CONTACT: marked("Contact was lost."),
}


def assembled_texts(file: CourseFile, others: ThirdParties) -> dict[Means, RichText]:
    """Return every text of the summary by its meaning; one the record says nothing about is empty."""
    names = others.printed
    phases = _phase_texts(file)
    texts = {
        Means.IN_BRIEF: (*_in_brief(file), *file.ending.prose(Means.ENDING_REASON)),
        Means.PRESENTING: _presenting(file),
        Means.NARRATIVE: tuple(formulation_text(file, names)),
        Means.RISK: tuple(_risk(file)),
        **texts_of_ending(file.ending),
        **{means: phases.get(key, ()) for key, means in phase_means(file).items()},
    }
    return {means: others.hide_in(text) for means, text in texts.items()}


def held_sessions(file: CourseFile) -> list[Session]:
    """Return the sessions that were held: those that count and lie in the past, or were answered."""
    return [each for each in file.sessions if is_counted(each) and (each.attendance or each.date < file.today)]


def phase_means(file: CourseFile) -> dict[str, Means]:
    """Return which text is a phase's own, by the phase's key: the first, the last, and the one in the middle."""
    keys = [each.key for each in file.course.phases]
    by_key = {keys[1]: Means.COURSE_MIDDLE} if len(keys) > 2 else {}
    by_key |= {keys[-1]: Means.COURSE_TERMINATION, keys[0]: Means.COURSE_INITIAL} if keys else {}
    return by_key


def area_heading(file: CourseFile, area: ProblemArea, names: Mapping[str, str]) -> str:
    """Return "Role dispute (primary): T.N., husband"."""
    rank = _("primary") if area.rank == 1 else _("secondary")
    head = _("{area} ({rank})").format(area=area_label(file, area), rank=rank)
    person = names.get(area.person_id or "")
    return _("{area}: {person}").format(area=head, person=person) if person else head


def area_label(file: CourseFile, area: ProblemArea) -> str:
    """Return the protocol's word for a problem area; of one that it does not know, the word of the protocol before."""
    return file.wording.area(area.area)


def phases_of(file: CourseFile) -> list[str]:
    """Return the keys of the phases: those set under another protocol, those agreed, those that came after these."""
    agreed = [each.key for each in file.course.phases]
    told = [each.phase for each in file.phase_changes] + [each.task.partition(".")[0] for each in file.ticks]
    others = [each for each in dict.fromkeys(told) if each not in agreed]
    after = [each.key for each in file.protocol.after_phases if each.key in others]
    return [*(each for each in others if each not in after), *agreed, *after]


def texts_of_other_phases(file: CourseFile, others: ThirdParties) -> dict[str, RichText]:
    """Return what was done in each phase that has no text of its own in the report."""
    own = phase_means(file)
    return {key: others.hide_in(text) for key, text in _phase_texts(file).items() if key not in own}


# -- in brief, presenting ----------------------------------------------------------------------------------------------


def _in_brief(file: CourseFile) -> RichText:
    course, held = file.course, len(held_sessions(file))
    values = {"held": held, "planned": course.planned_sessions, "start": long_date(course.started_on)}
    if course.is_open:
        words = _in_brief_without_number(file, held)
    elif course.ended_on:
        words = ngettext(
            "From {dates}, {held} session of interpersonal psychotherapy was held; {planned} were planned.",
            "From {dates}, {held} sessions of interpersonal psychotherapy were held; {planned} were planned.",
            held,
        ).format(**values, dates=span(course.started_on, course.ended_on))
    elif held:
        words = ngettext(
            "Since {start}, {held} session of interpersonal psychotherapy has been held; {planned} are planned.",
            "Since {start}, {held} sessions of interpersonal psychotherapy have been held; {planned} are planned.",
            held,
        ).format(**values)
    elif course.started_on > file.today:
        words = _("The course begins on {start}; {planned} sessions are planned.").format(**values)
    else:
        words = _("The course began on {start}; {planned} sessions are planned, none has been held.").format(**values)
    ended = [Run(" " + _(_ENDED[course.ending]))] if course.ended_on and course.ending else []
    return (Block((Run(words), *_areas_in_brief(file), *ended)),)


def _in_brief_without_number(file: CourseFile, held: int) -> str:
    """Return how many sessions were held in a course that agreed on no number of them."""
    course, start = file.course, long_date(file.course.started_on)
    if course.ended_on:
        return ngettext(
            "From {dates}, {held} session of interpersonal psychotherapy was held.",
            "From {dates}, {held} sessions of interpersonal psychotherapy were held.",
            held,
        ).format(held=held, dates=span(course.started_on, course.ended_on))
    if held:
        return ngettext(
            "Since {start}, {held} session of interpersonal psychotherapy has been held; it goes on without a number agreed.",
            "Since {start}, {held} sessions of interpersonal psychotherapy have been held; they go on without a number agreed.",
            held,
        ).format(held=held, start=start)
    if course.started_on > file.today:
        return _("The course begins on {start}, without a number of sessions agreed.").format(start=start)
    return _("The course began on {start}, without a number of sessions agreed; none has been held.").format(start=start)


def _areas_in_brief(file: CourseFile) -> Iterator[Run]:
    labels = [area_label(file, each).lower() for each in file.areas[:2]]
    if labels:
        yield Run(" ")
        one, two = _("The work is on {first}."), _("The work is on {first} and, second, on {second}.")
        if file.course.ended_on:
            one, two = _("The work was on {first}."), _("The work was on {first} and, second, on {second}.")
        yield from with_bold(two if labels[1:] else one, first=labels[0], second=labels[-1])


def with_bold(template: str, **words: str) -> Iterator[Run]:
    """Fill a template as `str.format` does, the words put in being bold."""
    for text, name, _spec, _conversion in Formatter().parse(template):
        if text:
            yield Run(text)
        if name:
            yield Run(words[name], bold=True)


def _presenting(file: CourseFile) -> RichText:
    return (
        file.formulation.prose(Means.PRESENTING)
        or plain(file.client.presenting_problem.strip())
        or plain(_("“{words}”").format(words=file.client.own_words.strip()) if file.client.own_words.strip() else "")
    )


# -- formulation -------------------------------------------------------------------------------------------------------


def formulation_text(file: CourseFile, names: Mapping[str, str]) -> Iterator[Block]:
    """Yield the problem areas, the dispute's stages, and what links the symptoms to them. `names` are people by id."""
    for area in file.areas:
        yield heading(area_heading(file, area, names))
        yield from plain(_as_sentence(area.about.strip()))
        yield from _stages(file, area)
    shared = file.formulation.prose(Means.NARRATIVE)
    yield from headed(_("As it was shared"), shared)
    if not shared:
        yield from headed(_("Why now"), file.formulation.prose(Means.WHY_NOW))
    is_over = file.course.ended_on is not None
    held = _("What held the symptoms in place") if is_over else _("What holds the symptoms in place")
    yield from headed(held, file.formulation.prose(Means.WHY_IT_PERSISTS))
    yield from headed(_("Strengths"), file.formulation.prose(Means.STRENGTHS))


def _stages(file: CourseFile, area: ProblemArea) -> Iterator[Block]:
    """Yield the stage of a dispute at its first and at its latest judgement."""
    judged = sorted(
        (each for each in file.stages if each.problem_area_id == area.id), key=lambda each: (each.on, each.created_at)
    )
    stages = [file.wording.stage(area.area, each.stage) for each in judged]
    if len(stages) > 1:
        is_over = file.course.ended_on is not None
        at_end, now = _("Stage at the start: {first}; at the end: {last}."), _("Stage at the start: {first}; now: {last}.")
        sentence = at_end if is_over else now
        yield Block(tuple(with_bold(sentence, first=stages[0], last=stages[-1])))
    elif stages:
        yield Block(tuple(with_bold(_("Stage: {first}."), first=stages[0])))


# -- the course --------------------------------------------------------------------------------------------------------


def _phase_texts(file: CourseFile) -> dict[str, RichText]:
    """Return what was done in each phase: its tasks that are ticked, then what the notes of its sessions say was used."""
    sessions = sessions_by_phase(file.course, file.phase_changes, file.sessions)
    texts = {}
    for key in phases_of(file):
        sentences = [*_tasks_done(file, key), *_worked_with(file, sessions.get(key, []))]
        texts[key] = plain(" ".join(sentences))
    return texts


def _tasks_done(file: CourseFile, key: str) -> Iterator[str]:
    """Yield the tasks ticked in the order of the protocol, then those of a protocol before it."""
    phase = file.protocol.phase(key)
    order = [task_id(phase, each) for each in phase.tasks] if phase else []
    ticked = [each.task for each in file.ticks if each.task.partition(".")[0] == key]
    ticked.sort(key=lambda each: order.index(each) if each in order else len(order))
    known = [file.wording.known_task(each) or Task(key=each, text=file.wording.task(each)) for each in ticked]
    done = [_(each.done or each.text) for each in known]
    if done:
        yield "; ".join([done[0], *map(in_sentence, done[1:])]) + "."


def _worked_with(file: CourseFile, sessions: Sequence[Session]) -> Iterator[str]:
    areas = tuple(Option(key=key, label=words) for key, words in file.wording.areas())
    notes = [file.notes[each.id] for each in sessions if each.id in file.notes]
    focus = _each_once(label for note in notes for label in note.chosen(Means.FOCUS, areas))
    used = _each_once(label for note in notes for label in note.chosen(Means.INTERVENTION))
    if focus:
        yield _("Worked on: {areas}.").format(areas=", ".join(focus))
    if used:
        yield _("Used: {interventions}.").format(interventions=", ".join(used))


def _each_once(labels: Iterable[str]) -> list[str]:
    return [in_sentence(_(each)) for each in dict.fromkeys(labels)]


def _as_sentence(words: str) -> str:
    """Return a few words as a sentence; one that has its end keeps it."""
    end = "" if not words or words[-1] in ".!?…”»" else "."
    return words[:1].upper() + words[1:] + end


# -- risk --------------------------------------------------------------------------------------------------------------


def _risk(file: CourseFile) -> Iterator[Block]:
    """Yield when risk was asked and what was found, in factual words; that it was not asked is said too."""
    noted = [(each, file.notes[each.id].answer(Means.RISK) or {}) for each in file.sessions if each.id in file.notes]
    asked = [(each, said) for each, said in noted if said.get("asked", "") not in ("", RiskAsked.NOT_ASKED)]
    worded = [(each, words) for each, said in asked if (words := _said(said, "words"))]
    told = worded if len(worded) <= MOST_FINDINGS else [worded[0], *_last_change(asked, besides=worded[0][0])]
    for session, words in told:
        yield paragraph(_("{date}: {words}.").format(date=_session_words(file, session), words=words))
    if asked:
        session, said = asked[-1]
        sentence = ngettext(
            "Asked in {count} session, last on {date}: {found}.",
            "Asked in {count} sessions, last on {date}: {found}.",
            len(asked),
        )
        is_told = bool(worded) and worded[-1] in told
        is_own_told = is_told and worded[-1][0] is session
        found = _found({**said, "words": ""} if is_own_told else said, [] if is_told else worded)
        yield paragraph(sentence.format(count=len(asked), date=long_date(session.date), found=found))
    else:
        yield paragraph(_("No note of this course says that risk was asked."))
    for session, said in noted:
        if action := _said(said, "action"):
            yield paragraph(_("Action taken on {date}: {action}.").format(date=long_date(session.date), action=action))


def _last_change(asked: Sequence[tuple[Session, Mapping[str, str]]], *, besides: Session) -> list[tuple[Session, str]]:
    """Return the latest finding that was a change, where it is not the one already told."""
    changed = [(each, _said(said, "words")) for each, said in asked if said["asked"] == RiskAsked.CHANGED]
    return [(each, words) for each, words in changed[-1:] if words and each is not besides]


def _said(answer: Mapping[str, str], part: str) -> str:
    return answer.get(part, "").strip().rstrip(".")


def _found(said: Mapping[str, str], worded: Sequence[tuple[Session, str]]) -> str:
    """Say what the last asking found; where it was unchanged, what it had been, and since when."""
    own = _said(said, "words")
    if said["asked"] == RiskAsked.NONE:
        return _("none reported")
    if said["asked"] == RiskAsked.CHANGED:
        return own or _("changed")
    if not own and worded:
        session, words = worded[-1]
        own = _("{words} ({date})").format(words=words, date=day_and_month(session.date))
    return _("unchanged, {words}").format(words=in_sentence(own)) if own else _("unchanged")


def _session_words(file: CourseFile, session: Session) -> str:
    number = numbers(file.sessions).get(session.id)
    day = day_and_month(session.date)
    return _("{date} (session {number})").format(date=day, number=number) if number else day
