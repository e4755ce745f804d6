"""The real window with Marta's circle, to be turned to her: what the tests do in it, and what they read back."""

from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ipt_desktop.domain.records import Client, Person, Placement, Sitting
from ipt_desktop.services import cover_pin
from ipt_desktop.services.desk import Desk
from ipt_desktop.storage.store import Writing
from tests.ui.circle.room import STOOD
from tests.ui.lock.conftest import guard_of
from ui.circle.page import CirclePage
from ui.main_window import MainWindow
from ui.turn.page import TurnPage
from ui.turn.turning import Turning
from ui.workspace import Workspace

WEEK = "week"
PIN = "2468"


class TurnRoom:
    """Marta's people were placed a week ago; the Circle tab is shown."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.client = self.desk.clients.add_client(Client(name="Marta Lindqvist"))
        self.desk.clients.add_client(Client(name="Nikos Papadakis"))
        protocol = self.desk.resources.protocol("weissman-markowitz-klerman")
        assert protocol is not None
        self.course = self.desk.courses.begin_course(self.client.id, protocol, started_on=date.today() - timedelta(weeks=4))
        self.desk.store.write(self._draw)
        QApplication.processEvents()
        assert self.workspace.choose_client(self.client.id)
        assert self.workspace.show_tab("circle")

    def _draw(self, writing: Writing) -> None:
        writing.insert(Sitting(id=WEEK, course_id=self.course.id, date=date.today() - timedelta(7)))
        for person_id, name, relation, _then, now, angle, wanted in STOOD:
            is_in_focus = person_id == "johan"
            person = Person(id=person_id, client_id=self.client.id, name=name, relation=relation, is_in_focus=is_in_focus)
            writing.insert(person)
            writing.insert(Placement(person_id=person_id, sitting_id=WEEK, felt=now, angle=angle, desired=wanted))

    @property
    def workspace(self) -> Workspace:
        assert self.window.workspace is not None
        return self.window.workspace

    @property
    def desk(self) -> Desk:
        return self.workspace.desk

    @property
    def turning(self) -> Turning:
        return next(each for each in self.window._companions if isinstance(each, Turning))

    @property
    def page(self) -> TurnPage:
        assert self.turning.page is not None
        return self.turning.page

    @property
    def tab(self) -> CirclePage:
        page = self.workspace.page("circle")
        assert isinstance(page, CirclePage)
        return page

    def set_pin(self) -> None:
        """Set a short PIN, as in the settings."""
        self.desk.settings.change(cover_pin=cover_pin.hash_of(PIN))
        guard_of(self.window)._settings = self.desk.settings.values()

    def turn(self) -> TurnPage:
        """Turn to the client, by the key of the menu."""
        QTest.keyClick(self.tab.canvas, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        return self.page

    def press(self, name: str) -> None:
        """Press a button of the client's page."""
        button = self.page.findChild(QAbstractButton, name)
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def drag(self, start: QPoint, end: QPoint) -> None:
        """Drag with the mouse in the client's circle."""
        drag(self.page.circle, start, end)

    def today(self, person_id: str) -> Placement | None:
        """Return someone's stored row of today's sitting, or None."""
        with self.desk.store.read() as reading:
            todays = [each.id for each in reading.all(Sitting, course_id=self.course.id, date=date.today())]
            rows = reading.all(Placement, sitting_id=todays, person_id=person_id) if todays else []
            return rows[0] if rows else None

    def names(self) -> list[str]:
        """Return the names of the client's people as they are stored."""
        return [each.name for each in self.desk.circles.people(self.client.id)]

    def in_table(self) -> list[str]:
        """Return the names in the table of the Circle tab."""
        model = self.tab.table.people
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    """Drag with the mouse, in steps."""
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 5):
        QTest.mouseMove(widget, start + (end - start) * step / 4)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=end)
