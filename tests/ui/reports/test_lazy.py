"""Building the Reports tab loads no PDF library: they come with the first pages."""

import subprocess
import sys
from pathlib import Path

CODE = """
import sys
from pathlib import Path
from types import ModuleType
sys.modules["tests"] = tests = ModuleType("tests")
tests.__path__ = ["tests"]  # ours: a library that is installed may bring a package of that name
from PySide6.QtWidgets import QApplication
app = QApplication([])
from tests.services.summary_case import open_case
from tests.ui.practice_room import RoomFrame
from ui.reports.page import ReportsPage
case = open_case(Path(sys.argv[1]))
frame = RoomFrame(case.desk)
page = ReportsPage(case.desk, frame)
page.show_client(None, None)
loaded = {"reportlab", "pypdfium2", "uharfbuzz", "pikepdf"} & set(sys.modules)
frame.stop()
case.desk.close()
sys.exit(", ".join(loaded) or 0)
"""


def test_the_tab_is_built_without_pdf_libraries(tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", CODE, str(tmp_path)], cwd=root, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
