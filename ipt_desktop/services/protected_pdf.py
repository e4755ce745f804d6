"""A PDF behind a password, for whoever gets it. Import it inside an action, never at start."""

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.text import _
from ipt_desktop.reports.protection import protected


def with_password(pdf: bytes, password: str) -> bytes:
    """Return the PDF encrypted (AES-256); the password is kept nowhere, and without it nobody can open the file.

    Raises Refused where there is no password, or one longer than a PDF can ask for.
    """
    if not password:
        raise Refused(reason=_("Enter a password, or save the file without one. Nothing was saved."))
    try:
        return protected(pdf, password)
    except ValueError as error:
        reason = _("This password is longer than a PDF can ask for. Choose one of at most 100 letters. Nothing was saved.")
        raise Refused(reason=reason) from error
