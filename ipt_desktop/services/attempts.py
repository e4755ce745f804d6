"""Wrong passphrases, counted for each practice over restarts: after the third in a row the next has to wait, longer each time.

It slows someone at this desk. Whoever can copy the folder guesses elsewhere, and only the stretching of the passphrase slows
them. So the count lies beside the program's own state and not in the practice, of which a wrong passphrase changes no byte.
"""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ipt_desktop.domain.errors import TooManyAttempts, WrongPassphrase
from ipt_desktop.domain.text import ngettext

FREE = 3
LONGEST = 300
NAME = "attempts.json"


def require_patience(practice_id: str) -> None:
    """Raise TooManyAttempts while the next passphrase has to wait."""
    count, last = _read().get(practice_id, (0, 0.0))
    now = time.time()
    if last > now:  # the clock was set back: the wait begins anew and no longer
        last = now
        _write(_read() | {practice_id: (count, last)})
    seconds = delay_after(count) - (now - last)
    if seconds > 0:
        raise TooManyAttempts(seconds=seconds, wait=_in_words(seconds))


def patiently(practice_id: str, unwrap: Callable[[], bytes]) -> bytes:
    """Return the key that `unwrap` gets with a passphrase, slower the more often it has failed.

    Raises TooManyAttempts or WrongPassphrase.
    """
    require_patience(practice_id)
    try:
        key = unwrap()
    except WrongPassphrase:
        note_failure(practice_id)
        raise
    note_success(practice_id)
    return key


def delay_after(count: int) -> int:
    """Return the seconds to wait after so many wrong passphrases in a row: none after three, then 2, 4, 8 … up to 300."""
    return 0 if count < FREE else min(LONGEST, 2 ** min(count - FREE + 1, 9))


def note_failure(practice_id: str) -> None:
    """Count one more wrong passphrase."""
    attempts = _read()
    count, _last = attempts.get(practice_id, (0, 0.0))
    _write(attempts | {practice_id: (count + 1, time.time())})


def note_success(practice_id: str) -> None:
    """Forget the wrong ones: the right passphrase was typed."""
    attempts = _read()
    if attempts.pop(practice_id, None):
        _write(attempts)


def _in_words(seconds: float) -> str:
    whole = max(1, round(seconds))
    if whole < 120:
        return ngettext("{count} second", "{count} seconds", whole).format(count=whole)
    return ngettext("{count} minute", "{count} minutes", round(whole / 60)).format(count=round(whole / 60))


def _path() -> Path:
    from platformdirs import user_state_dir

    return Path(user_state_dir("ipt-desktop", appauthor=False)) / NAME


def _read() -> dict[str, tuple[int, float]]:
    """Return the counts; a file that is not there or not ours counts nothing."""
    try:
        kept = json.loads(_path().read_text("utf-8"))
        return {str(key): (int(count), float(last)) for key, (count, last) in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write(attempts: dict[str, tuple[int, float]]) -> None:
    """Keep the counts, if they can be kept: a computer whose state can't be written opens its practice all the same."""
    path = _path()
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.write_text(json.dumps(attempts), "utf-8")
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink()
