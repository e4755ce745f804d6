"""Settings are kept in the practice; what is broken or out of bounds falls back to its default."""

import pytest

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.practice_settings import Jurisdiction, PracticeSettings
from ipt_desktop.domain.records import AuditEntry, Setting
from ipt_desktop.services.desk import Desk
from ipt_desktop.storage.store import Writing


def test_nothing_set_is_all_defaults(desk: Desk):
    assert desk.settings.values() == PracticeSettings()


def test_what_is_set_is_kept_with_its_audit_row(desk: Desk):
    changed = desk.settings.change(lock_after=10, backup_folders=("/media/disk",), jurisdiction=Jurisdiction.UK)
    assert changed == PracticeSettings(lock_after=10, backup_folders=("/media/disk",), jurisdiction=Jurisdiction.UK)
    assert desk.settings.values() == changed
    with desk.store.read() as reading:
        rows = reading.all(AuditEntry, operation="change_settings")
    assert [row.kind for row in rows] == ["setting"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("lock_after", 0),
        ("lock_after", 10_000),
        ("lock_after", "5"),
        ("lock_after", True),
        ("blurs_when_inactive", 1),
        ("backup_folders", "one"),
        ("jurisdiction", "mars"),
        ("cover_pin", 1234),
    ],
)
def test_a_value_out_of_bounds_is_refused_and_nothing_changes(desk: Desk, name: str, value: object):
    with pytest.raises(Refused):
        desk.settings.change(lock_in_session_after=30, **{name: value})
    assert desk.settings.values() == PracticeSettings()


def test_what_cannot_be_read_has_its_default(desk: Desk):
    def spoil(writing: Writing) -> None:
        writing.insert(Setting(id="lock_after", value="{"))
        writing.insert(Setting(id="ask_again_after", value="-3"))
        writing.insert(Setting(id="of_a_later_release", value="1"))

    desk.store.write(spoil)
    assert desk.settings.values() == PracticeSettings()
