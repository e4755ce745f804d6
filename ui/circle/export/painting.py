"""A circle as a picture of pixels: the display list as on paper, painted with paper's own faces and colours."""

from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QImage, QImageWriter, QPainter

from ipt_desktop.domain.picture import Picture
from ui import theme
from ui.drawings import RESOURCES
from ui.painting import Inks, PaintedMarks

FACE = "Source Sans 3"
Letters = Mapping[str, tuple[float, bool]]
"""The size of each style of words in the picture's units, and whether it is heavy."""


@cache
def _register_faces() -> None:
    for file in sorted(RESOURCES.joinpath("fonts/paper").glob("SourceSans3_*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def paper_inks(letters: Letters) -> Inks:
    """Return paper's colours and faces, in which a picture for outside was laid out."""
    _register_faces()
    colours = theme.tokens()["paper"]
    to_points = 72.0 / QGuiApplication.primaryScreen().logicalDotsPerInchY()  # a size in pixels would have to be whole

    @cache
    def font(style: str) -> QFont:
        size, is_heavy = letters.get(style, letters["label"])
        made = QFont()
        made.setFamilies([FACE, *theme.tokens()["type"]["family"]])
        made.setPointSizeF(size * to_points)
        made.setWeight(QFont.Weight.DemiBold if is_heavy else QFont.Weight.Normal)
        made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return made

    return Inks(lambda role: QColor(colours[role]), font)


def painted(picture: Picture, letters: Letters, scale: float) -> QImage:
    """Return a picture on white, `scale` pixels a unit."""
    inks = paper_inks(letters)
    image = QImage(round(picture.width * scale), round(picture.height * scale), QImage.Format.Format_RGB32)
    image.fill(inks.color("surface"))
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    PaintedMarks(picture.marks, inks).paint(painter)
    painter.end()
    return image


def as_png(image: QImage) -> bytes:
    """Return an image as PNG, with no word about where it comes from."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def for_clipboard(image: QImage) -> QMimeData:
    """Return an image as the clipboard takes it; its PNG as well, by which it is known again when it is to be taken back."""
    data = QMimeData()
    data.setImageData(image)
    data.setData("image/png", as_png(image))
    return data
