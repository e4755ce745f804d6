"""A list of diagnosis codes, looked through by code and by words while they are typed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ipt_desktop.domain.completing import folded

MOST = 40
_LEAST_STEM, _ENDING = 5, 3  # letters that a word must share with the one typed, and those in which it may end otherwise
_NO_MATCH = 3


class CodeKind(StrEnum):
    """What a line of the list is: only a billable code can be chosen, the others are headings of what is below them."""

    BILLABLE = "billable"
    CATEGORY = "category"
    SUBCATEGORY = "subcategory"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code with its official title; `parent` is the code one step up, "" for a block."""

    code: str
    title: str
    kind: CodeKind
    parent: str = ""

    @property
    def is_choosable(self) -> bool:
        """Whether it can be chosen: it is no heading."""
        return self.kind is CodeKind.BILLABLE


class CodeList:
    """The lines of one release of a classification. `system` names both: "ICD-10-CM 2026-04"."""

    def __init__(self, system: str, lines: Iterable[CodeLine]) -> None:
        self.system = system
        self.lines: Sequence[CodeLine] = tuple(lines)
        self._plain = [_plain(each.code) for each in self.lines]
        self._words = [_words_of(each.title) for each in self.lines]
        headings = {each.code: _words_of(each.title) for each in self.lines if each.kind is CodeKind.SUBCATEGORY}
        self._above: list[frozenset[str]] = [headings.get(each.parent, frozenset()) for each in self.lines]

    @property
    def name(self) -> str:
        """The classification without its release: "ICD-10-CM"."""
        return self.system.rpartition(" ")[0]

    def line(self, code: str) -> CodeLine | None:
        """Return the line of a code, with or without its dot, whatever the capitals; None for a code that is not here."""
        wanted = _plain(code)
        return next((each for each, plain in zip(self.lines, self._plain, strict=True) if plain == wanted), None)

    def find(self, typed: str, most: int = MOST) -> list[CodeLine]:
        """Return the lines that have all that is typed, codes before headings, at most so many.

        Each part typed is the beginning of the code or of a word of the title, in any order and whatever the accents. What has
        words of the same stem ("depression", "depressive"), or stands below a heading that has them ("PTSD"), comes after.
        """
        asked = [each for each in map(_plain, typed.split()) if each]
        if not asked:
            return []
        ranked = []
        for place, each in enumerate(self.lines):
            rank = max(_rank(part, self._plain[place], self._words[place], self._above[place]) for part in asked)
            if rank < _NO_MATCH:
                ranked.append((not each.is_choosable, rank, place))
        return [self.lines[place] for _heading, _rank_, place in sorted(ranked)[:most]]


def _plain(text: str) -> str:
    """Return letters and digits alone, without capitals and accents."""
    return re.sub(r"\W", "", folded(text))


def _words_of(title: str) -> frozenset[str]:
    """Return the words of a title; one with a hyphen as a whole, too ("posttraumatic")."""
    parts = folded(title).split()
    return frozenset(word for part in parts for word in (*re.findall(r"\w+", part), re.sub(r"\W", "", part)) if word)


def _rank(asked: str, code: str, words: frozenset[str], above: frozenset[str]) -> int:
    """Return how well a part typed fits a line: its code, a word, the stem of a word or the heading above, or not at all."""
    if code.startswith(asked):
        return 0
    if any(word.startswith(asked) for word in words):
        return 1
    stem = max(_LEAST_STEM, len(asked) - _ENDING)
    is_near = len(asked) > stem and any(word[:stem] == asked[:stem] for word in words)
    return 2 if is_near or any(word.startswith(asked) for word in above) else _NO_MATCH
