"""This computer may open the practice: its keychain keeps a secret that does, until it is told to forget it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from ipt_desktop.domain.text import _
from ipt_desktop.services.opening import Opening
from ui.settings.secret_card import SecretCard


class RememberCard(SecretCard):
    """A switch; turning it on asks for the passphrase. A keychain may take half a minute to answer, or never do."""

    def __init__(self, opening: Opening, parent: QWidget) -> None:
        super().__init__(
            parent,
            name="remember_here",
            title=_("This computer"),
            about=_(
                "Its keychain can open the practice in place of the passphrase, for whoever is logged in to your account here. "
                "It never opens private notes of their own passphrase, and the passphrase always works."
            ),
        )
        self._opening = opening
        self._has_slot = False
        self.go_words, self.busy_words = _("Let it open the practice"), _("Asking the keychain…")
        self.switch = QCheckBox(_("This computer may open the practice"), self)
        self.switch.setObjectName("remember_switch")
        self.switch.setAccessibleName(self.switch.text())
        self.switch.clicked.connect(self._on_switched)
        self.above.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)  # its ring is round what can be clicked
        self.field = self.secret("remember_passphrase", _("Passphrase"))
        self.end_form()

    def show_remembered(self, *, is_remembered: bool) -> None:
        """Show whether a computer may open the practice."""
        self._has_slot = is_remembered
        if not self.form.isVisibleTo(self) and not self.is_busy:
            self.switch.setChecked(is_remembered)

    def _on_switched(self, is_on: bool) -> None:
        if is_on:
            self.unfold()
            return
        if self.form.isVisibleTo(self) and not self._has_slot:
            self.fold()
            return
        self.run(self._opening.forget_here, self._on_forgotten, must_finish=False)

    def fold(self) -> None:
        """Put the form away; the switch tells what holds."""
        super().fold()
        self.switch.setChecked(self._has_slot)

    def submit(self) -> None:
        """Ask the keychain to keep a secret that opens the practice."""
        if self.is_busy:
            return
        if not self.field.text():
            self.refuse(_("Type the passphrase: it shows that you may allow this."), self.field)
            return
        opening, passphrase = self._opening, self.field.text()
        self.run(lambda: opening.remember_here(passphrase), self._on_remembered, must_finish=False)

    def _set_busy(self, *, is_busy: bool) -> None:
        super()._set_busy(is_busy=is_busy)
        self.switch.setEnabled(not is_busy)

    def _on_remembered(self, _nothing: object) -> None:
        self._has_slot = True
        self.fold()
        self.bar.say(
            _("This computer may open the practice"), _("At the next start, choose it on the page of the locked practice.")
        )
        self.switch.setFocus()

    def _on_forgotten(self, has_forgotten: object) -> None:
        self._has_slot = False
        self.switch.setChecked(False)
        words = (
            _("This computer’s keychain has forgotten it, too.")
            if has_forgotten
            else _(
                "This computer’s keychain could not be asked, or it was another computer’s. What it keeps opens nothing now."
            )
        )
        self.bar.say(_("Only the passphrase and the recovery sheet open the practice now"), words)
        self.switch.setFocus()

    def show_failure(self, error: object) -> None:
        """Say why the keychain was not asked or did not answer; the switch tells what holds."""
        super().show_failure(error)
        if not self.form.isVisibleTo(self):
            self.switch.setChecked(self._has_slot)
