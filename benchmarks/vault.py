"""`vault.open`: a practice of 20,000 notes, from its key to the Clients tab filled and painted ÷ the same with the demo.

The passphrase is stretched before: that takes as long for every practice, and is measured by itself, as a therapist knows it.
`vault.unlock_small_s` and `vault.unlock_large_s` are the seconds from the passphrase to the open practice. It holds twenty-five
years of one therapist: 1,250 clients of sixteen sessions, each with a note of 2 KB; 25 are being seen, the others put away.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QTableView

from benchmarks.measuring import is_short, ratio, rounds, tell
from ipt_desktop.domain.records import Attendance, Client, Course, Document, PhaseChange, ProblemArea, Revision, Session, new_id
from ipt_desktop.services import keys
from ipt_desktop.services.demo import create_demo
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.recovery_code import root_of
from ipt_desktop.services.vault import create_practice, open_with_key, unlock
from ipt_desktop.storage.store import Writing
from ui.app import make_app, show_look
from ui.main_window import MainWindow
from ui.opening import RealPractices
from ui.preferences import Preferences

ROUNDS, UNLOCKS = 25, 5
LONGEST_WAIT = 60.0  # seconds
CLIENTS, SESSIONS, BEING_SEEN = 1250, 16, 25
WEEK = timedelta(weeks=1)
SENTENCE = "She told her sister what she had wanted to say at the funeral, and slept through. "
PASSPHRASE = "six words that nobody guesses easily"  # noqa: S105 - of a practice that goes at once


class Timed(RealPractices):
    """Opens whichever practice there is with its key; `began` is when it set about it."""

    def __init__(self, root: bytes) -> None:
        self.root = root
        self.began = 0.0

    def demo(self, folder: Path) -> Desk:
        """Open the practice in a folder."""
        self.began = time.perf_counter()
        return Desk(open_with_key(folder, self.root))


def make_large(folder: Path) -> bytes:
    """Make the large practice; return its root key."""
    vault = create_practice(folder, PASSPHRASE, "Quiet Street")
    root = root_of(vault.recovery_code or "")
    desk = Desk(vault)
    first = desk.clients.add_client(Client(name="Client 0000"))
    begun = date.today() - WEEK * (CLIENTS + SESSIONS)
    course = desk.courses.begin_course(first.id, desk.resources.protocols[0], started_on=begun)
    desk.store.write(lambda writing: fill(writing, course))
    desk.settings.change(has_recovery_sheet=True)  # nothing is left to be said about it
    desk.backups.back_up(desk.backups.folders())  # nor to be backed up whenever the window closes
    desk.close()
    return root


def fill(writing: Writing, pattern: Course) -> None:
    """Write the clients, the oldest first, with all that the Clients tab tells of them, and their notes."""
    count = 60 if is_short() else CLIENTS
    for number in range(1, count):
        client = Client(name=f"Client {number * 7919 % count:04}", is_archived=number < count - BEING_SEEN)
        begun = pattern.started_on + WEEK * number
        course = replace(pattern, id=new_id(), client_id=client.id, started_on=begun)
        phase = PhaseChange(course_id=course.id, phase=course.phases[1].key, on=begun + WEEK * 4)
        for record in (client, course, phase, ProblemArea(course_id=course.id, area="dispute", rank=1)):
            writing.insert(record)
        for week in range(SESSIONS):
            session = Session(course_id=course.id, date=begun + WEEK * week, attendance=Attendance.ATTENDED)
            writing.insert(session)
            write_note(writing, client.id, session)


def write_note(writing: Writing, client_id: str, session: Session) -> None:
    """Write a session's note of 2 KB, with what its one writing sitting made of it."""
    answers = {"note": f"{session.date}. {SENTENCE * 24}"}
    place = {"client_id": client_id, "course_id": session.course_id, "session_id": session.id}
    note = Document(**place, form="form", purpose="progress_note", answers=answers)
    writing.insert(note)
    writing.insert(Revision(document_id=note.id, form="form", answers=answers))


def wait_until(holds: Callable[[], bool], failure: str) -> None:
    """Let events happen until something holds; raises SystemExit where it does not within a minute."""
    late = time.perf_counter() + LONGEST_WAIT
    alarm = QTimer()  # or nothing might ever wake the loop again
    alarm.start(1000)
    while not holds():
        if time.perf_counter() > late:
            raise SystemExit(failure)
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def seconds_to_clients(folder: Path, root: bytes) -> float:
    """Open a practice in a window; return the seconds from its key to the filled table, painted."""
    practices = Timed(root)
    window = MainWindow(folder, practices, Preferences(), is_demo=True)  # `is_demo`: at once, and with a key
    window.resize(1280, 800)
    window.show()
    wait_until(lambda: window.workspace is not None, "the practice did not open")
    window.repaint()
    taken = time.perf_counter() - practices.began
    table = window.findChild(QTableView, "client_table")
    if table is None or not table.isVisible() or not table.model().rowCount():
        raise SystemExit("the first tab shows no clients")
    window.close()
    wait_until(lambda: window.workspace is None, "the practice did not close")
    window.deleteLater()
    QCoreApplication.processEvents()
    return taken


def seconds_to_unlock(folder: Path) -> float:
    """Return the seconds from the passphrase to the open practice."""
    begun = time.perf_counter()
    vault = unlock(folder, PASSPHRASE)
    taken = time.perf_counter() - begun
    vault.close()
    return taken


def measure() -> dict[str, float]:
    """Return the measures by their names."""
    app = make_app()
    show_look(app, Preferences())
    with tempfile.TemporaryDirectory() as place:
        demo, small, large = (Path(place) / name for name in ("demo", "small", "large"))
        create_demo(demo).close()
        create_practice(small, PASSPHRASE, "New Street").close()
        root = make_large(large)
        ours: list[float] = []
        bare: list[float] = []
        for number in range(rounds(ROUNDS) + 1):
            spent = seconds_to_clients(demo, keys.DEMO_ROOT), seconds_to_clients(large, root)
            if number:  # the first round imports
                bare.append(spent[0])
                ours.append(spent[1])
        unlocked = {each: [seconds_to_unlock(each) for _ in range(rounds(UNLOCKS))] for each in (small, large)}
        size = (large / "practice.db").stat().st_size
    DETAILS[:] = [f"{size / 1e6:.0f} MB: {min(ours) * 1000:.0f} ms, the demo {min(bare) * 1000:.0f} ms at best"]
    return {
        "vault.open": ratio(ours, bare),
        "vault.unlock_small_s": statistics.median(unlocked[small]),
        "vault.unlock_large_s": statistics.median(unlocked[large]),
    }


DETAILS: list[str] = []

if __name__ == "__main__":
    tell(measure(), *DETAILS)
