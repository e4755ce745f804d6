"""A line that takes a day, a month or a year, as exactly as it is known."""

from datetime import date

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QLineEdit, QWidget

from ipt_desktop.domain.dates import month_names, short_date
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.text import _
from ipt_desktop.domain.typed_when import read_when, when_words
from ui.widgets.naming import named


class WhenField(QLineEdit):
    """A date of any precision as it is typed; once left it stands in words, so that one read otherwise than meant is seen."""

    def __init__(self, parent: QWidget, *, name: str, spoken: str) -> None:
        super().__init__(parent)
        named(self, name, spoken)
        today = date.today()
        example = f"{month_names()[today.month - 1]} {today.year}"
        self.setPlaceholderText(_("{day}, {month} or {year}").format(day=short_date(today), month=example, year=today.year - 7))
        self.editingFinished.connect(self._on_finished)

    def when(self) -> str:
        """Return the ISO date typed, "" for nothing; raises Refused, saying what is wrong with it."""
        is_month_first = self.locale().dateFormat(QLocale.FormatType.ShortFormat).startswith("M")
        try:
            return read_when(self.text(), date.today(), is_month_first=is_month_first)
        except Refused as refused:
            hint = _("A month (12/2019) or a year (2019) will do.")
            raise Refused(reason=_("{problem} {hint}").format(problem=refused, hint=hint)) from None

    def show_when(self, when: str) -> None:
        """Show an ISO date of any precision, or nothing."""
        self.setText(when_words(when) if when else "")

    def _on_finished(self) -> None:
        try:
            words = when_words(self.when())
        except Refused:
            return
        if self.text().strip() and self.text() != words:
            was_modified = self.isModified()
            self.setText(words)
            self.setModified(was_modified)
