"""Settings: who may open the practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.text import _
from ipt_desktop.services.opening import Opening
from ui.page import Frame
from ui.settings.change_passphrase import ChangePassphrase
from ui.settings.recovery_card import RecoveryCard
from ui.settings.remember_card import RememberCard
from ui.settings.secret_card import SecretCard
from ui.settings.section import Section

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


class OpeningSection(Section):
    """The passphrase, the computer that may open the practice, and the recovery sheet."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(
            desk,
            frame,
            parent,
            name="opening_section",
            title=_("Opening the practice"),
            words=_(
                "What opens it: your passphrase, the recovery sheet and, if you want, this computer. Nobody else has a key."
            ),
        )
        self._opening = Opening(desk.vault, desk.open_practice)
        self.change = ChangePassphrase(self._opening, frame, self)
        self.remember = RememberCard(self._opening, self)
        self.recovery = RecoveryCard(self._opening, frame, self)
        for card in self.cards:
            self.column.addWidget(card)
        self.column.addStretch(1)

    @property
    def cards(self) -> tuple[SecretCard, ...]:
        """The three, from top to bottom."""
        return self.change, self.remember, self.recovery

    def refresh(self) -> None:
        """Show what opens the practice now."""
        openers = self._opening.openers()
        self.remember.show_remembered(is_remembered=openers.is_remembered)
        self.recovery.show_openers(openers)

    def forget(self) -> None:
        """Let go of every secret."""
        for card in self.cards:
            card.forget()
