"""What no face can print, spelt out in brackets: "[watermelon]", "[Arabic script]". Nothing is left out, nor a box."""

import re
import unicodedata
from collections.abc import Callable
from itertools import groupby

from ipt_desktop.domain.report import Report, is_invisible
from ipt_desktop.domain.report_words import with_words
from ipt_desktop.domain.text import _

CanPrint = Callable[[str], bool]
TWO_LETTERS = "?"
"""What stands in a token of the circle: it holds two letters, and the list beside it names everyone."""


def spelt_out(report: Report, can_print: CanPrint) -> Report:
    """Return the report with the names of characters instead of what cannot be printed; told of by `report.unprintable`."""
    return with_words(report, lambda text: spelt(text, can_print), token=TWO_LETTERS)


def spelt(text: str, can_print: CanPrint) -> str:
    """Return a text with every other script named once for each run of its words, and every other sign by its name."""
    parts = groupby(unicodedata.normalize("NFC", text), lambda letter: _name(letter, can_print))
    words = "".join(f"[{name}]" if name else "".join(letters) for name, letters in parts)
    return re.sub(r"(\[[^\]]+\])(?:\s*\1)+", r"\1", words)


def _name(letter: str, can_print: CanPrint) -> str:
    """Return what stands in brackets instead of a character; nothing for one that can be printed."""
    if is_invisible(letter) or can_print(letter):
        return ""
    name = unicodedata.name(letter, "")
    if not name:
        return f"U+{ord(letter):04X}"
    if unicodedata.category(letter)[0] in "LMN":
        script = name.split()[0]
        return _("{script} script").format(script=script if script == "CJK" else script.capitalize())
    return name.lower()
