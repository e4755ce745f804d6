"""Who may open the practice that is open: each change of it with its audit row. None of it is for the window's thread."""

from dataclasses import dataclass
from datetime import datetime

from ipt_desktop.domain.audit import Wanted
from ipt_desktop.domain.errors import WrongPassphrase
from ipt_desktop.domain.practice_settings import PracticeSettings
from ipt_desktop.domain.records import AuditEntry
from ipt_desktop.services import access
from ipt_desktop.services.practice import OpenPractice
from ipt_desktop.services.settings import Settings
from ipt_desktop.services.vault import OpenVault, is_remembered

SHEET = "has_recovery_sheet"
MOST_CHANGES = 10_000  # of the settings, that are looked through


@dataclass(frozen=True, slots=True)
class Openers:
    """What opens the practice besides its passphrase.

    `sheet_at` is when the recovery sheet in force was shown to be at hand, None where it never was or nobody knows when.
    """

    is_remembered: bool
    has_sheet: bool
    sheet_at: datetime | None


class Opening:
    """The passphrase, the computer that remembers, the recovery sheet."""

    def __init__(self, vault: OpenVault, practice: OpenPractice) -> None:
        self._vault = vault
        self._practice = practice

    def openers(self) -> Openers:
        """Return what opens the practice besides its passphrase; raises HeaderDamaged or NewerPractice. Takes no time."""
        has_sheet = self._settings().has_recovery_sheet
        with self._practice.read() as reading:
            asked = Wanted(operations=frozenset({"change_settings"}))  # one that was altered past the program is no obstacle
            changes = reading.audit_entries(asked, MOST_CHANGES) if has_sheet else []
        told = (each.at for each in changes if SHEET in each.detail.get("settings", ()))
        return Openers(is_remembered(self._vault.folder), has_sheet, next(told, None))

    def opens_private_along(self, passphrase: str) -> bool:
        """Require the passphrase; tell whether it opens the private notes, too (see `access.opens_private_along`)."""
        return access.opens_private_along(self._vault, passphrase)

    def require_private_passphrase(self, passphrase: str) -> None:
        """Require the private notes' own passphrase; raises WrongPassphrase, which is noted, or TooManyAttempts."""
        try:
            access.require_private_passphrase(self._vault, passphrase)
        except WrongPassphrase:
            self._vault.note(AuditEntry(operation="fail_to_open_private", kind="practice"))
            raise

    def change_passphrase(self, old: str, new: str) -> bool:
        """Let `new` open the practice in place of `old`; tell whether the private notes go along.

        Raises as `access.change_passphrase` does.
        """
        goes_along = access.change_passphrase(self._vault, old, new)
        self._note("change_passphrase")
        return goes_along

    def remember_here(self, passphrase: str) -> None:
        """Let this computer's keychain open the practice, too; raises as `access.remember_here` does."""
        access.remember_here(self._vault, passphrase)
        self._note("remember_computer")

    def forget_here(self) -> bool:
        """Let no keychain open the practice any more; tell whether this computer's has forgotten it, too.

        Raises as `access.forget_here` does.
        """
        has_forgotten = access.forget_here(self._vault)
        self._note("forget_computer")
        return has_forgotten

    def confirm_sheet(self) -> None:
        """Keep that the recovery sheet in force has been at hand just now."""
        Settings(self._practice).change(**{SHEET: True})

    def note_sheet(self, operation: str) -> None:
        """Note that the recovery sheet was printed ("report_printed") or saved ("report_saved"); nobody waits for it."""
        detail = {"report": "recovery-sheet", "pages": 1}
        self._vault.note(AuditEntry(operation=operation, kind="practice", detail=detail))

    def _settings(self) -> PracticeSettings:
        return Settings(self._practice).values()

    def _note(self, operation: str) -> None:
        """Write the audit row of what was done to the header, which is no part of the database."""
        self._practice.write(operation, lambda _writing: None)
