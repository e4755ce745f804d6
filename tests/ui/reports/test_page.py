"""The Reports tab on a real practice: what is seen is what is saved, and every word typed is kept."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QDialog, QFileDialog, QLabel, QLineEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.records import Client
from ipt_desktop.services import page_images
from tests.services.summary_case import Case
from tests.ui.practice_room import RoomFrame
from ui.forms.prose import ProseEdit
from ui.reports.page import ReportsPage
from ui.widgets.buttons import Button

pytestmark = pytest.mark.usefixtures("qapp")


@contextmanager
def read(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF while no preview is being made: PDFium ends the whole program when two threads are in it, or free in it."""
    QThreadPool.globalInstance().waitForDone(10_000)
    with page_images._one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        yield document
        document.close()


def text_of(pdf: bytes) -> str:
    words: list[str] = []
    with read(pdf) as document:
        for page in document:
            text = page.get_textpage()
            words += text.get_text_range().split()
            text.close()
            page.close()
    return " ".join(words)


def saved_text(page: ReportsPage, qtbot: QtBot, path: Path) -> str:
    page.save_to(path)
    qtbot.waitUntil(path.exists)
    return text_of(path.read_bytes())


def prose(page: ReportsPage, key: str) -> ProseEdit:
    field = page.choices.form.editor(key).findChild(ProseEdit)
    assert isinstance(field, ProseEdit)
    return field


def write(page: ReportsPage, qtbot: QtBot, key: str, words: str) -> None:
    """Replace a text by typing, and wait until the pages with it are on screen."""
    field = prose(page, key)
    field.setFocus()
    field.selectAll()
    with qtbot.waitSignal(page.typesetter.made, timeout=10_000):
        qtbot.keyClicks(field, words)
    qtbot.waitUntil(lambda: not page.typesetter.is_busy)


