"""What the menu *Client* offers, and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.records import Client, Course
from ipt_desktop.domain.text import _

KEYS = {"new_client": "Ctrl+N", "filter_clients": "Ctrl+F", "edit_client": "F2", "fold_file": "F6"}
TAB_KEYS = ("edit_client", "fold_file")
"""These keys are this tab's alone, for other tabs have their own; the others come here from anywhere."""


class ClientMenu:
    """The actions, made for a page; `verbs` are what they do, by objectName."""

    def __init__(self, page: QWidget, verbs: Mapping[str, Callable[[], object]]) -> None:
        words = {
            "new_client": _("Add client…"),
            "filter_clients": _("Filter clients"),
            "edit_client": _("Edit client file"),
            "open_risk": _("Risk…"),
            "open_plan": _("Safety plan…"),
            "fold_file": _("Fold or unfold the client file"),
            "archive": _("Archive client"),
            "bring_back": _("Bring client back"),
            "": "",
            "begin_course_action": _("Begin a course…"),
            "change_course_action": _("Change the course…"),
            "end_course_action": _("End the course…"),
            "reopen_course_action": _("Reopen the course"),
        }
        self._actions: dict[str, QAction] = {}
        for name, text in words.items():
            self._actions[name] = action = QAction(text, page)
            action.setObjectName(name)
            action.setSeparator(not name)
            if name:
                action.triggered.connect(verbs[name])
            if name in KEYS:
                action.setShortcut(QKeySequence(KEYS[name]))
                page.addAction(action)
            if name in TAB_KEYS:
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def actions(self) -> Sequence[QAction]:
        """Return the actions in the order of the menu."""
        return list(self._actions.values())

    def allow(self, client: Client | None, course: Course | None) -> None:
        """Enable what can be done with this client and course."""
        is_running = course is not None and course.ended_on is None
        can = {
            "archive": client is not None and not client.is_archived,
            "bring_back": client is not None and client.is_archived,
            "begin_course_action": client is not None,
            "open_risk": client is not None,
            "open_plan": client is not None,
            "change_course_action": is_running,
            "end_course_action": is_running,
            "reopen_course_action": course is not None and not is_running,
        }
        for name, is_possible in can.items():
            self._actions[name].setEnabled(is_possible)
