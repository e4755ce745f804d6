"""What follows a correction of a result that a signed note tells of: the note stays, and an addendum can follow."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ipt_desktop.domain.text import _

if TYPE_CHECKING:
    from ui.page import Frame


def offer_addendum(frame: Frame, session_id: str) -> None:
    """Say that the signed note of a session has the result as it was, and lead to an addendum."""
    words = _("The signed note of the session keeps the result as it was. An addendum can say what has changed.")
    action = ("entry_addendum", _("Add an addendum"), partial(_add, frame, session_id))
    frame.say(_("The correction is kept beside it"), words, actions=(action,))


def _add(frame: Frame, session_id: str) -> None:
    page = frame.page("sessions") if frame.show_tab("sessions") else None
    if page is not None:
        page.add_addendum(session_id)
