"""What the record puts into a letter: words for a few places, sentences for the others. It states, and never directs.

Of the work on relationships only the problem area is told, and other people stand in initials: this is the least set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.course import booked_after, session_count
from ipt_desktop.domain.dates import long_date, span
from ipt_desktop.domain.form import Means
from ipt_desktop.domain.illness_words import has_ended, medicine_words, prescribed_on_paper, was_taken
from ipt_desktop.domain.records import Attendance, EndingKind
from ipt_desktop.domain.rich_text import Block, plain
from ipt_desktop.domain.standing import TITLES
from ipt_desktop.domain.text import _, marked, ngettext
from ipt_desktop.domain.treatment_records import DiagnosisAt
from ipt_desktop.domain.typed_when import when_words
from ipt_desktop.services.ending_texts import in_sentence, review_day, run_on
from ipt_desktop.services.recipients import referrer
from ipt_desktop.services.summary_texts import area_label, held_sessions, with_bold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ipt_desktop.domain.rich_text import RichText
    from ipt_desktop.domain.third_parties import ThirdParties
    from ipt_desktop.domain.treatment_records import Diagnosis, Medication
    from ipt_desktop.services.course_file import CourseFile

MOST_DAYS = 12
"""Of more days than these a letter names the first and the last."""
_ENDED = {
    EndingKind.PLANNED: marked("ended as planned"),
    EndingKind.EARLY_BY_CLIENT: marked("ended early by the client"),
    EndingKind.EARLY_BY_THERAPIST: marked("ended early by me"),
    EndingKind.TRANSFER: marked("ended with a transfer"),
    EndingKind.LOST_CONTACT: marked("ended when contact was lost"),
}
_AFTERWARDS = {
    "end": marked("No further sessions are planned."),
    "taper": marked("The sessions come further apart, and then end."),
    "continuation": marked("The sessions go on."),
    "maintenance": marked("Maintenance sessions are agreed."),
}


def letter_words(file: CourseFile, others: ThirdParties, risk: RichText, addressee: str) -> dict[str, RichText]:
    """Return what may stand in braces in a letter, by its name; `addressee` is to whom it goes, a line each."""
    client, practice = file.client, file.practice
    words = {
        "client": client.name,
        "born": long_date(client.born_on) if client.born_on else "",
        "born_on": _(", born {day}").format(day=long_date(client.born_on)) if client.born_on else "",
        "reference": client.reference,
        "therapist": practice.therapist or practice.name,
        "profession": practice.profession,
        "practice": practice.name,
        "contact": ", ".join(practice.contact.splitlines()),
        "referrer": client.referred_by,
        "addressee": addressee,
        "salutation": salutation(addressee),
        "today": long_date(file.today),
        "stage": stage(file),
        "first_session": long_date(held_sessions(file)[0].date) if held_sessions(file) else "",
        "last_session": long_date(held_sessions(file)[-1].date) if held_sessions(file) else "",
        "sessions": _sessions(len(held_sessions(file))),
        "referral": _referral(file, addressee),
        "treatment": _treatment(file, _subject(file) if _referral(file, addressee) else client.name),
        "attendance": _attendance(file),
        "diagnosis": others.hide(_diagnosis(file)),
        "medication": _medication(file, others, addressee),
        "functioning": others.hide(_functioning(file)),
        "plan": others.hide(plan_words(file)),
        "appointments": appointment_words(file),
    }
    told = {name: plain(said) for name, said in words.items() if said}
    return {**told, "focus": _focus(file), "risk": others.hide_in(risk)}


def addressee_of(file: CourseFile) -> str:
    """Return who referred the client, as the lines of an address; "" for one who came by themselves."""
    return "\n".join(part.strip() for part in referrer(file.client).split(",") if part.strip())


def salutation(addressee: str) -> str:
    """Return "Dear Dr Grant,", by the title and the last word of a name; where there is no title, "Dear colleague,"."""
    name = addressee.partition("\n")[0].split()
    if len(name) > 1 and name[0].strip(".").casefold() in TITLES:
        return _("Dear {name},").format(name=f"{name[0]} {name[-1]}")
    return _("Dear colleague,")


def stage(file: CourseFile) -> str:
    """Return how far the course is: "end of treatment", "after seven sessions", "start of treatment"."""
    held = len(held_sessions(file))
    if file.course.ended_on:
        return _("end of treatment")
    if not held:
        return _("start of treatment")
    return ngettext("after {count} session", "after {count} sessions", held).format(count=number_word(held))


def number_word(number: int) -> str:
    """Return a number up to twenty in words, as running text has it, and a larger one in digits."""
    words = (
        *(_("none"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six")),
        *(_("seven"), _("eight"), _("nine"), _("ten"), _("eleven"), _("twelve"), _("thirteen")),
        *(_("fourteen"), _("fifteen"), _("sixteen"), _("seventeen"), _("eighteen"), _("nineteen"), _("twenty")),
    )
    return words[number] if number < len(words) else str(number)


def _sessions(count: int) -> str:
    return ngettext("{count} session", "{count} sessions", count).format(count=number_word(count))


def _subject(file: CourseFile) -> str:
    """Return "She" or "He" where the client said so, else the name: the sentences are in the singular."""
    said = file.client.pronouns.strip().casefold().partition("/")[0]
    return {"she": _("She"), "he": _("He")}.get(said, file.client.name)


# -- the course --------------------------------------------------------------------------------------------------------


def _is_referrer(file: CourseFile, addressee: str) -> bool:
    return bool(addressee) and addressee.split("\n")[0] == addressee_of(file).split("\n")[0]


def _referral(file: CourseFile, addressee: str) -> str:
    client = file.client
    if not client.referred_on or not _is_referrer(file, addressee):
        return ""
    return _("You referred {client} on {day}.").format(client=client.name, day=long_date(client.referred_on))


def _treatment(file: CourseFile, subject: str) -> str:
    course, held = file.course, len(held_sessions(file))
    planned = course.planned_sessions
    values = {"subject": subject, "start": long_date(course.started_on), "held": _sessions(held), "planned": planned}
    if course.ended_on:
        words = _("{subject} had interpersonal psychotherapy with me from {dates}: {count}, {ended}.")
        count = _("{planned} agreed and held").format(planned=_sessions(planned)) if held == planned else _held(file)
        ended = _(_ENDED[course.ending]) if course.ending else _("ended")
        return words.format(**values, dates=span(course.started_on, course.ended_on), count=count, ended=ended)
    if held:
        words = _("{subject} has had interpersonal psychotherapy with me since {start}: {count}.")
        return words.format(**values, count=_held(file))
    if course.started_on > file.today:
        return _("{subject} begins interpersonal psychotherapy with me on {start}.").format(**values)
    return _("{subject} began interpersonal psychotherapy with me on {start}; no session has been held.").format(**values)


def _held(file: CourseFile) -> str:
    """Return "seven of sixteen sessions held, one cancelled"."""
    held, planned = len(held_sessions(file)), file.course.planned_sessions
    missed = sum(
        each.attendance in (Attendance.CANCELLED_BY_CLIENT, Attendance.CANCELLED_BY_THERAPIST) for each in file.sessions
    )
    words = _("{sessions} held").format(sessions=_sessions(held))
    if planned and held <= planned:
        of_them = ngettext("{held} of {planned} session held", "{held} of {planned} sessions held", planned)
        words = of_them.format(held=number_word(held), planned=number_word(planned))
    cancelled = ngettext("{count} cancelled", "{count} cancelled", missed).format(count=number_word(missed))
    return _("{held}, {cancelled}").format(held=words, cancelled=cancelled) if missed else words


def _attendance(file: CourseFile) -> str:
    """Return "Zofia Łukasiewicz attended sixteen sessions, from 12 March to 9 July 2026." and nothing of what they were."""
    seen = [each for each in held_sessions(file) if each.attendance in (Attendance.ATTENDED, Attendance.LATE)]
    if not seen:
        return ""
    values = {"client": file.client.name, "count": _sessions(len(seen))}
    if len(seen) > MOST_DAYS:
        words = _("{client} attended {count} with me from {dates}.")
        return words.format(**values, dates=span(seen[0].date, seen[-1].date))
    days = ", ".join(long_date(each.date) for each in seen)
    return _("{client} attended {count} with me: {days}.").format(**values, days=days)


def _focus(file: CourseFile) -> RichText:
    """Return the problem areas alone: with whom, and what about, is told to nobody unless the therapist writes it."""
    labels = [area_label(file, each).lower() for each in file.areas[:2]]
    if not labels:
        return ()
    one, two = _("The focus is {first}."), _("The focus is {first} and, second, {second}.")
    if file.course.ended_on:
        one, two = _("The focus was {first}."), _("The focus was {first} and, second, {second}.")
    return (Block(tuple(with_bold(two if labels[1:] else one, first=labels[0], second=labels[-1]))),)


# -- illness -----------------------------------------------------------------------------------------------------------


def _diagnosis(file: CourseFile) -> str:
    said = []
    for at, words in ((DiagnosisAt.START, _("At the start: {diagnoses}.")), (DiagnosisAt.END, _("At the end: {diagnoses}."))):
        made = [_one_diagnosis(each) for each in file.diagnoses if each.at is at]
        said += [words.format(diagnoses="; ".join(made))] if made else []
    return " ".join(said)


def _one_diagnosis(diagnosis: Diagnosis) -> str:
    """Return "major depressive disorder, single episode, moderate (ICD-10-CM F32.1)"."""
    system = diagnosis.system.partition(" ")[0]
    code = f"{system} {diagnosis.code}".strip() if diagnosis.code else ""
    words = in_sentence(diagnosis.words)
    return _("{words} ({code})").format(words=words, code=code) if code else words


def _medication(file: CourseFile, others: ThirdParties, addressee: str) -> str:
    first, last = file.course.started_on, file.course.ended_on or file.today
    taken = [each for each in file.medications if was_taken(each, first, last)]
    subject = _subject(file)
    return " ".join(_one_medicine(file, each, subject, _by(each, others, addressee)) for each in taken)


def _one_medicine(file: CourseFile, medicine: Medication, subject: str, by: str) -> str:
    values = {"subject": subject, "medicine": in_sentence(medicine_words(medicine)), "by": by}
    if has_ended(medicine, file.today):
        begun = _(" from {day}").format(day=when_words(medicine.begun)) if medicine.begun else ""
        words = _("{subject} took {medicine}{by}{begun} until {ended}.")
        return words.format(**values, begun=begun, ended=when_words(medicine.ended))
    since = _(" since {day}").format(day=when_words(medicine.begun)) if medicine.begun else ""
    is_older = bool(medicine.begun) and medicine.begun < file.course.started_on.isoformat()[: len(medicine.begun)]
    words = _("{subject} continues {medicine}{by}{since}.") if is_older else _("{subject} takes {medicine}{by}{since}.")
    return words.format(**values, since=since)


def _by(medicine: Medication, others: ThirdParties, addressee: str) -> str:
    """Return ", prescribed by you" where it is the addressee who prescribed it; anyone else is a third party."""
    prescriber = medicine.prescriber.replace(",", " ").split()
    if not prescriber:
        return ""
    is_you = {each.casefold() for each in prescriber} <= {each.casefold() for each in addressee.split("\n")[0].split()}
    return _(", prescribed by {prescriber}").format(
        prescriber=_("you") if is_you else prescribed_on_paper(medicine, others).prescriber
    )


def _functioning(file: CourseFile) -> str:
    """Return how it was at the start, how it is at the end, and what did not change.

    As the therapist's summary says it, else as the ending's pages do: what did not change stands there as the client says it.
    """
    is_own = bool(file.written.prose(Means.REMAINING))
    heads = (
        (Means.FUNCTIONING_START, _("At the start – {words}.")),
        (Means.FUNCTIONING_END, _("At the end – {words}.") if file.course.ended_on else _("Now – {words}.")),
        (Means.REMAINING, _("Unchanged: {words}.") if is_own else _("Unchanged, as the client says it: {words}.")),
    )
    said = [(head, run_on(rich_text.as_plain(_written(file, means)))) for means, head in heads]
    return " ".join(head.format(words=words) for head, words in said if words)


def _written(file: CourseFile, means: Means) -> RichText:
    return file.written.prose(means) or file.ending.prose(means)


# -- what comes --------------------------------------------------------------------------------------------------------


def plan_words(file: CourseFile) -> str:
    """Return what was agreed for afterwards, or how many sessions are to come; the client's own steps are theirs."""
    return " ".join(_afterwards(file) if file.course.ended_on else _on_the_way(file))


