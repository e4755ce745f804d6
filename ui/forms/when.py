"""The editor of a date as exactly as it is known: a day, a month or a year, as it is typed."""

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.dates import short_date
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import Field
from ipt_desktop.domain.text import _
from ui.forms.editor import Editor, Setting
from ui.widgets.labels import FieldError
from ui.widgets.when_field import WhenField


class WhenEditor(Editor):
    """A date of any precision. Words that are none are told once they are left; until they are one, the answer stays."""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent)
        self._answer = ""
        self._line = WhenField(self, name=self.name("when"), spoken=_(asked.label))
        self._line.setPlaceholderText(_("like {day}").format(day=short_date(date.today())))
        self._line.textEdited.connect(self.edited)
        self._line.editingFinished.connect(self._on_finished)
        self._error = FieldError(self, name=self.name("error"))
        self.column.addWidget(self._line)
        self.column.addWidget(self._error)
        self.setFocusProxy(self._line)

    def answer(self) -> str:
        """Return the ISO date, or ""."""
        try:
            return self._line.when()
        except Refused:
            return self._answer

    def show_answer(self, answer: Any) -> None:
        """Show a date, or none."""
        self._answer = answer or ""
        self._line.show_when(self._answer)
        self._line.setCursorPosition(0)
        self._error.show_error("", self._line)

    def _on_finished(self) -> None:
        try:
            self.show_answer(self._line.when())
        except Refused as refused:
            self._error.show_error(str(refused), self._line)
