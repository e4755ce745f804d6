"""The last step of a restore, which a kill can't leave half-done: the new files come in, the present ones move aside.

What is restored waits in a folder of its own until it is proven; a file named `ready` is the moment of the restore. Killed
before it, the practice is as it was; killed after it, opening the practice finishes what is left to do.
"""

import json
import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from ipt_desktop.services.header import HEADER_NAME, sync_folder
from ipt_desktop.services.practice_folder import DATABASE_NAME, PRIVATE_NAME

STAGE_NAME = "restoring"
READY_NAME = "ready"


def make_ready(folder: Path, aside: str) -> None:
    """Declare what waits to be proven and complete; `aside` is the name of the folder for the present files."""
    stage = folder / STAGE_NAME
    names = sorted(each.name for each in stage.iterdir())
    part = stage / f"{READY_NAME}.part"
    with part.open("x", encoding="utf-8") as file:
        json.dump({"aside": aside, "files": names}, file)
        file.flush()
        os.fsync(file.fileno())
    part.rename(stage / READY_NAME)
    for within in sorted(each for each in stage.rglob("*") if each.is_dir()):
        sync_folder(within)
    sync_folder(stage)
    sync_folder(folder)


def waits_ready(folder: Path) -> bool:
    """Tell whether a restore that was cut short waits here, complete: the next opening finishes it."""
    return (folder / STAGE_NAME / READY_NAME).exists()


def finish_restore(folder: Path) -> None:
    """Put in place what waits and is ready, and remove what is not; where nothing waits, nothing is changed.

    Call it with the folder's lock, before a database is opened. It can be cut short anywhere and called again.
    """
    stage = folder / STAGE_NAME
    if not stage.exists():
        return
    if waits_ready(folder):
        told = json.loads((stage / READY_NAME).read_bytes())
        _swap(folder, stage, folder / Path(told["aside"]).name, told["files"])
        (stage / READY_NAME).unlink()
        sync_folder(folder)
    shutil.rmtree(stage)


def present_files(folder: Path) -> list[Path]:
    """Return the files that are the practice in this folder, what the databases keep beside them included."""
    ours = (HEADER_NAME, DATABASE_NAME, PRIVATE_NAME)
    return sorted(each for each in folder.iterdir() if each.name.startswith(ours) and each.is_file())


def _swap(folder: Path, stage: Path, aside: Path, names: Collection[str]) -> None:
    """Move aside what is there, and put what waits in its place; a header or database is there at every moment."""
    replaced = [each for each in present_files(folder) if each.name in names and (stage / each.name).exists()]
    others = [each for each in present_files(folder) if each.name not in names]
    if replaced or others:
        aside.mkdir(mode=0o700, exist_ok=True)
    for path in others:  # a log first: beside the new database it would be folded into it
        path.rename(aside / path.name)
    for path in replaced:
        _keep_also(path, aside / path.name)
    if aside.exists():
        sync_folder(aside)
    for name in names:
        if (stage / name).is_dir():
            _swap_folder(folder / name, stage / name, aside)
            continue
        with suppress(FileNotFoundError):  # it was put in place before we were cut short
            (stage / name).replace(folder / name)
    sync_folder(folder)


def _swap_folder(present: Path, waiting: Path, aside: Path) -> None:
    """Move a folder aside and put the one that waits in its place; cut short in between, the next call does the rest."""
    if present.exists():
        aside.mkdir(mode=0o700, exist_ok=True)
        present.rename(aside / present.name)
    waiting.rename(present)


def _keep_also(path: Path, aside: Path) -> None:
    """Give a file a second name, or a second copy where the disk knows no second names."""
    if aside.exists():
        return
    try:
        aside.hardlink_to(path)
    except OSError:
        part = aside.with_name(f"{aside.name}.part")
        shutil.copy2(path, part)
        with part.open("r+b") as file:
            os.fsync(file.fileno())
        part.rename(aside)
