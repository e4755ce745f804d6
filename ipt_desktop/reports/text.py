"""Setting text: unbreakable spaces, break opportunities, greedy lines, ragged; in whichever direction it is written.

Everything on a page that is letters goes through `set_text`. Widths are in points.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from ipt_desktop.domain.report import is_invisible
from ipt_desktop.domain.rich_text import Run
from ipt_desktop.reports.direction import level_of, levels, reordered, runs_both_ways
from ipt_desktop.reports.fonts import JOINERS, NOT_SEEN, Fonts, Shaped, graphemes

UNBREAKABLE = "\u00a0"
# Each pattern ends with a space that must not end a line ("Text rules" of the paper design).
_KEPT_SPACES = re.compile(
    r"(?<=\d) (?=\d|(?:of|to) \d|(?:mg|ml|µg|g|kg|min|h|%|minutes?|hours?|days?|weeks?|months?|years?)\b"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b)"
    r"|(?<=\d (?:of|to)) (?=\d)"
    r"|(?<=[\w.)]) (?=[–—·→](?: |$))"
    r"|(?<=→) (?=\S)"
    r"|\b(?:[Ss]essions?|[Ii]tem|[Pp]age|[Ss]tage|PHQ-9|GAD-7) (?=[\d–—−])"
    r"|\b(?:Dr|Mr|Mrs|Ms|Mx|Prof|St)\.? (?=\w)"
    r"| (?=\S{1,8}$)"
)
_IDEOGRAPH = "\u2e80-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
# What must not begin a line, and what must not end one, between ideographs (JIS X 4051, the usual of them).
_NOT_FIRST = "、。，．・：；？！ー々〉》」』】〕）］｝〟’”‐–—…ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ,.:;!?)\\]}%»"
_NOT_LAST = "〈《「『【〔（［｛〝‘“(\\[{«"
_SELECTORS = re.compile("[\ufe00-\ufe0f]")
_BREAK_AFTER = re.compile(
    r"(?<=[^\W\d]{5}[-/])(?=[^\W\d_A-Z])"
    f"|(?<=[{_IDEOGRAPH}])(?<![{_NOT_LAST}])(?![{_NOT_FIRST}])"
    f"|(?<=\\w)(?=[{_IDEOGRAPH}])(?![{_NOT_FIRST}])"
)


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set: face, size and leading in points, and the role its ink is asked by."""

    family: str
    size: float
    leading: float
    role: str = "text"
    bold: bool = False
    italic: bool = False

    @property
    def baseline(self) -> float:
        """How far a line's baseline lies below the top of its slot."""
        return self.leading / 2 + 0.335 * self.size

    def scaled(self, times: float) -> "Style":
        """Return the style so many times as large."""
        return self if times == 1.0 else replace(self, size=self.size * times, leading=self.leading * times)


