"""A line that takes when something was as a client tells it: a day, a month, a year, "summer 2019", "age 14"."""

from datetime import date

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.dates import month_names
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.text import _
from ipt_desktop.domain.told_when import Told, read_told, told_words
from ui.widgets.when_field import WhenField


class ToldField(WhenField):
    """A time as it is told. What is an exact date stands in words once it is left; all else stays as it was said.

    Ages are counted from `born_on`, None where that is not known.
    """

    def __init__(self, parent: QWidget, *, name: str, spoken: str) -> None:
        super().__init__(parent, name=name, spoken=spoken)
        self.born_on: date | None = None
        example = f"{month_names()[4]} {date.today().year - 7}"
        self.setPlaceholderText(_("{month}, summer 2019, age 14").format(month=example))
        self.setToolTip(_("A day, a month or a year, or as it is told: summer 2019, late 2018, about 2019, age 14"))

    def told(self) -> Told:
        """Return when it was; raises Refused, saying what can be written."""
        is_month_first = self.locale().dateFormat(QLocale.FormatType.ShortFormat).startswith("M")
        return read_told(self.text(), date.today(), self.born_on, is_month_first=is_month_first)

    def show_told(self, on: str, told: str | None) -> None:
        """Show when something was, or nothing."""
        self.setText(told_words(on, told))

    def _on_finished(self) -> None:
        try:
            told = self.told()
        except Refused:
            return
        if told.words is None:
            super()._on_finished()
