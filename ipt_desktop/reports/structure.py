"""What a page is made of for whoever hears it: a tree of tags, and which tag each mark on a page belongs to.

A tag takes its place in the tree when the first of its words is drawn, so that what is drawn first is read first.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum

from ipt_desktop.reports.text import Line


class Rank(IntEnum):
    """The heads of a document from the highest to the lowest; one that it has not is left out when they are numbered."""

    TITLE = 1
    CHAPTER = 2
    PART = 3
    SECTION = 4
    MINOR = 5


@dataclass(eq=False, slots=True, kw_only=True)
class Tag:
    """A paragraph, a cell, a figure: `role` is its structure type in PDF (ISO 32000-1, 14.8.4). A head has a `rank` instead.

    `alt` tells in words what a figure shows; `scope` is what a table's head is the head of (`Row`, `Column`); `title` stands
    among the bookmarks; `words` are what is written in it, and are told where it `needs_words`: where its glyphs cannot give
    them back, or not in order.
    """

    role: str = ""
    parent: "Tag | None" = None
    rank: Rank | None = None
    alt: str = ""
    scope: str = ""
    title: str = ""
    words: str = ""
    needs_words: bool = False
    kids: "list[Tag | Mark]" = field(default_factory=list)
    is_placed: bool = False

    def say(self, line: Line) -> None:
        """Take up a line that is written in it."""
        self.words += line.told
        self.needs_words |= line.needs_words


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a page (counted from 0) that belongs to a tag, by its number there."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A head, the page it stands on (counted from 0) and how far down in points."""

    tag: Tag
    page: int
    top: float


def paragraph() -> Tag:
    """Return the tag of a paragraph."""
    return Tag(role="P")


def head(rank: Rank, title: str = "") -> Tag:
    """Return the tag of a head, named among the bookmarks where it has a `title`."""
    return Tag(rank=rank, title=title)


def row(table: Tag, count: int, *, has_head: bool = False, is_head: bool = False) -> list[Tag]:
    """Return the tags of a row's cells; the first one can be the head of the row, or all heads of their columns."""
    line = Tag(role="TR", parent=table)
    if is_head:
        return [Tag(role="TH", parent=line, scope="Column") for _place in range(count)]
    first = [Tag(role="TH", parent=line, scope="Row")] if has_head and count else []
    return [*first, *(Tag(role="TD", parent=line) for _place in range(count - len(first)))]


def item(of: Tag) -> tuple[Tag, Tag]:
    """Return the tags of a list's item: what it is marked with, and what it says."""
    each = Tag(role="LI", parent=of)
    return Tag(role="Lbl", parent=each), Tag(role="LBody", parent=each)


class Structure:
    """The tree of a document, and what each of its pages has been marked with."""

    def __init__(self) -> None:
        self.root = Tag(role="Document", is_placed=True)
        self.pages: list[list[Tag]] = [[]]
        self.bookmarks: list[Bookmark] = []

    def mark(self, tag: Tag, top: float = 0.0) -> int:
        """Return the number of a new mark on this page, which belongs to the tag; `top` is where it stands."""
        if tag.title and not tag.is_placed:
            self.bookmarks.append(Bookmark(tag, len(self.pages) - 1, top))
        self.place(tag)
        marks = self.pages[-1]
        tag.kids.append(Mark(len(self.pages) - 1, len(marks)))
        marks.append(tag)
        return len(marks) - 1

    def place(self, tag: Tag) -> None:
        """Give a tag its place in the tree, though it may stay empty: a cell without words is one all the same."""
        if not tag.is_placed:
            parent = tag.parent or self.root
            self.place(parent)
            parent.kids.append(tag)
            tag.is_placed = True

    def turn(self) -> None:
        """Go on to the next page."""
        self.pages.append([])

    def levels(self) -> dict[Tag, int]:
        """Return the level of each head from 1: one more than that of the head it stands under, so that none is skipped."""
        levels: dict[Tag, int] = {}
        above: list[Rank] = []
        for tag, rank in self._heads(self.root):
            while above and above[-1] >= rank:
                above.pop()
            above.append(rank)
            levels[tag] = len(above)
        return levels

    def _heads(self, tag: Tag) -> Iterator[tuple[Tag, Rank]]:
        for kid in tag.kids:
            if isinstance(kid, Tag):
                if kid.rank:
                    yield kid, kid.rank
                yield from self._heads(kid)
