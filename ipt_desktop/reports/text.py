"""Setting text: unbreakable spaces, break opportunities, greedy lines, ragged right.

Everything on a page that is letters goes through `set_text`. Widths are in points.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ipt_desktop.domain.report import is_invisible
from ipt_desktop.domain.rich_text import Run
from ipt_desktop.reports.fonts import Fonts, Shaped

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
_BREAK_AFTER = re.compile(r"(?<=[^\W\d]{5}[-/])(?=[^\W\d_A-Z])|(?<=\u200b)")


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
    """One set line; what follows one that `is_end` is another word, though no space stands between them."""

    runs: tuple[Shaped, ...]
    style: Style
    is_end: bool = False

    @cached_property
    def width(self) -> float:
        """The width in points; a space at the line's end is written but takes no room."""
        runs = self.runs[:-1] if self.runs and _is_space(self.runs[-1]) else self.runs
        return sum(run.width for run in runs) * self.style.size / 1000


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Letters between two break opportunities, shaped; `space` is the gap to what follows, none inside a word."""

    runs: tuple[Shaped, ...]
    width: float
    space: Shaped | None
    segments: tuple[Run, ...]


def set_text(text: str | Sequence[Run], style: Style, width: float, fonts: Fonts) -> list[Line]:
    """Break text into lines no wider than `width` points; a word that is wider still is broken anywhere.

    A line end in the text starts a new line. Raises LookupError for a character no face has.
    """
    runs = [Run(text)] if isinstance(text, str) else list(text)
    lines: list[Line] = []
    for paragraph in _hard_lines(runs):
        lines += _fill(_chunks(paragraph, style, fonts), style, width, fonts)
    return lines


def set_line(text: str, style: Style, fonts: Fonts) -> Line:
    """Set text on one line, however wide."""
    lines = set_text(text.replace("\n", " "), style, float("inf"), fonts)
    return lines[0] if lines else Line((), style)


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


def _chunks(runs: Sequence[Run], style: Style, fonts: Fonts) -> Iterator[_Chunk]:
    runs = [replace(run, text=_clean(run.text)) for run in runs]
    text = keep_together("".join(run.text for run in runs))
    space = fonts.face(style.family).shape(" ")
    for start, end, is_before_space in _opportunities(text):
        segments = tuple(_sliced(runs, text, start, end))
        yield _chunk(segments, space if is_before_space else None, style, fonts)


def _chunk(segments: tuple[Run, ...], space: Shaped | None, style: Style, fonts: Fonts) -> _Chunk:
    shaped = tuple(
        part
        for run in segments
        for part in fonts.set(run.text, style.family, bold=run.bold or style.bold, italic=run.italic or style.italic)
    )
    return _Chunk(shaped, sum(part.width for part in shaped), space, segments)


def _broken(chunk: _Chunk, style: Style, room: float, fonts: Fonts) -> list[_Chunk]:
    """Cut a chunk that is wider than the line into pieces that fit, letter by letter."""
    pieces: list[_Chunk] = []
    letters: list[Run] = [replace(run, text=letter) for run in chunk.segments for letter in run.text]
    held: list[Run] = []
    used = 0.0
    for letter in letters:
        width = _chunk((letter,), None, style, fonts).width
        if held and used + width > room:
            pieces.append(_chunk(_joined(held), None, style, fonts))
            held, used = [], 0.0
        held.append(letter)
        used += width
    return [*pieces, _chunk(_joined(held), chunk.space, style, fonts)]


def _joined(letters: Iterable[Run]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for letter in letters:
        if runs and (runs[-1].bold, runs[-1].italic) == (letter.bold, letter.italic):
            runs[-1] = replace(runs[-1], text=runs[-1].text + letter.text)
        else:
            runs.append(letter)
    return tuple(runs)


def _opportunities(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, whether a space follows) of each piece between break opportunities."""
    for word in re.finditer(r"[^ ]+", text):
        start = word.start()
        for cut in _BREAK_AFTER.finditer(text, word.start(), word.end()):
            if start < cut.start() < word.end():
                yield start, cut.start(), False
                start = cut.start()
        yield start, word.end(), word.end() < len(text)


def _sliced(runs: Sequence[Run], text: str, start: int, end: int) -> Iterator[Run]:
    """Yield the part of each run that lies in text[start:end], with the text's own (unbreakable) spaces."""
    position = 0
    for run in runs:
        low, high = max(start, position), min(end, position + len(run.text))
        if low < high:
            yield replace(run, text=text[low:high])
        position += len(run.text)


def keep_together(text: str) -> str:
    """Make the spaces unbreakable that must not end a line; the length stays the same."""
    return _KEPT_SPACES.sub(lambda match: match.group()[:-1] + UNBREAKABLE, text)


def _clean(text: str) -> str:
    """Compose the letters, turn every breaking space into a plain one and drop what leaves no ink."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        character if character == UNBREAKABLE or not is_invisible(character) else " " * character.isspace()
        for character in composed
    )


def _is_space(run: Shaped) -> bool:
    return all(run.face.sources[glyph.code] == " " for glyph in run.glyphs)
