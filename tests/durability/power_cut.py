"""What a disk may hold after the power went: rebuilt from everything that was done to it.

What was written to a file before its last completed sync is there. Of what was written later, each piece may be there or not,
in any combination and across files, down to single sectors; a name that was made or taken away may be as it was before. Bytes
beside those that were written are never touched, on which SQLite relies ("powersafe overwrite", sqlite.org/psow.html).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from random import Random

from tests.durability.watched_disk import Create, Remove, Step, Sync, Truncate, Write

SECTOR = 512


class Rest(StrEnum):
    """What became of all that was not synced when the power went."""

    NOTHING = "nothing of it is there"
    ALL = "all of it is there"
    SOME = "each write is there or not"
    TORN = "each sector of each write is there or not"


@dataclass
class _Content:
    """The bytes of a file that are safe, and what was done to it since."""

    safe: bytearray = field(default_factory=bytearray)
    since: list[Write | Truncate] = field(default_factory=list)

    def sync(self) -> None:
        for step in self.since:
            _apply(self.safe, step)
        self.since.clear()

    def after_cut(self, rest: Rest, chance: Random) -> bytes:
        left = bytearray(self.safe)
        for step in self.since if rest is not Rest.NOTHING else ():
            for piece in _pieces(step) if rest is Rest.TORN else (step,):
                if rest is Rest.ALL or chance.random() < 0.5:
                    _apply(left, piece)
        return bytes(left)


class Disk:
    """The files of one folder while steps are taken, and what would be left of them."""

    def __init__(self, folder: Path) -> None:
        self._names = {str(file): _Content(bytearray(file.read_bytes())) for file in folder.iterdir()}
        self._safe_names = dict(self._names)
        self._renaming: list[tuple[str, _Content | None]] = []  # names made and taken away since the folder's last sync

    def take(self, step: Step) -> None:
        """Do to this disk what was done to the real one."""
        match step:
            case Write() | Truncate():
                self._names[step.file].since.append(step)
            case Sync():
                self._names[step.file].sync()
                if any(name == step.file for name, _content in self._renaming):
                    self._sync_folder()
            case Create():
                self._names[step.file] = _Content()
                self._renaming.append((step.file, self._names[step.file]))
            case Remove():
                del self._names[step.file]
                self._renaming.append((step.file, None))
                if step.is_lasting:
                    self._sync_folder()

    def _sync_folder(self) -> None:
        self._safe_names = dict(self._names)
        self._renaming.clear()

    def now(self) -> dict[str, bytes]:
        """Return each file as a program reads it while the power is on."""
        return {Path(name).name: content.after_cut(Rest.ALL, Random(0)) for name, content in self._names.items()}  # noqa: S311

    def after_cut(self, rest: Rest, chance: Random) -> dict[str, bytes]:
        """Return the files that may be there if the power goes now: name → bytes."""
        names = dict(self._safe_names)
        done = {Rest.NOTHING: 0, Rest.ALL: len(self._renaming)}.get(rest, chance.randint(0, len(self._renaming)))
        for name, content in self._renaming[:done]:
            if content is None:
                names.pop(name, None)
            else:
                names[name] = content
        return {Path(name).name: content.after_cut(rest, chance) for name, content in names.items()}


def _pieces(step: Write | Truncate) -> Iterator[Write | Truncate]:
    """Yield a write as the sectors it falls into; a change of size is one thing."""
    if isinstance(step, Truncate):
        yield step
        return
    edge = SECTOR - step.offset % SECTOR
    for start, end in zip((0, *range(edge, len(step.data), SECTOR)), (*range(edge, len(step.data), SECTOR), None), strict=True):
        yield Write(step.file, step.offset + start, step.data[start:end])


def _apply(content: bytearray, step: Write | Truncate) -> None:
    """Write, or cut, and fill a hole with zeros as every file system does."""
    end = step.size if isinstance(step, Truncate) else step.offset
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if isinstance(step, Truncate):
        del content[step.size :]
    else:
        content[step.offset : step.offset + len(step.data)] = step.data
