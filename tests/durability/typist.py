"""A therapist at one note, and what she may count on: saves as typing makes them, each with a text that its number tells."""

from pathlib import Path
from random import Random

from ipt_desktop.domain.records import Client, Document, Revision
from ipt_desktop.storage.store import Store, Writing

KEY = bytes(range(32))
DATABASE = "practice.db"


class Damage(Exception):
    """The practice opens, but is not what was saved."""


def new_practice(folder: Path, key: bytes = KEY) -> Path:
    """Make a practice with a client and an empty note, closed; return its database."""
    folder.mkdir()
    store = Store.create(folder / DATABASE, key)
    store.write(lambda writing: writing.insert(Client(id="client", name="Ada")))
    store.close()
    return folder / DATABASE


def text(number: int) -> str:
    """Return the text of a save: some of a line, some of several pages."""
    chance = Random(number)  # noqa: S311 - how long a text is, not a secret
    return f"{number} " + f"word{number} " * chance.choice((20, 200, 200, 2000))


def save(store: Store, number: int) -> None:
    """Save the note as of this number, with a revision of its own; returns once it is acknowledged."""
    answers = {"text": text(number)}

    def work(writing: Writing) -> None:
        writing.upsert(Document(id="note", client_id="client", form="f", purpose="note", answers=answers, revision=number))
        writing.insert(Revision(id=str(number), document_id="note", form="f", answers=answers))

    store.write(work)


def saves_in(store: Store) -> set[int]:
    """Return the numbers of the saves that are there; raises Damage where one of them, or the note, is not what was saved.

    Raises DatabaseDamaged where the database itself says so.
    """
    try:
        with store.read() as reading:
            kept = {int(revision.id): revision.answers["text"] for revision in reading.all(Revision)}
            notes = reading.all(Document)
            clients = [client.name for client in reading.all(Client)]
    except (ValueError, KeyError) as error:  # pages of different times: a row that is none
        raise Damage("a record cannot be made out") from error
    if wrong := [number for number, words in kept.items() if words != text(number)]:
        raise Damage(f"another text in {wrong}")
    latest = [(max(kept), text(max(kept)))] if kept else []
    if [(note.revision, note.answers["text"]) for note in notes] != latest or clients != ["Ada"]:
        raise Damage("a save is there in part")
    return set(kept)


def require_sound(store: Store) -> None:
    """Raise Damage where the database does not pass its own full check; folds the log in first, which the check leaves out."""
    with store.read() as reading:
        connection = reading._connection
        found = list(connection.exec_driver_sql("PRAGMA integrity_check").scalars())
        found += connection.exec_driver_sql("PRAGMA foreign_key_check").scalars()
    if found != ["ok"]:
        raise Damage(f"the database finds {found}")
    if pages := damaged_pages(store):
        raise Damage(f"altered pages: {pages}")


def damaged_pages(store: Store) -> list[str]:
    """Return what the cipher's own check of every page finds; the log is folded in first, for the check leaves it out."""
    raw = store._writer.connection.driver_connection
    assert raw is not None
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return [str(row[0]) for row in raw.execute("PRAGMA cipher_integrity_check")]
