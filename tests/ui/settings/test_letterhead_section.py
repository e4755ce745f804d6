"""Settings ▸ Letterhead: what is typed is looked at, kept, printed and taken back; a logo is made small or refused."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from tests.ui.naming import unnamed
from tests.ui.practice_room import RoomFrame, open_room
from ui.settings.letterhead_section import LetterheadSection
from ui.settings.page import SettingsPage
from ui.settings.sections import ALL_SECTIONS


@pytest.fixture
def section(tmp_path: Path, qtbot: QtBot) -> Iterator[LetterheadSection]:
    with open_room(tmp_path) as room:
        frame = RoomFrame(room.desk)
        qtbot.addWidget(frame)
        page = SettingsPage(room.desk, frame, tuple(each for each in ALL_SECTIONS if each.key == "letterhead"))
        frame.hold(page)
        shown = page.show_section("letterhead")
        assert isinstance(shown, LetterheadSection)
        qtbot.waitUntil(lambda: not shown.look.pixmap().isNull(), timeout=10_000)
        yield shown
        page.forget()
        frame.stop()


def test_it_is_seen_while_it_is_typed_kept_and_taken_back(section: LetterheadSection, qtbot: QtBot) -> None:
    before, seen = section.desk.practice.details(), section.look.pixmap().toImage()
    assert not section.keep.isEnabled()
    section.therapist.clear()
    qtbot.keyClicks(section.therapist, "Dr Hanna Weiss")
    section.registration.setPlainText("HCPC PYL31107\nBACP 00812")
    qtbot.waitUntil(lambda: section.look.pixmap().toImage() != seen, timeout=10_000)
    assert section.desk.practice.details() == before, "nothing is kept before it is said"
    section.keep.click()
    kept = section.desk.practice.details()
    assert (kept.therapist, kept.registration) == ("Dr Hanna Weiss", "HCPC PYL31107\nBACP 00812")
    undo = section.bar.findChild(type(section.keep), "letterhead_undo")
    assert undo is not None
    undo.click()
    assert section.desk.practice.details() == before
    assert section.therapist.text() == before.therapist
    assert not unnamed(section)


def test_what_was_typed_is_kept_when_the_settings_are_left(section: LetterheadSection, qtbot: QtBot) -> None:
    qtbot.keyClicks(section.profession, "Psychologist")
    assert section.flush()
    assert section.desk.practice.details().profession == "Psychologist"


def test_a_logo_is_made_small_and_kept_within_the_practice_and_what_is_none_is_refused(
    section: LetterheadSection, tmp_path: Path
) -> None:
    picture = tmp_path / "logo.png"
    Image.new("RGB", (3000, 3000), "teal").save(picture)
    section.read_logo(picture)
    assert section.flush()
    logo = section.desk.practice.logo()
    assert max(Image.open(io.BytesIO(logo)).size) < 1000
    assert section.desk.settings.values().country == "us", "it is no setting among the others"
    (tmp_path / "none.png").write_text("no picture")
    section.read_logo(tmp_path / "none.png")
    assert "cannot be read" in section._logo_error.text()
    assert section.desk.practice.logo() == logo
    section.remove.click()
    assert section.flush()
    assert section.desk.practice.logo() == b""
