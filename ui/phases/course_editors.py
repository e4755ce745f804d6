"""What can be changed about a course on its own page: its phase, its sessions, its protocol, and that it has ended."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMenu, QScrollArea, QWidget

from ipt_desktop.domain.text import _
from ui.phases.ending_editor import EndingEditor
from ui.phases.phase_editor import InlineEditor, PhaseEditor
from ui.phases.protocol_editor import ProtocolEditor
from ui.phases.reading import CourseReading
from ui.phases.terms_editor import TermsEditor
from ui.widgets.buttons import Button
from ui.widgets.naming import named

BELOW = 16  # pixels of the page that stay in sight under an editor


class CourseEditors(QObject):
    """The editors, of which one is open at a time. Phase and sessions have a button of their own, the others are in a menu."""

    def __init__(self, card: QWidget, *, phase: QWidget, terms: QWidget, more: Button) -> None:
        super().__init__(card)
        self.phase = PhaseEditor(card, phase)
        self.terms = TermsEditor(card, terms)
        self.protocol = ProtocolEditor(card, more)
        self.ending = EndingEditor(card, more)
        self._menu = named(QMenu(more), "course_menu", _("More for this course"))
        self._more = more
        more.clicked.connect(self._on_more)

    @property
    def all(self) -> tuple[InlineEditor, ...]:
        """Every editor, in the order they stand."""
        return (self.phase, self.terms, self.protocol, self.ending)

    def make_way(self, wanted: InlineEditor) -> None:
        """Close what else is open."""
        for editor in self.all:
            if editor is not wanted:
                editor.hide()
        QTimer.singleShot(0, wanted, lambda: self._bring_into_sight(wanted))  # once it has its place in the page

    def _bring_into_sight(self, editor: InlineEditor) -> None:
        around: QObject | None = editor.parent()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parent()
        if isinstance(around, QScrollArea) and editor.isVisible():
            around.ensureWidgetVisible(editor, 0, BELOW)

    def offer(self, name: str, words: str, verb: Callable[[], None]) -> None:
        """Put a verb into the menu."""
        action = self._menu.addAction(words, verb)
        action.setObjectName(name)

    def show_course(self, reading: CourseReading | None, *, is_same: bool) -> None:
        """Follow the course shown: of another one, nothing stays open."""
        if not is_same:
            for editor in self.all:
                editor.forget()
        is_running = reading is not None and reading.course.ended_on is None
        for action in self._menu.actions():
            action.setEnabled(is_running)

    def _on_more(self) -> None:
        self._menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))
