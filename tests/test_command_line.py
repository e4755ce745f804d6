"""The command line as a shell sees it: exit codes, one line for what goes wrong, and nothing half-written."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from ipt_desktop import __version__
from ipt_desktop.domain.records import Client
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import PracticeState, open_with_code, practice_state, unlock

ROOT = Path(__file__).parents[1]
PASSPHRASE = "correct horse battery Ω"  # noqa: S105  (a test's own)
DISPLAY = ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM", "XDG_SESSION_TYPE")
on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")


def command(*arguments: object, stdin: bytes = b"", **changed: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a shell would, without a display but with what `changed` adds to the environment."""
    kept = {name: value for name, value in os.environ.items() if name not in DISPLAY}
    done = subprocess.run(
        [sys.executable, "-m", "ipt_desktop", *map(str, arguments)],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        timeout=60,
        env=kept | {"PYTHONWARNINGS": "error"} | changed,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def pretend(words: str, *arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
    """Run the program after some words of Python that take something away from it, or watch it."""
    run = (
        f"import runpy, sys\n{words}\nsys.argv[1:] = {list(arguments)!r}\nrunpy.run_module('ipt_desktop', run_name='__main__')"
    )
    return subprocess.run(
        [sys.executable, "-c", run], cwd=ROOT, capture_output=True, text=True, env={**os.environ, **changed}, timeout=60
    )


def refused(done: subprocess.CompletedProcess[str], code: int) -> str:
    """Require this exit code, nothing on standard output and one line on standard error; return the line."""
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    (line,) = done.stderr.splitlines()
    assert "Traceback" not in line
    return line


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep the passphrase in a file, with the newline an editor leaves."""
    file = tmp_path_factory.mktemp("secret") / "passphrase"
    file.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, secret: Path) -> Path:
    """Make one practice with the demo's clients by the command itself, for tests to copy."""
    folder = tmp_path_factory.mktemp("made") / "practice"
    done = command("create", folder, "--passphrase-file", secret, "--demo")
    assert (done.returncode, done.stdout) == (0, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("No recovery sheet was made: without the passphrase nobody can open")
    assert "New recovery sheet" in line, "it says how to make one"
    return folder


@pytest.fixture
def practice(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "practice"))


@pytest.mark.kdf
def test_the_recovery_sheet_of_a_new_practice_opens_it_on_every_command(tmp_path: Path, secret: Path):
    folder, sheet, code = tmp_path / "new", tmp_path / "sheet.pdf", tmp_path / "code"
    done = command("create", folder, "--passphrase-file", secret, "--recovery-sheet", sheet)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    words = " ".join(pypdfium2.PdfDocument(sheet)[0].get_textpage().get_text_range().split())
    (line,) = re.findall(r"Recovery code (.*) 14 groups of 4", words)
    groups = re.findall(r"\d+ ([0-9A-Z]{4})(?= |$)", line)
    assert len(groups) == 14
    code.write_text(" ".join(groups).lower() + "\n")
    desk = Desk(open_with_code(folder, " ".join(groups)))
    assert desk.settings.values().has_recovery_sheet, "so that no window says that there is none"
    desk.close()
    (folder / "header.json").unlink()
    assert listing(folder, secret).returncode == 4
    done = command("report", folder, "--list-clients", "--recovery-code-file", code)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert command("backup", folder, tmp_path / "backups", "--recovery-code-file", "-", stdin=code.read_bytes()).returncode == 0
    code.write_text(code.read_text().replace(groups[4].lower(), "0000" if groups[4] != "0000" else "1111"))
    assert "Nothing was changed" in refused(command("report", folder, "--list-clients", "--recovery-code-file", code), 3)
    both = ("--recovery-code-file", code, "--passphrase-file", secret)
    refused(command("report", folder, "--list-clients", *both), 2)


@pytest.mark.kdf
def test_a_sheet_that_can_not_be_written_is_told_with_the_practice_that_lacks_it(tmp_path: Path, secret: Path):
    done = command(
        "create", tmp_path / "new", "--passphrase-file", secret, "--recovery-sheet", tmp_path / "absent" / "sheet.pdf"
    )
    assert done.returncode == 2
    lacking, refused_line = done.stderr.splitlines()
    assert lacking.startswith("No recovery sheet was made")
    assert "absent cannot be written to" in refused_line
    assert listing(tmp_path / "new", secret).returncode == 0


def test_the_demo_has_no_recovery_sheet(tmp_path: Path):
    refused(command("create", tmp_path / "demo", "--demo", "--recovery-sheet", tmp_path / "sheet.pdf"), 2)
    assert list(tmp_path.iterdir()) == []


# What it says of itself


def test_it_knows_its_version():
    done = command("--version")
    assert (done.returncode, done.stdout) == (0, f"ipt-desktop {__version__}\n")


def test_the_installed_command_is_this_one():
    installed = shutil.which("ipt-desktop", path=str(Path(sys.executable).parent))
    if installed is None:
        pytest.skip("run from the source, not installed")
    done = subprocess.run([installed, "--version"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, f"ipt-desktop {__version__}\n")


def test_help_names_every_option_and_code():
    done = command("--help")
    words = ("--data-dir", "--demo", "--self-test", "--version", "create", "report", "3 wrong passphrase", "5 in use")
    assert done.returncode == 0
    assert [word for word in words if word not in " ".join(done.stdout.split())] == []
    assert "writer" not in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["fly"],
        ["--fly"],
        ["create"],
        ["report", "x"],
        ["report", "x", "--client", "A", "--passphrase-file", "-"],
        ["report", "x", "--client", "A", "--kind", "poem", "--out", "x.pdf", "--passphrase-file", "-"],
        ["report", "x", "--client", "A", "--list-clients"],
        ["--demo", "create", "x", "--passphrase-file", "-"],
        ["create", "x", "--passphrase", PASSPHRASE],
    ],
)
def test_wrong_usage_is_one_line(arguments: list[str], tmp_path: Path):
    refused(command(*arguments), 2)
    assert not (ROOT / "x").exists()


# Creating


@pytest.mark.kdf
def test_create_makes_an_encrypted_practice_that_the_passphrase_opens(made: Path):
    assert practice_state(made) is PracticeState.LOCKED
    assert not (made / "practice.db").read_bytes().startswith(b"SQLite")
    opened = unlock(made, PASSPHRASE)
    assert not opened.is_demo
    opened.close()


@pytest.mark.kdf
def test_a_passphrase_from_standard_input_loses_one_newline_and_no_more(tmp_path: Path):
    created = command("create", tmp_path / "p", "--passphrase-file", "-", stdin=f"{PASSPHRASE} \n\n".encode())
    assert created.returncode == 0
    unlock(tmp_path / "p", f"{PASSPHRASE} \n").close()


@pytest.mark.kdf
@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminal")
def test_at_a_terminal_the_passphrase_is_asked_for_and_not_shown(tmp_path: Path):
    import pty  # which Windows does not have

    terminal, line = pty.openpty()
    arguments = [sys.executable, "-m", "ipt_desktop", "create", str(tmp_path / "p"), "--passphrase-file", "-"]
    with subprocess.Popen(arguments, cwd=ROOT, stdin=line, stdout=line, stderr=line, start_new_session=True) as asking:
        shown = b""
        while b"Passphrase: " not in shown:
            shown += os.read(terminal, 1000)
        os.write(terminal, f"{PASSPHRASE}\n".encode())
        assert asking.wait(60) == 0
    os.close(line)
    while chunk := _read(terminal):
        shown += chunk
    os.close(terminal)
    assert b"battery" not in shown
    unlock(tmp_path / "p", PASSPHRASE).close()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1000)
    except OSError:  # Linux's way of saying that nobody is at the other end
        return b""


