"""What was agreed: the phase set, the sessions, the protocol, the review and the end of the course; each can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.records import Course, EndingKind, PhaseChange, Session
from ipt_desktop.domain.terms import mapped_phases
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import TermsChange
from ui.clients.commands import ChangeCourse, EndCourse, ending_of
from ui.clients.words import phases_words
from ui.page import Frame
from ui.phases.commands import ChangeProtocol, EnterPhase, MoveReview, TakeBackPhase, TakeBackTerms
from ui.phases.course_card import CourseCard
from ui.phases.measures_line import MeasuresLine
from ui.phases.reading import CourseReading
from ui.phases.standing_card import StandingCard
from ui.strip_facts import risk_words
from ui.verb import Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk

SUMMARY = "termination-summary"
ENDING = "ending"


class Agreeing(QObject):
    """Shows where the course stands in its two cards, and does what is asked there. `ended`: the therapist ended the course.

    `summary_asked`: the closing summary is wanted.
    """

    ended = Signal()
    summary_asked = Signal(str)

    def __init__(
        self, desk: Desk, frame: Frame, card: CourseCard, standing: StandingCard, push: Callable[[Verb], None], refused: Told
    ) -> None:
        super().__init__(card)
        self._desk, self._frame, self._card, self._standing = desk, frame, card, standing
        self._push, self._refused = push, refused
        self._reading: CourseReading | None = None
        self._said = ""
        self._measures = MeasuresLine(desk, frame, card)
        card.add_line(self._measures)
        editors = card.editors
        editors.phase.phase_set.connect(self.set_phase)
        editors.terms.terms_kept.connect(self._on_terms_kept)
        editors.terms.protocol_asked.connect(self.ask_for_protocol)
        editors.protocol.chosen.connect(self._on_protocol_chosen)
        editors.protocol.changed.connect(self._on_protocol_changed)
        editors.ending.ended.connect(self._on_ended)
        editors.offer("course_menu_protocol", _("Change the protocol…"), self.ask_for_protocol)
        editors.offer("course_menu_end", _("End the course…"), self.ask_for_ending)
        standing.suggestion_taken.connect(self._on_suggestion_taken)
        standing.change_taken_back.connect(self._on_change_taken_back)
        standing.terms_taken_back.connect(self._on_terms_taken_back)
        standing.review.moved.connect(self._on_review_moved)

    def show_course(self, reading: CourseReading) -> None:
        """Show where a course stands; that another one ended, or that it did, is no longer said then."""
        was, self._reading = self._reading, reading
        if was is not None and (was.course.id != reading.course.id or reading.course.ended_on is None):
            self.unsay()
        self._card.show_course(reading)
        self._measures.show_course(reading.course)
        self._standing.show_course(reading)

    def forget(self) -> None:
        """Let go of every word."""
        self._reading = None
        self.unsay()
        self._card.show_course(None)
        self._measures.forget()
        self._standing.forget()

    # -- phase and review ------------------------------------------------------------------------------------------

    def set_phase(self, key: str, on: date, reason: str = "", review_on: date | None = None) -> None:
        """Set a phase from a date on, for a reason, until a review where a day for one is agreed."""
        if self._reading is None:
            return
        change = PhaseChange(course_id=self._reading.course.id, phase=key, on=on, reason=reason, review_on=review_on)
        words = _("Set {phase}").format(phase=self._reading.phase_label(key))
        self._push(EnterPhase(self._desk.phases, change, words, self._refused))

    def _on_suggestion_taken(self, key: str) -> None:
        if self._reading is not None:
            self.set_phase(key, self._reading.today, _("as agreed"))

    def _on_change_taken_back(self, change: PhaseChange) -> None:
        if self._reading is not None:
            words = _("Take back {phase}").format(phase=self._reading.phase_label(change.phase))
            self._push(TakeBackPhase(self._desk.phases, change, words, self._refused))

    def _on_review_moved(self, day: date | None) -> None:
        """Agree on another day for the review; where no phase was set yet, the first one is set with it from its beginning."""
        if self._reading is None:
            return
        change = self._reading.phase_change
        if change is not None:
            self._push(MoveReview(self._desk.phases, change, day, self._refused))
        elif day is not None:
            self.set_phase(self._reading.phase, self._reading.since, "", day)

    # -- sessions and protocol -------------------------------------------------------------------------------------

    def _on_terms_kept(self, course: Course, reason: str) -> None:
        if self._reading is not None and course != self._reading.course:
            words = _("Change the sessions agreed")
            before = self._reading.course
            self._push(ChangeCourse(self._desk.courses, before, course, words, self._refused, reason=reason))

    def _on_terms_taken_back(self, change: TermsChange) -> None:
        if self._reading is not None:
            self._push(TakeBackTerms(self._desk.courses, self._reading.course, change, self._refused))

    def ask_for_protocol(self) -> None:
        """Let another protocol be chosen."""
        if self._reading is not None and self._reading.course.ended_on is None:
            self._card.editors.make_way(self._card.editors.protocol)
            known = self._desk.resources
            self._card.editors.protocol.offer(known.protocols, self._reading, known.replacing_protocols)

    def _on_protocol_chosen(self, protocol: Protocol) -> None:
        """Say what the course would be under it."""
        if self._reading is None:
            return
        course = self._reading.course
        phases = mapped_phases(protocol.agreed_phases(), course.phases, course.planned_sessions)
        try:
            known = self._desk.courses.misfits(course.id, protocol)
        except PracticeError as error:
            self._refused(str(error))
            return
        self._card.editors.protocol.show_fit(phases_words(phases, protocol), known)

    def _on_protocol_changed(self, protocol: Protocol, on: date, reason: str) -> None:
        if self._reading is not None:
            course_id = self._reading.course.id
            self._push(ChangeProtocol(self._desk.courses, course_id, protocol, on, reason, self._refused))

    # -- the end ---------------------------------------------------------------------------------------------------

    def ask_for_ending(self) -> None:
        """Ask how the course ended, on which day and why."""
        if self._reading is None or self._reading.course.ended_on is not None:
            return
        course = self._reading.course
        self._card.editors.make_way(self._card.editors.ending)
        self._card.editors.ending.open(self._reading, self._risk(course), self._desk.endings.reason(course))

    def _risk(self, course: Course) -> str:
        """Return where risk stands; nothing of it while the client may look."""
        if self._frame.is_in_room:
            return ""
        levels = self._desk.risk.levels(course.client_id)
        said = risk_words(levels, date.today(), has_plan=self._desk.safety_plans.has_plan(course.client_id))
        return " · ".join(each for each in (said.value, said.detail) if each) or _("not asked so far")

    def _on_ended(self, on: date, ending: EndingKind, reason: str, removed: Sequence[Session]) -> None:
        if self._reading is None:
            return
        is_withdrawn = self._reading.course.started_on > self._reading.today
        end = EndCourse(self._desk.endings, self._reading.course.id, on, ending, reason, self._refused)
        verb = ending_of(self._desk, end, removed, self._refused)
        self._push(verb)
        if verb.is_done:
            self.ended.emit()
            withdrawn = _("The course was withdrawn before it began")
            self._said = withdrawn if is_withdrawn else _("The course ended on {day}").format(day=long_date(on))
            once = Qt.ConnectionType.SingleShotConnection
            self._frame.undo_stack().indexChanged.connect(self.unsay, once)
            self._frame.say(
                self._said,
                _("Write what is to be kept of it; the closing summary draws on that."),
                actions=(("ended_summary", _("Closing summary"), self._on_summary),),
            )

    def unsay(self) -> None:
        """No longer say that the course ended: the therapist went on to something else."""
        if self._said:
            self._frame.unsay(self._said)
            self._said = ""

    def _on_summary(self) -> None:
        self.summary_asked.emit(SUMMARY)
