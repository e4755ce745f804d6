"""Private notes: a session's second page, kept apart in a database of their own under a key of their own (45 CFR 164.501).

They are written as every document is. What differs is where they lie, who opens them, and that nothing else in the program
knows of them: no list, report, export or count reads their file. It is made when the first private page is turned to.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from ipt_desktop.domain.errors import PracticeLocked, PrivateNotesLocked, RecoveryCodeWrong, Refused, WrongPassphrase
from ipt_desktop.domain.form import Purpose, is_blank
from ipt_desktop.domain.records import AuditEntry, Document, Session, now
from ipt_desktop.domain.text import _
from ipt_desktop.services import private_access
from ipt_desktop.services.changes import Changed, Changes
from ipt_desktop.services.check_record import open_store
from ipt_desktop.services.documents import Documents
from ipt_desktop.services.header import sync_folder
from ipt_desktop.services.practice import OpenPractice
from ipt_desktop.services.practice_folder import BESIDE, PRIVATE_NAME
from ipt_desktop.services.resources import Resources
from ipt_desktop.services.secret import Secret
from ipt_desktop.services.vault import OpenVault
from ipt_desktop.storage.store import Store, Writing
from ipt_desktop.storage.tables import Schema

T = TypeVar("T")
UNFINISHED_NAME = f"{PRIVATE_NAME}.part"


def make_private_notes(path: Path, key: bytes, fill: Callable[[Writing], None] = lambda writing: None) -> None:
    """Make their database, with what `fill` writes, under another name: it gets its own when it is whole."""
    unfinished = path.with_name(UNFINISHED_NAME)
    for end in ("", *BESIDE):
        unfinished.with_name(f"{UNFINISHED_NAME}{end}").unlink(missing_ok=True)
    store = Store.create(unfinished, key, Schema.PRIVATE)
    try:
        store.write(fill)
    finally:
        store.close()
    unfinished.rename(path)
    sync_folder(path.parent)


class PrivateState(StrEnum):
    """Whether there are private notes, and whether they can be read now."""

    ABSENT = "absent"
    LOCKED = "locked"
    OPEN = "open"


class PrivateNotes:
    """The private notes of an open practice. What opens them may take a second and is not for the window's thread.

    `along` is what the practice was opened with: it is tried once (`open_along`) and then let go of. `opened_at` is when.
    """

    def __init__(
        self,
        opened: OpenVault,
        changes: Changes,
        resources: Callable[[], Resources],
        along: Secret | None = None,
        opened_at: datetime | None = None,
    ) -> None:
        self._opened, self._changes, self._resources = opened, changes, resources
        self._along = along
        self._locked_since = opened_at or now()
        self._key: bytes | None = None
        self._store: Store | None = None
        self._documents: Documents | None = None
        self._is_closed = False
        self._one_opening = threading.Lock()
        self._gate = threading.Lock()
        self.has_own_passphrase: bool | None = None  # None while nothing has told

    # -- whether they are open -------------------------------------------------------------------------------------

    @property
    def path(self) -> Path:
        """Where they lie, once there are any."""
        return self._opened.folder / PRIVATE_NAME

    @property
    def state(self) -> PrivateState:
        """Whether there are any, and whether they are open."""
        if self._store is not None:
            return PrivateState.OPEN
        return PrivateState.LOCKED if self.path.exists() else PrivateState.ABSENT

    @property
    def store(self) -> Store | None:
        """Their database while it is open, for backups."""
        return self._store

    @property
    def may_open_along(self) -> bool:
        """Whether `open_along` may open them without asking for anything."""
        return self._store is not None or self._key is not None or self._along is not None or self._opened.is_demo

    @property
    def documents(self) -> Documents:
        """What is written in them; raises PrivateNotesLocked while they are not open."""
        documents = self._documents
        if documents is None:
            raise PrivateNotesLocked
        return documents

    # -- opening ---------------------------------------------------------------------------------------------------

    def open_along(self, *, is_needed: bool = False) -> PrivateState:
        """Open them with what opened the practice, if that opens them; where there are none, only if they `is_needed`.

        Raises DatabaseDamaged, NewerPractice, HeaderDamaged or FolderNotWritable.
        """
        with self._one_opening:
            self._learn_key()
            if self._key is not None and (is_needed or self.path.exists()):
                self._open(self._key)
        return self.state

    def open(self, passphrase: str) -> None:
        """Open them with their passphrase, made first where there are none.

        Raises WrongPassphrase, TooManyAttempts, DatabaseDamaged, NewerPractice, HeaderDamaged or FolderNotWritable.
        """
        self._open_with(lambda: private_access.private_key(self._opened, passphrase))

    def open_with_code(self, code: str) -> None:
        """Open them with the code of the recovery sheet, made first where there are none.

        Raises RecoveryCodeWrong, DatabaseDamaged, NewerPractice or FolderNotWritable.
        """
        self._open_with(lambda: private_access.private_key_of_code(self._opened, code))

    def lock(self) -> None:
        """Close them until they are opened anew; nobody writes in them any more."""
        if self._shut():
            self._note("lock_private")

    def close(self) -> None:
        """Close them for good: the practice is being closed. An opening under way is waited for, or comes too late."""
        self._is_closed = True
        self._shut()

    # -- who opens them --------------------------------------------------------------------------------------------

    def give_own_passphrase(self, old: str, new: str) -> None:
        """Give them a passphrase of their own, or another one; the practice's opens them no longer. Takes two seconds.

        Raises WrongPassphrase, WeakPassphrase, Refused in the demo, or FolderNotWritable; then all is as before.
        """
        from ipt_desktop.services.access import change_private_passphrase

        with self._noting_wrong_ones():
            change_private_passphrase(self._opened, old, new)
        self.has_own_passphrase = True
        self._note("give_own_private_passphrase")

    def require_passphrase(self, passphrase: str) -> None:
        """Require their own passphrase; raises WrongPassphrase or TooManyAttempts. Takes about half a second."""
        from ipt_desktop.services.access import require_private_passphrase

        with self._noting_wrong_ones():
            require_private_passphrase(self._opened, passphrase)

    def let_open_along(self, own: str, passphrase: str) -> None:
        """Let the practice's passphrase open them, too, in place of their own. Takes two seconds.

        Raises WrongPassphrase for either, Refused in the demo, or FolderNotWritable; then all is as before.
        """
        from ipt_desktop.services.access import let_private_open_along

        self.require_passphrase(own)
        let_private_open_along(self._opened, own, passphrase)
        self.has_own_passphrase = False
        self._note("let_private_open_along")

    # -- what is in them -------------------------------------------------------------------------------------------

    def note(self, client_id: str, session_id: str) -> Document:
        """Return a session's private note, a fresh one where nothing is written; raises PrivateNotesLocked."""
        return self.documents.open_document(Purpose.PRIVATE_NOTE, client_id, session_id=session_id)

    def require_none_of(self, session: Session) -> None:
        """Raise Refused where something private is written of a session, or where that can't be told.

        Of one that was made while they were locked nothing is: nobody could write it.
        """
        state = self.state
        if state is PrivateState.LOCKED and session.created_at < self._locked_since:
            reason = _("Private notes are locked, so it can’t be told whether this session has one. Open them first.")
            raise Refused(reason=reason)
        if state is PrivateState.OPEN and not all(is_blank(each.answers) for each in self.documents.of_session(session.id)):
            reason = _("The private page of this session has words in it. Empty it first, then remove the session.")
            raise Refused(reason=reason)

    # -- within ----------------------------------------------------------------------------------------------------

    def _shut(self) -> bool:
        """Close the database and forget its key; tell whether it was open."""
        with self._gate:
            store, self._store, self._documents, self._key, self._along = self._store, None, None, None, None
        if store is not None:
            store.close()
            self._locked_since = now()
        return store is not None

    def _note(self, operation: str) -> None:
        """Note in the practice's audit trail what was done with them."""
        self._opened.note(AuditEntry(operation=operation, kind="practice"))

    def _learn_key(self) -> None:
        """Find out whether what opened the practice opens these, too; it is let go of, whatever comes of it."""
        try:
            self._try_along()
        finally:
            self._along = None

    def _try_along(self) -> None:
        along = self._along
        if self._key is not None or self._is_closed:
            return
        if self._opened.is_demo:
            along = Secret()
        if along is None:
            return
        try:
            self._key = private_access.private_key_along(self._opened, along)
            self.has_own_passphrase = False
        except WrongPassphrase:
            self.has_own_passphrase = True

    def _open_with(self, key: Callable[[], bytes]) -> None:
        with self._one_opening:
            with self._noting_wrong_ones():
                found = key()
            self._open(found)

    @contextmanager
    def _noting_wrong_ones(self) -> Iterator[None]:
        """Note each wrong passphrase or code in the audit trail, whatever it was asked for."""
        try:
            yield
        except WrongPassphrase:
            self._note("fail_to_open_private")
            raise
        except RecoveryCodeWrong:
            self._note("fail_to_open_private_with_code")
            raise

    def _open(self, key: bytes) -> None:
        with self._gate:
            if self._is_closed:
                raise PracticeLocked
            if self._store is not None:
                return
            is_new = not self.path.exists()
            if is_new:
                make_private_notes(self.path, key)
            store = open_store(self.path, key, Schema.PRIVATE)
            self._documents = Documents(_Apart(store, self._opened, self._changes), self._resources())
            self._key, self._store = key, store
        self._note("make_private" if is_new else "open_private")


