"""Reading what can be read of a damaged database, row by row, without writing to it.

A page that fails its check fails every statement that needs it, and the connection with it: what a range of rows can't give
is asked for again in halves, each time on a new connection, until only the lost rows are left out.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

from sqlcipher3 import dbapi2

from ipt_desktop.domain.errors import DatabaseDamaged
from ipt_desktop.domain.health import Readable
from ipt_desktop.domain.text import _
from ipt_desktop.storage.engine import Access, connect, has_met_altered_page, require_content

# After so many failures a table is given up: what is left of it hangs under pages that are all gone.
MOST_FAILURES = 20_000
ROWS_AT_ONCE = 256
FEWEST_BYTES = 32  # of a row, to tell how many a file can hold where nothing else tells

Row = dict[str, Any]


class DamagedDatabase:
    """A database of which some pages can't be read. Raises DatabaseDamaged where its schema is among them, or all."""

    def __init__(self, path: Path, key: bytes) -> None:
        require_content(path)
        self._open: Callable[[], Any] = lambda: connect(path, key, Access.SALVAGE)
        self._raw = self._open()
        self._size = path.stat().st_size
        self._failures = 0
        tables = self._ask("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
        if tables is None:
            raise DatabaseDamaged(path=path, reason=_("its schema cannot be read"))
        self.tables = [str(row[0]) for row in tables if not row[0].startswith("sqlite_") and row[0] != "alembic_version"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_told: object) -> None:
        self._raw.close()

    def read(self, table: str, take: Callable[[Row], bool]) -> Readable:
        """Give each readable row to `take`, and return how many it took and which are lost."""
        self._failures = 0
        known = self._ask(f'SELECT id, rowid FROM "{table}" ORDER BY id')  # noqa: S608  (from the index of ids, which lies elsewhere)
        last = self._ask(f'SELECT max(rowid) FROM "{table}"')  # noqa: S608
        if known is not None:
            top = max((int(row[1]) for row in known), default=0)
        else:
            top = int(last[0][0] or 0) if last else self._size // FEWEST_BYTES
        taken: set[str] = set()
        for row in self._rows(table, 1, top):
            if take(row):
                taken.add(str(row["id"]))
        if known is None:
            return Readable(len(taken), None if self._failures else ())
        return Readable(len(taken), tuple(str(row[0]) for row in known if str(row[0]) not in taken))

    def _rows(self, table: str, first: int, last: int) -> Iterator[Row]:
        """Yield the readable rows of a range of row numbers, in order."""
        select = f'SELECT * FROM "{table}" WHERE rowid BETWEEN ? AND ? ORDER BY rowid'  # noqa: S608
        for start in range(first, last + 1, ROWS_AT_ONCE):
            waiting = [(start, min(start + ROWS_AT_ONCE - 1, last))]
            while waiting and self._failures < MOST_FAILURES:
                begin, end = waiting.pop()
                found = self._ask(select, begin, end)
                if found is not None:
                    yield from (dict(row) for row in found)
                elif begin < end:
                    middle = (begin + end) // 2
                    waiting += [(middle + 1, end), (begin, middle)]

    def _ask(self, statement: str, *values: int) -> list[Any] | None:
        """Return the rows of a statement, or None where a page it needs can't be read."""
        try:
            cursor = self._raw.cursor()
            cursor.row_factory = dbapi2.Row
            found = list(cursor.execute(statement, values))
            if not has_met_altered_page(self._raw):
                return found
        except dbapi2.DatabaseError:
            pass
        self._failures += 1
        self._raw.close()
        self._raw = self._open()
        return None
