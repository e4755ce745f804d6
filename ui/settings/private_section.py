"""Settings: what private notes are, who opens them, and whose law says what a client may ask to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QRadioButton, QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.practice_settings import Jurisdiction
from ipt_desktop.domain.text import _
from ui.page import Frame
from ui.settings.private_cards import OpenAlong, OwnPassphrase
from ui.settings.section import Section
from ui.widgets.card import Card
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import HintLabel, label

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


class PrivateSection(Section):
    """How private notes open, and what the law in force makes of them."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(
            desk,
            frame,
            parent,
            name="private_section",
            title=_("Private notes"),
            words=_(
                "The private page beside a note (Ctrl+Shift+P) is for your own analysis of what was said. It is kept in a file "
                "of its own, under a key of its own, and is left out of every list, search, report, export and client copy."
            ),
        )
        self._private = desk.private
        self.state = label("", self, kind="strong", name="private_state", wraps=True)
        self.column.addWidget(self.state)
        self.own = OwnPassphrase(self._private, self.refresh, self)
        self.along = OpenAlong(self._private, self.refresh, self)
        for card in (self.own, self.along):
            self.column.addWidget(card)
        self.column.addWidget(self._make_law())
        self.column.addStretch(1)

    def _make_law(self) -> Card:
        card = Card(self, name="jurisdiction", title=_("When a client asks to see the record"))
        self._laws: dict[Jurisdiction, QRadioButton] = {}
        for law, (words, meaning) in _laws().items():
            choice = QRadioButton(words, card)
            choice.setObjectName(f"jurisdiction_{law}")
            choice.setAccessibleName(words)
            choice.setAccessibleDescription(meaning)
            choice.clicked.connect(self._on_law_chosen)
            hint = HintLabel(meaning, card, name=f"jurisdiction_{law}_meaning")
            hint.setContentsMargins(26, 0, 0, 6)
            card.body.addWidget(choice)
            card.body.addWidget(hint)
            self._laws[law] = choice
        self.bar = InlineBar(card, name="jurisdiction_bar")
        card.body.addWidget(self.bar)
        return card

    def refresh(self) -> None:
        """Show how they open now, and the law chosen."""
        has_own = self._private.has_own_passphrase
        self.state.setText(_state_words(has_own=has_own, is_demo=self.desk.is_demo))
        self.own.setVisible(not self.desk.is_demo)
        is_said = bool(self.along.bar.title())  # what was done just now stays in sight
        self.along.setVisible(not self.desk.is_demo and (has_own is not False or is_said))
        self._laws[self.desk.settings.values().jurisdiction].setChecked(True)

    def _on_law_chosen(self) -> None:
        chosen = next(law for law, choice in self._laws.items() if choice.isChecked())
        if chosen == self.desk.settings.values().jurisdiction:
            return
        self.bar.clear()
        try:
            self.desk.settings.change(jurisdiction=chosen)
        except PracticeError as error:
            self.bar.say(_("Not done"), str(error), tone="caution")
            self.refresh()

    def forget(self) -> None:
        """Let go of every secret."""
        self.own.forget()
        self.along.forget()
        self.bar.clear()


def _state_words(*, has_own: bool | None, is_demo: bool) -> str:
    if is_demo:
        return _("In the demo practice they open for anyone, as everything there does.")
    if has_own is None:
        return _("They open with the practice’s passphrase, unless you gave them one of their own.")
    return (
        _("They have a passphrase of their own.")
        if has_own
        else _("They open along with the practice, by the same passphrase.")
    )


def _laws() -> dict[Jurisdiction, tuple[str, str]]:
    """Return what each law is called and what it means for private notes."""
    return {
        Jurisdiction.US: (
            _("United States"),
            _("Notes kept apart need not be shown: private notes are left out of what the client gets (45 CFR 164.524)."),
        ),
        Jurisdiction.UK: (
            _("United Kingdom"),
            _("The client may ask for them: review and release each. Others’ names become initials (UK GDPR, art. 15)."),
        ),
        Jurisdiction.EU: (
            _("European Union"),
            _("The client may ask for them: review and release each. Others’ names become initials (GDPR, art. 15)."),
        ),
    }
