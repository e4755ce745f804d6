"""The strategies of the problem areas: in which session each was worked on, as the therapist marks it."""

from dataclasses import replace

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.records import ProblemArea, Session
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import StrategyWork
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.storage.store import Writing


class Strategies:
    """What can be done with strategies. Nothing marks itself."""

    def __init__(self, practice: OpenPractice) -> None:
        self._practice = practice

    def of_course(self, course_id: str) -> list[StrategyWork]:
        """Return where the strategies of a course were worked on, the earliest first."""
        with self._practice.read() as reading:
            areas = [each.id for each in reading.all(ProblemArea, course_id=course_id)]
            return reading.all(StrategyWork, "on", "created_at", problem_area_id=areas) if areas else []

    def mark_strategy(self, problem_area_id: str, strategy: str, session_id: str) -> StrategyWork:
        """Say that a strategy was worked on in a session; said already, it is what is there.

        Raises RecordGone where area or session is no more, Refused for a session of another course.
        """

        def work(writing: Writing) -> StrategyWork:
            area, session = found(writing, ProblemArea, problem_area_id), found(writing, Session, session_id)
            if session.course_id != area.course_id:
                raise Refused(reason=_("A problem area and the session that worked on it belong to one course."))
            place = {"problem_area_id": problem_area_id, "strategy": strategy, "session_id": session_id}
            known = writing.all(StrategyWork, **place)
            if known:
                return known[0]
            fresh = StrategyWork(problem_area_id=area.id, strategy=strategy, session_id=session.id, on=session.date)
            writing.insert(fresh)
            return fresh

        return self._practice.write("mark_strategy", work, about=problem_area_id)

    def unmark_strategy(self, work_id: str) -> StrategyWork:
        """Take a mark back and return it, for `restore_mark`. Raises RecordGone where it is no more."""

        def work(writing: Writing) -> StrategyWork:
            gone = found(writing, StrategyWork, work_id)
            writing.delete(StrategyWork, work_id)
            return gone

        return self._practice.write("unmark_strategy", work, about=work_id)

    def restore_mark(self, mark: StrategyWork) -> StrategyWork:
        """Bring back a mark taken out, under its own id; of a session that is gone by now it keeps the day.

        Raises RecordGone where the problem area is no more.
        """

        def work(writing: Writing) -> StrategyWork:
            found(writing, ProblemArea, mark.problem_area_id)
            back = mark if writing.get(Session, mark.session_id or "") else replace(mark, session_id=None)
            writing.upsert(back)
            return back

        return self._practice.write("mark_strategy", work, about=mark.id)
