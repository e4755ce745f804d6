"""The keys of a practice, and how a passphrase holds them.

Everything follows from one root key of 32 random bytes, which is never stored whole. Each store's raw database key is derived
from it; a slot of the header wraps one store's key with a key derived from the passphrase (Argon2id, RFC 9106), or from a
random secret that the system's keychain keeps.
"""

import base64
import hashlib
import json
import secrets
import unicodedata
import uuid
from dataclasses import asdict, dataclass, replace
from threading import Lock
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ipt_desktop.domain.errors import KeychainFailed, WeakPassphrase, WrongPassphrase, WrongPrivatePassphrase
from ipt_desktop.domain.text import _
from ipt_desktop.services.passphrases import SHORTEST

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
WRAPPED_BYTES = KEY_BYTES + 16  # with the tag of Poly1305
MAIN, PRIVATE = "main", "private"
STORES = (MAIN, PRIVATE)
PASSPHRASE, KEYRING = "passphrase", "keyring"
KDF_OF = {PASSPHRASE: "argon2id", KEYRING: "hkdf-sha256"}

# Published on purpose: the demo practice holds nobody's words and opens for anyone.
DEMO_ROOT = hashlib.sha256(b"IPT Desktop demo practice").digest()

# OpenSSL shares one allowance of threads among all derivations of a process: two at the same time can each hold a part of it
# and wait for the rest for ever, or be refused it and fail for want of memory.
_one_stretching = Lock()


@dataclass(frozen=True, slots=True)
class Stretching:
    """The parameters of Argon2id. The bounds refuse both a weakened header and one that would exhaust the machine."""

    memory_kib: int = 256 * 1024
    passes: int = 3
    lanes: int = 4

    def is_within_bounds(self) -> bool:
        """Tell whether these are at least what we write, and no more than a small laptop can bear."""
        return 256 * 1024 <= self.memory_kib <= 1024 * 1024 and 3 <= self.passes <= 12 and 4 <= self.lanes <= 16


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to one store's key: the key, wrapped, with everything needed to unwrap it but the secret.

    A keychain's secret is random already and needs no `stretching`.
    """

    id: str
    type: str
    stretching: Stretching | None
    salt: bytes
    nonce: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class SlotPlace:
    """Where a slot stands. It is authenticated, so that a slot can't be moved to another practice or store."""

    version: int
    practice_id: str
    store: str


def new_root() -> bytes:
    """Return a fresh root key."""
    return secrets.token_bytes(KEY_BYTES)


def practice_id_of(root: bytes) -> str:
    """Return the practice id that belongs to a root key, so that the root alone opens bare databases."""
    return str(uuid.UUID(bytes=_derive(root, b"practice id", 16), version=4))


def store_key(root: bytes, practice_id: str, store: str) -> bytes:
    """Return the raw 256-bit database key of one store."""
    return _derive(root, f"store key:{practice_id}:{store}".encode(), KEY_BYTES)


def require_strong(passphrase: str) -> None:
    """Raise WeakPassphrase for one too short to protect anything."""
    length = len(unicodedata.normalize("NFKC", passphrase))
    if length < SHORTEST:
        raise WeakPassphrase(length=length, minimum=SHORTEST)


def wrap(key: bytes, passphrase: str, place: SlotPlace) -> Slot:
    """Return a new passphrase slot for a store's key. Takes about half a second and 256 MiB."""
    return _wrapped(key, PASSPHRASE, Stretching(), _in_bytes(passphrase), place)


def wrap_with_secret(key: bytes, secret: bytes, place: SlotPlace) -> Slot:
    """Return a new slot for a store's key that opens with the 32 random bytes a keychain keeps."""
    return _wrapped(key, KEYRING, None, secret, place)


def unwrap(slots: tuple[Slot, ...], passphrase: str, place: SlotPlace) -> bytes:
    """Return the store's key from the first slot the passphrase opens; raises WrongPassphrase where none does."""
    key = _unwrapped(slots, PASSPHRASE, _in_bytes(passphrase), place)
    if key is None:
        raise WrongPrivatePassphrase if place.store == PRIVATE else WrongPassphrase
    return key


