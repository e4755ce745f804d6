"""Slow work off the window's thread: key derivation, opening, previews."""

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal
from shiboken6 import isValid


class _Messenger(QObject):
    """Brings what came of a task to the window's thread.

    It is nobody's child: a task may go with its window at any moment, and a signal sent from an object that is going, on
    another thread, takes the whole program with it.
    """

    ended = Signal(object, object, object)

    def __init__(self) -> None:
        super().__init__()
        self.ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    def _on_ended(self, task: "Task", result: object, error: object) -> None:
        if isValid(task):
            task.end(result, error)


@cache
def _messenger() -> _Messenger:
    """Return the one there is, made on the thread of whoever asks first."""
    return _Messenger()


class Task(QObject):
    """Work on a pool thread; `done` and `failed` come back on the thread that made the task.

    A lock lets go of the work that is under way, unless it `must_finish`: then it waits, behind the cover.
    """

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Callable[[], object], parent: QObject, *, must_finish: bool = False) -> None:
        super().__init__(parent)
        self.must_finish = must_finish
        self._work = work
        self._is_wanted = True
        self._messenger = _messenger()

    def start(self) -> None:
        """Begin; connect `done` and `failed` before."""
        QThreadPool.globalInstance().start(self._run)

    def let_go(self) -> None:
        """Tell no one what comes of it."""
        self._is_wanted = False

    def _run(self) -> None:
        try:
            result, error = self._work(), None
        except Exception as problem:  # handed over to `failed`: none is swallowed
            result, error = None, problem
        self._messenger.ended.emit(self, result, error)

    def end(self, result: object, error: object) -> None:
        """Tell what came of it, unless nobody waits any more."""
        self.must_finish = False
        if self._is_wanted and error is None:
            self.done.emit(result)
        elif self._is_wanted:
            self.failed.emit(error)
        self.deleteLater()


def is_at_work(owner: QObject) -> bool:
    """Tell whether something of it is under way that must not be broken off."""
    return any(task.must_finish for task in owner.findChildren(Task))


def let_go_of_work(owner: QObject) -> None:
    """Let all that is under way in it, or was to come later, come to nothing."""
    for task in owner.findChildren(Task):
        task.let_go()
    for timer in owner.findChildren(QTimer):
        timer.stop()
