"""The verbs of the command line. What goes wrong is raised as a PracticeError, whose exit code is the command's."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from ipt_desktop.domain.errors import PracticeMissing, Refused, WrongUsage
from ipt_desktop.domain.records import Client, Practice
from ipt_desktop.domain.report import places_in_words
from ipt_desktop.domain.text import _, ngettext
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.secret import Secret
from ipt_desktop.services.vault import OpenVault, PracticeState, create_practice, open_with_code, practice_state, unlock

STANDARD_INPUT = "-"
LONGEST_PASSPHRASE = 64 * 1024  # bytes; whatever is longer is not a passphrase but the wrong file


def create(folder: Path, passphrase_file: str | None, *, with_demo: bool, sheet: Path | None = None) -> None:
    """Make an encrypted practice, with the demo's clients if asked; the demo alone may go without a passphrase.

    Its recovery sheet is written to `sheet`; without one, a line on standard error says so. Raises what `create_practice`
    raises, and WrongUsage for a passphrase that cannot be read or for a sheet of the demo, which needs none.
    """
    folder = folder.absolute()
    if with_demo:
        from ipt_desktop.services.demo import create_demo, fill_with_demo

        if passphrase_file is None:
            if sheet is not None:
                raise WrongUsage(reason=_("The demo practice opens for anyone: it has no recovery sheet."))
            create_demo(folder).close()
            return
    words, name = read_passphrase(passphrase_file), folder.name or _("Practice")
    fill = (lambda store: fill_with_demo(store, date.today())) if with_demo else None
    vault = create_practice(folder, words, name, fill=fill)
    is_sheet_at_hand = False
    try:
        if sheet is not None:
            _write_sheet(vault, sheet.absolute())
            is_sheet_at_hand = True
    finally:
        vault.close()
        if not is_sheet_at_hand:
            words = _(
                "No recovery sheet was made: without the passphrase nobody can open this practice. "
                "Settings, Opening the practice, New recovery sheet makes one in the window."
            )
            sys.stderr.write(f"{words}\n")


def _write_sheet(vault: OpenVault, path: Path) -> None:
    """Write the new practice's recovery sheet as PDF; raises FolderNotWritable, with the practice made all the same."""
    from ipt_desktop.services.recovery_sheet import sheet_pdf
    from ipt_desktop.services.reporting import write_whole

    with vault.store.read() as reading:
        (practice,) = reading.all(Practice)
    write_whole(sheet_pdf(practice, vault.recovery_code or ""), path)
    Desk(vault).settings.change(has_recovery_sheet=True)


def list_clients(folder: Path, passphrase_file: str | None, code_file: str | None = None) -> None:
    """Print every client's name, one a line, archived ones too; raises what `open_vault` raises."""
    with _desk(folder, passphrase_file, code_file) as desk:
        for client in desk.clients.clients(with_archived=True):
            sys.stdout.write(f"{client.name}\n")
        sys.stdout.flush()


def write_report(
    folder: Path,
    passphrase_file: str | None,
    code_file: str | None = None,
    *,
    client: str,
    kind: str,
    out: Path,
    recipient: str = "",
    purpose: str = "",
) -> None:
    """Write a report on the client's latest course as PDF, whole or not at all; with a recipient it is a disclosure.

    Raises what `open_vault` raises, Refused where the client can't be told or there is nothing to write, and
    FolderNotWritable; then no file is touched. What cannot be printed is told before anything is saved.
    """
    with _desk(folder, passphrase_file, code_file) as desk:
        client_id = _client(desk, client).id
        courses = desk.courses.courses(client_id)
        course_id = courses[-1].id if courses else ""
        if why := desk.reporting.missing(kind, client_id, course_id):
            raise Refused(reason=why)
        report = desk.reporting.assemble(kind, course_id, client_id=client_id)
        if places := desk.reporting.unprintable(report):
            words = _("Some characters cannot be printed; in brackets stands what they are. {places}.")
            sys.stderr.write(f"{words.format(places=places_in_words(places))}\n")
        pdf = desk.reporting.render(report, desk.practice.details().paper)
        whom = {"recipient": recipient, "purpose": purpose}
        desk.reporting.save(pdf, out.absolute(), kind=kind, course_id=course_id, client_id=client_id, **whom)
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
def _desk(folder: Path, passphrase_file: str | None, code_file: str | None) -> Iterator[Desk]:
    """Open the practice and close it again."""
    desk = Desk(open_vault(folder, passphrase_file, code_file))
    try:
        yield desk
    finally:
        desk.close()


def open_vault(folder: Path, passphrase_file: str | None, code_file: str | None) -> OpenVault:
    """Open a practice with the secret that one of the files holds; the demo practice needs none.

    Raises PracticeMissing, what `read_secret` raises, and what `unlock` or `open_with_code` raises.
    """
    folder = folder.absolute()
    state = practice_state(folder)
    if state is PracticeState.NONE:
        raise PracticeMissing(path=folder)
    secret = read_secret(passphrase_file, code_file, is_demo=state is PracticeState.DEMO)
    if secret.recovery_code is not None:
        return open_with_code(folder, secret.recovery_code)
    return unlock(folder, secret.passphrase)


def read_secret(passphrase_file: str | None, code_file: str | None, *, is_demo: bool) -> Secret:
    """Return what opens the practice; raises WrongUsage where neither or both were named. The demo needs none."""
    if passphrase_file is not None and code_file is not None:
        raise WrongUsage(reason=_("Name either --passphrase-file or --recovery-code-file."))
    if is_demo:
        return Secret()
    if code_file is not None:
        return Secret(recovery_code=read_passphrase(code_file, _("Recovery code: ")))
    return Secret(passphrase=read_passphrase(passphrase_file))


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
