"""The self-test holds on a sound program, names the step on a broken one, and leaves nothing behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ipt_desktop.services import self_test
from ipt_desktop.services.self_test import ENOUGH_SAVES, run_self_test

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "ipt_desktop")
pytestmark = pytest.mark.kdf


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the self-test a folder of its own for temporary files."""
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    return tmp_path


def run(before: str = "") -> subprocess.CompletedProcess[str]:
    """Run `ipt-desktop --self-test` without a display, after some words of Python that break something."""
    words = f"import sys, runpy\n{before}\nsys.argv[1:] = ['--self-test']\nrunpy.run_module('ipt_desktop', run_name='__main__')"
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    return subprocess.run([sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, env=kept, timeout=120)


def test_it_holds_without_a_display_and_leaves_nothing(temporary: Path):
    done = run("import atexit; atexit.register(lambda: print('Qt' if 'PySide6' in sys.modules else 'no Qt'))")
    assert (done.returncode, done.stderr) == (0, "")
    *steps, last = done.stdout.splitlines()
    assert last == "no Qt"
    assert len(steps) == 14
    assert all(step.startswith("ok  ") for step in steps)
    for word in (
        "created",
        "client",
        "course",
        "notes",
        "phase",
        "eight people",
        "summary",
        "killed",
        "again",
        "wrong",
        "clear",
    ):
        assert any(word in step for step in steps), word
    assert list(temporary.iterdir()) == []


BROKEN = {
    "client added": "import ipt_desktop.services.clients as c; c.Clients.add_client = lambda self, client: 1 / 0",
    "sixteen sessions held": "import ipt_desktop.services.documents as d; d.Documents.keep_draft = lambda *a, **k: None",
    "phase set": "import ipt_desktop.services.phases as p; p.Phases.enter_phase = lambda *a, **k: None",
    "eight people placed": (
        "import ipt_desktop.services.circles as c\n"
        "c.Circles.sitting_now = lambda self, course, at: self.sitting_before(course, at.date())"
    ),
    "circle before and after": (
        "import ipt_desktop.services.circles as c; circle = c.Circles.circle\n"
        "c.Circles.circle = lambda self, course, sitting=None: circle(self, course)"
    ),
    "termination summary": (
        "import ipt_desktop.services.reporting as r; r.write_whole = lambda data, path: path.write_bytes(data[:-9])"
    ),
}


@pytest.mark.parametrize("step", BROKEN)
def test_it_names_what_failed_and_leaves_nothing(temporary: Path, step: str):
    done = run(BROKEN[step])
    *held, failed = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (1, "")
    assert failed.startswith("FAILED  ")
    assert step in failed
    assert all(line.startswith("ok  ") for line in held)
    assert list(temporary.iterdir()) == []


# A writer that breaks a promise: what it does with the folder it is given, and the step that notices.
PROMISES = {
    "process killed": "sys.exit('no room left')",
    "everything acknowledged": f"[print('never kept', flush=True) for _ in range({ENOUGH_SAVES})]; sys.stdin.read()",
    "no word in clear after the kill": (
        "import os; from pathlib import Path; folder = Path(sys.argv[-1]);"
        "from ipt_desktop.services import self_test as t; t.Documents = None;"
        "desk = t.Desk(t.unlock(folder, words)); client = desk.clients.clients()[0];"
        "(folder / 'log.txt').write_text(client.name, 'utf-16'); desk.close(); t.write_until_killed(folder, words)"
    ),
}


@pytest.mark.parametrize("step", PROMISES)
def test_it_notices_a_program_that_breaks_its_promise(temporary: Path, step: str):
    program = (sys.executable, "-c", f"import sys; words = sys.stdin.readline()[:-1]; {PROMISES[step]}")
    told: list[str] = []
    assert not run_self_test(program, told.append)
    assert step in told[-1]
    assert told[-1].startswith("FAILED  ")
    assert list(temporary.iterdir()) == []


def test_it_notices_when_any_passphrase_opens(temporary: Path, monkeypatch: pytest.MonkeyPatch):
    unlock = self_test.unlock
    monkeypatch.setattr(self_test, "unlock", lambda folder, words: unlock(folder, words.removesuffix("x")))
    told: list[str] = []
    assert not run_self_test(PROGRAM, told.append)
    assert told[-1].startswith("FAILED  a wrong passphrase refused")
    assert list(temporary.iterdir()) == []
