"""The checks of an open practice: made, remembered, and what follows from them. None is for the window's thread."""

import threading
from collections.abc import Callable
from datetime import datetime

from ipt_desktop.domain.health import Health
from ipt_desktop.domain.records import now
from ipt_desktop.services.check_record import CheckRecord
from ipt_desktop.services.practice_check import full_check, quick_check
from ipt_desktop.services.vault import OpenVault
from ipt_desktop.storage.store import Store


class Checks:
    """Quick and full checks of one open practice; one at a time, from any thread. `private` gives its private notes if open.

    `heard_damage` is called once, on any thread, when damage is first known: by a check, or met while reading. From then on
    nothing is written, and the practice is remembered as damaged.
    """

    def __init__(self, vault: OpenVault, private: Callable[[], Store | None] = lambda: None) -> None:
        self._store = vault.store
        self._private = private
        self._one_at_a_time = threading.Lock()
        self.record = CheckRecord(vault.folder)
        self.record.forget_what_is_gone()
        self.heard_damage: Callable[[], None] = lambda: None
        self._store.on_damage = self._on_damage

    @property
    def damage(self) -> str:
        """What is wrong with the database, or "" while nothing is known to be."""
        return self._store.damage

    @property
    def private_damage(self) -> str:
        """What is wrong with the private notes' database, or "" while they are closed or nothing is known to be."""
        private = self._private()
        return private.damage if private is not None else ""

    @property
    def unread_saves(self) -> int:
        """How many saves were found on opening to lie in a damaged log: they are lost, and all before them is not."""
        return self._store.unread_saves

    def quick(self) -> Health:
        """Look through the structure: half a second for 100 MB. Raises DatabaseDamaged where nothing can be read any more."""
        with self._one_at_a_time:
            found = quick_check(self._store)
            self.record.note_quick(now(), is_sound=not found.has_damaged_pages)
        return found

    def full(self) -> Health:
        """Check every page, reference and index, while notes go on being saved. Raises as `quick` does.

        Private notes that are open are checked as well; what was found in them, `private_damage` tells.
        """
        with self._one_at_a_time:
            found, private = full_check(self._store), self._private()
            is_private_sound = private is None or full_check(private).is_sound
            self.record.note_full(now(), is_sound=found.is_sound and is_private_sound)
        return found

    def is_full_due(self, at: datetime | None = None) -> bool:
        """Whether the daily check is to be made."""
        return self.record.is_full_due(at or now())

    def _on_damage(self) -> None:
        self.record.note_damage(self._store.damage)
        self.heard_damage()
