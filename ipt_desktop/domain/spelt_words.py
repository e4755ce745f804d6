"""The words of a text as a spell-check takes them: letters with their apostrophes; no numbers, codes or abbreviations."""

import re
from collections.abc import Iterable, Iterator

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")


def words_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each word begins that can be judged, and the word: not "IPT", "PHQ9", "a"."""
    for found in _WORD.finditer(text):
        word = found.group()
        if len(word) > 1 and not word.isupper() and _LETTERS.fullmatch(word):
            yield found.start(), word


def word_at(text: str, place: int) -> tuple[int, str] | None:
    """Return the word that the place in the text is in or touches, and where it begins."""
    return next(((start, word) for start, word in words_in(text) if start <= place <= start + len(word)), None)


def plain_word(word: str) -> str:
    """Return the word with a typewriter's apostrophe, as dictionaries spell it."""
    return word.replace("’", "'")


def without_possessive(word: str) -> str:
    """Return "Marta" for "Marta’s"."""
    return _POSSESSIVE.sub("", word)


def names_as_words(names: Iterable[str]) -> frozenset[str]:
    """Return the parts of people's names, folded as `folded` does: they count as known in their client's notes."""
    return frozenset(folded(word) for name in names for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", name))


def folded(word: str) -> str:
    """Return a word for comparison, without its capitals and with a typewriter's apostrophe."""
    return plain_word(word).casefold()
