"""The bundled SVG drawings, as text in one colour."""

from functools import cache
from pathlib import Path

from PySide6.QtGui import QColor

# Beside this package in the source, the wheel and the bundle; importlib.resources would cost a tenth of the start.
RESOURCES = Path(__file__).parents[1] / "resources"


@cache
def svg(name: str) -> str:
    """Return a drawing of `resources/icons`; FileNotFoundError for one that is not bundled."""
    return RESOURCES.joinpath(f"icons/{name}.svg").read_text(encoding="utf-8")


def tinted_svg(name: str, colour: QColor) -> bytes:
    """Return a drawing with its `currentColor` replaced."""
    return svg(name).replace("currentColor", colour.name()).encode()
