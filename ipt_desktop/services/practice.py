"""An open practice: every write is a named operation, one transaction with its audit row, told once it is kept."""

import base64
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TypeVar

from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.records import AuditEntry, Practice, Record, Setting
from ipt_desktop.services.changes import Changed, Changes
from ipt_desktop.storage.store import Reading, Store, Writing

R = TypeVar("R", bound=Record)
T = TypeVar("T")
AUDIT = "audit_entry"
LOGO = "letterhead_logo"
"""The setting that holds the letterhead's logo."""


class OpenPractice:
    """The store of an open practice, and the changes told of it. All services of a desk share one."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.changes = Changes()

    def read(self) -> AbstractContextManager[Reading]:
        """Begin a reading transaction: the practice as the last commit left it."""
        return self.store.read()

    def write(self, operation: str, work: Callable[[Writing], T], *, about: str = "", origin: str = "") -> T:
        """Run `work` in one transaction with its audit row, wait for the commit, tell what changed and return its result.

        `operation` is the verb that is audited and `about` the id of the record it was done to. Raises what `work` raised, or
        SaveFailed; then nothing was kept.
        """
        return self.carry_out(AuditEntry(operation=operation, record_id=about), work, origin=origin)

    def carry_out(self, entry: AuditEntry, work: Callable[[Writing], T], *, origin: str = "") -> T:
        """Do as `write` does, with an audit entry that says more; its kind and client are found out where it names none."""
        result, changed = self.store.write(_audited(entry, work))
        self.changes.tell(Changed(changed, origin))
        return result

    def carry_out_unaudited(self, work: Callable[[Writing], T], *, origin: str = "") -> T:
        """Do as `write` does with `work` that writes its own audit rows, since they tell what only comes of it."""
        result, changed = self.store.write(lambda writing: _with_changes(writing, work))
        self.changes.tell(Changed(changed, origin))
        return result

    def post(
        self,
        work: Callable[[Writing], T],
        done: Callable[[T | None, BaseException | None], None],
        *,
        origin: str = "",
    ) -> None:
        """Queue `work`, which writes its own audit row where it needs one; `done` is called on the writer thread."""

        def settle(result: tuple[T, Mapping[str, frozenset[str]]] | None, error: BaseException | None) -> None:
            done(result[0] if result else None, error)
            if result:
                self.changes.tell(Changed(result[1], origin))

        self.store.post(lambda writing: _with_changes(writing, work), settle)

    def note(self, writing: Writing, operation: str, kind: str, about: str) -> None:
        """Write an audit row within a write that was posted."""
        writing.audit(_named(writing, AuditEntry(operation=operation, kind=kind, record_id=about), {}))


# What an operation can be about without changing it, such as the course a task is ticked in.
ONLY_NAMED = ("document", "course", "person", "client")


def _audited(entry: AuditEntry, work: Callable[[Writing], T]) -> Callable[[Writing], tuple[T, Mapping[str, frozenset[str]]]]:
    def run(writing: Writing) -> tuple[T, Mapping[str, frozenset[str]]]:
        result, changed = _with_changes(writing, work)
        writing.audit(_named(writing, entry, changed))
        return result, changed

    return run


def _named(writing: Writing, entry: AuditEntry, changed: Mapping[str, frozenset[str]]) -> AuditEntry:
    """Return the entry with the kind of its record and the client it belongs to, as far as they can be told."""
    if not entry.kind:
        touched = [kind for kind, ids in changed.items() if entry.record_id in ids]
        known = [kind for kind in ONLY_NAMED if not touched and writing.client_of(kind, entry.record_id)]
        entry = replace(entry, kind=next(iter([*touched, *known, *changed]), ""))
    if not entry.client_id:
        others = changed.get(entry.kind, ())
        owners = (writing.client_of(entry.kind, each) for each in (entry.record_id, *others))
        entry = replace(entry, client_id=next((owner for owner in owners if owner), ""))
    return entry


def _with_changes(writing: Writing, work: Callable[[Writing], T]) -> tuple[T, Mapping[str, frozenset[str]]]:
    result = work(writing)
    return result, {kind: frozenset(ids) for kind, ids in writing.changed.items() if kind != AUDIT}


def found(reading: Reading, record_type: type[R], record_id: str) -> R:
    """Return the record with this id; raises RecordGone where there is none."""
    record = reading.get(record_type, record_id)
    if record is None:
        raise RecordGone(kind=record_type.__name__.lower())
    return record


class PracticeFile:
    """The practice itself: its name and what stands on its letterhead."""

    def __init__(self, practice: OpenPractice) -> None:
        self._practice = practice

    def details(self) -> Practice:
        """Return the practice's own record."""
        with self._practice.read() as reading:
            return reading.all(Practice)[0]

    def logo(self) -> bytes:
        """Return the logo of the letterhead, as `letterhead_logo.logo_for_keeping` made it; b"" where there is none."""
        with self._practice.read() as reading:
            kept = reading.get(Setting, LOGO)
        return base64.b64decode(json.loads(kept.value)) if kept else b""

    def change_details(self, details: Practice, logo: bytes | None = None) -> Practice:
        """Keep a changed practice record, and with it the logo of its letterhead: b"" for none, None as it was."""

        def work(writing: Writing) -> None:
            writing.update(details)
            if logo is not None:
                writing.upsert(Setting(id=LOGO, value=json.dumps(base64.b64encode(logo).decode())))

        self._practice.write("change_practice", work, about=details.id)
        return details

    def name_therapist(self, name: str) -> Practice:
        """Keep the therapist's name, as summaries are signed with it."""

        def work(writing: Writing) -> Practice:
            details = replace(writing.all(Practice)[0], therapist=name.strip())
            writing.update(details)
            return details

        return self._practice.write("change_practice", work, about=self.details().id)
