"""The walk that texts are tested with sees what it is to see, and nothing else."""

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.fitting import misfits, settle
from ui.widgets.chips import Chip, ChipRow
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import ElidedLabel, label

LONG = "A sentence that is a good deal longer than the place it has"


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(400, 300)
    qtbot.addWidget(made)
    made.show()
    return made


def faults(page: QWidget, part: QWidget, *box: int) -> list[str]:
    part.setParent(page)
    part.setGeometry(*box)
    part.show()
    settle()
    return misfits(page)


def test_what_has_its_room_is_passed_over(page: QWidget):
    assert faults(page, label(LONG, page, wraps=True), 0, 0, 200, 120) == []
    assert faults(page, QPushButton("Keep", page), 0, 130, 120, 30) == []
    assert faults(page, QCheckBox("Keep", page), 0, 170, 120, 30) == []


@pytest.mark.parametrize(
    ("make", "box"),
    [
        (lambda page: label(LONG, page), (0, 0, 100, 40)),
        (lambda page: label(LONG, page, wraps=True), (0, 0, 100, 20)),
        (lambda page: label("Unbreakableness", page, wraps=True), (0, 0, 30, 100)),
        (lambda page: QPushButton(LONG, page), (0, 0, 100, 30)),
        (lambda page: QLabel("Keep", page), (0, 0, 100, 4)),
        (lambda page: QCheckBox(LONG, page), (0, 0, 100, 30)),
        (lambda page: QLabel("Beyond the edge", page), (350, 0, 200, 30)),
        (lambda page: QLabel("Below the edge", page), (0, 290, 200, 30)),
    ],
)
def test_what_is_cut_is_told(page: QWidget, make: object, box: tuple[int, ...]):
    assert len(faults(page, make(page), *box)) == 1  # type: ignore[operator]


def test_what_scrolls_may_be_as_high_as_it_likes_but_no_wider_than_its_place(page: QWidget):
    area = QScrollArea(page)
    area.setGeometry(0, 0, 200, 100)
    inner = QWidget()
    inner.resize(150, 600)
    QLabel("far down", inner).move(0, 500)
    area.setWidget(inner)
    area.show()
    settle()
    assert misfits(page) == []
    QLabel("far right", inner).setGeometry(180, 0, 100, 30)
    inner.resize(400, 600)
    inner.findChildren(QLabel)[-1].show()
    settle()
    assert len(misfits(page)) == 1


def test_what_gives_way_says_the_whole_of_it_in_its_tooltip(page: QWidget):
    holder = QWidget(page)
    holder.setGeometry(0, 0, 180, 200)
    column = QVBoxLayout(holder)
    row = ChipRow(holder, name="row", spoken="Row")
    chip = Chip(LONG, row, name="chip")
    row.add(chip)
    column.addWidget(row)
    column.addWidget(ElidedLabel(LONG, holder))
    choice = ChoiceField(holder, name="choice", spoken="Choice")
    choice.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.addItem(LONG)
    column.addWidget(choice)
    holder.show()
    settle()
    assert misfits(page) == []
    assert chip.width() <= 180
    assert chip.toolTip() == LONG
    holder.resize(700, 200)
    settle()
    assert chip.toolTip() == ""
