"""What the menu *Client* offers of the course on its own page, and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.records import Course
from ipt_desktop.domain.text import _

WHILE_IT_RUNS = ("menu_terms", "menu_protocol", "menu_task")


class CourseMenu:
    """The actions, made for a page; `verbs` are what they do, by objectName. That a course ends is in the menu already."""

    def __init__(self, page: QWidget, verbs: Mapping[str, Callable[[], object]]) -> None:
        words = {
            "menu_set_phase": _("Move to another phase…"),
            "menu_terms": _("Change sessions agreed…"),
            "menu_protocol": _("Change the protocol…"),
            "menu_area": _("Add a problem area…"),
            "menu_task": _("Agree on a between-session task…"),
        }
        self._actions: dict[str, QAction] = {}
        for name, text in words.items():
            self._actions[name] = action = QAction(text, page)
            action.setObjectName(name)
            action.triggered.connect(verbs[name])

    def actions(self) -> Sequence[QAction]:
        """Return the actions in the order of the menu."""
        return list(self._actions.values())

    def allow(self, course: Course | None) -> None:
        """Enable what can be done with this course."""
        is_running = course is not None and course.ended_on is None
        for name, action in self._actions.items():
            action.setEnabled(is_running if name in WHILE_IT_RUNS else course is not None)