def _afterwards(file: CourseFile) -> Iterator[str]:
    ending = file.ending
    decided = _AFTERWARDS.get(str(ending.answer(Means.MAINTENANCE)), "")
    often, review = str(ending.answer(Means.MAINTENANCE_FREQUENCY) or "").strip().rstrip("."), review_day(ending)
    yield from (_(each) for each in [decided] if each)
    yield from _as_sentences([often, rich_text.as_plain(ending.prose(Means.MAINTENANCE_WORDS)).strip()])
    if review:
        yield _("Review on {day}.").format(day=long_date(review))
    if ending.prose(Means.WARNING_SIGNS) or ending.answer(Means.PEOPLE_TO_CALL):
        yield _("Early signs, and whom to call, are written down with the client.")
    if ending.prose(Means.COMING_BACK):
        yield _("It was agreed how to come back.")


def _on_the_way(file: CourseFile) -> Iterator[str]:
    course = file.course
    count = session_count(course, file.sessions, file.today)
    held = len(held_sessions(file))
    if course.planned_sessions > held:
        left = course.planned_sessions - held
        words = ngettext("{count} session of those agreed is to come.", "{count} sessions of those agreed are to come.", left)
        said = number_word(left)
        yield words.format(count=said[:1].upper() + said[1:])
    elif not course.planned_sessions and count.number:
        yield _("The sessions go on without a number agreed.")
    if course.planned_end and course.planned_end > file.today:
        yield _("The last one is planned for {day}.").format(day=long_date(course.planned_end))


def appointment_words(file: CourseFile) -> str:
    """Return "Next appointment: 7 May 2026."; "" where none is booked."""
    days = [each.date for each in booked_after(file.sessions, file.today)]
    if not days:
        return ""
    told = ", ".join(map(long_date, days[:MOST_DAYS]))
    return ngettext("Next appointment: {days}.", "Next appointments: {days}.", len(days)).format(days=told)


def _as_sentences(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        words = " ".join(text.split())
        if words:
            yield words if words[-1] in ".!?…" else _("{words}.").format(words=words)
