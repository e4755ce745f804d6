"""A practice on a disk without any room: it is told as that, and not as damage, which would lead to restoring a backup."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

OPENING = """
import sys
from pathlib import Path
from ipt_desktop.domain.errors import DatabaseDamaged, DiskFull
from ipt_desktop.storage.store import Store

path, key = Path(sys.argv[1]) / "practice.db", bytes(range(32))
Store.create(path, key).close()
content = path.read_bytes()
filler = path.with_name("filler")
with filler.open("wb", buffering=0) as file:
    try:
        while file.write(bytes(512)):
            pass
    except OSError:
        pass
try:
    Store.open(path, key)
except (DatabaseDamaged, DiskFull) as error:
    print(type(error).__name__, path.read_bytes() == content)
filler.unlink()
Store.open(path, key).close()
print("opened")
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a small disk of one's own can be made on Linux only")
def test_a_full_disk_is_not_taken_for_damage(tmp_path: Path):
    """The disk is in memory, seen by that process alone, and gone with it."""
    apart = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"])]
    mount = ["mount", "-t", "tmpfs", "-o", f"size={2 << 20}", "tmpfs", str(tmp_path)]
    try:
        subprocess.run([*apart, *mount], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this system lets a program make no small disk of its own")
    script = '"${@:4}" && "$1" -c "$2" "$3"'
    words = [sys.executable, OPENING, str(tmp_path), *mount]
    done = subprocess.run([*apart, "bash", "-c", script, "bash", *words], check=True, capture_output=True, text=True)
    assert done.stdout.split("\n") == ["DiskFull True", "opened", ""]
