"""The chapter *Self-check*: the sessions so far in a list, beside it the course looked back on or the self-check of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.phases.chapters import Chapter
from ui.phases.selfcheck.reading import CheckReading, read_checks
from ui.phases.selfcheck.session_check import SessionCheck
from ui.phases.selfcheck.so_far import SoFar
from ui.phases.text_growth import TextGrowth
from ui.sessions.session_list import SessionList
from ui.widgets.buttons import Button
from ui.widgets.card import hairline
from ui.widgets.choice_field import ChoiceField
from ui.widgets.empty_state import EmptyState
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ui.page import Frame
    from ui.phases.reading import CourseReading

LIST, NARROW = 208, 820  # at 100 % text
PORTFOLIO = "portfolio"


class CheckList(SessionList):
    """The sessions that can be looked back on; a pen says that something is written."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "self_check_sessions", _("Sessions looked back on"))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer nothing: a row only chooses."""
        event.accept()


class SelfCheckChapter(Chapter):
    """For the therapist alone: it stays away while a session runs, and nothing of it is part of a note."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("self_check_chapter_page")
        self.setAccessibleName(_("Self-check"))
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk, self._frame = desk, frame
        self._reading: CourseReading | None = None
        self._checks: CheckReading | None = None
        self._session_id = ""
        self._is_behind = True
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._side = self._make_side()
        row.addWidget(self._side)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._line = self._make_line()
        column.addWidget(self._line)
        self._pages = QStackedWidget(self)
        self._pages.setObjectName("self_check_pages")
        self._pages.setProperty("role", "paper")
        self.so_far = SoFar(self._pages)
        self.check = SessionCheck(desk, frame, self._pages)
        words = _("It is for you alone, and the client may see the screen.")
        self._away = EmptyState(
            _("The self-check waits until the session is over"), words, self._pages, name="self_check_away", icon="clock"
        )
        for page in (self.so_far, self.check, self._away):
            self._pages.addWidget(page)
        column.addWidget(self._pages, 1)
        row.addLayout(column, 1)
        self._connect()

    def _connect(self) -> None:
        self.list.session_chosen.connect(self.choose)
        self.list.note_asked.connect(self.check.open)
        self.so_far.portfolio_asked.connect(self._on_portfolio)
        self.check.told.connect(self._on_written)
        self.check.history_asked.connect(self.history_asked)
        TextGrowth(self, self._on_text_grown)

    def _make_side(self) -> QWidget:
        side = QWidget(self)
        side.setObjectName("self_check_side")
        side.setProperty("role", "desk")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(side)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(hairline(side, is_upright=True))
        column = QVBoxLayout()
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        row.addLayout(column, 1)
        self._so_far_entry = Button(_("The course so far"), side, kind="entry", name="self_check_course", icon="list")
        self._so_far_entry.setCheckable(True)
        self._so_far_entry.clicked.connect(self._on_course)
        column.addWidget(self._so_far_entry)
        self.list = CheckList(side)
        column.addWidget(self.list, 1)
        return side

    def _make_line(self) -> QWidget:
        """Return what stands above the page in a narrow window, in the list's place."""
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(24, 8, 24, 0)
        self._choice = ChoiceField(line, name="self_check_choice", spoken=_("Sessions looked back on"))
        self._choice.activated.connect(self._on_chosen)
        row.addWidget(self._choice)
        row.addStretch(1)
        return line

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_course(self, reading: CourseReading) -> None:
        """Show the course as it stands now: at once where it is in sight, else when it is."""
        is_same = self._reading is not None and self._reading.course.id == reading.course.id
        self._reading = reading
        if not is_same:
            self.check.leave()
            self.check.forget()
            self._session_id = ""
        if self._session_id and all(each.id != self._session_id for each in reading.sessions) and self.check.leave():
            self._session_id = ""  # it was taken out
        self._is_behind = True
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        """Read what is written, and show it."""
        reading = self._reading
        if reading is None:
            return
        self._is_behind = False
        self._checks = checks = read_checks(self._desk, reading, self._session_id)
        self.list.show_lines(checks.lines, self._session_id)
        self._choice.clear()
        self._choice.addItem(_("The course so far"), "")
        for each in checks.lines:
            self._choice.addItem(f"{each.spoken.split(', ')[0]}, {each.title}", each.session_id)
        if self._session_id:
            self.check.show_course(reading)
        self._show()

    def _show(self) -> None:
        is_away = self._frame.is_in_room
        page = self._away if is_away else self.check if self._session_id else self.so_far
        if page is self.so_far and self._checks is not None and self._reading is not None:
            self.so_far.show_checks(self._checks, self._reading.sessions)
        self._pages.setCurrentWidget(page)
        self._so_far_entry.setChecked(not self._session_id)
        self.list.choose(self._session_id)
        self._choice.setCurrentIndex(max(0, self._choice.findData(self._session_id)))
        self._stand()

    def choose(self, session_id: str) -> bool:
        """Show the self-check of a session, "" for the course; False where what is typed of another could not be kept."""
        reading = self._reading
        session = next((each for each in reading.sessions if each.id == session_id), None) if reading else None
        if reading is None or (session_id and session is None):
            return False
        is_open = self.check.leave() if session is None else self.check.show_session(reading, session)
        if is_open:
            self._session_id = session_id
            self._read() if self._is_behind or session is None or not self._is_listed(session_id) else self._show()
        else:
            self._show()
        return is_open

    def _is_listed(self, session_id: str) -> bool:
        return self._checks is not None and any(each.id == session_id for each in self._checks.sessions)

    def _on_written(self) -> None:
        """Say in the list what is written now."""
        if self._reading is not None:
            self._checks = read_checks(self._desk, self._reading, self._session_id)
            self.list.show_lines(self._checks.lines, self._session_id)

    def _on_course(self) -> None:
        self.choose("")

    def _on_chosen(self, place: int) -> None:
        self.choose(str(self._choice.itemData(place) or ""))

    def _on_text_grown(self) -> None:
        self._show()

    def _on_portfolio(self) -> None:
        self.print_asked.emit(PORTFOLIO, "")

    # -- Chapter ---------------------------------------------------------------------------------------------------

    def open(self) -> bool:
        """Come into sight: the session shown last, else the course."""
        if self._is_behind:
            self._read()
        else:
            self._show()
        if self._pages.currentWidget() is self.check:
            return self.check.open()
        (self._so_far_entry if self._side.isVisibleTo(self) else self._choice).setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def flush(self) -> bool:
        """Keep what is typed and wait for it."""
        return self.check.flush()

    def leave(self) -> bool:
        """Keep what is typed before another page takes its place; the session stays chosen."""
        return self.check.flush()

    def forget(self) -> None:
        """Let go of every word."""
        self.check.forget()
        self.so_far.forget()
        self.list.show_lines((), "")
        self._choice.clear()
        self._reading = self._checks = None
        self._session_id, self._is_behind = "", True

    def place(self) -> object:
        """Return the session whose self-check is shown, "" for the course."""
        return self._session_id

    def return_to(self, place: object) -> None:
        """Show that session's again, with the keyboard in it."""
        if isinstance(place, str) and self.choose(place):
            self.open()

    # -- how it stands ---------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while it was out of sight."""
        super().showEvent(event)
        if self._is_behind:
            self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the list where there is room for it."""
        super().resizeEvent(event)
        self._stand()

    def _stand(self) -> None:
        is_narrow, is_away = self.width() < theme.current().px(NARROW), self._pages.currentWidget() is self._away
        self._side.setFixedWidth(theme.current().px(LIST))
        self._side.setVisible(not is_narrow and not is_away)
        self._line.setVisible(is_narrow and not is_away)
