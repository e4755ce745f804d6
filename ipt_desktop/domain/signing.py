"""What it means that a note is signed: what is missing before, the mark over all that was signed, and how it reads.

The mark is SHA-256 over the RFC 8785 JSON of the definition's hash, the answers, a snapshot of the records the note shows, the
signer, the time with its zone, the licence, whether it is a late entry, the reason and the mark before. Whoever holds the
practice's key could make the chain anew: it detects changes made outside the program, and no more.
"""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from ipt_desktop.domain.chain_link import FIRST as FIRST
from ipt_desktop.domain.course import WITHOUT_CLIENT, left_after
from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.form import Field, FieldKind, Form, Means, canonical_json, is_blank
from ipt_desktop.domain.records import Attendance, Document, Practice, Session
from ipt_desktop.domain.registration import registration_words
from ipt_desktop.domain.session_records import Event, EventKind, Signature
from ipt_desktop.domain.text import _

LATE_AFTER = timedelta(days=1)
GROUPS, GROUP = 3, 4  # of the mark, as it is read

ATTENDANCE, TIMES = "attendance", "times"
"""The parts of a session that a signed note needs, beside the fields of its form."""

NOT_HELD = frozenset({Attendance.CANCELLED_BY_CLIENT, Attendance.CANCELLED_BY_THERAPIST, Attendance.DID_NOT_COME})

OPERATIONS = ("sign_note", "sign_addendum", "sign_document")
"""The operations whose audit entries carry a signature's number and mark."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A required part that is not there: the key of its field (or `ATTENDANCE`, `TIMES` of the session), and its words."""

    key: str
    words: str


