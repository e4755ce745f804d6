"""kill -9 while notes are being saved: nothing that was acknowledged is lost, and the practice opens."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from ipt_desktop.domain import records as r
from ipt_desktop.storage.store import Store

ROOT = Path(__file__).parents[2]

# Saves one document again and again, as typing does, with a revision each time; prints the number of each save that was kept.
TYPIST = """
import sys
from pathlib import Path
from ipt_desktop.domain import records as r
from ipt_desktop.storage.practice_lock import PracticeLock
from ipt_desktop.storage.store import Store

path, key, start = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), int(sys.argv[3])
lock = PracticeLock(path.parent)
store = Store.open(path, key)

def save(number):
    def work(writing):
        answers = {"text": f"{number} " + "words " * 300}
        document = r.Document(id="note", client_id="client", form="f", purpose="note", answers=answers, revision=number)
        writing.upsert(document)
        writing.insert(r.Revision(id=str(number), document_id="note", form="f", answers=answers))
    return work

def done(number):
    def told(result, error):
        if error is None:
            sys.stdout.write(f"{number}\\n")
            sys.stdout.flush()
    return told

for number in range(start, start + 100000):
    if number % 2:
        store.write(save(number))
        done(number)(None, None)
    else:
        store.post(save(number), done(number))
"""


def kill_while_saving(path: Path, key: bytes, start: int, after: int) -> list[int]:
    """Start the typist, kill it after so many acknowledgements, and return all that it gave."""
    command = [sys.executable, "-c", TYPIST, str(path), key.hex(), str(start)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as typist:
        assert typist.stdout is not None
        told = [typist.stdout.readline() for _ in range(after)]
        typist.kill()
        told += typist.stdout.read().splitlines(keepends=True)
    return [int(line) for line in told if line.endswith("\n")]


def rounds(path: Path, key: bytes, times: int) -> None:
    store = Store.create(path, key)
    store.write(lambda writing: writing.insert(r.Client(id="client", name="Ada")))
    store.close()
    chance = random.Random(25)  # noqa: S311  (where to kill, not a secret)
    acknowledged: list[int] = []
    for _ in range(times):
        start = max(acknowledged, default=0) + 1000
        acknowledged += kill_while_saving(path, key, start, chance.randint(1, 40))
        store = Store.open(path, key)
        with store.read() as reading:
            kept = {int(revision.id) for revision in reading.all(r.Revision)}
            note = reading.get(r.Document, "note")
            sound = reading._connection.exec_driver_sql("PRAGMA integrity_check").scalar()
        store.close()
        assert set(acknowledged) - kept == set()
        assert note is not None
        assert note.revision == max(kept)
        assert sound == "ok"


def test_nothing_acknowledged_is_lost_in_10_kills(path: Path, key: bytes):
    rounds(path, key, 10)


@pytest.mark.soak
def test_nothing_acknowledged_is_lost_in_100_kills(path: Path, key: bytes):
    rounds(path, key, 100)
