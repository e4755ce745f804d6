"""What next: today's session, tasks to ask about, what the protocol suggests, what is coming, and the worksheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipt_desktop.domain.coming import ComingKind
from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.protocol import When
from ipt_desktop.domain.suggestions import Suggested
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import SuggestionAnswer, SuggestionReply
from ui.page import Frame
from ui.phases.between import BetweenPart
from ui.phases.fold import Fold
from ui.phases.next_line import NextLine, SuggestionLine
from ui.phases.next_reading import NextReading, read_next
from ui.phases.parting import let_go
from ui.phases.reading import CourseReading
from ui.phases.scrolling_card import ScrollingCard
from ui.phases.suggestion_commands import PutAside, SuggestAgain
from ui.verb import Verb
from ui.widgets.buttons import link
from ui.widgets.card import hairline
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.services.changes import Changed
    from ipt_desktop.services.desk import Desk

KINDS = ("suggestion_answer", "risk_entry", "event", "strategy_work", "goal_rating", "document", "sitting", "placement")
COMING = {
    ComingKind.HALF: ("flag", "caution"),
    ComingKind.ENDING: ("signpost", "text_soft"),
    ComingKind.CIRCLE: ("circle-dot", "text_soft"),
    ComingKind.REVIEW: ("calendar-clock", "text_soft"),
    ComingKind.ANNIVERSARY: ("calendar-heart", "text_soft"),
    ComingKind.LAST_SESSION: ("door-closed", "text_soft"),
}


class NextCard(ScrollingCard):
    """Reminders, tasks, suggestions, worksheets. Nothing here is ticked; what is put aside can be brought back.

    Of tasks and worksheets (`between`) it changes nothing itself. `tasks_asked` and `areas_asked` ask for the between-session
    tasks and for a new problem area, `place_asked` carries a `TaskPlace`.
    """

    tasks_asked = Signal()
    areas_asked = Signal()
    place_asked = Signal(str)

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent, name="next_card", title=_("What next"))
        self._desk, self._frame = desk, frame
        self._reading: CourseReading | None = None
        self._shown: NextReading | None = None
        self._parting: list[list[QWidget]] = []
        self._is_behind = False
        self.between = BetweenPart(self.paper)
        self._session, self._below = (QVBoxLayout() for _each in range(2))
        for part in (self._session, self._below):
            part.setSpacing(self.inner.spacing())
        self.inner.addLayout(self._session)
        self.inner.addWidget(self.between)
        self.inner.addLayout(self._below)
        self.inner.addWidget(self.between.sheets)
        self.inner.addStretch(1)
        frame.changes.changed.connect(self._on_changed)

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_course(self, reading: CourseReading) -> None:
        """Show what is next in a course. In the room no suggestion shows: the client may read along."""
        self._reading = reading
        self._is_behind = False
        shown = read_next(self._desk, reading)
        if self._frame.is_in_room:
            shown = shown.in_room()
        if shown != self._shown:
            self._shown = shown
            self._draw(shown)

    def forget(self) -> None:
        """Let go of every word."""
        self._reading = self._shown = None
        self._clear()
        self.between.forget()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was stored while another tab was shown."""
        super().showEvent(event)
        if self._is_behind:
            self._read_again()

    def _on_changed(self, changed: Changed) -> None:
        if self._reading is None or not changed.touches(*KINDS):
            return
        if self.isVisible():
            self._read_again()
        else:
            self._is_behind = True

    def _read_again(self) -> None:
        try:
            if self._reading is not None:
                self.show_course(self._reading)
        except RecordGone:  # of the course; the tab says so
            self._clear()

    # -- drawing ---------------------------------------------------------------------------------------------------

    def _clear(self) -> None:
        self._parting = [let_go(self._session), let_go(self._below)]

    def _draw(self, shown: NextReading) -> None:
        """Draw the groups anew, and go on with the keyboard where it was, or at the next thing to be said to a suggestion."""
        focused = cast("QWidget | None", self.focusWidget())
        is_here = focused is not None and any(
            part.indexOf(each) >= 0 for part in (self._session, self._below) for each in _line_of(focused, self.paper)
        )
        name = focused.objectName() if focused is not None and is_here else ""
        self._clear()
        self._add_session(shown)
        self._add_suggestions(shown)
        self._add_coming(shown)
        self._add_put_aside(shown)
        if self._below.count():
            self._below.insertWidget(0, hairline(self.paper))
            self._below.addWidget(hairline(self.paper))
        if name:
            again = self.paper.findChild(QWidget, name) or self.paper.findChild(SuggestionLine)
            target = again.not_now if isinstance(again, SuggestionLine) else again or self.between.steps.more
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, part: QVBoxLayout, widget: QWidget) -> None:
        part.addWidget(widget)
        widget.show()  # now, and not when the layout comes to it: the keyboard goes on in it

    def _begin(self, part: QVBoxLayout, words: str, name: str) -> None:
        """Begin a group: its title, after a line where another stands before it."""
        if part.count():
            part.addWidget(hairline(self.paper))
        self._add(part, label(words, self.paper, kind="caption_strong", tone="text_soft", name=name, wraps=True))

    def _add_session(self, shown: NextReading) -> None:
        if not (shown.drawn or shown.reminders or shown.others):
            return
        self._begin(self._session, shown.session, "next_session")
        if shown.drawn:
            words = {"words": _("Circle placed"), "caption": shown.drawn}
            self._add(self._session, NextLine(self.paper, name="next_circle", icon="check", tone="text_soft", **words))
        for place, said in enumerate(shown.reminders):
            words = {"words": said.words, "caption": said.caption}
            self._add(self._session, NextLine(self.paper, name=f"next_reminder_{place}", icon="list-ordered", **words))
        if shown.others:
            title = _("In every session ({count})").format(count=len(shown.others))
            fold = Fold(title, self.paper, name="next_every_session")
            for reminder in shown.others:
                fold.add(label(f"· {reminder}", fold, kind="label", tone="text_soft", wraps=True))
            self._add(self._session, fold)
        self._session.addWidget(hairline(self.paper))

    def _add_suggestions(self, shown: NextReading) -> None:
        if not shown.suggested:
            return
        self._begin(self._below, _("Suggestions"), "next_suggestions")
        for suggested in shown.suggested:
            line = SuggestionLine(suggested, self.paper)
            line.way_asked.connect(self._on_way_asked)
            line.answered.connect(self._on_answered)
            self._add(self._below, line)

    def _add_coming(self, shown: NextReading) -> None:
        if not shown.coming:
            return
        self._begin(self._below, _("Coming"), "next_coming")
        for place, each in enumerate(shown.coming):
            icon, role = COMING[each.kind]
            words = {"words": each.words, "caption": each.when}
            self._add(self._below, NextLine(self.paper, name=f"next_coming_{place}", icon=icon, role=role, **words))

    def _add_put_aside(self, shown: NextReading) -> None:
        """Offer what was put aside for good, to have it suggested again."""
        if not shown.put_aside:
            return
        fold = Fold(_("Never suggested ({count})").format(count=len(shown.put_aside)), self.paper, name="next_put_aside")
        for answer, words in shown.put_aside:
            spoken = _("Suggest again: {words}").format(words=words)
            again = link(words, fold, name=f"again_{answer.id}", icon="rotate-ccw", spoken=spoken, is_flush=True)
            again.setToolTip(spoken)
            again.setProperty("answer", answer)
            again.clicked.connect(self._on_again)
            fold.add(again)
        self._add(self._below, fold)

    # -- what was asked --------------------------------------------------------------------------------------------

    def _on_answered(self, key: str, reply: SuggestionReply) -> None:
        reading = self._reading
        if reading is not None:
            course = reading.course
            answer = SuggestionAnswer(
                client_id=course.client_id, course_id=course.id, suggestion=key, reply=reply, on=reading.today
            )
            self._push(PutAside(self._desk.suggestions, answer, self._refused))

    def _on_again(self) -> None:
        self._push(SuggestAgain(self._desk.suggestions, self.sender().property("answer"), self._refused))

    def _push(self, verb: Verb) -> None:
        self._frame.undo_stack().push(verb)

    def _refused(self, reason: str) -> None:
        self._frame.say(_("Not done"), reason, tone="caution")

    def _on_way_asked(self, suggested: Suggested) -> None:
        if suggested.place:
            self.place_asked.emit(suggested.place)
        elif suggested.when is When.NO_FOCUS:
            self.areas_asked.emit()
        else:
            self.tasks_asked.emit()


def _line_of(widget: QWidget, paper: QWidget) -> list[QWidget]:
    """Return a widget and what it stands in, up to the paper."""
    found: list[QWidget] = []
    here: QWidget | None = widget
    while here is not None and here is not paper:
        found.append(here)
        here = here.parentWidget()
    return found
