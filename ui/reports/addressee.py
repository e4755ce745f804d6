"""To whom a document goes, and for what: two quiet lines, both of which may stay empty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from ipt_desktop.domain.text import _
from ipt_desktop.services.report_kind import Whom
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import FieldError, HintLabel, label
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ipt_desktop.services.recipients import Recipient

LONGEST = 200  # letters


class Addressee(QWidget):
    """Left empty, the document is kept for one's own file; with a recipient its saving is a disclosure.

    A recipient is chosen among those the file knows, or typed; of one that is typed it is asked whether it is a clinician.
    `changed` with each letter, `settled` once it is another that was meant.
    """

    changed = Signal()
    settled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("report_addressee")
        self._known: dict[str, Whom] = {}
        self._referrer = self._proposed = ""
        self._was = ("", Whom.FILE)
        self._to = ChoiceField(self, name="report_to", spoken=_("To whom"))
        self._to.setEditable(True)
        self._to.setInsertPolicy(ChoiceField.InsertPolicy.NoInsert)
        self._recipient = QLineEdit(self._to)
        self._to.setLineEdit(self._recipient)
        self._recipient.setCompleter(None)  # type: ignore[arg-type]  # nobody is filled in that was not meant
        named(self._recipient, "report_recipient", _("To whom"))
        self._purpose = named(QLineEdit(self), "report_purpose", _("For what"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (field, words) in enumerate(((self._to, _("To")), (self._purpose, _("For what")))):
            caption = label(words, self, kind="label", tone="text_soft", name=f"{field.objectName()}_label")
            caption.setBuddy(field)
            grid.addWidget(caption, 2 * row, 0)
            grid.addWidget(field, 2 * row, 1)
        self._to.setMinimumWidth(0)
        self._to.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        words = _("A clinician")
        self.clinician = named(QCheckBox(words, self), "report_is_clinician", words)
        self.clinician.toggled.connect(self.settle)
        grid.addWidget(self.clinician, 1, 1)
        self._hint = HintLabel("", self, name="report_addressee_hint")
        grid.addWidget(self._hint, 3, 0, 1, 2)
        self._error = FieldError(self, name="report_addressee_error")
        self._recipient.setPlaceholderText(_("empty: for your own file"))
        grid.addWidget(self._error, 4, 0, 1, 2)
        for field in (self._recipient, self._purpose):
            field.setMaxLength(LONGEST)
            field.textChanged.connect(self._on_changed)
        self._recipient.editingFinished.connect(self.settle)
        self._to.activated.connect(self._on_chosen)
        self._show_whom()

    def offer(self, known: Sequence[Recipient]) -> None:
        """Offer those the file knows; what is typed stays."""
        typed = self._recipient.text()
        self._known = {each.name: each.whom for each in known}
        self._referrer = next((each.name for each in known if each.is_referrer), "")
        self._to.blockSignals(True)
        self._recipient.blockSignals(True)
        self._to.clear()
        for each in known:
            self._to.addItem(_("{name} · {what}").format(name=each.name, what=each.words), each.name)
        self._to.setCurrentIndex(-1)
        self._recipient.setText(typed)
        self._recipient.blockSignals(False)
        self._to.blockSignals(False)

    def propose_referrer(self, *, is_meant: bool) -> None:
        """Name who referred the client, where a document goes to them and nobody else is named; else take that back."""
        if self.recipient == self._proposed:
            self._proposed = self._referrer if is_meant else ""
            self._recipient.setText(self._proposed)
            self._recipient.setCursorPosition(0)
            self._show_whom()
            self._was = (self.recipient, self.whom)

    @property
    def recipient(self) -> str:
        """To whom it goes, "" for nobody."""
        return self._recipient.text().strip()

    @property
    def purpose(self) -> str:
        """For what."""
        return self._purpose.text().strip()

    @property
    def whom(self) -> Whom:
        """Whose least set it has: of someone who was typed that of a stranger, unless it is said to be a clinician."""
        if not self.recipient:
            return Whom.FILE
        if self.recipient in self._known:
            return self._known[self.recipient]
        return Whom.CLINICIAN if self.clinician.isChecked() else Whom.OTHER

    def _on_chosen(self, place: int) -> None:
        name = self._to.itemData(place)
        if name:
            self._recipient.setText(name)  # as it is recorded: without what they are
            self._recipient.setCursorPosition(0)
            self.settle()

    def settle(self) -> None:
        """Tell of another recipient, once it is not being typed any more."""
        self._show_whom()
        now = (self.recipient, self.whom)
        if now != self._was:
            self._was = now
            self.settled.emit()

    def _show_whom(self) -> None:
        is_typed = bool(self.recipient) and self.recipient not in self._known
        self.clinician.setVisible(is_typed)
        self._hint.setVisible(self.whom is Whom.OTHER)
        self._hint.setText(_("Only the least is included for someone your files do not know. Add what they need."))

    def is_complete(self) -> bool:
        """Whether it can be saved like this; where a purpose stands without a recipient, say so and go there."""
        if self.purpose and not self.recipient:
            self._error.show_error(_("Say to whom it goes, or leave both lines empty."), self._recipient)
            self._recipient.setFocus()
            return False
        return True

    def forget(self) -> None:
        """Empty both lines."""
        self._proposed = ""
        self.clinician.setChecked(False)
        self._recipient.clear()
        self._purpose.clear()
        self._on_changed()
        self.settle()

    def _on_changed(self, _text: str = "") -> None:
        self._error.show_error("", self._recipient)
        self.changed.emit()
