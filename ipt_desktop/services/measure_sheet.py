"""The sheet of a measure on paper: one result with its answers, what its change counts for, and what was asked after a flag."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.course import numbers
from ipt_desktop.domain.dates import day_words, long_date
from ipt_desktop.domain.errors import RecordGone, Refused
from ipt_desktop.domain.form import Means
from ipt_desktop.domain.illness_words import medication_words, prescribed_on_paper, was_taken
from ipt_desktop.domain.measure import Respondent
from ipt_desktop.domain.measure_records import Given
from ipt_desktop.domain.measure_scale import scale_picture
from ipt_desktop.domain.measure_sheet import (
    Sheet,
    answer_blocks,
    change_blocks,
    extra_words,
    flag_title,
    result_words,
    rules_words,
    scale_of,
)
from ipt_desktop.domain.measured_words import first_alike, scores_words
from ipt_desktop.domain.report import Block, Drawing, Lead, Note, Panel, Pictures, Prose, Report, Section
from ipt_desktop.domain.rich_text import plain
from ipt_desktop.domain.risk import ASKED_WORDS, means_words
from ipt_desktop.domain.text import _, marked
from ipt_desktop.domain.third_parties import ThirdParties
from ipt_desktop.services.course_file import filled
from ipt_desktop.services.report_kind import About, Part, ReportKind, Whom
from ipt_desktop.services.report_page import footer, joined, page_about
from ipt_desktop.services.termination_summary import names_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ipt_desktop.domain.measured import Measured
    from ipt_desktop.domain.records import Session
    from ipt_desktop.domain.session_records import RiskEntry
    from ipt_desktop.services.summary_circle import PaperInk

KIND = "measure-sheet"
BAR_WIDTH = 627.0
"""Of the scale, in units of a picture, which at their natural size are the full width of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What was read of one result: with what it corrects or is corrected by, its session, what was asked, the day's mood."""

    sheet: Sheet
    others: ThirdParties
    session: Session | None = None
    number: int | None = None
    corrected: str = ""
    asked: RiskEntry | None = None
    mood: str = ""


def _records(about: About) -> Sequence[tuple[str, str]]:
    """Return the client's results, the latest first: "PHQ-9 · 11, moderate · 24 November 2026"."""
    found = about.desk.measures.measured(about.client_id)
    return [(each.result.id, joined(each.name, scores_words(each), long_date(each.result.on))) for each in reversed(found)]


def _missing(about: About) -> str:
    if about.desk.measures.measured(about.client_id):
        return ""
    return _("No measure has been given yet. Measures are entered under Progress.")


def _assemble(about: About) -> Report:
    desk = about.desk
    with desk.store.read():  # all that follows sees the same commit
        read = _read(about)
        client, practice = desk.clients.client(about.client_id), desk.practice.details()
    now = read.sheet.now
    sections = [each for each in _told(read, desk.reporting.ink) if each.part in ("", *about.include)]
    title = _("{measure} result").format(measure=now.measure.name)
    if now.about:
        title = _("{title} about {person}").format(title=title, person=read.others.hide(now.about))
    subtitle = joined(client.name, _given_words(read))
    report = page_about(practice, client, KIND, title, subtitle, sections, has_letterhead=False)
    return replace(report, footer=footer(about.today, is_initials_only=not names_in(report, read.others)))


