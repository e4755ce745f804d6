"""The file of a backup: a plain, uncompressed zip archive with fixed names, sealed by a SHA-256 over all its bytes.

It begins with what it is, so that any other file is told from a damaged backup; the manifest names every file in it; and its
comment, the last 64 bytes, is the seal. A flipped bit anywhere, or a missing end, breaks it. Nothing is unpacked but by name.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ipt_desktop.domain.backup import FORMAT, HeldFile, Manifest, format_for, is_safe_name
from ipt_desktop.domain.errors import BackupDamaged, NewerBackup, NotABackup
from ipt_desktop.domain.text import _
from ipt_desktop.storage.migrations import HEAD, REVISIONS

SUFFIX = ".iptbackup"
KIND_NAME, KIND = "mimetype", b"application/x-ipt-desktop-backup"
MANIFEST_NAME = "manifest.json"
LARGEST_MANIFEST = 1024 * 1024
CHUNK = 1024 * 1024
HEADS = ("audit_head", "signature_head")
SEAL = 64  # hex digits of the SHA-256

Tell = Callable[[float], None]


def write_backup(path: Path, manifest: Callable[[], Manifest], files: Mapping[str, Path], key: bytes, tell: Tell) -> Manifest:
    """Write the files and the manifest, which gets their sizes and sums, into a new file and put it on the disk. Mode 0600.

    The manifest is asked for once the files are written; `key` makes its mark. Raises FileExistsError or any OSError, or what
    `manifest` raises; the file is then the caller's to remove.
    """
    size = sum(file.stat().st_size for file in files.values()) or 1
    done = 0
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "r+b") as out:
        sealing = _Sealing(out)
        with ZipFile(cast(IO[bytes], sealing), "w", ZIP_STORED) as archive:
            archive.comment = b"0" * SEAL
            _put(archive, KIND_NAME, KIND)
            held: dict[str, HeldFile] = {}
            for name, file in files.items():
                with file.open("rb") as source, archive.open(_entry(name), "w", force_zip64=True) as target:
                    held[name] = _pour(source, target, lambda moved: tell((done + moved) / size))  # noqa: B023
                done += held[name].size
            out.flush()
            os.fsync(out.fileno())  # the disk is at it while the manifest's maker is still counting
            told = manifest()
            whole = _marked(replace(told, files=held, format=max(told.format, format_for(held))), key)
            _put(archive, MANIFEST_NAME, json.dumps(_to_json(whole), indent=2).encode())
        out.seek(-SEAL, os.SEEK_END)
        out.write(sealing.seal)
        out.flush()
        os.fsync(out.fileno())
    return whole


class _Sealing:
    """A file that is only written to, from the beginning to the end; takes the sum of all of it but the seal's place."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self._held_back = b""

    def write(self, content: bytes) -> int:
        """Write, and add all but the last bytes to the sum."""
        if len(content) < SEAL:
            content_and_before = self._held_back + content
            self._digest.update(content_and_before[:-SEAL])
            self._held_back = content_and_before[-SEAL:]
        else:
            self._digest.update(self._held_back)
            self._digest.update(memoryview(content)[:-SEAL])
            self._held_back = content[-SEAL:]
        return self._file.write(content)

    def flush(self) -> None:
        """Hand on what is written."""
        self._file.flush()

    @property
    def seal(self) -> bytes:
        """The sum of what was written, as hex digits."""
        return self._digest.hexdigest().encode("ascii")


def glance(path: Path) -> Manifest:
    """Return the manifest without looking at the rest: for lists. Raises as `describe` does, but misses damage elsewhere."""
    with _reading(path) as (_file, archive):
        return _manifest(path, archive)


def describe(path: Path) -> Manifest:
    """Return what is in a backup after proving that every byte of it is as it was written.

    Raises NotABackup for another kind of file, NewerBackup for one that a later program wrote, BackupDamaged for a flipped bit
    or a missing end. No byte is changed, and no key is needed.
    """
    with _reading(path) as (file, archive):
        size = file.seek(0, os.SEEK_END)
        if len(archive.comment) != SEAL or _sum_of(file, size - SEAL) != archive.comment:
            raise BackupDamaged(path=path, reason=_("its bytes are not those that were written"))
        return _manifest(path, archive)


def prove(path: Path) -> Manifest:
    """Read a backup back whole, from the disk where the system can be asked for that, and return what it says of itself.

    The seal was taken from what was to be written, not from what was: it tells them apart. Raises as `describe`.
    """
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:  # what the system keeps in memory proves nothing about the disk
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return describe(path)


