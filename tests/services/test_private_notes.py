"""Private notes: their own file, their own key, and nothing of them anywhere else."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.audit import Wanted
from ipt_desktop.domain.errors import (
    PracticeLocked,
    PrivateNotesLocked,
    RecoveryCodeWrong,
    Refused,
    SaveFailed,
    TooManyAttempts,
    WrongPassphrase,
)
from ipt_desktop.domain.records import AuditEntry, Client, Document, Session
from ipt_desktop.services import keys, private_access, vault
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.opening import Opening
from ipt_desktop.services.private_notes import PrivateNotes, PrivateState
from ipt_desktop.services.recovery_code import code_of
from ipt_desktop.services.secret import Secret
from ipt_desktop.services.vault import create_practice, create_with_key, open_with_key, unlock
from ipt_desktop.storage.store import Store
from tests.services.quick_stretching import QuickStretching

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
CODE = code_of(KEY)
PASSPHRASE, OWN = "correct horse battery staple", "my own words, for these alone"
CANARY = "Zwielichtquirl"
DAY = date(2026, 3, 2)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A practice that its plain key opens; the code of the same key opens its private notes."""
    opened = Desk(create_with_key(tmp_path / "practice", KEY, "Quiet Street"))
    yield opened
    opened.close()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "Argon2id", QuickStretching)


@pytest.fixture
def with_passphrase(tmp_path: Path, quick: None) -> Path:
    """A practice that a passphrase opens."""
    folder = tmp_path / "practice"
    create_practice(folder, PASSPHRASE, "Quiet Street").close()
    return folder


def session_of(desk: Desk) -> tuple[Client, Session]:
    client = desk.clients.add_client(Client(name="Ada"))
    course = desk.courses.begin_course(client.id, desk.resources.protocols[0], started_on=DAY)
    return client, desk.sessions.add_session(Session(course_id=course.id, date=DAY))


def words(text: str) -> dict[str, Any]:
    return {"private": rich_text.to_json(rich_text.plain(text))}


def write(desk: Desk, client: Client, session: Session, text: str) -> Document:
    documents = desk.private.documents
    draft = documents.begin_writing(desk.private.note(client.id, session.id))
    kept = documents.keep_draft(draft, words(text))
    documents.end_writing(draft)
    return kept


def read(desk: Desk, client: Client, session: Session) -> str:
    answers = desk.private.note(client.id, session.id).answers
    return rich_text.as_plain(rich_text.from_json(answers["private"])) if answers else ""


def audited(desk: Desk) -> list[str]:
    desk.store.write(lambda writing: None)  # what is noted meanwhile is kept by then
    with desk.store.read() as reading:
        return [each.operation for each in reading.all(AuditEntry, "number")]


# -- made at need, and kept ----------------------------------------------------------------------------------------


def test_there_is_no_file_until_a_private_page_is_turned_to(desk: Desk):
    assert desk.private.state is PrivateState.ABSENT
    with pytest.raises(PrivateNotesLocked):
        _ = desk.private.documents
    desk.private.open_along()
    assert not desk.private.path.exists()
    desk.private.open_with_code(CODE)
    assert desk.private.state is PrivateState.OPEN
    assert desk.private.path.stat().st_mode & 0o777 == 0o600


def test_what_is_written_is_there_again(desk: Desk, tmp_path: Path):
    client, session = session_of(desk)
    desk.private.open_with_code(CODE)
    assert read(desk, client, session) == ""
    write(desk, client, session, CANARY)
    desk.private.lock()
    assert desk.private.state is PrivateState.LOCKED
    with pytest.raises(PrivateNotesLocked):
        desk.private.note(client.id, session.id)
    desk.private.open_with_code(CODE)
    assert read(desk, client, session) == CANARY
    desk.close()
    assert not desk.private.path.with_name("private.db-wal").exists()
    again = Desk(open_with_key(tmp_path / "practice", KEY), Secret(recovery_code=CODE))
    assert again.private.open_along() is PrivateState.OPEN
    assert read(again, client, session) == CANARY
    again.close()


def test_each_session_has_its_own_and_earlier_versions_are_kept(desk: Desk):
    client, session = session_of(desk)
    other = desk.sessions.add_session(Session(course_id=session.course_id, date=DAY))
    desk.private.open_with_code(CODE)
    write(desk, client, session, "first")
    kept = write(desk, client, session, "second")
    assert read(desk, client, other) == ""
    assert read(desk, client, session) == "second"
    assert len(desk.private.documents.revisions(kept.id)) == 2