def unwrap_with_secret(slots: tuple[Slot, ...], secret: bytes, place: SlotPlace) -> bytes:
    """Return the store's key from the slot a keychain's secret opens; raises KeychainFailed where it opens none."""
    key = _unwrapped(slots, KEYRING, secret, place)
    if key is None:
        raise KeychainFailed(reason=_("what it keeps does not open this practice"))
    return key


def slot_to_json(slot: Slot) -> dict[str, Any]:
    """Return a slot as the header keeps it."""
    return {
        "id": slot.id,
        "type": slot.type,
        "parameters": _parameters(slot),
        "nonce": _text(slot.nonce),
        "wrapped": _text(slot.wrapped),
    }


def slot_from_json(data: dict[str, Any]) -> Slot:
    """Return a slot from the header; raises ValueError, KeyError or TypeError for anything malformed or out of bounds."""
    kind, parameters = data["type"], data["parameters"]
    if kind not in KDF_OF or parameters["kdf"] != KDF_OF[kind]:
        raise ValueError("unknown kind of slot")
    stretching = None
    if kind == PASSPHRASE:
        stretching = Stretching(*(_whole(parameters[name]) for name in ("memory_kib", "passes", "lanes")))
        if not stretching.is_within_bounds():
            raise ValueError("parameters out of bounds")
    salt, nonce, wrapped = _bytes(parameters["salt"]), _bytes(data["nonce"]), _bytes(data["wrapped"])
    if (len(salt), len(nonce), len(wrapped)) != (SALT_BYTES, NONCE_BYTES, WRAPPED_BYTES):
        raise ValueError("wrong length")
    slot = Slot(str(uuid.UUID(data["id"])), kind, stretching, salt, nonce, wrapped)
    if slot_to_json(slot) != data:  # nothing more than a slot has, and nothing written in another way
        raise ValueError("fields of a slot")
    return slot


def _in_bytes(passphrase: str) -> bytes:
    return unicodedata.normalize("NFKC", passphrase).encode()


def _wrapped(key: bytes, kind: str, stretching: Stretching | None, secret: bytes, place: SlotPlace) -> Slot:
    """Return a new slot of some kind."""
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    bare = Slot(str(uuid.uuid4()), kind, stretching, salt, nonce, b"")
    wrapped = ChaCha20Poly1305(_wrapping_key(secret, bare)).encrypt(nonce, key, _authenticated(bare, place))
    return replace(bare, wrapped=wrapped)


def _unwrapped(slots: tuple[Slot, ...], kind: str, secret: bytes, place: SlotPlace) -> bytes | None:
    """Return the key from the first slot of this kind that the secret opens."""
    for slot in slots:
        if slot.type != kind:
            continue
        cipher = ChaCha20Poly1305(_wrapping_key(secret, slot))
        try:
            return cipher.decrypt(slot.nonce, slot.wrapped, _authenticated(slot, place))
        except InvalidTag:
            continue
    return None


def _wrapping_key(secret: bytes, slot: Slot) -> bytes:
    """Stretch the secret, if it is a person's, and derive the key that wraps."""
    if slot.stretching is None:
        return _derive(secret + slot.salt, b"keyring slot key", KEY_BYTES)
    argon2 = Argon2id(
        salt=slot.salt,
        length=KEY_BYTES,
        iterations=slot.stretching.passes,
        lanes=slot.stretching.lanes,
        memory_cost=slot.stretching.memory_kib,
    )
    with _one_stretching:
        stretched = argon2.derive(secret)
    return _derive(stretched, b"slot key", KEY_BYTES)


def _derive(secret: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=b"ipt-desktop:" + purpose).derive(secret)


def _authenticated(slot: Slot, place: SlotPlace) -> bytes:
    """Return what the wrapped key is bound to: a change to any of it makes the slot useless."""
    bound = [place.version, place.practice_id, place.store, slot.id, slot.type, _parameters(slot)]
    return json.dumps(bound, sort_keys=True, separators=(",", ":")).encode()


def _parameters(slot: Slot) -> dict[str, Any]:
    parameters = {"kdf": KDF_OF[slot.type], "salt": _text(slot.salt)}
    return parameters | (asdict(slot.stretching) if slot.stretching else {})


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _bytes(value: str) -> bytes:
    return base64.b64decode(value, validate=True)


def _whole(value: Any) -> int:
    """Return a whole number; JSON's true, 1.0 and "1" are none."""
    if type(value) is not int:
        raise TypeError("not a whole number")
    return value
