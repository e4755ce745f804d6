"""Verifying signed notes: each mark is made anew from what is stored, and held against chain, audit trail and backups."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ipt_desktop.domain.audit import Wanted
from ipt_desktop.domain.form import Form, Purpose
from ipt_desktop.domain.records import AuditEntry, Document, Session
from ipt_desktop.domain.session_records import Amendment, Signature
from ipt_desktop.domain.signature_state import Finding, SignatureFault, SignatureState
from ipt_desktop.domain.signing import FIRST, OPERATIONS, differing_snapshot, mark_over
from ipt_desktop.services.progress import Progress, silent
from ipt_desktop.services.signatures import signature_of
from ipt_desktop.services.signed_snapshot import stored_form
from ipt_desktop.services.signing_act import numbered
from ipt_desktop.services.vault import OpenVault
from ipt_desktop.storage.store import Reading

PAGE = 2000
ERASING = "erase_client"
STARTING_ANEW = ("restore", "salvage")


@dataclass(frozen=True, slots=True)
class _Told:
    """What the audit trail tells of a signature."""

    document_id: str
    client_id: str
    mark: str
    operation: str


@dataclass(slots=True)
class _Trail:
    """The trail as far as it is about signatures: what was told by number, who was erased, when a backup was put back."""

    told: dict[int, _Told] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    restored: list[Any] = field(default_factory=list)


class SignatureCheck:
    """Looks whether what was signed is as it was signed. Not for the window's thread, but for one note."""

    def __init__(self, vault: OpenVault) -> None:
        self._vault = vault

    def verify_one(self, document_id: str) -> SignatureState:
        """Look at one signed document; the chain around it is not looked through."""
        with self._vault.store.read() as reading:
            signature = signature_of(reading, document_id)
            if signature is None:
                return SignatureState(0)
            finding = _finding(reading, signature, {})
        return SignatureState(1, (finding,) if finding else ())

    def verify(self, tell: Progress = silent) -> SignatureState:
        """Look at every signature, and note that it was done; raises what `tell` raises to stop it.

        A signature that is gone is known by its row in the audit trail, unless its client was erased.
        """
        heads = () if self._vault.is_demo else self._heads()
        with self._vault.store.read() as reading:
            trail = _read_trail(reading)
            state = _looked_through(reading, trail, tell)
            marks = {number: each.mark for number, each in trail.told.items()}
            state = _against_backups(state, marks, heads, trail)
        detail = {"signed": state.signed, "broken": state.faults}
        self._vault.note(AuditEntry(operation="verify_signatures", kind="practice", detail=detail))
        tell(1)
        return state

    def _heads(self) -> tuple[tuple[Any, int, str], ...]:
        """Return what the backups at hand say of the last signature when each was made."""
        from ipt_desktop.services.trail_witnesses import signature_heads_in

        return signature_heads_in(self._vault.folder, self._vault.store.key)


def _looked_through(reading: Reading, trail: _Trail, tell: Progress) -> SignatureState:
    rows = reading.signatures()
    forms: dict[str, Form | None] = {}
    findings: list[Finding] = []
    previous, due, erased = FIRST, 1, 0
    for count, (signature_id, _document_id) in enumerate(rows):
        if count % 50 == 0:
            tell(min(count / max(len(rows), 1), 0.99))
        signature = reading.get(Signature, signature_id)
        if signature is None:
            continue
        for number in range(due, signature.number):  # what is not there any more
            gone, previous = _gone(reading, number, trail, previous)
            erased += gone is None
            findings += [gone] if gone else []
        finding = _finding(reading, signature, forms) or _linked(reading, signature, previous, trail)
        findings += [finding] if finding else []
        due, previous = signature.number + 1, signature.mark
    for number in range(due, max(trail.told, default=0) + 1):
        gone, previous = _gone(reading, number, trail, previous)
        erased += gone is None
        findings += [gone] if gone else []
    return SignatureState(len(rows), tuple(findings), erased)


def _gone(reading: Reading, number: int, trail: _Trail, previous: str) -> tuple[Finding | None, str]:
    """Return what to tell of a signature that is not there, and its mark; None where it went with a client who was erased."""
    told = trail.told.get(number)
    if told is None:
        return Finding(SignatureFault.MISSING, number, "", ""), previous
    if told.client_id in trail.erased:
        return None, told.mark
    document = reading.get(Document, told.document_id)
    session = reading.get(Session, document.session_id) if document and document.session_id else None
    on, is_addendum = session.date if session else None, told.operation == "sign_addendum"
    return Finding(SignatureFault.MISSING, number, told.document_id, told.client_id, on, is_addendum=is_addendum), told.mark


