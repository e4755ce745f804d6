"""Settings ▸ Protocols: what there is, what is wrong with one's own by line, and a copy of any to be changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.naming import unnamed
from tests.ui.practice_room import RoomFrame, open_room
from ui.settings.page import SettingsPage
from ui.settings.protocols_section import ProtocolsSection
from ui.settings.sections import ALL_SECTIONS


class Opener(QObject):
    """Stands for the system's file manager: Qt hands it what is to be opened."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def open_url(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


@pytest.fixture
def opener() -> Iterator[Opener]:
    made = Opener()
    QDesktopServices.setUrlHandler("file", made, "open_url")
    yield made
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def section(tmp_path: Path, qtbot: QtBot, opener: Opener) -> Iterator[ProtocolsSection]:
    with open_room(tmp_path) as room:
        frame = RoomFrame(room.desk)
        qtbot.addWidget(frame)
        page = SettingsPage(room.desk, frame, tuple(each for each in ALL_SECTIONS if each.key == "protocols"))
        frame.hold(page)
        shown = page.show_section("protocols")
        assert isinstance(shown, ProtocolsSection)
        yield shown
        frame.stop()


def press(section: ProtocolsSection, qtbot: QtBot, name: str) -> None:
    button = section.findChild(QAbstractButton, name)
    assert button is not None, name
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(button, Qt.Key.Key_Return)


def text(section: ProtocolsSection, name: str) -> str:
    found = section.findChild(QLabel, name)
    assert found is not None, name
    return found.text()


def test_each_says_whom_it_is_for(section: ProtocolsSection) -> None:
    for protocol in section.desk.resources.protocols:
        assert text(section, f"protocol_{protocol.key}_name") == protocol.name
        assert text(section, f"protocol_{protocol.key}_about") == protocol.about
    assert text(section, "protocol_maintenance_terms") == "no number of sessions agreed · monthly"
    assert not unnamed(section)


def test_a_copy_is_made_named_and_its_folder_opened(section: ProtocolsSection, qtbot: QtBot, opener: Opener) -> None:
    press(section, qtbot, "copy_brief")
    folder = section.desk.folder / "definitions" / "protocols"
    assert opener.opened == [folder]
    assert (folder / "brief-2.toml").is_file()
    assert text(section, "protocols_bar_title") == "The copy is brief-2.toml"
    assert text(section, "protocol_brief-2_terms") == "8 sessions · weekly · yours: brief-2.toml"
    assert section.again.hasFocus()


def test_what_is_wrong_is_named_with_its_line_until_it_is_mended(section: ProtocolsSection, qtbot: QtBot) -> None:
    press(section, qtbot, "copy_brief")
    file = section.desk.folder / "definitions" / "protocols" / "brief-2.toml"
    right = file.read_text("utf-8")
    line = right[: right.index("minutes = 50")].count("\n") + 1
    file.write_text(right.replace("minutes = 50", "minutes = fifty"), "utf-8")
    press(section, qtbot, "read_protocols")
    assert section.problems.isVisible()
    assert text(section, "protocol_problems_words").startswith(f"brief-2.toml, line {line}, column 11: ")
    assert section.findChild(QLabel, "protocol_brief-2_name") is None
    file.write_text(right, "utf-8")
    press(section, qtbot, "read_protocols")
    assert not section.problems.isVisible()
    assert text(section, "protocols_bar_title") == "All files were read"
    assert text(section, "protocol_brief-2_name") == "Brief IPT (8 sessions), own copy"


def test_the_folder_is_made_when_it_is_first_opened(section: ProtocolsSection, qtbot: QtBot, opener: Opener) -> None:
    press(section, qtbot, "open_protocols")
    assert opener.opened == [section.desk.folder / "definitions" / "protocols"]
    assert opener.opened[0].is_dir()


def test_a_copy_that_can_not_be_written_is_said(section: ProtocolsSection, qtbot: QtBot) -> None:
    (section.desk.folder / "definitions").write_text("no folder", "utf-8")
    press(section, qtbot, "copy_brief")
    assert text(section, "protocols_bar_title") == "Not done"
    press(section, qtbot, "open_protocols")
    assert text(section, "protocols_bar_title") == "The folder can’t be made"


def test_one_that_replaces_a_shipped_one_says_so(section: ProtocolsSection, qtbot: QtBot) -> None:
    press(section, qtbot, "copy_brief")
    file = section.desk.folder / "definitions" / "protocols" / "brief-2.toml"
    assert section.findChild(QLabel, "protocol_brief-2_replaces") is None
    file.write_text(file.read_text("utf-8").replace('key = "brief-2"', 'key = "brief"'), "utf-8")
    press(section, qtbot, "read_protocols")
    assert text(section, "protocol_brief_replaces") == "Replaces the one that came with the program."
    assert text(section, "protocol_brief_name") == "Brief IPT (8 sessions), own copy"
    assert section.findChild(QLabel, "protocol_ipt-uk_replaces") is None