def signed_answers(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers that are part of the record: those to the form's own fields, without what is off the record."""
    return {each.key: answers[each.key] for each in form.fields if each.key in answers and not each.is_off_record}


def off_record(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is written but not part of the record (jottings), as far as anything is."""
    written = {each.key: answers.get(each.key) for each in form.fields if each.is_off_record}
    return {key: answer for key, answer in written.items() if not is_blank(answer)}


def what_is_missing(form: Form, answers: Mapping[str, Any], session: Session | None) -> list[Missing]:
    """Return the required parts that are not there, in the order of the form; then those of the session."""
    missing = [Missing(each.key, _missing_words(each)) for each in form.fields if each.is_required and _is_open(each, answers)]
    return [*missing, *_missing_of(session)]


def _missing_of(session: Session | None) -> list[Missing]:
    if session is None or session.kind in WITHOUT_CLIENT:
        return []
    missing = [] if session.attendance is not None else [Missing(ATTENDANCE, _("attendance not answered"))]
    is_timed = session.starts_at is not None and session.ends_at is not None
    return missing if is_timed or session.attendance in NOT_HELD else [*missing, Missing(TIMES, _("times not given"))]


def _is_open(asked: Field, answers: Mapping[str, Any]) -> bool:
    answer = answers.get(asked.key)
    if asked.kind == FieldKind.RISK:
        return not (isinstance(answer, Mapping) and answer.get("asked"))
    return is_blank(answer)


def _missing_words(asked: Field) -> str:
    if asked.means == Means.RISK:
        return _("risk not answered")
    return _("“{label}” is empty").format(label=_(asked.label))


def is_late(begun_at: datetime, session: Session) -> bool:
    """Whether a note was begun so long after its session that it is usual to mark it as a late entry."""
    end = datetime.combine(session.date, session.ends_at or time.max)
    return begun_at.astimezone() > end.astimezone() + LATE_AFTER


def licence_of(practice: Practice) -> str:
    """Return what stands under the signer's name: "Clinical psychologist, registration PYL 31107"."""
    registration = registration_words(practice.registration)
    return ", ".join(part for part in (practice.profession, registration) if part)


def mark_of(
    *,
    definition: str,
    answers: Mapping[str, Any],
    snapshot: Mapping[str, Any],
    signer: str,
    at: datetime,
    zone: str,
    licence: str,
    is_late_entry: bool,
    reason: str,
    previous: str,
) -> str:
    """Return the mark, as hex, over all that is signed. `answers` are those of the record; `at` is an aware instant."""
    signed = {
        "definition": definition,
        "answers": dict(answers),
        "snapshot": dict(snapshot),
        "signer": signer,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "zone": zone,
        "licence": licence,
        "is_late_entry": is_late_entry,
        "reason": reason,
        "previous": previous,
    }
    return hashlib.sha256(canonical_json(signed).encode("utf-8", "surrogatepass")).hexdigest()


def mark_over(signature: Signature, document: Document, form: Form) -> str:
    """Return the mark that a signature should bear, made anew from what is stored."""
    return mark_of(
        definition=document.form,
        answers=signed_answers(form, document.answers),
        snapshot=signature.snapshot,
        signer=signature.signer,
        at=signature.at,
        zone=signature.zone,
        licence=signature.licence,
        is_late_entry=signature.is_late_entry,
        reason=signature.reason,
        previous=signature.previous,
    )


def mark_words(mark: str) -> str:
    """Return the first groups of a mark, as it is shown and printed: "91B0 3E6D 22A7"."""
    letters = mark[: GROUPS * GROUP].upper()
    return " ".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def signed_at_words(signature: Signature) -> str:
    """Return when it was signed, in the zone it was signed in: "23 April 2026, 15:04 (Europe/London, UTC+01:00)"."""
    at = signature.at.astimezone(_offset_of(signature.zone, signature.at))
    return _("{day}, {time} ({zone})").format(day=long_date(at.date()), time=f"{at:%H:%M}", zone=signature.zone)


def _offset_of(zone: str, at: datetime) -> Any:
    """Return the offset that a zone's words end in; this computer's where they can't be read."""
    try:
        return datetime.strptime(zone.rpartition("UTC")[2], "%z").tzinfo
    except ValueError:
        return at.astimezone().tzinfo


def zone_words(name: str, at: datetime) -> str:
    """Return a time zone as a signature keeps it: "Europe/London, UTC+01:00"; `at` is in that zone."""
    offset = f"UTC{at:%z}"
    offset = f"{offset[:-2]}:{offset[-2:]}"
    return f"{name}, {offset}" if name not in ("", "UTC", "Etc/UTC") else offset


def people_in(snapshot: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the people a signed note names, by id, as they were called then."""
    return [(str(key), str(name)) for key, name in dict(snapshot.get("people") or {}).items()]


def areas_in(snapshot: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the problem areas a signed note could choose from, by key, as they were called then."""
    return [(str(key), str(words)) for key, words in dict(snapshot.get("areas") or {}).items()]


def goals_in(snapshot: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the goals a signed note touches, by id, in their words then."""
    return [(str(key), str(words)) for key, words in dict(snapshot.get("goals") or {}).items()]


def before_in(snapshot: Mapping[str, Any]) -> dict[str, str]:
    """Return what was said before a signed note and it stands on: "step" agreed, "risk" found and "risk_on" which day."""
    return {str(key): str(words) for key, words in dict(snapshot.get("before") or {}).items()}


def events_in(snapshot: Mapping[str, Any]) -> list[Event]:
    """Return the events told in the session of a signed note, as they were told then."""
    told = []
    for each in snapshot.get("events") or ():
        with suppress(TypeError, ValueError, KeyError):  # what was altered past the program is for *Verify* to name
            told.append(
                Event(**{**each, "kind": EventKind(each["kind"]), "created_at": datetime.fromisoformat(each["created_at"])})
            )
    return told


def left_in(snapshot: Mapping[str, Any]) -> int | None:
    """Return how many of the sessions planned when a note was signed come after its own; None where it was not among them."""
    planned = dict(snapshot.get("session") or {}).get("planned")
    return left_after(number_in(snapshot), planned) if isinstance(planned, int) else None


def number_in(snapshot: Mapping[str, Any]) -> int | None:
    """Return the number its session had when a note was signed; None for one that did not count."""
    number = dict(snapshot.get("session") or {}).get("number")
    return number if isinstance(number, int) else None


SHOWN_FACTS = ("date", "starts_at", "ends_at", "kind", "mode", "attendance", "attendee_ids", "attendees")
"""The facts of a session that its note shows; a fee, or when its clock was started, are none."""


def differing_facts(before: Session, after: Session) -> list[str]:
    """Return the facts of a session that a signed note shows and that differ."""
    return [name for name in ("course_id", *SHOWN_FACTS) if getattr(before, name) != getattr(after, name)]


def differing_snapshot(session: Session, shown: Mapping[str, Any]) -> list[str]:
    """Return the facts of a session that are not as a signed note shows them."""
    return [name for name in SHOWN_FACTS if as_json(getattr(session, name)) != shown.get(name)]


def as_json(value: Any) -> Any:
    """Return a value of a record as JSON has it: dates and times as ISO text, enumerations as their value."""
    if isinstance(value, Mapping):
        return {key: as_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(each) for each in value]
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date | time) else value


def as_sentence(words: Iterable[str]) -> str:
    """Return what is missing on one line: "risk not answered · times not given"."""
    return " · ".join(words)
