"""The pen: draws on a PDF page with y downwards from its top, asking for colours by role."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reportlab.lib.colors import HexColor

from ipt_desktop.reports.fonts import Shaped
from ipt_desktop.reports.text import Line

DOT_STEP = 3.4


class Pen:
    """A ReportLab canvas of `height` points, seen from its upper left corner.

    `chapters` are the numbers of the pages that the chapters begin on, for the contents.
    """

    def __init__(self, canvas: Any, colours: Mapping[str, str], height: float, chapters: Sequence[int] = ()) -> None:
        self.canvas = canvas
        self.height = height
        self.chapters = chapters
        self._colours = {role: HexColor(value) for role, value in colours.items()}

    def colour(self, role: str) -> Any:
        """Return a role's colour; KeyError if the palette has no such role."""
        return self._colours[role]

    def text(self, line: Line, x: float, y: float, *, role: str = "") -> None:
        """Write a line whose baseline starts at (x, y)."""
        self.canvas.setFillColor(self.colour(role or line.style.role))
        self.glyphs(line.runs, line.style.size, x, self.height - y)

    def text_right(self, line: Line, x: float, y: float) -> None:
        """Write a line that ends at x."""
        self.text(line, x - line.width, y)

    def text_centred(self, line: Line, x: float, y: float) -> None:
        """Write a line whose middle is x."""
        self.text(line, x - line.width / 2, y)

    def rule(self, x: float, y: float, width: float, *, role: str = "line", weight: float = 0.4) -> None:
        """Draw a horizontal rule."""
        self.canvas.setStrokeColor(self.colour(role))
        self.canvas.setLineWidth(weight)
        self.canvas.line(x, self.height - y, x + width, self.height - y)

    def dots(self, begin: float, end: float, y: float) -> None:
        """Draw dots that lead from words to a number; from the right, so that those of all lines stand below one another."""
        self.canvas.setFillColor(self.colour("text_soft"))
        for place in range(int((end - begin) / DOT_STEP)):
            self.canvas.circle(end - place * DOT_STEP, self.height - y, 0.35, stroke=0, fill=1)

    def glyphs(self, runs: Iterable[Shaped], size: float, x: float, y: float) -> None:
        """Write glyphs at a point of the canvas's own coordinates, with the distances that shaping gave."""
        document = self.canvas._doc  # noqa: SLF001 (a font's subset is kept by the document)
        operators = [f"BT 1 0 0 1 {x:.3f} {y:.3f} Tm"]
        held: list[str] = []
        now: tuple[object, int, float] | None = None
        for shaped in runs:
            for glyph in shaped.glyphs:
                subset, byte = shaped.face.place(glyph.code, document)
                if (shaped.face, subset, glyph.dy) != now:
                    operators += _shown(held)
                    held = []
                    name = shaped.face.getSubsetInternalName(subset, document)
                    operators.append(f"{name} {size:g} Tf {glyph.dy * size / 1000:g} Ts")
                    now = (shaped.face, subset, glyph.dy)
                if glyph.dx:
                    held.append(f"{-glyph.dx:g}")
                held.append(f"<{byte:02X}>")
                if correction := glyph.natural + glyph.dx - glyph.advance:
                    held.append(f"{correction:g}")
        self.canvas.addLiteral(" ".join([*operators, *_shown(held), "0 Ts ET"]))


def _shown(pieces: Sequence[str]) -> list[str]:
    """Return the operator that shows glyphs, neighbours joined into one string."""
    return [f"[{' '.join(pieces).replace('> <', '')}] TJ"] if pieces else []
