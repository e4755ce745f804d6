"""No clinical word lies in clear on the disk: not while the practice is open, not after it is closed, not after a kill."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.form import FieldKind, Purpose
from ipt_desktop.domain.records import Client, DisputeStage, EndingKind, Placement, ProblemArea, Session, Tie, TieKind
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.recovery_code import code_of
from ipt_desktop.services.vault import create_with_key, open_with_key

ROOT = Path(__file__).parents[2]
KEY = bytes(range(32))
DAY = date(2026, 3, 2)
ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "UTF-8": lambda word: word.encode("utf-8"),
    "UTF-16LE": lambda word: word.encode("utf-16-le"),
    "UTF-16BE": lambda word: word.encode("utf-16-be"),
    "JSON": lambda word: json.dumps(word)[1:-1].encode(),
}

# Words of four scripts, found in no library: where one stands in a file, it came from what was written here.
PRACTICE, THERAPIST = "Zaunkönigwerkstatt", "Bärlappkundige"
NAME, PRESENTING, OWN_WORDS = "Nachtigallenkäfig", "Ωκεανοπότης", "Снегопадница"
PEOPLE = ("Kranichfährmann", "Żółwiojad", "Λυχνοστάτρια", "Метелелюб", "紅茸茶碗")
SAID, NOTE, JOTTING, STEP, INVENTORY, FORMULATION = (f"{word}quirlbaum" for word in ("Sa", "No", "Jo", "St", "In", "Fo"))
REASON, ABOUT, ADDRESS, PRIVATE = "Grundquirlbaum", "Worumquirlbaum", "Gassenquirlbaum", "Stillquirlbaum"
WORDS = (
    *(PRACTICE, THERAPIST, NAME, PRESENTING, OWN_WORDS, *PEOPLE, SAID, NOTE, JOTTING, STEP),
    *(INVENTORY, FORMULATION, REASON, ABOUT, ADDRESS, PRIVATE),
)


def written(desk: Desk) -> None:
    """Write every word somewhere, and change some of it again, so that old pages and the log hold it as well."""
    desk.practice.change_details(replace(desk.practice.details(), therapist=THERAPIST, address=ADDRESS))
    client = desk.clients.add_client(Client(name=NAME, presenting_problem=PRESENTING, own_words=OWN_WORDS, address=ADDRESS))
    course = desk.courses.begin_course(client.id, desk.resources.protocols[0], started_on=DAY)
    session = desk.sessions.add_session(Session(course_id=course.id, date=DAY))
    sitting = desk.circles.sitting_now(course.id, datetime(2026, 3, 2, 9))
    people = [desk.circles.add_person(client.id, name, "friend", relation_words=SAID) for name in PEOPLE]
    for place, person in enumerate(people):
        placement = Placement(person_id=person.id, sitting_id=sitting.id, felt=0.1 * place, words=SAID)
        desk.circles.put_back(sitting.id, person.id, placement)
    desk.circles.add_tie(Tie(client_id=client.id, from_person_id=people[0].id, to_person_id=people[1].id, kind=TieKind.KIN))
    area = desk.phases.keep_problem_area(ProblemArea(course_id=course.id, area="dispute", about=ABOUT, person_id=people[0].id))
    desk.phases.judge_stage(area.id, DisputeStage.IMPASSE, DAY)
    desk.phases.enter_phase(course.id, "middle", DAY, REASON)
    write(desk, Purpose.PROGRESS_NOTE, client.id, (NOTE, JOTTING, STEP), course_id=course.id, session_id=session.id)
    write_privately(desk, client.id, session.id)
    write(desk, Purpose.FORMULATION, client.id, (FORMULATION,), course_id=course.id)
    write(desk, Purpose.INVENTORY_ENTRY, client.id, (INVENTORY,), about_id=people[0].id)
    desk.circles.add_person(client.id, "Gone", "friend")
    desk.courses.end_course(course.id, DAY, EndingKind.PLANNED)


def write(desk: Desk, purpose: Purpose, client_id: str, words: tuple[str, ...], **place: str) -> None:
    """Fill every line and every prose of a form with the words, in two saves, the second one long."""
    document = desk.documents.open_document(purpose, client_id, **place)
    form, draft = desk.documents.form_of(document), desk.documents.begin_writing(document)
    text = " ".join(words)
    for copies in (1, 400):
        answers: dict[str, object] = {}
        for field in form.fields:
            if field.kind == FieldKind.PROSE:
                answers[field.key] = rich_text.to_json(rich_text.plain(" ".join([text] * copies)))
            elif field.kind == FieldKind.LINE:
                answers[field.key] = text
            elif field.kind == FieldKind.STEP:
                answers[field.key] = {"done": "partly", "words": text}
        desk.documents.keep_draft(draft, answers)
    desk.documents.end_writing(draft)


def write_privately(desk: Desk, client_id: str, session_id: str) -> None:
    """Write a private note, in two saves, and lock it."""
    desk.private.open_with_code(code_of(KEY))
    documents = desk.private.documents
    draft = documents.begin_writing(desk.private.note(client_id, session_id))
    for copies in (1, 400):
        words = rich_text.to_json(rich_text.plain(" ".join([PRIVATE] * copies)))
        documents.keep_draft(draft, {field.key: words for field in documents.form_of(draft.document).fields})
    documents.end_writing(draft)
    desk.private.lock()


def in_clear(*folders: Path) -> list[str]:
    """Return each file that holds one of the words in clear, with the word and its encoding; names of files count too."""
    found = []
    for file in sorted(file for folder in folders for file in folder.rglob("*") if file.is_file()):
        content = file.read_bytes() + b"\n" + str(file).encode()
        spelled = [(word, name, encode(word)) for word in WORDS for name, encode in ENCODINGS.items()]
        found += [f"{file.name}: {word} ({name})" for word, name, spelling in spelled if spelling in content]
    return found


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
    desk = Desk(create_with_key(tmp_path / "practice", KEY, PRACTICE))
    yield desk
    desk.close()


def test_no_word_lies_in_clear_while_the_practice_is_open_or_after(desk: Desk, tmp_path: Path, temporary: Path, home: Path):
    written(desk)
    assert (desk.folder / "practice.db-wal").stat().st_size > 100_000  # what was written waits in the log
    assert in_clear(desk.folder, temporary, home) == []
    desk.close()
    assert not (desk.folder / "practice.db-wal").exists()
    assert in_clear(desk.folder, temporary, home) == []
    again = Desk(open_with_key(desk.folder, KEY))  # and it was all written: the scan did not look for what is not there
    with again.store.read() as reading:
        kept = "".join(
            str(row)
            for table in ("practice", "client", "person", "placement", "problem_area", "phase_change", "document", "revision")
            for row in reading._connection.exec_driver_sql(f"SELECT * FROM {table}")  # noqa: S608 - our own tables
        )
    again.private.open_with_code(code_of(KEY))
    store = again.private.store
    assert store is not None
    with store.read() as reading:
        kept_apart = str(reading._connection.exec_driver_sql("SELECT * FROM document").fetchall())
    again.close()
    assert PRIVATE not in kept
    kept += kept_apart
    assert [word for word in WORDS if word not in kept and json.dumps(word)[1:-1] not in kept] == []


def test_no_word_lies_in_clear_after_a_kill(tmp_path: Path, temporary: Path, home: Path):
    folder = tmp_path / "practice"
    create_with_key(folder, KEY, PRACTICE).close()
    script = f"""
import sys
import types
from pathlib import Path
tests = types.ModuleType("tests")  # ours: a dependency brings a package of that name along
tests.__path__ = [{str(ROOT / "tests")!r}]
sys.modules["tests"] = tests
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import open_with_key
from tests.services.test_canary import KEY, written
written(Desk(open_with_key(Path({str(folder)!r}), KEY)))
print("written", flush=True)
sys.stdin.read()
"""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "written\n"
        writer.kill()
    assert (folder / "practice.db-wal").stat().st_size > 100_000
    assert in_clear(folder, temporary, home) == []
    desk = Desk(open_with_key(folder, KEY))
    assert [client.name for client in desk.clients.clients()] == [NAME]
    desk.close()
    assert in_clear(folder, temporary, home) == []


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_scan_finds_a_word_in_clear(tmp_path: Path, encoding: str):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "log").write_bytes(b"\x00" * 4095 + ENCODINGS[encoding](PEOPLE[4]) + b"\x00")
    assert in_clear(tmp_path) == [f"log: {PEOPLE[4]} ({encoding})"]
