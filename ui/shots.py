"""Every screen as a picture, light and dark: `dev.py shots [FOLDER]`.

The real window on real practices, made in a folder that goes afterwards: none yet, a locked one, and the demo, whose clients
are invented. The therapist's own settings and practice are neither read nor changed.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, QObject, QStandardPaths, QThreadPool
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea

from ipt_desktop.services.clients import ClientStanding
from ipt_desktop.services.vault import create_practice
from ui.app import make_app, show_look
from ui.main_window import MainWindow
from ui.opening import RealPractices
from ui.preferences import Preferences
from ui.theme import NAMES

PASSPHRASE = "six words that nobody guesses easily"  # noqa: S105 - of a practice that goes at once
LONGEST_WAIT_MS = 15_000


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
    with tempfile.TemporaryDirectory() as place:
        practices = Path(place)
        create_practice(practices / "Willow Lane Practice", PASSPHRASE, "Willow Lane Practice").close()
        for theme in asked.theme or ("light", "dark"):
            look = Look(theme, asked.text, asked.size, asked.folder)
            take_doors(app, look, practices)
            take_tabs(app, look, practices / "demo")
            sys.stdout.writelines(f"{file}\n" for file in look.taken)
    return 0


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
    while not is_true():
        if deadline.hasExpired():
            raise SystemExit(f"{what} did not happen.")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 100)


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
    with shown(app, look, practices / "Willow Lane Practice") as window:
        wait_until(lambda: window.doors.unlock_page.isVisible(), "The unlock page")
        look.take(window, "unlock")


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
        window.cover()
        look.take(window, "cover")
        window.uncover()


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
