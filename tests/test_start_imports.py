"""A normal start on an existing practice imports nothing that only some action needs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ipt_desktop.services.demo import create_demo

ROOT = Path(__file__).parents[1]
NEVER = ("alembic", "reportlab", "keyring", "pikepdf", "pypdfium2", "spylls")  # not until someone asks for what they do
# Ours or our libraries', for the other tabs, for one action, or for the making of a practice.
LATER = (
    "uharfbuzz",
    "babel",
    "ipt_desktop.reports",
    "ipt_desktop.services.demo",
    "ipt_desktop.services.reporting",
    "ui.circle",
    "ui.progress",
)

# Starts the program as a therapist does, and ends it once the Clients tab has been filled and painted.
START = """
import builtins, json, os, sys
plain = builtins.__import__
from ui.main_window import MainWindow

opened = MainWindow._on_opened

def tell(window, practice):
    opened(window, practice)
    window.repaint()
    from PySide6.QtWidgets import QTableView
    rows = window.findChild(QTableView, "client_table").model().rowCount()
    print(json.dumps({"rows": rows, "modules": sorted(sys.modules), "is_plain": builtins.__import__ is plain}), flush=True)
    os._exit(0)

MainWindow._on_opened = tell
sys.argv = ["ipt-desktop", "--data-dir", sys.argv[1], "--demo"]
from ipt_desktop.__main__ import main
sys.exit(main())
"""


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules of a start on the demo practice, made before."""
    folder = tmp_path_factory.mktemp("data")
    create_demo(folder / "demo").close()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", START, str(folder)], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    assert told["rows"] == 8
    assert "sqlcipher3" in told["modules"]
    assert told["is_plain"], "each import is looked through for PySide's features"
    return set(told["modules"])


@pytest.mark.parametrize("name", NEVER + LATER)
def test_a_start_on_an_existing_practice_does_without(name: str, imported: set[str]):
    assert name not in imported


def test_qt_is_imported_as_far_as_a_window_needs_it(imported: set[str]):
    found = {name.removeprefix("PySide6.") for name in imported if name.startswith("PySide6.Qt")}
    assert found <= {"QtCore", "QtGui", "QtWidgets", "QtSvg"}
