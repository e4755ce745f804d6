"""To whom a document goes, and for what: two quiet lines, both of which may stay empty."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from ipt_desktop.domain.text import _
from ui.widgets.labels import FieldError, label
from ui.widgets.naming import named

LONGEST = 200  # letters


class Addressee(QWidget):
    """Left empty, the document is kept for one's own file; with a recipient its saving is a disclosure.

    `changed` with each letter.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("report_addressee")
        self._recipient = named(QLineEdit(self), "report_recipient", _("To whom"))
        self._purpose = named(QLineEdit(self), "report_purpose", _("For what"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for row, field in enumerate((self._recipient, self._purpose)):
            field.setMaxLength(LONGEST)
            caption = label(field.accessibleName(), self, kind="label", tone="text_soft", name=f"{field.objectName()}_label")
            caption.setBuddy(field)
            grid.addWidget(caption, row, 0)
            grid.addWidget(field, row, 1)
        self._error = FieldError(self, name="report_addressee_error")
        self._recipient.setPlaceholderText(_("empty: for your own file"))
        grid.addWidget(self._error, 2, 0, 1, 2)
        for field in (self._recipient, self._purpose):
            field.textChanged.connect(self._on_changed)

    @property
    def recipient(self) -> str:
        """To whom it goes, "" for nobody."""
        return self._recipient.text().strip()

    @property
    def purpose(self) -> str:
        """For what."""
        return self._purpose.text().strip()

    def is_complete(self) -> bool:
        """Whether it can be saved like this; where a purpose stands without a recipient, say so and go there."""
        if self.purpose and not self.recipient:
            self._error.show_error(_("Say to whom it goes, or leave both lines empty."), self._recipient)
            self._recipient.setFocus()
            return False
        return True

    def forget(self) -> None:
        """Empty both lines."""
        self._recipient.clear()
        self._purpose.clear()
        self._on_changed()

    def _on_changed(self, _text: str = "") -> None:
        self._error.show_error("", self._recipient)
        self.changed.emit()