@dataclass(frozen=True)
class Line:
    """One set line, its runs as they stand from left to right.

    What follows one that `is_end` is another word, though no space stands between them. `level` is that of its paragraph: an
    odd one is read from right to left, and stands at the right edge of its `room` in points where it has one. `words` are what
    it says in the order they are read, if some of it is written from right to left.
    """

    runs: tuple[Shaped, ...]
    style: Style
    is_end: bool = False
    level: int = 0
    room: float | None = None
    words: str = ""

    @cached_property
    def width(self) -> float:
        """The width in points; a space at the line's end is written but takes no room."""
        return sum(run.width for run in self.runs) * self.style.size / 1000 - self._hanging

    @property
    def needs_words(self) -> bool:
        """Whether its glyphs alone cannot tell what is written, or not in order."""
        return bool(self.words) or any(run.words for run in self.runs)

    @property
    def told(self) -> str:
        """What it says in the order it is read, with the space that ends it."""
        words = self.words or "".join(run.words or "".join(_sources(run)) for run in self.runs)
        return words + " " * self.is_end

    @property
    def indent(self) -> float:
        """How far right of its place the line begins: it hangs from the right edge, and the space at its end over the left."""
        if not self.level % 2:
            return 0.0
        return (self.room - self.width if self.room is not None else 0.0) - self._hanging

    @property
    def _hanging(self) -> float:
        """The width of the space at the line's end."""
        end = self.runs[-1 if not self.level % 2 else 0] if self.runs else None
        return end.width * self.style.size / 1000 if end and _is_space(end) else 0.0


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Letters between two break opportunities, shaped; `space` is the gap to what follows, none inside a word."""

    runs: tuple[Shaped, ...]
    width: float
    space: Shaped | None
    segments: "tuple[_Segment, ...]"


@dataclass(frozen=True, slots=True)
class _Segment:
    """Letters of one format and one level."""

    run: Run
    level: int = 0


def set_text(
    text: str | Sequence[Run], style: Style, width: float, fonts: Fonts, *, level: int | None = None, is_aligned: bool = False
) -> list[Line]:
    """Break text into lines no wider than `width` points; a word that is wider still is broken anywhere.

    A line end in the text starts a new line. Each paragraph runs as its first letter does, unless a `level` is given (1 from
    right to left); if it `is_aligned`, one from right to left stands at the right edge. Raises LookupError for a character no
    face has.
    """
    runs = [Run(text)] if isinstance(text, str) else list(text)
    room = width if is_aligned and width != float("inf") else None
    lines: list[Line] = []
    for paragraph in _hard_lines(runs):
        cleaned = [replace(run, text=_clean(run.text)) for run in paragraph]
        whole = keep_together("".join(run.text for run in cleaned))
        base = level if level is not None else level_of(whole) if runs_both_ways(whole) else 0
        of = levels(whole, base, is_ours=level is not None) if base or runs_both_ways(whole) else None
        filled = _fill(_chunks(cleaned, whole, of, style, fonts), style, width, fonts)
        lines += (_placed(line, base, room) for line in filled) if of else filled
    return lines


def set_line(text: str, style: Style, fonts: Fonts, *, level: int | None = None) -> Line:
    """Set text on one line, however wide."""
    lines = set_text(text.replace("\n", " "), style, float("inf"), fonts, level=level)
    return lines[0] if lines else Line((), style)


def _placed(line: Line, base: int, room: float | None) -> Line:
    """Return a line with its runs in the order they stand; a space at its end belongs to the paragraph (rule L1)."""
    runs = list(line.runs)
    if runs and _is_space(runs[-1]):
        runs[-1] = runs[-1]._replace(level=base)
    words = replace(line, is_end=False).told
    return replace(line, runs=tuple(reordered(runs, [run.level for run in runs])), level=base, room=room, words=words)


def _sources(run: Shaped) -> Iterator[str]:
    """Yield what the glyphs of a run stand for in the order they are read."""
    glyphs = reversed(run.glyphs) if run.level % 2 else run.glyphs
    return (source for glyph in glyphs if (source := run.face.sources[glyph.code]) != NOT_SEEN)


def _hard_lines(runs: Iterable[Run]) -> Iterator[list[Run]]:
    line: list[Run] = []
    for run in runs:
        first, *rest = run.text.split("\n")
        line.append(replace(run, text=first))
        for text in rest:
            yield line
            line = [replace(run, text=text)]
    yield line


def _fill(chunks: Iterable[_Chunk], style: Style, width: float, fonts: Fonts) -> Iterator[Line]:
    room = width * 1000 / style.size + 0.01
    line: list[Shaped] = []
    used = 0.0
    pieces = (piece for chunk in chunks for piece in (_broken(chunk, style, room, fonts) if chunk.width > room else [chunk]))
    for piece in pieces:
        if line and used + piece.width > room:
            yield Line(tuple(line), style)
            line, used = [], 0.0
        line += [*piece.runs, *([piece.space] if piece.space else [])]
        used += piece.width + (piece.space.width if piece.space else 0)
    if line:
        yield Line(tuple(line), style, is_end=True)


def _chunks(runs: Sequence[Run], text: str, of: Sequence[int] | None, style: Style, fonts: Fonts) -> Iterator[_Chunk]:
    """Yield the pieces of a paragraph, `of` being its levels if it has any.

    A space takes the paragraph's own face, whichever the words beside it have.
    """
    face = fonts.face(style.family)
    for start, end, is_before_space in _opportunities(text):
        segments = tuple(_sliced(runs, text, of, start, end))
        space = face.shape(" ", of[end] if of else 0) if is_before_space else None
        yield _chunk(segments, space, style, fonts)


def _chunk(segments: tuple[_Segment, ...], space: Shaped | None, style: Style, fonts: Fonts) -> _Chunk:
    shaped = tuple(
        part
        for segment in segments
        for part in fonts.set(
            segment.run.text,
            style.family,
            bold=segment.run.bold or style.bold,
            italic=segment.run.italic or style.italic,
            level=segment.level,
        )
    )
    return _Chunk(shaped, sum(part.width for part in shaped), space, segments)


def _broken(chunk: _Chunk, style: Style, room: float, fonts: Fonts) -> list[_Chunk]:
    """Cut a chunk that is wider than the line into pieces that fit, letter by letter."""
    pieces: list[_Chunk] = []
    letters = [
        replace(each, run=replace(each.run, text=letter)) for each in chunk.segments for letter in graphemes(each.run.text)
    ]
    held: list[_Segment] = []
    used = 0.0
    for letter in letters:
        width = _chunk((letter,), None, style, fonts).width
        if held and used + width > room:
            pieces.append(_chunk(_joined(held), None, style, fonts))
            held, used = [], 0.0
        held.append(letter)
        used += width
    return [*pieces, _chunk(_joined(held), chunk.space, style, fonts)]


def _joined(letters: Iterable[_Segment]) -> tuple[_Segment, ...]:
    joined: list[_Segment] = []
    for letter in letters:
        last = joined[-1] if joined else None
        if last and replace(last, run=replace(last.run, text=letter.run.text)) == letter:
            joined[-1] = replace(last, run=replace(last.run, text=last.run.text + letter.run.text))
        else:
            joined.append(letter)
    return tuple(joined)


def _opportunities(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, whether a space follows) of each piece between break opportunities."""
    for word in re.finditer(r"[^ ]+", text):
        start = word.start()
        for cut in _BREAK_AFTER.finditer(text, word.start(), word.end()):
            if start < cut.start() < word.end():
                yield start, cut.start(), False
                start = cut.start()
        yield start, word.end(), word.end() < len(text)


