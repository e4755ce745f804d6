"""Replacing one thing after another in a text, so that what was put there is not looked at again."""

import re
import unicodedata
from collections.abc import Callable, Iterable

Step = tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]]
"""What to look for, and what to put instead: None leaves what was found as it stands."""
_KEPT = re.compile("\ue000(\\d+)\ue001")


class Sheltered:
    """A text being replaced part by part; each part put in is a mark until the text is `told`."""

    def __init__(self, text: str) -> None:
        self.text = unicodedata.normalize("NFC", text)
        self._kept: list[str] = []

    def replace(self, steps: Iterable[Step]) -> None:
        """Replace what each step finds, one step after the other."""
        for pattern, instead in steps:
            self.text = pattern.sub(lambda found, say=instead: self._put(found, say(found)), self.text)  # type: ignore[misc]

    def _put(self, found: re.Match[str], said: str | None) -> str:
        if said is None:
            return found[0]
        self._kept.append(said)
        return f"\ue000{len(self._kept) - 1}\ue001"

    def told(self) -> str:
        """Return the text with all that was put into it."""
        text = self.text
        while _KEPT.search(text):  # what was put in first may stand within what was found later
            text = _KEPT.sub(lambda found: self._kept[int(found[1])], text)
        return text
