"""A chapter that is one document of the course, kept as it is written: the formulation, the agreement, the ending."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.event_words import dated_event
from ipt_desktop.domain.form import Purpose, is_blank
from ipt_desktop.domain.text import _
from ipt_desktop.services.prefills import prefills
from ui import theme
from ui.forms.document_writer import DocumentWriter
from ui.forms.form_view import LABEL_COLUMN, FormView
from ui.forms.way_back import WayBack
from ui.forms.writing.pen import Pen
from ui.phases.chapter_head import ChapterHead
from ui.phases.chapters import Chapter
from ui.phases.reading import long_day_words
from ui.phases.text_growth import TextGrowth
from ui.widgets.buttons import link
from ui.widgets.labels import ElidedLabel, HintLabel, label

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Document
    from ipt_desktop.services.changes import Changed
    from ipt_desktop.services.desk import Desk
    from ui.page import Frame
    from ui.phases.reading import CourseReading

SIDE = 24


class DocumentChapter(Chapter):
    """The document of one purpose. `report` is the kind of report that prints it, "" where none does.

    Whoever builds on it puts what stands above the form into `above`, beside the links of the head into `verbs`, and beside all
    of it into `beside`; and says in `filling` what else the form is filled with. `label_column` is the width of the labels, 0
    for labels above their fields.
    """

    label_column = LABEL_COLUMN

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget, *, purpose: Purpose, title: str, report: str = "") -> None:
        super().__init__(parent)
        key = str(purpose)
        self.setObjectName(f"{key}_chapter")
        self.setAccessibleName(title)
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.purpose, self._report, self._title_words = purpose, report, title
        self.desk, self.frame = desk, frame
        self.reading: CourseReading | None = None
        self._filled: dict[str, Any] = {}
        self.beside = QHBoxLayout(self)
        self.beside.setContentsMargins(0, 0, 0, 0)
        self.beside.setSpacing(0)
        column = QVBoxLayout()
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        self.beside.addLayout(column, 1)
        self.scroller = QScrollArea(self)
        self.scroller.setObjectName(f"{key}_scroll")
        self.scroller.setProperty("role", "paper")
        self.scroller.setWidgetResizable(True)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view = FormView(theme.current(), self.scroller, Pen(desk, frame, self))
        self.writer = DocumentWriter(desk, frame, self.view, self)
        self._head = self._make_head(key, title)
        self._ground = self._centred(self._head)
        self.scroller.verticalScrollBar().rangeChanged.connect(self._stand_above)
        column.addWidget(self._ground)
        self._body = QWidget(self.scroller)
        self.above = QVBoxLayout(self._body)
        self.above.setContentsMargins(0, 0, 0, 0)
        self.above.addWidget(self.view)
        ground = self._centred(self._body)
        ground.setProperty("role", "paper")
        self.scroller.setWidget(ground)
        column.addWidget(self.scroller, 1)
        self.view.asked_for.connect(self._on_asked_for)
        self.writer.saved.connect(self._on_saved)
        self.way_back = WayBack(self.view, _("Back to the text that stood here"), self)
        self.way_back.taken.connect(self._on_way_back)
        frame.changes.changed.connect(self._on_changed)
        TextGrowth(self, self._on_text_grown)

    def _make_head(self, key: str, title: str) -> QWidget:
        head = ChapterHead(self, name=f"{key}_head")
        self._title = label(title, head, kind="title", name=f"{key}_title")
        head.title_row.addWidget(self._title)
        self._when = ElidedLabel("", head)
        self._when.setObjectName(f"{key}_when")
        self._when.setProperty("kind", "label")
        self._when.setProperty("tone", "text_soft")
        head.title_row.addWidget(self._when, 1)
        self.verbs = QHBoxLayout()
        self.verbs.setSpacing(12)
        head.link_row.addLayout(self.verbs)
        self._history = link(_("Earlier versions"), head, name=f"{key}_history", icon="history")
        self._history.clicked.connect(self._on_history)
        head.link_row.addWidget(self._history)
        printing = link(_("Print…"), head, name=f"{key}_print", icon="printer")
        printing.clicked.connect(self._on_print)
        printing.setVisible(bool(self._report))
        head.link_row.addWidget(printing)
        self._hint = HintLabel("", head, name=f"{key}_hint")
        head.column.addWidget(self._hint)
        return head

    def _stand_above(self, _lowest: int, highest: int) -> None:
        """Keep the head above the form, which leaves room for a scroll bar where there is one."""
        width = self.scroller.verticalScrollBar().sizeHint().width() if highest else 0
        self._ground.setContentsMargins(0, 0, width, 0)

    def _centred(self, inner: QWidget) -> QWidget:
        ground = QWidget(self)
        row = QHBoxLayout(ground)
        row.setContentsMargins(SIDE, 0, SIDE, 0)
        row.addStretch(1)
        row.addWidget(inner, 1000)
        row.addStretch(1)
        return ground

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_course(self, reading: CourseReading) -> None:
        """Show the document of a course; one that is shown already stays as it is, with the people and areas there are now."""
        before, self.reading = self.reading, reading
        document = self.writer.document
        if document is None:
            return
        is_same = before is not None and before.course.id == reading.course.id
        if not is_same:
            self._open()
        elif self.filling() != self._filled:
            self._open_again()

    def open(self) -> bool:
        """Show the document and go to its first field."""
        if self.writer.document is None and not self._open():
            return False
        self.scroller.verticalScrollBar().setValue(0)  # not as far down as another client's was left
        self.view.focus_first()
        return True

    def found(self) -> Document:
        """Return the document of the course; nothing of a fresh one is stored before its first save."""
        assert self.reading is not None  # noqa: S101 - shown before it is opened
        course = self.reading.course
        document = self.desk.documents.open_document(self.purpose, course.client_id, course_id=course.id)
        begun = self._begun_with(document)
        # An emptied text is again the one the form begins with, so it must not hide that.
        kept = {key: each for key, each in document.answers.items() if key not in begun or not is_blank(each)}
        return replace(document, answers=kept)

    def _begun_with(self, document: Document) -> list[str]:
        """Return the keys of the fields that say something before anything is written."""
        return [each.key for each in self.desk.documents.form_of(document).fields if each.prefill]

    def filling(self) -> dict[str, Any]:
        """Return what the form is filled with beside its answers (`FormView.fill`): the people, areas and events there are."""
        assert self.reading is not None  # noqa: S101 - as above
        events = self.desk.events.of_client(self.reading.course.client_id)
        return {
            "people": self.reading.people,
            "areas": self.reading.areas_to_choose(),
            "life_events": [(each.id, dated_event(each)) for each in events],
            "defaults": prefills(self.desk, self.reading.course, self.desk.documents.form_for(self.purpose)),
        }

    def record_to_print(self) -> str:
        """Return the record that the report is to show, where it shows one of several."""
        return ""

    def say_title(self, words: str) -> None:
        """Go under another title."""
        self._title_words = words
        self._title.setText(words)

    def _open(self) -> bool:
        if self.reading is None or not self.writer.flush():  # first of all: the document found must be as it stands now
            return False
        try:
            return self._show(self.found())
        except PracticeError as error:
            self.frame.say(_("Not opened"), str(error), tone="caution")
            return False

    def _open_again(self) -> bool:
        """Offer other people, areas and events, where nothing typed here waits to be kept; the keyboard stays where it is."""
        document, focused = self.writer.document, QApplication.focusWidget()
        name = focused.objectName() if focused is not None and self.view.isAncestorOf(focused) else ""
        if document is None or not self.flush() or not self._show(self.writer.document or document):
            return False
        if name and (again := self.view.findChild(QWidget, name)) is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _show(self, document: Document) -> bool:
        self.view.use_theme(theme.current())
        filling = self.filling()
        if not self.writer.open(document, **filling, label_column=self.label_column):
            return False
        self._filled = filling
        form = self.desk.documents.form_of(document)
        self.way_back.add(each for each in form.fields if each.prefill)
        self._hint.setText(_(form.hint) if form.hint else "")
        self._hint.setVisible(bool(form.hint))
        self._head.setMaximumWidth(self.view.maximumWidth())
        self._body.setMaximumWidth(self.view.maximumWidth())
        self._show_when(document)
        return True

    def _show_when(self, document: Document) -> None:
        day = long_day_words(document.saved_at.astimezone().date())
        self._when.setText(_("written {day}").format(day=day) if document.revision else _("nothing written yet"))
        self._history.setVisible(bool(document.revision))

    def _on_saved(self, document: Document) -> None:
        self._show_when(document)
        self.told.emit()

    def _on_changed(self, changed: Changed) -> None:
        """Show a version brought back elsewhere, where nothing typed here waits to be kept."""
        document = self.writer.document
        if document is None or self.writer.is_unsaved or changed.origin == self.writer.origin:
            return
        if changed.touches("document") and self.reading is not None and self.found().revision != document.revision:
            self._open()

    def _on_text_grown(self) -> None:
        """Set the fields anew for another text size, and go on where the cursor was."""
        focused = cast("QWidget | None", self.view.focusWidget())
        name, scrolled = focused.objectName() if focused is not None else "", self.scroller.verticalScrollBar().value()
        if not self._open_again():
            return
        self.scroller.verticalScrollBar().setValue(scrolled)
        if name and (again := self.view.findChild(QWidget, name)) is not None:
            again.setFocus()

    def _on_way_back(self, key: str) -> None:
        if self._open():
            self.way_back.focus(key)

    def _on_history(self) -> None:
        if self.writer.flush() and self.writer.document is not None:
            self.history_asked.emit(self.writer.document.id, self._title_words)

    def _on_print(self) -> None:
        if self.writer.flush():
            self.print_asked.emit(self._report, self.record_to_print())

    def _on_asked_for(self, what: str, record_id: str) -> None:
        """Go to someone named in it on the circle, where that tab can show them."""
        is_of_person = what == "person" and self.flush() and self.frame.show_tab("circle")
        if is_of_person and (page := self.frame.page("circle")) is not None:
            page.show_about(record_id, "")

    # -- Chapter ---------------------------------------------------------------------------------------------------

    def flush(self) -> bool:
        """Keep what is typed and wait for it, also an event that was not added yet."""
        self.view.keep_parts()
        return self.writer.flush()

    def leave(self) -> bool:
        """Keep what is typed and end the stay."""
        return self.flush() and self.writer.close()

    def forget(self) -> None:
        """Let go of every word."""
        self.way_back.forget()
        self.writer.forget()
        self.reading, self._filled = None, {}
        self._when.clear()
        self._hint.clear()
