"""`dev.py shots`: every screen is taken, in the size asked for, and nothing of the therapist's own is touched."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

SCREENS = (
    *("start", "create", "unlock", "clients", "client-file", "circle", "sessions", "phases", "reports", "cover"),
    *("turn-to-client", "turn-to-client-add", "turn-to-client-done"),
    *("sessions-private", "private-release"),
    *("settings-opening", "settings-passphrase", "new-key-sheet", "new-key-stopped", "settings-backups", "settings-audit"),
    *("restore", "restore-done", "damaged", "settings-checks-damaged", "salvage", "salvage-done"),
)


def test_every_screen_is_taken_once_in_the_look_asked_for(tmp_path: Path, home: Path):
    words = [sys.executable, "-m", "ui.shots", str(tmp_path), "--theme", "dark", "--text", "125", "--size", "1024x700"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        words, cwd=Path(__file__).parents[2], env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    pictures = {name: QImage(str(tmp_path / f"{name}-dark-125.png")) for name in SCREENS}
    assert {name: (each.width(), each.height()) for name, each in pictures.items()} == dict.fromkeys(SCREENS, (1024, 700))
    assert len({bytes(each.constBits()) for each in pictures.values()}) == len(SCREENS)
    assert not list((home / "config").rglob("*"))
    assert not list((home / "data").rglob("*"))
