"""The closing strip: what is asked when a session ends, over the dimmed note, in one Tab order. Nothing has to be answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ipt_desktop.domain.course import WITHOUT_CLIENT
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import Field, Form, Means
from ipt_desktop.domain.records import Attendance, Session
from ipt_desktop.domain.session_words import attendance_words, minutes_between, time_words
from ipt_desktop.domain.text import _, within_a_line
from ipt_desktop.domain.typed_date import read_time
from ui import theme
from ui.forms.choices import one_of
from ui.forms.editor import Editor, Setting
from ui.forms.editors import make_editor
from ui.sessions.next_date import NextDate, When
from ui.widgets.buttons import outlined, primary
from ui.widgets.chips import Chip
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import FieldError, label
from ui.widgets.naming import named
from ui.widgets.segmented import Segmented

SIDE, NARROW_SIDE, NARROW = 40, 24, 1200
TIME_WIDTH, FEE_WIDTH = 84, 190
WRITTEN_THROUGH = (Means.RISK, Means.BETWEEN_SESSION_TASK)
SIGN_NOW, SIGN_LATER = "now", "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the strip starts from: the session with its actual times, its title, the next one proposed, the fees said before.

    `form` is the note's, with the `answers` it has by now.
    """

    session: Session
    title: str
    next: Session
    fees: Sequence[str] = ()
    form: Form | None = None
    answers: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What was said: the session with its times, attendance and fee; when the next one is; whether to sign now."""

    session: Session
    next: When | None = None
    signs_now: bool = False


class ClosingStrip(QWidget):
    """Covers its parent. `closed` carries a `Closing`; `left`: back to the session, nothing of it is lost.

    `answered` carries what a field means and the answer, as soon as it is given: it belongs to the note.
    """

    closed = Signal(object)
    left = Signal()
    answered = Signal(object, object)

    def __init__(self, asked: Asked, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("closing_strip")
        self.setAccessibleName(_("End session"))
        self._asked = asked
        self._editors: dict[Means, Editor] = {}
        self._has_client = asked.session.kind not in WITHOUT_CLIENT  # else nobody came, paid, or comes again
        self._scroller = QScrollArea(self)
        self._scroller.setObjectName("closing_scroll")
        self._scroller.setAccessibleName(_("End session"))
        self._scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroller.setWidgetResizable(True)
        self._panel = QFrame(self._scroller)
        self._panel.setObjectName("closing_panel")
        self._panel.setProperty("role", "closing")
        self._scroller.setWidget(self._panel)
        self._column = QVBoxLayout(self._panel)
        self._column.setSpacing(theme.current().space("m") + 2)
        self._build()
        self._error = FieldError(self._panel, name="closing_error")
        self._column.insertWidget(self._column.count() - 1, self._error)
        parent.installEventFilter(self)
        for chip in self.findChildren(Chip):
            chip.installEventFilter(self)
        self._fit()

    # -- what it is made of ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._column.addLayout(self._make_head())
        times = self._block(_("Times"), self._make_times())
        came = [self._block(_("Attendance"), self._make_attendance())] if self._has_client else []
        self._column.addLayout(self._row(times, *came))
        if (risk := self._make_editor(Means.RISK)) is not None:
            self._column.addWidget(self._block(_("Risk asked"), risk))
        task = self._make_editor(Means.BETWEEN_SESSION_TASK)
        parts = [self._block(_("Between-session task agreed"), task)] if task is not None else []
        following = [self._block(_("Next date"), self._make_next())] if self._has_client else []
        agreed = self._row(*parts, *following)
        if parts:
            agreed.setStretch(0, 1)
            agreed.setStretch(agreed.count() - 1, 0)
        self._column.addLayout(agreed)
        fee = [self._block(_("Fee"), self._make_fee())] if self._has_client else []
        last = self._row(*fee, self._block(_("Sign"), self._make_sign()))
        last.addStretch(1)
        last.addWidget(self._make_buttons(), 0, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight)
        self._column.addLayout(last)

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.current().space("s") + 2)
        row.addWidget(label(_("End {session}").format(session=within_a_line(self._asked.title)), self._panel, kind="title"))
        hint = _("Tab goes on, Enter closes. What is left empty can be filled in later.")
        row.addWidget(label(hint, self._panel, kind="label", tone="text_soft", name="closing_hint", wraps=True), 1)
        row.addWidget(label(_("Esc"), self._panel, kind="caption_strong"))
        row.addWidget(label(_("back to the session"), self._panel, kind="label", tone="text_soft"))
        return row

    def _row(self, *parts: QWidget) -> QBoxLayout:
        """Return parts side by side or, with large text, one below the other."""
        is_large = theme.current().is_large
        row = QBoxLayout(QBoxLayout.Direction.TopToBottom if is_large else QBoxLayout.Direction.LeftToRight)
        row.setSpacing(theme.current().space("m" if is_large else "xl"))
        for part in parts:
            row.addWidget(part)
        if not is_large:
            row.addStretch(1)
        return row

    def _block(self, words: str, field: QWidget) -> QWidget:
        block = QWidget(self._panel)
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(label(words, block, kind="label", tone="text_soft"))
        column.addWidget(field)
        column.addStretch(1)
        return block

    def _make_times(self) -> QWidget:
        cell = QWidget(self._panel)
        row = QHBoxLayout(cell)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().space("s"))
        session = self._asked.session
        self.start = self._time(cell, "closing_start", _("Began"), session.starts_at)
        self.end = self._time(cell, "closing_end", _("Ended"), session.ends_at)
        self._minutes = label("", cell, kind="label", tone="text_soft", name="closing_minutes")
        for part in (self.start, label(_("to"), cell, kind="label", tone="text_soft"), self.end, self._minutes):
            row.addWidget(part)
        row.addStretch(1)
        self._show_minutes()
        return cell

    def _time(self, parent: QWidget, name: str, spoken: str, at: time | None) -> QLineEdit:
        line = named(QLineEdit(time_words(at), parent), name, spoken)
        line.setFixedWidth(theme.current().px(TIME_WIDTH))
        line.textChanged.connect(self._show_minutes)
        return line

    def _make_attendance(self) -> QWidget:
        options = [(str(key), words) for key, words in attendance_words().items()]
        self._attendance = one_of(options, self._panel, name="closing_attendance", spoken=_("Attendance"))
        self._attendance.choose(str(self._asked.session.attendance) if self._asked.session.attendance else None)
        return self._attendance

    def _make_editor(self, means: Means) -> Editor | None:
        """Return an editor for a field of the note, where its form has it; what is answered goes on into the note."""
        form = self._asked.form
        found = form.field_that_means(means) if form else None
        if found is None or not found.is_known:
            return None
        editor = make_editor(_as_asked_here(found), self._panel, Setting())
        editor.show_answer((self._asked.answers or {}).get(found.key))
        editor.edited.connect(self._on_edited)
        self._editors[means] = editor
        return editor

    def _make_next(self) -> QWidget:
        self.next = NextDate(self._panel)
        self.next.propose(self._asked.next.date, self._asked.next.starts_at)
        return self.next

    def _make_fee(self) -> QWidget:
        self.fee = ChoiceField(self._panel, name="closing_fee", spoken=_("Fee"))
        self.fee.setEditable(True)
        self.fee.setCompleter(None)  # type: ignore[arg-type]  # Enter closes with what was typed, not with what it begins
        self.fee.setInsertPolicy(ChoiceField.InsertPolicy.NoInsert)
        usual = (_("Own rate · by invoice"), _("Own rate · paid"), _("Insurance"), _("No fee"))
        self.fee.addItems(list(dict.fromkeys([*self._asked.fees, *usual])))
        fees = self._asked.fees
        self.fee.setEditText(self._asked.session.fee or (fees[0] if fees else ""))
        self.fee.setFixedWidth(theme.current().px(FEE_WIDTH))
        return self.fee

    def _make_sign(self) -> QWidget:
        options = [(SIGN_NOW, _("Sign now")), (SIGN_LATER, _("Sign later"))]
        self._sign = Segmented(options, self._panel, name="closing_sign", spoken=_("Sign"), is_clearable=True)
        return self._sign

    def _make_buttons(self) -> QWidget:
        cell = QWidget(self._panel)
        row = QHBoxLayout(cell)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        back = outlined(_("Back"), cell, name="closing_back", spoken=_("Back to the session"))
        back.clicked.connect(self.left)
        close = primary(_("Close session"), cell, name="closing_close", icon="check", is_big=True)
        close.clicked.connect(self.close_session)
        row.addWidget(back)
        row.addWidget(close)
        return cell

    # -- what it does ----------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Put the keyboard into the first field."""
        self.start.setFocus(Qt.FocusReason.OtherFocusReason)
        self.start.selectAll()

    def close_session(self) -> None:
        """Carry what was said, or say which field can't be read."""
        try:
            closing = self._read()
        except Refused as refused:
            self._error.show_error(str(refused))
            self._fit()
            return
        self.closed.emit(closing)

    def _read(self) -> Closing:
        for field in (self.start, self.end, *([self.next.line] if self._has_client else [])):
            self._error.show_error("", field)
        starts_at, ends_at = (self._read_time(line) for line in (self.start, self.end))
        if starts_at and ends_at and ends_at <= starts_at:
            self._mark(self.end)
            raise Refused(reason=_("A session can’t end before it begins."))
        session = replace(self._asked.session, starts_at=starts_at, ends_at=ends_at)
        if self._has_client:
            attendance = self._attendance.choice()
            came = Attendance(attendance) if attendance else None
            session = replace(session, attendance=came, fee=self.fee.currentText().strip())
        return Closing(session=session, next=self._read_next(), signs_now=self._sign.choice() == SIGN_NOW)

    def _read_next(self) -> When | None:
        if not self._has_client:
            return None
        try:
            return self.next.when(self._asked.session.date)
        except Refused:
            self._mark(self.next.line)
            raise

    def _read_time(self, line: QLineEdit) -> time | None:
        try:
            return read_time(line.text())
        except Refused:
            self._mark(line)
            raise

    def _mark(self, field: QLineEdit) -> None:
        self._error.show_error(" ", field)  # the words follow, and say it once
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def _show_minutes(self) -> None:
        try:
            minutes = minutes_between(read_time(self.start.text()), read_time(self.end.text()))
        except (Refused, AttributeError):  # the second line is not there yet
            minutes = None
        if hasattr(self, "_minutes"):
            self._minutes.setText(_("{count} min").format(count=minutes) if minutes else "")

    def _on_edited(self) -> None:
        for means, editor in self._editors.items():
            if editor is self.sender():
                self.answered.emit(means, editor.answer())
        self._fit()

    def forget(self) -> None:
        """Let go of every word."""
        self.blockSignals(True)
        if (parent := self.parentWidget()) is not None:
            parent.removeEventFilter(self)
        for editor in self._editors.values():
            editor.blockSignals(True)
            editor.show_answer(None)
        for line in self.findChildren(QLineEdit):
            line.clear()
        if self._has_client:
            self.fee.clear()
        self._asked = replace(self._asked, answers=None, fees=())
        self.hide()
        self.deleteLater()

    # -- the keyboard ----------------------------------------------------------------------------------------------

    def _stops(self) -> list[QWidget]:
        """Return where Tab stops, in the order it is read; in joined buttons once, Left and Right go on from there."""
        inside = [each for each in self._panel.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        stops = [each for each in inside if each.isVisible() and each.isEnabled() and each.focusProxy() is None]
        joined = [each for part in self._panel.findChildren(Segmented) for each in part.others()]
        return [each for each in stops if each not in joined]

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Keep Tab inside: the note behind is dimmed."""
        stops, focused = self._stops(), QApplication.focusWidget()
        if not stops:  # it is being put away
            return super().focusNextPrevChild(is_next)
        place = next((at for at, each in enumerate(stops) if each is focused), None)
        step = 1 if is_next else -1
        wanted = stops[(place + step) % len(stops)] if place is not None else stops[0]
        wanted.setFocus(Qt.FocusReason.TabFocusReason if is_next else Qt.FocusReason.BacktabFocusReason)
        self._scroller.ensureWidgetVisible(wanted)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Enter, go back on Esc; nothing else reaches what lies behind."""
        if _is_enter(event):
            self.close_session()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the page whatever its size; Enter closes on a chip, too."""
        if watched is self.parent() and event.type() is QEvent.Type.Resize:
            self._fit()
        elif isinstance(watched, Chip) and event.type() is QEvent.Type.KeyPress and _is_enter(event):
            self.close_session()
            return True
        return super().eventFilter(watched, event)

    # -- how it looks ----------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        side = SIDE if parent.width() >= NARROW else NARROW_SIDE
        self._column.setContentsMargins(side, 18, side, 26)
        self.setGeometry(parent.rect())
        self._column.activate()
        wanted = self._column.totalHeightForWidth(parent.width()) if self._column.hasHeightForWidth() else -1
        wanted = max(wanted, self._column.totalMinimumSize().height())
        self._scroller.setGeometry(0, 0, self.width(), min(wanted + 2, self.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim the note."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().color("scrim"))
        painter.end()


def _as_asked_here(found: Field) -> Field:
    """Return a field of the note under a name of its own and without the hint that stands in the note."""
    return replace(found, key=f"closing_{found.means}", hint="")


def _is_enter(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
