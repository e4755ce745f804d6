"""`note.save`: one save of a note, document and revision, into the encrypted practice ÷ the same into plain SQLite.

Both go through the same `Store` and wait for the disk with every safeguard on; the plain one has another driver and no key.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.measuring import ratio, rounds, seconds, tell
from ipt_desktop.domain.records import Client, Document, Revision, now
from ipt_desktop.storage import engine
from ipt_desktop.storage.store import Store, Writing

ROUNDS = 300
KEY = bytes(range(32))
TEXT = "She told her sister what she had wanted to say at the funeral, and was heard. " * 40  # about half a page


@contextmanager
def plain_driver() -> Iterator[None]:
    """Let the store open its files with plain SQLite, without a key."""
    plain: dict[str, Any] = {"dbapi2": sqlite3, "_unlock": lambda *_: None, "LOWEST_SQLITE": (3, 0, 0)}
    with patch.multiple(engine, **plain):
        yield


class Note:
    """A note in a store, saved again and again in one stay: its document and the stay's one revision."""

    def __init__(self, store: Store) -> None:
        client = Client(name="Marta")
        self._store = store
        self._document = Document(client_id=client.id, form="form", purpose="free_note")
        self._revision = Revision(document_id=self._document.id, form="form", answers={}, begun_at=now())
        store.write(lambda writing: writing.insert(client))

    def save(self, words: str) -> None:
        """Save and wait for the commit."""
        answers: dict[str, Any] = {"note": [{"kind": "paragraph", "runs": [{"text": words}]}]}
        self._document = replace(self._document, answers=answers, revision=self._document.revision + 1, saved_at=now())
        self._revision = replace(self._revision, answers=answers, saved_at=self._document.saved_at)

        def work(writing: Writing) -> None:
            writing.upsert(self._document)
            writing.upsert(self._revision)

        self._store.write(work)


def measure() -> dict[str, float]:
    """Return the ratio by its name."""
    with tempfile.TemporaryDirectory() as place:
        encrypted = Store.create(Path(place) / "encrypted.db", KEY)
        with plain_driver():
            plain = Store.create(Path(place) / "plain.db", KEY)
        ours, bare = Note(encrypted), Note(plain)
        taken: dict[Note, list[float]] = {ours: [], bare: []}
        for number in range(rounds(ROUNDS)):
            for note, spent in taken.items():
                spent.append(seconds(partial(note.save, f"{TEXT}{number}")))
        encrypted.close()
        plain.close()
    DETAILS[:] = [f"encrypted {min(taken[ours]) * 1000:.2f} ms, plain {min(taken[bare]) * 1000:.2f} ms at best"]
    return {"note.save": ratio(taken[ours], taken[bare])}


DETAILS: list[str] = []

if __name__ == "__main__":
    tell(measure(), *DETAILS)
