"""`start.first_paint` and `start.ready`: the whole process ÷ a bare PySide6 window that does the same with the libraries alone.

The practice is the demo, which has been made before. Each round starts every program once. The least times are divided: a whole
process has no warm-up, so that the least is what the work takes, and the rest is what else the machine did meanwhile.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.measuring import rounds, seconds, tell
from ipt_desktop.services import keys
from ipt_desktop.services.demo import create_demo
from ipt_desktop.services.vault import DATABASE_NAME

ROOT = Path(__file__).parents[1]
ROUNDS = 25


def make_demo(folder: Path) -> tuple[str, str]:
    """Make the demo practice below the folder, where the program looks for it; return its database and its published key."""
    vault = create_demo(folder / "demo")
    vault.close()
    key = keys.store_key(keys.DEMO_ROOT, vault.practice_id, keys.MAIN)
    return str(folder / "demo" / DATABASE_NAME), key.hex()


def program(moment: str, folder: Path) -> list[str]:
    """Return the command that starts the program and ends it at a moment of its start."""
    return [sys.executable, "-m", "benchmarks.program", moment, str(folder)]


def hello(moment: str, *practice: str) -> list[str]:
    """Return the command that starts its bare counterpart."""
    return [sys.executable, "-m", "benchmarks.hello", moment, *practice]


def run(command: Sequence[str], bytecode: Path) -> str:
    """Run a program to its end and return what it printed; raises CalledProcessError where it failed.

    From its second run on it starts as an installed program does, whose files have been compiled: its bytecode is kept in a
    folder of the measurement's own, also where this Python was told to write none.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(bytecode)
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def measure() -> dict[str, float]:
    """Return both ratios by their names."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        practice = make_demo(folder)
        commands = {
            "hello.paint": hello("paint"),
            "program.paint": program("paint", folder),
            "hello.ready": hello("ready", *practice),
            "program.ready": program("ready", folder),
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for number in range(rounds(ROUNDS) + 1):
            for name, command in commands.items():
                spent = seconds(partial(run, command, folder / "bytecode"))
                if number:  # the first round warms the disk and compiles
                    taken[name].append(spent)
    DETAILS[:] = [f"{name} {min(each) * 1000:.0f} ms at best" for name, each in taken.items()]
    least = {name: min(each) for name, each in taken.items()}
    return {
        "start.first_paint": least["program.paint"] / least["hello.paint"],
        "start.ready": least["program.ready"] / least["hello.ready"],
    }


DETAILS: list[str] = []

if __name__ == "__main__":
    tell(measure(), *DETAILS)