def _read(about: About) -> _Read:
    desk = about.desk
    measured = desk.measures.measured(about.client_id)
    if not measured:
        raise Refused(reason=_missing(about))
    now = next((each for each in measured if each.result.id == about.record_id), None)
    if now is None:
        now = _one_of(about) or measured[-1]
    others = about.people()
    start = first_alike(measured, now)
    since = start.result.on if start else now.result.on
    taken = [each for each in desk.medications.of_client(about.client_id) if was_taken(each, since, now.result.on)]
    sheet = Sheet(
        now=now,
        start=start,
        rule_set=desk.resources.rule_set(desk.settings.values().rule_set),
        medication=[others.hide(medication_words(prescribed_on_paper(each, others))) for each in taken],
        is_new_version=start is None and _is_another_version(measured, now),
    )
    sessions = desk.sessions.sessions(now.result.course_id) if now.result.course_id else []
    session = next((each for each in sessions if each.id == now.result.session_id), None)
    return _Read(
        sheet=sheet,
        others=others,
        session=session,
        number=numbers(sessions).get(session.id) if session else None,
        corrected=_corrected(about, now, measured),
        asked=desk.risk.entry(now.result.risk_entry_id) if now.result.risk_entry_id else None,
        mood=_mood(about, now),
    )


def _one_of(about: About) -> Measured | None:
    """Return a result of the client that counts no more, since it was corrected."""
    try:
        found = about.desk.measures.one(about.record_id) if about.record_id else None
    except RecordGone:
        return None
    return found if found and found.result.client_id == about.client_id and found.result.finished_at else None


def _is_another_version(measured: Sequence[Measured], now: Measured) -> bool:
    return any(
        each.result.measure == now.result.measure
        and each.result.course_id == now.result.course_id
        and each.result.on < now.result.on
        for each in measured
    )


def _corrected(about: About, now: Measured, measured: Sequence[Measured]) -> str:
    """Say that a result was corrected, when and why, or that it has been since."""
    result = now.result
    later = next((each.result for each in measured if each.result.corrects_id == result.id), None)
    if later is not None:
        words = _("This result counts no more. It was corrected on {day}: {reason}")
        return words.format(day=long_date(later.created_at.astimezone().date()), reason=_ended(later.reason))
    before = about.desk.measures.earlier_versions(result.id) if result.corrects_id else []
    if not before:
        return ""
    words = _("Corrected on {day}: {reason} Before, it was {scores}.")
    scores = scores_words(replace(now, result=before[0]))
    return words.format(day=long_date(result.created_at.astimezone().date()), reason=_ended(result.reason), scores=scores)


def _mood(about: About, now: Measured) -> str:
    """Return the mood noted in the session's note, with what the ends of its scale are called."""
    result = now.result
    note = about.desk.documents.notes(result.course_id).get(result.session_id or "") if result.course_id else None
    if note is None:
        return ""
    said = filled(about.desk, note)
    field = said.form.field_that_means(Means.MOOD) if said.form else None
    mood = said.answer(Means.MOOD)
    if field is None or not isinstance(mood, int):
        return ""
    ends = _("{lowest} {low}, {highest} {high}").format(
        lowest=field.lowest, low=_(field.low), highest=field.highest, high=_(field.high)
    )
    return _("Mood at this session: {mood} ({ends}).").format(mood=mood, ends=ends)


def _given_words(read: _Read) -> str:
    """Return how it came in, on which day and at which session."""
    result, measure = read.sheet.now.result, read.sheet.measure
    if result.given is Given.SCORES:
        how = _("scores entered")
    elif measure.respondent == Respondent.CLINICIAN:
        how = _("rated by the therapist")
    elif result.given is Given.SCREEN:
        how = _("filled in on screen by the client")
    else:
        how = _("filled in on paper")
    day = day_words(result.on, has_weekday=True, has_year=True)
    session = _session_words(read)
    return ", ".join(filter(None, (how, day, session)))


def _session_words(read: _Read) -> str:
    session, result = read.session, read.sheet.now.result
    if session is None or read.number is None:
        return ""
    is_before = (
        result.on == session.date
        and session.starts_at is not None
        and result.finished_at is not None
        and result.finished_at.astimezone().date() == session.date
        and result.finished_at.astimezone().time() <= session.starts_at
    )
    words = _("before session {number}") if is_before else _("session {number}")
    return words.format(number=read.number)


# -- the page ----------------------------------------------------------------------------------------------------------


