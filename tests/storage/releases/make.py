"""Stores a practice of the present schema for the releases to come: `python tests/storage/releases/make.py`.

Run once for each revision, before its release, and never again afterwards: later programs must open what this one wrote.
"""

import importlib.util
import json
import secrets
from pathlib import Path

from ipt_desktop.storage.mapper import to_row
from ipt_desktop.storage.migrations import HEAD
from ipt_desktop.storage.store import Store, Writing
from ipt_desktop.storage.tables import table_of

HERE = Path(__file__).parent


def make() -> None:
    """Write `<revision>.db`, and beside it its raw key and every row as it was stored."""
    spec = importlib.util.spec_from_file_location("samples", HERE.parent / "conftest.py")
    assert spec is not None
    assert spec.loader is not None
    samples = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(samples)
    key, path = secrets.token_bytes(32), HERE / f"{HEAD}.db"
    rows: dict[str, list[object]] = {}

    def fill(writing: Writing) -> None:
        for record in samples.records_of_each():
            writing.insert(record)
            rows.setdefault(table_of(type(record)).name, []).append(to_row(record))

    path.unlink(missing_ok=True)
    store = Store.create(path, key)
    store.write(fill)
    store.close()
    text = json.dumps({"key": key.hex(), "rows": rows}, ensure_ascii=False, indent=1)
    path.with_suffix(".json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    make()
