"""Another passphrase for the practice: the present one, the new one twice."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ipt_desktop.services.opening import Opening
from ipt_desktop.services.passphrases import SHORTEST, strength_words, suggest_passphrase
from ui.page import Frame
from ui.settings.secret_card import SecretCard
from ui.start.passphrase import PassphraseField
from ui.widgets.buttons import link, outlined
from ui.widgets.labels import HintLabel


class ChangePassphrase(SecretCard):
    """The card. Nothing that is typed here outlives the change, a cancel, or leaving the settings."""

    def __init__(self, opening: Opening, frame: Frame, parent: QWidget) -> None:
        super().__init__(
            parent,
            name="change_passphrase",
            title=_("Passphrase"),
            about=_(
                "It is kept nowhere: without it, only the recovery sheet opens the practice. A change of it touches no note."
            ),
        )
        self._opening, self._frame = opening, frame
        self.go_words, self.busy_words = _("Change the passphrase"), _("Changing…")
        self.begin = outlined(_("Change the passphrase…"), self, name="change_passphrase_begin")
        self.begin.clicked.connect(self.unfold)
        row = QHBoxLayout()
        row.addWidget(self.begin)
        row.addStretch(1)
        self.above.addLayout(row)
        self.old = self.secret("old_passphrase", _("Present passphrase"))
        self.first = self.secret("new_passphrase", _("New passphrase"))
        self._add_strength()
        self.second = self.secret("new_passphrase_again", _("The new passphrase once more"))
        self.end_form()
        self.first.edited.connect(self._on_new_edited)

    def _add_strength(self) -> None:
        self.strength = HintLabel("", self.form, name="new_passphrase_strength")
        self.lines.addWidget(self.strength)
        self.suggest = link(
            _("Suggest one"), self.form, name="suggest_passphrase", spoken=_("Suggest a passphrase of six words")
        )
        self.suggest.clicked.connect(self._on_suggest)
        row = QHBoxLayout()
        row.addWidget(self.suggest)
        row.addStretch(1)
        self.lines.addLayout(row)

    def _on_new_edited(self, text: str) -> None:
        self.strength.setText(strength_words(text))

    def _on_suggest(self) -> None:
        self.first.put(suggest_passphrase())
        words = _("{strength}. Write these words down, then type them once more below.")
        self.strength.setText(words.format(strength=strength_words(self.first.text())))
        self.second.setFocus()

    def unfold(self) -> None:
        """Show the form in place of the button."""
        self.begin.hide()
        super().unfold()

    def fold(self) -> None:
        """Put the form away."""
        super().fold()
        self.strength.setText("")
        self.begin.show()

    def _show_backups(self) -> None:
        self._frame.show_settings("backups")

    def problem(self) -> tuple[str, PassphraseField] | None:
        """Return what keeps the passphrase from being changed and the field it is in, or None."""
        if not self.old.text():
            return _("Type the present passphrase: it shows that you may change it."), self.old
        if len(self.first.text()) < SHORTEST:
            return _("The passphrase needs at least {least} characters.").format(least=SHORTEST), self.first
        if self.first.text() == self.old.text():
            return _("This is the passphrase you have. Choose another one."), self.first
        if not self.second.text():
            return _("Type the passphrase once more: a slip in it would lock you out."), self.second
        if self.first.text() != self.second.text():
            return _("The two passphrases are not the same. Type the second one again."), self.second
        return None

    def submit(self) -> None:
        """Change it, if everything is there; takes about two seconds, off this thread."""
        if self.is_busy:
            return
        if found := self.problem():
            self.refuse(*found)
            return
        opening, old, new = self._opening, self.old.text(), self.first.text()
        self.run(lambda: opening.change_passphrase(old, new), self._on_changed)

    def _on_changed(self, goes_along: object) -> None:
        self.fold()
        private = (
            _("Private notes that opened with the old one open with the new one, too.")
            if goes_along
            else _("The private notes keep the passphrase of their own.")
        )
        backups = _("Backups made before still open with the old passphrase: keep it in mind, or make them anew.")
        look = ("see_backups", _("See the backups"), self._show_backups)
        self.bar.say(_("The new passphrase opens the practice"), f"{private} {backups}", actions=(look,))
        self.begin.setFocus()
