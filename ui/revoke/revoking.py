"""The course of a revocation: the work on a thread of its own, which waits there until the new sheet is at hand."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from ipt_desktop.domain.errors import Cancelled
from ipt_desktop.domain.text import _
from ui.revoke.revoke_page import RevokePage

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ui.doors import Doors
    from ui.workspace import Workspace


def _show_backups(workspace: Workspace) -> None:
    workspace.show_settings("backups")


class Revoking(QObject):
    """Gives the practice of `desk`, which is closed before `begin`, a new key, on a page of its own in `stack`.

    Then it goes through the doors again with the same passphrase, whether there is a new key or it was stopped; after any other
    failure the page of the locked practice says why. Up to the moment of the new key everything is as it was.
    """

    _told = Signal(float)
    _handed_out = Signal(str)
    _ended = Signal(object)

    def __init__(self, desk: Desk, doors: Doors, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._folder, self._practice = desk.folder, desk.practice.details()
        self._doors, self._stack = doors, stack
        self._answered = Event()
        self._is_stopped = self._is_revoked = False
        self._given_out: list[str] = []
        self._passphrase = ""
        self._then: Callable[[], object] | None = None
        self.is_at_work = False
        self.page = RevokePage(stack)
        self.page.confirmed.connect(self._on_confirmed)
        self.page.stopped.connect(self.stop)
        self.page.given_out.connect(self._given_out.append)
        self._told.connect(self.page.show_share)
        self._handed_out.connect(self._on_handed_out)
        self._ended.connect(self._on_ended)

    def begin(self, passphrase: str, private_passphrase: str | None) -> None:
        """Show the page and start the work."""
        self._passphrase, self.is_at_work = passphrase, True
        self._stack.addWidget(self.page)
        self._stack.setCurrentWidget(self.page)
        self.page.setFocus()
        work = partial(self._work, passphrase, private_passphrase)
        Thread(target=work, name="revoking", daemon=True).start()  # none of the pool's: it waits, and the sheet is made there

    def stop(self, then: Callable[[], object] | None = None) -> None:
        """Let everything be as it was, unless a group of the new sheet has been typed back.

        `then` is called once the work has ended, in place of opening the practice again.
        """
        self._then = then
        if not self._answered.is_set():
            self._is_stopped = True
            self._answered.set()
            self.page.show_end(_("Stopping. Everything stays as it was…"))

    def tell(self, workspace: Workspace) -> None:
        """Say, in the practice that is open again, what came of it."""
        if not self._is_revoked and not self._is_stopped:
            return  # the page of the locked practice has said why
        if not self._is_revoked:
            words = _("The old key and the old recovery sheet open the practice as before. A sheet just printed opens nothing.")
            workspace.say(_("Stopped: there is no new key"), words, tone="caution")
            return
        from ipt_desktop.services.opening import Opening

        opening = Opening(workspace.desk.vault, workspace.desk.open_practice)
        for operation in self._given_out:  # while the sheet was shown, no practice was open to note it in
            opening.note_sheet(operation)
        opening.confirm_sheet()
        words = _("Destroy the old recovery sheet. Backups made before still open with it: destroy them or make them anew.")
        look = ("see_backups", _("See the backups"), lambda: _show_backups(workspace))
        workspace.say(_("The new key and the new recovery sheet are in force"), words, actions=(look,))

    # On the work's thread.

    def _work(self, passphrase: str, private_passphrase: str | None) -> None:
        from ipt_desktop.services.revocation import revoke

        error: Exception | None = None
        try:
            revoke(self._folder, passphrase, self._hand_out, private_passphrase=private_passphrase, tell=self._tell)
        except Exception as problem:  # handed over to the window: none is swallowed
            error = problem
        with suppress(RuntimeError):  # the window went away in the meantime, and nobody waits
            self._ended.emit(error)

    def _tell(self, share: float) -> None:
        if self._is_stopped:
            raise Cancelled
        self._told.emit(share)

    def _hand_out(self, code: str) -> None:
        """Wait until the therapist has the sheet, or wants none."""
        self._handed_out.emit(code)
        self._answered.wait()
        if self._is_stopped:
            raise Cancelled

    # On the window's.

    def _on_handed_out(self, code: str) -> None:
        if not self._is_stopped:
            self.page.show_sheet(code, self._practice)

    def _on_confirmed(self) -> None:
        self.page.show_end(_("The new key is being put in place…"))
        self._answered.set()

    def _on_ended(self, error: object) -> None:
        if error is None:
            self._is_revoked = True
            self._go_back(_("The new key is in place."))
        elif isinstance(error, Cancelled):
            self._go_back(_("Stopped. Nothing was changed."))
        else:
            self._leave()
            self._doors.show_locked()
            self._doors.show_error(error)

    def _go_back(self, reason: str) -> None:
        passphrase, then = self._passphrase, self._then
        self._leave()
        if then is not None:
            then()
        else:
            self._doors.unlock_again(passphrase, reason)

    def _leave(self) -> None:
        self.is_at_work = False
        self._passphrase = ""
        self.page.forget()
        self._stack.removeWidget(self.page)
        self.page.deleteLater()
