"""A new passphrase, typed twice: how strong it is in words, and six words for whoever wants them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ipt_desktop.services.passphrases import SHORTEST, strength_words, suggest_passphrase
from ui.start.passphrase import PassphraseField
from ui.widgets.buttons import link
from ui.widgets.labels import HintLabel, label


class PassphrasePair(QWidget):
    """Two fields; `problem` says what keeps them from being a passphrase. `returned` when Return is pressed in one.

    `words` is what the first one is called.
    """

    edited = Signal()
    returned = Signal()

    def __init__(self, parent: QWidget, *, words: str = "") -> None:
        super().__init__(parent)
        self.setObjectName("passphrase_pair")
        self.setProperty("role", "clear")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        self.first = self._secret("passphrase", words or _("Passphrase"))
        self.strength = HintLabel("", self, name="passphrase_strength")
        self._column.addWidget(self.strength)
        self.second = self._secret("passphrase_again", _("The passphrase once more"))
        self._add_suggestion()
        self.setFocusProxy(self.first)
        self.first.edited.connect(self._on_edited)

    def _secret(self, name: str, words: str) -> PassphraseField:
        self._column.addWidget(label(words, self, kind="label", tone="text_soft", name=f"{name}_label"))
        field = PassphraseField(self, name=name, spoken=words)
        field.edited.connect(self.edited)
        field.returned.connect(self.returned)
        self._column.addWidget(field)
        return field

    def _add_suggestion(self) -> None:
        row = QHBoxLayout()
        self.hint = HintLabel(_usual_hint(), self, name="passphrase_hint")
        self._suggest = link(_("Suggest one"), self, name="suggest_passphrase", spoken=_("Suggest a passphrase"), is_flush=True)
        self._suggest.clicked.connect(self.suggest)
        row.addWidget(self.hint, 1)
        row.addWidget(self._suggest, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)

    def suggest(self) -> None:
        """Put six random words into both fields, in clear: nobody knows them yet."""
        words = suggest_passphrase()
        for secret in (self.first, self.second):
            secret.put(words)
        said = _("Write these six words down now, and keep the paper until you know them by heart: {words}")
        self.hint.setText(said.format(words=words))  # the fields are too narrow for them

    def _on_edited(self, text: str) -> None:
        self.strength.setText(strength_words(text))
        self.hint.setText(_usual_hint())

    def text(self) -> str:
        """Return the passphrase."""
        return self.first.text()

    def problem(self) -> tuple[str, PassphraseField] | None:
        """Return what is wrong and the field it is in, or None."""
        if len(self.first.text()) < SHORTEST:
            words = _("The passphrase needs at least {least} characters.").format(least=SHORTEST)
            return words, self.first
        if not self.second.text():
            return _("Type the passphrase once more: a slip in it would lock you out."), self.second
        if self.first.text() != self.second.text():
            return _("The two passphrases are not the same. Type the second one again."), self.second
        return None

    def forget(self) -> None:
        """Let go of the passphrase."""
        self.first.clear()
        self.second.clear()
        self.strength.setText("")
        self.hint.setText(_usual_hint())


def _usual_hint() -> str:
    return _("Six random words are easy to remember and hard to guess. Without the passphrase nobody can open it.")