def test_the_bytes_shown_are_the_bytes_saved(page: ReportsPage, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    page.save_to(path)
    assert path.read_bytes() == page.preview._pdf
    pictures = page.desk.reporting.pages(path.read_bytes(), page.preview.pages[0]._picture.width())
    assert len(pictures) == len(page.preview.pages)
    for view, png in zip(page.preview.pages, pictures, strict=True):
        assert view._picture.toImage().convertToFormat(QImage.Format.Format_RGB32) == QImage.fromData(png).convertToFormat(
            QImage.Format.Format_RGB32
        )
    assert page.bar.text().startswith("Saved as PDF")
    assert "not encrypted" in page.bar.text()


def test_with_a_recipient_saving_is_a_disclosure(page: ReportsPage, case: Case, qtbot: QtBot, tmp_path: Path) -> None:
    recipient, purpose = field(page, "report_recipient"), field(page, "report_purpose")
    page.save_to(tmp_path / "own.pdf")
    assert case.desk.disclosures.of_client(case.client.id) == []
    recipient.setText(" Dr Ng, GP ")
    purpose.setText("handing over")
    assert "<b>Goes to</b> Dr Ng, GP, and into the client’s list of disclosures." in page.choices.foot.sentence.text()
    page.save_to(tmp_path / "out.pdf")
    (kept,) = case.desk.disclosures.of_client(case.client.id)
    assert "Goes to" not in page.choices.foot.sentence.text(), "nor the next one"
    assert (kept.recipient, kept.purpose, kept.what) == ("Dr Ng, GP", "handing over", "termination-summary")
    assert "given to Dr Ng, GP" in page.bar.text()
    assert (recipient.text(), purpose.text()) == ("", ""), "the next one is not given to the same by mistake"


def test_a_purpose_without_a_recipient_is_asked_about(page: ReportsPage) -> None:
    field(page, "report_purpose").setText("handing over")
    bar = page.choices.scroller.verticalScrollBar()
    bar.setValue(bar.maximum())
    page.save_as()
    assert not field(page, "report_recipient").visibleRegion().isEmpty(), "what is missing is in sight"
    assert page.findChild(QFileDialog, "save_report_dialog") is None
    error = page.findChild(QLabel, "report_addressee_error_words")
    assert error is not None
    assert "to whom" in error.text()
    page.forget()
    assert (field(page, "report_purpose").text(), error.text()) == ("", "")


def print_to(page: ReportsPage, qtbot: QtBot, path: Path) -> str:
    """Press Print, choose a file in place of a machine, and let it print; return what the queue is told."""
    page.choices.foot.print.click()
    qtbot.waitUntil(lambda: page.findChild(QPrintDialog, "print_dialog") is not None, timeout=10_000)
    dialog = page.findChild(QPrintDialog, "print_dialog")
    dialog.printer().setOutputFileName(str(path))
    told = dialog.printer().docName()
    dialog.done(QDialog.DialogCode.Accepted)
    qtbot.waitUntil(lambda: page.bar.text() != "", timeout=10_000)
    return told


def test_printing_is_noted_and_with_a_recipient_a_disclosure(
    page: ReportsPage, case: Case, qtbot: QtBot, tmp_path: Path
) -> None:
    assert print_to(page, qtbot, tmp_path / "own.pdf") == "Document"
    assert page.bar.text() == "Sent to the printer"
    assert case.desk.disclosures.of_client(case.client.id) == []
    with read((tmp_path / "own.pdf").read_bytes()) as document:
        assert len(document) == len(page.preview.pages)
    page.bar.clear()
    field(page, "report_recipient").setText("Dr Ng")
    print_to(page, qtbot, tmp_path / "given.pdf")
    (kept,) = case.desk.disclosures.of_client(case.client.id)
    assert (kept.recipient, kept.how, kept.what) == ("Dr Ng", "paper", "termination-summary")
    assert "given to Dr Ng" in page.bar.text()
    noted = [each for each in case.desk.audit.entries() if each.operation == "report_printed"]
    assert len(noted) == 2
    assert noted[0].client_id == case.client.id


def test_what_a_damaged_practice_could_not_note_is_not_printed(page: ReportsPage, case: Case) -> None:
    case.desk.store.stop_writing("a page was altered")
    page.choices.foot.print.click()
    assert page.findChild(QPrintDialog, "print_dialog") is None
    assert page.bar.text().startswith("Not printed")


def field(page: ReportsPage, name: str) -> QLineEdit:
    found = page.findChild(QLineEdit, name)
    assert found is not None
    return found


def test_the_texts_show_what_the_record_says_with_initials(page: ReportsPage) -> None:
    assert prose(page, "gains").toPlainText() == "She tells T.N. what the week was like."
    assert prose(page, "circle_change").toPlainText() == ""
    assert not page.choices.form.editor("gains").findChild(Button, "restore_gains").isVisibleTo(page)


def test_a_changed_text_is_kept_and_printed_and_given_back(page: ReportsPage, case: Case, qtbot: QtBot, tmp_path: Path) -> None:
    write(page, qtbot, "gains", "Sleeps through.")
    assert "Sleeps through." in saved_text(page, qtbot, tmp_path / "own.pdf")
    (document,) = case.desk.documents.of_course(case.course.id, Purpose.TERMINATION_SUMMARY)
    assert list(document.answers) == ["gains"]
    back = page.choices.form.editor("gains").findChild(Button, "restore_gains")
    assert back.isVisibleTo(page)
    with qtbot.waitSignal(page.typesetter.made):
        back.click()
    assert prose(page, "gains").toPlainText() == "She tells T.N. what the week was like."
    assert "She tells T.N." in saved_text(page, qtbot, tmp_path / "back.pdf")
    assert not page.choices.form.editor("gains").findChild(Button, "restore_gains").isVisibleTo(page)


def test_saving_straight_after_typing_saves_what_was_typed(page: ReportsPage, qtbot: QtBot, tmp_path: Path) -> None:
    field = prose(page, "plan")
    field.selectAll()
    qtbot.keyClicks(field, "Three sessions more.")
    assert page.flush()
    assert "Three sessions more." in saved_text(page, qtbot, tmp_path / "out.pdf")


def test_parts_and_paper_change_the_pages(page: ReportsPage, qtbot: QtBot, tmp_path: Path) -> None:
    before = page.preview._pdf
    with qtbot.waitSignal(page.typesetter.made):
        page.choices.findChild(QCheckBox, "include_risk").click()
    assert "risk line" in page.choices.foot.sentence.text().partition("Leaves out")[2]
    assert page.preview._pdf != before
    with qtbot.waitSignal(page.typesetter.made):
        page.choices.findChild(QAbstractButton, "report_paper_Letter").click()
    path = tmp_path / "out.pdf"
    assert "passive ideation" not in saved_text(page, qtbot, path)
    with read(path.read_bytes()) as document:
        assert round(document.get_page_size(0)[0]) == 612


def test_unprintable_characters_are_named_before_anything_is_saved(page: ReportsPage, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    prose(page, "gains").selectAll()
    with qtbot.waitSignal(page.typesetter.made, timeout=10_000):
        prose(page, "gains").insertPlainText("She drew a \N{WATERMELON} for Tomasz.")
        assert page.flush()
        page.save_to(path)  # asked for before the pages with it have been seen
    assert "Watermelon (\u2068\N{WATERMELON}\u2069): Gains" in page.caution.text()
    assert not path.exists()
    assert "Tomasz: these names stand" in page.bar.text()
    assert "She drew a [watermelon] for Tomasz." in saved_text(page, qtbot, path)
    write(page, qtbot, "gains", "She drew a melon.")
    assert page.caution.text() == ""


def test_a_name_written_after_all_is_pointed_out(page: ReportsPage, qtbot: QtBot) -> None:
    assert "other people’s names" in page.choices.foot.sentence.text()
    write(page, qtbot, "gains", "Tomasz listens.")
    assert page.names.findChild(QCheckBox, "mask_0").text() == "Tomasz → T.N."
    assert "other people’s names" not in page.choices.foot.sentence.text()


def test_a_failing_save_says_so_and_keeps_all(page: ReportsPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.save_to(tmp_path / "nowhere" / "out.pdf")
    assert "nowhere" in page.bar.text()
    assert page.bar.text().startswith("Not saved as PDF")
    assert prose(page, "gains").toPlainText() == "She tells T.N. what the week was like."
    page.save_to(tmp_path / "out.pdf")
    assert (tmp_path / "out.pdf").exists()


@pytest.mark.skipif(
    sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_folder_that_may_not_be_written(page: ReportsPage, tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    page.save_to(folder / "out.pdf")
    assert str(folder) in page.bar.text()


def test_the_dialog_offers_a_name_that_tells_nobody(page: ReportsPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.choices.foot.save.click()
    dialog = page.findChild(QFileDialog, "save_report_dialog")
    (offered,) = dialog.selectedFiles()
    assert Path(offered).name.startswith("ZŁ summary of treatment ")
    assert "Zofia" not in offered
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile("chosen")
    dialog.accept()
    assert (tmp_path / "chosen.pdf").read_bytes() == page.preview._pdf


def test_what_is_stored_elsewhere_shows(page: ReportsPage, case: Case, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.typesetter.made):
        case.write(Purpose.ENDING, {Means.GAINS: "Back at work."})
    assert prose(page, "gains").toPlainText() == "Back at work."


def write_plan(case: Case, client: Client) -> None:
    plan = case.desk.safety_plans.new_plan(client.id)
    case.desk.documents.keep_draft(case.desk.documents.begin_writing(plan), {"where_kept": "In a folder"})


def test_a_kind_there_is_nothing_of_says_why_and_another_takes_the_page(page: ReportsPage, case: Case, qtbot: QtBot) -> None:
    plan = page.findChild(QRadioButton, "kind_safety-plan")
    assert plan is not None
    assert not plan.isEnabled()
    assert "no safety plan yet" in plan.toolTip()
    page.show_kind("safety-plan")
    assert page.choices.kind.key == "termination-summary"
    assert "no safety plan yet" in page.bar.text()
    page.show_kind("termination-summary")
    assert not page.bar.isVisible()
    write_plan(case, case.client)
    qtbot.waitUntil(plan.isEnabled)
    with qtbot.waitSignal(page.preview.shown):
        plan.click()
    assert len(page.preview.pages) == 1
    assert not page.choices.parts.isVisibleTo(page)
    assert not page.choices.form.isVisibleTo(page)
    assert page.texts.writer.document is None
    assert "whom to ring first" in page.choices.foot.sentence.text()
    assert "diagnosis" in page.choices.foot.sentence.text().partition("Leaves out")[2]


def test_pages_of_another_kind_are_never_saved_by_mistake(page: ReportsPage, case: Case, qtbot: QtBot, tmp_path: Path) -> None:
    write_plan(case, case.client)
    plan = page.findChild(QRadioButton, "kind_safety-plan")
    qtbot.waitUntil(plan.isEnabled)
    plan.click()
    assert not page.choices.foot.save.isEnabled(), "the summary’s pages are gone, the plan’s not made yet"
    page.save_to(tmp_path / "plan.pdf")
    qtbot.waitUntil((tmp_path / "plan.pdf").exists)
    assert "My safety plan" in text_of((tmp_path / "plan.pdf").read_bytes())


def test_a_safety_plan_needs_no_course(page: ReportsPage, frame: RoomFrame, case: Case, qtbot: QtBot) -> None:
    other = case.desk.clients.add_client(Client(name="Marta Lindqvist"))
    write_plan(case, other)
    with qtbot.waitSignal(page.preview.shown):
        frame.choose_client(other.id)
    assert page.choices.kind.key == "safety-plan"
    summary = page.findChild(QRadioButton, "kind_termination-summary")
    assert not summary.isEnabled()
    assert "course of treatment" in summary.accessibleDescription()


def test_zoom_by_keys_and_back_to_the_width(page: ReportsPage, qtbot: QtBot) -> None:
    fitted = page.preview.page_width()
    page.preview.scroller.setFocus()
    qtbot.keyClick(page.preview.scroller, Qt.Key.Key_Plus)
    assert page.preview.page_width() > fitted
    assert page.preview._fit.text() == "100 %"
    qtbot.waitUntil(lambda: page.preview.pages[0]._picture.width() == page.preview.page_width())  # as sharp as the screen
    qtbot.keyClick(page.preview.scroller, Qt.Key.Key_0)
    assert page.preview.page_width() == fitted
    count = len(page.preview.pages)
    qtbot.keyClick(page.preview.scroller, Qt.Key.Key_End)
    assert page.preview.count.text() == f"Page {count} of {count}"


def test_another_client_has_other_pages_and_none_of_these_words(
    page: ReportsPage, frame: RoomFrame, case: Case, qtbot: QtBot
) -> None:
    other = case.desk.clients.add_client(Client(name="Marta Lindqvist"))
    frame.choose_client(other.id)
    assert page.preview.pages == []
    assert page.preview.scroller.accessibleDescription() == ""
    with qtbot.waitSignal(page.preview.shown, timeout=20_000):
        assert page.choices.kind.key == "full-record", "all that can be made of whom nothing is known of"
    assert "Zofia" not in page.preview.scroller.accessibleDescription()
    frame.choose_client(None)
    assert page._pages.currentWidget().findChild(QWidget, "reports_no_client") is not None
    with qtbot.waitSignal(page.preview.shown):
        frame.choose_client(case.client.id)
    assert "Zofia" in page.preview.scroller.accessibleDescription()


def test_the_empty_page_leads_to_the_clients(case: Case, frame: RoomFrame, qtbot: QtBot) -> None:
    page = ReportsPage(case.desk, frame)
    frame.hold(page)
    page.findChild(Button, "reports_no_client_action").click()
    assert frame.tab == "clients"


def test_forgetting_leaves_no_word(page: ReportsPage) -> None:
    page.forget()
    assert page.preview.pages == []
    assert page.choices.foot.sentence.text() == ""
    assert page.texts.writer.document is None
    assert page._proof is None


def test_forgetting_while_pages_are_set_brings_none_back(page: ReportsPage, qtbot: QtBot) -> None:
    page.choices.findChild(QCheckBox, "include_risk").click()
    page.typesetter._on_quiet()
    page.forget()
    page.desk.close()  # as at lock: what is being set may find the practice closed, and nobody hears of it
    qtbot.waitUntil(lambda: not page.typesetter._is_running)
    assert page.bar.text() == ""
    assert page.preview.pages == []
    assert page._proof is None


def test_everything_that_can_be_used_has_a_name(page: ReportsPage) -> None:
    for widget in page.findChildren(QAbstractButton):
        assert widget.objectName(), widget
        assert widget.accessibleName(), widget.objectName()
    for number, view in enumerate(page.preview.pages, 1):
        assert view.accessibleName() == f"Page {number} of {len(page.preview.pages)}"
    assert [action.text() for action in page.menus()["File"]] == [
        "Save document as PDF…",
        "Print document…",
        "Copy document as text",
    ]


@pytest.mark.parametrize(("width", "choices"), [(1280, 348), (1024, 300)])
def test_the_choices_keep_their_width(page: ReportsPage, frame: RoomFrame, qtbot: QtBot, width: int, choices: int) -> None:
    frame.resize(width, 560)
    qtbot.waitUntil(lambda: frame.width() == width)
    assert abs(page.choices.width() - choices) <= 25
    assert page.preview.page_width() <= 640
    assert page.choices.scroller.horizontalScrollBar().maximum() == 0


def test_in_a_wide_window_two_pages_stand_side_by_side(page: ReportsPage, frame: RoomFrame, qtbot: QtBot) -> None:
    first, second = page.preview.pages[:2]
    qtbot.waitUntil(lambda: first.y() < second.y())
    frame.resize(1900, 900)
    qtbot.waitUntil(lambda: first.y() == second.y() and first.x() < second.x())
