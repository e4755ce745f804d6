"""The code lists the program comes with (`resources/codes/`), read when a diagnosis is first looked for."""

import csv
import re
from functools import cached_property
from pathlib import Path

from ipt_desktop.domain.code_list import CodeKind, CodeLine, CodeList

_HEAD = re.compile(r"# ([^:]+ \d{4}-\d{2}):")


class Codes:
    """The code lists at hand. Each is a CSV file whose first line says which release of which system it is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def list_of(self, name: str) -> CodeList | None:
        """Return the list of a system ("ICD-10-CM"), or None where its codes are not here and have to be typed."""
        return next((each for each in self._lists if each.name.casefold() == name.strip().casefold()), None)

    @cached_property
    def _lists(self) -> tuple[CodeList, ...]:
        return tuple(read_codes(each) for each in sorted(self._folder.glob("*.csv")))


def read_codes(file: Path) -> CodeList:
    """Read a code list; raises ValueError where the file does not begin with its system and release."""
    with file.open(encoding="utf-8", newline="") as opened:
        head = _HEAD.match(opened.readline())
        if head is None:
            raise ValueError(file.name)
        rows = csv.DictReader(opened)
        lines = [CodeLine(row["code"], row["title"], CodeKind(row["kind"]), row["parent"]) for row in rows]
    return CodeList(head[1], lines)
