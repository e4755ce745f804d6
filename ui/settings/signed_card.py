"""Settings: whether every signed note is as it was signed, and what becomes of earlier drafts when a note is signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QCheckBox, QWidget

from ipt_desktop.domain.errors import Cancelled, PracticeError
from ipt_desktop.domain.text import _
from ui.faults import sentences_of
from ui.page import Frame
from ui.settings.work_line import WorkLine
from ui.widgets.card import Card
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import HintLabel
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ipt_desktop.domain.signature_state import SignatureState
    from ipt_desktop.services.desk import Desk


class SignedCard(Card):
    """*Verify signed notes*, with progress and *Cancel*; what was altered is named."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent, name="signed_card", title=_("Signed notes"))
        self._desk, self._frame = desk, frame
        words = _(
            "Each signed note bears a mark over its text, what it shows, who signed it and when, and the mark before it. "
            "Verifying makes each mark anew, and names every note that was changed outside this program."
        )
        self.body.addWidget(HintLabel(words, self, name="signed_hint"))
        self.verify = WorkLine(self, name="verify_signed", words=_("Verify signed notes"), busy_words=_("Verifying…"))
        self.verify.asked.connect(self.look_through)
        self.verify.done.connect(self._on_done)
        self.verify.failed.connect(self._on_failed)
        self.body.addWidget(self.verify)
        self.bar = InlineBar(self, name="signed_bar")
        self.body.addWidget(self.bar)
        self.drafts = named(
            QCheckBox(_("Keep earlier drafts of a note when it is signed"), self), "keep_drafts", _("Keep earlier drafts")
        )
        self.drafts.setAccessibleName(self.drafts.text())
        self.drafts.clicked.connect(self._on_drafts_clicked)
        self.body.addWidget(self.drafts)
        self.refresh()

    def refresh(self) -> None:
        """Show the practice's rule."""
        self.drafts.setChecked(self._desk.settings.values().keeps_drafts)

    def look_through(self) -> None:
        """Look at every signed note, and say what came of it."""
        self.bar.clear()
        self.verify.run(self._desk.signature_check.verify)

    def forget(self) -> None:
        """Let go of every name; what is under way changes nothing."""
        self.verify.stop()
        self.bar.clear()

    def _on_done(self, found: object) -> None:
        state = cast("SignatureState", found)
        names = {each.id: self._frame.name_of(each) for each in self._desk.clients.clients(with_archived=True)}
        told = state.in_words(lambda client_id: names.get(client_id, _("a client who is gone")))
        if state.is_sound:
            self.bar.say(_("Signed notes are sound") if state.signed else _("Nothing to verify"), told)
        else:
            self.bar.say(_("Signed notes were altered"), told, tone="danger")

    def _on_failed(self, error: object) -> None:
        if isinstance(error, Cancelled):
            self.bar.say(_("Stopped"), _("Nothing was changed."))
        else:
            self.bar.say(_("Signed notes could not be verified"), sentences_of(cast("Exception", error)), tone="caution")

    def _on_drafts_clicked(self) -> None:
        try:
            self._desk.settings.change(keeps_drafts=self.drafts.isChecked())
        except PracticeError as error:
            self.bar.say(_("Not done"), str(error), tone="caution")
        self.refresh()
