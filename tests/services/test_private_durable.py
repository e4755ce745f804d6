"""Private notes survive what the practice survives: kill -9, backup and restore; and their words lie in clear nowhere."""

import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.records import Client, Document, Session
from ipt_desktop.services.backups import Backups
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.restore import restore
from ipt_desktop.services.secret import Secret
from ipt_desktop.services.vault import create_with_key, open_with_key
from tests.services.test_canary import ENCODINGS
from tests.services.test_private_notes import CANARY, CODE, KEY, read, session_of, write

ROOT = Path(__file__).parents[2]

# Types at the one private note, word by word, as the window does; prints the number of words that each kept save held.
TYPIST = """
import itertools, sys, threading
from pathlib import Path
from ipt_desktop.domain import rich_text
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import open_with_key

folder, key, code, stay, client, session = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), *sys.argv[3:7]
desk = Desk(open_with_key(folder, key))
desk.private.open_with_code(code)
documents = desk.private.documents
draft = documents.begin_writing(desk.private.note(client, session))
room = threading.Semaphore(3)
words = [stay]

def acknowledge(count):
    def done(saved, error):
        room.release()
        if error is None and not saved.is_rescue:
            sys.stdout.write(f"{count}\\n")
            sys.stdout.flush()
    return done

for count in itertools.count(1):
    words.append(f"word{count}")
    room.acquire()
    documents.save_draft(draft, {"private": rich_text.to_json(rich_text.plain(" ".join(words)))}, acknowledge(count))
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the program, and what the database makes, a folder of their own for temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    return folder


@pytest.fixture
def desk(tmp_path: Path, temporary: Path) -> Iterator[Desk]:
    opened = Desk(create_with_key(tmp_path / "practice", KEY, "Quiet Street"))
    opened.private.open_with_code(CODE)
    yield opened
    opened.close()


def in_clear(*folders: Path) -> list[str]:
    """Return each file that holds the canary in clear, in any encoding; names of files count too."""
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    spelt = [encode(CANARY) for encode in ENCODINGS.values()]
    return [file.name for file in files if any(each in file.read_bytes() + str(file).encode() for each in spelt)]


def test_no_private_word_lies_in_clear_anywhere(desk: Desk, tmp_path: Path, temporary: Path, home: Path):
    client, session = session_of(desk)
    write(desk, client, session, " ".join([CANARY] * 500))
    write(desk, client, session, CANARY)
    made = Backups(desk.vault, lambda: desk.private.store).make(tmp_path)
    assert (desk.folder / "private.db-wal").stat().st_size > 20_000
    assert in_clear(tmp_path, temporary, home) == []
    desk.close()
    assert in_clear(tmp_path, temporary, home) == []
    assert made.path.exists()
    (tmp_path / "told").write_text(CANARY, encoding="utf-8")
    assert in_clear(tmp_path) == ["told"]  # the scan finds what is there


@pytest.mark.parametrize("is_open", [True, False])
def test_a_backup_brings_them_back(desk: Desk, tmp_path: Path, is_open: bool):
    client, session = session_of(desk)
    write(desk, client, session, CANARY)
    if not is_open:
        desk.private.lock()
    made = Backups(desk.vault, lambda: desk.private.store).make(tmp_path)
    desk.close()
    restore(made.path, tmp_path / "back", Secret(recovery_code=CODE))
    back = Desk(open_with_key(tmp_path / "back", KEY), Secret(recovery_code=CODE))
    back.private.open_along()
    assert read(back, client, session) == CANARY
    back.close()


def test_a_practice_without_private_notes_brings_none_back(tmp_path: Path):
    desk = Desk(create_with_key(tmp_path / "practice", KEY, "Quiet Street"))
    made = Backups(desk.vault, lambda: desk.private.store).make(tmp_path)
    desk.close()
    restore(made.path, tmp_path / "back", Secret(recovery_code=CODE))
    assert not (tmp_path / "back" / "private.db").exists()


def type_until_killed(folder: Path, stay: str, place: tuple[Client, Session], after: int) -> int:
    """Let another process type, kill it after so many acknowledgements, and return how many words it was told are kept."""
    client, session = place
    arguments = [sys.executable, "-c", TYPIST, str(folder), KEY.hex(), CODE, stay, client.id, session.id]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as typist:
        assert typist.stdout is not None
        told = [typist.stdout.readline() for _ in range(after)]
        typist.kill()
        told += typist.stdout.read().splitlines(keepends=True)
    whole = [int(line) for line in told if line.endswith("\n")]
    assert whole == list(range(1, len(whole) + 1))
    assert len(whole) >= after
    return whole[-1]


def rounds(desk: Desk, times: int) -> None:
    """Type and be killed so many times; after each, every stay's acknowledged words are there and the file is sound."""
    folder, chance = desk.folder, random.Random(9)  # noqa: S311 - where to kill, not a secret
    place = session_of(desk)
    write(desk, *place, "Begun.")
    desk.close()
    acknowledged: dict[str, int] = {}
    for turn in range(times):
        stay = f"stay{turn}"
        acknowledged[stay] = type_until_killed(folder, stay, place, chance.randint(1, 40))
        again = Desk(open_with_key(folder, KEY))
        again.private.open_with_code(CODE)
        note = again.private.note(place[0].id, place[1].id)
        kept = {said(each.answers).split()[0]: said(each.answers) for each in again.private.documents.revisions(note.id)}
        store = again.private.store
        assert store is not None
        with store.read() as reading:
            assert reading._connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert len(reading.all(Document)) == 1
        again.close()
        for each, count in acknowledged.items():
            assert kept[each].startswith(" ".join([each, *(f"word{number}" for number in range(1, count + 1))]))
        assert said(note.answers) == kept[stay]


def said(answers: dict[str, object]) -> str:
    return rich_text.as_plain(rich_text.from_json(answers["private"]))


KILLS = pytest.mark.parametrize("times", [5, pytest.param(100, marks=pytest.mark.soak)])


@KILLS
def test_nothing_acknowledged_is_lost_however_often_it_is_killed(
    desk: Desk, times: int, record_property: Callable[[str, object], None]
):
    rounds(desk, times)
    outcome = "every acknowledged save was there again, and the file sound"
    record_property("proof", ("kill -9 while a private note is typed", f"{times} kills", outcome))
