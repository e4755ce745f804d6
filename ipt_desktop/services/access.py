"""Who may open a practice: its passphrases, and the computer that remembers it. All of it is the header; no note is touched.

Each verb takes the open practice, whose lock keeps every other program off the header meanwhile.
"""

import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ipt_desktop.domain.errors import (
    FolderNotWritable,
    KeychainFailed,
    PracticeError,
    RecoveryCodeWrong,
    Refused,
    WrongPassphrase,
)
from ipt_desktop.domain.text import _
from ipt_desktop.services import keychain, keys, recovery_code
from ipt_desktop.services.header import Header, read_header, replace_header
from ipt_desktop.services.keys import KEYRING, MAIN, PASSPHRASE, PRIVATE, STORES
from ipt_desktop.services.practice_folder import NAME_OF
from ipt_desktop.services.secret import key_of
from ipt_desktop.services.vault import OpenVault, main_key
from ipt_desktop.storage.engine import revision_of


def opens_private_along(opened: OpenVault, passphrase: str) -> bool:
    """Require the passphrase of the practice; tell whether the private notes open with it, too. Takes about a second.

    Raises WrongPassphrase or TooManyAttempts.
    """
    header = _header(opened)
    key_of(header, MAIN, passphrase)
    try:
        keys.unwrap(header.slots[PRIVATE], passphrase, header.place_of(PRIVATE))
    except WrongPassphrase:
        return False
    return True


def require_private_passphrase(opened: OpenVault, passphrase: str) -> None:
    """Require the private notes' own passphrase; raises WrongPassphrase or TooManyAttempts."""
    key_of(_header(opened), PRIVATE, passphrase)


def prove_passphrase(opened: OpenVault, passphrase: str) -> None:
    """Require that whoever is there knows the practice's passphrase; the demo practice has none. Takes about half a second.

    Wrong ones count, and have to wait, as they do at unlocking. Raises WrongPassphrase, TooManyAttempts, HeaderDamaged or
    NewerPractice; no byte is changed.
    """
    if not opened.is_demo:
        main_key(read_header(opened.folder), passphrase)


def change_passphrase(opened: OpenVault, old: str, new: str) -> bool:
    """Let a new passphrase open the practice instead of the old one. Takes about two seconds.

    Private notes that the old one opens go along with it; tells whether they did. Raises WrongPassphrase, TooManyAttempts,
    WeakPassphrase or FolderNotWritable; then the old one opens it as before.
    """
    header = _header(opened)
    keys.require_strong(new)
    renewed = _with_passphrase(header, MAIN, key_of(header, MAIN, old), new)
    goes_along = True
    try:
        private_key = keys.unwrap(header.slots[PRIVATE], old, header.place_of(PRIVATE))
        renewed = _with_passphrase(renewed, PRIVATE, private_key, new)
    except WrongPassphrase:  # they have a passphrase of their own
        goes_along = False
    _replace(opened.folder, header, renewed, _opens(opened.folder, MAIN, new))
    return goes_along


def change_private_passphrase(opened: OpenVault, old: str, new: str) -> None:
    """Give the private notes a passphrase of their own (or another one); the practice's then opens them no longer.

    Raises WrongPassphrase where `old` does not open them, TooManyAttempts, WeakPassphrase or FolderNotWritable; then all is
    as before.
    """
    header = _header(opened)
    keys.require_strong(new)
    key = key_of(header, PRIVATE, old)
    _replace(opened.folder, header, _with_passphrase(header, PRIVATE, key, new), _opens(opened.folder, PRIVATE, new))


def let_private_open_along(opened: OpenVault, own: str, passphrase: str) -> None:
    """Let the practice's passphrase open the private notes, too, in place of `own`.

    Raises WrongPassphrase where `own` does not open them or `passphrase` not the practice, or FolderNotWritable; then all is as
    before.
    """
    header = _header(opened)
    key_of(header, MAIN, passphrase)
    key = key_of(header, PRIVATE, own)
    renewed = _with_passphrase(header, PRIVATE, key, passphrase)
    _replace(opened.folder, header, renewed, _opens(opened.folder, PRIVATE, passphrase))


