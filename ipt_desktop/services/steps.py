"""Between-session tasks: agreed, changed, reviewed. A session's note makes one, too, and what it says is changed there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.records import Course, Document, Person, Session
from ipt_desktop.domain.session_records import Step, step_id_of
from ipt_desktop.domain.step_words import in_list_order, is_to_review
from ipt_desktop.domain.text import _
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.storage.store import Reading, Writing

if TYPE_CHECKING:
    from ipt_desktop.domain.form import Form

LONGEST = 400  # characters, as in the forms of a note


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStep:
    """A task, with the sessions in whose notes its words and its review stand, where they stand in one."""

    step: Step
    words_in: Session | None = None
    review_in: Session | None = None


class Steps:
    """What can be done with the tasks of a course.

    A task that a note agrees or reviews follows that note (`services.note_following`). Whom it is with, when it is due and
    what it did to the mood belong to the record.
    """

    def __init__(self, practice: OpenPractice, form_of: Callable[[Document], "Form"]) -> None:
        self._practice = practice
        self._form_of = form_of

    def of_course(self, course_id: str) -> list[Step]:
        """Return the tasks of a course, the open ones first, then those agreed last."""
        with self._practice.read() as reading:
            return in_list_order(reading.all(Step, course_id=course_id))

    def told(self, course_id: str) -> list[ToldStep]:
        """Return the tasks of a course with the notes they stand in, in the same order."""
        with self._practice.read() as reading:
            return self._told(reading, in_list_order(reading.all(Step, course_id=course_id)))

    def open_steps(self, today: date) -> list[tuple[str, str, Step]]:
        """Return what is to be asked about by now in running courses: client's id, course's id, task; the earliest first."""
        with self._practice.read() as reading:
            waiting = reading.all(Step, "agreed_on", "created_at", "id", done=None, reviewed_on=None)
            ids = {each.course_id for each in waiting}
            running = {each.id: each for each in reading.all(Course, id=ids, ended_on=None)} if ids else {}
        to_review = [each for each in waiting if each.course_id in running and is_to_review(each, today)]
        return [(running[each.course_id].client_id, each.course_id, each) for each in to_review]

    # -- writing ---------------------------------------------------------------------------------------------------

    def add_step(self, step: Step) -> Step:
        """Agree on a task. Raises what `_checked` raises."""

        def work(writing: Writing) -> Step:
            sound = _checked(writing, step)
            writing.insert(sound)
            return sound

        return self._practice.write("add_step", work, about=step.id)

    def change_step(self, step: Step) -> Step:
        """Keep what was agreed otherwise: words, person, days. Raises Refused for words a note tells, and as `_checked`."""
        told = self._one(step.id)
        if told.words_in is not None and step.words != told.step.words:
            raise Refused(reason=_stands_in(told.words_in))

        def work(writing: Writing) -> Step:
            stored = found(writing, Step, step.id)
            agreed = replace(stored, words=step.words, person_id=step.person_id, agreed_on=step.agreed_on, due=step.due)
            sound = _checked(writing, agreed)
            writing.update(sound)
            return sound

        return self._practice.write("change_step", work, about=step.id)

    def review_step(self, step: Step) -> Step:
        """Keep how it went as this copy of the task has it: done, what happened, mood, the day; all of it empty opens it again.

        Raises Refused where a note tells how it went and this says otherwise, RecordGone where the task is no more.
        """
        told = self._one(step.id)
        if told.review_in is not None and _went(step) != _went(told.step):
            raise Refused(reason=_reviewed_in(told.review_in))

        def work(writing: Writing) -> Step:
            stored = found(writing, Step, step.id)
            reviewed = replace(
                stored,
                done=step.done,
                what_happened=step.what_happened.strip(),
                mood_effect=step.mood_effect,
                reviewed_on=step.reviewed_on,
            )
            writing.update(reviewed)
            return reviewed

        return self._practice.write("review_step", work, about=step.id)

    def remove_step(self, step_id: str) -> Step:
        """Take a task out and return it, for `restore_step`. Raises Refused where a note agrees it, RecordGone."""
        told = self._one(step_id)
        if told.words_in is not None:
            raise Refused(reason=_stands_in(told.words_in))

        def work(writing: Writing) -> Step:
            step = found(writing, Step, step_id)
            writing.delete(Step, step_id)
            return step

        return self._practice.write("remove_step", work, about=step_id)

    def restore_step(self, step: Step) -> Step:
        """Bring back a task taken out, under its own id; what it named and is gone by now it names no more."""

        def work(writing: Writing) -> Step:
            found(writing, Course, step.course_id)
            back = replace(
                step,
                person_id=step.person_id if writing.get(Person, step.person_id or "") else None,
                session_id=step.session_id if writing.get(Session, step.session_id or "") else None,
                reviewed_in_id=step.reviewed_in_id if writing.get(Session, step.reviewed_in_id or "") else None,
            )
            writing.upsert(back)
            return back

        return self._practice.write("restore_step", work, about=step.id)

    # -- what notes tell -------------------------------------------------------------------------------------------

    def _one(self, step_id: str) -> ToldStep:
        with self._practice.read() as reading:
            return self._told(reading, [found(reading, Step, step_id)])[0]

    def _told(self, reading: Reading, steps: Sequence[Step]) -> list[ToldStep]:
        from ipt_desktop.domain.form import NOTES

        named = {each.session_id for each in steps if _is_a_notes(each)}
        reviewing = {each.reviewed_in_id for each in steps if each.reviewed_in_id}
        ids = named | reviewing
        sessions = {each.id: each for each in reading.all(Session, id=ids)} if ids else {}
        notes = reading.all(Document, session_id=named, purpose=[str(each) for each in NOTES]) if named else []
        telling = {each.session_id for each in notes if self._agrees(each)}
        return [
            ToldStep(
                step=each,
                words_in=sessions.get(each.session_id or "") if _is_a_notes(each) and each.session_id in telling else None,
                review_in=sessions.get(each.reviewed_in_id or ""),
            )
            for each in steps
        ]

    def _agrees(self, note: Document) -> bool:
        from ipt_desktop.domain.form import Means, is_blank

        return not is_blank(self._form_of(note).answer(note.answers, Means.BETWEEN_SESSION_TASK))


def _checked(reading: Reading, step: Step) -> Step:
    """Return the task as it is kept, its words tidied.

    Raises Refused without words, for more than there is room for, and for someone of another client; RecordGone where the
    course or the person is no more.
    """
    words = " ".join(step.words.split())
    if not words:
        raise Refused(reason=_("A task needs words: what does the client want to do?"))
    if len(words) > LONGEST:
        raise Refused(reason=_("A task has room for {count} characters.").format(count=LONGEST))
    course = found(reading, Course, step.course_id)
    if step.person_id is not None and found(reading, Person, step.person_id).client_id != course.client_id:
        raise Refused(reason=_("A task and its person belong to one client."))
    return replace(step, words=words)


def _is_a_notes(step: Step) -> bool:
    """Whether the note of its session has made it."""
    return step.session_id is not None and step.id == step_id_of(step.session_id)


def _went(step: Step) -> tuple[object, ...]:
    return step.done, step.what_happened.strip(), step.reviewed_on


def _stands_in(session: Session) -> str:
    day = day_words(session.date, has_year=session.date.year != date.today().year)
    return _("These words stand in the note of {day}. Change them there, and they follow here.").format(day=day)


def _reviewed_in(session: Session) -> str:
    day = day_words(session.date, has_year=session.date.year != date.today().year)
    return _("How it went stands in the note of {day}. Change it there, and it follows here.").format(day=day)