def test_a_save_that_has_not_seen_the_latest_is_kept_beside_it(desk: Desk):
    client, session = session_of(desk)
    desk.private.open_with_code(CODE)
    documents = desk.private.documents
    one = documents.begin_writing(write(desk, client, session, "begun"))
    other = documents.begin_writing(desk.private.note(client.id, session.id))
    documents.keep_draft(one, words("of one"))
    documents.keep_draft(other, words("of the other"))
    assert read(desk, client, session) == "of one"
    assert [each.is_rescue for each in documents.revisions(one.document.id)].count(True) == 1


def test_a_creation_cut_short_leaves_no_private_notes(desk: Desk):
    part = desk.folder / "private.db.part"
    part.write_bytes(b"half of one")
    assert desk.private.state is PrivateState.ABSENT
    desk.private.open_with_code(CODE)
    assert not part.exists()
    client, session = session_of(desk)
    write(desk, client, session, CANARY)
    assert read(desk, client, session) == CANARY


# -- who opens them ------------------------------------------------------------------------------------------------


def test_they_open_along_with_the_passphrase_of_the_practice(with_passphrase: Path):
    desk = Desk(unlock(with_passphrase, PASSPHRASE), Secret(PASSPHRASE))
    assert desk.private.may_open_along
    assert desk.private.open_along() is PrivateState.ABSENT  # there are none, and none are made
    assert desk.private.open_along(is_needed=True) is PrivateState.OPEN
    assert desk.private.has_own_passphrase is False
    desk.close()


def test_what_opened_the_practice_is_kept_by_nobody_after_it_was_tried(with_passphrase: Path):
    desk = Desk(unlock(with_passphrase, PASSPHRASE), Secret(PASSPHRASE))
    desk.private.open_along()
    held = [value for part in (desk, desk.private) for value in vars(part).values()]
    assert not any(isinstance(value, Secret) or value == PASSPHRASE for value in held)
    desk.close()
    early = Desk(unlock(with_passphrase, PASSPHRASE), Secret(PASSPHRASE))
    early.close()  # before it was tried
    assert not any(isinstance(value, Secret) for value in vars(early).values())


def test_opened_by_the_keychain_they_stay_locked_until_their_passphrase_is_typed(with_passphrase: Path):
    make_private(with_passphrase)
    desk = Desk(unlock(with_passphrase, PASSPHRASE))
    assert not desk.private.may_open_along
    assert desk.private.open_along(is_needed=True) is PrivateState.LOCKED
    desk.private.open(PASSPHRASE)
    assert desk.private.state is PrivateState.OPEN
    desk.close()


def make_private(folder: Path) -> tuple[Client, Session]:
    desk = Desk(unlock(folder, PASSPHRASE))
    desk.private.open(PASSPHRASE)
    client, session = session_of(desk)
    write(desk, client, session, CANARY)
    desk.close()
    return client, session


def test_with_a_passphrase_of_their_own_the_practices_never_opens_them(with_passphrase: Path):
    client, session = make_private(with_passphrase)
    desk = Desk(unlock(with_passphrase, PASSPHRASE), Secret(PASSPHRASE))
    desk.private.give_own_passphrase(PASSPHRASE, OWN)
    desk.close()
    desk = Desk(unlock(with_passphrase, PASSPHRASE), Secret(PASSPHRASE))
    assert desk.private.open_along(is_needed=True) is PrivateState.LOCKED
    assert desk.private.has_own_passphrase is True
    with pytest.raises(WrongPassphrase):
        desk.private.open(PASSPHRASE)
    desk.private.open(OWN)
    assert read(desk, client, session) == CANARY
    desk.close()


def test_they_can_be_let_open_along_again(with_passphrase: Path):
    client, session = make_private(with_passphrase)
    desk = Desk(unlock(with_passphrase, PASSPHRASE), Secret(PASSPHRASE))
    desk.private.give_own_passphrase(PASSPHRASE, OWN)
    for own, main in ((OWN, "not the passphrase"), ("not their own", PASSPHRASE), (PASSPHRASE, OWN)):
        with pytest.raises(WrongPassphrase):
            desk.private.let_open_along(own, main)
    desk.private.let_open_along(OWN, PASSPHRASE)
    assert desk.private.has_own_passphrase is False
    desk.close()
    desk = Desk(unlock(with_passphrase, PASSPHRASE), Secret(PASSPHRASE))
    assert desk.private.open_along() is PrivateState.OPEN
    assert read(desk, client, session) == CANARY
    assert {"give_own_private_passphrase", "let_private_open_along"} <= set(audited(desk))
    desk.close()


