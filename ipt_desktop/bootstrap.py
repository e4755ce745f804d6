"""The command line: what was asked for, carried out, and told in an exit code and one line.

Exit codes: 0 done, 1 found problems, 2 wrong usage or surroundings, 3 wrong passphrase, 4 damaged, 5 in use. Heavy things are
imported by what needs them, so that the window's first paint waits for none of them.
"""

import argparse
import gc
import io
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Never

from ipt_desktop import __version__
from ipt_desktop.domain.errors import FolderNotWritable, PracticeError, WrongUsage
from ipt_desktop.domain.fault import fault_in_words
from ipt_desktop.domain.text import _

PROGRAM = "ipt-desktop"
VERBS = frozenset({"create", "report", "backup", "restore", "check", "-h", "--help"})  # help names the commands too


class ReportKinds:
    """The keys of the kinds of report, asked for once one is named: a start does without what makes them."""

    def __iter__(self) -> Iterator[str]:
        """Return them in the order the window offers them."""
        from ipt_desktop.services.reporting import kinds_at_hand
        from ipt_desktop.services.resources import Resources

        return (each.key for each in kinds_at_hand(Resources()))

    def __contains__(self, key: object) -> bool:
        """Whether there is such a kind."""
        return key in list(self)


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for; return the exit code. Whatever goes wrong is one line on standard error."""
    _write_utf8()
    _keep_words_in()
    try:
        has_verb = not VERBS.isdisjoint(arguments)
        return _carry_out(_parser(has_verb=has_verb).parse_args(arguments))
    except PracticeError as error:
        return _fail(str(error), error.exit_code)
    except BrokenPipeError:  # whoever read our output, such as `head`, has had enough
        _give_up_output()
        return 0
    except OSError as error:  # a full disk, a folder for temporary files that can't be written
        _give_up_output()
        named = f": {error.filename}" if error.filename else ""
        return _fail(_("The system refused: {reason}").format(reason=f"{error.strerror or error}{named}"), 2)
    except KeyboardInterrupt:
        return _fail(_("Stopped."), 130)
    except ImportError:
        raise
    except Exception as error:  # a fault of ours: where it is, and none of the values, which may be clinical
        return _tell_fault(error)


def _carry_out(asked: argparse.Namespace) -> int:
    if asked.verb is None:
        if asked.self_test:
            return _test_itself()
        if asked.self_test_writer is not None:
            return _write_for_self_test(asked.self_test_writer)
        return _show_window(asked.data_dir or default_folder(), is_demo=asked.demo)
    if asked.demo or asked.self_test or asked.data_dir:
        raise WrongUsage(reason=_("--data-dir, --demo and --self-test go without a command, or after it where it knows them."))
    from ipt_desktop import commands

    if asked.verb in ("backup", "restore", "check"):
        return _keep_safe(asked)
    if asked.verb == "create":
        commands.create(asked.folder, asked.passphrase_file, with_demo=asked.with_demo, sheet=asked.recovery_sheet)
    elif asked.list_clients:
        commands.list_clients(asked.folder, asked.passphrase_file, asked.recovery_code_file)
    else:
        if asked.kind is None or asked.out is None:
            raise WrongUsage(reason=_("--client goes with --kind and --out."))
        if asked.purpose and not asked.recipient:
            raise WrongUsage(reason=_("--purpose goes with --recipient."))
        commands.write_report(
            asked.folder,
            asked.passphrase_file,
            asked.recovery_code_file,
            client=asked.client,
            kind=asked.kind,
            out=asked.out,
            recipient=asked.recipient,
            purpose=asked.purpose,
        )
    return 0


def _keep_safe(asked: argparse.Namespace) -> int:
    from ipt_desktop import safekeeping

    if asked.verb == "backup":
        safekeeping.back_up(asked.folder, asked.to, asked.passphrase_file, asked.recovery_code_file)
    elif asked.verb == "restore":
        safekeeping.restore_file(asked.file, asked.folder, asked.passphrase_file, asked.recovery_code_file)
    else:
        return safekeeping.check(asked.folder, asked.passphrase_file, asked.recovery_code_file)
    return 0


class _Parser(argparse.ArgumentParser):
    """Tells what is wrong in one line."""

    def error(self, message: str) -> Never:
        self.exit(2, f"{PROGRAM}: {message} ({self.prog} --help)\n")


def _parser(*, has_verb: bool) -> argparse.ArgumentParser:
    parser = _Parser(
        prog=PROGRAM,
        description=_(
            "An offline, encrypted desk for the practice of Interpersonal Psychotherapy. Without a command: the window."
        ),
        epilog=_("Exit codes: 0 done, 1 found problems, 2 wrong usage, 3 wrong passphrase, 4 damaged, 5 in use."),
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help=_("the folder of the practice"))
    parser.add_argument("--demo", action="store_true", help=_("open the demo practice; it has a folder of its own"))
    parser.add_argument("--self-test", action="store_true", help=_("work in a temporary practice and say what held"))
    parser.add_argument("--self-test-writer", type=Path, help=argparse.SUPPRESS)
    parser.set_defaults(verb=None)
    if has_verb:  # building these takes as long as everything else here, and a window needs none of them
        verbs = parser.add_subparsers(dest="verb", metavar="COMMAND", parser_class=_Parser)
        _add_create(verbs.add_parser("create", help=_("make an encrypted practice"), allow_abbrev=False))
        _add_report(verbs.add_parser("report", help=_("list the clients, or write a report"), allow_abbrev=False))
        _add_backup(verbs.add_parser("backup", help=_("make one verified file of a practice"), allow_abbrev=False))
        _add_restore(verbs.add_parser("restore", help=_("bring a practice back from a backup"), allow_abbrev=False))
        _add_check(verbs.add_parser("check", help=_("check every page of a practice, and its audit trail"), allow_abbrev=False))
    return parser


def _add_create(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help=_("where; made if it is not there"))
    _add_passphrase(parser)
    parser.add_argument(
        "--demo", dest="with_demo", action="store_true", help=_("with the invented clients of the demo practice")
    )
    parser.add_argument(
        "--recovery-sheet",
        type=Path,
        metavar="FILE.pdf",
        help=_("where to write the page that opens it without its passphrase"),
    )


def _add_report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help=_("the folder of the practice"))
    _add_passphrase(parser)
    _add_recovery_code(parser)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--list-clients", action="store_true", help=_("print the clients' names, one a line, archived ones too"))
    what.add_argument("--client", metavar="NAME", help=_("report on this client's latest course"))
    parser.add_argument("--kind", choices=ReportKinds(), metavar="KIND", help=_("what to write; an unknown one names them all"))
    parser.add_argument("--out", type=Path, metavar="FILE.pdf", help=_("where to; a file that is there is replaced"))
    parser.add_argument("--recipient", default="", metavar="WHO", help=_("to whom it goes: kept in the client's disclosures"))
    parser.add_argument("--purpose", default="", metavar="WHAT", help=_("for what, with --recipient"))


def _add_backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="PRACTICE", help=_("the folder of the practice"))
    parser.add_argument("to", type=Path, metavar="FOLDER", help=_("where the backups lie; those no longer needed are removed"))
    _add_passphrase(parser)
    _add_recovery_code(parser)


def _add_restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=_("the backup"))
    parser.add_argument("folder", type=Path, metavar="PRACTICE", help=_("where to; what is there moves aside"))
    _add_passphrase(parser)
    _add_recovery_code(parser)


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="PRACTICE", help=_("the folder of the practice"))
    _add_passphrase(parser)
    _add_recovery_code(parser)


def _add_recovery_code(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--recovery-code-file", metavar="FILE", help=_("the file that holds the recovery code instead; - reads standard input")
    )


def _add_passphrase(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase-file", metavar="FILE", help=_("the file that holds the passphrase; - reads standard input")
    )


# The window


def _show_window(folder: Path, *, is_demo: bool) -> int:
    """Show the window on a folder; the demo practice lies in a folder of its own below it."""
    from ipt_desktop.display import display_problem

    problem = display_problem()
    if problem:
        return _fail(problem, 2)
    folder = folder.absolute() / "demo" if is_demo else folder.absolute()
    require_writable(folder)
    gc.disable()  # until the start is over: nearly all it makes stays, and looking for what does not is a tenth of it
    try:
        from ui.app import run as run_app

        return run_app(folder, is_demo, version=__version__)
    finally:
        gc.enable()


def default_folder() -> Path:
    """Return where the practice lies unless --data-dir names another place: the system's folder for local application data."""
    from platformdirs import user_data_dir

    return Path(user_data_dir(PROGRAM, appauthor=False))


