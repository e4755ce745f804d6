"""The signatures of the demo practice: past notes are signed, today's and the two before them wait to be."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from ipt_desktop.domain.chain_link import PROGRAM
from ipt_desktop.domain.form import NOTES, Form, form_hash, is_blank
from ipt_desktop.domain.records import Document, Practice, Session
from ipt_desktop.domain.signing import licence_of
from ipt_desktop.services.signatures import signature_of
from ipt_desktop.services.signing_act import Signing, entry_of, put_signature
from ipt_desktop.services.time_zone import zone_at
from ipt_desktop.storage.store import Writing

LEFT = 2
AFTERWARDS = timedelta(minutes=6)


def sign_past_notes(writing: Writing, told: Sequence[object], forms: Sequence[Form], today: date) -> None:
    """Sign the notes of past sessions in the order they were written; one that is signed stays as it is."""
    practice = writing.all(Practice)[0]
    known = {form_hash(each): each for each in forms}
    for note in notes_to_sign(told, today):
        if signature_of(writing, note.id) is None:
            at = note.saved_at + AFTERWARDS
            signing = Signing(signer=practice.therapist, licence=licence_of(practice), at=at, zone=zone_at(at))
            signature = put_signature(writing, note, known[note.form], signing)
            writing.audit(replace(entry_of(signature, note), who=PROGRAM))


def notes_to_sign(told: Sequence[object], today: date) -> list[Document]:
    """Return the notes of past sessions but the latest two, the first one first."""
    days = {each.id: each.date for each in told if isinstance(each, Session)}
    notes = [each for each in told if isinstance(each, Document) and each.purpose in NOTES and not is_blank(each.answers)]
    past = [each for each in notes if each.session_id and days[each.session_id] < today]
    return sorted(past, key=lambda each: (each.saved_at, each.id))[:-LEFT]
