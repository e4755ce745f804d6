"""What the measures of a session came to, in words; a signed note keeps what it tells of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ipt_desktop.domain.measured_words import first_alike, from_to, in_short, scores_words
from ipt_desktop.domain.text import _

if TYPE_CHECKING:
    from ipt_desktop.domain.measured import Measured
    from ipt_desktop.domain.session_records import Signature
    from ipt_desktop.services.desk import Desk


def score_words(desk: Desk, measured: Sequence[Measured], now: Measured, signature: Signature | None) -> str:
    """Return "18 → 14, moderate; last time 16", `measured` being all of a course; of what was corrected after signing both."""
    words = scores_words(now)
    first = first_alike(measured, now)
    if first is not None and now.result.total is not None and first.result.id != now.result.id:
        band = words.partition(", ")[2]
        words = ", ".join(filter(None, (from_to(first, now), band)))
        same = (now.result.measure, now.result.about_id)
        between = [each for each in measured if (each.result.measure, each.result.about_id) == same]
        last = between[between.index(now) - 1]
        if last.result.id != first.result.id:
            words = _("{words}; last time {score}").format(words=words, score=from_to(last, last))
    before = score_as_signed(desk, now, signature)
    return _("{before} (corrected since: {now})").format(before=scores_words(before), now=words) if before else words


def session_scores(desk: Desk, measured: Sequence[Measured], session_id: str, signature: Signature | None) -> str:
    """Return what the measures of a session came to: "PHQ-9 11, moderate · GAD-7 9, mild"; corrected after signing, both."""
    told = []
    for each in (found for found in measured if found.result.session_id == session_id):
        words, before = in_short([each]), score_as_signed(desk, each, signature)
        if before is not None:
            words = _("{before} (corrected since: {now})").format(before=in_short([before]), now=words)
        told.append(words)
    return " · ".join(told)


def score_as_signed(desk: Desk, measured: Measured, signature: Signature | None) -> Measured | None:
    """Return the result as a signed note tells of it, where it was corrected after that."""
    signed = {str(each["id"]) for each in signature.snapshot.get("measures", ())} if signature is not None else set()
    if not measured.result.corrects_id or measured.result.id in signed:
        return None
    earlier = desk.measures.earlier_versions(measured.result.id)
    found = next((each for each in earlier if each.id in signed), None)
    return replace(measured, result=found) if found is not None else None
