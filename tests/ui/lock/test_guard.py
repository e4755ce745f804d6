"""At rest the practice locks; while a session runs it is covered, and only who belongs here comes back."""

from datetime import date

import pytest
from PySide6.QtCore import Qt, QThreadPool, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QLabel, QMenu
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.audit_words import detail_words
from ipt_desktop.domain.records import AuditEntry, Client, Session
from ipt_desktop.services import cover_pin
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.sessions import Ending
from tests.ui.fakes import PASSPHRASE
from tests.ui.lock.clock import HandClock
from tests.ui.lock.conftest import guard_of, note_of, open_up
from ui.background import Task
from ui.lock.cause import Cause
from ui.lock.guard import Guard
from ui.lock.running_session import RunningSession
from ui.main_window import MainWindow

PIN = "2468"


def reason(window: MainWindow) -> str:
    found = window.doors.unlock_page.findChild(QLabel, "unlock_reason")
    assert found is not None
    return found.text()


def rest_for(window: MainWindow, clock: HandClock, minutes: float) -> None:
    """Let nobody touch anything for so long, as the guard sees it: it looks every two seconds."""
    while minutes > 0:
        part = min(minutes, 0.5)
        clock.pass_by(minutes=part)
        minutes -= part
        if window.workspace is not None:
            guard_of(window).look()


def begin_session(window: MainWindow, pin: str = "") -> None:
    assert window.workspace is not None
    if pin:
        window.workspace.desk.settings.change(cover_pin=cover_pin.hash_of(pin))
    guard_of(window)._settings = window.workspace.desk.settings.values()
    window.workspace.running_session = RunningSession(guard_of(window).rest._clock)
    window.workspace.running_session.begin(50)


def try_way_back(qtbot: QtBot, window: MainWindow, typed: str) -> None:
    way_back = window.cover_page.way_back
    assert way_back is not None
    qtbot.waitUntil(way_back.field.isEnabled)
    qtbot.keyClicks(way_back.field.line, typed)
    qtbot.keyClick(way_back.field.line, Qt.Key.Key_Return)


def test_after_five_minutes_of_rest_it_is_locked_and_says_why(window: MainWindow, clock: HandClock):
    note_of(window).text.setPlainText("Saturday")
    page = note_of(window)
    rest_for(window, clock, 4.9)
    assert window.workspace is not None
    rest_for(window, clock, 0.2)
    assert window.workspace is None
    assert page.kept == "Saturday"
    assert reason(window).startswith("Locked after 5 minutes at rest. Everything was saved at ")


def test_typing_holds_it_off(window: MainWindow, clock: HandClock):
    for _minute in range(10):
        rest_for(window, clock, 1)
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    assert window.workspace is not None


def test_the_minutes_are_the_practices_own_and_a_change_counts_at_once(qtbot: QtBot, window: MainWindow, clock: HandClock):
    assert window.workspace is not None
    with qtbot.waitSignal(window.workspace.changes.changed):
        window.workspace.desk.settings.change(lock_after=2)
    rest_for(window, clock, 2)
    assert reason(window).startswith("Locked after 2 minutes at rest.")


def test_sleep_that_nobody_told_of_is_seen_from_the_clocks(window: MainWindow, wall: HandClock):
    wall.pass_by(minutes=30)
    guard_of(window).look()
    assert reason(window).startswith("Locked because the computer was asleep.")


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (Cause.SLEEP, "Locked because the computer was asleep."),
        (Cause.SCREEN, "Locked because the screen was locked."),
        (Cause.SWITCH, "Locked because someone else took over the computer."),
        (Cause.END, "Locked because the computer was shutting down."),
    ],
)
def test_what_the_system_tells_locks_also_in_a_session(window: MainWindow, cause: Cause, words: str):
    begin_session(window, PIN)
    guard_of(window)._system._on_told(cause)
    assert reason(window).startswith(words)


def test_each_practice_opened_is_watched_anew(qtbot: QtBot, window: MainWindow, clock: HandClock):
    rest_for(window, clock, 5)
    assert window._companions == []
    open_up(qtbot, window)
    rest_for(window, clock, 4)
    assert window.workspace is not None
    rest_for(window, clock, 1)
    assert window.workspace is None


