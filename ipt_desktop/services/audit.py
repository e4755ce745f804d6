"""The audit trail of an open practice: what was looked at is noted, entries are found, and the chain is looked through."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from threading import Lock
from typing import TYPE_CHECKING

from ipt_desktop.domain.audit import ChainState, Wanted
from ipt_desktop.domain.audit_words import Act, is_private, operations_of
from ipt_desktop.domain.errors import PracticeLocked, PracticeReadOnly
from ipt_desktop.domain.records import AuditEntry, AuditHead, Practice
from ipt_desktop.services.progress import Progress, silent
from ipt_desktop.services.vault import OpenVault

if TYPE_CHECKING:
    from ipt_desktop.domain.report import Report
    from ipt_desktop.services.trail_report import NameOf
    from ipt_desktop.storage.store import Reading

PAGE = 200


class Audit:
    """The audit trail. Looking at something is noted without anyone waiting for it."""

    def __init__(self, vault: OpenVault) -> None:
        self._vault = vault
        self._seen: set[tuple[str, str]] = set()
        self._gate = Lock()

    # -- what is looked at -----------------------------------------------------------------------------------------

    def note_opened(self, client_id: str) -> None:
        """Note that a client was chosen."""
        self._vault.note(_about(client_id, "open_client"))

    def note_viewed(self, client_id: str, page: str) -> None:
        """Note that a page of a client was looked at: once for each client and page while the practice is open."""
        with self._gate:
            if (client_id, page) in self._seen:
                return
            self._seen.add((client_id, page))
        self._vault.note(_about(client_id, "view", page=page))

    def note_locked(self, cause: str = "") -> None:
        """Note that the practice is being locked or closed, and what caused it; that waits for this.

        One that can't be written to is closed all the same: that it can't be has been told when something was to be kept.
        """
        entry = AuditEntry(operation="lock", kind="practice", detail={"cause": cause} if cause else {})
        with suppress(PracticeLocked, PracticeReadOnly):
            self._vault.store.post(lambda writing: writing.audit(entry), lambda _result, _error: None)

    # -- reading it ------------------------------------------------------------------------------------------------

    def entries(self, wanted: Wanted | None = None, *, limit: int = PAGE) -> list[AuditEntry]:
        """Return so many entries, newest first; to go on, ask for those before the last one's number."""
        with self._vault.store.read() as reading:
            return reading.audit_entries(wanted or Wanted(), limit)

    def records(self, entries: Sequence[AuditEntry]) -> dict[str, str]:
        """Return in words which record each of these is about, by its id: "Note, 9 Jul 2026". Not for the window's thread."""
        from ipt_desktop.services.trail_records import records_in_words

        with self._vault.store.read() as reading:
            return records_in_words(reading, entries)

    def verify(self, tell: Progress = silent) -> ChainState:
        """Look through the whole chain, hold it against the backups at hand, and note that it was.

        Not for the window's thread: a second for 200,000 entries, and a disk with backups may be slow. Raises what `tell`
        raises to stop it.
        """
        from ipt_desktop.services.trail_witnesses import witnesses_in

        witnesses = None if self._vault.is_demo else witnesses_in(self._vault.folder, self._vault.store.key)
        with self._vault.store.read() as reading:
            state = reading.audit_chain(tell, witnesses)
        found = {"entries": state.entries, "broken": state.faults}
        self._vault.note(AuditEntry(operation="verify_trail", kind="practice", detail=found))
        with suppress(PracticeReadOnly):
            self._vault.store.write(lambda _writing: None)  # whoever reads the trail next finds it there
        return state

    def report(self, wanted: Wanted, name_of: "NameOf", *, asked: str) -> "Report":
        """Return the newest entries that are asked for as pages; `asked` says in words which, `name_of` names a client's id."""
        from ipt_desktop.services.trail_records import records_in_words
        from ipt_desktop.services.trail_report import MOST_PRINTED, trail_report

        with self._vault.store.read() as reading:
            practice, head = reading.all(Practice)[0], reading.all(AuditHead)
            entries = _printed(reading, wanted, MOST_PRINTED)
            records = records_in_words(reading, entries)
        return trail_report(practice, entries, name_of, records, asked=asked, seal=head[0].hash if head else "")


def wanted(
    *,
    client_id: str | None = None,
    act: Act | None = None,
    first: date | None = None,
    last: date | None = None,
    before: int | None = None,
) -> Wanted:
    """Return what to ask `Audit.entries` for: days are this computer's, both included."""
    return Wanted(
        client_id=client_id,
        operations=operations_of(act) if act is not None else None,
        since=_midnight(first) if first else None,
        until=_midnight(last + timedelta(days=1)) if last else None,
        before=before,
    )


def _printed(reading: "Reading", wanted: Wanted, most: int) -> list[AuditEntry]:
    """Return so many of the newest entries that may be printed: what is missing is not to tell how many may not."""
    found: list[AuditEntry] = []
    while len(found) < most and (page := reading.audit_entries(wanted, most)):
        found += [each for each in page if not is_private(each)]
        wanted = replace(wanted, before=page[-1].number)
    return found[:most]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()


def _about(client_id: str, operation: str, **detail: str) -> AuditEntry:
    return AuditEntry(operation=operation, kind="client", record_id=client_id, client_id=client_id, detail=dict(detail))