class _Apart(OpenPractice):
    """The private notes as a practice of their own: that something was kept is told in the practice, and never what.

    Their audit rows, marked `…_private`, stand in the practice's own trail, under their client, once what they tell of is kept.
    """

    def __init__(self, store: Store, opened: OpenVault, changes: Changes) -> None:
        super().__init__(store)
        self._opened = opened
        self._noted: list[AuditEntry] = []  # by the write that is under way; only its thread comes here
        self.changes.subscribe(lambda changed: changes.tell(Changed({}, changed.origin)))

    def carry_out(self, entry: AuditEntry, work: Callable[[Writing], T], *, origin: str = "") -> T:
        """Run `work` in one transaction here, then note in the practice that it was done."""
        result, whose = self.store.write(lambda writing: (work(writing), _marked(writing, entry)))
        self._opened.note(whose)
        self.changes.tell(Changed({}, origin))
        return result

    def post(
        self, work: Callable[[Writing], T], done: Callable[[T | None, BaseException | None], None], *, origin: str = ""
    ) -> None:
        """Queue `work` here; its audit rows follow in the practice once it is kept."""

        def settle(result: T | None, error: BaseException | None) -> None:
            noted, self._noted = self._noted, []
            if error is None:
                self._opened.note(*noted)
            done(result, error)

        super().post(work, settle, origin=origin)

    def note(self, writing: Writing, operation: str, kind: str, about: str) -> None:
        """Remember an audit row until what it tells of is kept."""
        self._noted.append(_marked(writing, AuditEntry(operation=operation, kind=kind, record_id=about)))


def _marked(writing: Writing, entry: AuditEntry) -> AuditEntry:
    """Return the entry as the practice has it: every record here is a document, and its client's."""
    document = writing.get(Document, entry.record_id)
    whose = document.client_id if document is not None else ""
    return replace(entry, operation=f"{entry.operation}_private", kind="document", client_id=whose)
