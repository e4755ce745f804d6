"""The pen: draws on a PDF page with y downwards from its top, asking for colours by role.

Whatever it draws is marked: words belong to a tag (`structure`), all else is an artifact, which is not read aloud.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from reportlab.lib.colors import HexColor

from ipt_desktop.reports.fonts import Face, Shaped
from ipt_desktop.reports.structure import Structure, Tag
from ipt_desktop.reports.text import Line

DOT_STEP = 3.4
ARTIFACT = Tag(role="Artifact")
"""What is drawn under it belongs to the page and not to what it says."""


class Pen:
    """A ReportLab canvas of `height` points, seen from its upper left corner.

    `chapters` are the numbers of the pages that the chapters begin on, for the contents.
    """

    def __init__(self, canvas: Any, colours: Mapping[str, str], height: float, chapters: Sequence[int] = ()) -> None:
        self.canvas = canvas
        self.height = height
        self.chapters = chapters
        self.structure = Structure()
        self._colours = {role: HexColor(value) for role, value in colours.items()}
        self._tag = ARTIFACT
        self._open: Tag | None = None
        self._is_whole = False
        self._places: dict[Face, dict[int, tuple[int, int]]] = {}

    def colour(self, role: str) -> Any:
        """Return a role's colour; KeyError if the palette has no such role."""
        return self._colours[role]

    @contextmanager
    def under(self, tag: Tag | None) -> Iterator[None]:
        """Let the words that are written belong to a tag."""
        before, self._tag = self._tag, tag or ARTIFACT
        yield
        self._tag = before

    @contextmanager
    def whole(self, tag: Tag = ARTIFACT) -> Iterator[None]:
        """Let all that is drawn belong to a tag, shapes and words alike: a figure; or, without one, be no part of the text."""
        if self._is_whole:
            yield
            return
        self._mark(tag)
        self._is_whole = True
        yield
        self._is_whole = False
        self._close()

    def turn(self) -> None:
        """End the page."""
        self._close()
        self.structure.turn()
        self.canvas.showPage()

    def text(self, line: Line, x: float, y: float, *, role: str = "") -> None:
        """Write a line whose baseline starts at (x, y)."""
        self._mark(self._tag, y)
        self.canvas.setFillColor(self.colour(role or line.style.role))
        if self._open is not None and self._open is not ARTIFACT:
            self._open.say(line)
        self.glyphs(*self._with_its_end(line, x + line.indent), line.style.size, self.height - y)

    def text_right(self, line: Line, x: float, y: float) -> None:
        """Write a line that ends at x."""
        self.text(replace(line, room=None), x - line.width, y)

    def text_centred(self, line: Line, x: float, y: float) -> None:
        """Write a line whose middle is x."""
        self.text(replace(line, room=None), x - line.width / 2, y)

    def rule(self, x: float, y: float, width: float, *, role: str = "line", weight: float = 0.4) -> None:
        """Draw a horizontal rule."""
        self._mark(ARTIFACT)
        self.canvas.setStrokeColor(self.colour(role))
        self.canvas.setLineWidth(weight)
        self.canvas.line(x, self.height - y, x + width, self.height - y)

    def fill(self, role: str, x: float, y: float, width: float, height: float) -> None:
        """Fill a rectangle, (x, y) being its upper left corner."""
        self._mark(ARTIFACT)
        self.canvas.setFillColor(self.colour(role))
        self.canvas.rect(x, self.height - y - height, width, height, stroke=0, fill=1)

    def dots(self, begin: float, end: float, y: float) -> None:
        """Draw dots that lead from words to a number; from the right, so that those of all lines stand below one another."""
        if end <= begin:
            return
        self._mark(ARTIFACT)
        canvas = self.canvas
        canvas.saveState()
        canvas.setStrokeColor(self.colour("text_soft"))
        canvas.setLineWidth(0.7)
        canvas.setLineCap(1)  # round: a dash without length is a dot
        canvas.setDash([0, DOT_STEP])
        canvas.line(end, self.height - y, begin, self.height - y)
        canvas.restoreState()

    def _with_its_end(self, line: Line, x: float) -> tuple[tuple[Shaped, ...], float]:
        """Return the runs of a line and where they begin.

        The space between two words is written where a line ends, too, or they run together when they are read aloud.
        """
        if not line.is_end or not line.runs or self._is_whole:
            return line.runs, x
        if not line.level % 2:
            return (*line.runs, line.runs[-1].face.shape(" ")), x
        end = line.runs[0].face.shape(" ")
        return (end, *line.runs), x - end.width * line.style.size / 1000

    def glyphs(self, runs: Iterable[Shaped], x: float, size: float, y: float) -> None:
        """Write glyphs at a point of the canvas's own coordinates, with the distances that shaping gave.

        Where glyphs cannot tell what is written, the words stand beside them; never for what runs from right to left, which
        readers would turn round once more.
        """
        document = self.canvas._doc  # noqa: SLF001 (a font's subset is kept by the document)
        operators = [f"BT 1 0 0 1 {x:.3f} {y:.3f} Tm"]
        held: list[str] = []
        now: tuple[object, int, float] | None = None
        for shaped in runs:
            if shaped.words:
                operators += [*_shown(held), f"/Span << /ActualText <FEFF{shaped.words.encode('utf-16-be').hex()}> >> BDC"]
                held = []
            places = self._places.setdefault(shaped.face, {})
            for glyph in shaped.glyphs:
                place = places.get(glyph.code)
                if place is None:
                    place = places[glyph.code] = shaped.face.place(glyph.code, document)
                subset, byte = place
                if (shaped.face, subset, glyph.dy) != now:
                    operators += _shown(held)
                    held = []
                    name = shaped.face.getSubsetInternalName(subset, document)
                    scaled = size * shaped.face.scale
                    operators.append(f"{name} {scaled:g} Tf {glyph.dy * scaled / 1000:g} Ts")
                    now = (shaped.face, subset, glyph.dy)
                if glyph.dx:
                    held.append(f"{-glyph.dx:g}")
                held.append(f"<{byte:02X}>")
                if correction := glyph.natural + glyph.dx - glyph.advance:
                    held.append(f"{correction:g}")
            if shaped.words:
                operators += [*_shown(held), "EMC"]
                held = []
        self.canvas.addLiteral(" ".join([*operators, *_shown(held), "0 Ts ET"]))

    def _mark(self, tag: Tag, top: float = 0.0) -> None:
        """Begin a mark of the tag, unless one is open; the words of a paragraph are one mark on a page."""
        if self._is_whole or tag is self._open:
            return
        self._close()
        name = "Figure" if tag.role == "Figure" else "P"
        number = None if tag is ARTIFACT else self.structure.mark(tag, top)
        self.canvas.addLiteral("/Artifact BMC" if number is None else f"/{name} << /MCID {number} >> BDC")
        self._open = tag

    def _close(self) -> None:
        if self._open is not None:
            self.canvas.addLiteral("EMC")
            self._open = None


def _shown(pieces: Sequence[str]) -> list[str]:
    """Return the operator that shows glyphs, neighbours joined into one string."""
    return [f"[{' '.join(pieces).replace('> <', '')}] TJ"] if pieces else []
