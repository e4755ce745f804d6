"""Every screen as a picture, light and dark: `dev.py shots [FOLDER]`.

The real window on real practices, made in a folder that goes afterwards: none yet, a locked one, and the demo, whose clients
are invented. The therapist's own settings and practice are neither read nor changed.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, QObject, QStandardPaths, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QTextEdit

from ipt_desktop.domain.errors import DatabaseDamaged, KeychainFailed
from ipt_desktop.services.backups import Backups
from ipt_desktop.services.clients import ClientStanding
from ipt_desktop.services.vault import create_practice
from ui.app import collect_from_now, make_app, show_look
from ui.audit.section import AuditSection
from ui.circle.export.page import ExportPage
from ui.circle.page import CirclePage
from ui.focus.focusing import Focusing
from ui.lock.guard import Guard
from ui.main_window import MainWindow
from ui.opening import RealPractices
from ui.preferences import Preferences
from ui.restore.restore_page import RestorePage
from ui.restore.salvage_page import SalvagePage
from ui.revoke.revoke_page import RevokePage
from ui.settings.opening_section import OpeningSection
from ui.start.create_page import NewPractice
from ui.start.first_steps import FirstSteps
from ui.start.recovering import Recovering
from ui.start.recovery_step import RecoveryStep
from ui.theme import NAMES
from ui.turn.turning import Turning

PASSPHRASE = "six words that nobody guesses easily"  # noqa: S105 - of a practice that goes at once
SAID = "Locked after 20 minutes at rest. Everything was saved at 14:32."
LONGEST_WAIT_MS = 60_000  # on a busy machine


@dataclass(frozen=True, slots=True)
class Look:
    """What the pictures are to look like: theme, text size in per cent, window in pixels, and where they go."""

    theme: str
    text: int
    size: tuple[int, int]
    folder: Path
    taken: list[Path] = field(default_factory=list)

    def take(self, window: MainWindow, name: str) -> None:
        """Take a picture of the window once it has come to rest."""
        settle()
        ending = f"-{self.text}" if self.text != 100 else ""
        file = self.folder / f"{name}-{self.theme.replace('_', '-')}{ending}.png"
        if not window.grab().save(str(file)):
            raise SystemExit(f"{file} could not be written.")
        self.taken.append(file)


def main(arguments: Sequence[str]) -> int:
    """Take every picture and name each on a line of its own."""
    asked = _parser().parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # no window manager has a say in the size
    QStandardPaths.setTestModeEnabled(True)
    asked.folder.mkdir(parents=True, exist_ok=True)
    app = make_app()
    collect_from_now(app)
    with tempfile.TemporaryDirectory() as place:
        practices = Path(place)
        make_practice(practices / "Willow Lane Practice")
        for theme in asked.theme or ("light", "dark"):
            look = Look(theme, asked.text, asked.size, asked.folder)
            take_doors(app, look, practices)
            take_tabs(app, look, practices / "demo")
            take_ways_back(app, look, practices)
            sys.stdout.writelines(f"{file}\n" for file in look.taken)
    return 0


def make_practice(folder: Path) -> None:
    """Make a practice with a backup of it."""
    made = create_practice(folder, PASSPHRASE, "Willow Lane Practice")
    (folder / "backups").mkdir()
    Backups(made).make(folder / "backups")
    made.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py shots", description="Every screen, light and dark, as pictures.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("shots"), help="where they go; shots by default")
    parser.add_argument("--size", type=_size, default=(1280, 800), metavar="WxH", help="of the window; 1280x800 by default")
    parser.add_argument("--text", type=int, default=100, metavar="PERCENT", help="text size; 100 by default")
    parser.add_argument("--theme", action="append", choices=NAMES, help="light and dark by default; may be repeated")
    return parser


def _size(words: str) -> tuple[int, int]:
    width, _by, height = words.partition("x")
    return int(width), int(height)


def settle() -> None:
    """Let everything that is under way come to an end: work on other threads, layouts, paintings."""
    deadline = QDeadlineTimer(LONGEST_WAIT_MS)
    for _round in range(4):  # what comes back from a thread may send the next
        QThreadPool.globalInstance().waitForDone(int(deadline.remainingTime()))
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 100)


def wait_until(is_true: Callable[[], bool], what: str) -> None:
    """Let the window live until something is so; ends the program where it never is."""
    deadline = QDeadlineTimer(LONGEST_WAIT_MS)
    pulse = QTimer()
    pulse.start(20)  # so that a wait for events ends where none comes
    while not is_true():
        if deadline.hasExpired():
            raise SystemExit(f"{what} did not happen.")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


@contextmanager
def shown(app: QApplication, look: Look, folder: Path, *, is_demo: bool = False) -> Iterator[MainWindow]:
    """Show the window on a folder in a look, and put it away afterwards."""
    preferences = Preferences(theme=look.theme, scale=look.text / 100)
    show_look(app, preferences)
    window = MainWindow(folder, RealPractices(), preferences, is_demo=is_demo)
    window.resize(*look.size)
    window.show()
    try:
        yield window
    finally:
        window.close()
        wait_until(lambda: not window.isVisible(), "Closing the window, with a backup before where something changed,")
        window.deleteLater()
        settle()


def press(parent: QObject, name: str) -> None:
    """Press a button by its objectName."""
    button = parent.findChild(QPushButton, name)
    if button is None:
        raise SystemExit(f"There is no button {name}.")
    button.click()


def take_doors(app: QApplication, look: Look, practices: Path) -> None:
    """Take the pages before a practice is open."""
    with shown(app, look, practices / "nothing yet") as window:
        wait_until(lambda: window.doors.start_page.isVisible(), "The start page")
        look.take(window, "start")
        press(window, "create_practice")
        look.take(window, "create")
        take_first_steps(look, window, practices / "new")
    with shown(app, look, practices / "Willow Lane Practice") as window:
        wait_until(lambda: window.doors.unlock_page.isVisible(), "The unlock page")
        window.doors.show_locked(SAID)
        look.take(window, "unlock")
        take_ways_in(look, window)
    with shown(app, look, practices / "Willow Lane Practice") as window:
        wait_until(lambda: window.doors.unlock_page.isVisible(), "The unlock page")
        take_opening(look, window)
        take_locking(look, window)
        take_backups(look, window)


def take_first_steps(look: Look, window: MainWindow, folder: Path) -> None:
    """Take what follows on the creation: the recovery sheet, its group asked for, two more things. The practice is removed."""
    page = window.doors.create_page
    page.pair.suggest()
    look.take(window, "create-suggested")
    page.submitted.emit(NewPractice("Willow Lane Practice", "Dr Alma Example", folder, PASSPHRASE))
    wait_until(lambda: window.findChild(FirstSteps) is not None, "The creation")
    steps = window.findChild(FirstSteps)
    assert steps is not None  # noqa: S101 - just waited for
    wait_until(lambda: bool(steps.sheet.preview.pages), "The recovery sheet")
    look.take(window, "recovery-sheet")
    steps.sheet.field.setFocus()
    steps.sheet.field.setText("7K3")
    press(steps, "recovery_confirm")
    look.take(window, "recovery-sheet-typed")
    steps.setCurrentWidget(steps.more)
    look.take(window, "two-more-things")
    steps.setCurrentWidget(steps.sheet)
    press(steps, "recovery_stop")
    look.take(window, "recovery-sheet-stop")
    press(steps, "recovery_remove")
    wait_until(lambda: not folder.exists(), "Taking the creation back")


def take_locking(look: Look, window: MainWindow) -> None:
    """Take when it locks, the passphrase asked again, and the cover of a session."""
    workspace = window.workspace
    assert workspace is not None  # noqa: S101 - it has been opened before
    wait_until(lambda: window.findChild(Guard) is not None, "The guard")
    guard = window.findChild(Guard)
    assert guard is not None  # noqa: S101 - just waited for
    workspace.show_settings("locking")
    look.take(window, "settings-locking")
    press(window, "pin_set")
    take_below(look, window, "settings-locking")
    press(window, "pin_cancel")
    workspace.ask_again.clock = partial(float, "inf")
    workspace.when_sure(settle)
    look.take(window, "ask-again")
    workspace.ask_again.forget()
    guard.cover()
    look.take(window, "cover-session")
    window.cover_page.tried.emit(PASSPHRASE)
    wait_until(lambda: not window.is_covered, "Coming back")


def take_backups(look: Look, window: MainWindow) -> None:
    """Take the backups in the settings, with one that was made and proven just now."""
    assert window.workspace is not None  # noqa: S101 - it has been opened before
    desk = window.workspace.desk
    window.workspace.show_settings("backups")
    press(window, "backup_now")
    prove = window.findChild(QPushButton, "backup_prove")
    assert prove is not None  # noqa: S101 - it is shown
    wait_until(prove.isEnabled, "A backup")
    prove.click()
    wait_until(lambda: desk.backups.record.state.proof is not None, "The proof of a backup")
    look.take(window, "settings-backups")
    take_below(look, window, "settings-backups")


def take_ways_in(look: Look, window: MainWindow) -> None:
    """Take the unlock page when something keeps the practice shut, and the way in with the recovery sheet."""
    page = window.doors.unlock_page
    page.offer_keychain(is_offered=True)
    page.show_fault(KeychainFailed(reason="it is locked"))
    look.take(window, "unlock-keychain")
    page.show_fault(DatabaseDamaged(path=window.doors.folder / "practice.db", reason="page 17 was altered"))
    look.take(window, "unlock-damaged")
    press(page, "use_recovery_sheet")
    steps = window.findChild(Recovering)
    assert steps is not None  # noqa: S101 - just asked for
    steps.code_page.field.setPlainText("0W40-J2GB-1G6G-W3RG-2491-650N-2RBH-G68T-3CE1-T7GX-40GJ-48S4-4MK0-G3PZ")
    look.take(window, "recovery-code")
    steps.new_page.begin(is_needed=False)
    steps.setCurrentWidget(steps.new_page)
    look.take(window, "new-passphrase")


def take_ways_back(app: QApplication, look: Look, practices: Path) -> None:
    """Take the way back from a backup, and out of a practice that is damaged."""
    with shown(app, look, practices / "Willow Lane Practice") as window:
        wait_until(lambda: window.doors.unlock_page.isVisible(), "The unlock page")
        settle()
        press(window, "unlock_restore")
        page = window.findChild(RestorePage)
        assert page is not None  # noqa: S101 - just asked for
        wait_until(lambda: page.manifest is not None, "Looking at the backup")
        look.take(window, "restore")
        page.secret.passphrase.line.setText(PASSPHRASE)
        press(window, "restore_go")
        wait_until(lambda: not page.is_working, "The restore")
        look.take(window, "restore-done")
    damaged = practices / f"Damaged {look.theme}"
    shutil.copytree(practices / "demo", damaged)
    flip_bits(damaged / "practice.db")
    with shown(app, look, damaged, is_demo=True) as window:
        wait_until(lambda: window.workspace is not None, "Opening the damaged practice")
        wait_until(lambda: "cannot be read" in window.workspace.bars.practice_bar.text(), "The check")  # type: ignore[union-attr]
        look.take(window, "damaged")
        if window.workspace is not None:
            window.workspace.show_settings("checks")
            look.take(window, "settings-checks-damaged")
        window.lock()
        window.doors.salvage_asked.emit()
        salvage = window.findChild(SalvagePage)
        assert salvage is not None  # noqa: S101 - just asked for
        look.take(window, "salvage")
        press(window, "salvage_go")
        wait_until(lambda: not salvage.is_working, "The salvage")
        look.take(window, "salvage-done")


def flip_bits(database: Path) -> None:
    """Damage a database as an ageing disk does: one bit in some of its pages."""
    content = bytearray(database.read_bytes())
    for tenth in (4, 6, 8):
        content[len(content) // 40960 * tenth * 4096 + 100] ^= 1
    database.write_bytes(content)


def take_opening(look: Look, window: MainWindow) -> None:
    """Take who may open the practice, and the way to a new key as far as it can be stopped."""
    window.doors.unlock_again(PASSPHRASE, "")
    wait_until(lambda: window.workspace is not None, "Opening the practice")
    assert window.workspace is not None  # noqa: S101 - just waited for
    window.workspace.show_settings("opening")
    look.take(window, "settings-opening")
    press(window, "change_passphrase_begin")
    press(window, "suggest_passphrase")
    look.take(window, "settings-passphrase")
    press(window, "change_passphrase_cancel")
    press(window, "revoke_begin")
    take_below(look, window, "settings-opening")
    section = window.findChild(OpeningSection)
    assert section is not None  # noqa: S101 - it is shown
    section.recovery.field.line.setText(PASSPHRASE)
    press(window, "recovery_sheet_go")
    wait_until(lambda: (page := window.findChild(RevokePage)) is not None and page.sheet is not None, "The new sheet")
    sheet = window.findChild(RecoveryStep)
    assert sheet is not None  # noqa: S101 - just waited for
    wait_until(lambda: bool(sheet.preview.pages), "The new sheet's picture")
    look.take(window, "new-key-sheet")
    press(sheet, "recovery_stop")
    look.take(window, "new-key-stopped")
    wait_until(lambda: window.workspace is not None, "Opening the practice again")


def take_tabs(app: QApplication, look: Look, folder: Path) -> None:
    """Take each tab of the demo practice with a client who fills it, and the cover."""
    with shown(app, look, folder, is_demo=True) as window:
        wait_until(lambda: window.workspace is not None, "Opening the demo practice")
        workspace = window.workspace
        assert workspace is not None  # noqa: S101 - just waited for
        look.take(window, "clients")
        for tab in workspace.tabs:
            workspace.choose_client(fitting_client(workspace.desk.clients.overview(date.today()), tab.key))
            workspace.show_tab(tab.key)
            look.take(window, "client-file" if tab.key == "clients" else tab.key)
            if tab.key in ("sessions", "phases"):
                take_below(look, window, tab.key)
            if tab.key == "sessions":
                take_private_page(look, window)
                take_focus_mode(look, window)
                take_note_beside(look, window)
            if tab.key == "circle":
                take_export(look, window)
                take_turn(look, window)
        window.cover()
        look.take(window, "cover")
        window.uncover()
        take_audit_trail(look, window)


def take_audit_trail(look: Look, window: MainWindow) -> None:
    """Take the audit trail of what was looked at until now, looked through."""
    assert window.workspace is not None  # noqa: S101 - it has been opened before
    window.workspace.show_settings("audit")
    section = window.findChild(AuditSection)
    assert section is not None  # noqa: S101 - it is shown
    press(section, "verify_chain")
    wait_until(lambda: not section.verify.is_at_work, "Looking through the audit trail")
    look.take(window, "settings-audit")


def take_private_page(look: Look, window: MainWindow) -> None:
    """Take the private page beside a note, and what a release of it asks for."""
    press(window, "session_private")
    wait_until(lambda: window.findChild(QTextEdit, "field_private_prose") is not None, "Opening the private notes")
    look.take(window, "sessions-private")
    press(window, "private_release")
    look.take(window, "private-release")
    press(window, "release_cancel")
    press(window, "private_back")


def take_focus_mode(look: Look, window: MainWindow) -> None:
    """Take the note's text alone."""
    wait_until(lambda: window.findChild(Focusing) is not None, "Whoever turns to focus mode")
    press(window, "session_focus")
    look.take(window, "sessions-focus")
    press(window, "focus_leave")


