"""The least there is of a PDF: one sheet with nothing on it."""

import io

import pypdfium2


def _blank() -> bytes:
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


BLANK = _blank()
