"""From a note to what goes on between sessions: the course's tasks, the worksheets of the session shown, its self-check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ipt_desktop.domain.form import Form, Means, Purpose
from ipt_desktop.domain.text import _
from ui.phases.sheets_part import add_forms, key_of
from ui.sessions.actions import SELF_CHECK

if TYPE_CHECKING:
    from ui.page import Page
    from ui.sessions.page import SessionsPage


class SessionsBetween(QObject):
    """Goes to the Phases tab: to the tasks, or to a worksheet or the self-check of the session whose note is shown."""

    def __init__(self, page: SessionsPage) -> None:
        super().__init__(page)
        self._page = page
        page.note.view.worksheet_asked.connect(self.open_worksheet)
        self._menu = QMenu(_("New worksheet"), page)
        self._menu.setObjectName("new_worksheet")
        add_forms(self._menu, page.desk.resources.forms_for(Purpose.WORKSHEET), self._on_begun)
        self._tasks = QAction(_("Between-session tasks"), page)
        self._tasks.setObjectName("between_session_tasks")
        self._tasks.triggered.connect(self.show_tasks)
        self._check = QAction(_("Self-check…"), page)
        self._check.setObjectName(SELF_CHECK)
        self._check.triggered.connect(self.show_self_check)

    def actions(self) -> Sequence[QAction]:
        """Return what the menu Session offers."""
        menu = self._menu.menuAction()
        menu.setObjectName("new_worksheet_menu")
        return self._tasks, menu, self._check

    def show_tasks(self) -> None:
        """Go to the between-session tasks of the course."""
        if (phases := self._phases()) is not None:
            phases.show_tasks()

    def show_self_check(self) -> None:
        """Go to the self-check of the session shown; it is for the therapist alone, so not while a session runs."""
        session = self._page.session
        if session is not None and not self._page.frame.is_in_room and (phases := self._phases()) is not None:
            phases.open_chapter("selfcheck", session.id)

    def open_worksheet(self, key: str) -> None:
        """Go to the worksheet of this form of the session shown; where it has none yet, to a fresh one."""
        document = self._page.note.writer.document
        session_id = document.session_id or "" if document is not None else ""
        person_id = named_alone(self._page.note.form, self._page.note.writer.answers())
        if (phases := self._phases()) is not None:
            phases.worksheet_of_session(key, session_id, person_id)

    def _on_begun(self) -> None:
        key = key_of(self.sender())
        document = self._page.note.writer.document
        if (phases := self._phases()) is not None:
            phases.new_worksheet(key, document.session_id or "" if document is not None else "")

    def _phases(self) -> Page | None:
        """Go to the Phases tab; None where that was not to be."""
        return self._page.frame.page("phases") if self._page.frame.show_tab("phases") else None


def named_alone(form: Form | None, answers: Mapping[str, Any]) -> str:
    """Return the id of the one person a note names, "" where it names nobody or several."""
    named = form.answer(answers, Means.WITH_WHOM) if form is not None else None
    return str(named[0]) if isinstance(named, list) and len(named) == 1 else ""
