"""Which way letters run: the levels of the Unicode bidirectional algorithm (UAX #9), asked for only where it matters."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import TypeVar

from bidi import algorithm

from ipt_desktop.domain.report import is_invisible

RIGHT_TO_LEFT = {"R", "AL", "AN"}
_MAY_RUN_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_AFTER_A_NAME = re.compile(r"(?<=[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])\W+(?=\d)")
_OF_LANGUAGES = {"ar", "dv", "fa", "he", "ps", "ug", "ur", "yi"}
T = TypeVar("T")


def runs_both_ways(text: str) -> bool:
    """Whether some of it is written from right to left."""
    return any(unicodedata.bidirectional(letter) in RIGHT_TO_LEFT for letter in _MAY_RUN_LEFT.findall(text))


def level_of(text: str) -> int:
    """Return the level of a paragraph: 1 where its first letter runs from right to left, else 0."""
    base: int = algorithm.get_base_level(text)
    return base


def level_in(language: str) -> int:
    """Return the level of a line that is in the language of the document (BCP 47), whoever is named in it."""
    return int(language.split("-")[0].lower() in _OF_LANGUAGES)


def levels(text: str, base: int, *, is_ours: bool = False) -> list[int]:
    """Return the level of each character: odd ones run from right to left.

    In a line that `is_ours` a name is an insertion: a number that follows it belongs to our words and stands after it, where
    the algorithm would take both for one quotation.
    """
    if is_ours and not base:
        text = _AFTER_A_NAME.sub(lambda match: "a" * len(match.group()), text)
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    # Joiners have no direction of their own, and the algorithm drops them: they take that of the letter before.
    algorithm.get_embedding_levels("".join(_with_a_class(text)), storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    return [each["level"] for each in storage["chars"]]


def reordered(pieces: Sequence[T], of: Sequence[int]) -> list[T]:
    """Return the pieces of a line as they stand from left to right, `of` being their levels (rule L2)."""
    placed = list(zip(of, pieces, strict=True))
    for level in range(max(of, default=0), 0, -1):
        turned: list[tuple[int, T]] = []
        for is_turned, group in groupby(placed, lambda each: each[0] >= level):  # noqa: B023 - used up at once
            held = list(group)
            turned += reversed(held) if is_turned else held
        placed = turned
    return [piece for _level, piece in placed]


def _with_a_class(text: str) -> list[str]:
    letters: list[str] = []
    for letter in text:
        is_joiner = is_invisible(letter) and not letter.isspace()
        letters.append(letters[-1] if is_joiner and letters else " " if is_joiner else letter)
    return letters
