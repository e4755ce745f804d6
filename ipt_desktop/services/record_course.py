"""What the full record says of one course, built from the sections of the other reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipt_desktop.domain.circle_order import MOST_ON_A_PAGE, CircleOrder
from ipt_desktop.domain.dates import long_date, span
from ipt_desktop.domain.form import COURSE_PAPERS, NOTES, Purpose, is_blank
from ipt_desktop.domain.report import Column, Facts, Items, Section, Table
from ipt_desktop.domain.step_words import done_words, mood_words
from ipt_desktop.domain.text import _
from ipt_desktop.domain.worksheet import title_and_day
from ipt_desktop.services.area_record_report import area_sections
from ipt_desktop.services.charts import read_charts
from ipt_desktop.services.circle_file import read_circles
from ipt_desktop.services.circle_pages import circles_blocks
from ipt_desktop.services.course_measures_report import measure_sections, measures_rights
from ipt_desktop.services.note_sections import note_caption, note_line, note_sections
from ipt_desktop.services.record_client import head, keyed, under_head
from ipt_desktop.services.report_page import joined
from ipt_desktop.services.summary_goals import goal_blocks
from ipt_desktop.services.summary_illness import diagnosis_blocks
from ipt_desktop.services.termination_summary import ending_words, sessions_words, treatment_words

if TYPE_CHECKING:
    from ipt_desktop.services.course_file import CourseFile
    from ipt_desktop.services.record_client import WholeRecord
    from ipt_desktop.services.told_notes import ToldNote

NOT_HERE = frozenset(
    {
        *(*NOTES, Purpose.ADDENDUM, Purpose.PRIVATE_NOTE, Purpose.INVENTORY_ENTRY, Purpose.SAFETY_PLAN, Purpose.WORKSHEET),
        *(Purpose.AREA_RECORD, Purpose.PORTFOLIO),
    }
)
"""What stands elsewhere in the record, or is none of it: the portfolio tells of the therapist's work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRecord:
    """A course as the record tells it, with its notes."""

    whole: WholeRecord
    file: CourseFile
    notes: Sequence[ToldNote]

    @property
    def key(self) -> str:
        """What its sections' keys begin with."""
        return f"course_{self.file.course.number}"


def course_sections(told: CourseRecord) -> Iterator[Section]:
    """Yield all of a course in order: how it was agreed and went, papers, focus, circle, tasks, measures, notes."""
    course, include = told.file.course, told.whole.include
    title = _("Course {number}: {protocol}").format(number=course.number, protocol=_(told.file.protocol.name))
    dates = (
        span(course.started_on, course.ended_on)
        if course.ended_on
        else _("since {day}").format(day=long_date(course.started_on))
    )
    yield head(told.key, title, dates, level=1, part="courses")
    made = (
        ("courses", _course),
        ("illness", _diagnoses),
        ("papers", _papers),
        ("areas", _areas),
        ("goals", _goals),
        ("circle", _circles),
        ("tasks", _tasks),
        ("worksheets", _worksheets),
        ("measures", _measures),
        ("notes", _notes),
    )
    for part, sections in made:
        if part in include or part == "courses":
            yield from keyed(told.key, part, sections(told))


def _course(told: CourseRecord) -> Iterator[Section]:
    file = told.file
    protocols = (file.protocol, *file.earlier)
    facts = Facts(
        (
            (_("Treatment"), treatment_words(file)),
            (_("Protocol"), "\n".join(_(each.name) for each in protocols)),
            (_("Sessions"), sessions_words(file)),
        ),
        (
            (_("Begun"), long_date(file.course.started_on)),
            (_("Planned end"), long_date(file.course.planned_end) if file.course.planned_end else ""),
            (_("Ending"), ending_words(file)),
        ),
    )
    yield Section("facts", "", (facts,), is_full_width=True, is_editable=False)
    phases = sorted(file.phase_changes, key=lambda each: (each.on, each.created_at))
    rows = tuple((long_date(each.on), file.wording.phase(each.phase), told.whole.paper.say(each.reason)) for each in phases)
    if rows:
        columns = _columns((_("From"), 2.2), (_("Phase"), 2), (_("Why"), 3))
        yield Section("phases", _("Phases"), (Table(columns, rows, is_first_bold=False),))
    if ticks := sorted(file.ticks, key=lambda each: each.on):
        words = tuple(f"{file.wording.task(each.task)} ({long_date(each.on)})" for each in ticks)
        yield Section("ticks", _("Tasks done"), (Items(words),), is_editable=False)


def _columns(*heads: tuple[str, float]) -> tuple[Column, ...]:
    return tuple(Column(words, weight) for words, weight in heads)


def _diagnoses(told: CourseRecord) -> Iterator[Section]:
    if made := tuple(diagnosis_blocks(told.file, told.whole.others)):
        yield Section("diagnosis", _("Diagnosis"), made)


