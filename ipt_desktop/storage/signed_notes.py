"""Which notes are signed, asked of the database: a practice of decades has tens of thousands of them.

What is unsigned is found over indexes alone, so that no text of a note is read but of those few that are told.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ipt_desktop.storage.engine import Access, connect

Execute = Callable[..., Any]
MOST = 500
_ADDENDUM = "addendum"
TO_SIGN = ("progress_note", "free_note", _ADDENDUM)
"""The purposes of what is signed, spelt out: the start counts what is unsigned, and does without all of `domain.form`."""


@dataclass(frozen=True, slots=True)
class UnsignedRow:
    """A document of a session that has words and no signature."""

    document_id: str
    client_id: str
    course_id: str
    session_id: str
    purpose: str
    on: date
    begun_at: datetime

    @property
    def is_addendum(self) -> bool:
        """Whether it is to be added to a signed note."""
        return self.purpose == _ADDENDUM


def unsigned(execute: Execute, purposes: Collection[str] = TO_SIGN, most: int = MOST) -> list[UnsignedRow]:
    """Return the unsigned documents of these purposes, by the date of their sessions, the latest first; no more than `most`."""
    places = ", ".join("?" for _each in purposes)
    rows = execute(_UNSIGNED.format(purposes=places), (most, *purposes))
    return [_row(*row) for row in rows.fetchall()]


def _row(document_id: str, client_id: str, course_id: str, session_id: str, purpose: str, on: str, begun: str) -> UnsignedRow:
    return UnsignedRow(
        document_id, client_id, course_id, session_id, purpose, date.fromisoformat(on), datetime.fromisoformat(begun)
    )


def head(execute: Execute) -> tuple[int, str] | None:
    """Return number and mark of the last signature there is, None before the first."""
    row = execute("SELECT number, mark FROM signature ORDER BY number DESC LIMIT 1", ()).fetchone()
    return (int(row[0]), str(row[1])) if row else None


def numbered(execute: Execute) -> Iterator[tuple[str, str]]:
    """Yield the ids of all signatures and of their documents, in the order they were made."""
    for row in execute("SELECT id, document_id FROM signature ORDER BY number, id", ()).fetchall():
        yield str(row[0]), str(row[1])


def head_of(path: Path, key: bytes) -> tuple[int, str] | None:
    """Return number and mark of the last signature in a database that nobody writes to; None where it has none."""
    with closing(connect(path, key, Access.LOOK)) as raw:
        has_any = raw.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'signature'").fetchone()
        return head(raw.execute) if has_any else None


# CROSS JOIN keeps the order: from what is unsigned to its document, never through all documents.
_UNSIGNED = """
WITH unsigned (place, session_id) AS (
    SELECT rowid, session_id FROM document INDEXED BY ix_document_session_id WHERE session_id IS NOT NULL
    EXCEPT
    SELECT document.rowid, document.session_id FROM signature CROSS JOIN document ON document.id = signature.document_id
), latest AS (
    SELECT unsigned.place, session.date FROM unsigned CROSS JOIN session ON session.id = unsigned.session_id
    ORDER BY session.date DESC LIMIT ?
)
SELECT document.id, document.client_id, document.course_id, document.session_id, document.purpose, latest.date,
    document.created_at
FROM latest CROSS JOIN document ON document.rowid = latest.place
WHERE document.purpose IN ({purposes}) AND length(document.answers) > 2 AND document.course_id IS NOT NULL
ORDER BY latest.date DESC, document.created_at DESC
"""
