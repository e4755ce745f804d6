"""Completing a name while it is typed: "@jo" for people, "#role" for techniques."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

PEOPLE, TECHNIQUES = "@", "#"
MOST = 8
_BEFORE_CURSOR = re.compile(r"(?<!\w)([@#])((?:[^\s@#][^@#]{0,38})?)$")


def asked_before(text: str) -> tuple[str, str] | None:
    """Return the sign that the text ends with and what is typed after it: ("@", "jo"); None where it ends with none."""
    found = _BEFORE_CURSOR.search(text)
    return (found.group(1), found.group(2)) if found else None


def completions(typed: str, known: Iterable[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """Return those of (key, name) that begin, or have a word that begins, with what is typed, whatever capitals and accents."""
    asked = folded(typed)
    ranked = [(_rank(asked, folded(name)), key, name) for key, name in known]
    return [(key, name) for rank, key, name in sorted(ranked, key=lambda each: each[0]) if rank < _NO_MATCH][:MOST]


def folded(text: str) -> str:
    """Return letters for comparison, without capitals and accents: "Łukasiewicz" is "lukasiewicz"."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_STROKES))
    return "".join(each for each in apart if not unicodedata.combining(each))


_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})  # these don't come apart
_NO_MATCH = 2


def _rank(asked: str, name: str) -> int:
    if name.startswith(asked):
        return 0
    return 1 if any(name.startswith(asked, at.start()) for at in re.finditer(r"\b\w", name)) else _NO_MATCH