def _finding(reading: Reading, signature: Signature, forms: dict[str, Form | None]) -> Finding | None:
    """Return what is wrong with one signed document by itself, None where nothing is."""
    document = reading.get(Document, signature.document_id)
    if document is None:  # taken out past the program: within it the signature goes along
        return _without_document(signature)
    if document.form not in forms:
        forms[document.form] = stored_form(reading, document.form)
    form = forms[document.form]
    fault = None
    if form is None:
        fault = SignatureFault.FORM_ALTERED
    elif mark_over(signature, document, form) != signature.mark or _is_elsewhere(reading, signature, document):
        fault = SignatureFault.ALTERED
    return _about(reading, signature, document, fault) if fault else None


def _is_elsewhere(reading: Reading, signature: Signature, document: Document) -> bool:
    """Whether the document is not the one that was signed, is not where it was, or its session is not as it shows."""
    snapshot: Mapping[str, Any] = signature.snapshot
    client: Mapping[str, Any] = snapshot.get("client") or {}
    if snapshot.get("document") != document.id or client.get("id") != document.client_id:
        return True
    course_id = document.course_id or ""
    if snapshot.get("purpose", document.purpose) != document.purpose or snapshot.get("course", course_id) != course_id:
        return True  # it is listed among others, or not at all
    if "amends" in snapshot:
        amendment = reading.get(Amendment, document.id)
        return amendment is None or amendment.document_id != snapshot["amends"]
    shown: Mapping[str, Any] = snapshot.get("session") or {}
    if not shown:
        return False
    session = reading.get(Session, str(shown.get("id")))
    if session is None or document.session_id != session.id or differing_snapshot(session, shown):
        return True
    return bool(session.course_id != snapshot.get("course", session.course_id))


def _linked(reading: Reading, signature: Signature, previous: str, trail: _Trail) -> Finding | None:
    """Return what is wrong with the place of a signature in the chain."""
    told = trail.told.get(signature.number)
    fault = None
    if signature.previous != previous:
        fault = SignatureFault.UNLINKED
    elif told is None or told.document_id != signature.document_id:
        fault = SignatureFault.UNTOLD
    elif told.mark != signature.mark:
        fault = SignatureFault.ALTERED
    document = reading.get(Document, signature.document_id) if fault else None
    return _about(reading, signature, document, fault) if fault and document else None


def _about(reading: Reading, signature: Signature, document: Document, fault: SignatureFault) -> Finding:
    session = reading.get(Session, document.session_id) if document.session_id else None
    shown = dict(signature.snapshot.get("session") or {}).get("date")
    on = session.date if session else _day(shown)
    return Finding(
        fault, signature.number, document.id, document.client_id, on, is_addendum=document.purpose == Purpose.ADDENDUM
    )


def _without_document(signature: Signature) -> Finding:
    snapshot: Mapping[str, Any] = signature.snapshot
    shown, client = dict(snapshot.get("session") or {}), dict(snapshot.get("client") or {})
    on, client_id = _day(shown.get("date")), str(client.get("id") or "")
    fault, is_addendum = SignatureFault.DOCUMENT_GONE, "amends" in snapshot
    return Finding(fault, signature.number, signature.document_id, client_id, on, is_addendum=is_addendum)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _read_trail(reading: Reading) -> _Trail:
    trail = _Trail()
    for entry in _entries(reading):
        if entry.operation == ERASING:
            trail.erased.add(entry.client_id or entry.record_id)
        elif entry.operation in STARTING_ANEW:
            trail.restored.append(entry.at)
        else:
            number, mark = numbered(entry)
            trail.told.setdefault(number, _Told(entry.record_id, entry.client_id, mark, entry.operation))
    trail.told.pop(0, None)
    return trail


def _entries(reading: Reading) -> Iterator[AuditEntry]:
    wanted = Wanted(operations=frozenset({*OPERATIONS, *STARTING_ANEW, ERASING}))
    while page := reading.audit_entries(wanted, PAGE):
        yield from page
        wanted = replace(wanted, before=page[-1].number)


def _against_backups(
    state: SignatureState, marks: Mapping[int, str], heads: tuple[tuple[Any, int, str], ...], trail: _Trail
) -> SignatureState:
    """Hold the last signature that each backup knows against what there is; one from before a restore says nothing."""
    agreeing, contradicting = 0, []
    for made_at, number, mark in heads:
        if marks.get(number) == mark:
            agreeing += 1
        elif not any(at >= made_at for at in trail.restored):
            contradicting.append(number)
    return replace(state, backups=agreeing, contradicting=tuple(contradicting))
