"""Opening practices for the window: what is imported here waits until the first window is painted."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ipt_desktop.domain.errors import PracticeError

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ipt_desktop.services.secret import Secret
    from ui.start.create_page import NewPractice

NONE, LOCKED, DEMO = "none", "locked", "demo"


class Practices(Protocol):
    """How the window comes by an open practice. Each call may take a second and is made off the window's thread."""

    def state(self, folder: Path) -> str:
        """Return what is in a folder: "none", "locked" or "demo"."""
        ...

    def unlock(self, folder: Path, passphrase: str) -> Desk:
        """Open the practice in a folder."""
        ...

    def open_with(self, folder: Path, secret: Secret) -> Desk:
        """Open the practice in a folder with its passphrase or the code of its recovery sheet."""
        ...

    def open_with_code(self, folder: Path, code: str) -> Desk:
        """Open the practice in a folder with the code of its recovery sheet."""
        ...

    def has_header(self, folder: Path) -> bool:
        """Tell whether a practice's header can be read, so that a passphrase may open it."""
        ...

    def renew(self, desk: Desk, code: str, passphrase: str) -> None:
        """Let this passphrase open a practice that its code has opened."""
        ...

    def is_remembered(self, folder: Path) -> bool:
        """Tell whether a computer was asked to remember the practice in a folder."""
        ...

    def unlock_from_keychain(self, folder: Path, is_wanted: Callable[[], bool]) -> Desk:
        """Open the practice in a folder with this computer's keychain; Cancelled where it `is_wanted` no more."""
        ...

    def create(self, wanted: NewPractice) -> Desk:
        """Make a practice and open it."""
        ...

    def take_back(self, desk: Desk) -> None:
        """Close and remove a practice that has just been made."""
        ...

    def remember(self, desk: Desk, passphrase: str) -> None:
        """Let this computer's keychain open the practice too."""
        ...

    def demo(self, folder: Path) -> Desk:
        """Open the demo practice in a folder, made first if it is not there."""
        ...

    def reset_demo(self, folder: Path) -> Desk:
        """Make the demo practice in a folder anew (it is closed) and open it."""
        ...


class RealPractices:
    """Practices on the disk. Everything heavy is imported inside the calls, which run behind the first paint."""

    def state(self, folder: Path) -> str:
        """Return what is in a folder."""
        from ipt_desktop.services.vault import practice_state

        return practice_state(folder)

    def unlock(self, folder: Path, passphrase: str) -> Desk:
        """Open the practice in a folder; raises what `vault.unlock` raises."""
        from ipt_desktop.services.desk import Desk
        from ipt_desktop.services.secret import Secret
        from ipt_desktop.services.vault import unlock

        return Desk(unlock(folder, passphrase), Secret(passphrase))

    def open_with(self, folder: Path, secret: Secret) -> Desk:
        """Open the practice in a folder; raises what `vault.open_with_secret` raises."""
        from ipt_desktop.services.desk import Desk
        from ipt_desktop.services.vault import open_with_secret

        return Desk(open_with_secret(folder, secret), secret)

    def open_with_code(self, folder: Path, code: str) -> Desk:
        """Open the practice in a folder with its code; raises what `vault.open_with_code` raises. Its sheet is at hand."""
        from ipt_desktop.services.secret import Secret

        desk = self.open_with(folder, Secret(recovery_code=code))
        if not desk.settings.values().has_recovery_sheet:
            with suppress(PracticeError):  # a damaged practice is only read
                desk.settings.change(has_recovery_sheet=True)
        return desk

    def has_header(self, folder: Path) -> bool:
        """Tell whether a practice's header can be read."""
        from ipt_desktop.services.header import read_header

        try:
            read_header(folder)
        except PracticeError:
            return False
        return True

    def renew(self, desk: Desk, code: str, passphrase: str) -> None:
        """Write the header anew; raises what `access.renew_header` raises."""
        from ipt_desktop.services.access import renew_header

        renew_header(desk.vault, code, passphrase)
        with suppress(PracticeError):  # a damaged practice is only read
            desk.open_practice.write("renew_header", lambda _writing: None)

    def is_remembered(self, folder: Path) -> bool:
        """Tell whether a computer was asked to remember the practice; a header that can't be read is met on opening."""
        from ipt_desktop.services.vault import is_remembered

        try:
            return is_remembered(folder)
        except PracticeError:
            return False

    def unlock_from_keychain(self, folder: Path, is_wanted: Callable[[], bool]) -> Desk:
        """Open the practice with the keychain; raises what `vault.unlock_from_keychain` raises."""
        from ipt_desktop.services.desk import Desk
        from ipt_desktop.services.vault import unlock_from_keychain

        return Desk(unlock_from_keychain(folder, is_wanted))

    def create(self, wanted: NewPractice) -> Desk:
        """Make a practice, with the therapist's name on it, and open it; raises what `vault.create_practice` raises."""
        from ipt_desktop.services.desk import Desk
        from ipt_desktop.services.secret import Secret
        from ipt_desktop.services.vault import create_practice

        desk = Desk(create_practice(wanted.folder, wanted.passphrase, wanted.name), Secret(wanted.passphrase))
        desk.practice.name_therapist(wanted.therapist)
        return desk

    def take_back(self, desk: Desk) -> None:
        """Close and remove a practice that has just been made; raises what `take_back_creation` raises."""
        from ipt_desktop.services.unfinished_practice import take_back_creation

        take_back_creation(desk.vault)

    def remember(self, desk: Desk, passphrase: str) -> None:
        """Let this computer's keychain open the practice too; raises what `access.remember_here` raises."""
        from ipt_desktop.services.opening import Opening

        Opening(desk.vault, desk.open_practice).remember_here(passphrase)

    def demo(self, folder: Path) -> Desk:
        """Open the demo practice in a folder, made first if it is not there."""
        from ipt_desktop.services.desk import Desk
        from ipt_desktop.services.vault import PracticeState, practice_state, unlock

        if practice_state(folder) is not PracticeState.NONE:
            return Desk(unlock(folder, None))
        from ipt_desktop.services.demo import create_demo

        return Desk(create_demo(folder))

    def reset_demo(self, folder: Path) -> Desk:
        """Make the demo practice in a folder anew; any other practice is only opened."""
        from ipt_desktop.services.header import HEADER_NAME
        from ipt_desktop.services.practice_folder import BESIDE, NAME_OF
        from ipt_desktop.services.vault import PracticeState, practice_state

        if practice_state(folder) is PracticeState.DEMO:
            databases = [f"{name}{end}" for name in NAME_OF.values() for end in ("", *BESIDE)]
            for name in (*databases, HEADER_NAME):
                (folder / name).unlink(missing_ok=True)
        return self.demo(folder)
