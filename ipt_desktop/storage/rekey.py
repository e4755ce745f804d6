"""Giving a database another key. It is a copy that gets it: the database in use is never rewritten in place."""

import os
from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2

from ipt_desktop.domain.errors import CopyFailed, DatabaseDamaged
from ipt_desktop.domain.text import _
from ipt_desktop.storage.database_copy import Tell, copy_database, prove_database
from ipt_desktop.storage.engine import Access, connect


def rekeyed_copy(source: Path, key: bytes, target: Path, new_key: bytes, tell: Tell) -> None:
    """Copy a database into a new file that another key opens, and put it on the disk.

    Raises as `copy_database` does; the target is then the caller's to remove.
    """
    copy_database(source, key, target, tell)
    with closing(connect(target, key, Access.COPY)) as copy:
        try:
            copy.execute(f"PRAGMA rekey = \"x'{new_key.hex()}'\"")
        except dbapi2.Error as error:
            raise CopyFailed(path=target.parent, reason=str(error)) from error
    put_on_disk(target)


def prove_same(source: Path, key: bytes, copy: Path, copy_key: bytes) -> None:
    """Require that a copy is sound and holds as many rows, table by table; raises DatabaseDamaged for whichever is not."""
    there, here = prove_database(source, key), prove_database(copy, copy_key)
    missing = sorted(name for name in there.keys() | here.keys() if there.get(name) != here.get(name))
    if missing:
        raise DatabaseDamaged(path=copy, reason=_("rows of {tables} are missing").format(tables=", ".join(missing)))


def put_on_disk(path: Path) -> None:
    """Wait until a file's bytes are on the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())
