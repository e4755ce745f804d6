"""A rescue copy: words that can't be saved, as an encrypted file elsewhere that only this practice's key opens.

The file begins with `MAGIC` and a nonce; the rest is JSON under ChaCha20-Poly1305, with a key that HKDF-SHA256 derives from the
database's. It holds one document as it stood on screen, and the definition of its form.
"""

import json
import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipt_desktop.domain import form as forms
from ipt_desktop.domain.errors import FolderNotWritable, PracticeError, Refused
from ipt_desktop.domain.form import Form
from ipt_desktop.domain.records import AuditEntry, Client, Definition, Document, Person, Revision, Session, new_id, now
from ipt_desktop.domain.text import _
from ipt_desktop.services.header import sync_folder
from ipt_desktop.services.practice import OpenPractice

if TYPE_CHECKING:
    from ipt_desktop.services.documents import Documents
    from ipt_desktop.storage.store import Writing

SUFFIX = ".ipt-rescue"
MAGIC = b"IPT-RESCUE-1\n"
NONCE_BYTES = 12
LARGEST = 64 << 20
_PLACES = ("id", "client_id", "course_id", "session_id", "about_id", "form", "purpose")


@dataclass(frozen=True, slots=True)
class RescueCopy:
    """What a rescue file holds: a document with the answers that were on screen at `written_at`, and its form."""

    id: str
    document: Document
    form: Form
    written_at: datetime


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a rescue copy: it is `document`, or a version of it (`version_id`); `is_known`: it was saved after all."""

    document: Document
    version_id: str = ""
    is_known: bool = False


def file_name(at: datetime) -> str:
    """Return a name for a rescue file: when it was made, and nobody's name."""
    return f"rescue-{at.astimezone():%Y-%m-%d-%H%M%S}{SUFFIX}"


class RescueCopies:
    """What can be done with rescue copies."""

    def __init__(self, practice: OpenPractice, documents: "Documents") -> None:
        self._practice, self._documents = practice, documents

    def save(self, path: Path, document: Document, answers: Mapping[str, Any]) -> Path:
        """Write a document as it stands on screen to a file, whole or not at all; return its path, with our ending.

        Raises FolderNotWritable where it can't be written there. The practice itself need not take a write.
        """
        target = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
        told = {
            "id": new_id(),
            "written_at": now().isoformat(),
            "document": {name: getattr(document, name) for name in _PLACES},
            "answers": dict(answers),
            "form": forms.to_json(self._documents.form_of(document)),
        }
        _write(target, self._seal(json.dumps(told).encode("ascii")))
        with suppress(PracticeError):
            self._practice.post(
                lambda writing: self._practice.note(writing, "save_rescue_copy", "document", document.id), _let_be
            )
        return target

    def read(self, path: Path) -> RescueCopy:
        """Return what a rescue file holds; raises Refused for one that can't be read, or is not of this practice."""
        try:
            with path.open("rb") as file:
                sealed = file.read(LARGEST)
        except OSError as error:
            raise Refused(reason=_("The file can’t be read: {reason}.").format(reason=_reason(error))) from error
        try:
            told = json.loads(self._open(sealed))
            document = Document(**told["document"], answers=told["answers"])
            return RescueCopy(told["id"], document, forms.from_json(told["form"]), datetime.fromisoformat(told["written_at"]))
        except (ValueError, KeyError, TypeError) as error:
            reason = _("This is no whole rescue copy of this practice: only the practice it was saved from can read it.")
            raise Refused(reason=reason) from error

    def take_in(self, copy: RescueCopy) -> TakenIn:
        """Put a rescue copy beside its document as a version; where nothing was ever saved of that, make it the document.

        Nothing is overwritten, however often it is done. Raises Refused where the client is no longer there.
        """

        def work(writing: "Writing") -> TakenIn:
            return _take_in(writing, copy)

        entry = AuditEntry(
            operation="read_rescue_copy", kind="document", record_id=copy.document.id, client_id=copy.document.client_id
        )
        return self._practice.carry_out(entry, work)

    def _cipher(self) -> Any:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return ChaCha20Poly1305(HKDF(SHA256(), 32, salt=None, info=b"rescue copy").derive(self._practice.store.key))

    def _seal(self, text: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return MAGIC + nonce + bytes(self._cipher().encrypt(nonce, text, MAGIC))

    def _open(self, sealed: bytes) -> bytes:
        """Return the text; raises ValueError for what is not ours or was altered."""
        from cryptography.exceptions import InvalidTag

        start = len(MAGIC) + NONCE_BYTES
        if not sealed.startswith(MAGIC) or len(sealed) <= start:
            raise ValueError("no rescue copy")
        try:
            return bytes(self._cipher().decrypt(sealed[len(MAGIC) : start], sealed[start:], MAGIC))
        except InvalidTag as error:
            raise ValueError("another key, or altered") from error


def _take_in(writing: "Writing", copy: RescueCopy) -> TakenIn:
    document = copy.document
    if writing.get(Client, document.client_id) is None:
        raise Refused(reason=_("The client this was written about is no longer in this practice."))
    if writing.get(Definition, document.form) is None:
        writing.insert(Definition(id=document.form, kind="form", key=copy.form.key, body=forms.to_json(copy.form)))
    stored = writing.get(Document, document.id) or _in_its_place(writing, document)
    if stored is not None and stored.answers == document.answers:
        return TakenIn(stored, is_known=True)
    version = Revision(
        id=copy.id,
        document_id=stored.id if stored is not None else document.id,
        form=document.form,
        answers=document.answers,
        is_rescue=stored is not None,
        begun_at=copy.written_at,
        saved_at=copy.written_at,
    )
    if stored is None:
        stored = replace(_placed(writing, document), revision=1, saved_at=copy.written_at)
        writing.insert(stored)
    writing.upsert(version)
    return TakenIn(stored, version.id)


def _in_its_place(writing: "Writing", document: Document) -> Document | None:
    """Return what was written since in the same place, which the copy must not double."""
    if document.session_id is None:
        return None
    known = writing.all(Document, "created_at", session_id=document.session_id, purpose=document.purpose)
    return known[0] if known else None


def _placed(writing: "Writing", document: Document) -> Document:
    """Return a document without what it points to that is gone."""
    is_session = document.session_id is not None and writing.get(Session, document.session_id) is not None
    is_about = document.about_id is not None and writing.get(Person, document.about_id) is not None
    return replace(
        document, session_id=document.session_id if is_session else None, about_id=document.about_id if is_about else None
    )


def _write(target: Path, content: bytes) -> None:
    """Write a small file of our own on the disk under a name of its own, then give it its name. Mode 0600."""
    part = ""
    try:
        handle, part = tempfile.mkstemp(prefix=".", suffix=f"{SUFFIX}.part", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(target)
        sync_folder(target.parent)
    except OSError as error:
        if part:
            with suppress(OSError):
                Path(part).unlink(missing_ok=True)
        raise FolderNotWritable(path=target.parent, reason=_reason(error)) from error


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _let_be(_kept: object, _error: BaseException | None) -> None:
    """Take no note: where nothing can be written, this can't either."""