def take_note_beside(look: Look, window: MainWindow) -> None:
    """Take the last note beside this one."""
    window.menus.action("note_beside").trigger()
    look.take(window, "sessions-beside")
    press(window, "second_close")


def take_export(look: Look, window: MainWindow) -> None:
    """Take the page a circle leaves by, with one circle and with circles through treatment."""
    page = window.findChild(CirclePage)
    assert page is not None  # noqa: S101 - it is shown
    page.export.open()
    export = window.findChild(ExportPage)
    assert export is not None  # noqa: S101 - just opened
    wait_until(lambda: not export.maker.is_busy, "Making the circle's page")
    look.take(window, "circle-export")
    press(export, "export_kind_through")
    wait_until(lambda: not export.maker.is_busy, "Making the page of several circles")
    look.take(window, "circle-export-through")
    press(window, "export_back")


def take_turn(look: Look, window: MainWindow) -> None:
    """Take what the client holds, with someone being added, and what it ends with."""
    wait_until(lambda: window.findChild(Turning) is not None, "Who turns the window")
    turning = window.findChild(Turning)
    assert turning is not None  # noqa: S101 - just waited for
    turning.begin()
    window.showNormal()  # the picture is to be as large as asked for, not as the screen
    window.resize(*look.size)
    look.take(window, "turn-to-client")
    press(window, "turn_add")
    look.take(window, "turn-to-client-add")
    press(window, "turn_done")
    look.take(window, "turn-to-client-done")
    turning.come_back()
    window.resize(*look.size)


def take_below(look: Look, window: MainWindow, name: str) -> None:
    """Take what a page shows further down, if it is longer than the window."""
    areas = [area for area in window.findChildren(QScrollArea) if area.isVisible()]
    longest = max(areas, key=lambda area: area.verticalScrollBar().maximum(), default=None)
    if longest is not None and longest.verticalScrollBar().maximum() > 0:
        longest.verticalScrollBar().setValue(longest.verticalScrollBar().maximum())
        look.take(window, f"{name}-below")


def fitting_client(standings: Sequence[ClientStanding], tab: str) -> str:
    """Return the id of a client who has much to show in a tab: for the reports one at the end, else one in the middle."""

    def fits(standing: ClientStanding) -> tuple[bool, int, int]:
        course = standing.course
        has_ended = course is not None and course.ended_on is not None
        is_in_middle = course is not None and not has_ended and standing.phase_key == "middle"
        number = standing.count.number if standing.count is not None else 0
        return (has_ended if tab == "reports" else is_in_middle), len(standing.areas), number

    return max(standings, key=fits).client.id


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
