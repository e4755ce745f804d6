"""The system's keychain, for those who ask this computer to remember a practice. What it keeps is a convenience copy only.

A keychain may be missing, locked, a stub that forgets, or wait for ever at a prompt that nobody sees: each call here ends
within half a minute, with the secret or with KeychainFailed. `keyring` is imported by the first call.
"""

import base64
import binascii
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NoAnswer
from typing import Any, TypeVar

from ipt_desktop.domain.errors import KeychainFailed
from ipt_desktop.domain.text import _

SERVICE = "IPT Desktop"
MARK = "IPTK1:"  # what we put there begins so
SECRET_BYTES = 32
SECONDS = 30.0
IN_THE_CLEAR = "keyrings.alt"  # its backends keep secrets in files that anyone may read

T = TypeVar("T")


def keep(practice_id: str, secret: bytes) -> None:
    """Put a practice's secret of 32 bytes into the keychain and read it back, since some accept everything and keep nothing.

    Raises KeychainFailed; then nothing can be said of what the keychain holds, but it opens nothing.
    """
    value = MARK + base64.b64encode(secret).decode("ascii")

    def put(keychain: Any) -> bool:
        if hasattr(keychain, "persist"):
            keychain.persist = "local_machine"  # or Windows carries it to every computer of the same account
        keychain.set_password(SERVICE, practice_id, value)
        return bool(keychain.get_password(SERVICE, practice_id) == value)

    if not _ask(put):
        raise KeychainFailed(reason=_("what is put there does not come back"))


def secret_of(practice_id: str) -> bytes:
    """Return the practice's secret; raises KeychainFailed where there is none, or something that is not ours."""
    value = _ask(lambda keychain: keychain.get_password(SERVICE, practice_id))
    if value is None:
        raise KeychainFailed(reason=_("it keeps nothing for this practice"))
    try:
        secret = base64.b64decode(str(value).removeprefix(MARK), validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if not str(value).startswith(MARK) or len(secret) != SECRET_BYTES:
        raise KeychainFailed(reason=_("what it keeps under this practice’s name is not ours"))
    return secret


def forget(practice_id: str) -> None:
    """Take the practice's secret out of the keychain; raises KeychainFailed where it can't be, or is not there."""
    _ask(lambda keychain: keychain.delete_password(SERVICE, practice_id))


def _ask(work: Callable[[Any], T]) -> T:
    """Do the work with the keychain on a thread that may be left behind at a prompt, and wait for it as long as is bearable."""
    answer: Future[T] = Future()

    def run() -> None:
        try:
            answer.set_result(work(_keychain()))
        except Exception as error:  # backends raise what their system gives them
            answer.set_exception(error)

    threading.Thread(target=run, name="keychain", daemon=True).start()
    try:
        return answer.result(SECONDS)
    except NoAnswer as error:
        raise KeychainFailed(reason=_("it gave no answer")) from error
    except KeychainFailed:
        raise
    except Exception as error:
        raise KeychainFailed(reason=_reason(error)) from error


def _keychain() -> Any:
    import keyring

    keychain = keyring.get_keyring()
    if any(type(each).__module__.startswith(IN_THE_CLEAR) for each in [keychain, *getattr(keychain, "backends", ())]):
        raise KeychainFailed(reason=_("it would keep the secret where anyone can read it"))
    return keychain


def _reason(error: Exception) -> str:
    """Return in words why the keychain failed, without anything it may have been given."""
    from keyring.errors import KeyringLocked, NoKeyringError, PasswordDeleteError

    if isinstance(error, NoKeyringError):
        return _("this computer has none")
    if isinstance(error, KeyringLocked):
        return _("it is locked")
    if isinstance(error, PasswordDeleteError):
        return _("it keeps nothing for this practice")
    return _("it refused ({reason})").format(reason=type(error).__name__)
