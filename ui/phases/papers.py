"""The papers of a course in the course's place: a rail of chapters, and the chapter that is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.phases.chapters import CHAPTERS, Chapter, ChapterKind
from ui.widgets.buttons import Button, link
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ui.history.page import HistoryPage
    from ui.page import Frame
    from ui.phases.reading import CourseReading

RAIL, NARROW = 216, 1100


class CoursePapers(QWidget):
    """The chapters. `left` when the therapist goes back to the course.

    `print_asked` carries the kind of report and the record it shows ("" where it shows the course), `course_asked` what
    of the course itself is to be changed.
    """

    left = Signal()
    print_asked = Signal(str, str)
    course_asked = Signal(str)

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget, kinds: Sequence[ChapterKind] = CHAPTERS) -> None:
        super().__init__(parent)
        self.setObjectName("course_papers")
        self.setProperty("role", "desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk, self._frame, self._kinds = desk, frame, {each.key: each for each in kinds}
        self._chapters: dict[str, Chapter] = {}
        self._reading: CourseReading | None = None
        self._history: HistoryPage | None = None
        self.key = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._rail = self._make_rail()
        row.addWidget(self._rail)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        self._line = self._make_line()
        right.addWidget(self._line)
        self._stack = QStackedWidget(self)
        self._stack.setObjectName("chapters")
        self._stack.setProperty("role", "paper")
        right.addWidget(self._stack, 1)
        row.addLayout(right, 1)

    def _make_rail(self) -> QWidget:
        rail = QWidget(self)
        rail.setObjectName("papers_rail")
        column = QVBoxLayout(rail)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(2)
        back = link(_("Back to the course"), rail, name="papers_back", icon="arrow-left", is_flush=True)
        back.setToolTip(_("Esc"))
        back.clicked.connect(self.left)
        column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(8)
        column.addWidget(label(_("Papers of the course"), rail, kind="label_strong", tone="text_soft", name="papers_head"))
        column.addSpacing(2)
        self._entries: dict[str, Button] = {}
        for kind in self._kinds.values():
            entry = Button(_(kind.title), rail, kind="entry", name=f"paper_{kind.key}", icon=kind.icon, role="text_soft")
            entry.setCheckable(True)
            entry.setProperty("chapter", kind.key)
            entry.clicked.connect(self._on_entry)
            self._entries[kind.key] = entry
            column.addWidget(entry)
        column.addStretch(1)
        return rail

    def _make_line(self) -> QWidget:
        """Return what stands above the chapter in a narrow window, in the rail's place."""
        line = QWidget(self)
        line.setObjectName("papers_line")
        row = QHBoxLayout(line)
        row.setContentsMargins(16, 8, 16, 0)
        row.setSpacing(12)
        back = link(_("Back to the course"), line, name="papers_line_back", icon="arrow-left", is_flush=True)
        back.clicked.connect(self.left)
        row.addWidget(back)
        self._choice = ChoiceField(line, name="papers_choice", spoken=_("Papers of the course"))
        for kind in self._kinds.values():
            self._choice.addItem(_(kind.title), kind.key)
        self._choice.activated.connect(self._on_chosen)
        row.addWidget(self._choice)
        row.addStretch(1)
        return line

    # -- what it shows ---------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether a chapter is open."""
        return bool(self.key)

    @property
    def chapter(self) -> Chapter | None:
        """The chapter that is open, or None."""
        return self._chapters.get(self.key)

    def show_course(self, reading: CourseReading) -> None:
        """Show the course as it stands now. Of another course no chapter stays open."""
        is_same = self._reading is not None and self._reading.course.id == reading.course.id
        self._reading = reading
        if not is_same:
            self._close()
        for chapter in self._chapters.values():
            chapter.show_course(reading)

    def open(self, key: str, place: object = None) -> bool:
        """Show a chapter, at a `place` in it; False where there is none such, or the one before could not be kept."""
        kind, reading = self._kinds.get(key), self._reading
        if kind is None or reading is None or (key != self.key and not self._leave()):
            return False
        chapter = self._chapters.get(key)
        if chapter is None:
            chapter = self._chapters[key] = kind.make(self._desk, self._frame, self._stack)
            chapter.print_asked.connect(self.print_asked)
            chapter.course_asked.connect(self.course_asked)
            chapter.history_asked.connect(self._on_history_asked)
            self._stack.addWidget(chapter)
            chapter.show_course(reading)
        self._leave_history()
        if not chapter.open():  # before it is seen: Qt then gives the keyboard to what asked for it in there
            self._close()
            return False
        self._stack.setCurrentWidget(chapter)
        self.key = key
        self._show_chosen()
        if place is not None:
            chapter.return_to(place)
        return True

    def _show_chosen(self) -> None:
        for key, entry in self._entries.items():
            entry.setChecked(key == self.key)
        self._choice.setCurrentIndex(self._choice.findData(self.key))

    def close(self) -> bool:
        """Go back to the course; False where what is typed could not be kept."""
        if not self._leave():
            return False
        self._close()
        return True

    def _leave(self) -> bool:
        chapter = self.chapter
        return chapter is None or chapter.leave()

    def _close(self) -> None:
        self._leave_history()
        self.key = ""
        self._show_chosen()

    def flush(self) -> bool:
        """Keep what is typed in the chapter that is open."""
        chapter = self.chapter
        return chapter is None or chapter.flush()

    def forget(self) -> None:
        """Let go of every word."""
        self._reading = None
        self._close()
        for chapter in self._chapters.values():
            chapter.forget()

    def place(self) -> object:
        """Return which chapter is open and where in it one is, or None."""
        chapter = self.chapter
        return ("chapter", self.key, chapter.place()) if chapter is not None else None

    def return_to(self, place: object) -> bool:
        """Open that chapter again; False where the place is none of these."""
        match place:
            case ("chapter", str(key), inner):
                return self.open(key, inner)
        return False

    # -- earlier versions ------------------------------------------------------------------------------------------

    def _on_history_asked(self, document_id: str, title: str) -> None:
        if self._history is None:
            from ui.history.page import HistoryPage

            self._history = HistoryPage(self._desk, self._frame, self._stack)
            self._history.left.connect(self._on_history_left)
            self._stack.addWidget(self._history)
        self._history.show_document(document_id, title, _("Back"))
        self._stack.setCurrentWidget(self._history)
        self._history.timeline.setFocus()

    def _on_history_left(self) -> None:
        self._leave_history()
        if (chapter := self.chapter) is not None:
            self._stack.setCurrentWidget(chapter)
            chapter.open()

    def _leave_history(self) -> None:
        if self._history is not None and self._history.document_id:
            self._history.forget()

    # -- how it stands ---------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the rail where there is room for it."""
        super().resizeEvent(event)
        is_narrow = self.width() < NARROW or theme.current().is_large
        self._rail.setVisible(not is_narrow)
        self._line.setVisible(is_narrow)
        self._rail.setFixedWidth(theme.current().px(RAIL))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _on_entry(self) -> None:
        entry = self.sender()
        if isinstance(entry, Button):
            self._go(str(entry.property("chapter")))

    def _on_chosen(self, place: int) -> None:
        self._go(str(self._choice.itemData(place)))

    def _go(self, key: str) -> None:
        if not self.open(key):
            self._show_chosen()
