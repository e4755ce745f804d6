"""Looking through the write-ahead log that a kill left for saves that SQLite will not read.

SQLite takes a log as ended at the first frame whose checksum is wrong, for that is what a save cut short looks like. A flipped
bit looks the same, and all saves behind it would be gone without a word. But checksums continue from frame to frame, and a save
is only ever appended to one that is on the disk: where two or more follow each other behind the end, it was no save cut short.
"""

import struct
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from ipt_desktop.storage.engine import Access, connect, has_log

# The format is that of sqlite.org/walformat.html.
HEADER = struct.Struct(">8I")
FRAME = struct.Struct(">6I")
INDEX = struct.Struct("=16xI")  # in the order of this computer, as far as it is read here
MAGIC = 0x377F0682  # one more where the checksums are of big-endian numbers
ENOUGH = 2

Sums = tuple[int, int]


class _Frame(NamedTuple):
    """A page in the log: whether a save ends with it, and whether its checksum continues from the frame before."""

    is_commit: bool
    is_whole: bool


def unread_commits(database: Path, key: bytes) -> int:
    """Return how many saves in the log beside a database SQLite does not read, though they were on the disk.

    Ask before the first writer opens it: that one goes on where SQLite's reading ends. The last of all saves can't be told from
    one cut short, and is not counted where it stands alone. Raises DatabaseDamaged where the database can't be read at all.
    """
    if not has_log(database):
        return 0
    try:
        with closing(connect(database, key, Access.LOOK)):
            read = _frames_read(database)
    except OSError:  # nothing to look at: an empty database, which opening it will tell
        return 0
    unread = behind = 0
    for frame in _frames_behind(database, read):
        behind = behind + frame.is_commit if frame.is_whole else 0
        unread = max(unread, behind)
    return unread if unread >= ENOUGH else 0


def _frames_read(database: Path) -> int:
    """Return how many frames SQLite reads: it says so in the index of the log, while a connection is open."""
    with database.with_name(f"{database.name}-shm").open("rb") as index:
        return int(INDEX.unpack(index.read(INDEX.size))[0])


def _frames_behind(database: Path, count: int) -> Iterator[_Frame]:
    """Yield the frames of the log's present round behind the first so many; nothing if the log's header is not whole."""
    with database.with_name(f"{database.name}-wal").open("rb") as log:
        header = log.read(HEADER.size)
        if len(header) < HEADER.size:
            return
        magic, _version, page, _round, *salt_and_sums = HEADER.unpack(header)
        salt, sums = salt_and_sums[:2], (salt_and_sums[2], salt_and_sums[3])
        order = ">" if magic & 1 else "<"
        if magic & ~1 != MAGIC or _added((0, 0), header[: HEADER.size - 8], order) != sums:
            return
        whole = FRAME.size + page
        if count:
            log.seek(HEADER.size + (count - 1) * whole)
            sums = FRAME.unpack_from(log.read(whole))[4:]
        while len(content := log.read(whole)) == whole:
            _number, size, *salt_here, first, second = FRAME.unpack_from(content)
            expected = _added(_added(sums, content[:8], order), content[FRAME.size :], order)
            sums = (first, second)
            yield _Frame(is_commit=size > 0, is_whole=salt_here == salt and expected == sums)


def _added(sums: Sums, content: bytes, order: str) -> Sums:
    """Return SQLite's checksum of what came before, continued over these bytes."""
    first, second = sums
    words = iter(struct.unpack(f"{order}{len(content) // 4}I", content))
    for one, other in zip(words, words, strict=True):
        first += one + second
        second += other + first
        first &= 0xFFFFFFFF
        second &= 0xFFFFFFFF
    return first, second
