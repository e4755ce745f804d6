"""Hands and eyes: real key and mouse events through the X server, and questions to the probe about what is on screen."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PATIENCE = 30.0
ROOT = Path(__file__).resolve().parents[2]


class Therapist:
    """Someone at the keyboard of a running program."""

    def __init__(self, data_dir: Path, *arguments: str, log: Path) -> None:
        command = [sys.executable, str(Path(__file__).with_name("probed_program.py")), "--data-dir", str(data_dir), *arguments]
        self.log = log
        with log.open("ab") as errors:
            self.program = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
            )

    # -- eyes ------------------------------------------------------------------------------------------------------

    def ask(self, **question: Any) -> dict[str, Any]:
        """Ask the probe."""
        assert self.program.stdin is not None
        assert self.program.stdout is not None
        self.program.stdin.write(json.dumps(question) + "\n")
        self.program.stdin.flush()
        line = self.program.stdout.readline()
        assert line, f"the program went away:\n{self.log.read_text()}"
        told: dict[str, Any] = json.loads(line)
        return told

    def screen(self) -> dict[str, Any]:
        """Return all that is in sight: names, words, focus."""
        return self.ask(ask="screen")

    def until(self, what: str, seen: Callable[[], Any]) -> Any:
        """Look until something is seen; `what` tells in words what was waited for."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if found := seen():
                return found
        raise AssertionError(f"waited in vain for {what}\n{self.screen()}\n{self.log.read_text()}")

    def see(self, name: str, words: str | None = None) -> dict[str, Any]:
        """Wait for a widget that can be used, and that says something where `words` are given."""

        def is_there() -> dict[str, Any]:
            found = self.ask(ask="widget", name=name)
            is_ready = found and found["is_enabled"] and found["place"][2] > 0 and found["place"][3] > 0
            return found if is_ready and (words is None or words in found["words"]) else {}

        told: dict[str, Any] = self.until(f"{name} {words or ''}", is_there)
        return told

    def words_of(self, name: str) -> str:
        """Return what a widget says now, "" where it is not in sight."""
        return str(self.ask(ask="widget", name=name).get("words", ""))

    def read(self, words: str) -> None:
        """Wait until something in sight says these words."""
        self.until(f"the words {words!r}", lambda: any(words in each for each in self.screen()["words"]))

    def token(self, name: str) -> dict[str, Any]:
        """Wait for someone on the circle."""
        found: dict[str, Any] = self.until(f"{name} on the circle", lambda: self.ask(ask="token", name=name))
        return found

    # -- hands -----------------------------------------------------------------------------------------------------

    def hand(self, *arguments: str) -> None:
        """Let the X server send key and mouse events."""
        subprocess.run(["xdotool", *arguments], check=True, timeout=60)  # noqa: S607 - a program of the test machine

    def click(self, name: str, *, times: int = 1) -> None:
        """Click the middle of a widget."""
        self.click_at(self.see(name)["place"], times=times)

    def click_row(self, view: str, words: str, *, times: int = 1) -> None:
        """Click a row of a table or list."""
        found = self.until(f"{words!r} in {view}", lambda: self.ask(ask="row", name=view, words=words))
        self.click_at(found["place"], times=times)

    def click_at(self, place: list[int], *, times: int = 1) -> None:
        """Click the middle of a rectangle of the screen."""
        x, y, width, height = place
        self.hand("mousemove", str(x + width // 2), str(y + height // 2))
        self.hand("click", "--repeat", str(times), "--delay", "60", "1")

    def drag(self, name: str, dx: int, dy: int) -> None:
        """Drag someone on the circle by pixels."""
        x, y, width, height = self.token(name)["place"]
        left, top = x + width // 2, y + height // 2
        self.hand("mousemove", str(left), str(top), "mousedown", "1")
        for step in (1, 2, 3, 4):
            self.hand("mousemove", str(left + dx * step // 4), str(top + dy * step // 4))
        self.hand("mouseup", "1")

    def press(self, *keys: str) -> None:
        """Press keys, such as "ctrl+2" or "Return"."""
        self.hand("key", "--delay", "20", *keys)

    def type(self, words: str) -> None:
        """Type words."""
        self.hand("type", "--delay", "8", words)

    def write(self, name: str, words: str) -> None:
        """Click a field, replace what is in it and wait until it says what was typed."""
        self.click(name)
        self.press("ctrl+a")
        self.type(words)
        self.see(name, words)

    def kill(self) -> None:
        """Pull the plug."""
        self.program.kill()
        self.program.wait()
        self._close()

    def wait_for_end(self) -> int:
        """Wait until the program has ended by itself, and return its exit code."""
        code = self.program.wait(timeout=PATIENCE)
        self._close()
        return code

    def _close(self) -> None:
        for pipe in (self.program.stdin, self.program.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()
