"""A measure while the client answers it: each answer is kept at once, and a break loses none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain.course import in_order
from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.measure import Measure
from ipt_desktop.domain.measure_records import Given, MeasureResult
from ipt_desktop.domain.text import _
from ipt_desktop.services.measures import Entry
from ui.turn.question import Question, questions_of
from ui.verb import Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ipt_desktop.services.measures import Measures
    from ui.page import Frame

DUE = "*"
"""Instead of a measure's key: all that are due and can be answered on the screen, one after the other."""


class FinishMeasure(Verb):
    """The client answered a measure. Undone, it is gone; done again, it is as they answered it."""

    def __init__(self, measures: Measures, result_id: str, name: str, refused: Told) -> None:
        super().__init__(_("Answer the {measure}").format(measure=name), refused)
        self._measures, self._result_id = measures, result_id
        self.result: MeasureResult | None = None

    def redo(self) -> None:
        """Count it."""
        self.attempt(self._finish)

    def undo(self) -> None:
        """Take it out."""
        self.attempt(self._take_out)

    def _finish(self) -> None:
        if self.result is None:
            self.result = self._measures.finish_measure(self._result_id)
        else:
            self._measures.put_back_measure(self.result)

    def _take_out(self) -> None:
        self.result = self._measures.remove_measure(self._result_id)


def to_answer(desk: Desk, frame: Frame, key: str) -> list[Measure]:
    """Return the measures that a client answers: the one with this key, or (`DUE`) those due; only such as have their text."""
    offered = {each.key: each for each in desk.measures.offered() if each.has_items}
    if key != DUE:
        return [offered[key]] if key in offered else []
    course_id = frame.course_id
    due = [each.measure for each in desk.measures.due(course_id, date.today())] if course_id else []
    return [offered[each] for each in due if each in offered]


class Answering:
    """The measure that is being answered, and the ones that follow it; `refused` is told what could not be kept."""

    def __init__(
        self, desk: Desk, frame: Frame, measures: list[Measure], session_id: str, result_id: str, refused: Told
    ) -> None:
        self._desk, self._frame, self._refused = desk, frame, refused
        self._session_id = session_id or _session_of_today(desk, frame)
        self._waiting = list(measures)
        self.measure: Measure | None = None
        self._result_id = ""
        self.answers: dict[str, float] = {}
        if result_id:
            self._go_on_with(result_id)
        else:
            self.begin_next()

    def _go_on_with(self, result_id: str) -> None:
        begun = self._desk.measures.one(result_id)
        self._waiting = []
        self.measure, self._result_id = begun.measure, result_id
        self.answers = dict(begun.result.answers)

    def begin_next(self) -> bool:
        """Go on to the next measure; False where none is left. It is kept from its first answer on."""
        if not self._waiting:
            self.measure = None
            return False
        self.measure, self._result_id, self.answers = self._waiting.pop(0), "", {}
        return True

    @property
    def questions(self) -> list[Question]:
        """What is asked, as the answers stand."""
        return questions_of(self.measure, self.answers) if self.measure is not None else []

    @property
    def open_questions(self) -> list[Question]:
        """What is not answered."""
        return [each for each in self.questions if each.key not in self.answers]

    def answer(self, key: str, value: int) -> None:
        """Keep an answer, now."""
        self.answers[key] = float(value)
        if self._result_id:
            try:
                self._desk.measures.keep_answers(self._result_id, self.answers)
            except RecordGone:
                self._begin()
        else:
            self._begin()

    def _begin(self) -> None:
        assert self.measure is not None  # noqa: S101 - one is answered
        client_id, course_id = self._frame.client_id or "", self._frame.course_id
        entry = Entry(
            client_id, self.measure, date.today(), dict(self.answers), course_id, self._session_id or None, Given.SCREEN
        )
        self._result_id = self._desk.measures.begin_measure(entry).id

    def finish(self) -> None:
        """Count what was answered of this measure; nothing, where nothing was."""
        if self.measure is not None and self._result_id:
            verb = FinishMeasure(self._desk.measures, self._result_id, self.measure.name, self._refused)
            self._frame.undo_stack().push(verb)


def _session_of_today(desk: Desk, frame: Frame) -> str:
    """Return the session that runs, or is today's, in the course chosen."""
    course_id = frame.course_id
    todays = [each for each in desk.sessions.sessions(course_id) if each.date == date.today()] if course_id else []
    return in_order(todays)[-1].id if todays else ""
