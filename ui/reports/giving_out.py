"""Pages on their way out: saved as a file or sent to a printer, and noted; with a recipient it is a disclosure."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.errors import PracticeError, PracticeReadOnly
from ipt_desktop.domain.text import _

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Disclosure
    from ipt_desktop.services.desk import Desk
    from ui.printing import Printing
    from ui.reports.addressee import Addressee
    from ui.reports.typesetter import Proof
    from ui.widgets.inline_bar import InlineBar


class GivingOut(QObject):
    """What is asked for waits until the pages are there. `bar` says what became of it; `elsewhere` asks for another place."""

    def __init__(self, desk: Desk, window: QWidget, bar: InlineBar, whom: Addressee, elsewhere: Callable[[], None]) -> None:
        super().__init__(window)
        self._desk, self._window, self._bar, self._whom, self._elsewhere = desk, window, bar, whom, elsewhere
        self._target: Path | None = None
        self._is_to_print = False
        self._printing: Printing | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether pages are waited for."""
        return self._target is not None or self._is_to_print

    def wait_to_save(self, path: Path) -> None:
        """Save the next pages there."""
        self._target = path

    def wait_to_print(self) -> None:
        """Print the next pages."""
        self._is_to_print = True

    def cancel(self) -> None:
        """Wait for nothing any more."""
        self._target, self._is_to_print = None, False

    def hold_back(self) -> None:
        """Give nothing out that could not be read before."""
        head = _("Not printed") if self._is_to_print else _("Not saved as PDF")
        self._bar.say(head, _("Some characters cannot be printed. Read which, then save or print again."), tone="caution")
        self.cancel()

    def give_out(self, proof: Proof) -> None:
        """Save or print these pages, as it was asked for."""
        target, is_to_print = self._target, self._is_to_print
        self.cancel()
        if target is not None:
            self._save(proof, target)
        elif is_to_print:
            self._ask_printer(proof)

    def _save(self, proof: Proof, path: Path) -> None:
        order, whom = proof.order, self._whom
        try:
            disclosure = self._desk.reporting.save(
                proof.pdf,
                path,
                kind=order.kind,
                course_id=order.course_id,
                client_id=order.client_id,
                recipient=whom.recipient,
                purpose=whom.purpose,
            )
        except PracticeError as error:
            again = ("save_elsewhere", _("Choose another place"), self._elsewhere)
            self._bar.say(_("Not saved as PDF"), str(error), tone="danger", actions=(again,))
            return
        words = _("{path}. This file is not encrypted: whoever has it can read it.").format(path=path)
        self._bar.say(_("Saved as PDF"), " ".join(filter(None, (words, self._words_of(disclosure)))), tone="note")

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
        self._printing = Printing(self._desk.reporting.pages, self._window)
        self._printing.printed.connect(partial(self._on_printed, proof))
        self._printing.failed.connect(self._on_not_printed)
        self._printing.ask(proof.pdf, _("Document"))

    def _on_printed(self, proof: Proof) -> None:
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

    def _on_not_printed(self, error: object) -> None:
        self._bar.say(_("Not printed"), str(error), tone="danger")

    def _words_of(self, disclosure: Disclosure | None) -> str:
        """Say that it is a disclosure, where it is one."""
        if disclosure is None:
            return ""
        self._whom.forget()  # the next one is not given to the same by mistake
        told = _("It is in the client’s list of disclosures, as given to {recipient}.")
        return told.format(recipient=disclosure.recipient)
