"""Making one paper: to whom, who is named how, which words stand in it, and how it leaves."""

from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLineEdit, QRadioButton
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.circle_naming import Naming
from ipt_desktop.domain.form import Means, Purpose
from tests.services.summary_case import Case
from tests.ui.practice_room import RoomFrame
from ui.forms.prose import ProseEdit
from ui.reports.page import ReportsPage

PASSWORD = "seven blue herons on a wall"  # noqa: S105 - of a file that goes at once
pytestmark = pytest.mark.usefixtures("qapp")


def line(page: ReportsPage, name: str) -> QLineEdit:
    found = page.findChild(QLineEdit, name)
    assert found is not None
    return found


def tick(page: ReportsPage, name: str) -> QCheckBox:
    found = page.findChild(QCheckBox, name)
    assert found is not None
    return found


def text(page: ReportsPage) -> str:
    assert page._proof is not None
    return page._proof.text


def send_to(page: ReportsPage, qtbot: QtBot, recipient: str) -> None:
    with qtbot.waitSignal(page.typesetter.made, timeout=10_000):
        line(page, "report_recipient").setText(recipient)
        page.choices.addressee.settle()


def name_by(page: ReportsPage, qtbot: QtBot, naming: Naming) -> None:
    field = page.choices.manner.naming
    with qtbot.waitSignal(page.typesetter.made, timeout=10_000):
        field.setCurrentIndex(field.findData(naming.value))
        field.activated.emit(field.currentIndex())


def test_only_the_kinds_made_often_and_the_one_chosen_show_until_the_rest_is_unfolded(page: ReportsPage, qtbot: QtBot) -> None:
    kinds = page.choices.kinds
    timeline = page.findChild(QRadioButton, "kind_timeline")
    assert timeline is not None
    assert timeline.isHidden()
    assert not page.findChild(QRadioButton, "kind_client-copy").isHidden()
    kinds.more.click()
    assert not timeline.isHidden()
    with qtbot.waitSignal(page.preview.shown, timeout=10_000):
        timeline.click()
    kinds.more.click()
    assert not timeline.isHidden(), "what is chosen stays in sight"
    assert page.findChild(QRadioButton, "kind_history").isHidden()


def test_each_recipient_gets_the_least_they_need_and_what_was_chosen_by_hand_stays(page: ReportsPage, qtbot: QtBot) -> None:
    offered = [page.choices.addressee._to.itemText(each) for each in range(page.choices.addressee._to.count())]
    assert offered == ["Dr S. Grant · referrer", "Zofia Łukasiewicz · the client"]
    circle, diagnosis, plan = (tick(page, f"include_{key}") for key in ("circle", "diagnosis", "plan"))
    assert circle.isChecked()
    send_to(page, qtbot, "Dr S. Grant")
    assert not circle.isChecked(), "relationships are off for whoever it goes to"
    assert diagnosis.isChecked()
    assert "circle and change list" in page.choices.foot.sentence.text().partition("Leaves out")[2]
    with qtbot.waitSignal(page.typesetter.made, timeout=10_000):
        plan.click()
    send_to(page, qtbot, "An insurer")
    assert not diagnosis.isChecked()
    assert not plan.isChecked(), "it was left out by hand"
    with qtbot.waitSignal(page.typesetter.made, timeout=10_000):
        tick(page, "report_is_clinician").click()
    assert diagnosis.isChecked()


def test_a_letter_to_the_referrer_goes_to_them_unless_somebody_else_is_named(page: ReportsPage, qtbot: QtBot) -> None:
    to = line(page, "report_recipient")
    page.show_kind("letter-referrer")
    assert to.text() == "Dr S. Grant"
    assert "<b>Goes to</b> Dr S. Grant" in page.choices.foot.sentence.text()
    page.show_kind("termination-summary")
    assert to.text() == "", "a summary is for one’s own file until somebody is named"
    to.setText("An insurer")
    page.show_kind("letter-referrer")
    assert to.text() == "An insurer"
    page.forget()
    page.show_client(page.frame.client_id, page.frame.course_id)
    page.show_kind("letter-referrer")
    to.setText("")
    page.show_kind("termination-summary")
    page.show_kind("letter-referrer")
    assert to.text() == "", "it was emptied by hand"


