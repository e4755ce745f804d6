"""A private note is released alone, by a recorded authorisation, or not at all; and nothing else tells that it exists."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest

from ipt_desktop.domain.errors import FolderNotWritable, Refused, SaveFailed
from ipt_desktop.domain.records import AuditEntry, Client, Disclosure, Document, Person, Session
from ipt_desktop.domain.report import as_text
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.private_release import (
    Authorisation,
    file_name,
    named_people,
    release,
    report_of,
    what_is_missing,
)
from ipt_desktop.services.vault import create_with_key
from tests.services.test_private_notes import CANARY, CODE, KEY, session_of, write

DAY = date(2026, 3, 2)
ALLOWED = Authorisation(by="Ada Example", on=DAY, recipient="Dr Hart, Example Clinic", purpose="A second opinion")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(create_with_key(tmp_path / "practice", KEY, "Quiet Street"))
    opened.private.open_with_code(CODE)
    yield opened
    opened.close()


@pytest.fixture
def written(desk: Desk) -> tuple[Client, Session, Document]:
    client, session = session_of(desk)
    return client, session, write(desk, client, session, f"What I made of it: {CANARY}. Johan Berg was there.")


Written = tuple[Client, Session, Document]


def read(pdf: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf))


def test_the_page_holds_this_note_and_by_whose_authorisation_it_goes(desk: Desk, written: Written, tmp_path: Path):
    _client, session, document = written
    other = desk.sessions.add_session(Session(course_id=session.course_id, date=session.date))
    write(desk, desk.clients.clients()[0], other, "Anderlei")
    target = tmp_path / "released.pdf"
    disclosure = release(desk, document, ALLOWED, target)
    text = read(target.read_bytes())
    for words in (CANARY, "Ada Example", "2 March 2026", "Dr Hart, Example Clinic", "A second opinion"):
        assert words in text
    assert "Anderlei" not in text
    assert target.stat().st_mode & 0o777 == 0o600
    with desk.store.read() as reading:
        assert reading.all(Disclosure) == [disclosure]
        (entry,) = reading.all(AuditEntry, operation="release_private")
    assert disclosure.authorised_on == DAY
    assert disclosure.recipient == "Dr Hart, Example Clinic"
    assert "Ada Example" in disclosure.purpose
    assert entry.detail["disclosure"] == disclosure.id
    assert CANARY not in str(entry)


@pytest.mark.parametrize(
    ("lacking", "field"),
    [
        ({"by": " "}, "by"),
        ({"on": None}, "on"),
        ({"on": date.today() + timedelta(days=1)}, "on"),
        ({"recipient": ""}, "recipient"),
        ({"purpose": ""}, "purpose"),
    ],
)
def test_without_a_whole_authorisation_nothing_is_released(
    desk: Desk, written: Written, tmp_path: Path, lacking: dict[str, object], field: str
):
    given = replace(ALLOWED, **lacking)  # type: ignore[arg-type]
    told = what_is_missing(given)
    assert told is not None
    assert told[0] == field
    with pytest.raises(Refused):
        release(desk, written[2], given, tmp_path / "released.pdf")
    assert not (tmp_path / "released.pdf").exists()
    with desk.store.read() as reading:
        assert reading.all(Disclosure) == []


def test_an_empty_page_is_not_released(desk: Desk, written: Written, tmp_path: Path):
    emptied = write(desk, written[0], written[1], "")
    with pytest.raises(Refused, match="Nothing is written"):
        release(desk, emptied, ALLOWED, tmp_path / "released.pdf")


def test_where_it_can_not_be_recorded_there_is_no_file(desk: Desk, written: Written, tmp_path: Path):
    full = "CREATE TEMP TRIGGER full BEFORE INSERT ON disclosure BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
    desk.store.write(lambda writing: writing._connection.exec_driver_sql(full) and None)
    with pytest.raises(SaveFailed):
        release(desk, written[2], ALLOWED, tmp_path / "released.pdf")
    assert list(tmp_path.glob("*.pdf")) == []


def test_where_it_can_not_be_written_nothing_is_recorded(desk: Desk, written: Written, tmp_path: Path):
    with pytest.raises(FolderNotWritable):
        release(desk, written[2], ALLOWED, tmp_path / "nowhere" / "released.pdf")
    with desk.store.read() as reading:
        assert reading.all(Disclosure) == []


def test_the_people_it_names_are_told_beforehand(desk: Desk, written: Written):
    client, _session, document = written
    assert named_people(desk, document) == []
    desk.circles.add_person(client.id, "Johan Berg", "partner")
    assert named_people(desk, document) == ["Johan Berg"]
    assert [each.name for each in desk.circles.people(client.id) if isinstance(each, Person)] == ["Johan Berg"]


def test_other_people_may_be_initials_on_the_page_while_the_note_stays_as_it_is(desk: Desk, written: Written, tmp_path: Path):
    client, session, document = written
    desk.circles.add_person(client.id, "Johan Berg", "partner")
    desk.circles.add_person(client.id, "Dr Hart", "doctor")
    target = tmp_path / "released.pdf"
    release(desk, document, ALLOWED, target, has_initials=True)
    text = read(target.read_bytes())
    assert "Johan" not in text
    assert "Berg" not in text
    assert f"{CANARY}. J.B. was there." in text
    assert "Dr Hart, Example Clinic" in text, "to whom it goes"
    assert "Johan Berg" in str(desk.private.note(client.id, session.id).answers)
    release(desk, document, ALLOWED, target)
    assert "Johan Berg was there" in read(target.read_bytes())


def test_the_name_of_the_file_tells_nobody_whose_it_is_or_what(desk: Desk, written: Written):
    assert file_name(desk, written[2]) == "A 2026-03-02.pdf"


def test_no_other_page_tells_of_it(desk: Desk, written: Written, tmp_path: Path):
    client, session, document = written
    release(desk, document, ALLOWED, tmp_path / "released.pdf")
    pages = [
        desk.reporting.assemble("termination-summary", session.course_id),
        desk.disclosures.report(client.id),
    ]
    for page in pages:
        text = as_text(page)
        assert CANARY not in text
        assert "rivate" not in text
        assert "Dr Hart" not in text
        pdf = read(desk.reporting.render(page))
        assert CANARY not in pdf
        assert "rivate" not in pdf
    assert CANARY in as_text(report_of(desk, document, ALLOWED))
