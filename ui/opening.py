"""Opening practices for the window: what is imported here waits until the first window is painted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
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
