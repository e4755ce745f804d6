"""While another program is in front nothing in the window can be read, if that is wished for."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.practice_settings import PracticeSettings
from tests.ui.lock.conftest import Opening, guard_of
from ui.lock.sight import Sight
from ui.main_window import MainWindow

BLURRED = PracticeSettings(blurs_when_inactive=True)


class Stripes(QWidget):
    """As fine as print: a line of ink, two of paper."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        for row in range(0, self.height(), 3):
            painter.fillRect(0, row, self.width(), 1, QColor("black"))
        painter.end()


@pytest.fixture
def stripes(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(Stripes(window))
    window.resize(640, 480)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def sight(stripes: QMainWindow) -> Iterator[Sight]:
    made = Sight(stripes, BLURRED)
    yield made
    made.leave()


def go(state: Qt.ApplicationState) -> None:
    """Tell what the system tells when another program comes to the front, or ours does."""
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.applicationStateChanged.emit(state)


def leave() -> None:
    go(Qt.ApplicationState.ApplicationInactive)


def contrast(window: QMainWindow) -> int:
    """Return the largest step between pixels one above the other: ink on paper has the full one."""
    image = window.centralWidget().parentWidget().grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    steps = [
        abs(QColor(image.pixel(x, y)).lightness() - QColor(image.pixel(x, y + 1)).lightness())
        for x in range(5, image.width(), 50)
        for y in range(5, image.height() - 6)
    ]
    return max(steps)


def test_nothing_as_fine_as_print_is_left(stripes: QMainWindow, sight: Sight):
    assert contrast(stripes) == 255
    leave()
    assert sight.veil.isVisible()
    assert contrast(stripes) <= 24
    go(Qt.ApplicationState.ApplicationActive)
    assert contrast(stripes) == 255
    assert sight.veil._squares.isNull(), "not even the squares are kept"


def test_it_stays_over_a_window_that_is_resized(stripes: QMainWindow, sight: Sight):
    leave()
    stripes.resize(900, 700)
    assert sight.veil.geometry() == stripes.centralWidget().geometry()


def test_without_the_wish_nothing_is_blurred(stripes: QMainWindow, sight: Sight):
    sight.follow(PracticeSettings())
    leave()
    assert not sight.veil.isVisible()


def test_the_squares_are_too_few_for_a_letter(stripes: QMainWindow, sight: Sight):
    leave()
    assert (sight.veil._squares.width(), sight.veil._squares.height()) == (20, 15)


def test_the_setting_counts_at_once_and_the_lock_lifts_it(qtbot: QtBot, qapp: QApplication, window: MainWindow):
    assert window.workspace is not None
    sight = guard_of(window).sight
    with qtbot.waitSignal(window.workspace.changes.changed):
        window.workspace.desk.settings.change(blurs_when_inactive=True)
    leave()
    assert sight.veil.isVisible()
    veil = sight.veil
    assert window.lock()
    assert not veil.isVisible()


def test_a_window_that_is_opened_behind_another_program_is_blurred_at_once(
    stripes: QMainWindow, monkeypatch: pytest.MonkeyPatch
):
    state = Qt.ApplicationState.ApplicationInactive
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: state)  # as the system has it
    sight = Sight(stripes, BLURRED)
    assert sight.veil.isVisible()
    assert contrast(stripes) <= 24
    sight.leave()


def test_on_windows_no_picture_shows_the_practice_from_before_it_is_in_sight_until_after(
    qtbot: QtBot, open_window: Opening, monkeypatch: pytest.MonkeyPatch
):
    told: list[tuple[bool, bool]] = []  # whether it is left out, and whether the practice was in sight then

    def tell(_window_id: int, *, is_kept_out: bool) -> bool:
        shown = [each for each in QApplication.allWidgets() if each.objectName() == "workspace" and each.isVisible()]
        told.append((is_kept_out, bool(shown)))
        return True

    monkeypatch.setattr("ui.lock.sight.sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr("ui.lock.windows.keep_out_of_pictures", tell)
    window = open_window()
    assert told[0] == (True, False), "the first frame must not be seen"
    assert told[-1] == (True, True), "as the settings have it"
    assert window.lock()
    assert (False, True) not in told, "what is still on the screen is left out, too"
    assert window.workspace is None
