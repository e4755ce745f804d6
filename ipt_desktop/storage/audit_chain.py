"""The end of the audit trail in the database: entries are only ever added to it, each chained to the one before.

Entries pass through here as rows, not as records: what is sealed is what the file holds, whatever a later program makes of it.
`execute` runs a statement with its values on whichever connection is at hand.
"""

from collections.abc import Callable
from typing import Any

from ipt_desktop.domain.chain_link import FIRST, hash_of
from ipt_desktop.domain.records import AuditEntry, AuditHead
from ipt_desktop.storage.mapper import fields_of

COLUMNS = tuple(fields_of(AuditEntry))
HEAD_ID = AuditHead(number=0, hash=FIRST).id

Execute = Callable[[str, tuple[Any, ...]], Any]

NAMES = ", ".join(f'"{name}"' for name in COLUMNS)
_INSERT = f"INSERT INTO audit_entry ({NAMES}) VALUES ({', '.join('?' for _ in COLUMNS)})"  # noqa: S608  (our own names)
HEAD = "SELECT number, hash FROM audit_head"
# Where the chain can go on: behind an entry or a head whose next number is free, and is one at all. A sum that is no text is
# told by whoever looks through the chain, and is no obstacle here.
_LARGEST = 2**63 - 1
_ENDS = tuple(
    f"SELECT number, CAST(hash AS BLOB) FROM {table} WHERE typeof(number) = 'integer' AND number < {_LARGEST}"  # noqa: S608
    f" AND NOT EXISTS (SELECT 1 FROM audit_entry AS next WHERE next.number = {table}.number + 1)"
    " ORDER BY number DESC LIMIT 1"
    for table in ("audit_entry", "audit_head")
)
_MOVE_HEAD = (
    "INSERT INTO audit_head (id, number, hash) VALUES (?, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET number = excluded.number, hash = excluded.hash"
)


def append(execute: Execute, row: dict[str, Any]) -> dict[str, Any]:
    """Add an entry to the end of the chain and return its row as it was stored."""
    number, previous = _end(execute)
    chained = row | {"number": number + 1, "previous": previous}
    chained["hash"] = hash_of(chained)
    execute(_INSERT, tuple(chained[name] for name in COLUMNS))
    execute(_MOVE_HEAD, (HEAD_ID, chained["number"], chained["hash"]))
    return chained


def _end(execute: Execute) -> tuple[int, str]:
    """Return number and sum of the entry to go on from: where head and last entry differ, whichever is further on.

    A trail that was tampered with goes on; what was done to it stays visible before the new entries.
    """
    found = [execute(statement, ()).fetchone() for statement in _ENDS]
    ends = [(each[0], (each[1] or b"").decode("utf-8", "replace")) for each in found if each is not None]
    return max(ends, key=lambda each: each[0], default=(0, FIRST))
