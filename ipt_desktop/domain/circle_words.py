"""How a word is set on the circle: along an arc where its script allows, and cut where there is no room."""

import unicodedata
from collections.abc import Callable

from ipt_desktop.domain.person_name import fitted


def can_curve(word: str) -> bool:
    """Whether letters may be set one by one: Latin, Greek and Cyrillic; other scripts join or shape theirs."""
    return all(not each.isalpha() or unicodedata.name(each, "").startswith(("LATIN", "GREEK", "CYRILLIC")) for each in word)


def shortened(text: str, width: float, measure: Callable[[str], float]) -> str:
    """Return as much of a text as fits, with an ellipsis where it was cut."""
    return fitted(text, width, measure) or "…"