def test_wrong_passphrases_make_the_next_wait_and_the_practice_opens_all_the_same(with_passphrase: Path):
    make_private(with_passphrase)
    desk = Desk(unlock(with_passphrase, PASSPHRASE))
    for _each in range(3):
        with pytest.raises(WrongPassphrase):
            desk.private.open("a wrong one")
    with pytest.raises(TooManyAttempts):
        desk.private.open(PASSPHRASE)
    with pytest.raises(RecoveryCodeWrong):
        desk.private.open_with_code("AAAA")
    assert audited(desk).count("fail_to_open_private_with_code") == 1
    assert audited(desk).count("fail_to_open_private") == 3
    desk.close()
    Desk(unlock(with_passphrase, PASSPHRASE), Secret(PASSPHRASE)).close()


def test_a_wrong_passphrase_is_noted_whatever_it_was_asked_for(with_passphrase: Path):
    make_private(with_passphrase)
    desk = Desk(unlock(with_passphrase, PASSPHRASE), Secret(PASSPHRASE))
    desk.private.give_own_passphrase(PASSPHRASE, OWN)
    for asked in (
        lambda: desk.private.give_own_passphrase("a wrong one", OWN),
        lambda: desk.private.let_open_along("a wrong one", PASSPHRASE),
        lambda: Opening(desk.vault, desk.open_practice).require_private_passphrase("a wrong one"),
    ):
        with pytest.raises(WrongPassphrase):
            asked()
    assert audited(desk).count("fail_to_open_private") == 3
    desk.close()


def test_the_practices_right_passphrase_does_not_forgive_wrong_private_ones(with_passphrase: Path):
    make_private(with_passphrase)
    for _each in range(3):
        desk = Desk(unlock(with_passphrase, PASSPHRASE))
        with pytest.raises(WrongPassphrase):
            desk.private.open("a wrong one")
        desk.close()
    desk = Desk(unlock(with_passphrase, PASSPHRASE))
    with pytest.raises(TooManyAttempts):
        desk.private.open(PASSPHRASE)
    desk.close()


def test_the_recovery_code_opens_the_bare_file(desk: Desk, tmp_path: Path):
    client, session = session_of(desk)
    desk.private.open_with_code(CODE)
    write(desk, client, session, CANARY)
    desk.close()
    (desk.folder / "header.json").unlink()
    opened = open_with_key(desk.folder, KEY)
    store = private_access.open_private_with_code(opened, CODE)
    with store.read() as reading:
        (kept,) = reading.all(Document)
    assert rich_text.as_plain(rich_text.from_json(kept.answers["private"])) == CANARY
    store.close()
    opened.close()


def test_another_practices_code_opens_nothing(desk: Desk):
    desk.private.open_with_code(CODE)
    desk.private.lock()
    with pytest.raises(RecoveryCodeWrong):
        desk.private.open_with_code(code_of(OTHER_KEY))
    assert desk.private.state is PrivateState.LOCKED


def test_the_demos_open_with_its_published_key(tmp_path: Path):
    desk = Desk(create_practice(tmp_path / "demo", None, "Demo", is_demo=True))
    assert desk.private.may_open_along
    assert desk.private.open_along(is_needed=True) is PrivateState.OPEN
    desk.close()


def test_an_opening_that_comes_too_late_opens_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    """The practice is locked while the passphrase of the private notes is still being stretched."""
    is_stretching, may_go_on = threading.Event(), threading.Event()
    real = private_access.private_key_of_code

    def slowly(*given: Any) -> bytes:
        is_stretching.set()
        may_go_on.wait(10)
        return real(*given)

    monkeypatch.setattr(private_access, "private_key_of_code", slowly)
    told: list[BaseException] = []

    def open_them() -> None:
        try:
            desk.private.open_with_code(CODE)
        except PracticeLocked as error:
            told.append(error)

    opener = threading.Thread(target=open_them)
    opener.start()
    is_stretching.wait(10)
    desk.close()
    may_go_on.set()
    opener.join()
    assert len(told) == 1
    assert desk.private.store is None
    assert not desk.private.path.exists()


# -- nothing of them elsewhere -------------------------------------------------------------------------------------


