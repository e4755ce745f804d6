"""The logo of a letterhead: read from a PNG or JPEG, drawn small, as it is and no wider or higher."""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.text import _
from ipt_desktop.reports.pen import Pen

WIDTH, HEIGHT = 96.0, 34.0
"""The room for it, in points."""
DOTS = 300 / 72
"""The most dots a point on paper."""
MOST_BYTES, MOST_PIXELS = 10_000_000, 50_000_000


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture and how large it is drawn, in points."""

    image: Image.Image
    width: float
    height: float

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Draw it with its upper left corner at (x, y)."""
        with pen.whole():
            pen.canvas.drawImage(ImageReader(self.image), x, pen.height - y - self.height, self.width, self.height)


def logo_of(data: bytes) -> Logo:
    """Return a PNG or JPEG as a logo. Raises Refused where it is neither, is damaged or far too large."""
    image = _opened(data)
    scale = min(WIDTH / image.width, HEIGHT / image.height)
    return Logo(image, image.width * scale, image.height * scale)


def for_keeping(data: bytes) -> bytes:
    """Return a PNG or JPEG as a PNG with no more dots than paper needs, and nothing of who made it, when and where.

    Raises Refused as `logo_of` does.
    """
    stream = io.BytesIO()
    _opened(data).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _opened(data: bytes) -> Image.Image:
    """Return the picture upright on white: a page holds no transparency, and only the dots are taken over."""
    if len(data) > MOST_BYTES:
        raise Refused(reason=_("This picture is too large for a letterhead; it may have 10 MB. Choose a smaller one."))
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as read:
            if read.width * read.height > MOST_PIXELS:
                raise ValueError(read.size)
            read.draft("RGB", (round(WIDTH * DOTS), round(HEIGHT * DOTS)))
            upright = ImageOps.exif_transpose(read).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        reason = _("This picture cannot be read. It has to be a whole PNG or JPEG. Choose another, or print without a logo.")
        raise Refused(reason=reason) from error
    upright.thumbnail((round(WIDTH * DOTS), round(HEIGHT * DOTS)), Image.Resampling.LANCZOS)
    ground = Image.new("RGBA", upright.size, "white")
    ground.alpha_composite(upright)
    return ground.convert("RGB")
