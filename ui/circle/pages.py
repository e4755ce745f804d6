"""The Circle tab's columns, or, without a client or a course, how to come to one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ipt_desktop.domain.text import _
from ui.circle.columns import CircleColumns
from ui.widgets.empty_state import EmptyPage


class CirclePages(QStackedWidget):
    """Shows the circle's columns, or one of two pages that lead to the Clients tab (`clients_asked`)."""

    clients_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("circle_pages")
        self.setProperty("role", "desk")
        self.columns = CircleColumns(self)
        self.aside: QWidget | None = None
        words = _("Choose a client in the Clients tab, or add one. The people in their life are drawn here.")
        self._no_client = EmptyPage(self, words, name="circle_no_client", icon="circle-dot", has_client=False)
        words = _("A circle belongs to a course of treatment. Begin one in the client’s file, then draw it together.")
        self._no_course = EmptyPage(self, words, name="circle_no_course", icon="circle-dot", has_client=True)
        for page in (self._no_client, self._no_course):
            page.clients_asked.connect(self.clients_asked)
            self.addWidget(page)
        self.addWidget(self.columns)

    def show_for(self, client_id: str | None, course_id: str | None) -> None:
        """Show the circle, or what is missing for one."""
        without_course = self._no_client if client_id is None else self._no_course
        self.setCurrentWidget((self.aside or self.columns) if course_id is not None else without_course)

    def show_aside(self, page: QWidget | None) -> None:
        """Show another page in the circle's place from now on, or, with None, the circle again."""
        self.aside = page
        self.setCurrentWidget(page or self.columns)
