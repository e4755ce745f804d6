"""The paper faces: loaded when first needed, shaped by HarfBuzz, written into the PDF glyph by glyph.

ReportLab knows characters, shaping yields glyphs. A `Face` therefore hands out a private code (plane 15) for each pair of
glyph and source text, and writes a ToUnicode table that gives the source text back to whoever searches or copies the page.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import uharfbuzz
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from ipt_desktop.domain.report import is_invisible

FILES = {
    ("sans", False, False): "SourceSans3_400Regular.ttf",
    ("sans", False, True): "SourceSans3_400Regular_Italic.ttf",
    ("sans", True, False): "SourceSans3_600SemiBold.ttf",
    ("serif", False, False): "SourceSerif4_400Regular.ttf",
    ("serif", False, True): "SourceSerif4_400Regular_Italic.ttf",
    ("serif", True, False): "SourceSerif4_600SemiBold.ttf",
    ("code", False, False): "SourceCodePro_600SemiBold.ttf",  # the recovery code's alone: it has one weight
}
PRIVATE = 0xF0000
NOT_SEEN = "\u200b"  # the text of a glyph whose letter an earlier glyph already gave


class Glyph(NamedTuple):
    """A shaped glyph; distances in thousandths of the size. `natural` is its own width, `advance` the one to take."""

    code: int
    advance: float
    natural: float
    dx: float
    dy: float


class Shaped(NamedTuple):
    """Glyphs of one face in drawing order and their width in thousandths of the size."""

    face: "Face"
    glyphs: tuple[Glyph, ...]
    width: float


class Face(TTFont):  # type: ignore[misc]
    """One font file: says what it covers, shapes words, and embeds the glyphs used."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"Paper-{path.stem}", str(path), asciiReadable=False)
        hb_face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))
        self.hb = uharfbuzz.Font(hb_face)
        self.per_mille = 1000 / hb_face.upem
        self.sources: dict[int, str] = {}
        self._codes: dict[tuple[int, str], int] = {}
        self._free = count(PRIVATE)
        self._words: dict[str, Shaped] = {}
        pdfmetrics.registerFont(self)

    def covers(self, text: str) -> bool:
        """Whether the face has a glyph of its own for every character."""
        return all(ord(character) in self.face.charToGlyph for character in text)

    def shape(self, word: str) -> Shaped:
        """Shape a word once; later calls return the same glyphs."""
        shaped = self._words.get(word)
        if shaped is None:
            shaped = self._words[word] = self._shape(word)
        return shaped

    def forget_words(self) -> None:
        """Let go of every word shaped so far."""
        self._words.clear()

    def place(self, code: int, document: Any) -> tuple[int, int]:
        """Return (subset, byte) of a private code in a PDF document, assigning it when first used there."""
        state = self.state.get(document)
        if state is None or code not in state.assignments:
            self.splitString(chr(code), document)
            state = self.state[document]
        number = state.assignments[code]
        return number >> 8, number & 0xFF

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        """Write the font's subsets as ReportLab does, then give each its true ToUnicode table."""
        subsets = self.state[doc].subsets
        names = [self.getSubsetInternalName(number, doc)[1:] for number in range(len(subsets))]
        super().addObjects(doc)
        for name, subset in zip(names, subsets, strict=True):
            reference = doc.idToObject["BasicFonts"].dict[name].ToUnicode
            doc.idToObject[reference.name].content = self._to_unicode(name, subset)

    def _shape(self, word: str) -> Shaped:
        buffer = uharfbuzz.Buffer()
        buffer.add_codepoints([ord(character) for character in word])
        buffer.guess_segment_properties()
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        uharfbuzz.shape(self.hb, buffer, {})
        starts = [*sorted({info.cluster for info in buffer.glyph_infos}), len(word)]
        sources = {start: word[start:end] for start, end in pairwise(starts)}
        glyphs = []
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            code = self._code(info.codepoint, sources.pop(info.cluster, NOT_SEEN).replace("\u00a0", " "))
            distances = (position.x_advance, self.face.charWidths[code] / self.per_mille, position.x_offset, position.y_offset)
            glyphs.append(Glyph(code, *(distance * self.per_mille for distance in distances)))
        return Shaped(self, tuple(glyphs), sum(glyph.advance for glyph in glyphs))

    def _code(self, glyph: int, source: str) -> int:
        """Return the private code of a glyph that stands for `source`, known to ReportLab as a character of its own."""
        code = self._codes.get((glyph, source))
        if code is None:
            code = next(self._free)  # and known everywhere before it is handed out: pictures are measured in other threads
            self.sources[code] = source
            self.face.charToGlyph[code] = glyph
            self.face.charWidths[code] = self.hb.get_glyph_h_advance(glyph) * self.per_mille
            self._codes[glyph, source] = code
        return code

    def _to_unicode(self, name: str, subset: Sequence[int]) -> str:
        rows = [
            f"<{number:02X}> <{self.sources.get(code, chr(code)).encode('utf-16-be').hex().upper()}>"
            for number, code in enumerate(subset)
            if code
        ]
        blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
        listed = "\n".join("\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]) for block in blocks)
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            f"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /{name} def\n"
            f"/CMapType 2 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{listed}\n"
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
        )


class Fonts:
    """The faces of one folder, and which of them sets which text."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._faces: dict[str, Face] = {}

    def face(self, family: str, *, bold: bool = False, italic: bool = False) -> Face:
        """Return a face of `serif`, `sans` or `code`; there is no bold italic, so bold wins."""
        name = FILES[family, bold, italic and not bold]
        if name not in self._faces:
            self._faces[name] = Face(self.folder / name)
        return self._faces[name]

    def forget_words(self) -> None:
        """Let go of every word that was set with these faces."""
        for face in list(self._faces.values()):
            face.forget_words()

    def can_print(self, character: str) -> bool:
        """Whether some face has the character."""
        return any(face.covers(character) for face in self._chain("serif", bold=False, italic=False))

    def set(self, text: str, family: str, *, bold: bool = False, italic: bool = False) -> tuple[Shaped, ...]:
        """Shape a word, each grapheme in the first face that has all of it; cut only where the face changes."""
        first = self.face(family, bold=bold, italic=italic)
        if first.covers(text):
            return (first.shape(text),)
        runs: list[tuple[Face, str]] = []
        for grapheme in _graphemes(text):
            face = next((face for face in self._chain(family, bold=bold, italic=italic) if face.covers(grapheme)), None)
            if face is None and all(map(is_invisible, grapheme)):
                face, grapheme = first, " " * grapheme.isspace()
            if face is None:
                raise LookupError(grapheme)
            if runs and runs[-1][0] is face:
                runs[-1] = (face, runs[-1][1] + grapheme)
            else:
                runs.append((face, grapheme))
        return tuple(face.shape(part) for face, part in runs if part)

    def _chain(self, family: str, *, bold: bool, italic: bool) -> Iterator[Face]:
        """Yield the faces to try in turn; a face is loaded only when the one before has failed."""
        other = "sans" if family == "serif" else "serif"
        yield self.face(family, bold=bold, italic=italic)
        yield self.face(other, bold=bold, italic=italic)
        yield self.face(family)
        yield self.face(other)


@cache
def fonts_in(folder: Path) -> Fonts:
    """Return the faces of a folder, loaded once a process."""
    return Fonts(folder)


def _graphemes(text: str) -> Iterator[str]:
    """Yield letters with the marks that stand on them."""
    grapheme = ""
    for character in text:
        if grapheme and not unicodedata.combining(character):
            yield grapheme
            grapheme = ""
        grapheme += character
    if grapheme:
        yield grapheme
