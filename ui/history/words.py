"""A version in words: when it was written, what it changed, and what kind of version it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.text import _, ngettext
from ipt_desktop.domain.word_difference import Difference

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ipt_desktop.services.history import FieldDifference, Version


def when_words(version: Version) -> str:
    """Return from when to when it was written: "Tuesday 24 November 2026, 11:03 to 11:52"."""
    begun, saved = version.begun_at.astimezone(), version.saved_at.astimezone()
    day = day_words(begun.date(), has_weekday=True, has_year=True)
    if begun.date() != saved.date():
        last = day_words(saved.date())
        return _("{day}, {start} to {last}, {end}").format(day=day, start=_time(begun), last=last, end=_time(saved))
    times = _("{start} to {end}").format(start=_time(begun), end=_time(saved))
    return f"{day}, {_time(saved) if _time(begun) == _time(saved) else times}"


def short_when(version: Version) -> tuple[str, str]:
    """Return day and times for a narrow line: "Tue 24 November" and "11:03 to 11:52"."""
    begun, saved = version.begun_at.astimezone(), version.saved_at.astimezone()
    is_this_year = begun.year == saved.year == _this_year()
    day = day_words(begun.date(), has_year=not is_this_year)
    start, end = _time(begun), _time(saved)
    return day, start if start == end else _("{start} to {end}").format(start=start, end=end)


def _this_year() -> int:
    from datetime import date

    return date.today().year


def _time(at: datetime) -> str:
    return f"{at:%H:%M}"


def change_words(version: Version) -> str:
    """Return how many words came and went: "124 words added, 3 removed"."""
    parts = []
    if version.added:
        parts.append(ngettext("{count} word added", "{count} words added", version.added).format(count=version.added))
    if version.removed:
        removed = (
            ngettext("{count} removed", "{count} removed", version.removed)
            if parts
            else ngettext("{count} word removed", "{count} words removed", version.removed)
        )
        parts.append(removed.format(count=version.removed))
    return ", ".join(parts) or _("no word changed")


def kind_words(version: Version) -> str:
    """Return what kind of version it is, "" for an earlier one."""
    if version.is_signed:
        return _("Signed")
    if version.is_rescue:
        return _("Kept beside it")
    return _("Present version") if version.is_present else ""


def spoken_words(version: Version) -> str:
    """Return all of it in one line, for a screen reader."""
    return ", ".join(each for each in (when_words(version), change_words(version), kind_words(version)) if each)


def spoken_difference(told: FieldDifference) -> str:
    """Return a field's difference in words: "added: one sentence; removed: twice"."""
    words = {Difference.ADDED: _("added: {words}"), Difference.REMOVED: _("removed: {words}")}
    changes = [each for each in told.pieces if each.difference in words and each.text.strip()]
    return "; ".join(words[each.difference].format(words=" ".join(each.text.split())) for each in changes) or _("unchanged")


def as_text(version: Version) -> str:
    """Return a version as plain text, each answer below the label of its field; what is confidential is left out."""
    labels = {each.key: _(each.label) for each in version.form.fields}
    told = {key: words for key, words in version.words.items() if key not in confidential(version)}
    return "\n\n".join("\n".join(part for part in (labels.get(key, ""), words) if part) for key, words in told.items())


def confidential(version: Version) -> set[str]:
    """Return the keys of what a version says that is given out only on purpose."""
    return {each.key for each in version.form.fields if each.is_confidential and each.key in version.words}


def is_changed(told: Iterable[FieldDifference]) -> bool:
    """Whether any word differs."""
    return any(piece.difference is not Difference.SAME for each in told for piece in each.pieces)
