"""kill -9 while backups are made and notes saved: earlier backups stay whole, and no half of one passes for a backup."""

import random
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from ipt_desktop.domain import records as r
from ipt_desktop.services.backups import Backups, backups_in, describe
from ipt_desktop.services.vault import create_with_key, open_with_key

ROOT = Path(__file__).parents[2]
SECRET = bytes(range(32))

# Makes backup after backup while another thread saves; says when it begins, and the name of each that it was told is made.
KEEPER = """
import sys, threading
from pathlib import Path
from ipt_desktop.domain import records as r
from ipt_desktop.services.backups import Backups
from ipt_desktop.services.vault import open_with_key

vault = open_with_key(Path(sys.argv[1]), bytes(range(32)))

def save():
    while True:
        answers = {"text": "words " * 300}
        vault.store.write(lambda w: w.insert(r.Document(client_id="ada", form="f", purpose="free_note", answers=answers)))

threading.Thread(target=save, daemon=True).start()
ours = Backups(vault)
print("begun", flush=True)
while True:
    print(ours.make(Path(sys.argv[2])).path, flush=True)
"""


def kill_while_backing_up(practice: Path, folder: Path, after: float) -> list[Path]:
    """Kill the keeper so many seconds after it began; return the backups it was told are made."""
    with subprocess.Popen(
        [sys.executable, "-c", KEEPER, str(practice), str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as keeper:
        assert keeper.stdout is not None
        assert keeper.stdout.readline() == "begun\n"
        with suppress(subprocess.TimeoutExpired):  # where in a backup the kill falls is left to chance
            keeper.wait(after)
        keeper.kill()
        told = keeper.stdout.read().splitlines(keepends=True)
    return [Path(line.rstrip("\n")) for line in told if line.endswith("\n")]


def rounds(tmp_path: Path, times: int) -> None:
    practice, folder = tmp_path / "practice", tmp_path / "backups"
    folder.mkdir()
    vault = create_with_key(practice, SECRET, "Quiet Street")
    vault.store.write(lambda writing: writing.insert(r.Client(id="ada", name="Ada")))
    first = Backups(vault).make(folder)
    vault.close()
    chance = random.Random(50)  # noqa: S311  (when to kill, not a secret)
    newest = first.path
    for _ in range(times):
        told = kill_while_backing_up(practice, folder, chance.uniform(0, 0.5))
        newest = told[-1] if told else newest
        assert newest.exists()
        for path in folder.glob("*.iptbackup"):  # whatever bears the name of a backup is a whole one
            assert describe(path).clients == 1
        assert newest in {each.path for each in backups_in(folder)}
    vault = open_with_key(practice, SECRET)
    made = Backups(vault).make(folder)
    assert Backups(vault).prove(folder).backup == made
    vault.close()
    assert not list(folder.glob("*.part"))
    assert not (practice / "temporary").exists()


def test_earlier_backups_stay_whole_in_8_kills(tmp_path: Path):
    rounds(tmp_path, 8)


@pytest.mark.soak
def test_earlier_backups_stay_whole_in_50_kills(tmp_path: Path):
    rounds(tmp_path, 50)
