"""The power goes while notes are being saved: nothing that was acknowledged is lost, and the database is sound."""

from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.storage import engine
from ipt_desktop.storage.store import Store
from tests.durability.power_cut import Disk, Rest
from tests.durability.proof import Proof
from tests.durability.typist import DATABASE, KEY, Damage, new_practice, require_sound, save, saves_in
from tests.durability.watched_disk import IS_REACHABLE, SQLITE_OK, WHY_NOT, Step, Sync, watched

pytestmark = pytest.mark.skipif(not IS_REACHABLE, reason=WHY_NOT)
SHORT_AND_LONG = pytest.mark.parametrize("points", [40, pytest.param(600, marks=pytest.mark.soak)])


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The therapist was told that this save is kept."""

    number: int


@dataclass
class Outcome:
    """What came out of many cuts."""

    acknowledged: int = 0
    lost: int = 0
    damaged: int = 0
    alarms: int = 0


def recorded(folder: Path, saves: int) -> list[Step | Acknowledged]:
    """Save so often, and return each step that reached the files in between.

    Now and then a reader holds on to an older state, which keeps the log from beginning anew; and the practice is closed and
    opened again.
    """
    seen: list[Step | Acknowledged] = []

    def watch(step: Step) -> int:
        seen.append(step)
        return SQLITE_OK

    with watched(watch):
        store = Store.open(folder / DATABASE, KEY)
        for begin in range(1, saves + 1, 10):
            with store.read() as reading:
                if begin % 3 == 0:
                    reading._connection.exec_driver_sql("SELECT count(*) FROM client").scalar()
                for number in range(begin, begin + 10):
                    save(store, number)
                    seen.append(Acknowledged(number))
            if begin % 70 == 1:
                store.close()
                store = Store.open(folder / DATABASE, KEY)
        store.close()
    return seen


def points_of(steps: list[Step | Acknowledged], count: int, chance: Random) -> list[int]:
    """Choose where to cut, in order: half of the points anywhere, half close to where the log is folded into the database."""
    folding = [place for place, step in enumerate(steps) if not isinstance(step, Acknowledged) and step.file.endswith(DATABASE)]
    near = [min(max(chance.choice(folding) + chance.randint(-8, 8), 0), len(steps)) for _ in range(count // 2)]
    return sorted(near + [chance.randint(0, len(steps)) for _ in range(count - count // 2)])


def cut(folder: Path, steps: list[Step | Acknowledged], disk: Disk, points: list[int], chance: Random) -> Outcome:
    """Cut the power at these points; open, each time, what may be left, and compare it with what was acknowledged."""
    outcome, acknowledged, taken = Outcome(), set[int](), 0
    for turn, point in enumerate(points):
        for step in steps[taken:point]:
            if isinstance(step, Acknowledged):
                acknowledged.add(step.number)
            else:
                disk.take(step)
        taken = point
        left = folder / str(turn)
        left.mkdir()
        for name, content in disk.after_cut(chance.choice(tuple(Rest)), chance).items():
            (left / name).write_bytes(content)
        (left / f"{DATABASE}-shm").write_bytes(chance.randbytes(chance.choice((0, 3, 32768))))  # is never synced
        examine(left / DATABASE, acknowledged, outcome)
    return outcome


def examine(path: Path, acknowledged: set[int], outcome: Outcome) -> None:
    """Open what is left as the program does, count what is missing of it, and go on writing in it."""
    outcome.acknowledged += len(acknowledged)
    try:
        store = Store.open(path, KEY)
        try:
            outcome.lost += len(acknowledged - saves_in(store))
            outcome.alarms += store.unread_saves > 0
            require_sound(store)
            save(store, 100_000)
            saves_in(store)
        finally:
            store.close()
    except (PracticeError, Damage):
        outcome.damaged += 1
    for file in path.parent.iterdir():
        file.unlink()


def cuts(tmp_path: Path, points: int) -> Outcome:
    practice = new_practice(tmp_path / "practice").parent
    disk = Disk(practice)
    steps = recorded(practice, saves=150 if points < 100 else 450)
    (tmp_path / "left").mkdir()
    chance = Random(600)  # noqa: S311 - where to cut, not a secret
    return cut(tmp_path / "left", steps, disk, points_of(steps, points, chance), chance)


def synchronous(monkeypatch: pytest.MonkeyPatch, level: str) -> None:
    changed = tuple(each.replace("synchronous = FULL", f"synchronous = {level}") for each in engine._SAFEGUARDS)
    assert changed != engine._SAFEGUARDS
    monkeypatch.setattr(engine, "_SAFEGUARDS", changed)


@SHORT_AND_LONG
def test_no_acknowledged_save_is_lost_in_a_power_cut(tmp_path: Path, points: int, proof: Proof):
    outcome = cuts(tmp_path, points)
    proof.tell("power cut", f"{points} points, WAL + FULL", lost(outcome))
    assert outcome.acknowledged > 10 * points
    assert (outcome.lost, outcome.damaged, outcome.alarms) == (0, 0, 0)


@SHORT_AND_LONG
def test_control_with_fewer_syncs_saves_are_lost(tmp_path: Path, points: int, proof: Proof, monkeypatch: pytest.MonkeyPatch):
    """The usual advice for a write-ahead log: what was acknowledged since it was last folded in is gone."""
    synchronous(monkeypatch, "NORMAL")
    outcome = cuts(tmp_path, points)
    proof.tell("power cut, control", f"{points} points, WAL + NORMAL: saves must be lost", lost(outcome))
    assert outcome.lost > 100
    assert outcome.damaged == 0


@SHORT_AND_LONG
def test_control_without_syncs_the_database_is_damaged(
    tmp_path: Path, points: int, proof: Proof, monkeypatch: pytest.MonkeyPatch
):
    synchronous(monkeypatch, "OFF")
    outcome = cuts(tmp_path, points)
    proof.tell("power cut, control", f"{points} points, OFF: databases must be damaged", lost(outcome))
    assert outcome.damaged > points // 10


def test_a_save_that_was_cut_short_is_not_told_as_damage(tmp_path: Path):
    """Right before a save is on the disk its end may be there and its middle not: as after a flipped bit, and no fault."""
    practice = new_practice(tmp_path / "practice").parent
    disk = Disk(practice)
    steps = recorded(practice, saves=90)
    (tmp_path / "left").mkdir()
    syncs = [place for place, step in enumerate(steps) if isinstance(step, Sync) and step.file.endswith("-wal")]
    chance = Random(90)  # noqa: S311 - what is left, not a secret
    outcome = cut(tmp_path / "left", steps, disk, sorted(syncs[::3] * 8), chance)
    assert (outcome.lost, outcome.damaged, outcome.alarms) == (0, 0, 0)


def lost(outcome: Outcome) -> str:
    return f"{outcome.lost:,} of {outcome.acknowledged:,} acknowledged saves lost, {outcome.damaged} databases damaged"


def test_the_record_of_the_disk_is_whole(tmp_path: Path):
    """What is rebuilt from the steps alone is, byte for byte, what the program left."""
    practice = new_practice(tmp_path / "practice").parent
    disk = Disk(practice)
    steps = recorded(practice, saves=80)
    for step in steps:
        if not isinstance(step, Acknowledged):
            disk.take(step)
    assert disk.now() == {file.name: file.read_bytes() for file in practice.iterdir()}


def test_every_acknowledgement_stands_behind_a_sync(tmp_path: Path):
    practice = new_practice(tmp_path / "practice").parent
    steps = recorded(practice, saves=80)
    told = [place for place, step in enumerate(steps) if isinstance(step, Acknowledged)]
    assert len(told) == 80
    for before, place in zip([-1, *told], told, strict=False):
        assert any(isinstance(step, Sync) for step in steps[before + 1 : place])