def test_a_weak_passphrase_makes_nothing(tmp_path: Path):
    assert "12" in refused(command("create", tmp_path / "p", "--passphrase-file", "-", stdin=b"too short\n"), 2)
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b"x" * 100_000])
def test_a_passphrase_file_that_is_none_is_told(tmp_path: Path, content: bytes | None):
    if content is not None:
        (tmp_path / "secret").write_bytes(content)
    line = refused(command("create", tmp_path / "p", "--passphrase-file", tmp_path / "secret"), 2)
    assert str(tmp_path / "secret") in line
    assert not (tmp_path / "p").exists()


def test_where_a_practice_is_none_is_made(practice: Path, secret: Path):
    before = (practice / "header.json").read_bytes()
    assert "already" in refused(command("create", practice, "--passphrase-file", secret), 2)
    assert (practice / "header.json").read_bytes() == before


def test_a_folder_that_can_not_be_made_is_told(tmp_path: Path, secret: Path):
    (tmp_path / "file").touch()
    line = refused(command("create", tmp_path / "file" / "practice", "--passphrase-file", secret), 2)
    assert "cannot be written" in line


# Opening


def listing(folder: Path, secret: Path | str, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    return command("report", folder, "--list-clients", "--passphrase-file", secret, stdin=stdin)


@pytest.mark.kdf
def test_clients_are_listed_one_a_line(practice: Path, secret: Path):
    done = listing(practice, secret)
    assert (done.returncode, done.stderr) == (0, "")
    opened = unlock(practice, PASSPHRASE)
    with opened.store.read() as reading:
        names = [client.name for client in reading.all(Client)]
    opened.close()
    assert sorted(done.stdout.splitlines()) == sorted(names)
    assert len(names) == 8
    again = listing(practice, "-", stdin=f"{PASSPHRASE}\r\n".encode())
    assert again.stdout == done.stdout


def test_a_demo_practice_needs_no_passphrase(tmp_path: Path):
    done = command("create", tmp_path / "demo", "--demo")
    assert (done.returncode, done.stderr) == (0, ""), "the demo opens for anyone and needs no sheet"
    assert practice_state(tmp_path / "demo") is PracticeState.DEMO
    done = command("report", tmp_path / "demo", "--list-clients")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 8


def test_names_are_written_in_utf_8_whatever_the_system_says(practice: Path, secret: Path):
    shown = command("report", practice, "--list-clients", "--passphrase-file", secret, PYTHONIOENCODING="ascii")
    assert shown.stdout == listing(practice, secret).stdout


@pytest.mark.kdf
def test_a_wrong_passphrase_ends_with_3(practice: Path):
    assert "Nothing was changed" in refused(listing(practice, "-", stdin=b"correct horse battery\n"), 3)


@pytest.mark.parametrize("name", ["header.json", "practice.db"])
def test_a_damaged_file_ends_with_4(practice: Path, secret: Path, name: str):
    content = (practice / name).read_bytes()
    (practice / name).write_bytes(content[: len(content) // 2 + 3])
    assert "damaged" in refused(listing(practice, secret), 4)


def test_a_missing_database_ends_with_4(practice: Path, secret: Path):
    (practice / "practice.db").unlink()
    assert "missing" in refused(listing(practice, secret), 4)


def test_a_practice_in_use_by_another_process_ends_with_5(practice: Path, secret: Path):
    holds = "import sys; from ipt_desktop.storage.practice_lock import PracticeLock; from pathlib import Path;"
    holds += "lock = PracticeLock(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", holds, str(practice)], cwd=ROOT, stdin=pipe, stdout=pipe) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        assert "already open" in refused(listing(practice, secret), 5)
        other.kill()
    assert listing(practice, secret).returncode == 0


def test_a_folder_without_a_practice_ends_with_2(tmp_path: Path, secret: Path):
    assert "no practice" in refused(listing(tmp_path, secret), 2)
    assert list(tmp_path.iterdir()) == []


def test_a_practice_asks_for_its_passphrase(practice: Path):
    assert "--passphrase-file" in refused(command("report", practice, "--list-clients"), 2)


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe breaks otherwise there")
def test_a_reader_that_has_had_enough_is_no_fault(practice: Path, secret: Path):
    line = f"'{sys.executable}' -m ipt_desktop report '{practice}' --list-clients --passphrase-file '{secret}' | true; "
    done = subprocess.run(
        ["bash", "-c", f"{line} echo ${{PIPESTATUS[0]}}"],  # noqa: S607 - wherever it is
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.stderr) == ("0\n", "")


@on_linux
def test_a_full_disk_is_told_in_one_line(practice: Path, secret: Path):
    arguments = ["report", str(practice), "--list-clients", "--passphrase-file", str(secret)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "ipt_desktop", *arguments], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert (done.returncode, done.stderr) == (2, "ipt-desktop: The system refused: No space left on device\n")


# Reports


def report(
    folder: Path, name: str, out: Path, secret: Path, kind: str = "termination-summary"
) -> subprocess.CompletedProcess[str]:
    return command("report", folder, "--client", name, "--kind", kind, "--out", out, "--passphrase-file", secret)


@pytest.mark.kdf
def test_a_summary_is_written_for_one_client(practice: Path, secret: Path, tmp_path: Path):
    name = listing(practice, secret).stdout.splitlines()[0]
    out = tmp_path / "summary.pdf"
    out.write_bytes(b"an older one")
    done = report(practice, name, out, secret)
    assert (done.returncode, done.stdout) == (0, "")
    assert name not in done.stderr
    assert out.read_bytes().startswith(b"%PDF")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["practice", "summary.pdf"]


@pytest.mark.kdf
def test_another_kind_is_written_and_one_there_is_nothing_of_says_why(practice: Path, secret: Path, tmp_path: Path):
    names = listing(practice, secret).stdout.splitlines()
    marta = next(each for each in names if each.startswith("Marta"))
    assert report(practice, marta, tmp_path / "agreement.pdf", secret, "agreement").returncode == 0
    page = pypdfium2.PdfDocument(tmp_path / "agreement.pdf")[0].get_textpage().get_text_range()
    assert "Treatment agreement" in page
    meiling = next(each for each in names if "林" in each)
    why = refused(report(practice, meiling, tmp_path / "none.pdf", secret, "formulation"), 1)
    assert "no formulation yet" in why
    assert "explanation" in refused(report(practice, marta, tmp_path / "none.pdf", secret, "poem"), 2), "all are named"
    assert not (tmp_path / "none.pdf").exists()


@pytest.mark.kdf
def test_a_name_in_another_script_is_printed(practice: Path, secret: Path, tmp_path: Path):
    name = next(each for each in listing(practice, secret).stdout.splitlines() if "林" in each)
    done = report(practice, name, tmp_path / "out.pdf", secret)
    assert done.returncode == 0
    assert "ideograph" not in done.stderr
    page = pypdfium2.PdfDocument(tmp_path / "out.pdf")[0].get_textpage().get_text_range()
    assert "Lin Meiling 林美玲" in page


@pytest.mark.kdf
@pytest.mark.parametrize("out", ["missing/summary.pdf", "folder"])
def test_a_summary_that_can_not_be_saved_leaves_nothing(practice: Path, secret: Path, tmp_path: Path, out: str):
    (tmp_path / "folder").mkdir()
    name = listing(practice, secret).stdout.splitlines()[0]
    assert "cannot be written" in refused(report(practice, name, tmp_path / out, secret), 2)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["folder", "practice"]
    assert list((tmp_path / "folder").iterdir()) == []


@pytest.mark.kdf
def test_a_client_who_can_not_be_told_is_refused_without_naming_anyone(practice: Path, secret: Path, tmp_path: Path):
    name = listing(practice, secret).stdout.splitlines()[0]
    opened = unlock(practice, PASSPHRASE)
    opened.store.write(lambda writing: [writing.insert(Client(name=new)) for new in (name, "No Course")])
    opened.close()
    told = [refused(report(practice, wanted, tmp_path / "x.pdf", secret), 1) for wanted in ("Nobody", name, "No Course")]
    for line, word in zip(told, ("no client", "2 clients", "no course"), strict=True):
        assert word in line
        assert name not in line
    assert not (tmp_path / "x.pdf").exists()


# The window


@on_linux
@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"DISPLAY": ""},
        {"DISPLAY": ":4711"},
        {"DISPLAY": "nonsense"},
        {"DISPLAY": "localhost:4711"},
        {"WAYLAND_DISPLAY": "wayland-4711"},
        {"QT_QPA_PLATFORM": "xcb"},
        {"QT_QPA_PLATFORM": "wayland"},
        {"QT_QPA_PLATFORM": "nonsense"},
    ],
)
def test_without_a_display_it_says_so_in_one_line(tmp_path: Path, changed: dict[str, str]):
    line = refused(command("--data-dir", tmp_path / "new", **changed), 2)
    assert any(word in line for word in ("display", "QT_QPA_PLATFORM", "system library"))
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("below", ["", "below"])
def test_a_data_folder_that_can_not_be_written_is_told(tmp_path: Path, below: str):
    (tmp_path / "file").touch()
    line = refused(command("--data-dir", tmp_path / "file" / below, QT_QPA_PLATFORM="offscreen"), 2)
    assert "cannot be written" in line


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_data_folder_without_permission_is_told(tmp_path: Path):
    (tmp_path / "mine").mkdir(mode=0o500)
    assert "cannot be written" in refused(command("--data-dir", tmp_path / "mine", QT_QPA_PLATFORM="offscreen"), 2)


