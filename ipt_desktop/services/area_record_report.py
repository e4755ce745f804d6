"""The record of a problem area on paper, for the therapist's own file: what was worked on, how it stood, what was written.

What is confidential (violence or coercion) is on no paper: the forms say so where it is asked.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.errors import RecordGone, Refused
from ipt_desktop.domain.form_blocks import form_sections
from ipt_desktop.domain.report import Column, Facts, Items, MinorHead, Report, Section, Table
from ipt_desktop.domain.strategy_work import numbered_so_far, strategies_worked
from ipt_desktop.domain.text import _, marked
from ipt_desktop.domain.treatment_records import GoalStatus
from ipt_desktop.services.course_file import CourseFile, read_about
from ipt_desktop.services.form_paper import on_paper
from ipt_desktop.services.report_kind import About, Part, ReportKind, Whom
from ipt_desktop.services.report_page import clinical_page, footer, joined
from ipt_desktop.services.termination_summary import names_in, third_parties

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ipt_desktop.domain.form_blocks import OnPaper
    from ipt_desktop.domain.records import Person, ProblemArea
    from ipt_desktop.domain.report import Block
    from ipt_desktop.domain.wording import Wording
    from ipt_desktop.services.desk import Desk

KIND = "area-record"


def _records(about: About) -> Sequence[tuple[str, str]]:
    areas = about.desk.phases.problem_areas(about.course_id)
    course = about.desk.courses.course(about.course_id)
    wording, people = about.desk.courses.wording(course), about.desk.circles.people(about.client_id)
    return [(each.id, area_title(each, wording, people)) for each in areas]


def area_title(area: ProblemArea, wording: Wording, people: Sequence[Person]) -> str:
    """Return how a problem area is told from the others of its course: "Role dispute · with Johan"."""
    name = next((each.name for each in people if each.id == area.person_id), "")
    with_whom = _("with {name}").format(name=name) if name else ""
    until = _("until {day}").format(day=long_date(area.ended_on)) if area.ended_on else ""
    return joined(wording.area(area.area), with_whom, until)


def _missing(about: About) -> str:
    if about.desk.phases.problem_areas(about.course_id):
        return ""
    return _("No problem area has been agreed yet. It is chosen under Phases, and its record begins with it.")


def _assemble(about: About) -> Report:
    file = read_about(about)
    area = next((each for each in file.areas if each.id == about.record_id), next(iter(file.areas), None))
    if area is None:
        raise Refused(reason=_missing(about))
    others = third_parties(file)
    paper = on_paper(file, ties=about.desk.circles.ties(about.client_id), events=about.desk.events.of_client(about.client_id))
    sections = [each for each in area_sections(about.desk, file, area, paper) if each.part in ("", *about.include)]
    report = clinical_page(
        file, KIND, file.wording.area(area.area), _("Record of a problem area · {name}").format(name=file.client.name), sections
    )
    return replace(report, footer=footer(file.today, is_initials_only=not names_in(report, others)))


def area_sections(
    desk: Desk, file: CourseFile, area: ProblemArea, paper: OnPaper, *, with_confidential: bool = False
) -> Iterator[Section]:
    """Yield all that is told of a problem area: the facts, then its stages, goals, record, strategies and worksheets."""
    yield _facts(file, area, paper)
    yield from _stages(file, area)
    yield from _goals(file, area, paper)
    yield from _record(desk, area, paper, with_confidential)
    yield from _strategies(desk, file, area)
    yield from _worksheets(desk, file, area, paper)


def _facts(file: CourseFile, area: ProblemArea, paper: OnPaper) -> Section:
    left = (
        (_("With whom"), paper.people.get(area.person_id or "", "")),
        (_("In a few words"), paper.say(area.about) if area.about else ""),
    )
    right = (
        (_("Agreed on"), long_date(area.agreed_on) if area.agreed_on else ""),
        (_("Worked on until"), long_date(area.ended_on) if area.ended_on else ""),
    )
    return Section("area", "", (Facts(left, right),), is_full_width=True)


def _stages(file: CourseFile, area: ProblemArea) -> Iterator[Section]:
    if stages := [each for each in file.stages if each.problem_area_id == area.id]:
        judged = sorted(stages, key=lambda each: (each.on, each.created_at))
        words = (
            _("{day}: {stage}").format(day=long_date(each.on), stage=file.wording.stage(area.area, each.stage))
            for each in judged
        )
        yield Section("stages", _("Stage so far"), (Items(tuple(words)),), part="stages")


def _goals(file: CourseFile, area: ProblemArea, paper: OnPaper) -> Iterator[Section]:
    if goals := [each for each in file.goals if each.problem_area_id == area.id and each.status is not GoalStatus.DROPPED]:
        yield Section("goals", _("Goals"), (Items(tuple(paper.goals[each.id] for each in goals)),), part="goals")


def _record(desk: Desk, area: ProblemArea, paper: OnPaper, with_confidential: bool) -> Iterator[Section]:
    document = desk.area_records.document(area.id)
    try:
        form = desk.documents.form_of(document)
    except RecordGone:
        return
    for each in form_sections(form, document.answers, paper, with_confidential=with_confidential):
        yield replace(each, part="record")


def _strategies(desk: Desk, file: CourseFile, area: ProblemArea) -> Iterator[Section]:
    known = file.wording.known_area(area.area)
    works = [each for each in desk.strategies.of_course(file.course.id) if each.problem_area_id == area.id]
    so_far = numbered_so_far(file.sessions, file.today)
    told = strategies_worked(
        known.strategies if known is not None else (), works, so_far, partial(file.wording.strategy, area.area)
    )
    if told:
        rows = tuple((each.text, each.words(file.today)) for each in told)
        table = Table((Column(_("Strategy"), 5), Column(_("Where it was worked on"), 3)), rows, is_first_bold=False)
        yield Section("strategies", _("Strategies"), (table,), part="strategies")


def _worksheets(desk: Desk, file: CourseFile, area: ProblemArea, paper: OnPaper) -> Iterator[Section]:
    """Yield what was written in each worksheet that the protocol has for this area, about the person it is with or nobody."""
    known = file.wording.known_area(area.area)
    meant = known.worksheets if known is not None else ()
    sheets = [
        each
        for each in desk.worksheets.of_course(file.course.id)
        if each.form.key in meant and (not each.person_id or not area.person_id or each.person_id == area.person_id)
    ]
    for sheet in reversed(sheets):
        blocks: list[Block] = []
        for each in form_sections(sheet.form, sheet.document.answers, paper):
            has_labels = isinstance(each.blocks[0], MinorHead | Facts)
            blocks += each.blocks if has_labels else (MinorHead(each.title), *each.blocks)
        if blocks:
            title = _("{title}, {day}").format(title=_(sheet.form.title), day=long_date(sheet.day))
            yield Section(f"worksheet_{sheet.document.id}", title, tuple(blocks), is_full_width=True, part="worksheets")


AREA_RECORD = ReportKind(
    key=KIND,
    whom=Whom.FILE,
    file_words=marked("problem area"),
    assemble=_assemble,
    parts=(
        Part("stages", marked("Stage so far"), marked("Stages as they were judged")),
        Part("goals", marked("Goals"), marked("Goals")),
        Part("record", marked("What was written"), marked("What was written in its record")),
        Part("strategies", marked("Strategies"), marked("Strategies, and where they were worked on")),
        Part("worksheets", marked("Worksheets"), marked("Worksheets")),
    ),
    missing=_missing,
    records=_records,
    leaves_out=(marked("what is confidential"),),
)
