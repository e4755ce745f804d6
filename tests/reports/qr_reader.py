"""Reads a QR code back from a picture of it, as a scanner does: version 4, level Q, capitals and digits. No fault is mended."""

from collections.abc import Iterator

from PIL import Image

SIZE = 33
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
LEVEL_Q = 0b11
MASKS = (
    lambda row, column: (row + column) % 2 == 0,
    lambda row, column: row % 2 == 0,
    lambda row, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
)


def read_qr(picture: Image.Image) -> str:
    """Return the text of the one code on a white picture."""
    grid = grid_of(picture)
    level, mask = format_of(grid)
    assert level == LEVEL_Q
    bits = [grid[row][column] ^ MASKS[mask](row, column) for row, column in way()]
    words = [sum(bit << 7 - place for place, bit in enumerate(bits[at : at + 8])) for at in range(0, 48 * 8, 8)]
    return text_of([*words[0::2], *words[1::2]])  # two blocks of 24, their words taken in turn


def grid_of(picture: Image.Image) -> list[list[bool]]:
    """Return the modules, each by the colour in its middle."""
    dark = picture.convert("L").point(lambda value: 255 * (value < 128))
    box = dark.getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert abs((right - left) - (bottom - top)) <= 2, "it is not square"
    step = (right - left) / SIZE
    places = range(SIZE)
    return [
        [dark.getpixel((int(left + (column + 0.5) * step), int(top + (row + 0.5) * step))) == 255 for column in places]
        for row in places
    ]


def format_of(grid: list[list[bool]]) -> tuple[int, int]:
    """Return the level and the number of the mask, which stand beside the corner."""
    value = 0
    for column in range(5):
        value = value << 1 | grid[8][column]
    value ^= 0b10101
    return value >> 3, value & 0b111


def is_fixed(row: int, column: int) -> bool:
    """Whether a module belongs to the pattern and holds no text."""
    in_corner = (row < 9 and (column < 9 or column >= SIZE - 8)) or (row >= SIZE - 8 and column < 9)
    return in_corner or row == 6 or column == 6 or (24 <= row <= 28 and 24 <= column <= 28)


def way() -> Iterator[tuple[int, int]]:
    """Yield the places of the text's bits: up and down in columns of two, from the right."""
    is_up = True
    for right in (*range(SIZE - 1, 6, -2), 5, 3, 1):
        for row in reversed(range(SIZE)) if is_up else range(SIZE):
            for column in (right, right - 1):
                if not is_fixed(row, column):
                    yield row, column
        is_up = not is_up


def text_of(words: list[int]) -> str:
    """Return the text in the words of a code."""
    bits = "".join(f"{word:08b}" for word in words)
    assert bits[:4] == "0010", "another kind of text"
    length, at, text = int(bits[4:13], 2), 13, ""
    while len(text) < length:
        count = 2 if length - len(text) > 1 else 1
        width = 11 if count == 2 else 6
        value = int(bits[at : at + width], 2)
        text += (ALPHANUMERIC[value // 45] if count == 2 else "") + ALPHANUMERIC[value % 45]
        at += width
    return text
