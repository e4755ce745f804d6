"""A circle on its way out of the program: chosen, looked at, saved or copied, noted, and let go of."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QFileDialog, QLabel, QLineEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.audit import Wanted
from ipt_desktop.domain.audit_words import Act, detail_words, operations_of
from ipt_desktop.domain.circle_order import CircleForm
from ipt_desktop.domain.circle_overlay import Overlay
from ipt_desktop.domain.picture import ArcLabel, Picture
from ipt_desktop.domain.records import Placement, Sitting
from ipt_desktop.services import page_images
from tests.ui.circle.room import THEN, WEEK, CircleRoom
from tests.ui.practice_room import open_room
from ui.circle.export.page import ExportPage
from ui.lock.clipboard import OwnCopies
from ui.widgets.buttons import Button


class Room(CircleRoom):
    """The page a circle leaves by, and what a hand does on it."""

    bot: QtBot

    @property
    def export(self) -> ExportPage:
        page = self.page.export.page
        assert page is not None
        return page

    def open(self) -> None:
        action = next(each for each in self.page.menus()["Circle"] if each.objectName() == "circle_menu_export")
        assert action.text() == "Export the circle…"
        action.trigger()
        self.wait()

    def wait(self) -> None:
        """Wait until what was chosen last is made and shown."""
        self.bot.waitUntil(lambda: not self.export.maker.is_busy, timeout=20_000)

    def click(self, name: str) -> None:
        button = self.export.findChild(QAbstractButton, name)
        assert isinstance(button, QAbstractButton)
        self.export.choices.scroller.ensureWidgetVisible(button)
        self.bot.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(14, button.height() // 2))
        self.wait()

    def type(self, name: str, words: str) -> None:
        line = self.line(name)
        line.setFocus()
        self.bot.keyClicks(line, words)

    def line(self, name: str) -> QLineEdit:
        found = self.export.findChild(QLineEdit, name)
        assert isinstance(found, QLineEdit)
        return found

    def choose(self, name: str, words: str) -> None:
        combo = self.export.findChild(QComboBox, name)
        assert isinstance(combo, QComboBox)
        combo.setCurrentIndex(combo.findText(words))
        combo.activated.emit(combo.currentIndex())
        self.wait()

    def trail(self) -> list[str]:
        return [detail_words(each) for each in self.desk.audit.entries(Wanted(operations=operations_of(Act.GIVEN_OUT)))]


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    with open_room(tmp_path) as practice:
        room = Room(practice)
        room.bot = qtbot
        qtbot.waitExposed(room.frame)
        room.open()
        yield room
        QGuiApplication.clipboard().clear()


def pdf_text(pdf: bytes) -> str:
    """Read a PDF while no preview is being made: PDFium ends the program where two threads are in it."""
    with page_images._one_at_a_time:
        document = pypdfium2.PdfDocument(io.BytesIO(pdf))
        words = []
        for page in document:
            text = page.get_textpage()
            words += text.get_text_range().split()
            text.close()
            page.close()
        document.close()
    return " ".join(words)


def saved(room: Room, path: Path) -> bytes:
    room.export.save_to(path)
    room.bot.waitUntil(path.exists)
    return path.read_bytes()


# -- the way there and back ----------------------------------------------------------------------------------------


def test_the_menu_leads_to_the_page_and_escape_back(room: Room, qtbot: QtBot) -> None:
    assert room.frame.tab == "circle"
    assert room.export.isVisible()
    assert not room.page.columns.isVisible()
    focused = room.export.choices.findChild(QRadioButton, "export_form_pdf")
    assert isinstance(focused, QRadioButton)
    assert focused.isChecked()
    qtbot.keyClick(room.export, Qt.Key.Key_Escape)
    assert room.page.columns.isVisible()
    room.open()
    room.click("export_back")
    assert room.page.columns.isVisible()


def test_it_begins_with_the_circle_shown_by_initials(room: Room, tmp_path: Path) -> None:
    text = pdf_text(saved(room, tmp_path / "a.pdf"))
    assert "moved since before this began" in text
    assert "Johan" not in text
    assert "Marta" not in text
    assert "initials" in room.export.choices.sentence.text()
    assert "names" in room.export.choices.sentence.text().partition("Leaves out")[2]


def test_without_a_course_there_is_nothing_to_leave(room: Room) -> None:
    room.frame.choose_client(room.desk.clients.add_client(room.client.__class__(name="Ola Ek")).id)
    assert not room.page.export.action.isEnabled()
    assert not room.export.isVisible()
    room.frame.choose_client(room.client.id)
    assert room.page.columns.isVisible(), "another client's export is over"
    assert room.page.export.action.isEnabled()


# -- what is made --------------------------------------------------------------------------------------------------


def test_the_bytes_shown_are_the_bytes_saved(room: Room, tmp_path: Path) -> None:
    assert saved(room, tmp_path / "a.pdf") == room.export.preview.pages._pdf
    room.click("export_form_png")
    assert saved(room, tmp_path / "a.png") == room.export.preview.pages._pdf
    assert room.export.bar.text().startswith("Saved")
    assert "not encrypted" in room.export.bar.text()
    assert room.trail() == ["Closeness circle; PNG, 2×; with initials", "Closeness circle; PDF page; with initials"]


def test_a_picture_has_twice_or_four_times_its_pixels(room: Room, tmp_path: Path) -> None:
    sizes = []
    for form in ("png", "png-large"):
        room.click(f"export_form_{form}")
        image = QImage.fromData(saved(room, tmp_path / f"{form}.png"))
        sizes.append((image.width(), image.height()))
        colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
        assert len(colours) > 3, "something is drawn"
    assert abs(sizes[1][0] - 2 * sizes[0][0]) <= 2
    assert sizes[0][0] > 1200


def test_a_vector_picture_with_pseudonyms(room: Room, tmp_path: Path) -> None:
    room.click("export_form_svg")
    room.click("export_naming_pseudonyms")
    text = saved(room, tmp_path / "a.svg").decode()
    assert ">Mother-in-law</text>" in text
    for name in ("Johan", "Ruth", "Elin", "Marta"):
        assert name not in text


def test_a_table_is_shown_as_it_will_be(room: Room, tmp_path: Path) -> None:
    room.click("export_form_csv")
    room.click("export_naming_names")
    table = room.export.preview.table
    assert table.isVisible()
    cells = {str(table.item(row, 0).text()): table.item(row, 6).text() for row in range(table.rowCount())}
    assert cells == {"Elin": "inner", "Ruth": "middle", "Choir": "outer", "Johan": "outer"}
    assert '"Johan","husband"' in saved(room, tmp_path / "a.csv").decode("utf-8-sig")
    assert "Everyone is named" in room.export.caution.text()
    assert not room.export.choices.copy.isVisible(), "a table is no picture"
    room.click("export_form_graphml")
    assert "<graphml" in room.export.preview.text.toPlainText()
    room.click("export_naming_initials")
    assert room.export.caution.text() == ""
    assert "Johan" not in room.export.preview.text.toPlainText()


def test_circles_through_treatment_are_two_to_four(room: Room, tmp_path: Path) -> None:
    add_sittings(room, 4)
    room.open()
    room.click("export_kind_through")
    boxes = room.export.choices.sittings.findChildren(QCheckBox)
    assert [box.isChecked() for box in boxes] == [True, True, False, True, False, True], "before, start, middle, end"
    assert [box.isEnabled() for box in boxes if not box.isChecked()] == [False, False], "four are enough"
    text = pdf_text(saved(room, tmp_path / "a.pdf"))
    assert "The circle through treatment" in text
    assert "J., husband" in text
    for box in boxes:
        if box.isChecked() and box.objectName() != "export_sitting_0":
            room.click(box.objectName())
    assert "at least two" in room.export.choices.sentence.text()
    assert not room.export.choices.save.isEnabled()
    room.click("export_sitting_4")
    assert room.export.choices.save.isEnabled()
    assert all(box.isEnabled() for box in boxes)


def add_sittings(room: Room, count: int) -> None:
    def draw(writing: object) -> None:
        week = room.row(WEEK, "johan")
        assert week is not None
        for number in range(count):
            sitting = Sitting(course_id=room.course.id, date=week_of(room), name=f"drawn {number}")
            writing.insert(sitting)  # type: ignore[attr-defined]
            writing.insert(Placement(person_id="johan", sitting_id=sitting.id, felt=0.1 * number))  # type: ignore[attr-defined]

    room.desk.store.write(draw)


def week_of(room: Room):
    return next(each.date for each in room.desk.circles.sittings(room.course.id) if each.id == WEEK)


def test_another_circle_and_another_comparison(room: Room, tmp_path: Path) -> None:
    room.choose("export_sitting", "Before this began")
    room.choose("export_since", "nothing")
    text = pdf_text(saved(room, tmp_path / "a.pdf"))
    assert "as told on" in text
    assert "moved since" not in text
    assert "club" not in text, "the choir was not there yet"


def test_what_is_stored_meanwhile_shows(room: Room, tmp_path: Path) -> None:
    room.click("export_form_csv")
    room.click("export_naming_names")
    room.desk.circles.change_person(room.people["johan"].__class__(**{**as_fields(room, "johan"), "name": "Jonas"}))
    room.bot.waitUntil(lambda: "Jonas" in names_in(room))


def as_fields(room: Room, person_id: str) -> dict[str, object]:
    person = room.people[person_id]
    return {name: getattr(person, name) for name in person.__slots__}


def names_in(room: Room) -> list[str]:
    table = room.export.preview.table
    return [table.item(row, 0).text() for row in range(table.rowCount())]


# -- leaving -------------------------------------------------------------------------------------------------------


def test_saving_asks_for_the_passphrase_first(room: Room) -> None:
    asked: list[Callable[[], None]] = []
    room.frame.when_sure = asked.append  # type: ignore[method-assign]
    room.click("export_save")
    assert room.export.findChild(QFileDialog, "export_dialog") is None
    asked.pop()()
    dialog = room.export.findChild(QFileDialog, "export_dialog")
    assert isinstance(dialog, QFileDialog)
    (offered,) = dialog.selectedFiles()
    assert Path(offered).name.startswith("ML circle ")
    dialog.reject()
    room.click("export_copy")
    assert QGuiApplication.clipboard().image().isNull()
    assert len(asked) == 1


def test_the_dialog_saves_where_it_is_told(room: Room, tmp_path: Path) -> None:
    room.click("export_form_svg")
    room.click("export_save")
    dialog = room.export.findChild(QFileDialog, "export_dialog")
    assert isinstance(dialog, QFileDialog)
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile("chosen")
    dialog.accept()
    assert (tmp_path / "chosen.svg").read_bytes().startswith(b"<?xml")


def test_with_a_recipient_it_is_a_disclosure(room: Room, tmp_path: Path) -> None:
    room.click("export_form_svg")
    saved(room, tmp_path / "own.svg")
    assert room.desk.disclosures.of_client(room.client.id) == []
    room.type("report_recipient", "Dr Ng <GP>")
    room.type("report_purpose", "supervision")
    assert "<b>Goes to</b> Dr Ng &lt;GP&gt;" in room.export.choices.sentence.text()
    saved(room, tmp_path / "given.svg")
    (kept,) = room.desk.disclosures.of_client(room.client.id)
    assert (kept.what, kept.how, kept.recipient, kept.purpose) == ("circle", "svg", "Dr Ng <GP>", "supervision")
    assert "given to Dr Ng" in room.export.bar.text()
    assert room.line("report_recipient").text() == "", "the next one is not given to the same by mistake"


def test_a_purpose_without_a_recipient_is_asked_about(room: Room) -> None:
    room.type("report_purpose", "supervision")
    room.click("export_save")
    assert room.export.findChild(QFileDialog, "export_dialog") is None
    error = room.export.findChild(QLabel, "report_addressee_error_words")
    assert isinstance(error, QLabel)
    assert "to whom" in error.text()
    assert not room.line("report_recipient").visibleRegion().isEmpty()


def test_a_failing_save_says_so(room: Room, tmp_path: Path) -> None:
    room.export.save_to(tmp_path / "nowhere" / "a.pdf")
    assert room.export.bar.text().startswith("Not saved")
    assert "nowhere" in room.export.bar.text()
    assert room.trail() == []


def test_what_is_copied_is_noted_and_a_lock_takes_it_back(room: Room) -> None:
    copies = OwnCopies(room.frame)
    clipboard = QGuiApplication.clipboard()
    room.type("report_recipient", "Dr Ng")
    room.click("export_copy")
    assert clipboard.image().width() > 1200
    assert clipboard.mimeData().data("image/png").data().startswith(b"\x89PNG")
    assert room.trail() == ["Closeness circle; copied as a picture; with initials"]
    (kept,) = room.desk.disclosures.of_client(room.client.id)
    assert kept.how == "clipboard"
    assert "Copied as a picture" in room.export.bar.text()
    copies.take_back()
    assert clipboard.image().isNull()
    copies.leave()


# -- nothing stays -------------------------------------------------------------------------------------------------


def test_forgetting_leaves_no_word_and_no_dialog(room: Room) -> None:
    room.click("export_form_csv")
    room.click("export_naming_names")
    room.type("report_recipient", "Dr Ng")
    room.click("export_save")
    export = room.export
    room.page.forget()
    assert export.preview.table.rowCount() == 0
    assert export.preview.text.toPlainText() == ""
    assert export.preview.pages._pdf == b""
    assert export.choices.sentence.text() == ""
    assert room.line("report_recipient").text() == ""
    assert export._copy is None
    assert export.caution.text() == ""
    assert not any(dialog.isVisible() for dialog in export.findChildren(QFileDialog))
    combos = export.choices.sittings.findChildren(QComboBox)
    assert [combo.itemText(place) for combo in combos for place in range(combo.count())] == ["Now", "nothing"]


def test_forgetting_while_it_is_made_brings_nothing_back(room: Room) -> None:
    radio = room.export.findChild(QRadioButton, "export_form_graphml")
    assert isinstance(radio, QRadioButton)
    radio.click()
    room.export.maker._on_quiet()
    room.page.forget()
    room.bot.waitUntil(lambda: not room.export.maker._is_running)
    assert room.export.preview.text.toPlainText() == ""
    assert room.export._copy is None


# -- for every hand and eye ----------------------------------------------------------------------------------------


def test_everything_that_can_be_used_has_a_name(room: Room) -> None:
    for kind in (QAbstractButton, QLineEdit, QComboBox):
        for widget in room.export.findChildren(kind):
            if not widget.objectName().startswith("qt_"):
                assert widget.objectName(), widget
                assert widget.accessibleName(), widget.objectName()


@pytest.mark.parametrize("width", [1280, 1024, 800])
def test_the_choices_have_room_in_a_narrow_window(room: Room, qtbot: QtBot, width: int) -> None:
    room.frame.resize(width, 560)
    qtbot.waitUntil(lambda: room.frame.width() <= max(width, room.frame.minimumSizeHint().width()))
    body = room.export.choices.scroller.widget()
    assert isinstance(body, QWidget)
    assert body.minimumSizeHint().width() <= room.export.choices.scroller.viewport().width()


def test_the_keyboard_reaches_every_choice(room: Room, qtbot: QtBot) -> None:
    room.export.choices.focus_first()
    reached = set()
    for _step in range(40):
        focused = QGuiApplication.focusObject()
        reached.add(focused.objectName() if focused else "")
        if isinstance(focused, Button | QRadioButton | QCheckBox | QComboBox | QLineEdit | QWidget):
            qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert {"export_form_pdf", "export_naming_initials", "export_sitting", "export_since", "export_wanted"} <= reached
    assert {"report_to", "export_save", "export_copy", "export_back"} <= reached


def test_the_sitting_of_the_tab_is_the_first_offered(room: Room) -> None:
    room.click("export_back")
    room.frame.preferences.has_less_motion = True
    room.page.back.show("before")
    room.open()
    combo = room.export.findChild(QComboBox, "export_sitting")
    assert isinstance(combo, QComboBox)
    assert combo.currentData() == THEN


def test_it_opens_with_what_the_tab_shows_beside_people(room: Room, qtbot: QtBot) -> None:
    room.page.sector_verbs.begin()
    room.click("export_back")
    for name in ("circle_ties", "circle_sectors"):
        box = room.page.toolbar.findChild(QCheckBox, name)
        assert box is not None
        qtbot.keyClick(box, Qt.Key.Key_Space)
    room.page.toolbar.overlay_choice.choose(Overlay.CONTACT)
    room.open()
    order = room.export.choices.order
    assert order is not None
    assert (order.are_ties_shown, order.are_sectors_shown, order.overlay) == (True, True, Overlay.CONTACT)
    said = room.export.choices.sentence.text()
    assert said.index("sectors") < said.index("Leaves out")
    assert said.index("contact") < said.index("Leaves out")
    assert said.index("conflict") > said.index("Leaves out")
    assert room.export._copy is not None
    assert "Community" in {mark.text for mark in picture_of(room).marks if isinstance(mark, ArcLabel)}
    room.choose("export_overlay", "Nothing")
    room.click("export_sectors")
    assert not [mark for mark in picture_of(room).marks if isinstance(mark, ArcLabel) and mark.text == "Community"]


def picture_of(room: Room) -> Picture:
    """Return the picture that leaves when what is chosen is made as one."""
    order = room.export.choices.order
    assert order is not None
    picture = room.desk.circle_exports.make(replace(order, form=CircleForm.SVG)).picture
    assert picture is not None
    return picture


def test_without_sectors_none_are_offered(room: Room) -> None:
    box = room.export.findChild(QCheckBox, "export_sectors")
    assert box is not None
    assert not box.isVisible()
    assert "sectors" not in room.export.choices.sentence.text()
