"""Where things on one axis go so that none covers another: the row of each, and how much room there is for its words."""

from collections.abc import Sequence
from dataclasses import dataclass

GAP = 8.0
"""Between what stands side by side in a row."""
_NEAR = 0.01


@dataclass(frozen=True, slots=True)
class Block:
    """A thing from `left` to `right`, and how wide the words are that stand at its right; 0 where they stand in it."""

    left: float
    right: float
    words: float = 0.0


@dataclass(frozen=True, slots=True)
class Seat:
    """The row of a block, counted from 0, and the room there is at its right and at its left for its words.

    `is_covered` says that there was no row left for it: it stands on another.
    """

    row: int
    room: float
    room_before: float
    is_covered: bool = False


def seated(blocks: Sequence[Block], most_rows: int, end: float) -> list[Seat]:
    """Return a seat for each block, from left to right: in the first row where all of it fits.

    Once there are `most_rows`, words before it are cut; only where there are more blocks than rows at one place do they stand
    on one another. `end` is where the axis ends.
    """
    order = sorted(range(len(blocks)), key=lambda at: (blocks[at].left, blocks[at].right))
    rows: list[list[int]] = []
    solid: list[float] = []
    full: list[float] = []
    row_of = [0] * len(blocks)
    covered: set[int] = set()
    for at in order:
        block = blocks[at]
        row = _row_for(block, solid, full, most_rows)
        if row is None:
            row_of[at] = min(range(len(solid)), key=lambda row: solid[row])
            covered.add(at)
            continue
        if row == len(rows):
            rows.append([])
            solid.append(0.0)
            full.append(0.0)
        rows[row].append(at)
        row_of[at] = row
        solid[row] = max(solid[row], block.right) if len(rows[row]) > 1 else block.right
        full[row] = block.right + (GAP + block.words if block.words else 0.0)
    seats = [Seat(row, 0.0, 0.0, at in covered) for at, row in enumerate(row_of)]
    for members in rows:
        taken = 0.0
        for place, at in enumerate(members):
            block = blocks[at]
            following = blocks[members[place + 1]].left - GAP if place + 1 < len(members) else end
            room = max(0.0, following - block.right - GAP)
            seats[at] = Seat(row_of[at], room, max(0.0, block.left - GAP - taken))
            taken = block.right + GAP + (min(block.words, room) + GAP if block.words else 0.0)
    return seats


def _row_for(block: Block, solid: Sequence[float], full: Sequence[float], most_rows: int) -> int | None:
    """Return the row for a block, a further one as long as there may be one; None where it would stand on another."""
    free = next((row for row, taken in enumerate(full) if taken + GAP <= block.left + _NEAR), None)
    if free is not None:
        return free
    if len(full) < most_rows:
        return len(full)
    fitting = [row for row, taken in enumerate(solid) if taken + GAP / 4 <= block.left]
    return min(fitting, key=lambda row: full[row]) if fitting else None
