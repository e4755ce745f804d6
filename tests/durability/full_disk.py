"""Saves until there is no room left, makes room, and saves on: `python -m tests.durability.full_disk FOLDER HOW`.

HOW is `filler` (the folder is a small disk of its own, and a file that fills half of it is taken away to make room) or `limit`
(the system lets no file of this process grow beyond a size). Prints what was acknowledged, what was refused and why as JSON.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from ipt_desktop.domain.errors import SaveFailed
from ipt_desktop.storage.store import Store
from tests.durability.typist import DATABASE, KEY, new_practice, save, saves_in

ROOM = 1 << 21
MOST = 1000  # saves; there is no room for as many


def save_until_full(folder: Path, make_room: Callable[[], None]) -> dict[str, object]:
    """Save until refused, three times over: what was acknowledged can be read all the while, and the next save is kept."""
    store = Store.open(folder / DATABASE, KEY)
    acknowledged: set[int] = set()
    for number in range(1, MOST):
        try:
            save(store, number)
        except SaveFailed as failure:
            assert saves_in(store) == acknowledged
            refused, reason = number, str(failure)
            break
        acknowledged.add(number)
    make_room()
    for number in range(refused, refused + 10):
        save(store, number)
        acknowledged.add(number)
    assert saves_in(store) == acknowledged
    store.close()
    return {"acknowledged": sorted(acknowledged), "refused": refused, "reason": reason}


def with_filler(folder: Path) -> dict[str, object]:
    """Fill a small disk half with something else first."""
    filler = folder / "filler"
    filler.write_bytes(bytes(ROOM))
    practice = new_practice(folder / "practice")
    return save_until_full(practice.parent, filler.unlink)


def with_limit(folder: Path) -> dict[str, object]:
    """Let no file of this process grow beyond a size."""
    import resource

    practice = new_practice(folder / "practice")
    allowed = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, allowed[1]))
    return save_until_full(practice.parent, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, allowed))


if __name__ == "__main__":
    told = {"filler": with_filler, "limit": with_limit}[sys.argv[2]](Path(sys.argv[1]))
    sys.stdout.write(json.dumps(told) + "\n")
