"""What opens the private notes of an open practice: their passphrase, the recovery sheet, or what opened the practice."""

from ipt_desktop.domain.errors import RecoveryCodeWrong
from ipt_desktop.domain.text import _
from ipt_desktop.services import keys, recovery_code
from ipt_desktop.services.check_record import open_store
from ipt_desktop.services.header import read_header
from ipt_desktop.services.keys import DEMO_ROOT, PRIVATE
from ipt_desktop.services.practice_folder import PRIVATE_NAME
from ipt_desktop.services.secret import Secret, key_of
from ipt_desktop.services.vault import OpenVault, told_as_another_sheet
from ipt_desktop.storage.store import Store
from ipt_desktop.storage.tables import Schema


def open_private(opened: OpenVault, passphrase: str) -> Store:
    """Open the private notes of an open practice with their passphrase; the caller closes them.

    Raises WrongPassphrase, TooManyAttempts and, where there are none, DatabaseMissing.
    """
    return open_store(opened.folder / PRIVATE_NAME, private_key(opened, passphrase), Schema.PRIVATE)


def open_private_with_code(opened: OpenVault, code: str) -> Store:
    """Open the private notes of an open practice with the code of the recovery sheet; the caller closes them.

    Raises RecoveryCodeWrong and, where there are none, DatabaseMissing.
    """
    root = recovery_code.root_of(code)
    with told_as_another_sheet(opened.folder, root):
        key = keys.store_key(root, keys.practice_id_of(root), PRIVATE)
        return open_store(opened.folder / PRIVATE_NAME, key, Schema.PRIVATE)


def private_key(opened: OpenVault, passphrase: str) -> bytes:
    """Return the private notes' raw key from their passphrase, whether or not there are any; takes about half a second.

    Wrong ones are counted apart from the practice's. Raises WrongPassphrase, TooManyAttempts, HeaderDamaged or NewerPractice.
    """
    return key_of(read_header(opened.folder), PRIVATE, passphrase)


def private_key_of_code(opened: OpenVault, code: str) -> bytes:
    """Return the private notes' raw key from the recovery sheet's code; raises RecoveryCodeWrong, also for another's."""
    root = recovery_code.root_of(code)
    if keys.practice_id_of(root) != opened.practice_id:
        raise RecoveryCodeWrong(reason=_("it belongs to another practice, or to a sheet that a newer one has replaced"))
    return keys.store_key(root, opened.practice_id, PRIVATE)


def private_key_along(opened: OpenVault, secret: Secret) -> bytes:
    """Return the private notes' raw key from what has just opened the practice; the demo practice needs nothing.

    It is no guess and is not counted as one. Raises WrongPassphrase where the private notes have a passphrase of their own.
    """
    if opened.is_demo:
        return keys.store_key(DEMO_ROOT, opened.practice_id, PRIVATE)
    if secret.recovery_code is not None:
        return private_key_of_code(opened, secret.recovery_code)
    header = read_header(opened.folder)
    return keys.unwrap(header.slots[PRIVATE], secret.passphrase or "", header.place_of(PRIVATE))
