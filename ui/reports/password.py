"""A PDF that opens with a password only: typed twice, how strong it is in words, and kept nowhere."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ipt_desktop.services.passphrases import strength_words
from ui.start.passphrase import PassphraseField
from ui.widgets.labels import FieldError, HintLabel, label
from ui.widgets.naming import named

LONGEST = 127
"""Bytes a PDF can ask for."""


class Password(QWidget):
    """A tick, and under it two fields for as long as it is ticked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("report_password_part")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        words = _("Open only with a password")
        self.tick = named(QCheckBox(words, self), "report_protect", words)
        column.addWidget(self.tick)
        self._fields = QWidget(self)
        lines = QVBoxLayout(self._fields)
        lines.setContentsMargins(0, 0, 0, 4)
        lines.setSpacing(3)
        self.first = self._field(lines, "report_password", _("Password for the file"))
        self.strength = HintLabel("", self._fields, name="report_password_strength")
        lines.addWidget(self.strength)
        self.strength.hide()
        self.second = self._field(lines, "report_password_again", _("The password once more"))
        self._error = FieldError(self._fields, name="report_password_error")
        lines.addWidget(self._error)
        words = _("Tell it them by another way than the file. It is kept nowhere: without it nobody opens the file.")
        lines.addWidget(HintLabel(words, self._fields, name="report_password_hint"))
        column.addWidget(self._fields)
        self._fields.hide()
        self.tick.toggled.connect(self._on_toggled)

    def _field(self, lines: QVBoxLayout, name: str, words: str) -> PassphraseField:
        lines.addWidget(label(words, self._fields, kind="caption", tone="text_soft", name=f"{name}_label"))
        field = PassphraseField(self._fields, name=name, spoken=words)
        field.edited.connect(self._on_edited)
        lines.addWidget(field)
        return field

    @property
    def text(self) -> str:
        """The password, "" where none is asked for."""
        return self.first.text() if self.tick.isChecked() else ""

    def is_complete(self) -> bool:
        """Whether a file can be saved like this; else say what is missing and go there."""
        problem = self._problem() if self.tick.isChecked() else None
        if problem is None:
            return True
        words, field = problem
        self._error.show_error(words, field)
        field.setFocus()
        return False

    def _problem(self) -> tuple[str, PassphraseField] | None:
        if not self.first.text():
            return _("Type a password, or let the file open without one."), self.first
        if len(self.first.text().encode()) > LONGEST:
            return _("A PDF takes no password as long as this. Shorten it."), self.first
        if self.first.text() != self.second.text():
            return _("The two passwords are not the same. Type the second one again."), self.second
        return None

    def forget(self) -> None:
        """Let go of the password."""
        self.tick.setChecked(False)
        self.first.clear()
        self.second.clear()
        self._on_edited("")

    def _on_toggled(self, is_on: bool) -> None:
        self._fields.setVisible(is_on)
        if is_on:
            self.first.setFocus()
        else:
            self.first.clear()
            self.second.clear()
            self._on_edited("")

    def _on_edited(self, _text: str) -> None:
        words = strength_words(self.first.text())
        self.strength.setText(words)
        self.strength.setVisible(bool(words))
        self._error.show_error("", self.first)
