"""Turned to the client: they see and do nothing but their circle, and only the therapist's key leads back."""

from datetime import date
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.closeness import Ring, ring_of
from ipt_desktop.domain.records import Placement
from tests.ui.fakes import PASSPHRASE
from tests.ui.lock.clock import HandClock
from tests.ui.lock.conftest import guard_of
from tests.ui.lock.test_guard import begin_session, reason, rest_for
from tests.ui.naming import unnamed
from tests.ui.turn.room import PIN, WEEK, TurnRoom
from ui.app import make_app, show_look
from ui.preferences import Preferences
from ui.turn.thanks import ThanksPage
from ui.turn.turning import next_screen


def in_sight(room: TurnRoom) -> list[str]:
    """Return the words of every label and button in sight."""
    found = [*room.window.findChildren(QLabel), *room.window.findChildren(QAbstractButton)]
    return [each.text() for each in found if each.isVisible() and each.text()]


def type_key(room: TurnRoom, typed: str) -> None:
    """Type PIN or passphrase on the page of thanks, as the therapist does who has the computer back."""
    thanks = room.page.thanks
    if thanks.way_back is None:
        QTest.keyClicks(thanks, typed[0])
        typed = typed[1:]
    assert thanks.way_back is not None
    QTest.keyClicks(thanks.way_back.field.line, typed)
    QTest.keyClick(thanks.way_back.field.line, Qt.Key.Key_Return)


def test_nothing_of_the_program_is_on_show_but_the_circle(room: TurnRoom):
    page = room.turn()
    assert room.window.isFullScreen()
    assert room.window.windowTitle() == "IPT Desktop"
    assert not room.window.menuBar().isVisible()
    assert sorted(in_sight(room)) == sorted(
        [
            *("My circle", "today", "Add someone", "Undo", "Done"),
            "Drag a person closer or further. A dashed shape is where you want them.",
        ]
    )
    beside = [each for each in room.window.findChildren(QWidget) if each.isVisible() and not page.isAncestorOf(each)]
    assert {each.objectName() for each in beside} <= {"turn_page", "window_pages"}
    assert unnamed(page) == []


def test_the_button_in_the_toolbar_turns_too(room: TurnRoom, qtbot: QtBot):
    button = room.tab.toolbar.findChild(QAbstractButton, "circle_turn")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert room.page.isVisible()


def test_without_a_course_it_says_what_is_missing(room: TurnRoom):
    other = next(each for each in room.desk.clients.overview(date.today()) if each.client.name == "Nikos Papadakis")
    assert room.workspace.choose_client(other.client.id)
    room.tab.frame.turn_to_client()
    assert room.turning.page is None
    assert "no circle to turn to" in room.workspace.bar.text()


def test_what_the_client_drags_goes_into_today_and_shows_at_once_in_the_tab(room: TurnRoom):
    circle = room.turn().circle
    room.drag(circle.place_of("johan").toPoint(), circle.place_of("ruth").toPoint() + QPoint(-60, 40))
    moved = room.today("johan")
    assert moved is not None
    assert ring_of(moved.felt) is not Ring.OUTER
    assert room.tab.shown.standing("johan").felt == moved.felt  # type: ignore[union-attr]
    wish = circle.wish_place_of("ruth")
    assert wish is not None
    room.drag(wish.toPoint(), circle.place_of("elin").toPoint())
    wanted = room.today("ruth")
    assert wanted is not None
    assert wanted.desired != 0.1
    with room.desk.store.read() as reading:
        assert reading.all(Placement, sitting_id=WEEK, person_id="johan")[0].felt == 0.2


