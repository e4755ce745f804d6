"""The cover that asks who is there has room for all it says, whatever the text size."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from ui import theme
from ui.cover import CoverPage


@pytest.mark.parametrize("has_pin", [True, False])
def test_at_the_largest_text_in_the_smallest_window_no_line_is_cut(qtbot: QtBot, qapp: QApplication, has_pin: bool):
    theme.apply(qapp, theme.Theme("light", 2.0))
    window = QMainWindow()
    qtbot.addWidget(window)
    stack = QStackedWidget(window)
    window.setCentralWidget(stack)
    page = CoverPage(window)
    for each in (QWidget(stack), page):
        stack.addWidget(each)
    window.resize(1024, 700)
    window.show()
    page.put_over(stack)
    page.ask_who(has_pin=has_pin)
    title, words = "Not locked: the last change could not be saved", "Your words are kept behind this cover. " * 2
    page.notice.say(title, words, tone="danger", can_close=False)
    assert page.way_back is not None
    page.way_back.show_wrong("This passphrase does not open the practice. Nothing was changed. Check Caps Lock and try again.")
    qtbot.wait(1)  # the layout's own round
    qapp.processEvents()
    shown = [each for each in page.findChildren(QLabel) if each.isVisible() and each.text() and each.wordWrap()]
    assert len(shown) >= 3
    for each in shown:
        assert each.height() >= each.heightForWidth(each.width()), each.text()
