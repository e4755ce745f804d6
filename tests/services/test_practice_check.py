"""Checks find what is damaged and say what can still be read; a salvage saves that, and names the rest."""

import hashlib
import random
from datetime import date
from pathlib import Path

import pytest

from ipt_desktop.domain import records as r
from ipt_desktop.domain.errors import (
    Cancelled,
    DatabaseDamaged,
    HeaderDamaged,
    PracticeExists,
    PracticeInUse,
    PracticeMissing,
    RecoveryCodeWrong,
)
from ipt_desktop.domain.health import Salvaged
from ipt_desktop.services.practice_check import check_closed, full_check, place_beside, quick_check, salvage
from ipt_desktop.services.recovery_code import code_of
from ipt_desktop.services.secret import Secret
from ipt_desktop.services.vault import create_with_key, open_with_key
from ipt_desktop.storage.database_copy import prove_database
from ipt_desktop.storage.engine import Access, connect, writing_connection
from ipt_desktop.storage.store import Store, Writing

SECRET = bytes(range(32))
CODE = Secret(recovery_code=code_of(SECRET))
PAGE = 4096
CLIENTS, NOTES = 30, 200


def text_of(number: int) -> str:
    """Return a note's text; every third is longer than a page."""
    return f"{number} " + "words " * (2000 if number % 3 == 0 else 400)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one practice with clients, notes and revisions for all tests here, which copy it."""
    folder = tmp_path_factory.mktemp("made") / "practice"
    vault = create_with_key(folder, SECRET, "Quiet Street")
    for number in range(CLIENTS):
        vault.store.write(lambda writing, number=number: writing.insert(r.Client(id=f"client {number}", name="N" * 300)))
    for number in range(NOTES):

        def write(writing: Writing, number: int = number) -> None:
            answers = {"text": text_of(number)}
            client = f"client {number % CLIENTS}"
            writing.insert(
                r.Document(id=f"note {number}", client_id=client, form="f", purpose="progress_note", answers=answers)
            )
            writing.insert(r.Revision(id=f"rev {number}", document_id=f"note {number}", form="f", answers=answers))

        vault.store.write(write)
    vault.close()
    return folder


@pytest.fixture
def practice(made: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "practice"
    folder.mkdir()
    for file in made.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


@pytest.fixture
def key(practice: Path) -> bytes:
    vault = open_with_key(practice, SECRET)
    vault.close()
    return vault.store.key


def prints(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}


def damage(folder: Path, *pages: int) -> None:
    """Flip a bit in each of these pages (counted from 1)."""
    content = bytearray((folder / "practice.db").read_bytes())
    for page in pages:
        content[(page - 1) * PAGE + 100] ^= 1
    (folder / "practice.db").write_bytes(content)


def root_page(folder: Path, key: bytes, name: str) -> int:
    raw = connect(folder / "practice.db", key, Access.LOOK)
    page = int(raw.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0])
    raw.close()
    return page


def ids(folder: Path, record: type[r.Record]) -> set[str]:
    vault = open_with_key(folder, SECRET)
    with vault.store.read() as reading:
        found = {each.id for each in reading.all(record)}
    vault.close()
    return found


# Checking


def test_a_sound_practice_is_sound_open_and_closed(practice: Path):
    before = prints(practice)
    (health,) = check_closed(practice, CODE).values()
    assert prints(practice) == before
    assert (health.is_sound, health.counts["client"], health.counts["note"]) == (True, CLIENTS, NOTES)
    vault = open_with_key(practice, SECRET)
    vault.store.write(lambda writing: writing.insert(r.Client(name="In the log")))
    assert full_check(vault.store).counts["client"] == CLIENTS + 1
    assert quick_check(vault.store).is_sound
    vault.close()


def test_a_log_left_by_a_kill_is_checked_too(practice: Path, key: bytes):
    store = Store(practice / "practice.db", key)
    store.write(lambda writing: writing.insert(r.Client(name="In the log")))
    files = {file: file.read_bytes() for file in practice.iterdir() if file.name.startswith("practice.db")}
    store.close()
    for file, content in files.items():
        file.write_bytes(content)
    assert check_closed(practice, CODE)["practice.db"].counts["client"] == CLIENTS + 1


def test_damage_is_told_with_what_can_be_read_and_nothing_is_written(practice: Path):
    damage(practice, 40)
    before = prints(practice)
    (health,) = check_closed(practice, CODE).values()
    assert prints(practice) == before
    assert "40" in health.damage[0]
    assert sum(each.rows for each in health.readable.values()) > CLIENTS + NOTES
    assert not health.is_sound


def test_damage_is_found_in_an_open_practice(practice: Path, key: bytes):
    damage(practice, 60)
    store = Store(practice / "practice.db", key)
    assert not full_check(store).is_sound
    store.close()


def test_rows_without_what_they_belong_to_are_told_apart_from_damage(practice: Path, key: bytes):
    with writing_connection(practice / "practice.db", key) as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("DELETE FROM client WHERE id = 'client 3'")
    (health,) = check_closed(practice, CODE).values()
    assert (health.is_sound, health.damage) == (False, ())
    assert "client" in health.orphans[0]


def test_what_cannot_be_checked_is_refused(practice: Path, tmp_path: Path):
    with pytest.raises(PracticeMissing):
        check_closed(tmp_path / "absent", CODE)
    with pytest.raises(RecoveryCodeWrong):
        check_closed(practice, Secret(recovery_code=code_of(bytes(32))))
    vault = open_with_key(practice, SECRET)
    with pytest.raises(PracticeInUse):
        check_closed(practice, CODE)
    vault.close()
    (practice / "header.json").write_bytes(b"{}")
    with pytest.raises(HeaderDamaged):
        check_closed(practice, Secret(passphrase="something"))  # noqa: S106
    assert check_closed(practice, CODE)["practice.db"].is_sound


# Salvage


def saved(practice: Path, into: Path) -> Salvaged:
    """Salvage, and require that the damaged file is as it was, and the new one sound."""
    before = prints(practice)
    done = salvage(practice, CODE, into)
    assert prints(practice) == before
    vault = open_with_key(into, SECRET)
    vault.close()
    prove_database(into / "practice.db", vault.store.key)
    return done


def test_a_sound_practice_is_salvaged_whole(practice: Path, tmp_path: Path):
    done = saved(practice, tmp_path / "new")
    assert (done.lost, done.rebuilt) == ({}, {})
    assert ids(tmp_path / "new", r.Revision) == ids(practice, r.Revision)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "new" / "header.json").read_bytes() == (practice / "header.json").read_bytes()


@pytest.mark.parametrize("seed", range(12))
def test_whatever_page_is_damaged_only_what_is_named_is_lost(practice: Path, tmp_path: Path, seed: int):
    pages = (practice / "practice.db").stat().st_size // PAGE
    whole = {record: ids(practice, record) for record in (r.Client, r.Document, r.Revision)}
    damage(practice, *random.Random(seed).sample(range(34, pages), 3))  # noqa: S311  (beyond the schema's pages)
    done = saved(practice, tmp_path / "new")
    for record, table in ((r.Client, "client"), (r.Document, "document"), (r.Revision, "revision")):
        lost = done.tables[table].lost
        kept = ids(tmp_path / "new", record)
        if lost is not None:
            assert whole[record] - kept <= set(lost)
            assert len(lost) <= 30
        assert len(kept & whole[record]) >= done.tables[table].rows
    vault = open_with_key(tmp_path / "new", SECRET)
    with vault.store.read() as reading:  # a page that was altered may be handed out as zeros
        texts = {each.id: each.answers["text"] for each in reading.all(r.Document)}
    vault.close()
    assert texts.items() <= {f"note {number}": text_of(number) for number in range(NOTES)}.items()
    assert len(texts) > NOTES - 30


def test_notes_outlive_their_lost_clients(practice: Path, tmp_path: Path, key: bytes):
    damage(practice, root_page(practice, key, "client"))
    done = saved(practice, tmp_path / "new")
    assert done.tables["client"].rows == 0
    assert (done.tables["document"].rows, done.tables["document"].lost) == (NOTES, ())
    assert done.rebuilt == {"client": CLIENTS}
    assert len(ids(tmp_path / "new", r.Client)) == CLIENTS


def test_words_outlive_their_lost_notes_in_their_revisions(practice: Path, tmp_path: Path, key: bytes):
    damage(practice, root_page(practice, key, "document"))
    done = saved(practice, tmp_path / "new")
    assert done.rebuilt["document"] == NOTES
    assert set(done.lost) == {"document"}
    vault = open_with_key(tmp_path / "new", SECRET)
    with vault.store.read() as reading:
        assert {each.answers["text"].split()[0] for each in reading.all(r.Document)} == {str(each) for each in range(NOTES)}
    vault.close()


def test_a_lost_schema_is_told_and_leaves_nothing(practice: Path, tmp_path: Path):
    damage(practice, 1)
    with pytest.raises(DatabaseDamaged):
        salvage(practice, CODE, tmp_path / "new")
    with pytest.raises(DatabaseDamaged):
        check_closed(practice, CODE)
    assert not (tmp_path / "new").exists()


def test_an_empty_file_is_no_sound_practice(practice: Path, tmp_path: Path):
    (practice / "practice.db").write_bytes(b"")
    with pytest.raises(DatabaseDamaged, match="0 bytes"):
        check_closed(practice, CODE)
    with pytest.raises(DatabaseDamaged, match="0 bytes"):
        salvage(practice, CODE, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert (practice / "practice.db").read_bytes() == b""


def test_without_a_header_the_recovery_sheet_salvages_too(practice: Path, tmp_path: Path):
    (practice / "header.json").unlink()
    assert saved(practice, tmp_path / "new").tables["client"].rows == CLIENTS


def test_the_therapist_s_own_forms_come_along(practice: Path, tmp_path: Path):
    (practice / "definitions" / "forms").mkdir(parents=True)
    (practice / "definitions" / "forms" / "own.toml").write_text("title = 'Own'")
    salvage(practice, CODE, tmp_path / "new")
    assert (tmp_path / "new" / "definitions" / "forms" / "own.toml").read_text() == "title = 'Own'"

    def stop(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        salvage(practice, CODE, tmp_path / "other", stop)
    assert not (tmp_path / "other").exists()


def test_a_file_cut_short_is_salvaged_as_far_as_it_goes(practice: Path, tmp_path: Path):
    database = practice / "practice.db"
    content = database.read_bytes()
    database.write_bytes(content[: len(content) * 9 // 10 - 100])
    done = saved(practice, tmp_path / "new")
    assert done.tables["client"].rows == CLIENTS
    assert NOTES // 3 < done.tables["document"].rows <= NOTES
    assert done.lost


def test_what_is_recovered_goes_beside_the_practice_where_nothing_is_yet(practice: Path):
    day = date(2026, 11, 24)
    first = place_beside(practice, day)
    assert first == practice.with_name("practice recovered 2026-11-24")
    first.mkdir()
    assert place_beside(practice, day) == practice.with_name("practice recovered 2026-11-24 2")


def test_a_salvage_never_overwrites_and_stops_clean(practice: Path, tmp_path: Path):
    with pytest.raises(PracticeExists):
        salvage(practice, CODE, practice)

    def stop(share: float) -> None:
        if share > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        salvage(practice, CODE, tmp_path / "new", stop)
    assert not (tmp_path / "new").exists()
