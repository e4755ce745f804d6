"""A second start on the same folder brings the first window forward and ends.

It is a courtesy: what keeps two programs off one practice is its lock, which the system frees whatever happens.
"""

from __future__ import annotations

import os
import sys
import tempfile
import zlib
from pathlib import Path

# Only what a start has imported already: the first paint waits for this.

RAISE, RAISED = b"raise", b"raised\n"
SECONDS = 2.0  # a first window that is too busy to answer by then is left alone
TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - what Wayland asks of a window that wants to come forward


def raise_first(folder: Path) -> bool:
    """Ask the window that is open on the folder to come forward; False where there is none. Takes no time, then."""
    return tell(address(folder), RAISE + b" " + os.environ.get(TOKEN, "").encode() + b"\n")


def address(folder: Path) -> str:
    """Return where the first window on a folder listens: a socket of this user's alone, or a pipe on Windows."""
    user, place = _whereabouts()
    named = os.fsencode(os.path.realpath(folder)) + user.encode()
    return f"{place}ipt-desktop-{zlib.crc32(named):08x}"


if sys.platform == "win32":

    def _whereabouts() -> tuple[str, str]:
        """Return who the user is, and what the address of a pipe begins with."""
        return os.environ.get("USERNAME", ""), "\\\\.\\pipe\\"

    def tell(place: str, words: bytes, *, is_answered: bool = True) -> bool:
        """Give someone who listens there these words; False where nobody does."""
        import ctypes

        try:
            with open(place, "r+b", buffering=0) as pipe:  # noqa: PTH123 - a pipe is no path
                ctypes.windll.user32.AllowSetForegroundWindow(-1)  # Windows lets only the program in front do that
                pipe.write(words)
        except OSError:
            return False
        return True
else:

    def _whereabouts() -> tuple[str, str]:
        """Return who the user is, and the folder of their sockets."""
        return str(os.getuid()), f"{os.environ.get('XDG_RUNTIME_DIR') or tempfile.gettempdir()}/"

    def tell(place: str, words: bytes, *, is_answered: bool = True) -> bool:
        """Give someone who listens there these words and hear that they were understood; False where nobody does."""
        try:
            if os.stat(place).st_uid != os.getuid():  # noqa: PTH116 - before the window is there each import counts
                return False
        except OSError:
            return False
        import socket

        with socket.socket(socket.AF_UNIX) as caller:
            caller.settimeout(SECONDS)
            try:
                caller.connect(place)
                caller.sendall(words)
                return not is_answered or caller.recv(len(RAISED)) == RAISED
            except OSError:
                return False


def is_alive(place: str) -> bool:
    """Tell whether whoever left a socket there still lives, however busy."""
    return tell(place, b"\n", is_answered=False)
