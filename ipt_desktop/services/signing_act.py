"""The act of signing, within one transaction: the snapshot of what the document shows, the mark, and the signature."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ipt_desktop.domain.audit import Wanted
from ipt_desktop.domain.form import Form, Purpose
from ipt_desktop.domain.records import AuditEntry, Document
from ipt_desktop.domain.session_records import Signature
from ipt_desktop.domain.signing import FIRST, OPERATIONS, Missing, mark_of, signed_answers
from ipt_desktop.services.signed_snapshot import snapshot_of
from ipt_desktop.storage.store import Reading, Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Who signs, when (an aware instant and the words of its zone), and with which remarks."""

    signer: str
    licence: str
    at: datetime
    zone: str
    is_late_entry: bool = False
    reason: str = ""


def head_of_chain(reading: Reading) -> tuple[int, str]:
    """Return number and mark of the last signature that was ever made, also of one that is no longer there."""
    last = reading.signature_head() or (0, FIRST)
    told = next((each for each in reading.audit_entries(Wanted(operations=frozenset(OPERATIONS)), 1)), None)
    number, mark = numbered(told) if told is not None else (0, FIRST)
    return (number, mark) if number > last[0] else last


def numbered(entry: AuditEntry) -> tuple[int, str]:
    """Return number and mark of the signature that an audit entry tells of; (0, …) where it tells of none."""
    number, mark = entry.detail.get("number"), entry.detail.get("mark")
    return (number, mark) if isinstance(number, int) and isinstance(mark, str) else (0, FIRST)


def put_signature(
    writing: Writing, document: Document, form: Form, signing: Signing, missing: Sequence[Missing] = ()
) -> Signature:
    """Sign a stored document. The caller has looked whether it may be signed; its audit row carries number and mark."""
    snapshot = snapshot_of(writing, document, form) | ({"missing": [each.words for each in missing]} if missing else {})
    number, previous = head_of_chain(writing)
    told = asdict(signing)
    mark = mark_of(
        definition=document.form,
        answers=signed_answers(form, document.answers),
        snapshot=snapshot,
        previous=previous,
        **told,
    )
    signature = Signature(
        id=str(uuid5(NAMESPACE_URL, f"ipt-desktop/{document.id}/signature")),
        document_id=document.id,
        number=number + 1,
        snapshot=snapshot,
        previous=previous,
        mark=mark,
        **told,
    )
    writing.insert(signature)
    return signature


def entry_of(signature: Signature, document: Document) -> AuditEntry:
    """Return the audit entry that goes with a signature: without it nobody would miss one that was taken out."""
    is_addendum = document.purpose == Purpose.ADDENDUM
    return AuditEntry(
        operation="sign_addendum" if is_addendum else "sign_note",
        kind="document",
        record_id=document.id,
        client_id=document.client_id,
        detail={"number": signature.number, "mark": signature.mark},
    )


def without_off_record(form: Form | None, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers without what is not part of the record."""
    keys = {each.key for each in form.fields if each.is_off_record} if form else set()
    return {key: answer for key, answer in answers.items() if key not in keys}


def cleaned(signing: Signing) -> Signing:
    """Return it with texts that UTF-8 can hold, as they will be stored: the mark is over what can be read again."""
    return replace(
        signing,
        signer=_whole(signing.signer),
        licence=_whole(signing.licence),
        zone=_whole(signing.zone),
        reason=_whole(signing.reason),
    )


def _whole(text: str) -> str:
    return text.strip().encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
