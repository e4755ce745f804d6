"""The way in with the recovery sheet: its code, then a new passphrase."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ipt_desktop.domain.errors import PracticeError, RecoveryCodeWrong
from ipt_desktop.domain.practice_settings import PracticeSettings
from ui.background import Task
from ui.faults import sentences_of
from ui.lock.door_watch import DoorWatch
from ui.opening import Practices
from ui.start.code_page import CodePage
from ui.start.new_passphrase_page import NewPassphrasePage
from ui.start.unlock_page import DAMAGED

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


class Recovering(QStackedWidget):
    """Opens the practice in `folder` with its code: `finished` carries the desk, `left` leads back to the passphrase.

    `failed` carries what is damaged although the code may be right, for whoever says what can be done. Opened by its code and
    then left alone, the practice is locked as ever, for whoever comes by could give it another passphrase: `locked` says why.
    """

    finished = Signal(object)
    left = Signal()
    locked = Signal(str)
    failed = Signal(object)

    def __init__(self, folder: Path, name: str, practices: Practices, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("recovering")
        self.setProperty("role", "desk")
        self._folder, self._practices = folder, practices
        self._desk: Desk | None = None
        self._watch: DoorWatch | None = None
        self._is_busy = False
        self._code = ""
        self.code_page = CodePage(self)
        self.code_page.show_practice(name)
        self.new_page = NewPassphrasePage(self)
        self.addWidget(self.code_page)
        self.addWidget(self.new_page)
        self.setFocusProxy(self.code_page)
        self.code_page.code_given.connect(self._on_code_given)
        self.code_page.back_asked.connect(self._on_back_asked)
        self.new_page.chosen.connect(self._on_chosen)
        self.new_page.left.connect(self._finish)

    @property
    def page(self) -> CodePage | NewPassphrasePage:
        """The page that is shown."""
        return self.code_page if self.currentWidget() is self.code_page else self.new_page

    def _on_back_asked(self) -> None:
        self.forget()
        self.left.emit()

    def _on_code_given(self, code: str) -> None:
        folder, practices = self._folder, self._practices
        self._code = code
        self.set_busy(True)
        task = Task(lambda: practices.open_with_code(folder, code), self)
        task.done.connect(self._on_opened)
        task.failed.connect(self._on_failed)
        task.start()

    def _on_opened(self, desk: object) -> None:
        self.set_busy(False)
        self._desk = cast("Desk", desk)
        self._watch = DoorWatch(self, _minutes_of(self._desk))
        self._watch.over.connect(self._on_over)
        self.new_page.begin(is_needed=not self._practices.has_header(self._folder))
        self.setCurrentWidget(self.new_page)
        self.setFocusProxy(self.new_page)
        self.code_page.forget()
        self.new_page.setFocus()

    def _on_chosen(self, passphrase: str) -> None:
        desk, code, practices = self._desk, self._code, self._practices
        if desk is None:
            return
        self.set_busy(True)
        task = Task(lambda: practices.renew(desk, code, passphrase), self)
        task.done.connect(lambda _result: self._finish())
        task.failed.connect(self._on_failed)
        task.start()

    def _on_over(self, cause: str, why: str) -> None:
        """Lock it, unless its keys are just being written: that is said again soon."""
        if self._desk is not None and not self._is_busy:
            self._give_up().close(cause)
            self.locked.emit(why)

    def _finish(self) -> None:
        if self._desk is not None:
            self.finished.emit(self._give_up())

    def _give_up(self) -> Desk:
        """Let go of the practice, unwatched, and of every secret; return it."""
        desk, self._desk = self._desk, None
        if self._watch is not None:
            self._watch.leave()
            self._watch = None
        self.forget()
        return cast("Desk", desk)

    def _on_failed(self, error: object) -> None:
        self.set_busy(False)
        if isinstance(error, RecoveryCodeWrong):
            self.code_page.show_wrong_code(str(error.values["reason"]))
        elif isinstance(error, DAMAGED) and self._desk is None:
            self.failed.emit(error)
        else:
            self.show_error(sentences_of(cast("Exception", error)))

    def set_busy(self, is_busy: bool) -> None:
        """Take no second order while the first one runs."""
        self._is_busy = is_busy
        self.page.set_busy(is_busy)

    def show_error(self, text: str) -> None:
        """Say what went wrong."""
        self.page.show_error(text)

    def forget(self) -> None:
        """Let go of the code and the passphrase."""
        self._code = ""
        self.code_page.forget()
        self.new_page.forget()

    def leave(self) -> None:
        """Close the practice that has not been handed over: the window goes."""
        self.forget()
        if self._desk is not None:
            self._give_up().close()


def _minutes_of(desk: Desk) -> int:
    """Return after how many minutes of rest a practice locks; a damaged one that tells nothing has the usual."""
    try:
        return desk.settings.values().lock_after
    except PracticeError:
        return PracticeSettings().lock_after
