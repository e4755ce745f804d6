"""The desk: everything that can be done with an open practice, in one place, for a window or the command line."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ipt_desktop.services.changes import Changes
from ipt_desktop.services.circles import Circles
from ipt_desktop.services.clients import Clients
from ipt_desktop.services.courses import Courses
from ipt_desktop.services.documents import Documents
from ipt_desktop.services.phases import Phases
from ipt_desktop.services.practice import OpenPractice, PracticeFile
from ipt_desktop.services.resources import Resources
from ipt_desktop.services.sessions import Sessions
from ipt_desktop.services.vault import OpenVault

if TYPE_CHECKING:
    from ipt_desktop.services.reporting import Reporting


class Desk:
    """The operations of one open practice. `close` ends them all; after it each raises PracticeLocked."""

    def __init__(self, vault: OpenVault) -> None:
        self._vault = vault
        self.folder: Path = vault.folder
        self.is_demo = vault.is_demo
        self.store = vault.store
        self.resources = Resources(vault.folder / "definitions")
        practice = OpenPractice(vault.store)
        self.changes: Changes = practice.changes
        self.open_practice = practice
        self.practice = PracticeFile(practice)
        self.courses = Courses(practice)
        self.clients = Clients(practice, self.courses.protocol_of, is_demo=vault.is_demo)
        self.sessions = Sessions(practice)
        self.phases = Phases(practice)
        self.circles = Circles(practice)
        self.documents = Documents(practice, self.resources)

    @cached_property
    def practice_name(self) -> str:
        """What the practice is called."""
        return self.practice.details().name

    @cached_property
    def reporting(self) -> "Reporting":
        """Summaries and other reports; loaded when first asked for."""
        from ipt_desktop.services.reporting import Reporting

        return Reporting(self)

    def close(self) -> None:
        """Finish what is queued and close the practice."""
        self._vault.close()
