"""The portfolio: one course for supervision or certification, everyone under one pseudonym throughout, all dates moved alike.

Its contents are those the IPT Institute asks of a portfolio for certification: case report, interpersonal inventory and circle,
formulation and summary, self-rating, PHQ-9 and GAD-7 at intake and every four sessions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.disguise import Disguise
from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.illness_words import medication_words
from ipt_desktop.domain.may_identify import may_identify
from ipt_desktop.domain.measured import Measured
from ipt_desktop.domain.report import Block, Facts, Items, Paper, Pictures, Prose, Report, Section, as_text
from ipt_desktop.domain.rich_text import BlockKind, RichText
from ipt_desktop.domain.self_check import SelfCheck, read_self_check
from ipt_desktop.domain.text import _, language, marked
from ipt_desktop.domain.third_parties import ThirdParties, UnderPseudonyms
from ipt_desktop.domain.treatment_records import DiagnosisAt
from ipt_desktop.services.course_file import CourseFile, Filled, filled, read_about, read_course
from ipt_desktop.services.disguised_course import (
    OLDEST_TOLD,
    Disguised,
    aliases_in,
    diagnosis_in_disguise,
    disguised_course,
    medication_in_disguise,
)
from ipt_desktop.services.portfolio_parts import (
    MEASURES,
    Checks,
    Score,
    measure_table,
    question_blocks,
    session_table,
    task_table,
)
from ipt_desktop.services.report_kind import About, Part, ReportKind, Whom
from ipt_desktop.services.report_page import rights_apart
from ipt_desktop.services.summary_circle import circle_blocks
from ipt_desktop.services.summary_goals import goal_blocks
from ipt_desktop.services.summary_texts import assembled_texts
from ipt_desktop.services.termination_summary import ending_words, sessions_words, third_parties, treatment_words

if TYPE_CHECKING:
    from ipt_desktop.services.summary_circle import PaperInk

KIND = "portfolio"
PARTS = (
    Part("diagnosis", "", marked("Diagnosis"), of="identification"),
    Part("summary", marked("Case summary"), marked("Case summary")),
    Part("circle", marked("The circle"), marked("Circle and change list")),
    Part("formulation", marked("Focus and formulation"), marked("Focus and formulation")),
    Part("goals", marked("Goals"), marked("Goals")),
    Part("sessions", marked("Sessions"), marked("Session table with self-rating")),
    Part("tasks", marked("Tasks by phase"), marked("Tasks by phase")),
    Part("measures", marked("PHQ-9 and GAD-7"), marked("PHQ-9 and GAD-7, as due and as given")),
    Part("medication", marked("Medication"), marked("Medication")),
    Part("outcome", marked("Outcome"), marked("Outcome")),
    Part("questions", marked("Supervision questions"), marked("Supervision questions and looking back"), is_default=False),
)
_WIDE = frozenset({"circle", "sessions", "tasks", "measures"})
_OF_TABLES = frozenset({"identification", "measures", "measures_rights", "tasks", "sessions"})
"""Sections that hold labels, dates and numbers alone: there is nobody's own word in them to look through."""


_WRITTEN = (Means.IN_BRIEF, Means.NARRATIVE, Means.GAINS)


@dataclass(frozen=True, slots=True)
class _Case:
    """A course in disguise, with what else a portfolio is made of: in disguise, too."""

    disguised: Disguised
    written: Mapping[Means, RichText]
    checks: Checks
    diagnoses: Sequence[str]
    medicines: Sequence[str]
    scores: Sequence[Score]

    @property
    def file(self) -> CourseFile:
        """The course."""
        return self.disguised.file


def _read(about: About) -> _Case:
    desk = about.desk
    with desk.store.read():  # all that follows sees the same commit
        real = read_course(desk, about.course_id, about.today)
        checks = [filled(desk, each) for each in desk.documents.of_course(about.course_id, Purpose.SELF_CHECK)]
        sessions = [each.session_id or "" for each in desk.documents.of_course(about.course_id, Purpose.SELF_CHECK)]
        texts = [filled(desk, each) for each in desk.documents.of_course(about.course_id, Purpose.PORTFOLIO)]
        diagnoses = desk.diagnoses.of_course(about.course_id)
        medications = desk.medications.of_client(about.client_id)
        measured = desk.measures.measured(about.client_id, about.course_id)
    written = texts[0] if texts else Filled()
    disguised = disguised_course(real, aliases_in(written))
    d = disguised.disguise
    read = [read_self_check(each.form, each.answers) for each in checks if each.form]
    told = [diagnosis_in_disguise(each, d) for each in diagnoses if each.at is DiagnosisAt.START]
    return _Case(
        disguised,
        {means: d.rich(written.prose(means)) for means in _WRITTEN},
        Checks(
            desk.documents.form_for(Purpose.SELF_CHECK), dict(zip(sessions, (_check(each, d) for each in read), strict=True))
        ),
        told or [rich_text.as_plain(disguised.file.formulation.prose(Means.DIAGNOSIS))],
        [medication_words(medication_in_disguise(each, d), date.max) for each in medications],
        [_score(each, d) for each in measured if each.measure.key in MEASURES],
    )


def _score(measured: Measured, d: Disguise) -> Score:
    result, whose = measured.result, measured.measure.licence.attribution
    return Score(measured.measure.key, d.dates.day(result.on), result.session_id, result.total, whose)


def _check(check: SelfCheck, d: Disguise) -> SelfCheck:
    return replace(check, reflection=d.rich(check.reflection), question=d.rich(check.question), scale=d.text(check.scale))


