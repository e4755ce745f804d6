"""Pages of a PDF as pictures for a preview: the only place that knows PDFium. Import it inside an action, never at start."""

import io
from collections.abc import Collection
from threading import Lock

import pypdfium2

_one_at_a_time = Lock()  # PDFium is not safe to use from two threads at once


def page_images(pdf: bytes, width: int) -> list[bytes]:
    """Return each page as a PNG of `width` pixels."""
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return [_image(page, width) for page in document]
        finally:
            document.close()


def page_count(pdf: bytes) -> int:
    """Return how many pages there are."""
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def some_page_images(pdf: bytes, width: int, numbers: Collection[int]) -> tuple[int, dict[int, bytes]]:
    """Return how many pages there are and, by number (from 1), those asked for as PNGs of `width` pixels."""
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            count = len(document)
            return count, {each: _image(document[each - 1], width) for each in numbers if each <= count}
        finally:
            document.close()


def _image(page: pypdfium2.PdfPage, width: int) -> bytes:
    stream = io.BytesIO()
    bitmap = page.render(scale=width / page.get_width())
    try:
        bitmap.to_pil().save(stream, "PNG", compress_level=1)
    finally:
        bitmap.close()
        page.close()
    return stream.getvalue()
