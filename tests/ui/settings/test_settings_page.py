"""The settings lie over the tabs, know nothing of a client, and go away on Esc."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.services.desk import Desk
from tests.ui.practice_room import Room, open_room
from ui.page import Frame
from ui.preferences import Preferences
from ui.settings import sections
from ui.settings.page import SettingsPage
from ui.settings.section import Section
from ui.settings.sections import Place
from ui.workspace import Workspace


class SecretSection(Section):
    """A section with one line, which it forgets."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(desk, frame, parent, name="secret_section", title="Secret", words="One line.")
        self.line = QLineEdit(self)
        self.line.setObjectName("secret")
        self.line.setAccessibleName("Secret")
        self.column.addWidget(self.line)
        self.is_kept = True

    def flush(self) -> bool:
        return self.is_kept

    def forget(self) -> None:
        self.line.clear()


class OtherSection(SecretSection):
    """Another one."""


PLACES = (
    Place("secret", "Secret", __name__, "SecretSection", in_demo=False),
    Place("other", "Other", __name__, "OtherSection"),
)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as opened:
        yield opened


@pytest.fixture
def workspace(qtbot: QtBot, room: Room, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setattr("ui.settings.page.ALL_SECTIONS", PLACES)
    host = QWidget()
    qtbot.addWidget(host)
    made = Workspace(room.desk, Preferences(), host)
    host.resize(1280, 800)
    made.resize(1280, 800)
    host.show()
    made.go_to(None)
    yield made
    made.forget()


def page_of(workspace: Workspace) -> SettingsPage:
    found = workspace.findChild(SettingsPage, "settings_page")
    assert found is not None
    return found


def test_the_sections_names_do_not_lie_over_each_other(workspace: Workspace):
    workspace.show_settings()

    names = page_of(workspace).findChild(QListWidget, "settings_list")
    assert names is not None
    first, second = (names.visualItemRect(names.item(row)) for row in range(2))
    assert first.height() > names.fontMetrics().height()
    assert first.bottom() < second.top()


def test_they_cover_strip_and_tabs_and_esc_goes_back(qtbot: QtBot, workspace: Workspace):
    assert workspace.show_settings()
    assert not workspace.strip.isVisible()
    assert not workspace.tab_row.isVisible()
    assert page_of(workspace).shown_key == "secret"
    qtbot.keyClick(page_of(workspace), Qt.Key.Key_Escape)
    assert workspace.strip.isVisible()
    assert workspace.page("clients").isVisible()


def test_a_section_is_named_or_the_last_one_comes_back(workspace: Workspace):
    workspace.show_settings("other")
    assert page_of(workspace).shown_key == "other"
    assert page_of(workspace).leave()
    workspace.show_settings()
    assert page_of(workspace).shown_key == "other"
    assert page_of(workspace).findChild(QListWidget).currentItem().text() == "Other"


def test_a_tab_leaves_them_and_secrets_are_forgotten(workspace: Workspace):
    workspace.show_settings("secret")
    line = page_of(workspace).findChild(QLineEdit, "secret")
    line.setText("quiet lantern")
    assert workspace.show_tab("circle")
    assert workspace.page("circle").isVisible()
    assert line.text() == ""


def test_what_could_not_be_kept_keeps_them_open(workspace: Workspace):
    workspace.show_settings("secret")
    section = page_of(workspace).show_section("secret")
    section.is_kept = False
    assert not workspace.show_tab("circle")
    assert page_of(workspace).isVisible()
    section.is_kept = True


def test_the_demo_has_only_the_sections_made_for_it(qtbot: QtBot, room: Room):
    room.desk.is_demo = True
    frame = room.frame()
    page = SettingsPage(room.desk, frame, PLACES)
    qtbot.addWidget(frame)
    frame.hold(page)
    assert page.keys == ["other"]


def test_every_section_can_be_made(qtbot: QtBot, room: Room):
    page = SettingsPage(room.desk, room.frame())
    for place in sections.ALL_SECTIONS:
        assert page.show_section(place.key) is not None
    page.forget()  # as before the practice is closed
    QThreadPool.globalInstance().waitForDone()
