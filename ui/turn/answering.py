"""A measure while the client answers it: each answer is kept at once, and a break loses none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain.course import in_order
from ipt_desktop.domain.errors import PracticeError, RecordGone
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


def to_answer(desk: Desk, frame: Frame, key: str, about_id: str = "") -> list[Measure]:
    """Return the measures that a client answers: the one with this key, or (`DUE`) those due; only such as have their text.

    One that is given for each person is answered about the one meant (`about_id`), and not without.
    """
    offered = {each.key: each for each in desk.measures.offered() if each.has_items and (about_id or not each.is_per_person)}
    if key != DUE:
        return [offered[key]] if key in offered else []
    course_id = frame.course_id
    due = [each.measure for each in desk.measures.due(course_id, date.today())] if course_id else []
    return [offered[each] for each in due if each in offered]


class Answering:
    """The measure that is being answered, and the ones that follow it; `refused` is told what could not be kept.

    `about` is the name of the person it is about, "" where it is about nobody.
    """

    def __init__(
        self, desk: Desk, frame: Frame, measures: list[Measure], session_id: str, refused: Told, *, about_id: str = ""
    ) -> None:
        self._desk, self._frame, self._refused = desk, frame, refused
        self._session_id = session_id or _session_of_today(desk, frame)
        self._about_id = about_id
        self._waiting = list(measures)
        self.measure: Measure | None = None
        self.about = ""
        self._result_id = ""
        self.answers: dict[str, float] = {}

    def go_on_with(self, result_id: str) -> None:
        """Go on with one that was begun. Raises RecordGone where it is no more."""
        begun = self._desk.measures.one(result_id)
        self.measure, self._result_id, self.about = begun.measure, result_id, begun.about
        self.answers = dict(begun.result.answers)

    def begin_next(self) -> bool:
        """Go on to the next measure; False where none is left. It is kept from its first answer on.

        One that the client began today is gone on with: after a break, a cover or a lock nothing is asked twice.
        """
        if not self._waiting:
            self.measure = None
            return False
        measure = self._waiting.pop(0)
        begun = next((each for each in self._begun_today() if each.measure == measure.key), None)
        if begun is not None:
            self.go_on_with(begun.id)
            return True
        self.measure, self._result_id, self.answers = measure, "", {}
        people = self._desk.circles.people(self._frame.client_id or "")
        self.about = next((each.name for each in people if each.id == self._about_id), "")
        return True

    def _begun_today(self) -> list[MeasureResult]:
        unfinished = self._desk.measures.unfinished(self._frame.client_id or "")
        mine = [each for each in unfinished if each.given is Given.SCREEN and each.course_id == self._frame.course_id]
        return [each for each in mine if each.on == date.today() and (each.about_id or "") == self._about_id]

    @property
    def questions(self) -> list[Question]:
        """What is asked, as the answers stand."""
        return questions_of(self.measure, self.answers) if self.measure is not None else []

    @property
    def open_questions(self) -> list[Question]:
        """What is not answered."""
        return [each for each in self.questions if each.key not in self.answers]

    def answer(self, key: str, value: int) -> bool:
        """Keep an answer, now; False where that could not be, which the therapist is told. The next one tries again."""
        self.answers[key] = float(value)
        return self._keep(self._refused)

    def _keep(self, refused: Told) -> bool:
        try:
            if self._result_id:
                try:
                    self._desk.measures.keep_answers(self._result_id, self.answers)
                except RecordGone:
                    self._begin()
            else:
                self._begin()
        except PracticeError as error:
            refused(str(error))
            return False
        return True

    def _begin(self) -> None:
        assert self.measure is not None  # noqa: S101 - one is answered
        course_id = self._frame.course_id
        known = {each.id for each in self._desk.sessions.sessions(course_id)} if course_id else set()
        entry = Entry(
            self._frame.client_id or "",
            self.measure,
            date.today(),
            dict(self.answers),
            course_id,
            self._session_id if self._session_id in known else None,  # one that was deleted meanwhile takes no answer along
            Given.SCREEN,
            self._about_id or None,
        )
        self._result_id = self._desk.measures.begin_measure(entry).id

    def finish(self) -> None:
        """Count what was answered of this measure; nothing, where nothing was.

        Where it can't be kept to the last, the therapist is told what was answered: it stands nowhere else.
        """
        if self.measure is None or not self.answers:
            return
        asked = {each.key for each in self.questions}  # an answer changed since may have ruled others out
        self.answers = {key: value for key, value in self.answers.items() if key in asked}
        if not self._keep(self._tell_answers):
            return
        verb = FinishMeasure(self._desk.measures, self._result_id, self.measure.name, self._tell_answers)
        self._frame.undo_stack().push(verb)

    def _tell_answers(self, reason: str) -> None:
        assert self.measure is not None  # noqa: S101 - one was answered
        told = ", ".join(f"{key}: {value:g}" for key, value in self.answers.items())
        words = _("{reason} The answers to the {measure}, to be noted by hand: {answers}.")
        self._refused(words.format(reason=reason, measure=self.measure.name, answers=told))


def _session_of_today(desk: Desk, frame: Frame) -> str:
    """Return the session that runs, or is today's, in the course chosen."""
    course_id = frame.course_id
    todays = [each for each in desk.sessions.sessions(course_id) if each.date == date.today()] if course_id else []
    return in_order(todays)[-1].id if todays else ""
