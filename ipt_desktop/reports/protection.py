"""A PDF behind a password: AES-256, with everything in it encrypted and its tags kept."""

import io
import secrets
import unicodedata

import pikepdf

LONGEST = 127
"""The bytes of a password that count, by ISO 32000-2; what follows would not be asked for."""


def protected(pdf: bytes, password: str) -> bytes:
    """Return a PDF that opens with the password alone, and then may be read, printed and read aloud.

    The password is composed as readers compose what is typed (NFKC). Raises ValueError where it is empty or longer than a
    PDF can ask for (`LONGEST` bytes).
    """
    composed = unicodedata.normalize("NFKC", password)
    if not 0 < len(composed.encode()) <= LONGEST:
        raise ValueError("a password has 1 to 127 bytes")
    # Nobody needs the owner's password: whoever can open the file may do all with it.
    owner = secrets.token_urlsafe(32)
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(stream, encryption=pikepdf.Encryption(user=composed, owner=owner, R=6, aes=True, metadata=True))
    return stream.getvalue()
