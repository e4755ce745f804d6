"""What the client holds while they answer a measure: its questions, one by one or on one page, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _, ngettext
from ui import theme
from ui.phases.parting import let_go, part_with
from ui.preferences import save_preferences
from ui.turn.question import PAGE_WIDTH, READING_WIDTH, QuestionView
from ui.turn.thanks import ThanksPage
from ui.widgets.buttons import Button, outlined, primary
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ui.page import Frame
    from ui.turn.answering import Answering


ABOVE = 48  # pixels above a question that stands alone, where there is room
LONG = 160  # letters: instructions that would take the room of the question stand smaller
MARGINS, NARROW_MARGINS = (32, 18, 32, 22), (18, 10, 18, 12)


class MeasurePage(QStackedWidget):
    """`finished` when all is answered and the thanks are shown; `screen_asked` to stand on the other screen."""

    finished = Signal()
    screen_asked = Signal()

    def __init__(self, answering: Answering, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("measure_page")
        self.setProperty("role", "paper")
        self.setAccessibleName(_("Questions"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._answering, self._frame = answering, frame
        self._at = 0
        self._was_told, self._is_kept = False, True
        self._views: list[QuestionView] = []
        self._parting: list[QWidget] = []
        self._build()
        self.thanks = ThanksPage(self)
        self.addWidget(self.thanks)
        self._begin()

    def _build(self) -> None:
        self._side = QWidget(self)
        self._side.setObjectName("measure_side")
        self._side.setProperty("role", "paper")
        self._side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = column = QVBoxLayout(self._side)
        column.addLayout(self._head())
        self._scroll = QScrollArea(self._side)
        self._scroll.setObjectName("measure_scroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ground = QWidget(self._scroll)
        ground.setProperty("role", "paper")
        around = QHBoxLayout(ground)
        around.setContentsMargins(0, 0, 0, 0)
        around.addStretch(1)
        self._paper = QWidget(ground)
        self._paper.setObjectName("measure_paper")
        self._list = QVBoxLayout(self._paper)
        self._list.setContentsMargins(0, 2, 0, 2)
        self._list.setSpacing(26)
        around.addWidget(self._paper, 100)
        around.addStretch(1)
        self._scroll.setWidget(ground)
        column.addWidget(self._scroll, 1)
        column.addLayout(self._foot())
        self._licence = label("", self._side, kind="caption", tone="text_soft", name="measure_licence", wraps=True)
        column.addWidget(self._licence)
        self.addWidget(self._side)
        self._grow()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        self._asked = label("", self._side, kind="heading", name="measure_instructions", wraps=True)
        row.addWidget(self._asked, 1)
        self._way = Button("", self._side, kind="quiet", name="measure_way", role="text_soft", is_big=True)
        self._way.clicked.connect(self._on_way_changed)
        row.addWidget(self._way)
        self.to_screen = Button(_("Other screen"), self._side, kind="quiet", name="turn_screen", role="text_soft", is_big=True)
        self.to_screen.clicked.connect(self.screen_asked)
        row.addWidget(self.to_screen)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        self._back = outlined(_("Back"), self._side, name="measure_back", icon="arrow-left", is_big=True)
        self._back.clicked.connect(self.go_back)
        self._place = label("", self._side, kind="reading", tone="text_soft", name="measure_place", wraps=True)
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._next = outlined("", self._side, name="measure_next", is_big=True)
        self._next.clicked.connect(self.go_on)
        self._done = primary(_("Done"), self._side, name="measure_done", icon="check", is_big=True)
        self._done.clicked.connect(self.done)
        row.addWidget(self._back)
        row.addWidget(self._place, 1)
        row.addWidget(self._next)
        row.addWidget(self._done)
        return row

    # -- what it shows ---------------------------------------------------------------------------------------------

    @property
    def _is_one_by_one(self) -> bool:
        return not self._frame.preferences.has_whole_measure

    def _begin(self) -> None:
        """Show a measure from its first open question on."""
        measure = self._answering.measure
        if measure is None:
            return
        self._was_told = False
        about = _("About {person}.").format(person=self._answering.about) if self._answering.about else ""
        self._asked.setText(" ".join(f"{about} {measure.instructions} {measure.stem}".split()))
        self._licence.setText(measure.licence.attribution)
        keys = [each.key for each in self._answering.questions]
        still_open = [keys.index(each.key) for each in self._answering.open_questions]
        self._at = still_open[0] if still_open else len(keys) - 1
        self._show()

    def _show(self) -> None:
        self._parting = let_go(self._list)
        questions = self._answering.questions
        self._at = max(0, min(self._at, len(questions) - 1))
        shown = [questions[self._at]] if self._is_one_by_one else questions
        self._views = []
        self._grow()
        for question in shown:
            value = self._answering.answers.get(question.key)
            view = QuestionView(question, value, self._paper, is_row=not self._is_one_by_one)
            view.answered.connect(self._on_answered)
            self._views.append(view)
            self._list.addWidget(view)
            view.show()
        self._list.addStretch(1)
        self._show_foot()
        self._fit()
        self._go_to(0 if self._is_one_by_one else self._at)

    # -- how it stands ---------------------------------------------------------------------------------------------

    def _grow(self) -> None:
        """Leave the room to the question where the text is large."""
        look = theme.current()
        self._column.setContentsMargins(*(NARROW_MARGINS if look.is_large else MARGINS))
        self._column.setSpacing(6 if look.is_large else 14)
        steps = look.is_large + (len(self._asked.text()) > LONG)
        theme.restyle(self._asked, kind=("heading", "strong", "label")[steps])
        self._paper.setMaximumWidth(look.px(READING_WIDTH if self._is_one_by_one else PAGE_WIDTH))

    def _fit(self) -> None:
        """Let each question stand in the room there is, without anything of it out of sight."""
        self._column.activate()
        room = self._scroll.viewport().size()
        margins = self._list.contentsMargins()
        inner = QSize(min(room.width(), self._paper.maximumWidth()), room.height() - margins.top() - margins.bottom())
        left = [view.fit(inner) for view in self._views]
        above = min(ABOVE, left[0] // 2) if left and self._is_one_by_one else 0
        self._list.setContentsMargins(0, max(above, 2), 0, 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand as the room asks for."""
        super().resizeEvent(event)
        self._fit()
        if not self.is_finished:
            self._bring_into_sight(0 if self._is_one_by_one else self._at)

    def _show_foot(self) -> None:
        questions, is_one = self._answering.questions, self._is_one_by_one
        is_last = self._at >= len(questions) - 1
        _say(self._way, _("All on one page") if is_one else _("One at a time"))
        self._back.setVisible(is_one)
        self._back.setEnabled(self._at > 0)
        self._next.setVisible(is_one and not is_last)
        is_answered = bool(questions) and questions[self._at].key in self._answering.answers
        _say(self._next, _("Next") if is_answered else _("Leave it open"))
        self._done.setVisible(not is_one or is_last)
        if not self._is_kept:
            self._place.setText(_("That could not be kept. Please tell your therapist."))
        elif not self._was_told:
            words = _("{number} of {count}").format(number=self._at + 1, count=len(questions))
            self._place.setText(words if is_one else "")

    def _go_to(self, place: int) -> None:
        if place < len(self._views):
            self._views[place].go()
            self._bring_into_sight(place)

    def _bring_into_sight(self, place: int) -> None:
        """Scroll so far that a question is seen from its words on."""
        if place >= len(self._views):
            return
        view, bar = self._views[place], self._scroll.verticalScrollBar()
        self._list.activate()
        if self._is_one_by_one:
            bar.setValue(0)
        elif view.height() > self._scroll.viewport().height():
            bar.setValue(view.y())
        else:
            self._scroll.ensureWidgetVisible(view, 0, 30)

    def show_screens(self, count: int) -> None:
        """Offer the other screen where there is one."""
        self.to_screen.setVisible(count > 1)

    # -- what is done in it ----------------------------------------------------------------------------------------

    def _on_answered(self, key: str, value: int) -> None:
        """Keep it and go on; the last answer leads to *Done*."""
        self._is_kept, self._was_told = self._answering.answer(key, value), False
        keys = [each.key for each in self._answering.questions]
        at = keys.index(key)
        if not self._is_one_by_one and keys != [each.question.key for each in self._views]:
            self._at = at
            self._show()  # another question is asked now, or one is no more
        if at + 1 >= len(keys):
            self._show_foot()
            self._done.setFocus(Qt.FocusReason.TabFocusReason)
            return
        self._at = at + 1
        if self._is_one_by_one:
            self._show()
        else:
            self._show_foot()
            self._go_to(self._at)

    def go_back(self) -> None:
        """Show the question before."""
        self._at -= 1
        self._show()

    def go_on(self) -> None:
        """Show the next question, whether this one is answered or not."""
        self._at += 1
        self._show()

    def done(self) -> None:
        """End; where something is still open, say so once: it may be left."""
        still_open = self._answering.open_questions
        if still_open and self._answering.answers and not self._was_told:
            self._was_told = True
            keys = [each.key for each in self._answering.questions]
            self._at = keys.index(still_open[0].key)
            count = len(still_open)
            words = ngettext(
                "One question is still open. You can answer it, or leave it: press Done once more.",
                "{count} questions are still open. You can answer them, or leave them: press Done once more.",
                count,
            )
            self._place.setText(words.format(count=count))
            self._show()
            self._done.show()
            return
        self._answering.finish()
        if self._answering.begin_next():
            self._begin()
            return
        self.setFocusProxy(self.thanks)
        self.setCurrentWidget(self.thanks)
        self.finished.emit()

    @property
    def is_finished(self) -> bool:
        """Whether the thanks are shown."""
        return self.currentWidget() is self.thanks

    def _on_way_changed(self) -> None:
        self._frame.preferences.has_whole_measure = self._is_one_by_one
        save_preferences(self._frame.preferences)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Backspace; no other key does anything here."""
        if event.key() == Qt.Key.Key_Backspace and not self.is_finished and self._back.isEnabled() and self._is_one_by_one:
            self.go_back()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Give the keyboard to the question that is shown."""
        super().focusInEvent(event)
        if not self.is_finished:
            self._go_to(0 if self._is_one_by_one else self._at)

    def forget(self) -> None:
        """Let go of every word: the practice is being locked, or the therapist is back."""
        for view in self._views:
            part_with(view)
        self._parting = list(self._views)
        self._views = []
        for line in (self._asked, self._place, self._licence):
            line.setText("")
        self.thanks.forget()


def _say(button: Button, words: str) -> None:
    button.setText(words)
    button.setAccessibleName(words)
