"""The editor of a date as exactly as it is known: a day, a month or a year, as it is typed."""

from datetime import date
from typing import Any

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.dates import short_date
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import Field
from ipt_desktop.domain.text import _
from ipt_desktop.domain.typed_when import read_when, when_words
from ui.forms.editor import Editor, Setting, words_line
from ui.widgets.labels import FieldError


class WhenEditor(Editor):
    """A date of any precision. Words that are none are told once they are left; until they are one, the answer stays."""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent)
        self._answer = ""
        self._line = words_line(self, self.name("when"), _(asked.label))
        today = date.today()
        self._line.setPlaceholderText(_("like {day}").format(day=short_date(today)))
        self._line.editingFinished.connect(self._on_finished)
        self._error = FieldError(self, name=self.name("error"))
        self.column.addWidget(self._line)
        self.column.addWidget(self._error)
        self.setFocusProxy(self._line)

    def answer(self) -> str:
        """Return the ISO date, or ""."""
        try:
            return self._read()
        except Refused:
            return self._answer

    def show_answer(self, answer: Any) -> None:
        """Show a date, or none."""
        self._answer = answer or ""
        self._line.setText(when_words(self._answer) if self._answer else "")
        self._line.setCursorPosition(0)
        self._error.show_error("", self._line)

    def _read(self) -> str:
        is_month_first = self.locale().dateFormat(QLocale.FormatType.ShortFormat).startswith("M")
        return read_when(self._line.text(), date.today(), is_month_first=is_month_first)

    def _on_finished(self) -> None:
        try:
            self.show_answer(self._read())
        except Refused as refused:
            hint = _("A month (December) or a year (2019) will do.")
            self._error.show_error(_("{problem} {hint}").format(problem=refused, hint=hint), self._line)
