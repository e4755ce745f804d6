"""The bundled SVG drawings, as text in one colour."""

from functools import cache
from importlib.resources import files

from PySide6.QtGui import QColor


@cache
def svg(name: str) -> str:
    """Return a drawing of `resources/icons`; FileNotFoundError for one that is not bundled."""
    return files("resources").joinpath(f"icons/{name}.svg").read_text(encoding="utf-8")


def tinted_svg(name: str, colour: QColor) -> bytes:
    """Return a drawing with its `currentColor` replaced."""
    return svg(name).replace("currentColor", colour.name()).encode()
