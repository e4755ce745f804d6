#!/usr/bin/env python3
"""Set the project up and run it: ``python3 dev.py run --demo``, ``python3 dev.py test``.

Standard library only. Each command first makes ``.venv`` ready (a fraction of a second when it is),
then hands over and passes the exit code through. The syntax stays old on purpose, so that an older
Python reaches the line below instead of a SyntaxError.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the line exists for the Pythons that we do not support
    sys.stderr.write("IPT Desktop needs Python 3.11 or newer; this is Python {}.{}.\n".format(*sys.version_info))
    sys.exit(2)

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements-dev.lock"
STAMP = VENV / "ipt-desktop.stamp"

USAGE = """\
python3 dev.py COMMAND [arguments]

  run [--demo …]     start the program (its own arguments follow)
  test [pytest …]    run the tests; with arguments, only what they name
  check [--no-tests] formatting, lint, types, layers, tests: what CI runs
  bench [NAME …]     measure, one `name value` a line
  shots [FOLDER]     every screen, light and dark, as pictures
  soak               the long form of the fault tests
  packages           name the Debian packages that are missing here, for apt-get
  lock [--upgrade]   make uv.lock and requirements-dev.lock anew (needs uv)
"""

# What Qt loads, and the Debian package that has it. Qt itself blames the wrong one.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
# What the tests start besides: a screen without hardware, a window manager, a second reader of PDF files, a bus.
TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "pdftotext": "poppler-utils",
    "dbus-daemon": "dbus",
}


class Refusal(Exception):
    """Something outside the project is missing: what, and the one line that puts it right."""


def main(arguments: list[str]) -> int:
    """Run one command; return its exit code, or 2 when it cannot be run at all."""
    commands = {
        "run": run,
        "test": test,
        "check": check,
        "bench": bench,
        "shots": shots,
        "soak": soak,
        "packages": packages,
        "lock": lock,
    }
    if not arguments or arguments[0] not in commands:
        asked = bool(arguments) and arguments[0] in ("-h", "--help", "help")
        print(USAGE, end="", file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    try:
        return commands[arguments[0]](arguments[1:])
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except OSError as error:  # a folder that may not be written, a program that is not there
        print(f"The system refused: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


# The commands


def run(arguments: list[str]) -> int:
    """Start the program in place of this process, in the folder the caller is in."""
    set_up()
    command = [str(PYTHON), "-m", "ipt_desktop", *arguments]
    if os.name != "nt":  # there, execv would leave two processes at one console
        os.execv(command[0], command)  # noqa: S606 - our own interpreter, no shell
    return call(command, folder=None)


def test(arguments: list[str]) -> int:
    """Run the tests, then those that need a real window; with arguments, only what pytest makes of them."""
    set_up(also=missing_programs())
    if "window" in arguments:  # as in: -m window -k journey
        return window_tests(arguments)
    code = call([str(PYTHON), "-m", "pytest", "-n", "2", *arguments])
    return code if arguments else window_tests(["-m", "window"]) or code


def check(arguments: list[str]) -> int:
    """Run every check, then the tests; all are run, and the failed ones named at the end."""
    set_up()
    checks = {
        "format": [str(BIN / "ruff"), "format", "--check", "."],
        "lint": [str(BIN / "ruff"), "check", "."],
        "types": [str(PYTHON), "-m", "mypy"],
        "layers": [str(BIN / "lint-imports"), "--no-logo"],
    }
    failed = []
    for name, command in checks.items():
        print(f"== {name}", flush=True)
        if call(command):
            failed.append(name)
    if "--no-tests" not in arguments:
        print("== tests", flush=True)
        if test([]):
            failed.append("tests")
    print("failed: " + ", ".join(failed) if failed else "all checks passed")
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    """Run the benchmarks that are named, or all."""
    set_up()
    return call([str(PYTHON), "-m", "benchmarks", *arguments])


def shots(arguments: list[str]) -> int:
    """Draw every screen into a folder."""
    set_up()
    return call([str(PYTHON), "-m", "ui.shots", *arguments], folder=None)


def soak(arguments: list[str]) -> int:
    """Run the long form of the fault tests; if all pass, what came out goes into docs/durability.md."""
    set_up()
    long = ["-o", "faulthandler_timeout=0"]  # its tests take as long as they take
    return call([str(PYTHON), "-m", "pytest", "-n", "2", *long, "-m", "soak or proof", *arguments])


def packages(_arguments: list[str]) -> int:
    """Print what is missing for the program and its tests, for whoever runs apt-get."""
    print(*missing_libraries(), *missing_venv(), *missing_programs())
    return 0


def lock(arguments: list[str]) -> int:
    """Resolve the dependencies anew, for every system at once, against the public index alone."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(BIN))
    if uv is None:
        raise Refusal("dev.py lock needs uv: python3 -m pip install uv")
    private = ("INDEX", "FIND_LINKS")
    environment = {
        name: value
        for name, value in os.environ.items()
        if not (name.startswith("UV_") and any(word in name for word in private))
    }
    export = [uv, "export", "--no-config", "--locked", "--quiet", "--all-groups", "--no-emit-project"]
    export += ["--format", "requirements-txt", "--output-file", LOCK.name]
    return call([uv, "lock", "--no-config", *arguments], environment=environment) or call(export, environment=environment)


# Setting up