def test_a_session_is_covered_and_the_pin_leads_back(qtbot: QtBot, window: MainWindow, clock: HandClock):
    begin_session(window, PIN)
    rest_for(window, clock, 5)
    assert window.workspace is not None
    assert window.cover_page.isVisible()
    assert window.windowTitle() == "IPT Desktop"
    for key in (Qt.Key.Key_F9, Qt.Key.Key_Escape):
        qtbot.keyClick(window.cover_page, key)
    qtbot.mouseClick(window.cover_page, Qt.MouseButton.LeftButton)
    assert window.cover_page.isVisible()
    try_way_back(qtbot, window, PIN)
    qtbot.waitUntil(note_of(window).isVisible)
    rest_for(window, clock, 4.5)
    assert not window.is_covered, "coming back ends the rest"


def test_the_cover_takes_only_digits_for_a_pin_and_says_so(qtbot: QtBot, window: MainWindow, clock: HandClock):
    begin_session(window, PIN)
    rest_for(window, clock, 5)
    way_back = window.cover_page.way_back
    assert way_back is not None
    qtbot.keyClicks(way_back.field.line, "2x4")
    assert way_back.field.text() == "24"
    assert way_back.bar.text() == "A PIN has four to eight digits."
    qtbot.keyClicks(way_back.field.line, "68")
    qtbot.keyClick(way_back.field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.is_covered)


def test_five_wrong_pins_lock(qtbot: QtBot, window: MainWindow, clock: HandClock):
    begin_session(window, PIN)
    rest_for(window, clock, 5)
    for left in (4, 3, 2, 1):
        try_way_back(qtbot, window, "1111")
        qtbot.waitUntil(lambda left=left: f"After {left} more" in window.cover_page.way_back.bar.text())
    with qtbot.waitSignal(window.locked):
        try_way_back(qtbot, window, "1111")
    assert reason(window).startswith("Locked after five wrong PINs.")


def test_wrong_pins_count_on_over_covers_until_a_right_one(qtbot: QtBot, window: MainWindow, clock: HandClock):
    begin_session(window, PIN)
    rest_for(window, clock, 5)
    try_way_back(qtbot, window, "1111")
    qtbot.waitUntil(lambda: "After 4" in window.cover_page.way_back.bar.text())
    try_way_back(qtbot, window, PIN)
    qtbot.waitUntil(lambda: not window.is_covered)
    rest_for(window, clock, 5)
    try_way_back(qtbot, window, "1111")
    qtbot.waitUntil(lambda: "After 4" in window.cover_page.way_back.bar.text())


def test_a_stranger_at_the_cover_does_not_hold_off_the_lock(qtbot: QtBot, window: MainWindow, clock: HandClock):
    begin_session(window, PIN)
    rest_for(window, clock, 5)
    for _minute in range(14):
        rest_for(window, clock, 1)
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_1)
        assert window.workspace is not None
    rest_for(window, clock, 1)
    assert reason(window).startswith("Locked after 20 minutes at rest.")


def test_at_the_sessions_end_the_cover_becomes_the_lock(window: MainWindow, clock: HandClock):
    begin_session(window, PIN)
    assert window.workspace is not None
    window.workspace.desk.settings.change(lock_in_session_after=240)
    guard_of(window)._settings = window.workspace.desk.settings.values()
    rest_for(window, clock, 59)
    assert window.cover_page.isVisible()
    rest_for(window, clock, 1)
    assert window.workspace is None


def test_without_a_pin_the_passphrase_is_asked_for(qtbot: QtBot, window: MainWindow, clock: HandClock):
    begin_session(window)
    rest_for(window, clock, 5)
    assert window.cover_page.way_back.findChild(QLabel, "way_back_hint").isVisible()
    try_way_back(qtbot, window, "wrong horse")
    qtbot.waitUntil(lambda: "does not open" in window.cover_page.way_back.bar.text())
    try_way_back(qtbot, window, PASSPHRASE)
    qtbot.waitUntil(lambda: not window.is_covered)


