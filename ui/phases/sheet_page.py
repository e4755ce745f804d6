"""A worksheet in place of the course: the page it is written on, kept as it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.form import FieldKind, Means
from ipt_desktop.domain.text import _
from ipt_desktop.domain.worksheet import about_person, about_tie
from ui import theme
from ui.forms.about import TieChoiceEditor
from ui.forms.document_writer import DocumentWriter
from ui.forms.form_view import LABEL_COLUMN, FormView
from ui.forms.writing.pen import Pen
from ui.page import Frame
from ui.phases.screening_line import ScreeningLine
from ui.phases.text_growth import TextGrowth
from ui.widgets.buttons import link
from ui.widgets.labels import HintLabel, label

if TYPE_CHECKING:
    from ipt_desktop.domain.form import Form
    from ipt_desktop.domain.records import Document, Tie
    from ipt_desktop.services.desk import Desk

SIDE = 24


class SheetPage(QWidget):
    """One worksheet. `left` says the therapist goes back to the course, `circle_asked` carries person and tie to show there.

    `print_asked` carries the kind of report and the worksheet, once what is typed is kept. What rehearses a confrontation says
    calmly what is to be asked or read before; `record_asked` carries the problem area whose record asks it.
    """

    left = Signal()
    removed = Signal(str)
    print_asked = Signal(str, str)
    circle_asked = Signal(str, str)
    record_asked = Signal(str)

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sheet_page")
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk, self._frame = desk, frame
        self._ties: dict[str, Tie] = {}
        self._people: Sequence[tuple[str, str]] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        self._scroller = QScrollArea(self)
        head = self._centred(self._make_head())
        head.setContentsMargins(0, 0, self._scroller.verticalScrollBar().sizeHint().width(), 0)  # above the form below it
        column.addWidget(head)
        self._scroller.setObjectName("sheet_scroll")
        self._scroller.setProperty("role", "paper")
        self._scroller.setWidgetResizable(True)
        self._scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view = FormView(theme.current(), self._scroller, Pen(desk, frame, self))
        ground = self._centred(self.view)
        ground.setProperty("role", "paper")
        self._scroller.setWidget(ground)
        column.addWidget(self._scroller, 1)
        self.writer = DocumentWriter(desk, frame, self.view, self)
        self.view.edited.connect(self._show_about)
        TextGrowth(self, self._on_text_grown)

    def _make_head(self) -> QWidget:
        head = QWidget(self)
        head.setObjectName("sheet_head")
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(16)
        self._back = link(_("Back to the course"), head, name="sheet_back", icon="arrow-left", is_flush=True)
        self._back.setToolTip(_("Esc"))
        self._back.clicked.connect(self.left)
        self._circle = link(_("Show on the circle"), head, name="sheet_circle", icon="circle-dot")
        self._circle.clicked.connect(self._on_circle)
        self._print = link(_("Print…"), head, name="sheet_print", icon="printer", spoken=_("Print this worksheet"))
        self._print.clicked.connect(self._on_print)
        self._remove = link(_("Remove"), head, name="sheet_remove", icon="trash-2", spoken=_("Remove this worksheet"))
        self._remove.clicked.connect(self._on_remove)
        row.addWidget(self._back)
        row.addStretch(1)
        row.addWidget(self._circle)
        row.addWidget(self._print)
        row.addWidget(self._remove)
        column.addLayout(row)
        titles = QHBoxLayout()
        titles.setSpacing(12)
        self._title = label("", head, kind="title", name="sheet_title")
        self._when = label("", head, kind="label", tone="text_soft", name="sheet_when", wraps=True)
        titles.addWidget(self._title)
        titles.addWidget(self._when, 1)
        column.addLayout(titles)
        self._hint = HintLabel("", head, name="sheet_hint")
        column.addWidget(self._hint)
        self._caution = ScreeningLine(self._desk.area_records, head)
        self._caution.record_asked.connect(self.record_asked)
        column.addWidget(self._caution)
        return head

    def _centred(self, inner: QWidget) -> QWidget:
        ground = QWidget(self)
        row = QHBoxLayout(ground)
        row.setContentsMargins(SIDE, 0, SIDE, 0)
        row.addStretch(1)
        row.addWidget(inner, 1000)
        row.addStretch(1)
        return ground

    @property
    def document_id(self) -> str:
        """The worksheet that is open, or ""."""
        return self.writer.document.id if self.writer.document is not None else ""

    def open(self, document: Document, when: str, people: Sequence[tuple[str, str]], ties: Sequence[Tie]) -> bool:
        """Show a worksheet; False where the one before could not be kept."""
        form = self._desk.documents.form_of(document)
        self._people, self._ties = people, {each.id: each for each in ties}
        self.view.use_theme(theme.current())
        if not self.writer.open(document, people=people, ties=ties, label_column=LABEL_COLUMN):
            return False
        self._title.setText(_(form.title))
        self._when.setText(when)
        self._hint.setText(_(form.hint) if form.hint else "")
        self._hint.setVisible(bool(form.hint))
        self.setAccessibleName(_(form.title))
        self._match_head()
        self._scroller.verticalScrollBar().setValue(0)
        self._show_about()
        self.view.focus_first()
        return True

    def _match_head(self) -> None:
        head = self.findChild(QWidget, "sheet_head")
        if isinstance(head, QWidget):
            head.setMaximumWidth(self.view.maximumWidth())

    def open_again(self, people: Sequence[tuple[str, str]], ties: Sequence[Tie]) -> bool:
        """Offer other people and ties, where nothing typed here waits to be kept and any came or went."""
        document = self.writer.document
        if document is None or not self.writer.flush():
            return False
        self._people, self._ties = people, {each.id: each for each in ties}
        self.view.use_theme(theme.current())
        return self.writer.open(self.writer.document or document, people=people, ties=ties, label_column=LABEL_COLUMN)

    def _on_text_grown(self) -> None:
        """Set the fields anew for another text size, and go on where the cursor was."""
        focused = cast("QWidget | None", self.view.focusWidget())
        name, scrolled = focused.objectName() if focused is not None else "", self._scroller.verticalScrollBar().value()
        if not self.open_again(self._people, list(self._ties.values())):
            return
        self._match_head()
        self._show_about()
        self._scroller.verticalScrollBar().setValue(scrolled)
        if name and (again := self.view.findChild(QWidget, name)) is not None:
            again.setFocus()

    def flush(self) -> bool:
        """Keep what is typed and wait for it."""
        return self.writer.flush()

    def close_sheet(self) -> bool:
        """Keep what is typed and end the stay; False where it could not be kept."""
        if not self.writer.close():
            return False
        self.forget()
        return True

    def forget(self) -> None:
        """Let go of every word."""
        self.writer.forget()
        self._people, self._ties = (), {}
        for words in (self._title, self._when, self._hint):
            words.clear()
        self._caution.show_person("", "")
        self.setAccessibleName("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # -- what it is about ------------------------------------------------------------------------------------------

    def _form(self) -> Form | None:
        document = self.writer.document
        try:
            return self._desk.documents.form_of(document) if document is not None else None
        except PracticeError:
            return None

    def _about(self) -> tuple[str, str]:
        """Return the person and the tie named, as far as they are on the circle."""
        form = self._form()
        if form is None:
            return "", ""
        answers = self.writer.answers()
        tie = self._ties.get(about_tie(form, answers) or "")
        person = about_person(form, answers) or (tie.from_person_id if tie is not None else "")
        return person, tie.id if tie is not None else ""

    def _show_about(self) -> None:
        """Offer the ties of the person named, and the way to them on the circle."""
        form = self._form()
        if form is None:
            return
        person, _tie = self._about()
        field = form.field_that_means(Means.ABOUT_TIE)
        if field is not None and field.kind == FieldKind.TIE:
            editor = self.view.editor(field.key)
            if isinstance(editor, TieChoiceEditor):
                editor.show_person(about_person(form, self.writer.answers()))
        self._circle.setVisible(bool(person))
        document = self.writer.document
        self._caution.show_person(document.course_id or "" if document and form.is_confronting else "", person)

    def _on_circle(self) -> None:
        self.circle_asked.emit(*self._about())

    def _on_remove(self) -> None:
        self.removed.emit(self.document_id)

    def _on_print(self) -> None:
        """Keep what is typed and go to its report; where nothing is written on it there is nothing to go to."""
        document = self.writer.document
        if document is None or not document.course_id or not self.flush():
            return
        if document.id not in {each.document.id for each in self._desk.worksheets.of_course(document.course_id)}:
            self._frame.say(_("Nothing to print"), _("Nothing is written on this worksheet yet."), tone="caution")
            return
        self.print_asked.emit("worksheet", document.id)
