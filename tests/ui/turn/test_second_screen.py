"""With a second screen or a projector the client's view goes there, and the window comes back to the therapist's."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def screen(name: str, x: int, width: int, height: int) -> dict[str, object]:
    return {"name": name, "x": x, "y": 0, "width": width, "height": height, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}


@pytest.mark.skipif(sys.platform == "win32", reason="offscreen, Qt reads a drive's colon as the end of the file's name")
def test_the_client_s_view_goes_to_the_other_screen_and_comes_back(tmp_path: Path):
    screens = tmp_path / "screens.json"
    both = [screen("laptop", 0, 1280, 800), screen("wall", 1280, 1920, 1080)]
    screens.write_text(json.dumps({"screens": both}), encoding="utf-8")
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={screens}", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.ui.turn.two_screens", str(tmp_path / "demo")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "before": ["laptop", 1000, 700, False],
        "turned": ["laptop", 1280, 800, True],
        "other": ["wall", 1920, 1080, True],
        "again": ["laptop", 1280, 800, True],
        "thanks": ["wall", 1920, 1080, True],
        "back": ["laptop", 1000, 700, False],
    }
