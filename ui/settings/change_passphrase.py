"""Another passphrase for the practice: the present one, the new one twice."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ipt_desktop.services.opening import Opening
from ui import theme
from ui.page import Frame
from ui.settings.secret_card import FORM_WIDTH, SecretCard
from ui.start.passphrase import PassphraseField
from ui.start.passphrase_pair import PassphrasePair
from ui.widgets.buttons import outlined


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
        self.pair = PassphrasePair(self.form, words=_("New passphrase"))
        self.pair.setMaximumWidth(theme.current().px(FORM_WIDTH))
        self.lines.addWidget(self.pair)
        for field in (self.pair.first, self.pair.second):
            self.take(field)
        self.end_form()

    def unfold(self) -> None:
        """Show the form in place of the button."""
        self.begin.hide()
        super().unfold()

    def fold(self) -> None:
        """Put the form away."""
        super().fold()
        self.pair.forget()
        self.begin.show()

    def _show_backups(self) -> None:
        self._frame.show_settings("backups")

    def problem(self) -> tuple[str, PassphraseField] | None:
        """Return what keeps the passphrase from being changed and the field it is in, or None."""
        if not self.old.text():
            return _("Type the present passphrase: it shows that you may change it."), self.old
        if self.pair.text() == self.old.text():
            return _("This is the passphrase you have. Choose another one."), self.pair.first
        return self.pair.problem()

    def submit(self) -> None:
        """Change it, if everything is there; takes about two seconds, off this thread."""
        if self.is_busy:
            return
        if found := self.problem():
            self.refuse(*found)
            return
        opening, old, new = self._opening, self.old.text(), self.pair.text()
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
