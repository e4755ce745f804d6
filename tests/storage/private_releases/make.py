"""Stores private notes of the present schema for the releases to come: `python tests/storage/private_releases/make.py`.

Run once for each revision, before its release, and never again afterwards: later programs must open what this one wrote.
"""

import json
import secrets
from datetime import UTC, datetime
from pathlib import Path

from ipt_desktop.domain import records as r
from ipt_desktop.storage.mapper import to_row
from ipt_desktop.storage.migrations import PRIVATE_REVISIONS
from ipt_desktop.storage.store import Store, Writing
from ipt_desktop.storage.tables import Schema, table_of

HERE = Path(__file__).parent
AT = datetime(2026, 3, 2, 9, 30, 15, 123456, tzinfo=UTC)


def samples() -> list[r.Record]:
    """Return one of every record, parents first."""
    answers = {"private": [{"kind": "paragraph", "runs": [{"text": "«ναί» 名", "bold": True}]}]}
    document = r.Document(
        id="document-1",
        client_id="client-1",
        session_id="session-1",
        form="a" * 64,
        purpose="private_note",
        answers=answers,
        revision=2,
        saved_at=AT,
        created_at=AT,
    )
    return [
        r.Definition(id="a" * 64, kind="form", key="private-note", body={"label": "Private", "fields": [1, None, True]}),
        document,
        r.Revision(id="revision-1", document_id=document.id, form="a" * 64, answers=answers, begun_at=AT, saved_at=AT),
    ]


def make() -> None:
    """Write `<revision>.db`, and beside it its raw key and every row as it was stored."""
    key, path = secrets.token_bytes(32), HERE / f"{PRIVATE_REVISIONS[-1]}.db"
    rows: dict[str, list[object]] = {}

    def fill(writing: Writing) -> None:
        for record in samples():
            writing.insert(record)
            rows.setdefault(table_of(type(record)).name, []).append(to_row(record))

    path.unlink(missing_ok=True)
    store = Store.create(path, key, Schema.PRIVATE)
    store.write(fill)
    store.close()
    text = json.dumps({"key": key.hex(), "rows": rows}, ensure_ascii=False, indent=1)
    path.with_suffix(".json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    make()
