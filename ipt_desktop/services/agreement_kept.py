"""The treatment agreement as it was agreed on its day, and what has changed since.

What was signed stays what it was: a course that was made longer, or has another protocol or other goals by now, prints its
agreement as on the day it was agreed, and says below what is otherwise. Without such a day it is as the course stands now.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain.answer_words import words_of
from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.form import Means, is_blank
from ipt_desktop.domain.form_blocks import NOT_WRITTEN, names_on
from ipt_desktop.domain.formulation_link import linked_areas
from ipt_desktop.domain.prefill import with_prefilled
from ipt_desktop.domain.terms import change_words, with_terms
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import GoalStatus
from ipt_desktop.services.form_paper import on_paper
from ipt_desktop.services.prefills import prefills

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from ipt_desktop.domain.form import Field, Form
    from ipt_desktop.domain.records import Document, ProblemArea, Revision
    from ipt_desktop.domain.terms import Terms
    from ipt_desktop.domain.treatment_records import Goal, TermsChange
    from ipt_desktop.services.course_file import CourseFile
    from ipt_desktop.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """`file` has the terms, the focus and the goals of the day it was agreed, `answers` what was written then in `form`.

    `since` says what has changed after that day, a line each, the earliest first.
    """

    file: CourseFile
    form: Form
    answers: Mapping[str, Any]
    since: tuple[str, ...] = ()


def agreed(desk: Desk, file: CourseFile, document: Document) -> Agreed:
    """Return an agreement as it was agreed. Raises RecordGone where nobody holds its form any more."""
    form = desk.documents.form_of(document)
    now = with_prefilled(document.answers, prefills(desk, file.course, form))
    day = _day(form.answer(now, Means.AGREED_ON))
    if day is None:
        return Agreed(file=file, form=form, answers=now)
    changes = _changes_after(desk, file, day)
    then = _file_then(desk, file, changes, day)
    kept, later = _written(desk.documents.revisions(document.id), form, now, day)
    answers = with_prefilled(kept if later else document.answers, prefills(desk, then.course, form))
    told = (*_terms_since(desk, file, changes), *_focus_since(file, day), *_goals_since(file, day))
    written = _words_since(file, form, answers, now, later) if later else ()
    since = sorted((*told, *written), key=lambda each: each[0])
    return Agreed(file=then, form=form, answers=answers, since=tuple(line for _day, line in since))


def _day(answer: Any) -> date | None:
    return None if is_blank(answer) else date.fromisoformat(str(answer))


# -- as it was ---------------------------------------------------------------------------------------------------------


def _changes_after(desk: Desk, file: CourseFile, day: date) -> Sequence[TermsChange]:
    """Return the changes of terms from the first one after a day on: what that one kept is how it was agreed."""
    changes = desk.courses.terms_changes(file.course.id)
    return changes[next((place for place, each in enumerate(changes) if each.on > day), len(changes)) :]


def _file_then(desk: Desk, file: CourseFile, changes: Sequence[TermsChange], day: date) -> CourseFile:
    course, protocol, earlier = file.course, file.protocol, file.earlier
    if changes:
        course = with_terms(course, changes[0])
        with suppress(RecordGone):  # the words of the present one, where the practice no longer holds that one
            protocol, earlier = desk.courses.protocol_of(course), (file.protocol, *file.earlier)
    areas = [replace(each, ended_on=None) for each in file.areas if _was_area(each, day)]
    goals = [replace(each, status=GoalStatus.OPEN) for each in file.goals if _was_goal(each, day)]
    return replace(file, course=course, protocol=protocol, earlier=earlier, areas=areas, goals=goals)


def _was_area(area: ProblemArea, day: date) -> bool:
    return (area.agreed_on is None or area.agreed_on <= day) and (area.ended_on is None or area.ended_on > day)


def _was_goal(goal: Goal, day: date) -> bool:
    return goal.set_on <= day and not (goal.status is GoalStatus.DROPPED and (goal.closed_on or goal.set_on) <= day)


def _written(
    revisions: Sequence[Revision], form: Form, now: Mapping[str, Any], day: date
) -> tuple[Mapping[str, Any], list[Revision]]:
    """Return what was written when it was agreed, and the versions after it, the earliest first.

    The version agreed is the one that first had this day for it, with what else was written until the evening of that day.
    """
    versions = sorted((each for each in revisions if not each.is_rescue), key=lambda each: each.saved_at)
    said = form.answer(now, Means.AGREED_ON)
    place = next(
        (place for place in range(len(versions), 0, -1) if form.answer(versions[place - 1].answers, Means.AGREED_ON) != said), 0
    )
    dated = versions[place:]
    if not dated:
        return now, []
    until = max(day, _saved_on(dated[0]))
    held = [each for each in dated if _saved_on(each) <= until]
    return held[-1].answers, dated[len(held) :]


def _saved_on(revision: Revision) -> date:
    return revision.saved_at.astimezone().date()


# -- what is otherwise by now ------------------------------------------------------------------------------------------


def _terms_since(desk: Desk, file: CourseFile, changes: Sequence[TermsChange]) -> Iterator[tuple[date, str]]:
    def named(hash_: str) -> str:
        try:
            return _(desk.courses.stored_protocol(hash_).name)
        except RecordGone:
            return _("another protocol")

    led_to: list[Terms] = [*changes[1:], file.course]
    for change, after in zip(changes, led_to, strict=False):
        if said := change_words(change, after, named, file.wording.phase):
            words = _("{what} ({day}: {reason})") if change.reason else _("{what} ({day})")
            yield change.on, words.format(what=said, day=long_date(change.on), reason=change.reason)


def _focus_since(file: CourseFile, day: date) -> Iterator[tuple[date, str]]:
    paper = on_paper(file, is_for_the_client=True)

    def said(area: ProblemArea) -> str:
        (linked,) = linked_areas([area], (), file.protocol, file.people, paper)
        return linked.in_plain_words

    for area in file.areas:
        if area.agreed_on is not None and area.agreed_on > day:
            words, on = _("We also work on: {focus} ({day})"), area.agreed_on
            yield on, words.format(focus=said(area), day=long_date(on))
        if area.ended_on is not None and area.ended_on > day:
            words, on = _("We no longer work on: {focus} ({day})"), area.ended_on
            yield on, words.format(focus=said(area), day=long_date(on))


def _goals_since(file: CourseFile, day: date) -> Iterator[tuple[date, str]]:
    for goal in file.goals:
        is_let_go = goal.status is GoalStatus.DROPPED
        if goal.set_on > day and not is_let_go:
            yield goal.set_on, _("New goal: {goal} ({day})").format(goal=goal.words, day=long_date(goal.set_on))
        if is_let_go and goal.set_on <= day and goal.closed_on is not None and goal.closed_on > day:
            words = _("Goal given up: {goal} ({day})")
            yield goal.closed_on, words.format(goal=goal.words, day=long_date(goal.closed_on))


def _words_since(
    file: CourseFile, form: Form, then: Mapping[str, Any], now: Mapping[str, Any], later: Sequence[Revision]
) -> Iterator[tuple[date, str]]:
    """Yield what was written otherwise after it was agreed, with the day, in the form's order."""
    names = names_on(on_paper(file, is_for_the_client=True))
    for field in form.fields:
        if _is_kept_back(field) or _same(then.get(field.key), now.get(field.key)):
            continue
        answer = now.get(field.key)
        said = _("left out") if is_blank(answer) else _("yes") if answer is True else words_of(field, answer, names)
        on = next((_saved_on(each) for each in later if _same(each.answers.get(field.key), answer)), _saved_on(later[-1]))
        words = _("{field}: {words} ({day})")
        yield on, words.format(field=_(field.label), words=" ".join(said.split()), day=long_date(on))


def _is_kept_back(field: Field) -> bool:
    return field.is_off_record or field.is_confidential or field.kind in NOT_WRITTEN or not field.is_known


def _same(one: Any, other: Any) -> bool:
    return one == other or (is_blank(one) and is_blank(other))
