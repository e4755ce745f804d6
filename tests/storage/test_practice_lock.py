"""One holder at a time; a killed one holds nothing."""

import errno
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ipt_desktop.domain.errors import FolderNotWritable, PracticeInUse
from ipt_desktop.services.practice_folder import take_lock
from ipt_desktop.storage import practice_lock
from ipt_desktop.storage.practice_lock import LOCK_NAME, PracticeLock

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from pathlib import Path
from ipt_desktop.storage.practice_lock import PracticeLock
lock = PracticeLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_holder_is_refused_until_the_first_lets_go(tmp_path: Path):
    first = PracticeLock(tmp_path)
    with pytest.raises(PracticeInUse):
        PracticeLock(tmp_path)
    first.release()
    first.release()
    PracticeLock(tmp_path).release()
    assert [file.name for file in tmp_path.iterdir()] == [LOCK_NAME]


def test_a_lock_can_go_with_its_file_when_no_practice_came_to_be(tmp_path: Path):
    PracticeLock(tmp_path).remove()
    assert list(tmp_path.iterdir()) == []
    PracticeLock(tmp_path).release()


def test_another_process_keeps_us_out_and_its_kill_lets_us_in(tmp_path: Path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(PracticeInUse):
            PracticeLock(tmp_path)
        holder.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        holder.wait()
    PracticeLock(tmp_path).release()


def test_a_disk_that_knows_no_locks_is_not_told_as_a_second_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(_handle: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(practice_lock, "_take", refuse)
    with pytest.raises(FolderNotWritable, match="No locks available"):
        take_lock(tmp_path)


def test_a_folder_that_can_not_hold_a_lock_says_so(tmp_path: Path):
    with pytest.raises(OSError, match="practice"):
        PracticeLock(tmp_path / "absent")
