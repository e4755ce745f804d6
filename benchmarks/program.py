"""The program itself, started as a therapist starts it and ended at a moment of its start.

`python -m benchmarks.program paint FOLDER` ends at the first paint of its window; `… ready FOLDER` when the Clients tab of the
demo practice is filled and painted; `… idle FOLDER` then rests and prints its resident memory in KiB.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.main_window import MainWindow

REST_MS = 1500


def end() -> None:
    """End at once, so that both programs are measured without their taking down."""
    os._exit(0)


def end_with_memory() -> None:
    """Print the resident memory and end."""
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - as in `hello`
        print(next(line.split()[1] for line in status if line.startswith("VmRSS")), flush=True)
    end()


def end_when_filled(window: MainWindow, moment: str) -> None:
    """End once the first tab shows clients: not before, or an empty tab would count as a quick one."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QTableView

    window.repaint()
    table = window.findChild(QTableView, "client_table")
    if table is None or not table.isVisible() or not table.model().rowCount():
        sys.exit("the first tab shows no clients")
    QTimer.singleShot(*((0, end) if moment == "ready" else (REST_MS, end_with_memory)))


def main(moment: str, folder: str) -> None:
    """Start the program and stop it at the moment asked for."""
    from ui.main_window import MainWindow

    on_painted, on_opened = MainWindow._on_painted, MainWindow._on_opened

    def stop_at_paint(window: MainWindow) -> None:
        if moment == "paint":
            end()
        on_painted(window)

    def stop_at_opened(window: MainWindow, opened: object) -> None:
        on_opened(window, opened)
        end_when_filled(window, moment)

    MainWindow._on_painted = stop_at_paint  # type: ignore[method-assign,assignment]
    MainWindow._on_opened = stop_at_opened  # type: ignore[method-assign,assignment]
    sys.argv = ["ipt-desktop", "--data-dir", folder, *([] if moment == "paint" else ["--demo"])]
    from ipt_desktop.__main__ import main as start

    sys.exit(start())


if __name__ == "__main__":
    main(*sys.argv[1:3])