@on_linux  # the others keep application data in other places
@pytest.mark.parametrize(
    ("options", "folder", "is_demo"),
    [
        (["--data-dir", "{}"], "", False),
        (["--data-dir", "{}", "--demo"], "demo", True),
        ([], "data/ipt-desktop", False),
        (["--demo"], "data/ipt-desktop/demo", True),
    ],
)
def test_the_window_gets_its_folder(tmp_path: Path, options: list[str], folder: str, is_demo: bool):
    show = "import ui.app\nui.app.run = lambda folder, is_demo, version: print(folder, is_demo, version) or 7"
    given = [option.format(tmp_path) for option in options]
    done = pretend(show, *given, QT_QPA_PLATFORM="offscreen", XDG_DATA_HOME=str(tmp_path / "data"))
    assert (done.returncode, done.stderr) == (7, "")
    assert done.stdout == f"{tmp_path / folder} {is_demo} {__version__}\n"
    assert (tmp_path / folder).is_dir()


@on_linux
def test_the_window_opens_on_the_demo_practice(tmp_path: Path):
    watch = "import ui.main_window as w; begin = w.MainWindow._on_painted\n"
    watch += "w.MainWindow._on_painted = lambda self: (self.opened.connect(self.close), begin(self))[1]"
    done = pretend(watch, "--data-dir", str(tmp_path), "--demo", QT_QPA_PLATFORM="offscreen")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert practice_state(tmp_path / "demo") is PracticeState.DEMO


