"""The next date: proposed by the weekly pattern, typed or chosen, or none."""

from __future__ import annotations

from datetime import date, time, timedelta

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.new_session import WEEK
from ipt_desktop.domain.session_words import time_words
from ipt_desktop.domain.text import _
from ipt_desktop.domain.typed_date import read_date, read_time
from ui import theme
from ui.widgets.buttons import link
from ui.widgets.choice_field import ChoiceField

WIDTH, PROPOSED = 244, 4
When = tuple[date, time | None]


def when_words(on: date, at: time | None) -> str:
    """Return "Tuesday 1 December, 11:00"."""
    day = day_words(on, has_weekday=True, has_year=abs(on - date.today()) > timedelta(days=180))
    return _("{day}, {time}").format(day=day, time=time_words(at)) if at else day


def read_when(text: str, usual: time | None, *, is_month_first: bool = False) -> When | None:
    """Return the day and hour typed, without an hour at the usual one; None for nothing.

    Raises Refused, saying what is wrong with it.
    """
    typed = text.strip()
    if not typed:
        return None
    try:
        return read_date(typed, date.today(), is_month_first=is_month_first), usual
    except Refused:
        day, comma, hour = typed.rpartition(",")
        if not comma:
            day, _space, hour = typed.rpartition(" ")
        try:
            at = read_time(hour)
            return read_date(day, date.today(), is_month_first=is_month_first), at or usual
        except Refused:
            words = _("“{text}” is no date. Type it like 1 December, 11:00.").format(text=typed)
            raise Refused(reason=words) from None


class NextDate(QWidget):
    """A line with the weeks to come behind its arrow, and *No date* beside it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("closing_next")
        self._proposed: When | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().space("s"))
        self.field = ChoiceField(self, name="closing_next_date", spoken=_("Next date"))
        self.field.setEditable(True)
        self.field.setCompleter(None)  # type: ignore[arg-type]  # what was typed counts, not what it begins
        self.field.setInsertPolicy(ChoiceField.InsertPolicy.NoInsert)
        self.field.setFixedWidth(theme.current().px(WIDTH))
        self._none = link(_("No date"), self, name="closing_no_date")
        self._none.clicked.connect(self._on_none)
        row.addWidget(self.field)
        row.addWidget(self._none)
        row.addStretch(1)

    @property
    def line(self) -> QLineEdit:
        """The line that is typed into."""
        line = self.field.lineEdit()
        assert line is not None  # noqa: S101 - it is editable
        return line

    def propose(self, on: date, at: time | None) -> None:
        """Propose a day and hour, and the same hour of the weeks after it."""
        self._proposed = (on, at)
        self.field.clear()
        for weeks in range(PROPOSED):
            self.field.addItem(when_words(on + weeks * WEEK, at))
        self.field.setCurrentIndex(0)
        self.line.setCursorPosition(0)

    def when(self, after: date) -> When | None:
        """Return the day and hour that stand there, or None; raises Refused, also for a day before `after`."""
        typed, usual = self.line.text(), self._proposed[1] if self._proposed else None
        if self._proposed is not None and typed == when_words(*self._proposed):
            return self._proposed
        is_month_first = self.locale().dateFormat(QLocale.FormatType.ShortFormat).startswith("M")
        found = read_when(typed, usual, is_month_first=is_month_first)
        if found is not None and found[0] < after:
            raise Refused(reason=_("The next date lies before this session."))
        return found

    def _on_none(self) -> None:
        self.field.setCurrentIndex(-1)
        self.line.clear()
        self.line.setFocus()
