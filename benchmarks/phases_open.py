"""`phases.open`: the first visit to Phases with a course of sixty sessions ÷ with a course in which nothing is yet.

Both are of the same protocol, and the tab is built, filled and painted anew each time: what is measured is what the sessions,
the problem areas worked on in them, goals, ticks and circles add to opening the tab. `IPT_BENCH_DETAILS=1` prints the times.
"""

import os
import tempfile
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from benchmarks.measuring import ratio, rounds, seconds, tell
from ipt_desktop.domain.protocol import Area
from ipt_desktop.domain.records import Attendance, Client, Course, PhaseChange, ProblemArea, Session, Sitting, TaskTick
from ipt_desktop.domain.treatment_records import Goal, GoalRating, StrategyWork
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key
from ipt_desktop.storage.store import Writing
from ui import theme
from ui.garbage import GarbageCollector, collect_what_is_due
from ui.preferences import Preferences
from ui.tabs import Tab
from ui.workspace import Workspace

TURNS = 20
SESSIONS = 60
MISSED_OF, RATED_OF = 9, 4  # one session in so many was missed, one in so many has the goals rated and a circle
ABOUT, GOAL = "from two in a house to one", "Ask my sister for an hour a week"
TABS = (Tab("phases", "Phases", 4, "ui.phases.page", "PhasesPage"),)


class Room:
    """Two clients in a real practice, one at the end of a long course, one before the first session, and a window."""

    def __init__(self, folder: Path) -> None:
        self.desk = Desk(create_with_key(folder / "practice", bytes(range(32)), "Willow Lane Practice"))
        self.courses = {"long": self._course("Marta"), "empty": self._course("Ines")}
        self.desk.store.write(partial(self._fill, self.courses["long"]))
        self.window = QWidget()
        self._column = QVBoxLayout(self.window)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._frame: Workspace | None = None
        self.window.resize(1280, 800)
        self.window.show()

    def _course(self, name: str) -> Course:
        client = self.desk.clients.add_client(Client(name=name))
        started = date.today() - timedelta(weeks=SESSIONS)
        protocol = next(each for each in self.desk.resources.protocols if len(each.phases) > 1)
        return self.desk.courses.begin_course(client.id, protocol, started_on=started, planned_sessions=SESSIONS)

    def _fill(self, course: Course, writing: Writing) -> None:
        """Give a course its sessions, and what was agreed, ticked and worked on in them."""
        protocol = self.desk.courses.protocol_of(course)
        known, first = protocol.areas[:2], protocol.phases[0]
        areas = [ProblemArea(course_id=course.id, area=each.key, about=ABOUT, agreed_on=course.started_on) for each in known]
        goals = [Goal(course_id=course.id, problem_area_id=each.id, words=GOAL, baseline=2, target=8) for each in areas]
        for record in (*areas, *goals, Sitting(course_id=course.id, date=course.started_on, is_before=True)):
            writing.insert(record)
        for phase in course.phases[1:]:
            writing.insert(PhaseChange(course_id=course.id, phase=phase.key, on=day(course, phase.first - 1)))
        for task in first.tasks:
            writing.insert(TaskTick(course_id=course.id, task=f"{first.key}.{task.key}", on=day(course, 2)))
        for number in range(SESSIONS):
            is_missed = number % MISSED_OF == MISSED_OF - 1
            attendance = Attendance.CANCELLED_BY_CLIENT if is_missed else Attendance.ATTENDED
            session = Session(course_id=course.id, date=day(course, number), attendance=attendance)
            writing.insert(session)
            if not is_missed:
                work(writing, areas[number % 2], known[number % 2], session, number)
            if number % RATED_OF == 0:
                rate(writing, goals, session, number)

    def prepare(self, name: str) -> None:
        """Choose the client of a course, in a frame in which no tab has been visited yet."""
        self._let_go()
        self._frame = Workspace(self.desk, Preferences(), self.window, TABS)
        self._column.addWidget(self._frame)
        course = self.courses[name]
        self._frame.choose_client(course.client_id, course.id)
        paint()
        collect_what_is_due()

    def open(self) -> None:
        """Visit the tab, until all of it is painted."""
        assert self._frame is not None
        assert self._frame.show_tab("phases")
        paint()

    def _let_go(self) -> None:
        if self._frame is not None:
            self._frame.forget()
            self._frame.hide()
            self._column.removeWidget(self._frame)
            self._frame.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def close(self) -> None:
        """Close window and practice."""
        self._let_go()
        self.window.close()
        self.desk.close()


def day(course: Course, number: int) -> date:
    """Return the day of a session, counted from 0."""
    return course.started_on + timedelta(weeks=number)


def work(writing: Writing, area: ProblemArea, known: Area, session: Session, number: int) -> None:
    """Write down which strategy was worked on in a session."""
    strategy = known.strategies[number % len(known.strategies)].key
    writing.insert(StrategyWork(problem_area_id=area.id, strategy=strategy, on=session.date, session_id=session.id))


def rate(writing: Writing, goals: list[Goal], session: Session, number: int) -> None:
    """Write down how far the goals were in a session, and that the circle was drawn."""
    writing.insert(Sitting(course_id=session.course_id, session_id=session.id, date=session.date))
    for goal in goals:
        writing.insert(GoalRating(goal_id=goal.id, value=2 + number // 10, on=session.date, session_id=session.id))


def paint() -> None:
    """Let everything that waits happen and be painted."""
    for _time in range(3):
        QApplication.processEvents()


def measure() -> dict[str, float]:
    """Return the ratio by its name."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application, theme.Theme())
    GarbageCollector(application)  # as in the program; it finds its moments in between
    taken: dict[str, list[float]] = {"long": [], "empty": []}
    with tempfile.TemporaryDirectory() as place:
        room = Room(Path(place))
        for turn in range(rounds(TURNS) + 1):
            for name, times in taken.items():
                room.prepare(name)
                took = seconds(room.open)
                times += [took] if turn else []  # the first visits import and make what all others find
        room.close()
    DETAILS[:] = [f"{name}: {median(each) * 1000:.1f} ms" for name, each in taken.items()]
    return {"phases.open": ratio(taken["long"], taken["empty"])}


DETAILS: list[str] = []

if __name__ == "__main__":
    tell(measure(), *DETAILS)
    os._exit(0)  # Qt's own taking down is not measured
