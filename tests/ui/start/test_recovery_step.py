"""The recovery step: nothing goes on before a group was typed back, every slip is named, and the code is a picture only."""

import io
import os
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtCore import QObject, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import Practice
from ipt_desktop.services.page_images import page_images, some_page_images
from ipt_desktop.services.recovery_code import ALPHABET, code_of, groups_of, is_group
from ui.printing import Printing
from ui.start.recovery_step import RecoveryStep

CODE = code_of(bytes(range(7, 39)))
GROUPS = groups_of(CODE)
PRACTICE = Practice(id="p", name="Quiet Street", therapist="Dr Hanna Weiss")


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1280, 800)
    return host


@pytest.fixture
def step(qtbot: QtBot, host: QWidget) -> RecoveryStep:
    made = RecoveryStep(CODE, PRACTICE, lambda group, typed: is_group(CODE, group, typed), host, stop="Stop creating")
    made.resize(host.size())
    host.show()
    qtbot.waitUntil(lambda: bool(made.preview.pages))
    return made


def button(step: QWidget, name: str) -> QPushButton:
    found = step.findChild(QPushButton, name)
    assert found is not None
    return found


def text_of(pdf: Path) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf))


def test_it_goes_on_only_after_the_group_was_typed_back(qtbot: QtBot, step: RecoveryStep):
    confirmed: list[bool] = []
    step.confirmed.connect(lambda: confirmed.append(True))
    button(step, "recovery_confirm").click()
    assert step.error.text().startswith(f"Type group {step.group};")
    for place, right in enumerate(group := GROUPS[step.group - 1]):
        for wrong in ALPHABET.replace(right, ""):
            step.field.setText(group[:place] + wrong + group[place + 1 :])
            qtbot.keyClick(step.field, Qt.Key.Key_Return)
            assert f"Character {place + 1} is not" in step.error.text()
    assert not confirmed
    step.field.clear()
    qtbot.keyClicks(step.field, group.lower())
    assert step.error.text() == "", "what is being mended is wrong no more"
    qtbot.keyClick(step.field, Qt.Key.Key_Return)
    assert confirmed == [True]
    assert step.field.text() == ""
    assert not step.preview.pages
    qtbot.keyClick(step.field, Qt.Key.Key_Return)
    assert confirmed == [True], "it is over"


def test_another_group_is_told_by_its_number(step: RecoveryStep):
    other = step.group % len(GROUPS) + 1
    step.field.setText(GROUPS[other - 1])
    button(step, "recovery_confirm").click()
    assert step.error.text().startswith(f"That is group {other}. Type group {step.group}")


def test_the_code_is_in_no_widget_but_as_a_picture(step: RecoveryStep):
    said = []
    for each in [step, *step.findChildren(QObject)]:
        for asked in ("text", "accessibleName", "accessibleDescription", "toolTip", "toPlainText", "windowTitle"):
            told = getattr(each, asked, None)
            if callable(told):
                said.append(str(told()))
    for group in GROUPS:
        assert not any(group in each for each in said)
    assert "fourteen numbered groups" in step.preview.scroller.accessibleDescription()


def test_the_sheet_is_out_of_sight_while_its_group_is_typed(qtbot: QtBot, step: RecoveryStep):
    with qtbot.waitActive(step.window()):
        step.window().activateWindow()
    step.field.setFocus()
    qtbot.waitUntil(step.field.hasFocus)
    assert not step.preview.isVisible()
    button(step, "recovery_save").setFocus()
    assert step.preview.isVisible()


def test_it_is_saved_as_what_is_seen_for_this_user_alone(qtbot: QtBot, step: RecoveryStep, tmp_path: Path):
    button(step, "recovery_save").click()
    dialog = step.findChild(QFileDialog, "recovery_save_dialog")
    assert dialog is not None
    assert "weiss" not in dialog.selectedFiles()[0].lower(), "the name offered tells nobody whose it is"
    step.save_to(str(tmp_path / "sheet.pdf"))
    assert " ".join(f"{number} {group}" for number, group in enumerate(GROUPS, 1)) in text_of(tmp_path / "sheet.pdf")
    assert "move it off this computer" in step.bar.text()
    if os.name == "posix":
        assert (tmp_path / "sheet.pdf").stat().st_mode & 0o077 == 0
    step.save_to(str(tmp_path / "not there" / "sheet.pdf"))
    assert "was not saved" in step.bar.text()


def test_it_is_printed_whole(qtbot: QtBot, step: RecoveryStep, tmp_path: Path):
    paper = tmp_path / "printed.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(paper))
    step.save_to(str(tmp_path / "sheet.pdf"))
    printing = Printing(some_page_images, step)
    with qtbot.waitSignal(printing.printed):
        printing.print_on(printer, (tmp_path / "sheet.pdf").read_bytes())
    (sheet,) = pypdfium2.PdfDocument(paper)
    assert (round(sheet.get_width()), round(sheet.get_height())) == (595, 842)
    (picture,) = page_images(paper.read_bytes(), 1654)
    (original,) = page_images((tmp_path / "sheet.pdf").read_bytes(), 1654)
    page = Image.open(io.BytesIO(picture)).convert("L")
    box = Image.open(io.BytesIO(original)).convert("L").point(lambda value: 255 * (value < 200)).getbbox()
    left, top, right, bottom = page.point(lambda value: 255 * (value < 200)).getbbox()
    assert all(abs(one - other) <= 6 for one, other in zip((left, top, right, bottom), box, strict=True)), "to the millimetre"


def test_printing_asks_which_printer(qtbot: QtBot, step: RecoveryStep):
    button(step, "recovery_print").click()
    dialog = step.findChild(QPrintDialog, "print_dialog")
    assert dialog is not None
    assert dialog.printer().docName() == "Recovery sheet"
    dialog.reject()
    assert step.bar.text() == ""


def test_the_way_out_is_the_owners(qtbot: QtBot, step: RecoveryStep, host: QWidget):
    with qtbot.waitSignal(step.stopped):
        button(step, "recovery_stop").click()
    assert RecoveryStep(CODE, PRACTICE, lambda group, typed: True, host).findChild(QPushButton, "recovery_stop") is None