def set_up(also: Sequence[str] = ()) -> None:
    """Make the virtual environment what the lock says; does nothing when its stamp agrees.

    `also` are Debian packages that the command can do without, to be installed or named in the same breath.
    """
    stamp = fingerprint()
    ready = PYTHON.exists() and STAMP.is_file() and STAMP.read_text(encoding="ascii") == stamp
    needed = missing_libraries() + ([] if ready else missing_venv())
    install_packages([*needed, *also], needed=bool(needed))
    if ready:
        return
    print("Setting up .venv. This takes a minute at most, and is done once.", file=sys.stderr, flush=True)
    STAMP.unlink(missing_ok=True)
    kept = has_working_venv()
    if not kept:
        make_venv()
    if not install() and not (kept and remake_and_install()):
        raise Refusal("The packages could not be installed; the lines above say why. Nothing else was changed.")
    STAMP.write_text(stamp, encoding="ascii")


def fingerprint() -> str:
    """Name this very set-up: what is locked, how the project is installed, by which Python, and where."""
    parts = [LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes()]
    parts += [repr(sys.version_info[:2]).encode(), os.fsencode(ROOT)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def has_working_venv() -> bool:
    """Say whether `.venv` runs, with pip, on this version of Python."""
    if not PYTHON.exists():
        return False
    probe = f"import pip, sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]!r})"
    try:
        return subprocess.run([str(PYTHON), "-c", probe], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_venv() -> None:
    """Make `.venv` from nothing."""
    if call([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        raise Refusal(f"Python could not make the virtual environment {VENV}; the lines above say why.")


def remake_and_install() -> bool:
    """Try once more from an empty environment: the old one may be half-made beyond pip's repair."""
    print("Making .venv anew.", file=sys.stderr, flush=True)
    make_venv()
    return install()


def install() -> bool:
    """Install what is locked, checked by hash, and the project itself as editable."""
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    # The lock names everything, so nothing is looked for: once a newer release of what an extra belongs to is out, older
    # pips would take that for unlocked, and refuse.
    locked = [*pip, "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(LOCK)]
    project = [*pip, "--no-build-isolation", "--no-deps", "--editable", str(ROOT)]
    return call(locked) == 0 and call(project) == 0


def missing_venv() -> list[str]:
    """Return the package with the part of Python that makes `.venv`; Debian's Python comes without it."""
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    return ["python3-venv"] if missing else []


def missing_libraries() -> list[str]:
    """Return the Debian packages of the libraries that Qt needs and Linux does not have here."""
    return [package for library, package in LIBRARIES.items() if on_linux() and not has_library(library)]


def has_library(name: str) -> bool:
    """Say whether the loader finds a library: the very way in which Qt will ask for it."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def missing_programs() -> list[str]:
    """Return the Debian packages of the programs that the tests start and Linux does not have here."""
    return [p for program, p in TEST_PROGRAMS.items() if on_linux() and shutil.which(program) is None]


def install_packages(packages: Sequence[str], *, needed: bool) -> None:
    """Install Debian packages as root; otherwise say the line that does it, and stop if they are needed."""
    if not packages:
        return
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        message = f"Missing on this system (by their Debian names): {names}. Install them, then try again."
    elif os.geteuid() != 0:
        message = f"Missing on this system. Run: sudo apt-get install {names}"
    else:
        print(f"Installing system packages: {names}", file=sys.stderr, flush=True)
        if apt_get("install", "--no-install-recommends", *packages) == 0 or (
            apt_get("update") == 0 and apt_get("install", "--no-install-recommends", *packages) == 0
        ):
            return
        message = f"apt-get could not install: {names}"
    if needed:
        raise Refusal(message)
    print(message, file=sys.stderr, flush=True)


def apt_get(verb: str, *arguments: str) -> int:
    """Run apt-get without questions; its own words appear only when it fails."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "--quiet", "--yes", verb, *arguments]
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout + done.stderr, file=sys.stderr, flush=True)
    return done.returncode


def on_linux() -> bool:
    """Say whether this is Linux, the one system where Qt's wheels lean on the system's libraries."""
    return sys.platform.startswith("linux")


# Tests in a real window


def window_tests(arguments: list[str]) -> int:
    """Run tests on a screen of their own, with a window manager; other systems than Linux leave them out."""
    if not on_linux():
        print("The tests in a real window run on Linux only (they need Xvfb): left out here.")
        return 0
    if missing_programs():
        print(
            "The tests in a real window were not run; missing: " + " ".join(missing_programs()),
            file=sys.stderr,
        )
        return 2 if "CI" in os.environ else 0
    with virtual_screen() as display:
        environment = {**os.environ, "DISPLAY": display, "IPT_TEST_PLATFORM": "xcb"}
        environment.pop("WAYLAND_DISPLAY", None)
        code = call([str(PYTHON), "-m", "pytest", "-n", "0", *arguments], environment=environment)
    return 0 if code == 5 else code  # pytest's "no test was collected"


@contextmanager
def virtual_screen() -> Iterator[str]:
    """Start Xvfb and a window manager; yield the name of the display, and end both afterwards."""
    reader, writer = os.pipe()
    server = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    started = [start(server, pass_fds=(writer,))]
    os.close(writer)
    try:
        with os.fdopen(reader) as answer:  # a number when the screen is up, nothing when it failed
            number = answer.readline().strip()
        if not number:
            raise Refusal("Xvfb did not start, so the tests in a real window could not be run.")
        display = f":{number}"
        started.append(start(["openbox", "--sm-disable"], environment={**os.environ, "DISPLAY": display}))
        yield display
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()


def start(
    command: list[str], environment: dict[str, str] | None = None, pass_fds: tuple[int, ...] = ()
) -> subprocess.Popen[bytes]:
    """Start a program in the background, without input or output of its own."""
    none = subprocess.DEVNULL
    return subprocess.Popen(command, env=environment, pass_fds=pass_fds, stdin=none, stdout=none, stderr=none)


def call(command: list[str], folder: Path | None = ROOT, environment: dict[str, str] | None = None) -> int:
    """Run a program with our own input and output; return its exit code (128 + n for signal n)."""
    code = subprocess.run(command, cwd=folder, env=environment, check=False).returncode
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
