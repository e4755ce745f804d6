"""The practice's own folder for temporary files: 0700, beside the encrypted database, and swept before each use.

Whoever uses it holds the practice's lock, so what lies in it from before was left by a program that was killed.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WORK_NAME = "temporary"


@contextmanager
def work_folder(practice: Path) -> Iterator[Path]:
    """Make an empty folder that nobody else may enter, and remove it with all that is in it. One at a time. Raises OSError."""
    sweep(practice)
    top = practice / WORK_NAME
    top.mkdir(mode=0o700)
    try:
        yield Path(tempfile.mkdtemp(dir=top))
    finally:
        sweep(practice)


def sweep(practice: Path) -> None:
    """Remove what a killed program left; call it only while holding the practice's lock."""
    shutil.rmtree(practice / WORK_NAME, ignore_errors=True)