def renew_header(opened: OpenVault, code: str, passphrase: str) -> None:
    """Write the header anew for a practice that the recovery sheet has opened: from now on `passphrase` opens it.

    It opens the private notes along, whatever they had, and no computer remembers the practice any more. Raises
    RecoveryCodeWrong, WeakPassphrase or FolderNotWritable; then all is as before.
    """
    _refuse_demo(opened)
    keys.require_strong(passphrase)
    root = recovery_code.root_of(code)
    header = Header(keys.practice_id_of(root))
    if header.practice_id != opened.practice_id:
        raise RecoveryCodeWrong(reason=_("it belongs to another practice"))
    for store in STORES:
        header = _with_passphrase(header, store, keys.store_key(root, header.practice_id, store), passphrase)
    _replace(opened.folder, None, header, _opens(opened.folder, MAIN, passphrase))


def remember_here(opened: OpenVault, passphrase: str) -> None:
    """Let this computer's keychain open the practice too, never the private notes; one computer at a time.

    Not for the window's thread: a keychain may take half a minute to answer. Raises KeychainFailed, WrongPassphrase,
    TooManyAttempts or FolderNotWritable; then the passphrase opens it as before.
    """
    header = _header(opened)
    key = key_of(header, MAIN, passphrase)
    secret = secrets.token_bytes(keys.KEY_BYTES)
    slot = keys.wrap_with_secret(key, secret, header.place_of(MAIN))
    keychain.keep(header.practice_id, secret)

    def prove(read: Header) -> None:
        _look(opened.folder, MAIN, keys.unwrap_with_secret(read.slots[MAIN], secret, read.place_of(MAIN)))

    try:
        _replace(opened.folder, header, header.with_slots(MAIN, *header.slots_of(MAIN, PASSPHRASE), slot), prove)
    except PracticeError:
        with suppress(KeychainFailed):  # what is left there opens nothing
            keychain.forget(header.practice_id)
        raise


def forget_here(opened: OpenVault) -> bool:
    """Let no keychain open the practice any more; tell whether this computer's has forgotten it, too.

    Where it has not (it is locked, or another computer's), what it keeps opens nothing. Not for the window's thread. Raises
    HeaderDamaged or FolderNotWritable.
    """
    header = _header(opened)
    if not header.slots_of(MAIN, KEYRING):
        return True
    _replace(opened.folder, header, header.without_keyring(), lambda read: None)
    try:
        keychain.forget(header.practice_id)
    except KeychainFailed:
        return False
    return True


def _header(opened: OpenVault) -> Header:
    _refuse_demo(opened)
    return read_header(opened.folder)


def _refuse_demo(opened: OpenVault) -> None:
    if opened.is_demo:
        raise Refused(reason=_("The demo practice opens for anyone: it has no passphrase to change."))


def _with_passphrase(header: Header, store: str, key: bytes, passphrase: str) -> Header:
    """Return the header with one store's passphrase slot made anew, and the others as they are."""
    slot = keys.wrap(key, passphrase, header.place_of(store))
    return header.with_slots(store, slot, *header.slots_of(store, KEYRING))


def _opens(folder: Path, store: str, passphrase: str) -> Callable[[Header], None]:
    """Return the proof that a header's passphrase opens the store."""
    return lambda read: _look(folder, store, keys.unwrap(read.slots[store], passphrase, read.place_of(store)))


def _look(folder: Path, store: str, key: bytes) -> None:
    """Require that the key opens the store, if it is there yet; no byte of it is changed."""
    if (folder / NAME_OF[store]).exists():
        revision_of(folder / NAME_OF[store], key)


def _replace(folder: Path, present: Header | None, header: Header, prove: Callable[[Header], None]) -> None:
    """Put a header in place of the present one, unless that is another by now: a keychain may have answered after a lock."""
    if present is not None and read_header(folder) != present:
        raise Refused(reason=_("Who may open the practice was changed meanwhile. Nothing was done; try again."))
    try:
        replace_header(folder, header, prove)
    except OSError as error:
        raise FolderNotWritable(path=folder, reason=error.strerror) from error
