"""When what is typed goes to the disk: a plain state machine that owns no timer, no thread and no text.

Times are seconds of one monotonic clock that the caller reads. Saves follow the last key within `QUIET`, and come every
`LONGEST` while keys keep coming; only one is under way at a time. A failed save is tried again, later each time.
"""

from enum import StrEnum

QUIET = 0.7
LONGEST = 1.8
RETRIES = (1.0, 2.0, 4.0)


class Keeping(StrEnum):
    """What has become of what was typed."""

    CLEAN = "clean"
    PENDING = "pending"
    SAVING = "saving"
    SAVED = "saved"
    FAILED = "failed"
    SIGNED = "signed"


class Autosave:
    """Follows one document: told of keys and of what became of saves, it says when the next save is due."""

    def __init__(self) -> None:
        self.state = Keeping.CLEAN
        self._first_key = 0.0
        self._last_key = 0.0
        self._is_unsaved = False
        self._failures = 0
        self._failed_at = 0.0

    @property
    def is_unsaved(self) -> bool:
        """Whether anything typed is not on the disk yet, or not known to be."""
        return self._is_unsaved or self.state in (Keeping.SAVING, Keeping.FAILED)

    def typed(self, at: float) -> None:
        """Take note that a key changed the text."""
        if not self._is_unsaved:
            self._first_key = at
        self._last_key = at
        self._is_unsaved = True
        if self.state in (Keeping.CLEAN, Keeping.SAVED):
            self.state = Keeping.PENDING

    def due_at(self) -> float | None:
        """Return when the next save is due; None while one is under way or nothing waits."""
        if self.state is Keeping.FAILED:
            return self._failed_at + RETRIES[min(self._failures, len(RETRIES)) - 1]
        if self.state is not Keeping.PENDING:
            return None
        return min(self._last_key + QUIET, self._first_key + LONGEST)

    def sent(self) -> None:
        """Take note that a save with everything typed so far is under way."""
        self.state = Keeping.SAVING
        self._is_unsaved = False

    def saved(self) -> None:
        """Take note that the save is on the disk; what was typed meanwhile waits for the next one."""
        self._failures = 0
        self.state = Keeping.PENDING if self._is_unsaved else Keeping.SAVED

    def failed(self, at: float) -> None:
        """Take note that the save failed: the text stays where it is and is tried again."""
        self._failures += 1
        self._failed_at = at
        self._is_unsaved = True
        self.state = Keeping.FAILED
