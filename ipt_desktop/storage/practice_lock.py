"""One program at a time: the lock on a practice's folder, which the system frees even when the program is killed."""

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

from ipt_desktop.domain.errors import PracticeInUse

LOCK_NAME = "practice.lock"
HELD = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)  # what the systems say of a lock that another program has


class PracticeLock:
    """The lock of one practice folder, held from construction until `release`.

    Raises PracticeInUse while another holder lives, and OSError where the lock file can't be made or its disk knows no locks.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK_NAME
        self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(self._handle)
        except OSError as error:
            os.close(self._handle)
            if error.errno not in HELD:
                raise
            raise PracticeInUse from error

    def release(self) -> None:
        """Let others in. The file stays: removing it could take a lock that someone has just been given."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def remove(self) -> None:
        """Let go, and take the file away too: for a folder in which no practice came to be."""
        if sys.platform == "win32":  # no open file can be removed there, and none that another program has opened since
            self.release()
            with suppress(PermissionError):
                self._path.unlink(missing_ok=True)
        else:  # removed before it is let go, so that nobody is given a lock on a file that is about to vanish
            self._path.unlink(missing_ok=True)
            self.release()


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        """Lock the file's first byte without waiting."""
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        """Lock the open file without waiting."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
