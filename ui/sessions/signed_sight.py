"""What a signed note reads from: what was taken down as it was signed, and no record as it is by now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain.dates import short_date
from ipt_desktop.domain.signing import areas_in, before_in, goals_in, left_in, people_in
from ipt_desktop.domain.text import _

if TYPE_CHECKING:
    from ipt_desktop.domain.session_records import Signature
    from ui.sessions.note_page import Offered


def as_signed(offered: Offered, signature: Signature) -> Offered:
    """Return what a signed note names and says, in the words of then."""
    shown = signature.snapshot
    before = before_in(shown)
    return replace(
        offered,
        people=people_in(shown),
        areas=areas_in(shown),
        goals=goals_in(shown),
        risk_found=_risk_words(before.get("risk", ""), before.get("risk_on", "")),
        step=before.get("step", ""),
        sessions_left=left_in(shown),
    )


def _risk_words(found: str, on: str) -> str:
    try:
        return _("{found}, {day}").format(found=found, day=short_date(date.fromisoformat(on))) if found else ""
    except ValueError:
        return found