def all_that_is_in(path: Path, key: bytes) -> str:
    """Return everything a database holds, as text."""
    with closing(dbapi2.connect(str(path))) as raw:
        raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return "\n".join(f"{name}: {row}" for name in tables for row in raw.execute(f'SELECT * FROM "{name}"'))  # noqa: S608


def test_the_practices_own_file_holds_no_word_and_only_bare_audit_rows(desk: Desk):
    client, session = session_of(desk)
    before = audited(desk)
    desk.private.open_with_code(CODE)
    kept = write(desk, client, session, CANARY)
    assert audited(desk)[len(before) :] == ["make_private", "begin_edit_private", "end_edit_private"]
    edits = desk.audit.entries(Wanted(client_id=client.id))[:2]
    assert [(each.operation, each.kind) for each in edits] == [
        ("end_edit_private", "document"),
        ("begin_edit_private", "document"),
    ]
    main = vault.keys.store_key(KEY, desk.vault.practice_id, "main")
    private = vault.keys.store_key(KEY, desk.vault.practice_id, "private")
    desk.close()
    content = all_that_is_in(desk.folder / "practice.db", main)
    assert CANARY not in content
    assert "private_note" not in content
    entries = [line for line in content.splitlines() if kept.id in line]
    assert len(entries) == 2
    assert all(line.startswith("audit_entry: ") and "_edit_private'" in line for line in entries)
    assert CANARY in all_that_is_in(desk.private.path, private)
    with pytest.raises(dbapi2.DatabaseError):
        all_that_is_in(desk.private.path, main)
    with pytest.raises(sqlite3.DatabaseError), closing(sqlite3.connect(desk.private.path)) as bare:
        bare.execute("SELECT * FROM document")


def test_no_view_of_the_practice_hears_of_them(desk: Desk):
    client, session = session_of(desk)
    desk.private.open_with_code(CODE)
    heard: list[Any] = []
    desk.changes.subscribe(heard.append)
    write(desk, client, session, CANARY)
    assert heard  # that there is something new to back up
    assert all(not each.kinds for each in heard)
    assert desk.documents.of_session(session.id) == []


def run(store: Store, statement: str) -> None:
    store.write(lambda writing: writing._connection.exec_driver_sql(statement) and None)


def test_a_save_that_fails_leaves_no_audit_row_and_is_told(desk: Desk):
    client, session = session_of(desk)
    desk.private.open_with_code(CODE)
    documents = desk.private.documents
    draft = documents.begin_writing(desk.private.note(client.id, session.id))
    store = desk.private.store
    assert store is not None
    run(store, "CREATE TRIGGER full BEFORE INSERT ON document BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    with pytest.raises(SaveFailed):
        documents.keep_draft(draft, words(CANARY))
    assert "begin_edit_private" not in audited(desk)
    run(store, "DROP TRIGGER full")
    documents.keep_draft(draft, words(CANARY))
    documents.end_writing(draft)
    assert audited(desk).count("begin_edit_private") == 1


# -- a session with private words does not go ----------------------------------------------------------------------


def test_a_session_with_private_words_is_not_removed(desk: Desk):
    client, session = session_of(desk)
    desk.private.open_with_code(CODE)
    write(desk, client, session, CANARY)
    with pytest.raises(Refused, match="private page"):
        desk.sessions.remove_session(session.id)
    desk.private.lock()
    with pytest.raises(Refused, match="locked"):
        desk.sessions.remove_session(session.id)
    desk.private.open_with_code(CODE)
    write(desk, client, session, "")
    desk.sessions.bring_back_session(desk.sessions.remove_session(session.id))
    assert desk.sessions.session(session.id) == session


def test_a_session_made_while_they_are_locked_can_be_taken_back(desk: Desk):
    _client, session = session_of(desk)
    desk.private.open_with_code(CODE)
    desk.private.lock()
    made = desk.sessions.add_session(Session(course_id=session.course_id, date=DAY))
    desk.sessions.remove_session(made.id)
    with pytest.raises(Refused, match="locked"):
        desk.sessions.remove_session(session.id)


def test_a_session_goes_where_there_are_no_private_notes(desk: Desk):
    _client, session = session_of(desk)
    desk.sessions.remove_session(session.id)
    assert desk.sessions.sessions(session.course_id) == []


def test_locking_twice_and_closing_locked_ones_is_fine(desk: Desk):
    private: PrivateNotes = desk.private
    private.open_with_code(CODE)
    private.lock()
    private.lock()
    desk.close()
    with pytest.raises(PracticeLocked):
        private.open_with_code(CODE)
