"""The mark over a signed note, what is missing before signing, and when a note is late."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from ipt_desktop.domain.form import Field, Form, Option, Section
from ipt_desktop.domain.records import Attendance, Document, Practice, Session, SessionKind
from ipt_desktop.domain.session_records import Signature
from ipt_desktop.domain.signing import (
    FIRST,
    differing_facts,
    is_late,
    licence_of,
    mark_of,
    mark_over,
    mark_words,
    off_record,
    signed_answers,
    signed_at_words,
    what_is_missing,
    zone_words,
)

AT = datetime(2026, 4, 23, 14, 4, tzinfo=UTC)
FORM = Form(
    key="note",
    version=1,
    purpose="progress_note",
    title="Note",
    sections=(
        Section(
            key="all",
            fields=(
                Field(key="told", label="What happened", kind="prose", is_required=True),
                Field(key="risk", label="Risk", kind="risk", means="risk", is_required=True),
                Field(key="plan", label="Plan", kind="line"),
                Field(key="jottings", label="Jottings", kind="prose", is_off_record=True),
            ),
        ),
    ),
)
SESSION = Session(
    course_id="c", date=date(2026, 4, 23), starts_at=time(14), ends_at=time(14, 50), attendance=Attendance.ATTENDED
)
PARTS: dict[str, Any] = {
    "definition": "d" * 64,
    "answers": {"told": "x"},
    "snapshot": {"people": {"p": "Anna"}},
    "signer": "Dr Hanna Weiss",
    "at": AT,
    "zone": "Europe/London, UTC+01:00",
    "licence": "PYL 31107",
    "is_late_entry": False,
    "reason": "",
    "previous": FIRST,
}
CHANGED: dict[str, Any] = {
    "definition": "e" * 64,
    "answers": {"told": "y"},
    "snapshot": {"people": {"p": "Ann"}},
    "signer": "Hanna Weiss",
    "at": AT + timedelta(microseconds=1),
    "zone": "UTC+00:00",
    "licence": "PYL 31108",
    "is_late_entry": True,
    "reason": "she left early",
    "previous": "1" * 64,
}


@pytest.mark.parametrize("part", PARTS)
def test_any_part_of_what_was_signed_changes_the_mark(part: str) -> None:
    assert mark_of(**PARTS | {part: CHANGED[part]}) != mark_of(**PARTS)


def test_the_mark_is_fixed_for_what_is_signed() -> None:
    # Computed with another tool over the RFC 8785 bytes: signed notes of every later version must still agree with it.
    assert mark_of(**PARTS) == "599aa3aeac93b6c18d26defd5a7245f1dbd630e29dc3794e3f3ed1b0d2af958b"
    assert mark_of(**PARTS | {"at": AT.astimezone()}) == mark_of(**PARTS), "the same instant in another zone of this computer"


def test_the_mark_made_anew_from_what_is_stored_is_the_mark() -> None:
    answers = {"told": "x", "jottings": "pear tree", "elsewhere": "of another form"}
    document = Document(client_id="c", form="d" * 64, purpose="progress_note", answers=answers)
    told = {name: value for name, value in PARTS.items() if name not in ("definition", "answers")}
    signature = Signature(document_id=document.id, number=1, mark=mark_of(**PARTS), **told)
    assert mark_over(signature, document, FORM) == signature.mark
    without = replace(document, answers={"told": "x"})
    assert mark_over(signature, without, FORM) == signature.mark, "jottings may be deleted later"
    assert mark_over(signature, replace(document, answers={"told": "x "}), FORM) != signature.mark


def test_what_is_off_the_record_is_no_part_of_what_is_signed() -> None:
    answers = {"told": "x", "jottings": "pear tree"}
    assert signed_answers(FORM, answers) == {"told": "x"}
    assert off_record(FORM, answers) == {"jottings": "pear tree"}
    assert off_record(FORM, {"jottings": " "}) == {}


def test_what_is_missing_is_named_in_the_order_of_the_form_then_of_the_session() -> None:
    bare = replace(SESSION, attendance=None, starts_at=None)
    assert [each.key for each in what_is_missing(FORM, {}, bare)] == ["told", "risk", "attendance", "times"]
    said = {"told": "x", "risk": {"asked": "", "words": "ideation"}}
    assert [each.words for each in what_is_missing(FORM, said, SESSION)] == ["risk not answered"], "words alone don't say so"
    assert what_is_missing(FORM, {"told": "x", "risk": {"asked": "not_asked"}}, SESSION) == [], "not asked is an answer"


def test_a_letter_has_no_attendance_and_a_cancelled_session_no_times() -> None:
    bare = replace(SESSION, attendance=None, starts_at=None, ends_at=None)
    full = {"told": "x", "risk": {"asked": "none"}}
    assert what_is_missing(FORM, full, replace(bare, kind=SessionKind.LETTER)) == []
    assert what_is_missing(FORM, full, replace(bare, attendance=Attendance.CANCELLED_BY_CLIENT)) == []
    assert [each.key for each in what_is_missing(FORM, full, bare)] == ["attendance", "times"]


def test_a_note_begun_more_than_a_day_after_its_session_is_late() -> None:
    end = datetime.combine(SESSION.date, time(14, 50)).astimezone()
    assert not is_late(end + timedelta(hours=23), SESSION)
    assert is_late(end + timedelta(hours=25), SESSION)
    assert not is_late(end - timedelta(hours=2), SESSION)


def test_how_a_signature_reads() -> None:
    assert mark_words("91b03e6d22a7c0ff") == "91B0 3E6D 22A7"
    practice = Practice(id="p", name="P", profession="Clinical psychologist", registration="PYL 31107")
    assert licence_of(practice) == "Clinical psychologist, registration PYL 31107"
    assert licence_of(replace(practice, profession="", registration="")) == ""
    assert zone_words("Europe/London", datetime.fromisoformat("2026-04-23T15:04+01:00")) == "Europe/London, UTC+01:00"
    told = {name: value for name, value in PARTS.items() if name not in ("definition", "answers")}
    signature = Signature(document_id="d", number=1, mark="m", **told)
    assert signed_at_words(signature) == "23 April 2026, 15:04 (Europe/London, UTC+01:00)"
    assert signed_at_words(replace(signature, zone="UTC-05:00")) == "23 April 2026, 09:04 (UTC-05:00)"


def test_a_fee_may_change_and_what_the_note_shows_may_not() -> None:
    assert differing_facts(SESSION, replace(SESSION, fee="paid", closed_at=AT)) == []
    assert differing_facts(SESSION, replace(SESSION, date=date(2026, 4, 24), attendees="Karin")) == ["date", "attendees"]


def test_options_and_kinds_do_not_matter_to_what_is_signed() -> None:
    chosen = Field(key="pick", label="P", kind="choice", options=(Option(key="a", label="A"),))
    form = replace(FORM, sections=(Section(key="s", fields=(chosen,)),))
    assert signed_answers(form, {"pick": "a", "gone": "b"}) == {"pick": "a"}
