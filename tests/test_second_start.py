"""A second start brings the first window forward and ends; one that was killed leaves nothing that keeps anyone out."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ipt_desktop.services.demo import create_demo

ROOT = Path(__file__).parents[1]

# The program as it is started, which tells on standard output when its window listens and when it comes forward.
TOLD = """
import sys
from ui import first_window

listen, forward = first_window.FirstWindow.listen, first_window.bring_forward

def told_listen(first):
    print("listens" if listen(first) else "does not listen", flush=True)

def told_forward(window):
    forward(window)
    print(f"forward {window.isVisible()} {window.isMinimized()} {first_window.TOKEN in first_window.os.environ}", flush=True)

first_window.FirstWindow.listen, first_window.bring_forward = told_listen, told_forward
sys.argv = ["ipt-desktop", *sys.argv[1:]]
from ipt_desktop.__main__ import main
sys.exit(main())
"""

Starting = Callable[..., "subprocess.Popen[str]"]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", **more}


@pytest.fixture
def start() -> Iterator[Starting]:
    programs: list[subprocess.Popen[str]] = []

    def begin(*arguments: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", TOLD, *arguments]
        programs.append(subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True))
        return programs[-1]

    yield begin
    for each in programs:
        each.kill()
        each.wait()
        assert each.stdout is not None
        each.stdout.close()


def start_again(folder: Path, *more: str, **named: str) -> int:
    command = [sys.executable, "-m", "ipt_desktop", "--data-dir", str(folder), *more]
    return subprocess.run(command, cwd=ROOT, env=environment(**named), timeout=60, check=False).returncode


def line_of(program: "subprocess.Popen[str]") -> str:
    assert program.stdout is not None
    return program.stdout.readline().strip()


def test_the_first_window_comes_forward_and_the_second_start_ends(start: Starting, tmp_path: Path):
    first = start("--data-dir", str(tmp_path / "practice"))
    assert line_of(first) == "listens"
    assert start_again(tmp_path / "practice") == 0
    assert line_of(first) == "forward True False False"
    assert start_again(tmp_path / "practice" / ".." / "practice", XDG_ACTIVATION_TOKEN="abc") == 0  # noqa: S106 - no secret
    assert line_of(first) == "forward True False False", "it is the same folder, and the token has been used"
    assert first.poll() is None


def test_with_the_demo_too_and_apart_from_the_practice(start: Starting, tmp_path: Path):
    create_demo(tmp_path / "practice" / "demo").close()
    first = start("--data-dir", str(tmp_path / "practice"), "--demo")
    assert line_of(first) == "listens"
    assert start_again(tmp_path / "practice", "--demo") == 0
    assert line_of(first) == "forward True False False"
    other = start("--data-dir", str(tmp_path / "practice"))
    assert line_of(other) == "listens", "another folder has a window of its own"


def test_a_first_window_that_was_killed_keeps_nobody_out(start: Starting, tmp_path: Path):
    first = start("--data-dir", str(tmp_path / "practice"))
    assert line_of(first) == "listens"
    first.kill()
    first.wait()
    second = start("--data-dir", str(tmp_path / "practice"))
    assert line_of(second) == "listens"
    assert start_again(tmp_path / "practice") == 0
    assert line_of(second) == "forward True False False"


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe has no mode")
def test_only_this_user_can_speak_to_it(start: Starting, tmp_path: Path):
    assert line_of(start("--data-dir", str(tmp_path / "practice"))) == "listens"
    runtime = Path(os.environ["XDG_RUNTIME_DIR"])
    (place,) = [each for each in runtime.iterdir() if each.name.startswith("ipt-desktop-") and each.is_socket()]
    assert place.stat().st_mode & 0o077 == 0
