"""Asking for what opens a practice: its passphrase, or the code of its recovery sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ipt_desktop.services.secret import Secret
from ui.start.passphrase import PassphraseField
from ui.widgets.buttons import link
from ui.widgets.labels import HintLabel, label
from ui.widgets.naming import named


class SecretPart(QWidget):
    """One field at a time, and a link to the other. `returned` on Return, `edited` while typing."""

    returned = Signal()
    edited = Signal()

    def __init__(self, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._label = label("", self, kind="label", tone="text_soft", name=f"{name}_label")
        self.passphrase = PassphraseField(self, name=f"{name}_passphrase", spoken=_("Passphrase"))
        self.code = named(QLineEdit(self), f"{name}_code", _("Code of the recovery sheet"))
        self._hint = HintLabel(_("14 groups of four, from the recovery sheet; spaces don't matter."), self, name=f"{name}_hint")
        self._other = link("", self, name=f"{name}_other")
        for part in (self._label, self.passphrase, self.code, self._hint, self._other):
            column.addWidget(part)
        column.setAlignment(self._other, Qt.AlignmentFlag.AlignLeft)
        self._show(is_code=False)
        self.passphrase.returned.connect(self.returned)
        self.code.returnPressed.connect(self.returned)
        self.passphrase.edited.connect(self.edited)
        self.code.textEdited.connect(self.edited)
        self._other.clicked.connect(self._on_other)

    @property
    def is_code(self) -> bool:
        """Whether the recovery code is asked for."""
        return self._is_code

    def secret(self) -> Secret | None:
        """Return what was typed, or None where nothing was."""
        if self._is_code:
            return Secret(recovery_code=self.code.text()) if self.code.text().strip() else None
        return Secret(passphrase=self.passphrase.text()) if self.passphrase.text() else None

    def ask_again(self) -> None:
        """Let what was typed be typed anew."""
        line = self.code if self._is_code else self.passphrase.line
        line.selectAll()
        line.setFocus()

    def forget(self) -> None:
        """Let go of what was typed."""
        self.passphrase.clear()
        self.code.clear()

    def _show(self, *, is_code: bool) -> None:
        self._is_code = is_code
        self._label.setText(_("Code of the recovery sheet") if is_code else _("Passphrase"))
        self.passphrase.setVisible(not is_code)
        self.code.setVisible(is_code)
        self._hint.setVisible(is_code)
        words = _("Use the passphrase instead") if is_code else _("Use the recovery sheet instead")
        self._other.setText(words)
        self._other.setAccessibleName(words)
        self.setFocusProxy(self.code if is_code else self.passphrase)

    def _on_other(self) -> None:
        self.forget()
        self._show(is_code=not self._is_code)
        self.setFocus()
        self.edited.emit()
