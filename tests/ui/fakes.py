"""A practice for the window's own tests: pages of one text field, a desk that remembers being closed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtGui import QUndoCommand
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout

from ipt_desktop.domain.errors import Cancelled, DefinitionError, SaveFailed, WrongPassphrase
from ipt_desktop.domain.health import Health
from ipt_desktop.domain.practice_settings import PracticeSettings
from ipt_desktop.domain.records import Practice
from ipt_desktop.services.backup_record import BackupRecord, BackupState
from ipt_desktop.services.recovery_code import code_of, is_group, root_of
from ui.page import Page
from ui.start.create_page import NewPractice
from ui.tabs import Tab

PASSPHRASE = "correct horse battery staple"  # noqa: S105 - opens a fake
CODE = code_of(bytes(range(7, 39)))


class FakeChanges:
    """Remembers who listens."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[object], None]] = []

    def subscribe(self, listener: Callable[[object], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)


class FakeSettings:
    """The settings as they are from the start, and what was changed."""

    def __init__(self) -> None:
        self._values = PracticeSettings()

    def values(self) -> PracticeSettings:
        return self._values

    def change(self, **changed: Any) -> PracticeSettings:
        self._values = replace(self._values, **changed)
        return self._values


class FakeVault:
    """Has a recovery code while it is new."""

    def __init__(self, code: str | None = None) -> None:
        self.recovery_code = code

    def confirm_recovery_code(self, group: int, typed: str) -> bool:
        is_right = self.recovery_code is not None and is_group(self.recovery_code, group, typed)
        if is_right:
            self.recovery_code = None
        return is_right


class FakePracticeFile:
    """What the practice says of itself."""

    def details(self) -> Practice:
        return Practice(id="p", name="Willow Lane Practice", therapist="Dr Alma Example")


class FakeBackups:
    """Backups of a practice in which nothing has changed."""

    def __init__(self, folder: Path) -> None:
        self.record = BackupRecord(folder)
        self.record.state = BackupState(has_changed=False)

    def has_changed(self) -> bool:
        return False

    def has_changed_beside(self) -> bool:
        return False

    def folders(self) -> list[Path]:
        return []

    def failing(self) -> dict[Path, str]:
        return {}


class FakeChecks:
    """Checks of a practice in which all is sound."""

    damage, private_damage, unread_saves = "", "", 0

    def __init__(self) -> None:
        self.heard_damage: Callable[[], None] = lambda: None

    def quick(self) -> Health:
        return Health()

    def is_full_due(self) -> bool:
        return False


class FakeSessions:
    """Sessions of which none is running."""

    def running(self) -> None:
        return None


class FakeBookmarks:
    """Places as they were kept last."""

    def __init__(self) -> None:
        self.places: dict[str, Mapping[str, Any]] = {}

    def place(self, about: str) -> Mapping[str, Any]:
        return self.places.get(about, {})

    def keep(self, about: str, place: Mapping[str, Any]) -> None:
        self.places[about] = place


class FakePrivateNotes:
    """Private notes that nothing opens along."""

    may_open_along = False


class FakeDesk:
    """What the window itself needs of a desk."""

    def __init__(self, folder: Path, *, is_demo: bool = False, code: str | None = None) -> None:
        self.folder, self.is_demo = folder, is_demo
        self.vault = FakeVault(code)
        self.practice = FakePracticeFile()
        self.practice_name = "Willow Lane Practice"
        self.changes = FakeChanges()
        self.backups = FakeBackups(folder)
        self.private = FakePrivateNotes()
        self.sessions = FakeSessions()
        self.bookmarks = FakeBookmarks()
        self.checks = FakeChecks()
        self.is_read_only = False
        self.is_gone = False
        self.settings = FakeSettings()
        self.unread_definitions: tuple[DefinitionError, ...] = ()
        self.is_closed = False

    def close(self, cause: str = "") -> None:
        self.is_closed = True


class NotePage(Page):
    """A page with one text; `disk_is_full` makes keeping it fail."""

    disk_is_full = False

    def __init__(self, desk: Any, frame: Any) -> None:
        super().__init__(desk, frame)
        self.kept, self.is_forgotten, self.has_started = "", False, False
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("text")
        self.text.setAccessibleName("Text")
        QVBoxLayout(self).addWidget(self.text)

    def flush(self) -> bool:
        if self.disk_is_full:
            raise SaveFailed(reason="the disk is full")
        self.kept = self.text.toPlainText()
        return True

    def forget(self) -> None:
        self.is_forgotten = True
        self.text.clear()

    def start_session(self) -> None:
        self.has_started = True
        self.frame.undo_stack().push(QUndoCommand("start"))


TABS = tuple(
    Tab(word.lower(), word, number, "tests.ui.fakes", "NotePage")
    for word, number in (("Clients", 1), ("Circle", 2), ("Sessions", 3), ("Phases", 4), ("Reports", 6))
)


class FakePractices:
    """Opens FakeDesks; `found` is what lies in the folder."""

    def __init__(self, found: str = "locked") -> None:
        self.found = found
        self.desks: list[FakeDesk] = []
        self.wanted: NewPractice | None = None
        self.has_taken_back = False
        self.renewed = ""
        self.keychain: Callable[[], None] | None = None
        self.remembered: list[str] = []
        self.keychain_fault: Exception | None = None

    def _opened(self, folder: Path, *, is_demo: bool = False, code: str | None = None) -> Any:
        self.desks.append(FakeDesk(folder, is_demo=is_demo, code=code))
        return self.desks[-1]

    def state(self, folder: Path) -> str:
        return self.found

    def unlock(self, folder: Path, passphrase: str) -> Any:
        if passphrase != PASSPHRASE:
            raise WrongPassphrase
        return self._opened(folder)

    def open_with_code(self, folder: Path, code: str) -> Any:
        root_of(code)
        return self._opened(folder)

    def has_header(self, folder: Path) -> bool:
        return True

    def renew(self, desk: Any, code: str, passphrase: str) -> None:
        self.renewed = passphrase

    def is_remembered(self, folder: Path) -> bool:
        return self.keychain is not None

    def unlock_from_keychain(self, folder: Path, is_wanted: Callable[[], bool]) -> Any:
        if self.keychain is not None:
            self.keychain()
        if not is_wanted():
            raise Cancelled
        return self._opened(folder)

    def create(self, wanted: NewPractice) -> Any:
        self.wanted = wanted
        return self._opened(wanted.folder, code=CODE)

    def take_back(self, desk: Any) -> None:
        desk.close()
        self.has_taken_back = True

    def remember(self, desk: Any, passphrase: str) -> None:
        if self.keychain_fault is not None:
            raise self.keychain_fault
        self.remembered.append(passphrase)

    def demo(self, folder: Path) -> Any:
        return self._opened(folder, is_demo=True)

    def reset_demo(self, folder: Path) -> Any:
        return self._opened(folder, is_demo=True)
