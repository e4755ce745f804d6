"""The verbs of the command line that keep a practice safe: backup, restore, check. What goes wrong is a PracticeError.

How far they are stands on standard error while that is a terminal. Ctrl+C leaves nothing half-written.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ipt_desktop.commands import open_vault, read_secret
from ipt_desktop.domain.errors import FolderNotWritable, PracticeMissing
from ipt_desktop.domain.health import Health
from ipt_desktop.domain.text import _, ngettext
from ipt_desktop.services.backups import Backups, describe
from ipt_desktop.services.practice_check import check_closed
from ipt_desktop.services.progress import Progress, silent
from ipt_desktop.services.restore import restore
from ipt_desktop.services.vault import PracticeState, practice_state

DAMAGED, FOUND_PROBLEMS = 4, 1


def back_up(practice: Path, folder: Path, passphrase_file: str | None, code_file: str | None = None) -> None:
    """Make a verified backup in the folder, which is made if only it is missing, and print the name of the file.

    Raises what `open_vault` and `Backups.make` raise.
    """
    folder = folder.absolute()
    vault = open_vault(practice, passphrase_file, code_file)
    try:
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise FolderNotWritable(path=folder, reason=error.strerror) from error
        with _meter(_("Backing up")) as tell:
            made = Backups(vault).make(folder, tell)
    finally:
        vault.close()
    sys.stdout.write(f"{made.path}\n")
    sys.stdout.flush()


def restore_file(path: Path, practice: Path, passphrase_file: str | None, code_file: str | None) -> None:
    """Say what is in a backup, restore it, and say where the practice that was there lies now. Raises what `restore` raises."""
    path, practice = path.absolute(), practice.absolute()
    manifest = describe(path)
    secret = read_secret(passphrase_file, code_file, is_demo=manifest.is_demo)
    made_at = f"{manifest.made_at.astimezone():%Y-%m-%d %H:%M}"
    sys.stdout.write(_("Backup of {when}: {what}\n").format(when=made_at, what=_counts(manifest.clients, manifest.notes)))
    sys.stdout.flush()
    with _meter(_("Restoring")) as tell:
        done = restore(path, practice, secret, tell)
    if done.aside is not None:
        sys.stdout.write(_("What was there before lies in {folder}\n").format(folder=done.aside))
    sys.stdout.flush()


def check(practice: Path, passphrase_file: str | None, code_file: str | None) -> int:
    """Check every page of a practice and its audit trail, and say what was found; return 0, 1 for problems, or 4 for damage.

    Raises what `check_closed` raises.
    """
    practice = practice.absolute()
    if practice_state(practice) is PracticeState.NONE:
        raise PracticeMissing(path=practice)
    is_demo = practice_state(practice) is PracticeState.DEMO
    secret = read_secret(passphrase_file, code_file, is_demo=is_demo)
    with _meter(_("Checking")) as tell:
        found = check_closed(practice, secret, tell)
    for name, health in found.items():
        for line in _findings(health):
            sys.stdout.write(f"{name}: {line}\n")
    sys.stdout.flush()
    if any(health.damage for health in found.values()):
        return DAMAGED
    return 0 if all(_is_sound(health) for health in found.values()) else FOUND_PROBLEMS


def _is_sound(health: Health) -> bool:
    return health.is_sound and (health.trail is None or health.trail.is_sound)


def _findings(health: Health) -> Iterator[str]:
    """Yield what a check found, a line each; no line holds a clinical word."""
    if health.is_sound and "client" not in health.counts:  # the private notes: how many there are is told nowhere
        yield _("sound")
    elif health.is_sound:
        yield _("sound, {what}").format(what=_counts(health.counts.get("client", 0), health.counts.get("note", 0)))
    if health.trail is not None:
        yield _("audit trail: {state}").format(state=health.trail.in_words())
    yield from health.damage
    yield from (_("a row without what it belongs to ({tables})").format(tables=each) for each in health.orphans)
    for table, each in health.readable.items():
        if each.lost is None:
            yield _("{table}: {rows} can be read, the rest cannot").format(table=table, rows=each.rows)
        elif each.lost:
            yield _("{table}: {rows} can be read, {lost} cannot").format(table=table, rows=each.rows, lost=len(each.lost))


def _counts(clients: int, notes: int) -> str:
    of_clients = ngettext("{count} client", "{count} clients", clients).format(count=clients)
    of_notes = ngettext("{count} note", "{count} notes", notes).format(count=notes)
    return f"{of_clients}, {of_notes}"


@contextmanager
def _meter(words: str) -> Iterator[Progress]:
    """Yield what shows how far a work is, on a line of a terminal that is gone afterwards; nothing anywhere else."""
    if not sys.stderr.isatty():
        yield silent
        return
    shown = -1

    def tell(share: float) -> None:
        nonlocal shown
        percent = int(share * 100)
        if percent != shown:
            shown = percent
            sys.stderr.write(f"\r{words} {percent} %")
            sys.stderr.flush()

    try:
        yield tell
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
