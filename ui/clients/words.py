"""The words of the Clients tab for what is stored as a key."""

import unicodedata
from collections.abc import Collection, Sequence
from datetime import date

from ipt_desktop.domain.dates import long_date, short_date, span
from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.records import AgreedPhase, Client, ClientStatus, Course, EndingKind
from ipt_desktop.domain.text import _, marked, ngettext
from ipt_desktop.domain.wording import Wording

STATUS_WORDS = {
    ClientStatus.ENQUIRY: marked("Enquiry"),
    ClientStatus.WAITING: marked("Waiting"),
    ClientStatus.ACTIVE: marked("Active"),
    ClientStatus.FINISHED: marked("Finished"),
}
ENDING_WORDS = {
    EndingKind.PLANNED: marked("As planned"),
    EndingKind.EARLY_BY_CLIENT: marked("Early, the client’s decision"),
    EndingKind.EARLY_BY_THERAPIST: marked("Early, the therapist’s decision"),
    EndingKind.TRANSFER: marked("Transfer to someone else"),
    EndingKind.LOST_CONTACT: marked("Contact was lost"),
}
NONE = "–"


def status_word(client: Client) -> str:
    """Return a client's status; an archived file says so instead."""
    return _("Archived") if client.is_archived else _(STATUS_WORDS[client.status])


def full_day(day: date | None) -> str:
    """Return "6 October 2026", or nothing."""
    return long_date(day) if day else ""


def short_day(day: date | None, today: date) -> str:
    """Return "6 Oct", with its year where that is not this one, or nothing."""
    if day is None:
        return ""
    return short_date(day) if day.year == today.year else f"{short_date(day)} {day.year}"


def folded(text: str) -> str:
    """Return a text without case and diacritics, as it is searched and sorted: "Wójcik" is found by "wojcik"."""
    apart = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("Ø", "O"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()


def course_days(course: Course) -> str:
    """Return when a course began and ended, or is planned to end."""
    if course.ended_on is not None:
        return span(course.started_on, course.ended_on)
    return _("since {start}").format(start=long_date(course.started_on))


def course_state(course: Course) -> str:
    """Return whether a course is running, or how it ended."""
    if course.ended_on is None:
        return _("running")
    kind = _(ENDING_WORDS[course.ending]) if course.ending else _("ended")
    return _("ended: {how}").format(how=kind[:1].lower() + kind[1:]) if course.ending else kind


def phases_words(phases: Sequence[AgreedPhase], protocol: Protocol) -> str:
    """Return "Initial 1–3 · Middle 4–13 · Termination 14–16"; one without an end is "Maintenance from 1"."""
    return " · ".join(f"{phase_label(each.key, protocol)} {_span(each)}" for each in phases)


def about_words(protocol: Protocol, replacing: Collection[str]) -> str:
    """Return whom a protocol is for, and whether it is one of the `replacing` that stand for one of the program's."""
    replaces = _("Replaces the one that came with the program.") if protocol.key in replacing else ""
    return " ".join(each for each in (_(protocol.about) if protocol.about else "", replaces) if each)


def phase_label(key: str, protocol: Protocol) -> str:
    """Return the protocol's word for a phase."""
    return Wording(protocol).phase(key)


def _span(phase: AgreedPhase) -> str:
    if not phase.last:
        return _("from {number}").format(number=phase.first)
    return str(phase.first) if phase.first == phase.last else f"{phase.first}–{phase.last}"


def sessions_words(sessions: int, minutes: int, frequency: str) -> str:
    """Return "16 sessions of 50 minutes, weekly"; without a number "Sessions of 50 minutes, monthly, no number agreed"."""
    if not sessions:
        how_often = _(frequency) if frequency else ""
        parts = (_("Sessions of {minutes} minutes").format(minutes=minutes), how_often, _("no number agreed"))
        return ", ".join(each for each in parts if each)
    words = ngettext("{count} session of {minutes} minutes", "{count} sessions of {minutes} minutes", sessions)
    said = words.format(count=sessions, minutes=minutes)
    return _("{sessions}, {frequency}").format(sessions=said, frequency=_(frequency)) if frequency else said


def agreement_words(
    sessions: int, minutes: int, frequency: str, started_on: date, planned_end: date | None, phases: str
) -> str:
    """Return one sentence that says what is agreed."""
    start, end = full_day(started_on), full_day(planned_end)
    span = _("from {start} to {end}").format(start=start, end=end) if end else _("from {start}").format(start=start)
    said = sessions_words(sessions, minutes, frequency)
    said = said if sessions else said[:1].lower() + said[1:]
    return _("Agreed: {sessions}, {span}. {phases}.").format(sessions=said, span=span, phases=phases)