def _portfolio(case: _Case, ink: PaperInk, include: frozenset[str]) -> Report:
    file = case.file
    others = UnderPseudonyms(file.people)
    texts = {**_texts(file, others), **{means: text for means, text in case.written.items() if text}}
    letter = case.disguised.disguise.client_called[:1]
    made: Mapping[str, Callable[[], Iterable[Block]]] = {
        "summary": lambda: _prose(texts[Means.IN_BRIEF]),
        "circle": lambda: circle_blocks(file, others, letter, ink),
        "formulation": lambda: _prose(texts[Means.NARRATIVE]),
        "goals": lambda: goal_blocks(file, others),
        "sessions": lambda: session_table(file, case.checks),
        "tasks": lambda: task_table(file, case.checks),
        "measures": lambda: measure_table(file, case.scores),
        "medication": lambda: [Items(tuple(case.medicines))] if case.medicines else [],
        "outcome": lambda: _prose(texts[Means.GAINS]),
        "questions": lambda: question_blocks(file, case.checks),
    }
    bodies = [(part, tuple(made[part.key]())) for part in PARTS if part.key in include and part.key in made]
    told = [
        Section(part.key, _title(part, blocks), blocks, is_full_width=part.key in _WIDE) for part, blocks in bodies if blocks
    ]
    sections = [each for section in told for each in rights_apart(section)]
    title, practice = _("Portfolio"), file.practice
    return Report(
        kind=KIND,
        title=title,
        subtitle=_("One course of interpersonal psychotherapy, for supervision or certification."),
        sections=(_identification(case, has_diagnosis="diagnosis" in include), *sections),
        running_head=(case.disguised.disguise.client_called, title),
        footer=_("Confidential · everyone under a pseudonym, all dates moved alike"),
        language=language(),
        paper=Paper(practice.paper) if practice.paper in set(Paper) else Paper.A4,
        author=practice.therapist,
        is_undated=True,
    )


def _title(part: Part, blocks: tuple[Block, ...]) -> str:
    is_compared = any(isinstance(each, Pictures) and len(each.drawings) > 1 for each in blocks)
    return _("The circle at first and now") if is_compared else _(part.title)


def _prose(text: RichText) -> Iterator[Block]:
    if not rich_text.is_blank(text):
        yield Prose(text)


def _texts(file: CourseFile, others: ThirdParties) -> dict[Means, RichText]:
    """Return what stands in each text as long as the therapist has not written another."""
    texts = assembled_texts(file, others)
    remaining = texts[Means.REMAINING]
    head = (
        ()
        if rich_text.is_blank(remaining)
        else (rich_text.Block((rich_text.Run(_("What did not change")),), BlockKind.HEADING),)
    )
    return {
        Means.IN_BRIEF: (*texts[Means.IN_BRIEF], *texts[Means.PRESENTING]),
        Means.NARRATIVE: texts[Means.NARRATIVE],
        Means.GAINS: (*texts[Means.GAINS], *head, *remaining),
    }


def _identification(case: _Case, *, has_diagnosis: bool) -> Section:
    file = case.file
    diagnoses = case.diagnoses if has_diagnosis else ()
    left = (
        (_("Client"), ", ".join(filter(None, (file.client.name, _age_words(case.disguised.age), file.client.pronouns)))),
        (_("Diagnosis"), "; ".join(filter(None, diagnoses))),
        (_("Therapist"), ", ".join(filter(None, (file.practice.therapist, file.practice.profession)))),
    )
    right = (
        (_("Protocol"), _(file.protocol.name)),
        (_("Treatment"), treatment_words(file)),
        (_("Sessions"), sessions_words(file)),
        (_("Ending"), ending_words(file)),
    )
    return Section("identification", "", (Facts(left, right),), is_full_width=True, is_editable=False)


def _age_words(age: int | None) -> str:
    if age is None:
        return ""
    if age > OLDEST_TOLD:
        return _("over {age} at the start").format(age=OLDEST_TOLD)
    return _("{age} at the start").format(age=age)


# -- the kind ----------------------------------------------------------------------------------------------------------


def _assemble(about: About) -> Report:
    return _portfolio(_read(about), about.desk.reporting.ink, about.include)


def _defaults(about: About) -> Mapping[Means, RichText]:
    """Return the texts as the record gives them: what is put into disguise on the page is written here as it is."""
    file = read_about(about)
    return _texts(file, third_parties(file))


def _to_check(about: About, report: Report) -> Sequence[str]:
    """Return what may still tell who someone is, in the words that stand on the pages."""
    case = _read(about)
    d, file = case.disguised.disguise, case.file
    told = tuple(_in_words(each) for each in report.sections if each.key not in _OF_TABLES)
    pages = as_text(replace(report, sections=told, letterhead=None, title="", subtitle=""))
    own = {word for each in (*d.pseudonyms, file.protocol.name) for word in each.replace(",", " ").split()}
    found = may_identify([pages], own, d.name_parts, d.dates.years)
    lines = found.lines()
    words = [_("What must not be read is replaced on the left, under Texts.")] if lines else []
    return [*lines, *words, _("A rare illness, job or event can tell who someone is, too.")]


def _in_words(section: Section) -> Section:
    return replace(section, blocks=tuple(each for each in section.blocks if not isinstance(each, Pictures)))


PORTFOLIO = ReportKind(
    key=KIND,
    whom=Whom.PEERS,
    file_words=marked("portfolio"),
    assemble=_assemble,
    parts=PARTS,
    texts=Purpose.PORTFOLIO,
    texts_hint=marked(
        "Change what you like; the record stays as it is. Here names and dates stand as they are; on the pages they are "
        "replaced, in what you write, too."
    ),
    defaults=_defaults,
    to_check=_to_check,
    is_pseudonymous=True,
    leaves_out=(marked("the client’s name and address"), marked("the real dates"), marked("private notes")),
)
