"""What is known of a session beside its note: kind, date, times, mode, attendance; each kept once it is complete."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ipt_desktop.domain.course import WITHOUT_CLIENT
from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.records import Attendance, Session, SessionKind, SessionMode
from ipt_desktop.domain.session_words import attendance_words, kind_words, minutes_between, mode_words, time_words
from ipt_desktop.domain.text import _
from ipt_desktop.domain.typed_date import read_time
from ui import theme
from ui.forms.choices import one_of
from ui.forms.form_view import LABEL_COLUMN
from ui.sessions.attending import Attending
from ui.widgets.chips import ChipRow
from ui.widgets.date_field import DateField
from ui.widgets.labels import FieldError, label
from ui.widgets.naming import named
from ui.widgets.segmented import Segmented

_FIELD_WIDTHS = {"date": 268, "start": 76, "end": 76}


class SessionFacts(QWidget):
    """The fields of a session. `changed` carries the whole session as it should be; what can't be is said and held back."""

    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("session_facts")
        self._session: Session | None = None
        look = theme.current()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, look.space("xs"), 0, look.space("s"))
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(look.space("s"))
        self._grid.setColumnMinimumWidth(0, look.px(LABEL_COLUMN))
        self._grid.setColumnStretch(1, 1)
        kinds = [(str(key), words) for key, words in kind_words().items()]
        self._kind = one_of(kinds, self, name="session_kind", spoken=_("Kind"))
        self._kind.chosen.connect(self._on_kind_chosen)
        self._add_row(_("Kind"), self._kind)
        self._build_when()
        self._mode = Segmented(
            [(str(key), words) for key, words in mode_words().items()], self, name="session_mode", spoken=_("How it is held")
        )
        self._mode.chosen.connect(self._on_mode_chosen)
        self._how_row = self._add_row(_("How"), self._mode)
        self.attending = Attending(self)
        self.attending.changed.connect(self._on_attending_changed)
        self._attending_row = self._add_row(_("Who attends"), self.attending)
        options = [(str(key), words) for key, words in attendance_words().items()]
        self._attendance = one_of(options, self, name="session_attendance", spoken=_("Attendance"))
        self._attendance.chosen.connect(self._on_attendance_chosen)
        self._attendance_row = self._add_row(_("Attendance"), self._attendance)

    def _build_when(self) -> None:
        cell = QWidget(self)
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = ChipRow(cell, name="session_when", spoken=_("Date and times"))
        self._date = DateField(row, name="session_date", spoken=_("Date"), has_weekday=True)
        self._fit_line(self._date, "date")
        self._start = self._line(row, "start", _("Begins"))
        to = label(_("to"), row, kind="label", tone="text_soft", name="session_to")
        self._end = self._line(row, "end", _("Ends"))
        self._minutes = label("", row, kind="label", tone="text_soft", name="session_minutes")
        self._times = (self._start, to, self._end, self._minutes)
        for part in (self._date, *self._times):
            row.add(part)
        for words in (to, self._minutes):
            words.setFixedHeight(theme.current().size("control"))
        self._error = FieldError(cell, name="session_error")
        column.addWidget(row)
        column.addWidget(self._error)
        self._add_row(_("Date and times"), cell)

    def _line(self, parent: QWidget, key: str, spoken: str) -> QLineEdit:
        line = named(QLineEdit(parent), f"session_{key}", spoken)
        self._fit_line(line, key)
        return line

    def _fit_line(self, line: QLineEdit, key: str) -> None:
        line.setFixedWidth(theme.current().px(_FIELD_WIDTHS[key]))
        line.editingFinished.connect(self._on_when_edited)

    def _add_row(self, words: str, field: QWidget) -> tuple[QWidget, QWidget]:
        look = theme.current()
        caption = label(words, self, kind="label", tone="text_soft", wraps=True)
        caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        caption.setContentsMargins(0, (look.size("control") - look.line_height("label")) // 2, look.space("s"), 0)
        row = self._grid.rowCount()
        self._grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(field, row, 1)
        return caption, field

    def show_session(self, session: Session | None) -> None:
        """Show a session, or none; what stands wrong in a field of the same session stays to be corrected."""
        is_same = session is not None and self._session is not None and session.id == self._session.id
        self._session = session
        if not (is_same and self._error.text()):
            self._show_when(session, keeps_typing=is_same)
        self._kind.choose(str(session.kind) if session else None)
        self.attending.show_session(session)
        self._mode.choose(str(session.mode) if session else None)
        self._attendance.choose(str(session.attendance) if session and session.attendance else None)
        if session is not None:
            self._show_rows(session)

    def _show_rows(self, session: Session) -> None:
        """Ask what belongs to this kind; what was said before it became of this kind stays in sight, to be taken back."""
        is_letter = session.kind is SessionKind.LETTER
        is_timed = session.starts_at is not None or session.ends_at is not None
        is_joined = bool(session.attendee_ids or session.attendees)
        is_asked = session.kind not in WITHOUT_CLIENT or session.attendance is not None
        parts = (
            (self._times, not is_letter or is_timed),
            (self._how_row, not is_letter),
            (self._attending_row, not is_letter or is_joined),
            (self._attendance_row, is_asked),
        )
        for widgets, is_shown in parts:
            for widget in widgets:
                widget.setVisible(is_shown)

    def focus_first(self) -> None:
        """Put the cursor into the date."""
        self._date.setFocus(Qt.FocusReason.OtherFocusReason)
        self._date.selectAll()

    def flush(self) -> None:
        """Keep what is typed in a field and not yet left."""
        if any(line.isModified() for line in (self._date, self._start, self._end)):
            self._on_when_edited()
        self.attending.flush()

    def _show_when(self, session: Session | None, *, keeps_typing: bool = False) -> None:
        shown = {
            self._date: day_words(session.date, has_weekday=True, has_year=True) if session else "",
            self._start: time_words(session.starts_at) if session else "",
            self._end: time_words(session.ends_at) if session else "",
        }
        for line, words in shown.items():
            if not (keeps_typing and line.hasFocus() and line.isModified()):
                line.setText(words)
        minutes = minutes_between(session.starts_at, session.ends_at) if session else None
        self._minutes.setText(_("{count} min").format(count=minutes) if minutes else "")
        if not self._date.hasFocus():
            self._date.setCursorPosition(0)
        for line in (self._date, self._start, self._end):
            self._error.show_error("", line)

    def _on_when_edited(self) -> None:
        if self._session is None:
            return
        wanted = self._session
        for line in (self._date, self._start, self._end):
            self._error.show_error("", line)
        for line in (self._date, self._start, self._end):
            try:
                wanted = self._with(wanted, line)
            except Refused as error:
                self._error.show_error(str(error), line)
                return
        if wanted.starts_at and wanted.ends_at and wanted.ends_at <= wanted.starts_at:
            self._error.show_error(_("A session can’t end before it begins. Everything else is kept."), self._end)
            return
        for line in (self._date, self._start, self._end):
            line.setModified(False)
        if wanted != self._session:
            self.changed.emit(wanted)
        else:
            self._show_when(self._session)

    def _with(self, session: Session, line: QLineEdit) -> Session:
        """Return the session with what a field says; raises Refused where that can't be read."""
        if line is self._date:
            day = self._date.day() if line.isModified() else session.date
            if day is None:
                raise Refused(reason=_("A session has a date. Type one like 24 November 2026."))
            return replace(session, date=day)
        at = read_time(line.text())
        if line is self._end:
            return replace(session, ends_at=at)
        moved = _moved_end(session, at) if not self._end.isModified() else None
        if moved is not None:
            self._end.setText(time_words(moved))
        return replace(session, starts_at=at)

    def _on_kind_chosen(self, key: object) -> None:
        if self._session is None:
            return
        if key is None:  # every session is of some kind
            self._kind.choose(str(self._session.kind))
        else:
            kind = SessionKind(str(key))
            came = None if kind in WITHOUT_CLIENT else self._session.attendance
            self.changed.emit(replace(self._session, kind=kind, attendance=came))

    def _on_attending_changed(self, ids: object, words: str) -> None:
        if self._session is not None and isinstance(ids, list):
            wanted = replace(self._session, attendee_ids=ids, attendees=words)
            if wanted != self._session:
                self.changed.emit(wanted)

    def _on_mode_chosen(self, key: object) -> None:
        if self._session is not None and key is not None:
            self.changed.emit(replace(self._session, mode=SessionMode(str(key))))

    def _on_attendance_chosen(self, key: object) -> None:
        if self._session is not None:
            self.changed.emit(replace(self._session, attendance=Attendance(str(key)) if key else None))


def _moved_end(session: Session, start: time | None) -> time | None:
    """Return the end that keeps a session's length, where a new start would otherwise lie behind its end."""
    length = minutes_between(session.starts_at, session.ends_at)
    if start is None or length is None or session.ends_at is None or start < session.ends_at:
        return None
    day = datetime.combine(session.date, start)
    end = day + timedelta(minutes=length)
    return end.time() if end.date() == day.date() else None
