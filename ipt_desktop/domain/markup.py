"""Text in XML, as pictures and networks that leave the program are written."""

import html
import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escaped(text: str) -> str:
    """Return a text as it stands between tags or in quotes; what XML 1.0 can't hold (section 2.2) is left out."""
    return html.escape(_FORBIDDEN.sub("", text), quote=True)
