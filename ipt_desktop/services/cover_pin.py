"""The short PIN that takes the cover off while a session runs.

It opens nothing: the practice is open behind the cover, and five wrong ones lock it. So a short number will do, and its hash
lies inside the encrypted practice.
"""

import base64
import hashlib
import hmac
import re
import secrets

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.text import _

SHORTEST, LONGEST = 4, 8
TRIES = 5
SALT_BYTES = 16


def hash_of(pin: str) -> str:
    """Return what is kept of a PIN. Takes a twentieth of a second. Raises Refused for what is not 4 to 8 digits."""
    if not is_sound(pin):
        raise Refused(reason=rule())
    salt = secrets.token_bytes(SALT_BYTES)
    return f"scrypt:{_text(salt)}:{_text(_stretched(pin, salt))}"


def rule() -> str:
    """Return in words what a PIN is made of."""
    return _("A PIN has four to eight digits.")


def is_sound(pin: str) -> bool:
    """Tell whether this can be a PIN: 4 to 8 digits."""
    return re.fullmatch(rf"[0-9]{{{SHORTEST},{LONGEST}}}", pin) is not None


def is_pin(kept: str, typed: str) -> bool:
    """Tell whether `typed` is the PIN of which this was kept; what can't be read is no PIN's."""
    try:
        kind, salt, stretched = kept.split(":")
        known = base64.b64decode(stretched, validate=True)
        return kind == "scrypt" and hmac.compare_digest(known, _stretched(typed, base64.b64decode(salt, validate=True)))
    except ValueError:
        return False


def _stretched(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")
