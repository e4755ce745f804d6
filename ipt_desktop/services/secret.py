"""What a therapist opens databases with where no practice is open: a passphrase, or the code of the recovery sheet."""

from contextlib import suppress
from dataclasses import dataclass

from ipt_desktop.domain.errors import RecoveryCodeWrong, WrongOnceMore, WrongPassphrase
from ipt_desktop.domain.text import _
from ipt_desktop.services import attempts, keys
from ipt_desktop.services.header import Header
from ipt_desktop.services.keys import DEMO_ROOT, MAIN, PRIVATE, STORES
from ipt_desktop.services.practice_folder import NAME_OF
from ipt_desktop.services.recovery_code import root_of


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """One of the two; the demo practice needs neither."""

    passphrase: str | None = None
    recovery_code: str | None = None


def key_of(header: Header, store: str, passphrase: str) -> bytes:
    """Return a store's raw key from its passphrase: half a second, and a wait once it was wrong several times in a row.

    The private notes' wrong ones are counted apart. Raises WrongPassphrase, with WrongOnceMore where the wait begins, or
    TooManyAttempts while it lasts.
    """
    counted = header.practice_id if store == MAIN else f"{header.practice_id}:{store}"
    attempts.require_patience(counted)
    try:
        key = keys.unwrap(header.slots[store], passphrase, header.place_of(store))
    except WrongPassphrase as error:
        attempts.note_failure(counted)
        if seconds := attempts.seconds_to_wait(counted):
            raise WrongOnceMore(seconds=seconds, wait=attempts.in_words(seconds)) from error
        raise
    attempts.note_success(counted)
    return key


def raw_keys(secret: Secret, header: Header | None, practice_id: str, *, is_demo: bool) -> dict[str, bytes]:
    """Return the raw key of each database that the secret opens, by the name of its file; the main one is always there.

    Takes half a second a database with a passphrase, which needs the header; a recovery code needs none. Raises
    WrongPassphrase, TooManyAttempts or RecoveryCodeWrong, also for the code of another practice.
    """
    if is_demo:
        return _keys_of(DEMO_ROOT, practice_id)
    if secret.recovery_code is not None:
        return _keys_of(_root_for(secret.recovery_code, practice_id), practice_id)
    if header is None or not secret.passphrase:
        raise WrongPassphrase
    found = {NAME_OF[MAIN]: key_of(header, MAIN, secret.passphrase)}
    with suppress(WrongPassphrase):  # the private notes may have a passphrase of their own
        found[NAME_OF[PRIVATE]] = keys.unwrap(header.slots[PRIVATE], secret.passphrase, header.place_of(PRIVATE))
    return found


def _root_for(code: str, practice_id: str) -> bytes:
    try:
        root = root_of(code)
        if keys.practice_id_of(root) != practice_id:
            raise RecoveryCodeWrong(reason=_("it belongs to another practice, or to a sheet that a newer one has replaced"))
    except RecoveryCodeWrong:
        attempts.note_wrong_code(practice_id)
        raise
    return root


def _keys_of(root: bytes, practice_id: str) -> dict[str, bytes]:
    return {NAME_OF[store]: keys.store_key(root, practice_id, store) for store in STORES}