def _sliced(runs: Sequence[Run], text: str, of: Sequence[int] | None, start: int, end: int) -> Iterator[_Segment]:
    """Yield the part of each run that lies in text[start:end], with the text's own (unbreakable) spaces, level by level."""
    position = 0
    for run in runs:
        low, high = max(start, position), min(end, position + len(run.text))
        if low < high and of is None:
            yield _Segment(Run(text[low:high], run.bold, run.italic))
        elif low < high and of is not None:
            for level, places in groupby(range(low, high), of.__getitem__):
                held = list(places)
                yield _Segment(Run(text[held[0] : held[-1] + 1], run.bold, run.italic), level)
        position += len(run.text)


def keep_together(text: str) -> str:
    """Make the spaces unbreakable that must not end a line; the length stays the same."""
    return _KEPT_SPACES.sub(lambda match: match.group()[:-1] + UNBREAKABLE, text)


def _clean(text: str) -> str:
    """Compose the letters, turn every breaking space into a plain one and drop what leaves no ink.

    A joiner stays where it changes the letter before it: in scripts whose letters join.
    """
    composed = unicodedata.normalize("NFC", text)
    if composed.isprintable() and not _SELECTORS.search(composed):
        return composed
    cleaned: list[str] = []
    for character in composed:
        if character == UNBREAKABLE or not is_invisible(character) or _joins(character, cleaned):
            cleaned.append(character)
        elif character.isspace():
            cleaned.append(" ")
    return "".join(cleaned)


def _joins(character: str, before: Sequence[str]) -> bool:
    return character in JOINERS and bool(before) and "\u0590" < before[-1] < "\u1000"


def _is_space(run: Shaped) -> bool:
    return not run.words and all(run.face.sources[glyph.code] == " " for glyph in run.glyphs)
