"""What the fault tests tell of themselves, and the table that docs/durability.md gets of it.

Any test may tell: it asks for `proof`, or for pytest's own `record_property` with the name "proof" and a Row's fields as
its value.
"""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import sqlcipher3.dbapi2 as driver

PAGE = Path(__file__).parents[2] / "docs" / "durability.md"
BEGIN, END = "<!-- proof: begin -->\n", "<!-- proof: end -->\n"
PROPERTY = "proof"


class Row(NamedTuple):
    """One line of the table."""

    fault: str
    tried: str
    outcome: str


class Proof:
    """Takes down, for one test, what was tried, with which numbers, and what came out."""

    def __init__(self, take_down: Callable[[str, object], None]) -> None:
        self._take_down = take_down

    def tell(self, fault: str, tried: str, outcome: str) -> None:
        """Add a row; it counts only if the test passes."""
        self._take_down(PROPERTY, (fault, tried, outcome))  # a plain tuple: it may come from another process


def table_of(rows: Iterable[Row], on: date, versions: str) -> str:
    """Return the table in Markdown."""
    lines = [f"Run on {on} with {versions}.", "", "| fault | what was tried | what came out |", "| --- | --- | --- |"]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([*lines, ""])


def put_into(page: Path, table: str) -> None:
    """Put the table between its marks; the rest of the page stays."""
    head, rest = page.read_text(encoding="utf-8").split(BEGIN)
    _old, tail = rest.split(END)
    page.write_text(f"{head}{BEGIN}{table}{END}{tail}", encoding="utf-8")


def versions() -> str:
    """Return what was tried, in general words."""
    connection = driver.connect(":memory:")
    cipher = connection.execute("PRAGMA cipher_version").fetchone()[0]
    connection.close()
    return f"SQLite {driver.sqlite_version}, SQLCipher {cipher}"
