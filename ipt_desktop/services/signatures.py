"""Whether a document is signed: asked with every change of one, so that it leans on nothing that signing itself needs."""

from ipt_desktop.domain.errors import NoteSigned
from ipt_desktop.domain.session_records import Signature
from ipt_desktop.storage.store import Reading


def signature_of(reading: Reading, document_id: str) -> Signature | None:
    """Return the signature of a document, None while it has none."""
    return next(iter(reading.all(Signature, "number", document_id=document_id)), None)


def require_unsigned(reading: Reading, document_id: str) -> None:
    """Raise NoteSigned where a document is signed: nothing may change it, move it or take it away."""
    if signature_of(reading, document_id) is not None:
        raise NoteSigned
