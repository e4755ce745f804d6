"""The portfolio in the Reports tab: what may still tell is said before saving, and what is listed there is replaced."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Means, Purpose
from tests.services.summary_case import Case
from tests.ui.reports.test_page import saved_text, write
from ui.reports.page import ReportsPage


def show(page: ReportsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.typesetter.made, timeout=20_000):
        page.show_kind("portfolio")
    qtbot.waitUntil(lambda: not page.typesetter.is_busy)


def test_it_is_seen_under_pseudonyms_and_saved_as_it_is_seen(page: ReportsPage, qtbot: QtBot, tmp_path: Path):
    show(page, qtbot)
    assert "A rare illness, job or event" in page.caution.text()
    hint = page.choices.findChild(QLabel, "texts_words")
    assert hint is not None
    assert "names and dates stand as they are" in hint.text()
    text = saved_text(page, qtbot, tmp_path / "out.pdf")
    assert "Husband" in text
    assert "Tomasz" not in text
    assert "2026" not in text or "March 2026" not in text


def test_a_name_and_a_day_typed_into_a_text_are_replaced_on_the_page(page: ReportsPage, qtbot: QtBot, tmp_path: Path):
    show(page, qtbot)
    write(page, qtbot, "summary", "Zofia met Tomasz in Halmstad on 12 March 2026.")
    qtbot.waitUntil(lambda: "Halmstad" in page.caution.text())
    text = saved_text(page, qtbot, tmp_path / "out.pdf")
    assert "Client met Husband in Halmstad on " in text
    assert "12 March 2026" not in text


def test_a_word_put_on_the_list_goes_from_the_page_and_from_what_is_to_be_looked_at(
    case: Case,
    page: ReportsPage,
    qtbot: QtBot,
    tmp_path: Path,
):
    case.write(Purpose.PORTFOLIO, {Means.IN_BRIEF: "She moved to Halmstad."})
    show(page, qtbot)
    assert "Halmstad" in page.caution.text()
    assert "replaced on the left" in page.caution.text()
    add = page.choices.form.findChild(QAbstractButton, "field_replaced_add")
    assert add is not None
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    words, instead = page.choices.form.editor("replaced").findChildren(QLineEdit)[:2]
    qtbot.keyClicks(words, "Halmstad")
    qtbot.keyClicks(instead, "another town")
    qtbot.waitUntil(lambda: "Halmstad" not in page.caution.text(), timeout=20_000)
    assert "She moved to another town." in saved_text(page, qtbot, tmp_path / "out.pdf")


def test_another_kind_has_nothing_of_it(page: ReportsPage, qtbot: QtBot):
    show(page, qtbot)
    with qtbot.waitSignal(page.typesetter.made, timeout=20_000):
        page.show_kind("termination-summary")
    assert "A rare illness" not in page.caution.text()
