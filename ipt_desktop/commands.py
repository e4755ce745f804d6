"""The verbs of the command line. What goes wrong is raised as a PracticeError, whose exit code is the command's."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from ipt_desktop.domain.errors import Refused, WrongUsage
from ipt_desktop.domain.records import Client
from ipt_desktop.domain.report import places_in_words
from ipt_desktop.domain.text import _, ngettext
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import PracticeState, create_practice, practice_state, unlock

STANDARD_INPUT = "-"
LONGEST_PASSPHRASE = 64 * 1024  # bytes; whatever is longer is not a passphrase but the wrong file


def create(folder: Path, passphrase_file: str | None, *, with_demo: bool) -> None:
    """Make an encrypted practice, with the demo's clients if asked; the demo alone may go without a passphrase.

    Raises what `create_practice` raises, and WrongUsage for a passphrase that can't be read.
    """
    folder = folder.absolute()
    if with_demo:
        from ipt_desktop.services.demo import create_demo, fill_with_demo

        if passphrase_file is None:
            create_demo(folder).close()
            return
    words, name = read_passphrase(passphrase_file), folder.name or _("Practice")
    fill = (lambda store: fill_with_demo(store, date.today())) if with_demo else None
    create_practice(folder, words, name, fill=fill).close()


def list_clients(folder: Path, passphrase_file: str | None) -> None:
    """Print every client's name, one a line, archived ones too; raises what `unlock` raises."""
    with _desk(folder, passphrase_file) as desk:
        for client in desk.clients.clients(with_archived=True):
            sys.stdout.write(f"{client.name}\n")
        sys.stdout.flush()


def write_report(folder: Path, passphrase_file: str | None, *, client: str, kind: str, out: Path) -> None:
    """Write a report on the client's latest course as PDF, whole or not at all.

    Raises what `unlock` raises, Refused where the client or course can't be told, and FolderNotWritable; then no file is
    touched. What cannot be printed is told before anything is saved.
    """
    with _desk(folder, passphrase_file) as desk:
        courses = desk.courses.courses(_client(desk, client).id)
        if not courses:
            raise Refused(reason=_("This client has no course of treatment yet, so there is nothing to report."))
        course_id = courses[-1].id
        report = desk.reporting.assemble(kind, course_id)
        if places := desk.reporting.unprintable(report):
            words = _("Some characters cannot be printed; in brackets stands what they are. {places}.")
            sys.stderr.write(f"{words.format(places=places_in_words(places))}\n")
        pdf = desk.reporting.render(report, desk.practice.details().paper)
        desk.reporting.save(pdf, out.absolute(), course_id=course_id)
        named = len(desk.reporting.named_people(course_id, report))
        if named:  # said without the names: whoever reads this line may not be who may read the report
            words = ngettext("{count} other person is named in it", "{count} other people are named in it", named)
            words += _(", since the texts you wrote name them: read it before you give it away.")
            sys.stderr.write(f"{words.format(count=named)}\n")


def _client(desk: Desk, name: str) -> Client:
    """Return the one client of this name; raises Refused for none or several, and names no other client."""
    found = [each for each in desk.clients.clients(with_archived=True) if each.name == name.strip()]
    if not found:
        raise Refused(reason=_("There is no client of this name. --list-clients shows the names as they are written."))
    if len(found) > 1:
        raise Refused(
            reason=_("There are {count} clients of this name. Give one of them another name first.").format(count=len(found))
        )
    return found[0]


@contextmanager
def _desk(folder: Path, passphrase_file: str | None) -> Iterator[Desk]:
    """Open the practice and close it again; the demo practice needs no passphrase."""
    folder = folder.absolute()
    needs_passphrase = practice_state(folder) is PracticeState.LOCKED
    desk = Desk(unlock(folder, read_passphrase(passphrase_file) if needs_passphrase else None))
    try:
        yield desk
    finally:
        desk.close()


def read_passphrase(source: str | None, question: str = "") -> str:
    """Return the passphrase in a file or on standard input, without the newline that ends it.

    Raises WrongUsage where there is none to read. At a terminal it is asked for, with `question`, and not shown.
    """
    if source is None:
        raise WrongUsage(reason=_("Name the file that holds the passphrase: --passphrase-file FILE (- is standard input)."))
    if source == STANDARD_INPUT and sys.stdin.isatty():
        from getpass import getpass

        return getpass(question or _("Passphrase: "))
    try:
        with sys.stdin.buffer if source == STANDARD_INPUT else Path(source).open("rb") as file:
            given = file.read(LONGEST_PASSPHRASE + 1)
        if len(given) > LONGEST_PASSPHRASE:
            raise WrongUsage(reason=_("The passphrase file is too long to be one: {path}").format(path=source))
        words = given.decode("utf-8")
    except OSError as error:
        reason = _("The passphrase file {path} cannot be read: {reason}").format(path=source, reason=error.strerror)
        raise WrongUsage(reason=reason) from error
    except UnicodeDecodeError as error:
        raise WrongUsage(reason=_("The passphrase file is not text in UTF-8: {path}").format(path=source)) from error
    return words.removesuffix("\r\n" if words.endswith("\r\n") else "\n")