def unpack(path: Path, manifest: Manifest, folder: Path, tell: Tell) -> None:
    """Write the files the manifest names into a folder (mode 0600, on the disk). Raises BackupDamaged or any OSError."""
    size = sum(held.size for held in manifest.files.values()) or 1
    done = 0
    with _reading(path) as (_file, archive):
        for name, held in manifest.files.items():
            (folder / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as target, archive.open(name) as source:
                found = _pour(source, target, lambda moved: tell((done + moved) / size))  # noqa: B023
                target.flush()
                os.fsync(target.fileno())
            if found != held:
                raise BackupDamaged(path=path, reason=name)
            done += held.size


def read_held(path: Path, name: str, most: int) -> bytes | None:
    """Return a small file out of a backup, None where it holds none; raises as `glance` does, also for one that is too long."""
    with _reading(path) as (_file, archive):
        if name not in archive.namelist():
            return None
        if archive.getinfo(name).file_size > most:
            raise ValueError("too long")
        return archive.read(name)


def blot_out(path: Path, name: str) -> None:
    """Overwrite a file within a backup, on the disk: what it was can no longer be read, nor the backup be restored.

    Raises OSError, or as `glance` does.
    """
    with _reading(path) as (_file, archive):
        if name not in archive.namelist():
            return
        entry = archive.getinfo(name)
    with path.open("r+b") as file:
        file.seek(entry.header_offset + 26)  # the lengths of name and extra field, after which the content begins
        lengths = file.read(4)
        begin = entry.header_offset + 30 + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
        file.seek(begin)
        file.write(bytes(entry.compress_size))
        file.flush()
        os.fsync(file.fileno())


def require_mark(path: Path, manifest: Manifest, key: bytes) -> None:
    """Raise BackupDamaged unless the manifest was written by someone who had the practice's key."""
    if not hmac.compare_digest(_marked(manifest, key).mark, manifest.mark):
        raise BackupDamaged(path=path, reason=_("what it says of itself was changed"))


@contextmanager
def _reading(path: Path) -> Iterator[tuple[IO[bytes], ZipFile]]:
    """Open a backup, and tell whatever is wrong with its form in our own words."""
    try:
        with path.open("rb") as file:
            _require_kind(path, file.read(30 + len(KIND_NAME) + len(KIND)))
            with ZipFile(file) as archive:
                yield file, archive
    except FileNotFoundError as error:
        raise NotABackup(path=path, reason=_("there is no such file")) from error
    except IsADirectoryError as error:
        raise NotABackup(path=path, reason=_("it is a folder")) from error
    except (
        BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        EOFError,
        RecursionError,
        NotImplementedError,
    ) as error:
        raise BackupDamaged(path=path, reason=_("it is incomplete or was changed")) from error


def _require_kind(path: Path, beginning: bytes) -> None:
    if not beginning:
        raise BackupDamaged(path=path, reason=_("it is empty"))
    if beginning[:4] != b"PK\x03\x04" or beginning[30:] != KIND_NAME.encode() + KIND:
        raise NotABackup(path=path, reason=_("it is another kind of file"))


def _manifest(path: Path, archive: ZipFile) -> Manifest:
    """Return the manifest; raises NewerBackup, or what `_reading` tells as damage."""
    entry = archive.getinfo(MANIFEST_NAME)
    if entry.file_size > LARGEST_MANIFEST:
        raise ValueError("too long")
    data = json.loads(archive.read(entry))
    if type(data["format"]) is not int or data["format"] < 1:
        raise ValueError("format")
    if data["format"] > FORMAT:
        raise NewerBackup(path=path, found=data["format"], known=FORMAT)
    if data["schema"] not in REVISIONS:  # before the rest, of which a later program may tell more
        raise NewerBackup(path=path, found=data["schema"], known=HEAD)
    return _from_json(data)


def _to_json(manifest: Manifest) -> dict[str, Any]:
    data = asdict(manifest) | {"made_at": manifest.made_at.isoformat()}
    for name in HEADS:
        if data[name] is None:  # as older backups have it, whose mark is over what they say
            del data[name]
    return data


def _from_json(data: dict[str, Any]) -> Manifest:
    """Return the manifest in `data`; raises ValueError, KeyError or TypeError for anything malformed."""
    files = {str(name): HeldFile(int(held["size"]), str(held["sha256"])) for name, held in data["files"].items()}
    if not all(map(is_safe_name, files)):
        raise ValueError("name")  # nothing is ever unpacked outside the folder it belongs in
    made_at = datetime.fromisoformat(data["made_at"])
    if made_at.tzinfo is None:
        raise ValueError("made_at")
    counts = {str(name): int(count) for name, count in data["counts"].items()}
    told = {**data, "made_at": made_at, "counts": counts, "files": files}
    for name in HEADS:
        if (head := data.get(name)) is not None:
            number, sum_ = head
            told[name] = (int(number), str(sum_))
    return Manifest(**told)


def _marked(manifest: Manifest, key: bytes) -> Manifest:
    """Return the manifest with the mark that this key makes over all the rest."""
    body = json.dumps(_to_json(replace(manifest, mark="")), sort_keys=True, separators=(",", ":")).encode()
    own_key = hmac.new(key, b"ipt-desktop:backup manifest", "sha256").digest()
    return replace(manifest, mark=hmac.new(own_key, body, "sha256").hexdigest())


def _put(archive: ZipFile, name: str, content: bytes) -> None:
    archive.writestr(_entry(name), content)


def _entry(name: str) -> ZipInfo:
    """Return an entry that says nothing but its name: no time, no owner."""
    entry = ZipInfo(name)
    entry.external_attr = 0o600 << 16
    return entry


def _pour(source: IO[bytes], target: IO[bytes], tell: Tell) -> HeldFile:
    """Copy in pieces; return how much it was, and its sum."""
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        target.write(chunk)
        digest.update(chunk)
        size += len(chunk)
        tell(size)
    return HeldFile(size, digest.hexdigest())


def _sum_of(file: IO[bytes], length: int) -> bytes:
    """Return the SHA-256 of the file's first bytes, as hex digits."""
    digest = hashlib.sha256()
    file.seek(0)
    while length > 0 and (chunk := file.read(min(CHUNK, length))):
        digest.update(chunk)
        length -= len(chunk)
    return digest.hexdigest().encode("ascii")
