"""`backup.verified`: a verified backup of a practice in use ÷ a plain copy of its file, put on the disk, and the sum of both.

The practice has 115 MB in the long form. The backup is made as the window makes it, and Qt's event loop, which the window lives
in, has a timer of 4 ms all the while: the longest time that it stood still, in the middle one of all rounds, is
`backup.longest_block_ms`.
It lasts a second on two cores, in which a busy machine does much else: the least times are compared, which are the work itself.
"""

import hashlib
import os
import secrets
import shutil
import statistics
import tempfile
import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from benchmarks.measuring import is_short, rounds, seconds, tell
from benchmarks.standstill import standstill
from ipt_desktop.domain.records import Client, Document, Revision
from ipt_desktop.services.backups import Backups
from ipt_desktop.services.vault import OpenVault, create_with_key, open_with_key
from ipt_desktop.storage.store import Writing
from ui.backup_task import BackupTask

ROUNDS = 9
NOTES = 27_000
KEY = bytes(range(32))


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


def copy_barely(source: Path, target: Path) -> None:
    """Copy a file and take one sum, without waiting for the disk: the least that could be called a copy."""
    shutil.copyfile(source, target)
    with target.open("rb") as file:
        hashlib.file_digest(file, "sha256").digest()


def back_up(app: QCoreApplication, vault: OpenVault, folder: Path) -> tuple[float, float]:
    """Make a backup as the window does; return how long it took and the event loop's longest standstill, in seconds."""
    task = BackupTask(partial(Backups(vault).make, folder), app)
    start = time.perf_counter()
    longest = standstill(app, task)
    return time.perf_counter() - start, longest


def measure() -> dict[str, float]:
    """Return the measures by their names."""
    app = QCoreApplication.instance() or QCoreApplication([])
    with tempfile.TemporaryDirectory() as place:
        practice, folder, copy = Path(place) / "practice", Path(place) / "backups", Path(place) / "copy"
        folder.mkdir()
        made = create_with_key(practice, KEY, "Quiet Street")
        made.store.write(fill)
        made.close()
        vault = open_with_key(practice, KEY)
        ours: list[float] = []
        plain: list[float] = []
        bare: list[float] = []
        blocks: list[float] = []
        for _ in range(rounds(ROUNDS)):
            plain.append(seconds(partial(copy_plainly, vault.store.path, copy)))
            bare.append(seconds(partial(copy_barely, vault.store.path, copy)))
            taken, block = back_up(app, vault, folder)
            ours.append(taken)
            blocks.append(block * 1000)
        size = vault.store.path.stat().st_size
        vault.close()
    DETAILS[:] = [
        f"{size / 1e6:.0f} MB: backup {min(ours):.2f} s, plain {min(plain):.2f} s, bare {min(bare):.2f} s at best",
        f"{min(ours) / min(bare):.2f} times a copy with one sum that does not wait for the disk",
        f"longest standstill in each round, ms: {', '.join(f'{each:.0f}' for each in blocks)}",
    ]
    return {"backup.verified": min(ours) / min(plain), "backup.longest_block_ms": statistics.median(blocks)}


DETAILS: list[str] = []

if __name__ == "__main__":
    tell(measure(), *DETAILS)
