"""Wrong passphrases, counted for each practice over restarts: after the third in a row the next has to wait, longer each time.

It slows someone at this desk. Whoever can copy the folder guesses elsewhere, and only the stretching of the passphrase slows
them. So the count lies beside the program's own state and not in the practice, of which a wrong passphrase changes no byte.
Their times wait here for the next right one, which brings them into the practice's audit trail.
"""

import json
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from ipt_desktop.domain.errors import TooManyAttempts
from ipt_desktop.domain.text import ngettext

FREE = 3
LONGEST = 300
NAME = "attempts.json"
MOST_TIMES = 100
LATEST = 250_000_000_000.0  # near the end of the year 9892: no clock goes so far, and no date much further


class _Tried(NamedTuple):
    """Wrong ones in a row and when the last was, and the times of those that no audit trail tells of yet."""

    wrong: int = 0
    last: float = 0.0
    times: tuple[float, ...] = ()


def require_patience(practice_id: str) -> None:
    """Raise TooManyAttempts while the next passphrase has to wait."""
    if seconds := seconds_to_wait(practice_id):
        raise TooManyAttempts(seconds=seconds, wait=in_words(seconds))


def seconds_to_wait(practice_id: str) -> float:
    """Return for how long the next passphrase has to wait; 0 for not at all."""
    count, last, times = _read().get(practice_id, _Tried())
    now = time.time()
    if last > now:  # the clock was set back: the wait begins anew and no longer
        last = now
        _write(_read() | {practice_id: _Tried(count, last, times)})
    return max(0.0, delay_after(count) - (now - last))


def delay_after(count: int) -> int:
    """Return the seconds to wait after so many wrong passphrases in a row: none after three, then 2, 4, 8 … up to 300."""
    return 0 if count < FREE else min(LONGEST, 2 ** min(count - FREE + 1, 9))


def note_failure(practice_id: str) -> None:
    """Count one more wrong passphrase."""
    attempts, at = _read(), time.time()
    count, _last, times = attempts.get(practice_id, _Tried())
    _write(attempts | {practice_id: _Tried(count + 1, at, (*times, at)[-MOST_TIMES:])})


def codes_of(practice_id: str) -> str:
    """Return under which id a practice's wrong recovery codes are counted: nobody guesses one, so none of them waits."""
    return f"{practice_id}:code"


def note_wrong_code(practice_id: str) -> None:
    """Remember when a recovery code was wrong."""
    note_failure(codes_of(practice_id))


def note_success(practice_id: str) -> None:
    """Let the next one not wait: the right passphrase was typed. When the wrong ones were typed is kept."""
    attempts = _read()
    tried = attempts.pop(practice_id, None)
    if tried is not None:
        _write(attempts | ({practice_id: _Tried(times=tried.times)} if tried.times else {}))


def failures(practice_id: str) -> list[datetime]:
    """Return when wrong passphrases were typed of which no audit trail tells yet: the last hundred, in UTC."""
    times = _read().get(practice_id, _Tried()).times
    return [datetime.fromtimestamp(each, UTC) for each in times]


def forget_failures(practice_id: str, told: list[datetime]) -> None:
    """Forget these: the practice's audit trail tells of them now."""
    attempts = _read()
    count, last, times = attempts.pop(practice_id, _Tried())
    left = times[len(told) :]
    _write(attempts | ({practice_id: _Tried(count, last, left)} if left or count else {}))


def in_words(seconds: float) -> str:
    """Return a wait in words: "8 seconds", "4 minutes"."""
    whole = max(1, round(seconds))
    if whole < 120:
        return ngettext("{count} second", "{count} seconds", whole).format(count=whole)
    return ngettext("{count} minute", "{count} minutes", round(whole / 60)).format(count=round(whole / 60))


def _path() -> Path:
    from platformdirs import user_state_dir

    return Path(user_state_dir("ipt-desktop", appauthor=False)) / NAME


def _read() -> dict[str, _Tried]:
    """Return the counts; a file that is not there or not ours counts nothing. Older ones hold no times."""
    try:
        kept = json.loads(_path().read_text("utf-8"))
        return {
            str(key): _Tried(int(count), _moment(last), tuple(_moment(each) for each in (*times, ())[0]))
            for key, (count, last, *times) in kept.items()
        }
    except (OSError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return {}


def _moment(value: float) -> float:
    """Return a time that a clock may show; raises ValueError for any other, and for what is none."""
    if not 0 <= float(value) <= LATEST:
        raise ValueError("no time")
    return float(value)


def _write(attempts: dict[str, _Tried]) -> None:
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
