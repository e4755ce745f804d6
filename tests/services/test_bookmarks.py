"""Where the therapist was is kept like everything else, but is no act on a record and changes nothing worth a backup."""

from pathlib import Path

from ipt_desktop.domain.records import AuditEntry
from ipt_desktop.services.bookmarks import DESK
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key, open_with_key

KEY = bytes(range(32))
PLACE = {"scrolled": 120, "field": "field_plan_line", "cursor": 7}


def test_a_place_is_there_again_and_leaves_no_trace_in_the_trail(tmp_path: Path):
    desk = Desk(create_with_key(tmp_path / "practice", KEY, "Quiet Street"))
    told = []
    desk.changes.subscribe(told.append)
    with desk.store.read() as reading:
        rows = len(reading.all(AuditEntry))
    desk.bookmarks.keep("note", {"scrolled": 0})
    desk.bookmarks.keep("note", PLACE)
    desk.bookmarks.keep(DESK, {"tab": "sessions"})
    desk.store.write(lambda writing: None)  # what was queued before is written by now
    with desk.store.read() as reading:
        assert len(reading.all(AuditEntry)) == rows
    assert told == []
    desk.close()
    again = Desk(open_with_key(tmp_path / "practice", KEY))
    assert again.bookmarks.place("note") == PLACE
    assert again.bookmarks.place(DESK) == {"tab": "sessions"}
    assert again.bookmarks.place("another") == {}
    again.close()
    again.bookmarks.keep("note", {})  # too late, and no harm