def test_control_l_locks_behind_the_cover(qtbot: QtBot, window: MainWindow, clock: HandClock):
    begin_session(window, PIN)
    rest_for(window, clock, 5)
    qtbot.keyClick(window.cover_page.way_back.field.line, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace is None
    assert window.doors.unlock_page.isVisible()


def test_f9_is_left_as_it_came_also_in_a_session_until_it_rests(qtbot: QtBot, window: MainWindow, clock: HandClock):
    begin_session(window, PIN)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    qtbot.keyClick(window.cover_page, Qt.Key.Key_F9)
    assert not window.is_covered
    qtbot.keyClick(window, Qt.Key.Key_F9)
    rest_for(window, clock, 5)
    qtbot.keyClick(window.cover_page, Qt.Key.Key_F9)
    assert window.is_covered


def test_behind_f9_it_is_locked_all_the_same(qtbot: QtBot, window: MainWindow, clock: HandClock):
    qtbot.keyClick(window, Qt.Key.Key_F9)
    rest_for(window, clock, 5)
    assert window.workspace is None
    assert window.doors.unlock_page.isVisible()
    assert not window.is_covered
    assert reason(window).startswith("Locked after 5 minutes at rest.")


def test_words_that_cannot_be_kept_are_covered_until_they_are(qtbot: QtBot, window: MainWindow, clock: HandClock):
    page = note_of(window)
    page.text.setPlainText("Her husband")
    page.disk_is_full = True
    rest_for(window, clock, 5)
    assert window.workspace is not None
    assert window.cover_page.isVisible()
    assert window.cover_page.notice.title() == "Not locked: the last change could not be saved"
    assert "husband" not in window.cover_page.notice.text()
    qtbot.keyClick(window.cover_page, Qt.Key.Key_Escape)
    assert window.cover_page.isVisible(), "a lock was wanted: not everyone may look behind it"
    page.disk_is_full = False
    guard_of(window).look()
    assert window.workspace is None
    assert page.kept == "Her husband"
    assert reason(window).startswith("Locked after 5 minutes at rest.")


def test_the_therapist_comes_back_to_words_that_cannot_be_kept(qtbot: QtBot, window: MainWindow, clock: HandClock):
    page = note_of(window)
    page.disk_is_full = True
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.cover_page.isVisible()
    assert not window.close(), "the window stays, and stays covered"
    assert window.cover_page.isVisible()
    try_way_back(qtbot, window, PASSPHRASE)
    qtbot.waitUntil(page.isVisible)
    guard_of(window).look()
    assert not window.is_covered
    assert "the disk is full" in window.workspace.bar.text()


@pytest.mark.parametrize("kind", [QDialog, QFileDialog, QInputDialog])
def test_an_open_dialog_does_not_hold_it_off(window: MainWindow, clock: HandClock, kind: type[QDialog]):
    dialog = kind(note_of(window))
    dialog.open()
    rest_for(window, clock, 5)
    assert window.workspace is None
    assert dialog.result() == QDialog.DialogCode.Rejected


@pytest.mark.parametrize("kind", [QDialog, QFileDialog])
def test_lock_and_cover_are_one_key_away_in_a_dialog_too(qtbot: QtBot, window: MainWindow, kind: type[QDialog]):
    dialog = kind(note_of(window))
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    guard_of(window).rest.listen()
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.is_covered)
    assert not dialog.isVisible()
    window.uncover()
    qtbot.waitUntil(dialog.isVisible)
    guard_of(window).rest.listen()
    QTest.keyPress(dialog.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)  # nobody is there to let it go
    qtbot.waitUntil(lambda: window.workspace is None)


def test_behind_the_last_page_no_key_covers(qtbot: QtBot, window: MainWindow):
    page = QLabel("Making today's backup…")
    window.show_alone(page)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F9)
    qtbot.wait(1)
    assert page.isVisible()
    assert not window.menuBar().isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_lock_is_one_key_away_in_a_menu_too(qtbot: QtBot, window: MainWindow):
    menu = QMenu(window)
    menu.addAction("Remove")
    menu.popup(window.mapToGlobal(window.rect().center()))
    qtbot.waitUntil(menu.isVisible)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.workspace is None)


def test_a_dialog_that_runs_its_own_loop_does_not_hold_it_off(window: MainWindow, clock: HandClock):
    dialog = QDialog(window)
    QTimer.singleShot(0, window, lambda: rest_for(window, clock, 5))
    dialog.exec()  # comes to an end by the lock alone
    assert window.workspace is None


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_an_open_menu_does_not_hold_it_off(qtbot: QtBot, window: MainWindow, clock: HandClock):
    menu = QMenu(window)
    menu.addAction("Remove")
    menu.popup(window.mapToGlobal(window.rect().center()))
    qtbot.waitUntil(menu.isVisible)
    rest_for(window, clock, 5)
    assert window.workspace is None
    assert not menu.isVisible()


def test_work_under_way_is_let_go_of(qtbot: QtBot, window: MainWindow):
    told: list[object] = []
    store = window.workspace.desk.store

    def read_after_lock() -> object:
        with store.read() as reading:
            return reading

    task = Task(read_after_lock, note_of(window))
    task.done.connect(told.append)
    task.failed.connect(told.append)
    assert window.lock()
    task.start()
    QThreadPool.globalInstance().waitForDone()
    qtbot.wait(1)
    assert told == []


