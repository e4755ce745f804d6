"""Migrates copies of a database and is killed in each at another step: `python -m tests.durability.migrator WORK_FILE`.

The file holds, as JSON: `template`, the database to copy; `key`; `scripts`, the folder of the migrations; `schema`; `target`;
`folder`, in which the copies are left; `kills`, how many. Prints how many steps a migration takes at its files, and before
which of them it was killed.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ipt_desktop.storage.engine import writing_connection
from ipt_desktop.storage.migrations import migrate
from ipt_desktop.storage.tables import Schema
from tests.durability.watched_disk import SQLITE_OK, Step, watched


def migrated_apart(work: dict[str, Any], name: str, watch: Callable[[Step], int]) -> int:
    """Migrate a copy in a process of its own; return its exit code, negative for a signal."""
    folder = Path(work["folder"]) / name
    folder.mkdir()
    database = Path(shutil.copy(work["template"], folder / "practice.db"))
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with watched(watch), writing_connection(database, bytes.fromhex(work["key"])) as connection:
                migrate(connection, work["target"], schema=Schema(work["schema"]), scripts=Path(work["scripts"]))
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def count_steps(work: dict[str, Any]) -> int:
    """Return how many steps a migration takes that nobody kills."""
    reader, writer = os.pipe()

    def watch(_step: Step) -> int:
        os.write(writer, b".")
        return SQLITE_OK

    assert migrated_apart(work, "whole", watch) == 0
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        return len(told.read())


def kill_before(k: int) -> Callable[[Step], int]:
    """Return a watcher that kills its process when the k-th step is about to be taken."""
    left = iter(range(1, k))

    def watch(_step: Step) -> int:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return SQLITE_OK

    return watch


def main(work: dict[str, Any]) -> None:
    """Kill, at places all over the way, and tell."""
    steps = count_steps(work)
    points = sorted({1 + (steps - 1) * turn // max(work["kills"] - 1, 1) for turn in range(work["kills"])})
    for k in points:
        assert migrated_apart(work, str(k), kill_before(k)) == -signal.SIGKILL
    sys.stdout.write(json.dumps({"steps": steps, "points": points}) + "\n")


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
