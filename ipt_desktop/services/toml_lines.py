"""On which line of a TOML file each table, key and list entry stands, which `tomllib` does not tell.

The text has been read by `tomllib` before, so it is sound; it is only walked through once more.
"""

import re

Place = tuple[str | int, ...]
"""Where a value stands: `("sections", 0, "fields", 2, "kind")`."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r'"(?:[^"\\\n]+|\\.)*"|\'[^\'\n]*\'|[\w-]+')
_TEXT = re.compile(r'"""(?:[^"\\]+|\\.|"(?!""))*"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]+|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
_WORD = re.compile(r"[^,\]}#\n]*")


def lines_of(text: str) -> dict[Place, int]:
    """Return the line of everything in a file, counted from 1; what is written nowhere has none."""
    return _Walk(text).lines


class _Walk:
    """One walk through a text. `at` is where it has come to."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._counts: dict[Place, int] = {}  # how many tables of an array were begun
        self.lines: dict[Place, int] = {}
        self._line, self._counted = 1, 0
        here: Place = ()
        while self._skip(_BLANK) and self._at < len(text):
            if text[self._at] == "[":
                here = self._header()
            else:
                self._pair(here)

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        found = pattern.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return True

    def _note(self, place: Place) -> None:
        """Remember the line of what begins here; of what is written in several places the first."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        self.lines.setdefault(place, self._line)

    def _header(self) -> Place:
        start = self._at
        is_array = self._text.startswith("[[", start)
        self._at += 2 if is_array else 1
        names = self._names()
        self._at, end = start, self._at
        place: Place = ()
        for name in names[:-1]:
            place = (*place, name)
            place = (*place, self._counts[place] - 1) if place in self._counts else place
        place = (*place, names[-1])
        if is_array:
            self._note(place)
            self._counts[place] = self._counts.get(place, 0) + 1
            place = (*place, self._counts[place] - 1)
        self._note(place)
        self._at = self._text.index("]", end) + (2 if is_array else 1)
        return place

    def _names(self) -> list[str]:
        """Read a key and its dots: `phases.tasks`."""
        names: list[str] = []
        while True:
            self._skip(_SPACE)
            found = _KEY.match(self._text, self._at)
            if found is None:
                return names
            names.append(found[0].strip("\"'"))
            self._at = found.end()
            self._skip(_SPACE)
            if self._text[self._at : self._at + 1] != ".":
                return names
            self._at += 1

    def _pair(self, here: Place) -> None:
        start = self._at
        place = (*here, *self._names())
        end, self._at = self._at, start
        self._note(place)
        self._at = self._text.index("=", end) + 1
        self._value(place)

    def _value(self, place: Place) -> None:
        self._skip(_SPACE)
        sign = self._text[self._at : self._at + 1]
        if sign == "[":
            self._list(place)
        elif sign == "{":
            self._table(place)
        else:
            self._skip(_TEXT if sign in "\"'" else _WORD)

    def _list(self, place: Place) -> None:
        self._at += 1
        number = 0
        while self._skip(_BLANK) and self._text[self._at] != "]":
            if self._text[self._at] == ",":
                self._at += 1
                continue
            self._note((*place, number))
            self._value((*place, number))
            number += 1
        self._at += 1

    def _table(self, place: Place) -> None:
        self._at += 1
        while self._skip(_BLANK) and self._text[self._at] != "}":
            if self._text[self._at] == ",":
                self._at += 1
            else:
                self._pair(place)
        self._at += 1
