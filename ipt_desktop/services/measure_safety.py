"""Answers of a measure that ask for a question on safety, and the risk entries that hold what was asked then.

A flag waits until the therapist has noted what was asked: on that day or later, outside a session or in its note. Both, that an
answer was flagged and that it was asked about, stand in the audit trail.
"""

from dataclasses import replace

from ipt_desktop.domain.measure_records import MeasureResult, counted
from ipt_desktop.domain.records import AuditEntry
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry, RiskKind, risk_id_of
from ipt_desktop.storage.store import Reading, Writing

ABOUT = (RiskKind.SUICIDE, RiskKind.SELF_HARM)
"""The kinds of risk that the flagged answers are about."""


def is_answer(entry: RiskEntry | None, before: RiskEntry | None = None) -> bool:
    """Whether an entry tells what was asked, and did not tell it `before`."""
    if entry is None or entry.asked is RiskAsked.NOT_ASKED or entry.kind not in ABOUT:
        return False
    return before is None or before.asked is not entry.asked or before.kind is not entry.kind


def answer_flags(writing: Writing, entry: RiskEntry, before: RiskEntry | None = None) -> None:
    """Note in the flagged results of its day and of days before it that an entry, just kept, says what was asked."""
    if not is_answer(entry, before):
        return
    for result in counted(writing.all(MeasureResult, client_id=entry.client_id, risk_entry_id=None)):
        if result.flagged and result.on <= entry.on:
            writing.update(replace(result, risk_entry_id=entry.id))
            _log(writing, "answer_flag", result)


def with_answer(writing: Writing, result: MeasureResult, before: MeasureResult | None = None) -> MeasureResult:
    """Return a result as it is kept: its flags with the risk entry that says what was asked, where one does.

    That is the entry of its session's note; of a result that is changed (`before`) the one it had, unless more is flagged now.
    """
    if not result.flagged:
        return result
    answered_by = None
    if before is not None and set(result.flagged) <= set(before.flagged):
        answered_by = before.risk_entry_id
    elif result.session_id is not None:
        answered_by = _asked_in(writing, result.session_id)
    if before is None or answered_by != before.risk_entry_id:
        _log(writing, "raise_flag", result)
    return replace(result, risk_entry_id=answered_by)


def _asked_in(reading: Reading, session_id: str) -> str | None:
    """Return the risk entry that the note of a session makes, where it was asked."""
    entry = reading.get(RiskEntry, risk_id_of(session_id))
    return entry.id if entry is not None and is_answer(entry) else None


def _log(writing: Writing, operation: str, result: MeasureResult) -> None:
    writing.audit(AuditEntry(operation=operation, kind="measure_result", record_id=result.id, client_id=result.client_id))
