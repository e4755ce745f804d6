"""A practice whose creation is not finished: it is empty, and its recovery sheet has not been shown to be at hand."""

from ipt_desktop.domain.errors import FolderNotWritable, Refused
from ipt_desktop.domain.records import Client
from ipt_desktop.domain.text import _
from ipt_desktop.services.header import HEADER_NAME, sync_folder
from ipt_desktop.services.practice_folder import BESIDE, DATABASE_NAME, PRIVATE_NAME, take_lock
from ipt_desktop.services.vault import UNFINISHED_NAME, OpenVault


def take_back_creation(opened: OpenVault) -> None:
    """Close a practice that has just been made and remove it, and its folder if nothing else is in there.

    The header goes first: killed before it is gone, the practice is there as it was; killed after it, there is none, and what
    is left is swept by the next creation. Raises Refused where the practice is in use already, and FolderNotWritable.
    """
    if opened.recovery_code is None or _has_clients(opened):
        raise Refused(reason=_("This practice is in use already: it is not removed."))
    folder = opened.folder
    opened.recovery_code = None
    opened.close()
    lock = take_lock(folder)
    try:
        (folder / DATABASE_NAME).rename(folder / UNFINISHED_NAME)  # the creation, backwards
        sync_folder(folder)
        (folder / HEADER_NAME).unlink()
        sync_folder(folder)
        for name in (UNFINISHED_NAME, DATABASE_NAME, PRIVATE_NAME):
            for end in ("", *BESIDE):
                (folder / f"{name}{end}").unlink(missing_ok=True)
    except OSError as error:
        raise FolderNotWritable(path=folder, reason=error.strerror) from error
    finally:
        lock.remove()
    if not any(folder.iterdir()):
        folder.rmdir()


def _has_clients(opened: OpenVault) -> bool:
    with opened.store.read() as reading:
        return bool(reading.all(Client))
