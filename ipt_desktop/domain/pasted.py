"""Pasted text: what of it is taken into a note. Controls, lone surrogates and hidden signs of direction never are.

Signs that turn the direction of writing can make a sentence read otherwise than it is stored; the words themselves are kept.
"""

import re
from dataclasses import dataclass

MOST_LETTERS = 200_000
_ENDS_A_LINE = re.compile("\r\n|[\r\u2028\u2029\u0085\x0b\x0c]")
_UNTYPABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffc\ufffe\uffff\ud800-\udfff]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What is taken of a text. `is_too_long`: nothing is; `had_turns`: signs that turn the direction of writing went."""

    text: str = ""
    letters: int = 0
    is_too_long: bool = False
    had_turns: bool = False


def clean(text: str) -> Pasted:
    """Return what is taken of a pasted text: its lines end alike, and only what can be read stays."""
    if len(text) > MOST_LETTERS:
        return Pasted(letters=len(text), is_too_long=True)
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")  # pairs become the letter they are
    plain = _UNTYPABLE.sub("", _ENDS_A_LINE.sub("\n", whole))
    kept = _TURNS.sub("", plain)
    return Pasted(kept, len(text), had_turns=kept != plain)
