"""What nobody caught is told in the window: a button that does nothing and says nothing would be the worst of answers."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.fault import fault_in_words
from ipt_desktop.domain.text import _

if TYPE_CHECKING:
    from types import TracebackType


def words_of(error: BaseException) -> tuple[str, str]:
    """Return title and words for an error: a foreseen one in its own words, any other without its values or a traceback."""
    if isinstance(error, PracticeError):
        return _("That could not be done"), str(error)
    words = _(
        "What you were doing may not have been done. What you typed stays on screen, and what was saved is safe. "
        "If it happens again, please report: {fault}."
    )
    return _("Something went wrong in the program"), words.format(fault=fault_in_words(error))


def sentences_of(error: BaseException) -> str:
    """Return an error where there is no title: a foreseen one says all itself, any other says first what it is."""
    title, words = words_of(error)
    return words if isinstance(error, PracticeError) else f"{title}. {words}"


class Faults(QObject):
    """Hears of every error that no one caught, on any thread; `fell` carries it to the window's thread, a moment later.

    Whoever was told before (standard error, in one line) is still told, first.
    """

    fell = Signal(object)
    _heard = Signal(object)

    def __init__(self, parent: QObject) -> None:
        from PySide6.QtCore import Qt

        super().__init__(parent)
        self._heard.connect(self.fell, Qt.ConnectionType.QueuedConnection)
        self._before, self._before_in_thread = sys.excepthook, threading.excepthook

    def listen(self) -> None:
        """Hear of them from now on."""
        self._before, self._before_in_thread = sys.excepthook, threading.excepthook
        sys.excepthook, threading.excepthook = self._on_fault, self._on_fault_in_thread

    def stop(self) -> None:
        """Leave it to whoever was told before."""
        sys.excepthook, threading.excepthook = self._before, self._before_in_thread

    def _on_fault(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._before(kind, error, trace)
        self._pass_on(error)

    def _on_fault_in_thread(self, failed: threading.ExceptHookArgs) -> None:
        self._before_in_thread(failed)
        self._pass_on(failed.exc_value)

    def _pass_on(self, error: BaseException | None) -> None:
        if isinstance(error, Exception):
            self._heard.emit(error)
