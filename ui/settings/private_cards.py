"""Who opens the private notes: a passphrase of their own, or the practice's again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.text import _
from ipt_desktop.services.passphrases import SHORTEST, strength_words, suggest_passphrase
from ui.settings.secret_card import SecretCard
from ui.start.passphrase import PassphraseField
from ui.widgets.buttons import link, outlined
from ui.widgets.labels import HintLabel

if TYPE_CHECKING:
    from ipt_desktop.services.private_notes import PrivateNotes

Problem = tuple[str, PassphraseField] | None


class PrivateCard(SecretCard):
    """A card whose form unfolds in place of its button; `changed` is called once something else opens the private notes."""

    def __init__(
        self, private: PrivateNotes, changed: Callable[[], None], parent: QWidget, *, name: str, title: str, about: str
    ) -> None:
        super().__init__(parent, name=name, title=title, about=about)
        self.private, self._changed = private, changed
        self.begin = outlined(f"{title}…", self, name=f"{name}_begin")
        self.begin.clicked.connect(self.unfold)
        self.above.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)

    def unfold(self) -> None:
        """Show the form in place of the button."""
        self.begin.hide()
        super().unfold()

    def fold(self) -> None:
        """Put the form away."""
        super().fold()
        self.begin.show()

    def problem(self) -> Problem:
        """Return what keeps it from being done and the field it is in, or None."""
        raise NotImplementedError

    def work(self) -> Callable[[], object]:
        """Return what is to be done, with what is typed now."""
        raise NotImplementedError

    def done_words(self) -> tuple[str, str]:
        """Return what to say when it is done."""
        raise NotImplementedError

    def submit(self) -> None:
        """Do it, if everything is there; takes about two seconds, off this thread."""
        if self.is_busy:
            return
        if found := self.problem():
            self.refuse(*found)
        else:
            self.run(self.work(), self._on_done)

    def _on_done(self, _result: object) -> None:
        self.fold()
        self.bar.say(*self.done_words())
        self.begin.setFocus()
        self._changed()


class OwnPassphrase(PrivateCard):
    """A passphrase of their own, or another one."""

    def __init__(self, private: PrivateNotes, changed: Callable[[], None], parent: QWidget) -> None:
        super().__init__(
            private,
            changed,
            parent,
            name="private_own",
            title=_("Give them a passphrase of their own"),
            about=_(
                "Then the practice’s passphrase opens them no longer: they stay locked until theirs is typed. "
                "Only the recovery sheet opens both."
            ),
        )
        self.go_words, self.busy_words = _("Give it to them"), _("Changing…")
        self.old = self.secret("private_present", _("The passphrase that opens them now"))
        self.first = self.secret("private_new", _("Their own passphrase"))
        self.strength = HintLabel("", self.form, name="private_new_strength")
        self.lines.addWidget(self.strength)
        suggest = link(
            _("Suggest one"), self.form, name="private_suggest", spoken=_("Suggest a passphrase of six words"), is_flush=True
        )
        suggest.clicked.connect(self._on_suggest)
        self.lines.addWidget(suggest, 0, Qt.AlignmentFlag.AlignLeft)
        self.second = self.secret("private_new_again", _("Their own passphrase once more"))
        self.end_form()
        self.first.edited.connect(self._on_new_edited)

    def fold(self) -> None:
        """Put the form away."""
        super().fold()
        self.strength.setText("")

    def problem(self) -> Problem:
        """Return what keeps it from being done and the field it is in, or None."""
        if not self.old.text():
            return _("Type the passphrase that opens them now: it shows that you may change it."), self.old
        if len(self.first.text()) < SHORTEST:
            return _("The passphrase needs at least {least} characters.").format(least=SHORTEST), self.first
        if self.first.text() == self.old.text():
            return _("This is the passphrase that opens them now. Choose another one."), self.first
        if not self.second.text():
            return _("Type the passphrase once more: a slip in it would lock you out."), self.second
        if self.first.text() != self.second.text():
            return _("The two passphrases are not the same. Type the second one again."), self.second
        return None

    def work(self) -> Callable[[], object]:
        """Return what is to be done, with what is typed now."""
        private, old, new = self.private, self.old.text(), self.first.text()
        return lambda: private.give_own_passphrase(old, new)

    def done_words(self) -> tuple[str, str]:
        """Return what to say when it is done."""
        return (
            _("The private notes have a passphrase of their own"),
            _("Nothing else opens them but the recovery sheet. Backups made before still open with the one they had."),
        )

    def _on_new_edited(self, text: str) -> None:
        self.strength.setText(strength_words(text))

    def _on_suggest(self) -> None:
        self.first.put(suggest_passphrase())
        words = _("{strength}. Write these words down, then type them once more below.")
        self.strength.setText(words.format(strength=strength_words(self.first.text())))
        self.second.setFocus()


class OpenAlong(PrivateCard):
    """The practice's passphrase again, in place of their own."""

    def __init__(self, private: PrivateNotes, changed: Callable[[], None], parent: QWidget) -> None:
        super().__init__(
            private,
            changed,
            parent,
            name="private_along",
            title=_("Let them open along again"),
            about=_("Then the practice’s passphrase opens them, too, and their own opens nothing any more."),
        )
        self.go_words, self.busy_words = _("Let them open along"), _("Changing…")
        self.own = self.secret("private_own_passphrase", _("Their own passphrase"))
        self.main = self.secret("private_practice_passphrase", _("Passphrase of the practice"))
        self.end_form()

    def problem(self) -> Problem:
        """Return what keeps it from being done and the field it is in, or None."""
        if not self.own.text():
            return _("Type their own passphrase: it shows that you may change it."), self.own
        if not self.main.text():
            return _("Type the passphrase of the practice: it is the one that will open them."), self.main
        return None

    def work(self) -> Callable[[], object]:
        """Return what is to be done, with what is typed now."""
        private, own, passphrase = self.private, self.own.text(), self.main.text()
        return lambda: private.let_open_along(own, passphrase)

    def done_words(self) -> tuple[str, str]:
        """Return what to say when it is done."""
        return _("The private notes open along with the practice"), _("From the next unlocking on, nothing more is asked for.")
