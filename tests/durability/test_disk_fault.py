"""The disk refuses, or is full: the save is reported as failed, nothing acknowledged is lost, and the next one is kept."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from ipt_desktop.domain.errors import SaveFailed
from ipt_desktop.storage.store import Store
from tests.durability.proof import Proof
from tests.durability.typist import DATABASE, KEY, new_practice, require_sound, save, saves_in
from tests.durability.watched_disk import (
    DISK_FULL,
    IO_ERROR_SYNC,
    IO_ERROR_WRITE,
    IS_REACHABLE,
    SQLITE_OK,
    WHY_NOT,
    Step,
    Sync,
    Write,
    watched,
)

ROOT = Path(__file__).parents[2]
SAVES = 130  # the log is folded into the database on the way


class FailingDisk:
    """Refuses its k-th write or sync, once or until it is mended."""

    def __init__(self, k: int, *, is_full: bool, is_lasting: bool) -> None:
        self.k, self.is_full, self.is_lasting = k, is_full, is_lasting
        self.count, self.refused = 0, 0
        self.is_mended = False

    def __call__(self, step: Step) -> int:
        if self.is_mended or not isinstance(step, Write | Sync):
            return SQLITE_OK
        self.count += 1
        if self.count != self.k and not (self.is_lasting and self.count > self.k):
            return SQLITE_OK
        if isinstance(step, Sync):
            if self.is_full:  # no room is a matter of writes
                self.k += 1
                return SQLITE_OK
            self.refused += 1
            return IO_ERROR_SYNC
        self.refused += 1
        return DISK_FULL if self.is_full else IO_ERROR_WRITE


def type_on(practice: Path, disk: FailingDisk) -> tuple[set[int], list[int]]:
    """Save again and again; at a refusal look, as the program goes on and as a kill would leave it, and try again.

    Returns the numbers that were acknowledged and those that were refused at first.
    """
    acknowledged, refused = set[int](), list[int]()
    store = Store.open(practice, KEY)
    disk.count = 0  # opening is not what is meant here
    for number in range(1, SAVES + 1):
        try:
            save(store, number)
        except SaveFailed:
            refused.append(number)
            assert saves_in(store) == acknowledged
            disk.is_mended = True
            assert saves_after_a_kill(practice) >= acknowledged
            save(store, number)
        acknowledged.add(number)
    assert saves_in(store) == acknowledged
    store.close()  # a refusal here leaves the log for the next start
    disk.is_mended = True
    return acknowledged, refused


def saves_after_a_kill(practice: Path) -> set[int]:
    """Return what another start would find, had the program been killed now."""
    left = practice.parent.with_name("killed")
    left.mkdir()
    for end in ("", "-wal"):
        shutil.copy(f"{practice}{end}", left / f"{DATABASE}{end}")
    store = Store.open(left / DATABASE, KEY)
    found = saves_in(store)
    require_sound(store)
    assert store.unread_saves == 0
    store.close()
    shutil.rmtree(left)
    return found


@pytest.mark.skipif(not IS_REACHABLE, reason=WHY_NOT)
@pytest.mark.parametrize("runs", [12, pytest.param(120, marks=pytest.mark.soak)])
def test_a_refused_write_or_sync_loses_nothing(tmp_path: Path, runs: int, proof: Proof):
    """Each run refuses at another place; every kind of refusal meets every part of the way."""
    chance = Random(120)  # noqa: S311 - where to refuse, not a secret
    made = new_practice(tmp_path / "made").parent
    whole = FailingDisk(0, is_full=False, is_lasting=False)
    reported = 0
    for run in range(-1, runs):  # the first one refuses nothing, and counts
        practice = Path(shutil.copytree(made, tmp_path / f"run{run}")) / DATABASE
        k = int((run + chance.random()) * whole.count / runs) + 1
        disk = whole if run < 0 else FailingDisk(k, is_full=run % 3 == 0, is_lasting=run % 2 == 0)
        with watched(disk):
            acknowledged, refused = type_on(practice, disk)
            assert (disk.refused > 0) == (run >= 0)
            store = Store.open(practice, KEY)
            assert saves_in(store) == acknowledged == set(range(1, SAVES + 1))
            require_sound(store)
            store.close()
        reported += len(refused)
        shutil.rmtree(practice.parent)
    proof.tell(
        "no room, or an error, at the k-th write or sync",
        f"{runs} places among {whole.count:,} writes and syncs; each looked at as it goes on and as after a kill",
        f"0 acknowledged saves lost; {reported} refusals reported, {runs - reported} met the folding of the log alone",
    )
    assert reported >= runs // 2


# Refused by the system itself


def told_by(words: list[str]) -> dict[str, object]:
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def require_kept(practice: Path, told: dict[str, object]) -> None:
    store = Store.open(practice, KEY)
    assert sorted(saves_in(store)) == told["acknowledged"]
    require_sound(store)
    store.close()


@pytest.mark.proof
@pytest.mark.skipif(sys.platform == "win32", reason="has no limit for the size of a file")
def test_a_file_that_may_not_grow_loses_nothing(tmp_path: Path, proof: Proof):
    told = told_by([sys.executable, "-m", "tests.durability.full_disk", str(tmp_path), "limit"])
    require_kept(tmp_path / "practice" / DATABASE, told)
    tell(proof, "a file that the system lets grow no further", told)


@pytest.mark.proof
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a small disk of one's own can be made on Linux only")
def test_a_full_disk_loses_nothing(tmp_path: Path, proof: Proof):
    """The disk is in memory, seen by that process alone, and gone with it; so what is there is carried out at the end."""
    small, kept = tmp_path / "small", tmp_path / "kept"
    small.mkdir()
    apart = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"])]
    mount = ["mount", "-t", "tmpfs", "-o", f"size={2 << 21}", "tmpfs", str(small)]
    try:
        subprocess.run([*apart, *mount], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this system lets a program make no small disk of its own")
    script = '"${@:5}" && "$1" -m tests.durability.full_disk "$2" filler && cp -r "$3" "$4"'
    words = [sys.executable, str(small), str(small / "practice"), str(kept), *mount]
    told = told_by([*apart, "bash", "-c", script, "bash", *words])
    require_kept(kept / DATABASE, told)
    tell(proof, "a full disk (tmpfs of 4 MB)", told)


def tell(proof: Proof, fault: str, told: dict[str, object]) -> None:
    acknowledged, reason = told["acknowledged"], str(told["reason"])
    assert isinstance(acknowledged, list)
    assert told["refused"] in acknowledged
    assert reason.startswith("Not saved yet: ")
    proof.tell(
        fault,
        f"{len(acknowledged)} saves, the {told['refused']}th refused",
        "0 lost, the refusal reported, kept when tried again",
    )
