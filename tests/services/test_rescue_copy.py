"""A rescue file holds the words to the letter, only this practice reads it, and taking it in overwrites nothing."""

from pathlib import Path

import pytest

from ipt_desktop.domain.errors import FolderNotWritable, Refused
from ipt_desktop.domain.records import AuditEntry, now
from ipt_desktop.domain.rich_text import Block, BlockKind, Run, plain, to_json
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.rescue_copy import SUFFIX, file_name
from ipt_desktop.services.vault import create_with_key
from tests.services.test_history import Notebook
from tests.services.test_history import notebook as notebook

RICH = {"what_happened": to_json((Block((Run("Żółć 😀", bold=True), Run(" “no”")), BlockKind.QUOTE),)), "mood": 3}


def test_words_never_saved_come_back_as_the_note_itself(notebook: Notebook, tmp_path: Path):
    copies = notebook.desk.rescue_copies
    path = copies.save(tmp_path / "stick", notebook.open(), RICH)
    assert path == tmp_path / f"stick{SUFFIX}"
    assert [each.name for each in tmp_path.iterdir() if "part" in each.name] == []
    sealed = path.read_bytes()
    assert "Żółć".encode() not in sealed
    assert b"what_happened" not in sealed
    assert b"Marta" not in path.name.encode() + sealed
    notebook.restart()
    copy = notebook.desk.rescue_copies.read(path)
    taken = notebook.desk.rescue_copies.take_in(copy)
    assert notebook.open().answers == RICH
    assert notebook.open().id == taken.document.id
    assert notebook.desk.rescue_copies.take_in(copy).is_known
    assert len(notebook.desk.history.versions(taken.document.id)) == 1


def test_it_stands_beside_what_was_written_since_and_overwrites_nothing(notebook: Notebook, tmp_path: Path):
    note = notebook.write("Stored.")
    path = notebook.desk.rescue_copies.save(tmp_path / file_name(now()), note, RICH)
    notebook.write("Written since.")
    copy = notebook.desk.rescue_copies.read(path)
    taken = notebook.desk.rescue_copies.take_in(copy)
    assert notebook.desk.rescue_copies.take_in(copy).version_id == taken.version_id  # twice is once
    assert notebook.open().answers["what_happened"] == to_json(plain("Written since."))
    versions = notebook.desk.history.versions(note.id)
    assert len(versions) == 3
    (rescued,) = [each for each in versions if each.is_rescue]
    assert rescued.id == taken.version_id
    notebook.desk.history.restore_version(note.id, rescued.id)
    assert notebook.open().answers == RICH
    with notebook.desk.store.read() as reading:
        rows = [each for each in reading.all(AuditEntry) if "rescue" in each.operation]
    assert {each.operation for each in rows} == {"save_rescue_copy", "read_rescue_copy"}
    assert {each.client_id for each in rows} == {notebook.client_id}


def test_another_practice_an_altered_file_or_none_at_all_is_refused(notebook: Notebook, tmp_path: Path):
    path = notebook.desk.rescue_copies.save(tmp_path / "copy", notebook.open(), RICH)
    sealed = bytearray(path.read_bytes())
    other = Desk(create_with_key(tmp_path / "other", bytes(32), "Another"))
    with pytest.raises(Refused, match="only the practice"):
        other.rescue_copies.read(path)
    other.close()
    for place in (0, 15, 40, len(sealed) - 1):
        altered = bytearray(sealed)
        altered[place] ^= 1
        path.write_bytes(altered)
        with pytest.raises(Refused, match="no whole rescue copy"):
            notebook.desk.rescue_copies.read(path)
    path.write_bytes(sealed[:20])
    with pytest.raises(Refused):
        notebook.desk.rescue_copies.read(path)
    with pytest.raises(Refused, match="can’t be read"):
        notebook.desk.rescue_copies.read(tmp_path / "nothing")


def test_a_place_that_cannot_be_written_is_told_and_nothing_half_is_left(notebook: Notebook, tmp_path: Path):
    with pytest.raises(FolderNotWritable):
        notebook.desk.rescue_copies.save(tmp_path / "no such folder" / "copy", notebook.open(), RICH)
    (tmp_path / f"taken{SUFFIX}").mkdir()
    with pytest.raises(FolderNotWritable):
        notebook.desk.rescue_copies.save(tmp_path / "taken", notebook.open(), RICH)
    assert [each.name for each in tmp_path.iterdir() if "part" in each.name] == []