@on_linux
def test_a_fault_in_the_window_is_told_without_its_values(tmp_path: Path):
    fault = "import ui.doors as d; from PySide6.QtCore import QTimer\n"
    fault += "d.Doors.begin = lambda self: (QTimer.singleShot(0, self.parent().window().close), {}['Martha'])"
    done = pretend(fault, "--data-dir", str(tmp_path), QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0
    (line,) = done.stderr.splitlines()
    assert "KeyError" in line
    assert "Martha" not in line


@on_linux
def test_a_crash_leaves_no_dump_of_the_memory(tmp_path: Path):
    show = "import ui.app, resource\nui.app.run = lambda *_, **__: print(resource.getrlimit(resource.RLIMIT_CORE)) or 0"
    done = pretend(show, "--data-dir", str(tmp_path), QT_QPA_PLATFORM="offscreen")
    assert (done.stdout, done.stderr) == ("(0, 0)\n", "")


# What is missing


def test_an_older_python_is_told_in_one_line():
    line = refused(pretend("sys.version_info = (3, 9, 2, 'final', 0)", "--version"), 2)
    assert line == "IPT Desktop needs Python 3.11 or newer; this is Python 3.9."


def test_an_older_python_understands_what_it_is_told_by():
    for name in ("__main__.py", "__init__.py"):
        ast.parse((ROOT / "ipt_desktop" / name).read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("library", ["sqlcipher3", "PySide6"])
def test_a_missing_library_is_named_in_one_line(library: str):
    hide = "import importlib.util as util\nfind = util.find_spec\n"
    hide += f"util.find_spec = lambda name: None if name == {library!r} else find(name)"
    line = refused(pretend(hide, "--version"), 2)
    assert library in line
    assert "dev.py run" in line


def test_a_library_that_can_not_be_loaded_is_named_in_one_line():
    line = refused(pretend("sys.modules['ipt_desktop.bootstrap'] = None", "--version"), 2)
    assert "ipt_desktop.bootstrap" in line


def test_a_fault_of_ours_says_where_and_never_what():
    broken = "import ipt_desktop.bootstrap as b; b._carry_out = lambda asked: {}['Martha']"
    line = refused(pretend(broken, "--demo"), 1)
    assert "KeyError" in line
    assert "Martha" not in line


def test_ctrl_c_ends_it_in_one_line():
    broken = "import _thread, ipt_desktop.bootstrap as b; b._carry_out = lambda asked: [_thread.interrupt_main(), 1 + 1]"
    assert refused(pretend(broken, "--demo"), 130) == "ipt-desktop: Stopped."