def _papers(told: CourseRecord) -> Iterator[Section]:
    """Yield what was written for the course: its own papers in their order, then whatever else was."""
    whole = told.whole
    written = [each for each in whole.desk.documents.of_course(told.file.course.id) if each.purpose not in NOT_HERE]
    known = {purpose: place for place, purpose in enumerate(COURSE_PAPERS)}
    if "self_checks" not in whole.include:
        written = [each for each in written if each.purpose != Purpose.SELF_CHECK]
    for document in sorted(written, key=lambda each: known.get(Purpose(each.purpose), len(known))):
        if is_blank(document.answers):
            continue
        sections = list(whole.filled(document, document.id, part="papers"))
        title = _(whole.desk.documents.form_of(document).title) if sections else ""
        day = _("written {date}").format(date=long_date(document.saved_at.astimezone().date()))
        yield from under_head(head(document.id, title, day), sections)


def _areas(told: CourseRecord) -> Iterator[Section]:
    """Yield each problem area with its stages and what was written; worksheets and goals stand by themselves."""
    whole, file = told.whole, told.file
    for area in file.areas:
        title = joined(file.wording.area(area.area), whole.paper.people.get(area.person_id or "", ""))
        told_of = area_sections(whole.desk, file, area, whole.paper, with_confidential=whole.has_confidential)
        sections = [each for each in told_of if each.part not in ("worksheets", "goals")]
        yield from under_head(head(area.id, title), list(keyed(area.id, "areas", sections)))


def _goals(told: CourseRecord) -> Iterator[Section]:
    if blocks := tuple(goal_blocks(told.file, told.whole.others)):
        yield head("goals", _("Goals"))
        yield Section("goals", "", blocks, is_full_width=True)
    say = {each.id: told.whole.paper.goals.get(each.id, "") for each in told.file.goals}
    rated = sorted(told.file.ratings, key=lambda each: (each.on, each.created_at))
    rows = tuple((long_date(each.on), say.get(each.goal_id, ""), str(each.value)) for each in rated)
    if rows:
        columns = _columns((_("Day"), 2), (_("Goal"), 5), (_("How far, of 10"), 1.4))
        yield Section("ratings", _("How far, as it was said"), (Table(columns, rows, is_first_bold=False),), is_full_width=True)


def _circles(told: CourseRecord) -> Iterator[Section]:
    """Yield the circle of each sitting, four on a page, with a table of who stood where."""
    sittings = [each.id for each in told.file.sittings]
    for start in range(0, len(sittings), MOST_ON_A_PAGE):
        order = CircleOrder(course_id=told.file.course.id, sittings=tuple(sittings[start : start + MOST_ON_A_PAGE]))
        blocks = circles_blocks(read_circles(told.whole.desk, order, told.whole.today), told.whole.desk.reporting.ink)
        if start == 0:
            yield head("circle", _("The circle"))
        yield Section(f"circle_{start}", "", blocks, is_full_width=True, is_editable=False)


def _tasks(told: CourseRecord) -> Iterator[Section]:
    paper = told.whole.paper
    steps = sorted(told.whole.desk.steps.of_course(told.file.course.id), key=lambda each: (each.agreed_on, each.created_at))
    rows = tuple(
        (
            long_date(each.agreed_on),
            "\n".join(filter(None, (paper.say(each.words), paper.people.get(each.person_id or "", "")))),
            "\n".join(filter(None, (joined(done_words(each), mood_words(each)), paper.say(each.what_happened)))),
        )
        for each in steps
    )
    if rows:
        columns = _columns((_("Agreed on"), 1.6), (_("Task"), 3), (_("How it went"), 3))
        yield head("tasks", _("Between-session tasks"))
        yield Section("tasks", "", (Table(columns, rows, is_first_bold=False),), is_full_width=True)


def _worksheets(told: CourseRecord) -> Iterator[Section]:
    whole, is_first = told.whole, True
    for sheet in reversed(whole.desk.worksheets.of_course(told.file.course.id)):
        sections = list(whole.filled(sheet.document, sheet.document.id, part="worksheets"))
        if sections and is_first:
            yield head("worksheets", _("Worksheets"))
            is_first = False
        whom = whole.paper.people.get(sheet.person_id or "", "")
        title = title_and_day(sheet.form, sheet.day, whole.today)
        yield from under_head(head(sheet.document.id, title, whom, level=3), sections)


def _measures(told: CourseRecord) -> Iterator[Section]:
    file, desk = told.file, told.whole.desk
    if not file.measured:
        return
    charts = read_charts(desk, file.client.id, file.course.id, told.whole.today)
    yield head("measures", _("Measures"))
    yield from measure_sections(file, charts, desk.reporting.ink)
    yield measures_rights(file)


def _notes(told: CourseRecord) -> Iterator[Section]:
    if told.notes:
        yield head("notes", _("Session notes"))
    for note in told.notes:
        key = note.session.id
        yield head(key, note_line(note), note_caption(note), level=3)
        yield from note_sections(note, told.file, told.whole.others, told.whole.paper)
