"""Pages on their way out: saved, sent to a printer or copied as text, and noted; with a recipient it is a disclosure."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.errors import PracticeError, PracticeReadOnly
from ipt_desktop.domain.text import _, marked

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Disclosure
    from ipt_desktop.services.desk import Desk
    from ui.page import Frame
    from ui.printing import Printing
    from ui.reports.choices import ReportChoices
    from ui.reports.typesetter import Proof
    from ui.widgets.inline_bar import InlineBar


class Way(StrEnum):
    """How pages leave."""

    SAVE = "save"
    PRINT = "print"
    COPY = "copy"


NOT_DONE = {
    Way.SAVE: marked("Not saved as PDF"),
    Way.PRINT: marked("Not printed"),
    Way.COPY: marked("Not copied"),
}


class GivingOut(QObject):
    """What is asked for waits until the pages are there. `bar` says what became of it; `elsewhere` asks for another place.

    Names that stand in the texts are pointed out once before the pages leave, whichever way. `progressed` tells the share that
    is with the printer, `ended` that no more goes there.
    """

    progressed = Signal(float)
    ended = Signal()

    def __init__(
        self,
        desk: Desk,
        frame: Frame,
        window: QWidget,
        bar: InlineBar,
        choices: ReportChoices,
        elsewhere: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._desk, self._frame, self._window, self._bar = desk, frame, window, bar
        self._whom, self._foot, self._elsewhere = choices.addressee, choices.foot, elsewhere
        self._way: Way | None = None
        self._target = Path()
        self._read: frozenset[str] = frozenset()
        self._printing: Printing | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether pages are waited for."""
        return self._way is not None

    def wait_to_save(self, path: Path) -> None:
        """Save the next pages there."""
        self._way, self._target = Way.SAVE, path

    def wait_to_print(self) -> None:
        """Print the next pages."""
        self._way = Way.PRINT

    def wait_to_copy(self) -> None:
        """Copy the words of the next pages."""
        self._way = Way.COPY

    def cancel(self) -> None:
        """Wait for nothing any more."""
        self._way = None

    def forget(self) -> None:
        """Wait for nothing, and count no name as read."""
        self.cancel()
        self._read = frozenset()

    def is_read(self, proof: Proof) -> bool:
        """Whether the names in these pages were pointed out as they were about to leave."""
        return self._read >= set(proof.names)

    def hold_back(self, proof: Proof) -> None:
        """Give nothing out that could not be read before."""
        way = self._way or Way.SAVE
        if self.is_read(proof):
            words = _("Some characters cannot be printed. Read which, then save or print again.")
        else:
            words = _("{names}: these names stand in the texts. Mask them here, or do it once more to leave them as they are.")
            words = words.format(names=", ".join(proof.names))
        self._read |= set(proof.names)
        self._bar.say(_(NOT_DONE[way]), words, tone="caution")
        self.cancel()

    def give_out(self, proof: Proof) -> None:
        """Save, print or copy these pages, as it was asked for."""
        way = self._way
        self.cancel()
        match way:
            case Way.SAVE:
                self._save(proof, self._target)
            case Way.PRINT:
                self._ask_printer(proof)
            case Way.COPY:
                self._copy(proof)
            case None:
                return

    def _save(self, proof: Proof, path: Path) -> None:
        order, whom, password = proof.order, self._whom, self._foot.password
        try:
            disclosure = self._desk.reporting.save(
                proof.pdf,
                path,
                kind=order.kind,
                course_id=order.course_id,
                client_id=order.client_id,
                recipient=whom.recipient,
                purpose=whom.purpose,
                password=password.text,
            )
        except PracticeError as error:
            again = ("save_elsewhere", _("Choose another place"), self._elsewhere)
            self._bar.say(_(NOT_DONE[Way.SAVE]), str(error), tone="danger", actions=(again,))
            return
        if password.text:
            words = _("{path}. It opens with your password alone, which is kept nowhere.")
        else:
            words = _("{path}. This file is not encrypted: whoever has it can read it.")
        told = " ".join(filter(None, (words.format(path=path), self._words_of(disclosure))))
        password.forget()
        self._bar.say(_("Saved as PDF"), told, tone="note")

    def _copy(self, proof: Proof) -> None:
        """Note it first: nothing leaves without a trace."""
        order, whom = proof.order, self._whom
        try:
            disclosure = self._desk.reporting.note_copied(
                kind=order.kind,
                course_id=order.course_id,
                client_id=order.client_id,
                recipient=whom.recipient,
                purpose=whom.purpose,
            )
        except PracticeError as error:
            self._bar.say(_(NOT_DONE[Way.COPY]), str(error), tone="danger")
            return
        QGuiApplication.clipboard().setText(proof.text)
        words = _("Paste it where you need it. Locking the practice takes it from the clipboard again.")
        self._bar.say(_("Copied as text"), " ".join(filter(None, (words, self._words_of(disclosure)))), tone="note")

    def _ask_printer(self, proof: Proof) -> None:
        """Ask which printer. Its queue is told nothing of the client, nor what it is."""
        if self._desk.is_read_only:  # nothing leaves without a trace
            self._on_not_printed(PracticeReadOnly())
            return
        try:
            self._desk.reporting.require_short(proof.order.kind, proof.pdf)
        except PracticeError as error:
            self._on_not_printed(error)
            return
        from ui.printing import Printing

        if self._printing is not None:
            self._printing.deleteLater()
        self._printing = Printing(self._desk.reporting.some_pages, self._window, self._frame.preferences)
        self._printing.progressed.connect(self.progressed)
        self._printing.printed.connect(partial(self._on_printed, proof))
        self._printing.failed.connect(self._on_not_printed)
        self._printing.stopped.connect(self._on_stopped)
        self._printing.ask(proof.pdf, _("Document"), proof.order.paper)

    def _on_printed(self, proof: Proof) -> None:
        self.ended.emit()
        order, whom = proof.order, self._whom
        try:
            disclosure = self._desk.reporting.note_printed(
                proof.pdf,
                kind=order.kind,
                course_id=order.course_id,
                client_id=order.client_id,
                recipient=whom.recipient,
                purpose=whom.purpose,
            )
        except PracticeError as error:
            words = _("The pages went to the printer, but that could not be noted. {error}").format(error=error)
            self._bar.say(_("Not noted"), words, tone="danger")
            return
        self._bar.say(_("Sent to the printer"), self._words_of(disclosure), tone="note")

    def stop_printing(self) -> None:
        """Send no further page to the printer."""
        if self._printing is not None:
            self._printing.stop()

    def _on_stopped(self, count: int) -> None:
        words = _("{count} pages were with the printer already: see that they do not lie about.").format(count=count)
        self.ended.emit()
        self._bar.say(_(NOT_DONE[Way.PRINT]), words if count else "", tone="caution")

    def _on_not_printed(self, error: object) -> None:
        self.ended.emit()
        self._bar.say(_(NOT_DONE[Way.PRINT]), str(error), tone="danger")

    def _words_of(self, disclosure: Disclosure | None) -> str:
        """Say that it is a disclosure, where it is one."""
        if disclosure is None:
            return ""
        self._whom.forget()  # the next one is not given to the same by mistake
        told = _("It is in the client’s list of disclosures, as given to {recipient}.")
        return told.format(recipient=disclosure.recipient)
