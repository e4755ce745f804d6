"""The forms beside the client table: what is done at their end is in sight however long they are."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from ui.clients.side_panel import SidePanel


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(320, 400)
    return made


def panel_in(window: QWidget, fields: int) -> SidePanel:
    panel = SidePanel(window, name="panel", title="A form")
    for number in range(fields):
        field = QLineEdit(panel.sheet)
        field.setObjectName(f"field_{number}")
        panel.body.addWidget(field)
    panel.add_actions("Do it", name="panel_done")
    panel.resize(window.size())
    window.show()
    return panel


def rect_of(panel: SidePanel, name: str) -> QRect:
    part = panel.findChild(QWidget, name)
    assert part is not None
    return QRect(part.mapTo(panel, part.rect().topLeft()), part.size())


def test_the_filled_button_of_a_long_form_is_in_sight(window: QWidget, qtbot: QtBot):
    panel = panel_in(window, 40)
    qtbot.waitUntil(lambda: panel.rect().contains(rect_of(panel, "panel_done")))
    scroller = panel.findChild(QScrollArea, "panel_scroller")
    assert scroller is not None
    assert scroller.verticalScrollBar().maximum() > 0
    assert rect_of(panel, "panel_done").top() >= scroller.geometry().bottom()


def test_that_of_a_short_one_stands_below_its_last_field(window: QWidget, qtbot: QtBot):
    panel = panel_in(window, 2)
    qtbot.waitUntil(lambda: 0 < rect_of(panel, "panel_done").top() - rect_of(panel, "field_1").bottom() < 80)