def test_people_are_named_as_it_was_chosen_and_by_initials_again_for_the_next_client(
    page: ReportsPage, frame: RoomFrame, case: Case, qtbot: QtBot
) -> None:
    assert "She tells T.N. what the week was like." in text(page)
    name_by(page, qtbot, Naming.PSEUDONYMS)
    assert "She tells Husband what the week was like." in text(page)
    assert "go under pseudonyms" not in text(page)  # the foot is no part of the text
    name_by(page, qtbot, Naming.NAMES)
    assert "She tells Tomasz what the week was like." in text(page)
    assert "other people’s names" not in page.choices.foot.sentence.text()
    page.forget()
    assert page.choices.naming is Naming.INITIALS


def test_each_name_written_out_is_offered_to_be_masked_before_it_leaves(
    page: ReportsPage, case: Case, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(page.typesetter.made, timeout=10_000):
        case.write(Purpose.TERMINATION_SUMMARY, {Means.GAINS: "Tomasz and Anna listen, as Emil did."})
    boxes = [each.text() for each in page.names.findChildren(QCheckBox) if not each.isHidden()]
    assert boxes == ["Tomasz → T.N.", "Anna → A.K.1", "Emil → E."]
    path = tmp_path / "out.pdf"
    page.save_to(path)
    assert "Tomasz, Anna: these names stand in the texts" in page.bar.text()
    assert not path.exists(), "they are pointed out before it leaves"
    for name in ("mask_0", "mask_2"):
        with qtbot.waitSignal(page.typesetter.made, timeout=10_000):
            tick(page, name).click()
    assert "T.N. and Anna listen, as E. did." in text(page)
    page.save_to(path)
    assert path.exists(), "what was read and left as it is may leave"
    (document,) = case.desk.documents.of_course(case.course.id, Purpose.TERMINATION_SUMMARY)
    assert "Tomasz" in str(document.answers), "what is stored is as it was"


def test_a_text_is_changed_where_it_stands_for_this_paper_alone(page: ReportsPage, case: Case, qtbot: QtBot) -> None:
    mark = next(each for view in page.preview.pages for each in view.marks if each.span.section == "medication")
    assert mark.accessibleName() == "Change on this paper: Medication"
    mark.click()
    field = page.editor.findChild(ProseEdit, "place_text_0")
    assert field is not None
    was = field.toPlainText()
    assert "Sertraline 50 mg" in was
    field.selectAll()
    with qtbot.waitSignal(page.typesetter.made, timeout=10_000):
        qtbot.keyClicks(field, "We began.")
        page.editor.close_up()
    assert "We began." in text(page)
    assert page.editor.isHidden()
    mark.click()
    field = page.editor.findChild(ProseEdit, "place_text_0")
    assert field.toPlainText() == "We began."
    with qtbot.waitSignal(page.typesetter.made, timeout=10_000):
        page.editor.back.click()
    assert field.toPlainText() == was
    assert "We began." not in text(page)
    qtbot.keyClick(page.editor, Qt.Key.Key_Escape)
    assert page.editor.isHidden()


def test_a_text_that_has_a_field_is_changed_there_and_kept_with_its_document(page: ReportsPage, qtbot: QtBot) -> None:
    mark = next(each for view in page.preview.pages for each in view.marks if each.span.section == "gains")
    mark.click()
    assert page.editor.isHidden()
    field = page.choices.form.editor("gains").findChild(ProseEdit)
    assert page.choices.form.window().focusWidget() is field


def test_a_file_opens_with_its_password_alone_and_nothing_remembers_it(page: ReportsPage, qtbot: QtBot, tmp_path: Path) -> None:
    foot = page.choices.foot
    foot.password.tick.click()
    page.save_as()
    assert "Type a password" in foot.password._error.text()
    qtbot.keyClicks(foot.password.first.line, PASSWORD)
    assert foot.password.strength.text() == "Fair"
    qtbot.keyClicks(foot.password.second.line, "seven blue herons")
    page.save_as()
    assert "not the same" in foot.password._error.text()
    qtbot.keyClicks(foot.password.second.line, " on a wall")
    assert foot.password.is_complete()
    path = tmp_path / "out.pdf"
    page.save_to(path)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(path)
    with pikepdf.open(path, password=PASSWORD) as opened:
        assert opened.encryption.R == 6
    assert "opens with your password alone" in page.bar.text()
    assert foot.password.text == ""
    assert foot.password.first.text() == ""
    trail = " ".join(str(each) for each in page.desk.audit.entries())
    assert "heron" not in trail


def test_the_words_can_be_copied_and_that_is_noted(page: ReportsPage, case: Case, qtbot: QtBot) -> None:
    send_to(page, qtbot, "Dr S. Grant")
    page.choices.foot.copy.click()
    assert QGuiApplication.clipboard().text() == text(page)
    assert page.bar.text().startswith("Copied as text")
    (kept,) = case.desk.disclosures.of_client(case.client.id)
    assert (kept.recipient, kept.how) == ("Dr S. Grant", "text")
    assert next(each.operation for each in case.desk.audit.entries()) == "report_copied"
    QGuiApplication.clipboard().clear()


def test_sheet_and_type_are_remembered_for_each_kind_and_nothing_else_is(
    page: ReportsPage, frame: RoomFrame, qtbot: QtBot
) -> None:
    manner = page.choices.manner
    with qtbot.waitSignal(page.typesetter.made, timeout=10_000):
        manner._paper.button("A5").click()
    with qtbot.waitSignal(page.typesetter.made, timeout=10_000):
        manner.text_size.setCurrentIndex(manner.text_size.findData("larger"))
        manner.text_size.activated.emit(1)
    assert frame.preferences.sheets == {"termination-summary": ["A5", "larger"]}
    page.choices.choose_kind("timeline")
    assert manner.paper == "A4"
    page.choices.choose_kind("termination-summary")
    assert manner.paper == "A5"
    assert manner.text_size.currentData() == "larger"


def test_the_files_name_has_the_clients_name_only_if_wished(page: ReportsPage) -> None:
    reporting, place = page.desk.reporting, page._place
    assert place is not None
    assert "Zofia" not in reporting.file_name("termination-summary", place[1])
    assert reporting.file_name("termination-summary", place[1], has_full_name=True).startswith("Zofia Łukasiewicz summary")


def test_a_second_more_shows_how_far_it_is(page: ReportsPage, qtbot: QtBot) -> None:
    page.making.begin()
    page.making.tell(0.3)
    assert page.making.isHidden(), "a moment needs no bar"
    qtbot.waitUntil(lambda: (page.making.tell(0.4), not page.making.isHidden())[1], timeout=5_000)
    page.making.end()
    assert page.making.isHidden()


def test_what_is_being_set_can_be_stopped_and_begun_again(page: ReportsPage, qtbot: QtBot) -> None:
    page.set_pages()
    page.typesetter._on_quiet()
    assert page.typesetter._is_running
    page.making.cancelled.emit()
    assert page.bar.text().startswith("Stopped")
    assert not page.choices.foot.save.isEnabled(), "pages of another wish are not saved by mistake"
    qtbot.waitUntil(lambda: not page.typesetter._is_running, timeout=10_000)
    assert page._proof is None
    with qtbot.waitSignal(page.typesetter.made, timeout=10_000):
        page.set_pages()
    assert page.choices.foot.save.isEnabled()


def test_the_first_page_is_seen_before_the_others_are_set(page: ReportsPage, qtbot: QtBot) -> None:
    told: list[str] = []
    page.typesetter.begun.connect(lambda _pdf: told.append("first"))
    page.typesetter.made.connect(lambda _proof: told.append("all"))
    before = page.preview._pdf
    with qtbot.waitSignal(page.preview.first_shown, timeout=20_000):
        tick(page, "include_presenting").click()
    assert told[0] == "first"
    qtbot.waitUntil(lambda: "all" in told, timeout=20_000)
    assert page.preview._pdf != before
    qtbot.waitUntil(lambda: all(each.drawn for each in page.preview.pages), timeout=20_000)


def test_long_words_break_and_the_choices_are_never_wider_than_their_column(page: ReportsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.preview.shown, timeout=20_000):
        page.show_kind("full-record")
    body, port = page.choices.scroller.widget(), page.choices.scroller.viewport()
    qtbot.waitUntil(lambda: body.width() <= port.width())
    box = tick(page, "include_papers")
    assert "\n" in box.text()
    assert "\n" not in box.accessibleName()