def test_work_that_must_not_be_broken_off_is_waited_for_behind_the_cover(qtbot: QtBot, window: MainWindow, clock: HandClock):
    task = Task(lambda: None, note_of(window), must_finish=True)
    rest_for(window, clock, 5)
    assert window.workspace is not None
    assert window.cover_page.notice.title() == "Not locked yet: something is still being finished"
    with qtbot.waitSignal(task.done):
        task.start()
    guard_of(window).look()
    assert window.workspace is None


def test_a_damaged_practice_says_what_becomes_of_the_words(
    window: MainWindow, clock: HandClock, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Desk, "is_read_only", True)
    note_of(window).disk_is_full = True
    rest_for(window, clock, 5)
    assert "can only be read" in window.cover_page.notice.text()


def test_the_demo_without_a_pin_is_left_by_anyone(qtbot: QtBot, window: MainWindow, clock: HandClock):
    window.workspace.desk.is_demo = True
    begin_session(window)
    rest_for(window, clock, 5)
    assert window.cover_page.isVisible()
    assert window.cover_page.way_back is None
    qtbot.keyClick(window.cover_page, Qt.Key.Key_Escape)
    assert not window.is_covered


def test_a_lock_that_was_refused_is_no_longer_wished_once_the_cover_was_left(qtbot: QtBot, window: MainWindow):
    window.workspace.desk.is_demo = True  # left by anyone
    page = note_of(window)
    page.disk_is_full = True
    assert not window.lock()
    qtbot.keyClick(window.cover_page, Qt.Key.Key_Escape)
    guard_of(window).look()
    page.disk_is_full = False
    window.cover()
    guard_of(window).look()
    assert window.workspace is not None
    assert window.is_covered


def test_the_guard_comes_by_itself(window: MainWindow):
    assert any(isinstance(each, Guard) for each in window._companions)


def test_the_stored_running_session_is_followed_for_the_courses_length_and_ten_more(
    qtbot: QtBot, window: MainWindow, clock: HandClock
):
    workspace = window.workspace
    client = workspace.desk.clients.add_client(Client(name="Marta Lindqvist"))
    protocol = workspace.desk.resources.protocol("weissman-markowitz-klerman")
    course = workspace.desk.courses.begin_course(client.id, protocol, started_on=date.today(), minutes=30)
    workspace.running_session = RunningSession(clock)
    with qtbot.waitSignal(workspace.room.turned):
        session = workspace.desk.sessions.start_session(Session(course_id=course.id, date=date.today()))
    clock.pass_by(minutes=39)
    assert workspace.running_session.is_running
    clock.pass_by(minutes=1)
    assert not workspace.running_session.is_running
    with qtbot.waitSignal(workspace.room.turned):
        workspace.desk.sessions.end_session(session.id, Ending(on=session.date))
    with qtbot.waitSignal(workspace.room.turned):
        workspace.desk.sessions.start_session(Session(course_id=course.id, date=date.today()))
    assert workspace.running_session.is_running
    with qtbot.waitSignal(workspace.room.turned):
        workspace.desk.sessions.end_session(workspace.desk.sessions.running().id, Ending(on=session.date))
    assert not workspace.running_session.is_running


def test_a_session_that_was_stored_as_running_still_covers_after_a_lock(qtbot: QtBot, window: MainWindow, clock: HandClock):
    desk = window.workspace.desk
    client = desk.clients.add_client(Client(name="Marta Lindqvist"))
    course = desk.courses.begin_course(client.id, desk.resources.protocols[0], started_on=date.today())
    desk.sessions.start_session(Session(course_id=course.id, date=date.today()))
    assert window.lock()
    open_up(qtbot, window)
    rest_for(window, clock, 5)
    assert window.workspace is not None
    assert window.is_covered
    rest_for(window, clock, 15)
    assert window.workspace is None


def test_the_trail_tells_what_locked_it(qtbot: QtBot, window: MainWindow, clock: HandClock):
    rest_for(window, clock, 5)
    open_up(qtbot, window)
    assert window.lock()
    open_up(qtbot, window)
    window.workspace.desk.store.write(lambda writing: None)
    told = [detail_words(each) for each in window.workspace.desk.audit.entries() if each.operation == "lock"]
    assert told == ["by the therapist", "after a while at rest"]


@pytest.mark.parametrize("cause", Cause)
def test_every_cause_has_words_in_the_trail(cause: Cause):
    assert detail_words(AuditEntry(operation="lock", detail={"cause": cause})) != str(cause)
