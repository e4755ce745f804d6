"""What is done with clients: add, keep what is typed into the file, archive, bring back; each a step that can be undone."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from ipt_desktop.domain.errors import DemoPracticeOnly, PracticeError
from ipt_desktop.domain.records import Client
from ipt_desktop.domain.text import _
from ipt_desktop.services.autosave import Keeping
from ui.clients.commands import AddClient, ArchiveClient, BringBackClient, ChangeClient
from ui.clients.work import Work

if TYPE_CHECKING:
    from ui.clients.add_panel import AddPanel


class ClientWork(Work):
    """The verbs of a client with the form for a new one. `added`: a new client is chosen."""

    added = Signal()

    @cached_property
    def add_panel(self) -> AddPanel:
        """The form for a new client; most days do without it."""
        from ui.clients.add_panel import AddPanel

        panel = AddPanel(self.columns.right, self._known_names)
        panel.added.connect(self.add_client)
        panel.left.connect(self.panel_left)
        self.columns.right.addWidget(panel)
        return panel

    def _known_names(self) -> list[str]:
        return [each.name for each in self.desk.clients.clients(with_archived=True)]

    def ask_for_client(self) -> None:
        """Let a new client be named; the demo practice says why it takes none."""
        if not self.come():
            return
        if self.desk.is_demo:
            self.refused.emit(str(DemoPracticeOnly()))
            return
        self.panel_asked.emit(self.add_panel)
        self.add_panel.ask()

    def add_client(self, client: Client) -> None:
        """Keep a new client and choose them."""
        try:
            kept = self.desk.clients.add_client(client)
        except PracticeError as error:
            self.refused.emit(str(error))
            return
        self.add_panel.clear()
        self.columns.bar.clear()
        if self.frame.choose_client(kept.id):
            words = _("Add {name}").format(name=self.frame.name_of(kept))
            self.push(AddClient(self.desk.clients, kept.id, words, self.refused.emit))
            self.added.emit()

    def archive_client(self) -> None:
        """Put the file away; a bar offers it back."""
        if not self.come() or self.client is None or self.client.is_archived:
            return
        name = self.frame.name_of(self.client)
        words = _("Archive {name}").format(name=name)
        if self.push(ArchiveClient(self.desk.clients, self.client.id, words, self.refused.emit)):
            undo = ("undo_archive", _("Undo"), self.bring_back_client)
            said = _("Nothing is lost: “Show archived” lists the file again.")
            self.say(_("{name} was archived").format(name=name), said, (undo,))

    def bring_back_client(self) -> None:
        """Take the file out of the archive; straight after archiving it, that is the undo."""
        if not self.come() or self.client is None or not self.client.is_archived:
            return
        self.columns.bar.clear()
        name, stack = self.frame.name_of(self.client), self.frame.undo_stack()
        if stack.undoText() == _("Archive {name}").format(name=name):
            stack.undo()
        else:
            words = _("Bring back {name}").format(name=name)
            self.push(BringBackClient(self.desk.clients, self.client.id, words, self.refused.emit))

    def keep_fields(self, fields: dict[str, Any], visit: int) -> bool:
        """Keep what was typed into the file, and say so; False where the store refused."""
        if self.client is None:
            return False
        before = {key: getattr(self.client, key) for key in fields}
        words = _("Change {name}").format(name=self.frame.name_of(self.client))
        is_done = self.push(
            ChangeClient(self.desk.clients, self.client.id, before, fields, words, self.refused.emit, edit=visit)
        )
        state, at = (Keeping.SAVED, datetime.now(UTC)) if is_done else (Keeping.FAILED, None)
        detail = "" if is_done else _("your words are kept on screen")
        self.columns.file.show_save_state(state, at, detail)
        self.frame.show_save_state(state, at, detail)
        return is_done

    def forget(self) -> None:
        """Let go of the client, and of what was typed into the form."""
        self.show_client(None, ())
        if "add_panel" in self.__dict__:
            self.add_panel.clear()
