"""How long the window's event loop stands still while a task runs on another thread: a timer of 4 ms beats all the while."""

import time

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer

from ui.background import Task

BEAT_MS = 4


def standstill(app: QCoreApplication, task: Task) -> float:
    """Run a task to its end; return the event loop's longest standstill meanwhile, in seconds."""
    loop, beat = QEventLoop(app), QTimer(app)
    task.done.connect(loop.quit)
    task.failed.connect(loop.quit)
    last = longest = 0.0

    def note_beat() -> None:
        nonlocal last, longest
        now = time.perf_counter()
        longest = max(longest, now - last - BEAT_MS / 1000)
        last = now

    beat.setTimerType(Qt.TimerType.PreciseTimer)
    beat.setInterval(BEAT_MS)
    beat.timeout.connect(note_beat)
    last = time.perf_counter()
    beat.start()
    task.start()
    loop.exec()
    beat.stop()
    return longest
