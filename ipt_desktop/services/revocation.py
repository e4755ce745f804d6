"""Revoking: a new root key, under which everything is encrypted anew.

The old recovery sheet, the old header and every keychain open nothing any more but the backups made before.

The databases in use are not touched. Rekeyed copies grow beside them and are proven; then the new header takes the old one's
place, in one step of the file system, which is the moment of the revocation; then the copies take the databases' places.
Killed before that moment, all is as it was; killed after it, the next opening puts in place what waits. No two keys ever open
the same practice.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ipt_desktop.domain.errors import FolderNotWritable, PracticeMissing, Refused
from ipt_desktop.domain.records import AuditEntry, Practice, Setting
from ipt_desktop.domain.text import _
from ipt_desktop.services import keys
from ipt_desktop.services.header import Header, read_header, replace_header
from ipt_desktop.services.keys import MAIN, PRIVATE, STORES
from ipt_desktop.services.practice_folder import (
    DATABASE_NAME,
    NAME_OF,
    NEXT,
    finish_revocation,
    forget_leftovers,
    next_database,
    take_lock,
)
from ipt_desktop.services.progress import Progress, part_of, silent
from ipt_desktop.services.recovery_code import code_of
from ipt_desktop.storage.engine import revision_of
from ipt_desktop.storage.rekey import prove_same, put_on_disk, rekeyed_copy
from ipt_desktop.storage.store import Store, Writing

Keys = dict[str, bytes]
EARLIER_IDS = "earlier_ids"  # as PracticeSettings has it


def revoke(
    folder: Path,
    passphrase: str,
    hand_out: Callable[[str], None],
    *,
    private_passphrase: str | None = None,
    tell: Progress = silent,
) -> None:
    """Give a closed practice a new root key; the passphrases stay the same.

    `hand_out` gets the code for the new recovery sheet once all is ready and before it counts; it returns when the sheet is at
    hand. What it or `tell`, which hears how far it is, raises stops the revocation. `private_passphrase` is that of the private
    notes, where they have one of their own. Raises also PracticeMissing, HeaderDamaged, WrongPassphrase, PracticeInUse,
    DatabaseDamaged, CopyFailed or FolderNotWritable; then everything is as it was.
    """
    if not (folder / DATABASE_NAME).exists():
        raise PracticeMissing(path=folder)
    lock = take_lock(folder)
    try:
        finish_revocation(folder)
        header = read_header(folder)
        if header.is_demo:
            raise Refused(reason=_("The demo practice opens for anyone: it has no key to revoke."))
        _revoke(folder, header, {MAIN: passphrase, PRIVATE: private_passphrase or passphrase}, hand_out, tell)
    except OSError as error:
        raise FolderNotWritable(path=folder, reason=error.strerror) from error
    finally:
        lock.release()


def _revoke(folder: Path, header: Header, passphrases: dict[str, str], hand_out: Callable[[str], None], tell: Progress) -> None:
    old = {store: keys.unwrap(header.slots[store], passphrases[store], header.place_of(store)) for store in STORES}
    root = keys.new_root()
    renewed = Header(keys.practice_id_of(root))
    new = {store: keys.store_key(root, renewed.practice_id, store) for store in STORES}
    for store in STORES:
        renewed = renewed.with_slots(store, keys.wrap(new[store], passphrases[store], renewed.place_of(store)))

    def prove(read: Header) -> None:
        for store in _stores_in(folder):
            key = keys.unwrap(read.slots[store], passphrases[store], read.place_of(store))
            revision_of(next_database(folder, store, read.practice_id), key)

    try:
        _make_next(folder, renewed.practice_id, old, new, tell)
        hand_out(code_of(root))
        replace_header(folder, renewed, prove)
    except BaseException:
        if _is_still(folder, header):
            _forget_next(folder)
        raise
    with suppress(OSError):  # it counts already; what can't be done now is done by the next opening
        finish_revocation(folder)
        forget_leftovers(folder)


def _is_still(folder: Path, header: Header) -> bool:
    """Tell whether the header in place is the one that was there, so that what waits is waste."""
    return read_header(folder).practice_id == header.practice_id


def _stores_in(folder: Path) -> list[str]:
    """Return the stores that are there: private notes need not be."""
    return [store for store in STORES if (folder / NAME_OF[store]).exists()]


def _make_next(folder: Path, practice_id: str, old: Keys, new: Keys, tell: Progress) -> None:
    """Make the databases that wait for the new header, proven to hold what the present ones hold."""
    _forget_next(folder)
    stores = _stores_in(folder)
    for number, store in enumerate(stores):
        source, target = folder / NAME_OF[store], next_database(folder, store, practice_id)
        rekeyed_copy(source, old[store], target, new[store], part_of(tell, number / len(stores), (number + 0.8) / len(stores)))
        prove_same(source, old[store], target, new[store])
        tell((number + 0.95) / len(stores))
    main = next_database(folder, MAIN, practice_id)
    _rename_practice(main, new[MAIN], practice_id)
    put_on_disk(main)


def _rename_practice(database: Path, key: bytes, practice_id: str) -> None:
    """Give the practice the id that belongs to its new key, and note in its own record that it was revoked."""

    def work(writing: Writing) -> None:
        (practice,) = writing.all(Practice)
        writing.delete(Practice, practice.id)
        writing.insert(replace(practice, id=practice_id))
        _remember_id(writing, practice.id)
        writing.insert(AuditEntry(operation="revoke", kind="practice"))

    store = Store.open(database, key)
    try:
        store.write(work)
    finally:
        store.close()


def _remember_id(writing: Writing, practice_id: str) -> None:
    """Keep the id that was in force, which is how the backups made until now are known as this practice's."""
    known = writing.get(Setting, EARLIER_IDS)
    with suppress(ValueError, TypeError):
        ids = [*json.loads(known.value), practice_id] if known is not None else [practice_id]
        writing.upsert(Setting(id=EARLIER_IDS, value=json.dumps(ids)))


def _forget_next(folder: Path) -> None:
    for path in folder.glob(f"*.db.*{NEXT}*"):
        path.unlink()