def test_the_client_takes_back_their_own_steps_and_none_of_the_therapist_s(room: TurnRoom, qtbot: QtBot):
    room.tab.verbs.move_person("elin", 0.4, 310.0)
    circle = room.turn().circle
    assert not room.page.back.isEnabled()
    room.drag(circle.place_of("johan").toPoint(), circle.place_of("ruth").toPoint() + QPoint(-60, 40))
    room.drag(circle.place_of("choir").toPoint(), circle.place_of("choir").toPoint() + QPoint(40, 60))
    for _press in range(5):
        room.press("turn_undo")
        qtbot.keyClick(circle, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (room.today("johan"), room.today("choir")) == (None, None)
    assert room.today("elin") is not None


def test_a_key_of_the_client_never_joins_a_step_of_the_therapist_s(room: TurnRoom, qtbot: QtBot):
    room.tab.choose_person("elin")
    qtbot.keyClick(room.tab.canvas, Qt.Key.Key_Down)
    room.turn()
    room.page.add.setFocus()
    room.page.circle.setFocus(Qt.FocusReason.TabFocusReason)
    for _press in range(3):
        qtbot.keyClick(room.page.circle, Qt.Key.Key_Down)
    for _press in range(4):
        room.press("turn_undo")
    row = room.today("elin")
    assert row is not None
    assert row.felt == pytest.approx(0.85)


def test_people_are_added_as_fast_as_they_are_named_and_the_therapist_can_undo_it(room: TurnRoom, qtbot: QtBot):
    room.turn()
    room.press("turn_add")
    field = room.page.add_row.field
    assert field.hasFocus()
    assert min(field.height(), room.page.add.height(), room.page.done.height(), room.page.back.height()) >= 44
    for name in ("Petra", "Tess, colleague", "  ", "Noor"):
        qtbot.keyClicks(field, name)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert {"Petra", "Tess", "Noor"} <= set(room.names())
    assert {"Petra", "Tess", "Noor"} <= set(room.in_table())
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not room.page.add_row.isVisible()
    assert room.page.isVisible()
    room.press("turn_done")
    room.turning.come_back()
    for _step in range(3):
        room.workspace.undo_group.undo()
    assert len(room.names()) == 4


def test_no_key_leads_out(room: TurnRoom, qtbot: QtBot):
    circle, control = room.turn().circle, Qt.KeyboardModifier.ControlModifier
    keys = (
        *(Qt.Key(Qt.Key.Key_0 + number) for number in range(1, 7)),
        Qt.Key.Key_K,
        Qt.Key.Key_Q,
        Qt.Key.Key_Comma,
        Qt.Key.Key_N,
    )
    for place in (circle, room.page.done):
        for key in keys:
            qtbot.keyClick(place, key, control)
        for key in (Qt.Key.Key_Escape, Qt.Key.Key_F4, Qt.Key.Key_F6):
            qtbot.keyClick(place, key)
        qtbot.keyClick(place, Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier)
    assert not room.window.close()
    assert room.page.isVisible()
    assert room.window.isVisible()
    assert room.window.isFullScreen()
    assert in_sight(room)[0] == "My circle"


def test_f9_covers_and_leads_back_to_the_circle_alone(room: TurnRoom, qtbot: QtBot):
    circle = room.turn().circle
    qtbot.keyClick(circle, Qt.Key.Key_F9)
    assert room.window.is_covered
    assert not room.page.isVisible()
    qtbot.keyClick(room.window.cover_page, Qt.Key.Key_F9)
    assert room.page.isVisible()
    assert not room.window.menuBar().isVisible()
    assert room.window.windowTitle() == "IPT Desktop"


@pytest.mark.parametrize("is_done", [False, True])
def test_ctrl_l_locks(room: TurnRoom, qtbot: QtBot, is_done: bool):
    page = room.turn()
    if is_done:
        page.finish()
    qtbot.keyClick(page.thanks if is_done else page.circle, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert room.window.workspace is None
    assert room.window.doors.unlock_page.isVisible()
    assert not room.window.isFullScreen()


def test_rest_locks_it_like_any_other_page(room: TurnRoom, clock: HandClock):
    room.turn()
    rest_for(room.window, clock, 5.1)
    assert room.window.workspace is None
    assert reason(room.window).startswith("Locked after 5 minutes at rest.")


def test_done_thanks_and_nothing_but_the_pin_leads_back(room: TurnRoom, qtbot: QtBot):
    room.set_pin()
    room.tab.canvas.setFocus()
    room.window.resize(800, 640)  # within the one screen that tests have
    size = room.window.size()
    page = room.turn()
    room.press("turn_done")
    assert in_sight(room) == ["Thank you.", "Please hand the computer back.", "For the therapist"]
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F4, Qt.Key.Key_Tab):
        qtbot.keyClick(page.thanks, key)
    qtbot.mouseClick(page.thanks, Qt.MouseButton.LeftButton)
    assert not room.window.close()
    assert page.thanks.isVisible()
    type_key(room, PIN)
    qtbot.waitUntil(lambda: room.turning.page is None)
    assert room.tab.isVisible()
    assert room.tab.canvas.hasFocus()
    assert room.window.menuBar().isVisible()
    assert not room.window.isFullScreen()
    assert room.window.size() == size
    assert "Willow Lane Practice" in room.window.windowTitle()


def test_wrong_pins_are_counted_and_five_lock(room: TurnRoom, qtbot: QtBot):
    room.set_pin()
    room.turn().finish()
    for left in (4, 3, 2, 1):
        type_key(room, "1111")
        qtbot.waitUntil(lambda left=left: f"After {left} more" in room.page.thanks.way_back.bar.text())
        qtbot.waitUntil(room.page.thanks.way_back.field.isEnabled)
    with qtbot.waitSignal(room.window.locked):
        type_key(room, "1111")
    assert reason(room.window).startswith("Locked after five wrong PINs.")


def test_without_a_pin_the_passphrase_leads_back(room: TurnRoom, qtbot: QtBot):
    room.turn().finish()
    room.press("turn_therapist")
    type_key(room, "not the passphrase")
    qtbot.waitUntil(lambda: room.page.thanks.way_back.bar.text() != "")
    type_key(room, PASSPHRASE)
    qtbot.waitUntil(lambda: room.turning.page is None)
    assert room.tab.isVisible()


def test_who_tries_keys_there_does_not_hold_off_the_lock(room: TurnRoom, clock: HandClock):
    room.set_pin()
    room.turn().finish()
    for _minute in range(5):
        rest_for(room.window, clock, 1)
        if room.window.workspace is not None:
            QTest.keyClick(room.window.windowHandle(), Qt.Key.Key_1)
    assert room.window.workspace is None


def test_while_a_session_runs_rest_covers_it_and_the_pin_leads_back_to_the_circle(
    room: TurnRoom, qtbot: QtBot, clock: HandClock
):
    begin_session(room.window, PIN)
    page = room.turn()
    rest_for(room.window, clock, 5.1)
    assert room.window.is_covered
    way_back = room.window.cover_page.way_back
    assert way_back is not None
    qtbot.keyClicks(way_back.field.line, PIN)
    qtbot.keyClick(way_back.field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(page.isVisible)
    assert not room.window.menuBar().isVisible()


def test_the_key_typed_at_a_cover_over_the_thanks_is_not_asked_for_twice(room: TurnRoom, qtbot: QtBot, clock: HandClock):
    begin_session(room.window, PIN)
    room.turn().finish()
    rest_for(room.window, clock, 5.1)
    way_back = room.window.cover_page.way_back
    assert way_back is not None
    qtbot.keyClicks(way_back.field.line, PIN)
    qtbot.keyClick(way_back.field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.turning.page is None)
    assert room.tab.isVisible()


def test_the_demo_has_no_key_so_its_link_leads_back(qtbot: QtBot):
    thanks = ThanksPage(None)  # type: ignore[arg-type]
    qtbot.addWidget(thanks)
    thanks.show()
    thanks.begin(has_key=False, has_pin=False)
    qtbot.keyClick(thanks, Qt.Key.Key_7)
    assert thanks.way_back is None
    link = thanks.findChild(QAbstractButton, "turn_therapist")
    assert link is not None
    with qtbot.waitSignal(thanks.left):
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)


def test_the_client_s_view_may_be_shared_whatever_the_window_may_not(room: TurnRoom, monkeypatch: pytest.MonkeyPatch):
    told: list[bool] = []
    sight = guard_of(room.window).sight
    monkeypatch.setattr("ui.lock.sight.leave_out_of_pictures", lambda _window, *, is_left_out=True: told.append(is_left_out))
    room.turn().finish()
    sight.follow(sight._settings)
    room.turning.come_back()
    assert sight._settings.hides_from_capture
    assert told == [False, False, True]


def test_the_end_of_the_computer_s_session_closes_it_and_the_window_comes_back_small(room: TurnRoom):
    room.turn()
    room.window._is_session_ending = True
    assert room.window.close()
    assert not room.window.isFullScreen()


def test_a_turned_window_is_where_it_was_after_a_lock(room: TurnRoom, qtbot: QtBot):
    room.turn()
    assert room.window.lock()
    qtbot.waitUntil(room.window.doors.unlock_page.isVisible)
    with qtbot.waitSignal(room.window.opened):
        room.window.doors.unlock_page.unlock_asked.emit(PASSPHRASE)
    room.window._on_leisure()
    assert room.tab.isVisible()
    assert room.turning.page is None
    assert room.window.menuBar().isVisible()
    room.turn()
    assert room.page.isVisible()


def test_the_screens_take_turns():
    laptop, wall, third = (SimpleNamespace(name=name) for name in ("laptop", "wall", "third"))
    assert next_screen([laptop], laptop) is None  # type: ignore[list-item, arg-type]
    assert next_screen([laptop, wall], laptop) is wall  # type: ignore[list-item, arg-type]
    assert next_screen([laptop, wall], wall) is laptop  # type: ignore[list-item, arg-type]
    assert next_screen([laptop, wall, third], wall) is third  # type: ignore[list-item, arg-type]


@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
def test_the_buttons_stay_in_sight_and_large_whatever_the_name_and_the_text(room: TurnRoom, qtbot: QtBot, scale: float):
    room.tab.verbs.rename_person("elin", "Llanfairpwllgwyngyllgogerychwyrndrobwll" * 5)
    show_look(make_app(), Preferences(scale=scale))
    page = room.turn()
    room.window.showNormal()
    room.window.resize(1024, 700)
    qtbot.mouseClick(page.circle, Qt.MouseButton.LeftButton, pos=page.circle.place_of("elin").toPoint())
    room.press("turn_add")
    QApplication.processEvents()
    assert room.window.width() == 1024
    buttons = [each for each in page.findChildren(QAbstractButton) if each.isVisible()]
    assert len(buttons) == 5
    for button in buttons:
        place = button.mapTo(page, QPoint(0, 0))
        assert page.rect().contains(QRect(place, button.size())), button.objectName()
        assert min(button.height(), button.width()) >= 44, button.objectName()
        assert button.width() >= button.sizeHint().width(), button.objectName()
    assert page.circle.height() >= 280
