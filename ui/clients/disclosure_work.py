"""What is done with a client's disclosures: the list is saved for the client who asks for it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

from ipt_desktop.domain.text import _
from ui.clients.work import Work
from ui.faults import sentences_of

if TYPE_CHECKING:
    from ui.audit.pdf_saving import PdfSaving


class DisclosureWork(Work):
    """The one verb: disclosures themselves are records of what left, and are never changed."""

    @cached_property
    def saving(self) -> PdfSaving:
        """Asks where and saves; most days do without it."""
        from ui.audit.pdf_saving import PdfSaving

        saving = PdfSaving(self.desk, self.columns)
        saving.saved.connect(self._on_saved)
        saving.failed.connect(self._on_failed)
        return saving

    def save_list(self) -> None:
        """Save the client's list as PDF, by whoever knows the passphrase."""
        if self.come() and self.client is not None:
            self.frame.when_sure(self._ask_where)

    def _ask_where(self) -> None:
        if self.client is None:
            return
        client_id, disclosures = self.client.id, self.desk.disclosures
        self.saving.ask(
            lambda: disclosures.report(client_id),
            title=_("Save the disclosures as PDF"),
            file_name=disclosures.file_name(client_id),
            client_id=client_id,
        )

    def forget(self) -> None:
        """Let go of the client, and of a question where to save."""
        from PySide6.QtWidgets import QFileDialog  # made ready only here: a start waits for none of it

        self.show_client(None, ())
        for dialog in self.columns.findChildren(QFileDialog):
            dialog.reject()

    def _on_saved(self, path: object) -> None:
        words = _("{path}. This file is not encrypted: whoever has it can read it.").format(path=path)
        self.columns.bar.say(_("Saved as PDF"), words)

    def _on_failed(self, error: object) -> None:
        self.columns.bar.say(_("Not saved as PDF"), sentences_of(cast("Exception", error)), tone="caution")
