"""The measures of a course on paper: charts, what the changes count for, and every answer by item and day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ipt_desktop.domain.dates import long_date, short_date, span
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.measure import TOTAL
from ipt_desktop.domain.measure_sheet import answer_of, was_answered
from ipt_desktop.domain.measure_words import rights_words, said_score
from ipt_desktop.domain.measured import by_measure
from ipt_desktop.domain.measured_words import known_band
from ipt_desktop.domain.report import Block, Column, Note, Report, Section, Table
from ipt_desktop.domain.text import _, marked
from ipt_desktop.services.charts import read_charts
from ipt_desktop.services.course_file import read_about
from ipt_desktop.services.report_kind import About, Part, ReportKind, Whom
from ipt_desktop.services.report_page import clinical_page, footer, joined
from ipt_desktop.services.summary_chart import chart_blocks
from ipt_desktop.services.summary_scores import score_blocks
from ipt_desktop.services.termination_summary import names_in, third_parties

if TYPE_CHECKING:
    from ipt_desktop.domain.measure import Measure
    from ipt_desktop.domain.measured import Measured
    from ipt_desktop.services.charts import ChartFacts
    from ipt_desktop.services.course_file import CourseFile
    from ipt_desktop.services.summary_circle import PaperInk

KIND = "course-measures"
MOST_DAYS = 7
"""Days beside one another in a table of answers; later ones stand in one below."""


def _missing(about: About) -> str:
    if about.desk.measures.measured(about.client_id, about.course_id):
        return ""
    return _("No measure has been given in this course yet. Measures are entered under Progress.")


def _assemble(about: About) -> Report:
    desk = about.desk
    with desk.store.read():  # all that follows sees the same commit
        file = read_about(about)
        charts = read_charts(desk, about.client_id, about.course_id, about.today)
    file = replace(file, measured=[each for each in file.measured if about.covers(each.result.on)])
    if not file.measured:
        raise Refused(reason=_missing(about) or _("No measure was given in that time."))
    sections = [each for each in measure_sections(file, charts, desk.reporting.ink) if each.part in about.include]
    days = [each.result.on for each in file.measured]
    between = long_date(days[0]) if days[0] == days[-1] else span(days[0], days[-1])
    report = clinical_page(
        file, KIND, _("Measures"), joined(file.client.name, between), [*sections, measures_rights(file)], has_letterhead=False
    )
    return replace(report, footer=footer(file.today, is_initials_only=not names_in(report, third_parties(file))))


def measure_sections(file: CourseFile, charts: ChartFacts, ink: PaperInk) -> Iterator[Section]:
    """Yield the charts, the scores with what they count for, then a section a measure with each answer by day."""
    others = third_parties(file)
    if chart := tuple(chart_blocks(charts, others, ink)):
        yield Section("chart", _("Session by session"), chart, is_full_width=True, part="chart")
    if scores := tuple(each for each in score_blocks(file, others) if not isinstance(each, Note)):
        yield Section("scores", _("Scores"), scores, is_full_width=True, part="scores")
    for (key, about_id), own in by_measure(file.measured).items():
        blocks = tuple(_tables(own))
        place = "_".join(filter(None, ("items", key, about_id)))
        yield Section(place, others.hide(own[-1].name), blocks, is_full_width=True, is_editable=False, part="items")


def measures_rights(file: CourseFile) -> Section:
    """Return whose the measures are."""
    note = Note(rights_words(each.measure for each in file.measured))
    return Section("rights", "", (note,), is_full_width=True, is_editable=False)


def _tables(own: Sequence[Measured]) -> Iterator[Block]:
    """Yield a table for so many days as stand beside one another; one of another version of the measure stands apart."""
    for alike in _alike(own):
        for start in range(0, len(alike), MOST_DAYS):
            yield _table(alike[start : start + MOST_DAYS])


def _alike(own: Sequence[Measured]) -> list[list[Measured]]:
    groups: list[list[Measured]] = []
    for each in own:
        if groups and groups[-1][-1].measure == each.measure:
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _table(shown: Sequence[Measured]) -> Table:
    measure = shown[0].measure
    rows: list[tuple[str, ...]] = []
    if any(was_answered(each) for each in shown):
        for item in measure.items:
            words = f"{item.number} {_(item.topic) if item.topic else item.text}"
            rows.append((words, *(answer_of(each, item) for each in shown)))
    for key in measure.score_keys:
        if any(each.score(key) is not None for each in shown):
            rows.append((_("Total") if key == TOTAL else _(measure.label_of(key)), *(_score(each, key) for each in shown)))
    years = {each.result.on.year for each in shown}
    columns = [Column(str(*years) if len(years) == 1 else "", 2.2)]
    for each in shown:
        day = short_date(each.result.on)
        columns.append(Column(day if len(years) == 1 else f"{day} {each.result.on.year}"))
    return Table(tuple(columns), tuple(rows), is_first_bold=False, note=_legend(measure))


def _score(measured: Measured, key: str) -> str:
    """Return a score with its band below it, where that may be said as a fact."""
    score = measured.score(key)
    if score is None:
        return "–"
    band = known_band(measured, key)
    return f"{said_score(score)}\n{_(band.label)}" if band else said_score(score)


def _legend(measure: Measure) -> str:
    """Return what the numbers stand for, where it is the same for every item."""
    options = [measure.options_of(each) for each in measure.items]
    if not options or any(each != options[0] for each in options):
        return ""
    return "; ".join(f"{each.value} {_(each.label)}" for each in options[0]) + "."


COURSE_MEASURES = ReportKind(
    key=KIND,
    whom=Whom.FILE,
    file_words=marked("measures"),
    assemble=_assemble,
    parts=(
        Part("chart", marked("Session by session"), marked("Charts of the scores")),
        Part("scores", marked("Scores"), marked("Scores beside medication")),
        Part("items", marked("Answers"), marked("Every answer by item and day")),
    ),
    missing=_missing,
    holds=(marked("whose the measures are"),),
    leaves_out=(marked("what was asked after an answer about risk"),),
    has_dates=True,
)
