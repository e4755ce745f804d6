"""The table and the file: add, filter, choose, edit, archive; by keys and mouse, on a real practice."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QWidget,
)
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.errors import SaveFailed
from ipt_desktop.domain.records import Client, ClientStatus, ProblemArea
from tests.ui.clients.conftest import Tab
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room
from ui import theme
from ui.clients.client_table import AREA, LAST_SEEN, PHASE, SESSION

Opening = Callable[..., Tab]
LEFT = Qt.MouseButton.LeftButton


def press(tab: Tab, name: str) -> None:
    button = tab.find(QPushButton, name)
    tab.settle(lambda: button.isVisible() and button.height() < 60 and button.width() > 20)  # it has its place
    tab.qtbot.mouseClick(button, LEFT)


def test_the_first_client_is_added_by_name_alone(tab_of: Opening, qtbot: QtBot):
    tab = tab_of()
    assert not tab.find(QTableView, "client_table").isVisible()
    press(tab, "no_client_action")
    field = tab.find(QLineEdit, "new_name")
    assert field.hasFocus()
    assert not tab.find(QPushButton, "no_client_action").isVisible()  # one filled button to a page
    qtbot.keyClicks(field, "Marta Lindqvist")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    added = tab.desk.clients.clients()[0]
    assert (added.name, added.status) == ("Marta Lindqvist", ClientStatus.ACTIVE)
    assert tab.frame.client_id == added.id
    assert tab.names() == ["Marta Lindqvist"]
    assert tab.find(QPushButton, "begin_course").hasFocus()


def test_more_can_be_told_when_a_client_is_added(tab_of: Opening, qtbot: QtBot):
    tab = tab_of()
    qtbot.keyClick(tab.page.focusWidget(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(tab.find(QLineEdit, "new_name"), "Marta Lindqvist")
    press(tab, "new_more")
    qtbot.keyClicks(tab.find(QLineEdit, "new_reference"), "W-1042")
    birth = tab.find(QLineEdit, "new_born_on")
    qtbot.keyClicks(birth, "31 February 1985")
    press(tab, "new_add")
    assert not tab.desk.clients.clients()
    assert "February has no 31" in tab.page.work.add_panel._rows["born_on"].error.text()
    birth.clear()
    qtbot.keyClicks(birth, "2 March 1985")
    press(tab, "new_add")
    added = tab.desk.clients.clients()[0]
    assert (added.reference, added.born_on) == ("W-1042", date(1985, 3, 2))


def test_a_blank_name_is_refused_beside_the_field(tab_of: Opening, qtbot: QtBot):
    tab = tab_of()
    press(tab, "no_client_action")
    field = tab.find(QLineEdit, "new_name")
    qtbot.keyClicks(field, "   ")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "needs a name" in tab.page.work.add_panel.name.error.text()
    assert tab.desk.clients.clients() == []


def test_a_second_client_of_the_same_name_is_pointed_out_first(tab_of: Opening, room: Room, qtbot: QtBot):
    room.client("Zofia Wójcik")
    tab = tab_of()
    press(tab, "add_client")
    field = tab.find(QLineEdit, "new_name")
    qtbot.keyClicks(field, "zofia wojcik")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "already a client" in tab.page.work.add_panel.name.error.text()
    assert len(tab.desk.clients.clients()) == 1
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert len(tab.desk.clients.clients()) == 2


def test_adding_is_taken_back_by_archiving(tab_of: Opening, qtbot: QtBot):
    tab = tab_of()
    press(tab, "no_client_action")
    qtbot.keyClicks(tab.find(QLineEdit, "new_name"), "Eve")
    press(tab, "new_add")
    tab.frame.stack.undo()
    assert tab.desk.clients.clients() == []
    tab.frame.stack.redo()
    assert [each.name for each in tab.desk.clients.clients()] == ["Eve"]


def test_the_demo_practice_takes_no_client_and_says_why(tab_of: Opening, room: Room):
    room.client("Marta")
    tab = tab_of()
    tab.desk.is_demo = True
    press(tab, "add_client")
    assert "demo practice opens for anyone" in tab.page.bar.text()
    assert tab.page.findChild(QWidget, "add_panel") is None


def test_the_table_says_where_each_client_stands(tab_of: Opening, room: Room):
    marta, hugo = room.client("Marta"), room.client("Hugo")
    course = room.course(marta)
    room.sessions(course, 1)
    room.desk.phases.keep_problem_area(ProblemArea(course_id=course.id, area="transition"))
    tab = tab_of()
    row = tab.row("Marta")
    assert (row[PHASE], row[SESSION], row[AREA], row[LAST_SEEN]) == ("Initial", "1 of 16", "Role transition", "Today")
    assert tab.row("Hugo")[PHASE] == "–"
    assert hugo.name == "Hugo"


def test_the_model_keeps_qts_rules(tab_of: Opening, room: Room, qtmodeltester: ModelTester):
    for name in ("Bo", "Zoë"):
        room.client(name)
    model = tab_of().page.list.table.clients
    qtmodeltester.check(model)
    model.filter("zoe", "")
    model.filter("", "")


def test_columns_sort_and_their_widths_are_remembered(tab_of: Opening, room: Room, qtbot: QtBot):
    for name in ("Ärla", "Bo", "Zoë"):
        room.client(name)
    tab = tab_of()
    assert tab.names() == ["Ärla", "Bo", "Zoë"]
    head = tab.page.list.table.horizontalHeader()
    qtbot.mouseClick(head.viewport(), LEFT, pos=QPoint(head.sectionPosition(0) + 20, 10))
    assert tab.names() == ["Zoë", "Bo", "Ärla"]
    head.resizeSection(2, 144)
    assert tab.frame.preferences.widths["client_table"][2] == 144


@pytest.mark.parametrize(("width", "scale"), [(1280, 1.0), (1000, 1.0), (1000, 1.5), (1900, 1.0)])
def test_every_column_is_in_sight(tab_of: Opening, room: Room, qapp: QApplication, width: int, scale: float):
    room.client("Marta")
    theme.apply(qapp, theme.Theme("light", scale))
    table = tab_of(width=width).page.list.table
    assert table.horizontalHeader().length() <= table.viewport().width()


def test_the_wheel_scrolls_the_file_and_changes_nothing(tab_of: Opening, room: Room):
    marta = room.client("Marta")
    tab = tab_of(marta)
    press(tab, "edit_details")
    status = tab.find(QComboBox, "file_status")
    status.setFocus()  # where the program put the cursor, too
    center = QPointF(status.rect().center())
    turn = QWheelEvent(
        center,
        QPointF(status.mapToGlobal(status.rect().center())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(status, turn)
    assert tab.page.flush()
    assert tab.desk.clients.client(marta.id).status is ClientStatus.ACTIVE


def test_the_filter_ignores_case_and_diacritics(tab_of: Opening, room: Room, qtbot: QtBot):
    for name in ("Zofia Wójcik", "Tomás Okoro", "Νίκος Παπαδάκης"):
        room.client(name)
    tab = tab_of()
    qtbot.keyClick(tab.page.focusWidget(), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = tab.find(QLineEdit, "client_filter")
    assert field.hasFocus()
    qtbot.keyClicks(field, "WOJCIK")
    assert tab.names() == ["Zofia Wójcik"]
    assert tab.find(QLabel, "client_count").text() == "1 of 3 clients"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert tab.frame.client_id == tab.desk.clients.clients()[1].id
    tab.page.filter_clients()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    field.setText("νικος")
    assert tab.names() == ["Νίκος Παπαδάκης"]
    qtbot.keyClicks(field, "zzz")
    assert tab.find(QWidget, "no_match").isVisible()
    press(tab, "no_match_action")
    assert len(tab.names()) == 3


def test_areas_phases_and_status_can_be_filtered_by(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    room.client("Hugo")
    room.desk.clients.add_client(Client(name="Ida", status=ClientStatus.WAITING))
    course = room.course(marta)
    room.desk.phases.keep_problem_area(ProblemArea(course_id=course.id, area="grief"))
    tab = tab_of()
    qtbot.keyClicks(tab.find(QLineEdit, "client_filter"), "grief initial")
    assert tab.names() == ["Marta"]
    tab.page.list.clear_filter()
    press(tab, "client_status_waiting")
    assert tab.names() == ["Ida"]


def test_return_and_double_click_choose_a_client_for_all_tabs(tab_of: Opening, room: Room, qtbot: QtBot):
    bo, zoe = room.client("Bo"), room.client("Zoë")
    tab = tab_of()
    table = tab.page.list.table
    assert table.hasFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert tab.frame.client_id == bo.id
    assert tab.find(QLabel, "file_heading").text() == "Bo"
    at = table.visualRect(table.clients.index(1, 0)).center()
    qtbot.mouseClick(table.viewport(), LEFT, pos=at)
    assert tab.frame.client_id == zoe.id
    qtbot.mouseDClick(table.viewport(), LEFT, pos=at)
    assert tab.page.file.hasFocus()


def test_a_narrow_window_opens_the_file_over_the_table(tab_of: Opening, room: Room, qtbot: QtBot):
    room.client("Bo")
    tab = tab_of(width=1000)
    table = tab.page.list.table
    assert table.isVisible()
    assert not tab.page.file.isVisible()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert tab.page.file.isVisible()
    assert not table.isVisible()
    press(tab, "all_clients")
    assert table.isVisible()
    assert table.hasFocus()


def test_the_file_is_edited_and_kept_when_a_field_is_left(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    tab = tab_of(marta)
    press(tab, "edit_contact")
    phone, email = tab.find(QLineEdit, "file_phone"), tab.find(QLineEdit, "file_email")
    assert phone.hasFocus()
    qtbot.keyClicks(phone, "0700 555 0142")
    qtbot.keyClick(phone, Qt.Key.Key_Tab)
    assert email.hasFocus()
    assert tab.desk.clients.client(marta.id).phone == "0700 555 0142"
    assert tab.page.file.save_state.words().startswith("Saved")
    assert tab.frame.save_states[-1] == "saved"
    tab.frame.stack.undo()
    assert tab.desk.clients.client(marta.id).phone == ""
    assert phone.text() == ""


def test_flush_keeps_what_is_being_typed(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    tab = tab_of(marta)
    press(tab, "edit_referral")
    words = tab.find(QPlainTextEdit, "file_own_words")
    qtbot.keyClicks(words, "Since the move I feel nothing.")
    assert tab.page.flush()
    assert tab.desk.clients.client(marta.id).own_words == "Since the move I feel nothing."


def test_a_second_of_quiet_keeps_it_too_as_one_step(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    tab = tab_of(marta)
    press(tab, "edit_contact")
    phone = tab.find(QLineEdit, "file_phone")
    qtbot.keyClicks(phone, "07")
    tab.settle(lambda: tab.desk.clients.client(marta.id).phone == "07")
    qtbot.keyClicks(phone, "00")
    qtbot.keyClick(phone, Qt.Key.Key_Tab)
    assert tab.desk.clients.client(marta.id).phone == "0700"
    assert tab.frame.stack.count() == 1


def test_a_wrong_date_is_said_beside_it_and_holds_nothing_up(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    tab = tab_of(marta)
    press(tab, "edit_details")
    birth = tab.find(QLineEdit, "file_born_on")
    qtbot.keyClicks(birth, "31/02/1985")
    qtbot.keyClicks(tab.find(QLineEdit, "file_reference"), "W-1")
    assert tab.page.flush()
    error = tab.page.file.sections["details"]._editors["born_on"].error
    assert "February has no 31" in error.text()
    assert "Everything else is kept" in error.text()
    kept = tab.desk.clients.client(marta.id)
    assert (kept.reference, kept.born_on) == ("W-1", None)
    birth.clear()
    qtbot.keyClicks(birth, "24/11/85")
    assert tab.page.flush()
    assert tab.desk.clients.client(marta.id).born_on == date(1985, 11, 24)
    assert error.text() == ""


def test_a_save_that_fails_keeps_the_words_and_is_not_flushed(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    tab = tab_of(marta)
    press(tab, "edit_details")
    name = tab.find(QLineEdit, "file_name")
    qtbot.keyClicks(name, " L.")
    room.desk.store.close()
    assert not tab.page.flush()
    assert name.text() == "Marta L."
    assert tab.frame.save_states[-1] == "failed"


def test_what_failed_is_kept_once_the_store_works_again(
    tab_of: Opening, room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    marta = room.client("Marta")
    tab = tab_of(marta)
    press(tab, "edit_contact")
    qtbot.keyClicks(tab.find(QLineEdit, "file_phone"), "0700")
    with monkeypatch.context() as broken:
        broken.setattr(room.desk.clients, "change_client", disk_is_full)
        assert not tab.page.flush()
    assert "the disk is full" in tab.page.bar.text()
    assert tab.page.flush()
    assert tab.desk.clients.client(marta.id).phone == "0700"


def disk_is_full(_client: Client) -> Client:
    raise SaveFailed(reason="the disk is full")


def test_the_file_folds_away_and_comes_back_with_a_client(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    tab = tab_of(marta)
    qtbot.keyClick(tab.page.list.table, Qt.Key.Key_F6)
    assert not tab.page.file.isVisible()
    assert tab.page.list.table.hasFocus()
    qtbot.keyClick(tab.page.list.table, Qt.Key.Key_Return)
    assert tab.page.file.isVisible()


def test_f2_edits_the_client_marked(tab_of: Opening, room: Room, qtbot: QtBot):
    room.client("Bo")
    zoe = room.client("Zoë")
    tab = tab_of()
    table = tab.page.list.table
    qtbot.keyClick(table, Qt.Key.Key_End)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    assert tab.frame.client_id == zoe.id
    name = tab.find(QLineEdit, "file_name")
    assert name.hasFocus()
    name.selectAll()
    qtbot.keyClicks(name, "Zoe")
    qtbot.keyClick(name, Qt.Key.Key_Escape)
    assert tab.names() == ["Bo", "Zoe"]
    assert not name.isVisible()


def test_the_menu_offers_what_can_be_done(tab_of: Opening, room: Room):
    marta = room.client("Marta")
    tab = tab_of()
    offered = {each.objectName(): each for each in tab.page.menus()["Client"]}
    assert offered["new_client"].isEnabled()
    assert not offered["archive"].isEnabled()
    tab.page.choose_client(marta.id)
    assert offered["archive"].isEnabled()
    assert offered["begin_course_action"].isEnabled()
    assert not offered["end_course_action"].isEnabled()
    room.course(marta)
    tab.page.choose_client(marta.id)
    tab.frame.choose_client(marta.id)
    assert offered["end_course_action"].isEnabled()
    offered["archive"].trigger()
    assert offered["bring_back"].isEnabled()


def test_archive_and_its_undo(tab_of: Opening, room: Room):
    marta = room.client("Marta")
    room.client("Hugo")
    tab = tab_of(marta)
    press(tab, "archive_client")
    assert tab.desk.clients.client(marta.id).is_archived
    assert tab.names() == ["Hugo"]
    assert "Marta was archived" in tab.page.bar.text()
    press(tab, "undo_archive")
    assert not tab.desk.clients.client(marta.id).is_archived
    assert tab.names() == ["Hugo", "Marta"]


def test_what_a_step_said_goes_with_its_undo(tab_of: Opening, room: Room):
    marta = room.client("Marta")
    tab = tab_of(marta)
    press(tab, "archive_client")
    assert "Marta was archived" in tab.page.bar.text()
    tab.frame.stack.undo()
    assert not tab.page.bar.isVisible()


def test_archived_files_can_be_shown_and_brought_back(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    room.desk.clients.archive_client(marta.id)
    tab = tab_of()
    box = tab.find(QCheckBox, "show_archived")
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert tab.row("Marta")[-1] == "Archived"
    tab.page.open_client(marta.id)
    press(tab, "bring_back_client")
    assert not tab.desk.clients.client(marta.id).is_archived
    tab.frame.stack.undo()
    assert tab.desk.clients.client(marta.id).is_archived


def test_privacy_shows_initials(tab_of: Opening, room: Room):
    marta = room.desk.clients.add_client(Client(name="Marta Lindqvist", initials="M.L."))
    tab = tab_of(marta)
    tab.frame.has_initials = True
    tab.page.show_client(marta.id, None)
    assert tab.names() == ["M.L."]
    assert not [each for each in words_on(tab.page) if "Marta" in each]


def test_what_another_view_stores_is_shown(tab_of: Opening, room: Room):
    tab = tab_of()
    room.client("Marta")
    tab.settle(lambda: tab.names() == ["Marta"])


def words_on(widget: QWidget) -> list[str]:
    """Return every word a widget or one inside it holds: shown or not."""
    found: list[str] = []
    for each in (widget, *widget.findChildren(QWidget)):
        found += [each.accessibleName(), each.accessibleDescription(), each.toolTip()]
        if isinstance(each, QLabel | QAbstractButton | QLineEdit):
            found.append(each.text())
        if isinstance(each, QPlainTextEdit):
            found.append(each.toPlainText())
        if isinstance(each, QTableView):
            model = each.model()
            cells = [model.index(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())]
            found += [str(cell.data()) for cell in cells]
    return found


def test_forgetting_leaves_no_clinical_word(tab_of: Opening, room: Room, qtbot: QtBot):
    word = "Quetzal"
    marta = room.desk.clients.add_client(
        Client(
            name=f"Marta {word}",
            reference=word,
            pronouns=word,
            phone=word,
            emergency_name=word,
            own_words=word,
            presenting_problem=word,
        )
    )
    course = room.course(marta, frequency=word)
    tab = tab_of(marta)
    for section in tab.page.file.sections.values():
        section.edit()
    tab.page.courses.ask_for_terms()
    tab.page.courses.ask_for_ending()
    tab.page.work.ask_for_client()
    qtbot.keyClicks(tab.find(QLineEdit, "new_name"), word)
    press(tab, "new_more")
    qtbot.keyClicks(tab.find(QLineEdit, "new_phone"), word)
    qtbot.keyClicks(tab.find(QLineEdit, "client_filter"), word)
    tab.page.open_client(marta.id)
    tab.page.work.archive_client()
    assert any(word in each for each in words_on(tab.page))
    tab.page.forget()
    assert [each for each in words_on(tab.page) if word in each or course.id in each] == []


def test_everything_that_can_be_used_has_a_name(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    room.course(marta)
    tab = tab_of(marta)
    for section in tab.page.file.sections.values():
        section.edit()
    tab.page.courses.ask_for_terms()
    tab.page.courses.ask_for_ending()
    tab.page.work.ask_for_client()
    press(tab, "new_more")
    assert unnamed(tab.page) == []
