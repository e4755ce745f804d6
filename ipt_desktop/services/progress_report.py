"""The report on the way: attendance, focus, scores in words by the rule set, goals, medication, risk and what is to come.

It is for a clinician who asks how a treatment goes; of the focus it tells the problem areas alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.dates import day_and_month, long_date
from ipt_desktop.domain.report import Facts, Items, Prose, Report, Section
from ipt_desktop.domain.rich_text import plain
from ipt_desktop.domain.text import _, marked
from ipt_desktop.services.course_file import read_about
from ipt_desktop.services.letter_words import appointment_words, plan_words, stage
from ipt_desktop.services.report_kind import About, Part, ReportKind, Whom
from ipt_desktop.services.report_page import clinical_page, footer, rights_apart
from ipt_desktop.services.risk_line import risk_line
from ipt_desktop.services.summary_goals import goal_blocks
from ipt_desktop.services.summary_illness import medication_blocks
from ipt_desktop.services.summary_scores import score_blocks
from ipt_desktop.services.summary_texts import area_label
from ipt_desktop.services.termination_summary import (
    ending_words,
    names_in,
    sessions_words,
    signature,
    third_parties,
    treatment_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ipt_desktop.domain.report import Block
    from ipt_desktop.domain.rich_text import RichText
    from ipt_desktop.services.course_file import CourseFile

KIND = "progress-report"
PARTS = (
    Part("attendance", marked("Attendance"), marked("Attendance")),
    Part("focus", marked("Focus"), marked("Problem areas")),
    Part("scores", marked("Scores"), marked("Scores beside medication")),
    Part("chart", marked("Scores, session by session"), marked("Chart of the scores"), is_default=False),
    Part("goals", marked("Goals"), marked("Goals"), kept_from=frozenset({Whom.OTHER})),
    Part("medication", marked("Medication"), marked("Medication")),
    Part("risk", marked("Risk"), marked("Risk line")),
    Part("plan", marked("Plan"), marked("Plan")),
)
_WIDE = frozenset({"scores", "chart"})


def _assemble(about: About) -> Report:
    from ipt_desktop.services.charts import read_charts
    from ipt_desktop.services.summary_chart import chart_blocks

    desk = about.desk
    with desk.store.read():  # all that follows sees the same commit
        file, risk = read_about(about), risk_line(desk, read_about(about))
        wants_chart = "chart" in about.include
        charts = read_charts(desk, about.client_id, about.course_id, about.today) if wants_chart else None
    others = third_parties(file)
    made: Mapping[str, Callable[[], Iterable[Block]]] = {
        "attendance": lambda: _said(plain(_sentence(sessions_words(file)))),
        "focus": lambda: _focus(file),
        "scores": lambda: score_blocks(file, others),
        "chart": lambda: chart_blocks(charts, others, desk.reporting.ink) if charts is not None else (),
        "goals": lambda: goal_blocks(file, others),
        "medication": lambda: medication_blocks(file, others),
        "risk": lambda: _said(others.hide_in(risk)),
        "plan": lambda: _said(plain(others.hide("\n".join(filter(None, (plan_words(file), appointment_words(file))))))),
    }
    bodies = [(part, tuple(made[part.key]())) for part in PARTS if part.key in about.include]
    sections = [
        each
        for part, blocks in bodies
        if blocks
        for each in rights_apart(Section(part.key, _(part.title), blocks, is_full_width=part.key in _WIDE))
    ]
    subtitle = _("Interpersonal psychotherapy, {stage}.").format(stage=stage(file))
    told = (_facts(file), *sections, signature(file))
    report = clinical_page(file, KIND, _("Progress report"), subtitle, told)
    return replace(report, footer=footer(file.today, is_initials_only=not names_in(report, others)), is_close=True)


def _facts(file: CourseFile) -> Section:
    client, course = file.client, file.course
    left = (
        (_("Client"), client.name),
        (_("Born"), long_date(client.born_on) if client.born_on else ""),
        (_("Reference"), client.reference),
    )
    right = (
        (_("Treatment"), treatment_words(file)),
        (_("Began"), long_date(course.started_on)),
        (_("Ending"), ending_words(file)),
    )
    return Section("identification", "", (Facts(left, right),), is_full_width=True, is_editable=False)


def _focus(file: CourseFile) -> Iterator[Block]:
    """Yield the problem areas with the day they were agreed; with whom, and what about, is not told."""
    areas = [(area_label(file, each), each.agreed_on) for each in file.areas if each.ended_on is None]
    if areas:
        yield Items(
            tuple(_("{area}, agreed on {day}").format(area=area, day=day_and_month(on)) if on else area for area, on in areas)
        )


def _said(text: RichText) -> Iterator[Block]:
    if not rich_text.is_blank(text):
        yield Prose(text)


def _sentence(words: str) -> str:
    return _("{words}.").format(words=words[:1].upper() + words[1:])


def _to_check(about: About, report: Report) -> list[str]:
    is_told = any(each.key == "risk" for each in report.sections)
    return [] if is_told else [_("It says nothing about risk: you left the risk line out.")]


PROGRESS_REPORT = ReportKind(
    key=KIND,
    whom=Whom.CLINICIAN,
    file_words=marked("progress report"),
    assemble=_assemble,
    parts=PARTS,
    to_check=_to_check,
    check_words=marked("Before it goes out"),
    leaves_out=(marked("relationships"), marked("the circle"), marked("formulation"), marked("diagnosis")),
)
