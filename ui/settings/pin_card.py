"""Settings: the short PIN that takes the cover off while a session runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.text import _
from ipt_desktop.services import cover_pin
from ui import theme
from ui.background import Task
from ui.faults import sentences_of
from ui.page import Frame
from ui.start.passphrase import PassphraseField
from ui.widgets.buttons import link, outlined, primary
from ui.widgets.card import Card
from ui.widgets.labels import FieldError, HintLabel, label

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk

FIELD_WIDTH = 260


class PinCard(Card):
    """Sets, changes and removes it; for each the passphrase is asked again, if it was typed a while ago."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent, name="pin", title=_("The PIN on the cover"))
        self._desk, self._frame = desk, frame
        words = _("While a session runs, this is typed to take the cover off. It opens nothing else; five wrong ones lock.")
        self.body.addWidget(HintLabel(words, self, name="pin_about"))
        self.state = label("", self, name="pin_state", wraps=True)
        self.body.addWidget(self.state)
        self._build_buttons()
        self._build_form()

    def _build_buttons(self) -> None:
        self.set = outlined("", self, name="pin_set")
        self.remove = link(_("Remove the PIN"), self, name="pin_remove")
        row = QHBoxLayout()
        row.addWidget(self.set)
        row.addWidget(self.remove)
        row.addStretch(1)
        self.body.addLayout(row)
        self.set.clicked.connect(self._on_set_asked)
        self.remove.clicked.connect(self._on_remove_asked)

    def _build_form(self) -> None:
        self.form = QFrame(self)
        self.form.setProperty("role", "clear")
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        self.first = self._add_field(column, "pin_first", _("New PIN, four to eight digits"))
        self.second = self._add_field(column, "pin_second", _("The same once more"))
        self.error = FieldError(self.form, name="pin_error")
        column.addWidget(self.error)
        self.save = primary(_("Keep this PIN"), self.form, name="pin_save")
        self._cancel = link(_("Cancel"), self.form, name="pin_cancel")
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addWidget(self._cancel)
        row.addStretch(1)
        column.addLayout(row)
        self.body.addWidget(self.form)
        self.form.hide()
        self.save.clicked.connect(self._on_save)
        self.second.returned.connect(self._on_save)
        self._cancel.clicked.connect(self.forget)

    def _add_field(self, column: QVBoxLayout, name: str, words: str) -> PassphraseField:
        column.addWidget(label(words, self.form, kind="label", tone="text_soft", name=f"{name}_label"))
        field = PassphraseField(self.form, name=name, spoken=words)
        field.setMaximumWidth(theme.current().px(FIELD_WIDTH))
        field.take_digits(cover_pin.LONGEST)
        field.refused.connect(lambda: self.error.show_error(cover_pin.rule(), field.line))
        field.edited.connect(lambda _text: self.error.show_error("", field.line))
        column.addWidget(field)
        return field

    def refresh(self) -> None:
        """Say whether there is one."""
        has_pin = bool(self._desk.settings.values().cover_pin)
        unset = (
            _("None is set. The demo practice has no passphrase either, so anyone may take its cover off.")
            if self._desk.is_demo
            else _("None is set: the cover asks for the passphrase.")
        )
        self.state.setText(_("A PIN is set.") if has_pin else unset)
        self.set.setText(_("Change the PIN…") if has_pin else _("Set a PIN…"))
        self.set.setAccessibleName(self.set.text())
        self.set.setVisible(self.form.isHidden())
        self.remove.setVisible(has_pin and self.form.isHidden())

    def forget(self) -> None:
        """Let go of what was typed."""
        for task in self.findChildren(Task):
            task.let_go()
        self.first.clear()
        self.second.clear()
        self.error.show_error("")
        self.save.setEnabled(True)
        self.form.hide()
        self.set.show()

    def _on_set_asked(self) -> None:
        self._frame.when_sure(self._show_form)

    def _show_form(self) -> None:
        self.form.show()
        self.refresh()
        self.first.setFocus()

    def _on_save(self) -> None:
        pin = self.first.text()
        if not cover_pin.is_sound(pin):
            self.error.show_error(cover_pin.rule(), self.first.line)
        elif self.second.text() != pin:
            self.error.show_error(_("The two are not the same."), self.second.line)
        elif self.save.isEnabled():
            self.save.setEnabled(False)
            task = Task(lambda: cover_pin.hash_of(pin), self)
            task.done.connect(self._on_hashed)
            task.failed.connect(self._on_failed)
            task.start()

    def _on_hashed(self, kept: object) -> None:
        self.save.setEnabled(True)
        if self._keep(cast("str", kept)):
            self.forget()
            self.refresh()
            self.set.setFocus()  # not on to whatever comes next

    def _on_remove_asked(self) -> None:
        self._frame.when_sure(self._remove)

    def _remove(self) -> None:
        self._keep("")
        self.refresh()

    def _keep(self, kept: str) -> bool:
        try:
            self._desk.settings.change(cover_pin=kept)
        except PracticeError as error:
            self._on_failed(error)
            return False
        return True

    def _on_failed(self, error: object) -> None:
        self.save.setEnabled(True)
        self.form.show()
        self.error.show_error(sentences_of(cast("Exception", error)))
