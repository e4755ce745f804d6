"""`backup.verified`: a verified backup of a practice in use ÷ a plain copy of its file, put on the disk, and the sum of both.

The practice has 115 MB in the long form. Another thread, as the window's, is awake all the while and notes the longest time
that it was kept waiting: `backup.window_waits_ms`.
"""

import hashlib
import os
import secrets
import shutil
import tempfile
import threading
import time
from functools import partial
from pathlib import Path

from benchmarks.measuring import is_short, ratio, rounds, seconds, tell
from ipt_desktop.domain.records import Client, Document, Revision
from ipt_desktop.services.backups import Backups
from ipt_desktop.services.vault import create_with_key, open_with_key
from ipt_desktop.storage.store import Writing

ROUNDS = 7
NOTES = 27_000
KEY = bytes(range(32))
BLINK = 0.001


def fill(writing: Writing) -> None:
    """Write notes of 1.4 KB, each with its revision: 115 MB in the long form."""
    writing.insert(Client(id="client", name="Marta"))
    for number in range(400 if is_short() else NOTES):
        answers = {"note": secrets.token_hex(700)}
        note = Document(id=str(number), client_id="client", form="form", purpose="progress_note", answers=answers)
        writing.insert(note)
        writing.insert(Revision(document_id=note.id, form="form", answers=answers))


def copy_plainly(source: Path, target: Path) -> None:
    """Copy a file, put it on the disk, and hold the sum of the copy against the original's."""
    shutil.copyfile(source, target)
    with target.open("r+b") as file:
        os.fsync(file.fileno())
    sums = set()
    for path in (source, target):
        with path.open("rb") as file:
            sums.add(hashlib.file_digest(file, "sha256").digest())
    assert len(sums) == 1


class Awake:
    """A thread that wants to run every millisecond, as a window that is typed into; `longest` is its longest wait."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Awake":
        self._thread.start()
        return self

    def __exit__(self, *_told: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            start = time.perf_counter()
            time.sleep(BLINK)
            self.longest = max(self.longest, time.perf_counter() - start - BLINK)


def measure() -> dict[str, float]:
    """Return the measures by their names."""
    with tempfile.TemporaryDirectory() as place:
        practice, folder, copy = Path(place) / "practice", Path(place) / "backups", Path(place) / "copy"
        folder.mkdir()
        made = create_with_key(practice, KEY, "Quiet Street")
        made.store.write(fill)
        made.close()
        vault = open_with_key(practice, KEY)
        ours: list[float] = []
        bare: list[float] = []
        waits: list[float] = []
        for _ in range(rounds(ROUNDS)):
            bare.append(seconds(partial(copy_plainly, vault.store.path, copy)))
            with Awake() as awake:
                ours.append(seconds(partial(Backups(vault).make, folder)))
            waits.append(awake.longest * 1000)
        size = vault.store.path.stat().st_size
        vault.close()
    DETAILS[:] = [f"{size / 1e6:.0f} MB: backup {min(ours):.2f} s, plain {min(bare):.2f} s at best"]
    return {"backup.verified": ratio(ours, bare), "backup.window_waits_ms": sorted(waits)[len(waits) // 2]}


DETAILS: list[str] = []

if __name__ == "__main__":
    tell(measure(), *DETAILS)