def _told(read: _Read, ink: PaperInk) -> Iterator[Section]:
    sheet, hide = read.sheet, read.others.hide
    first: list[Block] = [Lead(words)] if (words := result_words(sheet.now)) else []
    if read.corrected:
        first.append(Panel(hide(read.corrected), _("Corrected")))
    first += change_blocks(sheet)
    if (scale := scale_of(sheet)) is not None:
        first.append(Pictures((Drawing("", "", scale_picture(scale, BAR_WIDTH, ink.measure)),)))
    yield Section("result", "", tuple(first), is_full_width=True)
    if answers := tuple(answer_blocks(sheet)):
        yield Section("answers", "", answers, is_full_width=True, is_editable=False, part="answers")
    safety = {str(each.item) for each in sheet.now.safety_flags}
    for item in sheet.now.result.flagged:
        if item not in safety and read.asked is None:
            continue  # a soft flag asks for nothing to be noted
        panel = Panel(hide(_asked_words(read.asked)), flag_title(sheet.now, item))
        yield Section(f"flag_{item}", "", (panel,), is_full_width=True, part="flagged")
    yield from _beside(read)
    yield Section("rights", "", (Note(_rights(sheet)),), is_full_width=True, is_editable=False)


def _beside(read: _Read) -> Iterator[Section]:
    told = extra_words(read.sheet.now)
    mood = plain(read.mood) if read.mood else ()
    if told or mood:
        title = _("Difficulty and mood") if told and mood else _("Difficulty") if told else _("Mood")
        scored = rich_text.as_plain((*told, *mood))
        words = _("{words} Not part of the score.").format(words=" ".join(scored.split("\n")))
        yield Section("beside", title, (Prose(plain(words)),), is_full_width=True, part="beside")


def _asked_words(entry: RiskEntry | None) -> str:
    """Return what was asked after a flag and what was found, means and by whom they are restricted, what was done, who told."""
    if entry is None:
        return _("Nothing is noted yet of what was asked about it.")
    found = [_ended(each) for each in (entry.words, entry.ideation, entry.plan, entry.intent, entry.protective) if each.strip()]
    means = means_words(entry)
    parts = [
        _("{asked}, {day}.").format(asked=_(ASKED_WORDS[entry.asked]), day=long_date(entry.on)),
        *found,
        _ended(means[:1].upper() + means[1:]) if means else "",
        _("Action taken: {action}").format(action=_ended(entry.action)) if entry.action.strip() else "",
        _("Told: {told}").format(told=_ended(entry.told)) if entry.told.strip() else "",
    ]
    return " ".join(" ".join(filter(None, parts)).split())


def _ended(words: str) -> str:
    told = words.strip()
    return told if told.endswith((".", "!", "?", "…")) else f"{told}."


def _rights(sheet: Sheet) -> str:
    measure = sheet.measure
    whose = _("{measure}, {name}. {attribution}").format(
        measure=measure.name, name=measure.full_name, attribution=measure.licence.attribution
    )
    version = _("Version: {version}.").format(version=measure.version.rstrip(".")) if measure.version else ""
    parts = (whose, version, rules_words([measure], sheet.rule_set), _("A score is an aid to judgement, not a diagnosis."))
    return " ".join(filter(None, parts))


MEASURE_SHEET = ReportKind(
    key=KIND,
    whom=Whom.FILE,
    file_words=marked("measure"),
    assemble=_assemble,
    parts=(
        Part("answers", marked("Answers"), marked("Answers by topic")),
        Part("flagged", marked("What was asked"), marked("What was asked after an answer about risk")),
        Part("beside", marked("Difficulty and mood"), marked("Difficulty and mood")),
    ),
    needs_course=False,
    missing=_missing,
    records=_records,
    holds=(marked("the result in words"), marked("medication dates"), marked("whose the measure is")),
    leaves_out=(marked("other measures"),),
)
