"""Rich text as blocks: what a note's prose is stored, revised, searched and printed as.

Stored as JSON: a list of `{"kind", "runs": [{"text", "bold", "italic"}]}` with false flags left out. Text is kept to the
letter; nothing is interpreted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class BlockKind(StrEnum):
    """What a block of prose is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BULLET = "bullet"
    NUMBERED = "numbered"
    QUOTE = "quote"


_KINDS = {str(each): each for each in BlockKind}


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one emphasis."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or quotation."""

    runs: tuple[Run, ...] = ()
    kind: BlockKind = BlockKind.PARAGRAPH

    @property
    def text(self) -> str:
        """The letters without emphasis."""
        return "".join(run.text for run in self.runs)


RichText = tuple[Block, ...]


def plain(text: str) -> RichText:
    """Return typed text as paragraphs, one a line; empty text is no block at all."""
    return tuple(Block((Run(line),) if line else ()) for line in text.split("\n")) if text else ()


def as_plain(blocks: Iterable[Block]) -> str:
    """Return the letters alone, one block a line."""
    return "\n".join(block.text for block in blocks)


def is_blank(blocks: Iterable[Block]) -> bool:
    """Whether there is nothing to read."""
    return not as_plain(blocks).strip()


def to_json(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Return the stored form of rich text."""
    return [{"kind": str(block.kind), "runs": [_run_json(run) for run in block.runs]} for block in blocks]


def from_json(value: Any) -> RichText:
    """Read the stored form; a kind this version doesn't know reads as a paragraph, its text untouched."""
    if isinstance(value, str):
        return plain(value)
    return tuple(
        Block(
            tuple(Run(run["text"], bool(run.get("bold")), bool(run.get("italic"))) for run in item["runs"]),
            _KINDS.get(item["kind"], BlockKind.PARAGRAPH),
        )
        for item in value or ()
    )


def _run_json(run: Run) -> dict[str, Any]:
    flags = {name: True for name in ("bold", "italic") if getattr(run, name)}
    return {"text": run.text, **flags}
