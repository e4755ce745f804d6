"""*Move this session to another course*: asks which of the client's courses, above the note; it can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.text import _
from ui import theme
from ui.clients.words import course_days
from ui.verb import Told, Verb
from ui.widgets.buttons import outlined, primary
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import label
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Course
    from ipt_desktop.services.desk import Desk
    from ipt_desktop.services.session_moving import MovedSession, SessionMoving
    from ui.page import Frame
    from ui.sessions.course_notes import CourseNotes
    from ui.sessions.note_page import NotePage


class MoveSession(Verb):
    """The session goes to another course of the client; undone it comes back."""

    def __init__(self, moving: SessionMoving, session_id: str, course_id: str, refused: Told) -> None:
        super().__init__(_("Move a session to another course"), refused)
        self._moving, self._session_id, self._course_id = moving, session_id, course_id
        self.moved: MovedSession | None = None

    def redo(self) -> None:
        """Move it."""
        self.attempt(self._move)

    def undo(self) -> None:
        """Move it back."""
        self.attempt(self._move_back)

    def _move(self) -> None:
        self.moved = self._moving.move_session(self._session_id, self._course_id)

    def _move_back(self) -> None:
        if self.moved is not None:
            self._moving.move_back(self.moved)


class MoveSessionPanel(QWidget):
    """Which course the session is of; none is chosen beforehand. Esc puts it away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "move_session_panel", _("Move this session to another course"))
        look = theme.current()
        card = QFrame(self)
        card.setProperty("role", "card")
        around = QVBoxLayout(self)
        around.setContentsMargins(20, 0, 20, 12)
        around.addWidget(card)
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(look.space("s"))
        column.addWidget(label(_("Move this session to another course"), card, kind="strong", name="move_session_title"))
        words = _(
            "With its note and worksheets, the circle drawn in it, its task, its risk entry and the events told in it. "
            "Ticks of tasks, ratings of goals and strategies worked on stay in this course, with their day."
        )
        column.addWidget(label(words, card, kind="label", tone="text_soft", name="move_session_words", wraps=True))
        row = QHBoxLayout()
        row.setSpacing(look.space("s"))
        self.courses = ChoiceField(card, name="move_session_courses", spoken=_("The course it is of"))
        self.go = primary(_("Move the session"), card, name="move_session_go")
        self.leave = outlined(_("Keep it here"), card, name="move_session_leave")
        row.addWidget(self.courses, 1)
        row.addWidget(self.go)
        row.addWidget(self.leave)
        column.addLayout(row)
        self.courses.currentIndexChanged.connect(self._on_chosen)
        self.hide()

    def offer(self, courses: list[Course]) -> None:
        """Show these courses to choose from."""
        self.courses.clear()
        self.courses.addItem(_("Choose a course"), "")
        for course in courses:
            words = _("Course {number} · {days}").format(number=course.number, days=course_days(course))
            self.courses.addItem(words, course.id)
        self.go.setEnabled(False)
        self.show()
        self.courses.setFocus()

    def _on_chosen(self) -> None:
        self.go.setEnabled(bool(self.courses.currentData()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put it away on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave.click()
        else:
            super().keyPressEvent(event)


class SessionMover(QObject):
    """Offers the move where the client has another course; builds the panel at its first use.

    `moved`: a session went, or came back; the keyboard is to go on in what is shown now.
    """

    moved = Signal()

    def __init__(self, desk: Desk, frame: Frame, note: NotePage) -> None:
        super().__init__(note)
        self._desk, self._frame, self._note = desk, frame, note
        self._course: Course | None = None
        self._said = ""
        self.panel: MoveSessionPanel | None = None
        self.action = QAction(_("Move this session to another course…"), note)
        self.action.setObjectName("move_session")
        self.action.triggered.connect(self.ask)
        self.action.setVisible(False)

    def follow(self, course: CourseNotes | None) -> None:
        """Follow the course whose sessions are shown."""
        self._course = course.course if course is not None else None
        self.action.setVisible(bool(self._others()))

    def _others(self) -> list[Course]:
        return self._desk.session_moving.other_courses(self._course.id) if self._course is not None else []

    def ask(self) -> None:
        """Ask which course the session shown is of, once what is typed is kept."""
        document, others = self._note.writer.document, self._others()
        if document is None or document.session_id is None or not others or not self._note.writer.end_stay():
            return
        if self.panel is None:
            self.panel = MoveSessionPanel(self._note)
            self.panel.go.clicked.connect(self._on_go)
            self.panel.leave.clicked.connect(self._on_leave)
            column = self._note.layout()
            assert isinstance(column, QVBoxLayout)  # noqa: S101 - the note's own
            column.insertWidget(2, self.panel)
        self.panel.offer(others)

    def _on_leave(self) -> None:
        self.put_away()
        self._note.focus_note()

    def _on_go(self) -> None:
        document = self._note.writer.document
        course_id = str(self.panel.courses.currentData() or "") if self.panel is not None else ""
        if document is None or document.session_id is None or not course_id or not self._note.writer.end_stay():
            return
        self.put_away()
        verb = MoveSession(self._desk.session_moving, document.session_id, course_id, self._note.refused.emit)
        self._frame.undo_stack().push(verb)
        if verb.is_done and verb.moved is not None:
            self._note.form_changed.emit()  # whoever holds the page reads it again
            self._say_moved(verb.moved)
        self.moved.emit()

    def _say_moved(self, moved: MovedSession) -> None:
        course = self._desk.courses.course(moved.session.course_id)
        title = _("The session of {day} was moved to course {number}").format(
            day=day_words(moved.session.date), number=course.number
        )

        def go() -> None:
            self._go_to(course, moved.session.id)

        actions = (("move_session_undo", _("Undo"), self._on_undo), ("move_session_there", _("Go to it"), go))
        self._frame.say(title, actions=actions)
        self._said = title
        once = Qt.ConnectionType.SingleShotConnection
        self._frame.undo_stack().indexChanged.connect(self._on_next_step, once)

    def _on_next_step(self) -> None:
        """Take the offer to undo back: it stays only until the next verb of this client."""
        self._frame.unsay(self._said)

    def _go_to(self, course: Course, session_id: str) -> None:
        """Show the session in the course it is of now."""
        try:
            session = self._desk.sessions.session(session_id)
        except PracticeError as error:
            self._note.refused.emit(str(error))
            return
        if self._frame.choose_client(course.client_id, session.course_id) and self._frame.show_tab("sessions"):
            page = self._frame.page("sessions")
            if page is not None:
                page.choose_session(session_id)

    def _on_undo(self) -> None:
        self._frame.undo_stack().undo()
        self._note.form_changed.emit()
        self.moved.emit()

    def put_away(self) -> None:
        """Take the panel away."""
        if self.panel is not None:
            self.panel.courses.clear()
            self.panel.hide()

    def forget(self) -> None:
        """Let go of the course."""
        self._course = None
        self.action.setVisible(False)
        self.put_away()
