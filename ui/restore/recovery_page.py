"""What both ways back have in common: a card that asks, works and tells, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipt_desktop.domain.errors import Cancelled, PracticeError, RecoveryCodeWrong, TooManyAttempts, WrongPassphrase
from ipt_desktop.domain.text import _
from ipt_desktop.services.progress import Progress
from ipt_desktop.services.secret import Secret
from ui.backup_task import BackupTask
from ui.faults import sentences_of
from ui.restore.secret_part import SecretPart
from ui.restore.work_part import WorkPart
from ui.start.entrance import Entrance
from ui.widgets.buttons import link, primary
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import label


class RecoveryPage(Entrance):
    """Subclasses fill `asking` and `told` and say what `_begin` does.

    `left` when the therapist goes back. `open_asked` carries a folder and the Secret that is to open the practice there, which
    is let go of with the page.
    """

    left = Signal()
    open_asked = Signal(object, object)

    def __init__(self, folder: Path, parent: QWidget, *, name: str, title: str, verb: str, opening: str) -> None:
        super().__init__(parent, name=name)
        self.folder = folder
        self._name, self._verb = name, verb
        self._task: BackupTask | None = None
        self._secret: Secret | None = None
        self._made: Path | None = None
        self._title = label(title, self, kind="title", name=f"{name}_title", wraps=True)
        self.card.addWidget(self._title)
        self.secret = SecretPart(self, name=f"{name}_secret")
        self.work = WorkPart(self, name=f"{name}_work")
        self.bar = InlineBar(self, name=f"{name}_bar")
        self._go = primary(verb, self, name=f"{name}_go", is_big=True)
        self._open = primary(opening, self, name=f"{name}_open", is_big=True)
        self._back = link(_("Back"), self, name=f"{name}_back")
        self.asking, self.told = QWidget(self), QWidget(self)
        for part in (self.asking, self.told):
            part.setProperty("role", "clear")
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(8)
        for each in (self.asking, self.work, self.told, self.secret, self.bar, self._go, self._open, self._back):
            self.card.addWidget(each)
        self._go.clicked.connect(self._on_go)
        self._open.clicked.connect(self._on_open)
        self._back.clicked.connect(self._on_back)
        self.secret.returned.connect(self._on_go)
        self.secret.edited.connect(self._on_edited)
        self.work.stop_asked.connect(self._on_stop)

    def _add_to(self, part: QWidget, *rows: QWidget) -> None:
        layout = part.layout()
        assert layout is not None  # noqa: S101 - each was given one
        for row in rows:
            layout.addWidget(row)
            if row.property("kind") == "link":
                layout.setAlignment(row, Qt.AlignmentFlag.AlignLeft)

    # -- what subclasses say ---------------------------------------------------------------------------------------

    @property
    def needs_secret(self) -> bool:
        """Whether anything must be typed: the demo practice opens for anyone."""
        return True

    def _problem(self) -> str:
        """Say what is missing before it can begin, "" where nothing is."""
        if self.needs_secret and self.secret.secret() is None:
            return _("Type the passphrase, or use the recovery sheet.")
        return ""

    def _order(self, secret: Secret) -> tuple[str, Callable[[Progress], object]]:
        """Return what is said while it works, and the work."""
        raise NotImplementedError

    def _tell(self, result: object) -> Path:
        """Show what came of it in `told`; return the folder of the practice that is there now."""
        raise NotImplementedError

    # -- the three states ------------------------------------------------------------------------------------------

    def _show_asking(self) -> None:
        self._show(asking=True)

    def _show(self, *, asking: bool = False, working: bool = False, told: bool = False) -> None:
        for part, is_shown in (
            (self.asking, asking),
            (self.secret, asking and self.needs_secret),
            (self._go, asking),
            (self.work, working),
            (self.told, told),
            (self._open, told),
            (self._back, not working),
        ):
            part.setVisible(is_shown)
        words = _("Close") if told else _("Back")
        self._back.setText(words)
        self._back.setAccessibleName(words)

    @property
    def is_working(self) -> bool:
        """Whether it is under way."""
        return self._task is not None

    def _on_edited(self) -> None:
        if not self.is_working:
            self.bar.clear()

    def _on_go(self) -> None:
        if self.is_working or not self._go.isEnabled() or not self._go.isVisibleTo(self):
            return
        if problem := self._problem():
            self.bar.say(problem, tone="caution", can_close=False)
            self.bring_into_sight(self.bar)
            self.secret.setFocus()
            return
        self.bar.clear()
        secret = self.secret.secret() or Secret()
        self._secret = secret
        words, work = self._order(secret)
        self.work.begin(words)
        self._show(working=True)
        self.work.setFocus()
        self._run(work, self._on_done)

    def _run(self, work: Callable[[Progress], object], done: Callable[[object], None]) -> None:
        task = BackupTask(work, self)
        self._task = task
        task.progressed.connect(self.work.show_progress)
        task.done.connect(self._on_ended)
        task.done.connect(done)
        task.failed.connect(self._on_ended)
        task.failed.connect(self._on_failed)
        task.start()

    def _on_ended(self, _result: object) -> None:
        self._task = None

    def _on_stop(self) -> None:
        if self._task is not None:
            self._task.stop()

    def _on_done(self, result: object) -> None:
        self.secret.forget()
        self._made = self._tell(result)
        self._show(told=True)
        self._open.setFocus()

    def _on_failed(self, error: object) -> None:
        self._secret = None
        self._show_asking()
        self._say_error(error)
        if isinstance(error, WrongPassphrase | RecoveryCodeWrong | TooManyAttempts):
            self.secret.ask_again()

    def _say_error(self, error: object) -> None:
        if isinstance(error, Cancelled):
            self.bar.say(str(error), tone="note")
        elif isinstance(error, WrongPassphrase | RecoveryCodeWrong | TooManyAttempts):
            self.bar.say(str(error), tone="caution", can_close=False)
        elif isinstance(error, Exception):
            tone = "caution" if isinstance(error, PracticeError) else "danger"
            self.bar.say(_("That could not be done"), sentences_of(error), tone=tone, can_close=False)
        self.bring_into_sight(self.bar)

    def _on_open(self) -> None:
        if self._made is not None and self._secret is not None:
            self.open_asked.emit(self._made, self._secret)

    def _on_back(self) -> None:
        self.forget()
        self.left.emit()

    # -- as a door -------------------------------------------------------------------------------------------------

    def set_busy(self, is_busy: bool) -> None:
        """Take no second order while the practice is being opened."""
        for part in (self._open, self._back):
            part.setEnabled(not is_busy)

    def show_error(self, text: str) -> None:
        """Say what went wrong with the opening."""
        self.bar.say(text, tone="danger", can_close=False)
        self.bring_into_sight(self.bar)

    def forget(self) -> None:
        """Let go of what was typed, and stop what is under way."""
        self._on_stop()
        self._secret = None
        self.secret.forget()
        self.bar.clear()
