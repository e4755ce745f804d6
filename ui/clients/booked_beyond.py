"""What is booked beyond the end of a course: said before it ends, and taken out only where the therapist says so."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ipt_desktop.domain.course import booked_after
from ipt_desktop.domain.dates import day_words, long_date
from ipt_desktop.domain.records import Session
from ipt_desktop.domain.text import _, ngettext
from ui.widgets.labels import label
from ui.widgets.naming import named


def booked_words(booked: Sequence[Session]) -> str:
    """Return the days of what is booked: "3 December, 10 December"."""
    this_year = date.today().year
    return ", ".join(day_words(each.date, has_year=each.date.year != this_year) for each in booked)


class BookedBeyond(QWidget):
    """Says what is booked after the day on which a course ends. It stays booked unless the box is ticked."""

    def __init__(self, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._sessions: Sequence[Session] = ()
        self._booked: list[Session] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._words = label("", self, kind="label", name=f"{name}_words", wraps=True)
        self._removes = named(QCheckBox(self), f"{name}_remove", _("Take them out of the sessions"))
        for part in (self._words, self._removes):
            column.addWidget(part)
        self.hide()

    def show_sessions(self, sessions: Sequence[Session]) -> None:
        """Take the sessions of a course; of others than before nothing is chosen to be taken out."""
        if list(sessions) == list(self._sessions):
            return
        self._sessions, self._booked = sessions, []
        self._removes.setChecked(False)
        self._words.clear()
        self.hide()

    def show_end(self, day: date | None, withdrawn: date | None = None) -> None:
        """Say what is booked after this day, with None nothing; of a course `withdrawn` before that day, all that is booked."""
        last = withdrawn - timedelta(days=1) if withdrawn is not None else day
        booked = booked_after(self._sessions, last) if last is not None else []
        if booked != self._booked:
            self._removes.setChecked(False)  # what was ticked meant others
        self._booked = booked
        said = [_withdrawn_words(withdrawn)] if withdrawn is not None else []
        said += [_beyond_words(booked, is_withdrawn=withdrawn is not None)] if booked else []
        self._words.setText(" ".join(said))
        act = ngettext("Take it out of the sessions", "Take them out of the sessions", len(booked))
        self._removes.setText(act)
        self._removes.setAccessibleName(f"{act}: {booked_words(booked)}")
        self._removes.setVisible(bool(booked))
        self.setVisible(bool(said))

    @property
    def removed(self) -> list[Session]:
        """The sessions to be taken out."""
        return list(self._booked) if self._removes.isChecked() else []


def _withdrawn_words(begins: date) -> str:
    words = _("The course has not begun. Withdrawn now, it ends on the day it was to begin, {day}, without a session.")
    return words.format(day=long_date(begins))


def _beyond_words(booked: Sequence[Session], *, is_withdrawn: bool) -> str:
    if is_withdrawn:
        words = ngettext(
            "{count} session is booked: {days}. It stays booked, unless you take it out.",
            "{count} sessions are booked: {days}. They stay booked, unless you take them out.",
            len(booked),
        )
    else:
        words = ngettext(
            "{count} session is booked after that day: {days}. It stays booked, unless you take it out.",
            "{count} sessions are booked after that day: {days}. They stay booked, unless you take them out.",
            len(booked),
        )
    return words.format(count=len(booked), days=booked_words(booked))
