"""kill -9 while a note is being typed: what was acknowledged is there again, in every stay at it."""

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Client, Session
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key, open_with_key

ROOT = Path(__file__).parents[2]
KEY = bytes(range(32))
DAY = date(2026, 3, 2)
FIELD = "what_happened"

# Types at the one note, word by word, as the window does: saves are queued, a few at a time, and acknowledged by the writer
# thread. Prints the number of words that each acknowledged save held.
TYPIST = """
import itertools, sys, threading
from pathlib import Path
from ipt_desktop.domain import rich_text
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import open_with_key

folder, key, stay = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), sys.argv[3]
desk = Desk(open_with_key(folder, key))
(client,) = desk.clients.clients()
(course,) = desk.courses.courses(client.id)
(note,) = desk.documents.notes(course.id).values()
draft = desk.documents.begin_writing(note)
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
    answers = {"what_happened": rich_text.to_json(rich_text.plain(" ".join(words)))}
    room.acquire()
    desk.documents.save_draft(draft, answers, acknowledge(count))
"""


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    """Make a practice with one client, one session and a note that has been begun."""
    folder = tmp_path / "practice"
    desk = Desk(create_with_key(folder, KEY, "Quiet Street"))
    client = desk.clients.add_client(Client(name="Ada"))
    protocol = desk.resources.protocols[0]
    course = desk.courses.begin_course(client.id, protocol, started_on=DAY)
    session = desk.sessions.add_session(Session(course_id=course.id, date=DAY))
    note = desk.documents.open_document(Purpose.PROGRESS_NOTE, client.id, course_id=course.id, session_id=session.id)
    desk.documents.keep_draft(desk.documents.begin_writing(note), {FIELD: rich_text.to_json(rich_text.plain("Begun."))})
    desk.close()
    return folder


@contextmanager
def opened(folder: Path) -> Iterator[Desk]:
    desk = Desk(open_with_key(folder, KEY))
    yield desk
    desk.close()


def type_until_killed(folder: Path, stay: str, after: int) -> int:
    """Let another process type, kill it after so many acknowledgements, and return how many words it was told are kept."""
    arguments = [sys.executable, "-c", TYPIST, str(folder), KEY.hex(), stay]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as typist:
        assert typist.stdout is not None
        told = [typist.stdout.readline() for _ in range(after)]
        typist.kill()
        told += typist.stdout.read().splitlines(keepends=True)
    whole = [int(line) for line in told if line.endswith("\n")]
    assert whole == list(range(1, len(whole) + 1))
    assert len(whole) >= after
    return whole[-1]


def typed(stay: str, count: int) -> str:
    return " ".join([stay, *(f"word{number}" for number in range(1, count + 1))])


def rounds(folder: Path, times: int) -> None:
    """Type and be killed so many times; after each, every stay's acknowledged words are there and the database is sound."""
    chance = random.Random(25)  # noqa: S311 - where to kill, not a secret
    acknowledged: dict[str, int] = {}
    for turn in range(times):
        stay = f"stay{turn}"
        acknowledged[stay] = type_until_killed(folder, stay, chance.randint(1, 40))
        with opened(folder) as desk:
            (note,) = desk.documents.notes(desk.courses.courses(desk.clients.clients()[0].id)[0].id).values()
            kept = {words_of(each.answers).split()[0]: words_of(each.answers) for each in desk.documents.revisions(note.id)}
            with desk.store.read() as reading:
                connection = reading._connection
                sound = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
                dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        assert [s for s, count in acknowledged.items() if not kept[s].startswith(typed(s, count))] == []
        assert words_of(note.answers) == kept[stay]  # a document and its revision are kept together or not at all
        assert (sound, dangling) == ("ok", [])
    with opened(folder) as desk:
        damaged = desk.store.write(lambda writing: _damaged_pages(writing._connection))
    assert damaged == []


def _damaged_pages(connection: object) -> list[object]:
    return list(connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall())  # type: ignore[attr-defined]


def words_of(answers: dict[str, object]) -> str:
    return rich_text.as_plain(rich_text.from_json(answers[FIELD]))


def test_nothing_acknowledged_is_lost_in_10_kills(practice: Path):
    rounds(practice, 10)


@pytest.mark.soak
def test_nothing_acknowledged_is_lost_in_100_kills(practice: Path):
    rounds(practice, 100)
