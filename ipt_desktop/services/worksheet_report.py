"""A worksheet on paper, for the therapist's own file: what was worked out on it, about whom and when.

What is confidential (violence or coercion) is on no paper: the forms say so where it is asked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form_blocks import form_sections
from ipt_desktop.domain.report import Report
from ipt_desktop.domain.text import _, marked
from ipt_desktop.domain.worksheet import title_and_day
from ipt_desktop.services.course_file import read_about
from ipt_desktop.services.form_paper import on_paper
from ipt_desktop.services.report_kind import About, ReportKind, Whom
from ipt_desktop.services.report_page import clinical_page, footer, joined
from ipt_desktop.services.termination_summary import names_in, third_parties

if TYPE_CHECKING:
    from collections.abc import Sequence

KIND = "worksheet"


def _records(about: About) -> Sequence[tuple[str, str]]:
    names = {each.id: each.name for each in about.desk.circles.people(about.client_id)}
    return [
        (each.document.id, joined(title_and_day(each.form, each.day, about.today), _with(names.get(each.person_id or "", ""))))
        for each in about.desk.worksheets.of_course(about.course_id)
    ]


def _with(name: str) -> str:
    return _("with {name}").format(name=name) if name else ""


def _missing(about: About) -> str:
    if about.desk.worksheets.of_course(about.course_id):
        return ""
    return _("No worksheet has been written yet. They are begun under Phases, between the sessions.")


def _assemble(about: About) -> Report:
    sheets = about.desk.worksheets.of_course(about.course_id)
    sheet = next((each for each in sheets if each.document.id == about.record_id), next(iter(sheets), None))
    if sheet is None:
        raise Refused(reason=_missing(about))
    file = read_about(about)
    others = third_parties(file)
    paper = on_paper(file, ties=about.desk.circles.ties(about.client_id), events=about.desk.events.of_client(about.client_id))
    said = _("Worksheet of {day} · {name}").format(day=long_date(sheet.day), name=file.client.name)
    sections = list(form_sections(sheet.form, sheet.document.answers, paper))
    report = clinical_page(file, KIND, _(sheet.form.title), said, sections)
    return replace(report, footer=footer(file.today, is_initials_only=not names_in(report, others)))


WORKSHEET = ReportKind(
    key=KIND,
    whom=Whom.FILE,
    file_words=marked("worksheet"),
    assemble=_assemble,
    missing=_missing,
    records=_records,
    holds=(marked("what is written on it"),),
    leaves_out=(marked("what is confidential"),),
)
