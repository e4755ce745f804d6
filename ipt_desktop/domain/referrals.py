"""The referrals at the end of a course, as the ending's pages have them: to whom, for what, and whether the client agreed."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.form import FieldKind, Form, Means
from ipt_desktop.domain.form_rows import is_rows
from ipt_desktop.domain.text import _


@dataclass(frozen=True, slots=True)
class Referral:
    """One referral; `sent` is None where nothing was sent so far."""

    whom: str
    reason: str
    sent: date | None
    has_consent: bool

    @property
    def words(self) -> str:
        """Say it in a sentence: "Referred to Dr Grant, for a review, with the client’s consent, on 9 July 2026."."""
        parts = (
            _("Referred to {whom}").format(whom=self.whom) if self.whom else _("Referred"),
            _("for {reason}").format(reason=self.reason) if self.reason else "",
            _("with the client’s consent") if self.has_consent else "",
            _("on {day}").format(day=long_date(self.sent)) if self.sent else "",
        )
        return _("{referral}.").format(referral=", ".join(each for each in parts if each))

    @property
    def own_words(self) -> str:
        """Say it to the client: "Dr Grant, for a review of medication"."""
        reason = _("for {reason}").format(reason=self.reason) if self.reason else ""
        return ", ".join(each for each in (self.whom, reason) if each)


def referrals(form: Form | None, answers: Mapping[str, Any]) -> list[Referral]:
    """Return the referrals that say to whom or for what, in their order."""
    asked = form.field_that_means(Means.REFERRALS) if form else None
    rows = answers.get(asked.key) if asked is not None and asked.kind == FieldKind.ROWS else None
    told = [_told(row) for row in rows or ()] if is_rows(rows) else []
    return [each for each in told if each.whom or each.reason]


def _told(row: Mapping[str, Any]) -> Referral:
    whom, reason = (" ".join(str(row.get(key, "")).split()).rstrip(".") for key in ("whom", "reason"))
    sent = None
    with suppress(ValueError):
        sent = date.fromisoformat(str(row.get("sent", "")))
    return Referral(whom, reason, sent, row.get("consent") == 1)
