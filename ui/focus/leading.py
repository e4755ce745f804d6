"""The reading face with more room between its lines.

A text's line distance is part of its blocks, and changing it there would be a step to undo. What a view may change freely is
the font. So the larger distance of focus mode comes from the font itself: the same faces under a name of their own, whose
header asks for a wider gap below each line. The text in the document, and every step that can be undone in it, stays as it is.
"""

from functools import cache
from struct import pack_into, unpack_from

from PySide6.QtGui import QFontDatabase

from ui import theme
from ui.drawings import RESOURCES

FACE = "Inter"  # as its files name it; another name for it has as many letters, for it is put in its place
WEIGHTS = ("400Regular", "600SemiBold", "700Bold")
MOST_GAP = 9999
_GAP_IN_HHEA, _GAP_IN_OS2, _UPEM_IN_HEAD = 8, 72, 18


def families_with_lines(style: str, percent: float) -> list[str]:
    """Return the families in which a text at `percent` of its font's own line distance is set as far apart as `style` asks.

    Where the faces already stand that far apart, or can't be made, they are the usual ones.
    """
    usual = list(theme.tokens()["type"]["family"])
    spec = theme.tokens()["type"][style]
    wanted = spec["line"] / spec["px"] / (percent / 100)  # a line's height, in parts of the font's size
    gap = _gap(wanted)
    if not 0 < gap <= MOST_GAP:
        return usual
    made = _registered(gap)
    return [made if made and each == FACE else each for each in usual]


def _gap(wanted: float) -> int:
    """Return the gap below a line in the font's own units."""
    data = _file(WEIGHTS[0])
    tables = _tables(data)
    ascent, descent = unpack_from(">hh", data, tables[b"hhea"][0] + 4)
    (upem,) = unpack_from(">H", data, tables[b"head"][0] + _UPEM_IN_HEAD)
    return round(wanted * int(upem)) - (int(ascent) - int(descent))


@cache
def _registered(gap: int) -> str:
    """Make the faces with this gap known to Qt and return their family, "" where that fails."""
    family = f"I{gap:04d}"
    for weight in WEIGHTS:
        number = QFontDatabase.addApplicationFontFromData(_with_gap(_file(weight), gap, family))
        if number < 0:
            return ""
    return family


def _file(weight: str) -> bytes:
    return RESOURCES.joinpath(f"fonts/inter/Inter_{weight}.ttf").read_bytes()


def _tables(data: bytes | bytearray) -> dict[bytes, tuple[int, int, int]]:
    """Return where each table of a font begins, how long it is, and where its line in the directory stands."""
    (count,) = unpack_from(">H", data, 4)
    lines = [12 + 16 * number for number in range(count)]
    return {bytes(data[line : line + 4]): (*unpack_from(">II", data, line + 8), line) for line in lines}


def _with_gap(font: bytes, gap: int, family: str) -> bytes:
    """Return a font under another name and with another gap below its lines (OpenType: `hhea`, `OS/2` and `name`)."""
    data = bytearray(font)
    tables = _tables(data)
    pack_into(">h", data, tables[b"hhea"][0] + _GAP_IN_HHEA, gap)
    pack_into(">h", data, tables[b"OS/2"][0] + _GAP_IN_OS2, gap)
    start, length, _line = tables[b"name"]
    names = bytes(data[start : start + length])
    for encoding in ("utf-16-be", "ascii"):
        names = names.replace(FACE.encode(encoding), family.encode(encoding))
    data[start : start + length] = names
    for table in (b"hhea", b"OS/2", b"name"):
        start, length, line = tables[table]
        pack_into(">I", data, line + 4, _checksum(data[start : start + length]))
    return bytes(data)


def _checksum(table: bytearray) -> int:
    padded = bytes(table) + b"\0" * (-len(table) % 4)
    return sum(map(int, unpack_from(f">{len(padded) // 4}I", padded))) & 0xFFFFFFFF
