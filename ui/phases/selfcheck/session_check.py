"""The self-check of one session: what was done of all that the protocol asks, kept as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipt_desktop.domain.course import numbers
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.protocol import task_id
from ipt_desktop.domain.session_words import title_of
from ipt_desktop.domain.text import _
from ui.phases.document_chapter import DocumentChapter
from ui.phases.selfcheck.reading import steps_to_ask
from ui.sessions.session_words import day_of
from ui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ipt_desktop.domain.records import Document, Session
    from ipt_desktop.services.desk import Desk
    from ui.page import Frame
    from ui.phases.reading import CourseReading


class SessionCheck(DocumentChapter):
    """One document a session. Above it stands which of the phase's tasks were ticked in that session."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(desk, frame, parent, purpose=Purpose.SELF_CHECK, title=_("Self-check"))
        self.session: Session | None = None
        self._ticked = label("", self, kind="label", tone="text_soft", name="self_check_ticked", wraps=True)
        self.above.insertWidget(0, self._ticked)

    def show_session(self, reading: CourseReading, session: Session) -> bool:
        """Show the self-check of a session; False where what is typed of another could not be kept."""
        if not self.writer.flush():
            return False
        self.reading, self.session = reading, session
        return self._open()

    def found(self) -> Document:
        """Return the self-check of the session; nothing of a fresh one is stored before its first save."""
        assert self.reading is not None  # noqa: S101 - shown before it is opened
        assert self.session is not None  # noqa: S101 - as above
        course = self.reading.course
        return self.desk.documents.open_document(
            self.purpose, course.client_id, course_id=course.id, session_id=self.session.id
        )

    def filling(self) -> dict[str, Any]:
        """Return what the form is filled with: the steps of the phase the session was held in."""
        steps = steps_to_ask(self.desk, self.reading, self.session) if self.reading and self.session else []
        return {**super().filling(), "every_session": steps}

    def show_course(self, reading: CourseReading) -> None:
        """Go on from the course as it stands now."""
        super().show_course(reading)
        if self.writer.document is not None:
            self._show_session()

    def _show(self, document: Document) -> bool:
        if not super()._show(document):
            return False
        self._show_session()
        return True

    def _show_session(self) -> None:
        reading, session = self.reading, self.session
        if reading is None or session is None:
            return
        number = numbers(reading.sessions).get(session.id)
        day = day_of(session.date, reading.today)
        self.say_title(_("{session}, {day}").format(session=title_of(session, number), day=day))
        tasks = [_(task.done or task.text) for task in self._tasks_of(reading, session)]
        self._ticked.setText(_("Ticked in this session: {tasks}.").format(tasks="; ".join(tasks)) if tasks else "")
        self._ticked.setVisible(bool(tasks))

    def _tasks_of(self, reading: CourseReading, session: Session) -> list[Any]:
        """Return the tasks of any phase that were ticked in a session."""
        ticked = {key for key, tick in reading.ticks.items() if tick.session_id == session.id}
        return [task for phase in reading.protocol.phases for task in phase.tasks if task_id(phase, task) in ticked]

    def forget(self) -> None:
        """Let go of every word."""
        super().forget()
        self.session = None
        self._ticked.clear()
