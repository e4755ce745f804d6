"""What two versions of a text differ in, word by word: what a reader sees of the history of a note.

Lines are compared first, and words within the lines that differ: so the words of a paragraph are held against that paragraph,
and a long note takes no longer than its changes are many.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_PARTS = re.compile(r"\w+(?:[’'-]\w+)*|\s+|[^\w\s]")
MOST_PARTS = 4000  # of a stretch that differs; beyond, it is one removal and one addition: nobody reads it word by word


class Difference(StrEnum):
    """What became of words from one version to the other."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, came or went together, with the spaces between them."""

    text: str
    difference: Difference = Difference.SAME

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(1 for part in _PARTS.findall(self.text) if part[0].isalnum() or part[0] == "_")


def word_differences(before: str, after: str) -> tuple[Piece, ...]:
    """Return `after` in pieces, with what `before` had and it has no more between them, at the place where that stood.

    The pieces that are not removed make `after` to the letter; those that are not added make `before`.
    """
    if before == after:
        return (Piece(after),) if after else ()
    return tuple(_joined(_by_lines(before, after)))


def count_words(pieces: Iterable[Piece]) -> tuple[int, int]:
    """Return how many words were added and how many removed."""
    known = tuple(pieces)
    added, removed = (
        [each.words for each in known if each.difference is kind] for kind in (Difference.ADDED, Difference.REMOVED)
    )
    return sum(added), sum(removed)


def _by_lines(before: str, after: str) -> Iterator[Piece]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for kind, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[first:last]), "".join(new[begin:end])
        if kind == "equal":
            yield Piece(come)
        else:
            yield from _by_words(_PARTS.findall(gone), _PARTS.findall(come))


def _by_words(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    """Yield the pieces of a stretch that differs; what both begin and end with need not be looked for."""
    head = next((at for at, (gone, come) in enumerate(zip(old, new, strict=False)) if gone != come), min(len(old), len(new)))
    most = min(len(old), len(new)) - head
    tail = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
    old_middle, new_middle = old[head : len(old) - tail], new[head : len(new) - tail]
    yield Piece("".join(new[:head]))
    yield from _in_the_middle(old_middle, new_middle)
    yield Piece("".join(new[len(new) - tail :]))


def _in_the_middle(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    is_too_long = max(len(old), len(new)) > MOST_PARTS
    codes = iter([("replace", 0, len(old), 0, len(new))]) if is_too_long else _matched(old, new)
    for kind, first, last, begin, end in codes:
        if kind == "equal":
            yield Piece("".join(new[begin:end]))
        else:
            yield Piece("".join(old[first:last]), Difference.REMOVED)
            yield Piece("".join(new[begin:end]), Difference.ADDED)


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield what to do, as `difflib` says it; a space alone between two changes holds nothing together."""
    codes = SequenceMatcher(str.isspace, old, new, autojunk=False).get_opcodes()
    waiting: tuple[int, int, int, int] | None = None
    for place, (kind, first, last, begin, end) in enumerate(codes):
        is_between = 0 < place < len(codes) - 1
        is_gap = kind == "equal" and is_between and all(part == " " for part in new[begin:end])
        if kind != "equal" or (is_gap and waiting is not None):
            start = waiting or (first, last, begin, end)
            waiting = (start[0], last, start[2], end)
            continue
        if waiting is not None:
            yield "replace", *waiting
            waiting = None
        yield kind, first, last, begin, end
    if waiting is not None:
        yield "replace", *waiting


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces without empty ones, neighbours of one kind as one."""
    waiting: Piece | None = None
    for each in pieces:
        if not each.text:
            continue
        if waiting is not None and waiting.difference is each.difference:
            waiting = Piece(waiting.text + each.text, each.difference)
            continue
        if waiting is not None:
            yield waiting
        waiting = each
    if waiting is not None:
        yield waiting
