"""The paper faces: loaded when first needed, shaped by HarfBuzz, written into the PDF glyph by glyph.

ReportLab knows characters, shaping yields glyphs. A `Face` therefore hands out a private code (plane 15) for each pair of
glyph and source text, and writes a ToUnicode table that gives the source text back to whoever searches or copies the page.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Script:
    """The faces of a script: where its letters lie in Unicode, and how large they are set to look as large as Source.

    There may be no `bold` face; then emphasis falls away. The text of one that `needs_words` can be found and copied only where
    the words stand beside the glyphs.
    """

    ranges: tuple[tuple[int, int], ...]
    regular: str
    bold: str = ""
    scale: float = 1.0
    needs_words: bool = False

    def has(self, text: str) -> bool:
        """Whether its first letter lies in the script."""
        return any(first <= ord(text[0]) <= last for first, last in self.ranges)


SCRIPTS = (
    Script(((0x0590, 0x05FF), (0xFB1D, 0xFB4F)), "Assistant_400Regular.ttf", "Assistant_600SemiBold.ttf", 1.06),
    Script(
        ((0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)),
        "NotoNaskhArabic-Regular.ttf",
        "NotoNaskhArabic-Bold.ttf",
        1.14,
    ),
    Script(
        ((0x0900, 0x097F), (0xA8E0, 0xA8FF)),
        "NotoSansDevanagari_400Regular.ttf",
        "NotoSansDevanagari_600SemiBold.ttf",
        1.04,
        needs_words=True,
    ),
    Script(((0x0530, 0x058F), (0xFB13, 0xFB17)), "NotoSansArmenian-Regular.ttf"),
    Script(((0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2F)), "NotoSansGeorgian-Regular.ttf"),
    Script(((0x0980, 0x09FF),), "NotoSansBengali-Regular.ttf", needs_words=True),
    Script(((0x0B80, 0x0BFF),), "NotoSansTamil-Regular.ttf", needs_words=True),
    Script(((0x0E00, 0x0E7F),), "NotoSansThai-Regular.ttf", needs_words=True),
    Script(((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7AF)), "NanumGothicCoding.ttf", scale=0.96),
    Script(
        ((0x2E80, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF)),
        "DroidSansFallbackFull.ttf",
        scale=0.96,
    ),
)
PRIVATE = 0xF0000
JOINERS = "\u200c\u200d"
ZERO_WIDTH_JOINER = "\u200d"
LEADING_VOWELS = "เแโใไ"
"""Of Thai: written before the letter they are spoken after."""
VIRAMA = 9
"""The combining class of the sign that ties two consonants together in the scripts of India."""
NOT_SEEN = "\u200b"  # the text of a glyph whose letter an earlier glyph already gave


class Glyph(NamedTuple):
    """A shaped glyph; distances in thousandths of the size. `natural` is its own width, `advance` the one to take."""

    code: int
    advance: float
    natural: float
    dx: float
    dy: float


class Shaped(NamedTuple):
    """Glyphs of one face in drawing order and their width in thousandths of the size.

    An odd `level` runs from right to left; `words` are what is written where the glyphs cannot tell it.
    """

    face: "Face"
    glyphs: tuple[Glyph, ...]
    width: float
    level: int = 0
    words: str = ""


class Face(TTFont):  # type: ignore[misc]
    """One font file: says what it covers, shapes words, and embeds the glyphs used."""

    def __init__(self, path: Path, scale: float = 1.0, *, needs_words: bool = False) -> None:
        super().__init__(f"Paper-{path.stem}", str(path), asciiReadable=False)
        hb_face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))
        self.hb = uharfbuzz.Font(hb_face)
        self.per_mille = 1000 / hb_face.upem
        self.scale, self.needs_words = scale, needs_words
        self.sources: dict[int, str] = {}
        self._codes: dict[tuple[int, str], int] = {}
        self._free = count(PRIVATE)
        self._words: dict[tuple[str, int], Shaped] = {}
        self._glyphs: dict[Glyph, Glyph] = {}
        pdfmetrics.registerFont(self)

    def covers(self, text: str) -> bool:
        """Whether the face has a glyph of its own for every character."""
        return all(ord(character) in self.face.charToGlyph for character in text)

    def shape(self, word: str, level: int = 0) -> Shaped:
        """Shape a word once; later calls return the same glyphs. One of an odd level runs from right to left."""
        shaped = self._words.get((word, level))
        if shaped is None:
            shaped = self._words[word, level] = self._shape(word, level)
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

    def _shape(self, word: str, level: int) -> Shaped:
        buffer = uharfbuzz.Buffer()
        buffer.add_codepoints([ord(character) for character in word])
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if level % 2 else "ltr"
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        uharfbuzz.shape(self.hb, buffer, {})
        starts = [*sorted({info.cluster for info in buffer.glyph_infos}), len(word)]
        sources = {start: word[start:end] for start, end in pairwise(starts)}
        glyphs = []
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            code = self._code(info.codepoint, sources.pop(info.cluster, NOT_SEEN).replace("\u00a0", " "))
            distances = (position.x_advance, self.face.charWidths[code] / self.per_mille, position.x_offset, position.y_offset)
            glyph = Glyph(code, *(distance * self.per_mille for distance in distances))
            glyphs.append(self._glyphs.setdefault(glyph, glyph))  # most words are made of the same few
        words = word.replace("\u00a0", " ") if self.needs_words else ""
        return Shaped(self, tuple(glyphs), sum(glyph.advance for glyph in glyphs) * self.scale, level, words)

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
        return self._loaded(FILES[family, bold, italic and not bold])

    def _loaded(self, name: str, script: Script | None = None) -> Face:
        if name not in self._faces:
            scale, needs_words = (script.scale, script.needs_words) if script else (1.0, False)
            self._faces[name] = Face(self.folder / name, scale, needs_words=needs_words)
        return self._faces[name]

    def forget_words(self) -> None:
        """Let go of every word that was set with these faces."""
        for face in list(self._faces.values()):
            face.forget_words()

    def can_print(self, character: str) -> bool:
        """Whether some face has the character."""
        return any(face.covers(character) for face in self._chain(character, "serif", bold=False, italic=False))

    def set(self, text: str, family: str, *, bold: bool = False, italic: bool = False, level: int = 0) -> tuple[Shaped, ...]:
        """Shape a word of one level, each grapheme in the first face that has all of it; cut only where the face changes.

        The parts come in the order they are read. Raises LookupError for what no face has.
        """
        first = self.face(family, bold=bold, italic=italic)
        if first.covers(text):
            return (first.shape(text, level),)
        runs: list[tuple[Face, str]] = []
        for grapheme in graphemes(text):
            before = runs[-1][0] if runs else None
            face = self._of(grapheme, before, family, bold=bold, italic=italic)
            if face is None and all(map(is_invisible, grapheme)):
                face, grapheme = first, " " * grapheme.isspace()
            if face is None:
                raise LookupError(grapheme)
            if face is before:
                runs[-1] = (face, runs[-1][1] + grapheme)
            else:
                runs.append((face, grapheme))
        return tuple(face.shape(part, level) for face, part in runs if part)

    def _of(self, grapheme: str, before: Face | None, family: str, *, bold: bool, italic: bool) -> Face | None:
        """Return the face of a grapheme; a sign among the letters of another script is set in theirs."""
        if before is not None and before.scale != 1.0 and not grapheme[0].isalnum() and before.covers(grapheme):
            return before
        letters = grapheme.rstrip(JOINERS) or grapheme
        return next((face for face in self._chain(letters, family, bold=bold, italic=italic) if face.covers(letters)), None)

    def _chain(self, letters: str, family: str, *, bold: bool, italic: bool) -> Iterator[Face]:
        """Yield the faces to try in turn; a face is loaded only when the one before has failed."""
        other = "sans" if family == "serif" else "serif"
        yield self.face(family, bold=bold, italic=italic)
        yield self.face(other, bold=bold, italic=italic)
        yield self.face(family)
        yield self.face(other)
        for script in SCRIPTS:
            if script.has(letters):
                yield self._loaded(script.bold if bold and script.bold else script.regular, script)


@cache
def fonts_in(folder: Path) -> Fonts:
    """Return the faces of a folder, loaded once a process."""
    return Fonts(folder)


def graphemes(text: str) -> Iterator[str]:
    """Yield letters with the marks that stand on them, those that a sign or a joiner ties together as one."""
    held = ""
    for character in text:
        is_mark = unicodedata.category(character)[0] == "M" or character in JOINERS
        is_tied = held.endswith((ZERO_WIDTH_JOINER, *LEADING_VOWELS)) or (held and unicodedata.combining(held[-1]) == VIRAMA)
        if held and not is_mark and not is_tied:
            yield held
            held = ""
        held += character
    if held:
        yield held