def require_writable(folder: Path) -> None:
    """Make the folder if it is not there; raises FolderNotWritable where a practice could not be kept in it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise FolderNotWritable(path=folder, reason=error.strerror) from error
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise FolderNotWritable(path=folder, reason=_("no permission"))


# The self-test


def _test_itself() -> int:
    from ipt_desktop.services.self_test import run_self_test

    return 0 if run_self_test(_self_command(), print) else 1


def _write_for_self_test(folder: Path) -> int:
    from ipt_desktop.services.self_test import write_until_killed

    write_until_killed(folder, sys.stdin.readline().rstrip("\n"))
    return 0


def _self_command() -> list[str]:
    """Return what starts this program once more, as a bundle or from Python."""
    is_bundle = getattr(sys, "frozen", False)
    return [sys.executable] if is_bundle else [sys.executable, "-m", "ipt_desktop"]


# Telling


def _keep_words_in() -> None:
    """Let no fault carry clinical words out: no dump of the memory, and no traceback, whose last line holds values.

    Python's development mode (`python -X dev -m ipt_desktop`) keeps its tracebacks.
    """
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not sys.flags.dev_mode:
        sys.excepthook = lambda _kind, error, _trace: _tell_fault(error)
        threading.excepthook = lambda failed: _tell_fault(failed.exc_value)


def _write_utf8() -> None:
    """Write names in UTF-8 into a file or pipe, whatever the system's own encoding can hold."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")


def _give_up_output() -> None:
    """Let go of output that can't be written: Python tries again at its end, complains and returns a code of its own."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(words: str, code: int) -> int:
    sys.stderr.write(f"{PROGRAM}: {' '.join(words.split())}\n")
    return code


def _tell_fault(error: BaseException | None) -> int:
    """Tell the place of an unforeseen fault, for a report of it."""
    words = _("This is a fault of the program ({fault}). What was saved is safe. Please report it.")
    return _fail(words.format(fault=fault_in_words(error) if error else ""), 1)
