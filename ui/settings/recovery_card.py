"""The recovery sheet in force, and a new one with a new key: the one way to revoke what opens the practice."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.text import _
from ipt_desktop.services.opening import Openers, Opening
from ui.page import Frame
from ui.settings.secret_card import SecretCard
from ui.widgets.buttons import outlined
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import label


def _what_it_does() -> tuple[str, str, str]:
    return (
        _("1. The whole practice is encrypted anew with a new key, and you get a new recovery sheet. The passphrases stay."),
        _(
            "2. The old sheet, copies of the key file with older passphrases, and computers that were allowed to open the "
            "practice open nothing any more."
        ),
        _(
            "3. Backups made before keep opening with the old sheet and the passphrase they had. Destroy them or make them "
            "anew."
        ),
    )


def _require_both(opening: Opening, passphrase: str, own: str) -> None:
    opening.opens_private_along(passphrase)
    opening.require_private_passphrase(own)


class RecoveryCard(SecretCard):
    """Tells of the sheet; the form explains what a new key does, asks for every passphrase, and hands over to the window."""

    def __init__(self, opening: Opening, frame: Frame, parent: QWidget) -> None:
        super().__init__(
            parent,
            name="recovery_sheet",
            title=_("Recovery sheet"),
            about=_(
                "One printed page whose code opens the practice and its private notes when the passphrase is forgotten or the "
                "key file is lost. The program cannot show it again: a new sheet means a new key."
            ),
        )
        self._opening, self._frame = opening, frame
        self.go_words, self.busy_words = _("Make the new key and sheet"), _("Checking the passphrase…")
        self.standing = label("", self, name="recovery_standing", wraps=True)
        self.caution = InlineBar(self, name="recovery_caution")
        self.begin = outlined(_("New recovery sheet and key (revoke everything)…"), self, name="revoke_begin")
        self.begin.clicked.connect(self.unfold)
        row = QHBoxLayout()
        row.addWidget(self.begin)
        row.addStretch(1)
        for part in (self.standing, self.caution):
            self.above.addWidget(part)
        self.above.addLayout(row)
        for number, words in enumerate(_what_it_does(), 1):
            self.lines.addWidget(label(words, self.form, name=f"revoke_line_{number}", wraps=True))
        self.lines.addSpacing(4)
        self.field = self.secret("revoke_passphrase", _("Passphrase"))
        self._own = label(
            _("Your private notes have a passphrase of their own. It stays the same, and is needed for the new key."),
            self.form,
            name="revoke_private_words",
            wraps=True,
        )
        self.lines.addWidget(self._own)
        self.private = self.secret("revoke_private_passphrase", _("Passphrase of the private notes"))
        self.end_form()
        self._show_private(is_shown=False)

    def show_openers(self, openers: Openers) -> None:
        """Tell whether the sheet in force has been at hand, and when."""
        self.standing.setVisible(openers.has_sheet)
        if not openers.has_sheet:
            words = _(
                "If the passphrase is forgotten, nobody can open the practice: there is no other way in. Make a new sheet."
            )
            self.caution.say(_("No recovery sheet has been confirmed"), words, tone="caution", can_close=False)
            return
        self.caution.clear()
        if openers.sheet_at is None:
            self.standing.setText(_("The sheet in force has been confirmed."))
            return
        at = openers.sheet_at.astimezone()
        said = _("The sheet in force was confirmed on {date}, {time}.")
        self.standing.setText(said.format(date=long_date(at.date()), time=f"{at:%H:%M}"))

    def _show_private(self, *, is_shown: bool) -> None:
        for part in (self._own, self.captions[self.private], self.private):
            part.setVisible(is_shown)

    def unfold(self) -> None:
        """Show the form in place of the button."""
        self.begin.hide()
        super().unfold()

    def fold(self) -> None:
        """Put the form away."""
        super().fold()
        self._show_private(is_shown=False)
        self.begin.show()

    def submit(self) -> None:
        """Check the passphrases while the practice is open, then ask the window for the rest."""
        if self.is_busy:
            return
        if not self.field.text():
            self.refuse(_("Type the passphrase: it shows that you may do this."), self.field)
            return
        opening, passphrase, own = self._opening, self.field.text(), self.private.text()
        if self.private.isVisibleTo(self.form) and not own:
            self.refuse(_("Type the passphrase of the private notes."), self.private)
        elif own:
            self.run(lambda: _require_both(opening, passphrase, own), self._on_checked, must_finish=False)
        else:
            self.run(lambda: opening.opens_private_along(passphrase), self._on_looked, must_finish=False)

    def _on_looked(self, opens_along: object) -> None:
        if opens_along:
            self._on_checked(None)
            return
        self._show_private(is_shown=True)
        self.private.setFocus()

    def _on_checked(self, _nothing: object) -> None:
        passphrase, own = self.field.text(), self.private.text()
        if passphrase:  # the settings may have been left meanwhile
            self._frame.revoke(passphrase, own or None)
