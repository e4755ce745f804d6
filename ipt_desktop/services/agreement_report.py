"""The treatment agreement, to be signed: sessions, focus and goals from the course, the rest as it was written.

It is the client's own paper as much as the therapist's: people stand in it as the client says them. Printed again it is as it
was on the day it was agreed, and says below what has changed since (`agreement_kept`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.form import Means, Purpose, form_hash, is_blank
from ipt_desktop.domain.form_blocks import form_sections
from ipt_desktop.domain.formulation_link import linked_areas
from ipt_desktop.domain.prefill import terms_words
from ipt_desktop.domain.records import Document
from ipt_desktop.domain.report import Facts, Items, Report, Section, Signature
from ipt_desktop.domain.text import _, marked
from ipt_desktop.domain.treatment_records import GoalStatus
from ipt_desktop.services.agreement_kept import agreed
from ipt_desktop.services.course_file import read_about
from ipt_desktop.services.form_paper import on_paper
from ipt_desktop.services.report_kind import About, Part, ReportKind, Whom
from ipt_desktop.services.report_page import clinical_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from ipt_desktop.domain.form import Form
    from ipt_desktop.services.agreement_kept import agreed
from ipt_desktop.services.course_file import CourseFile

KIND = "agreement"
GUARDIANS_CONSENT = "guardian_consent"
"""The task of a protocol for young people that asks for it: then a parent or guardian signs as well."""


def _assemble(about: About) -> Report:
    file = read_about(about)
    found = about.desk.documents.of_course(about.course_id, Purpose.AGREEMENT)
    kept = agreed(about.desk, file, found[0] if found else _fresh(about))
    file, form, answers = kept.file, kept.form, kept.answers
    sections = [_terms(file, form, answers)]
    if "focus" in about.include:
        sections += _focus(file)
    if "goals" in about.include:
        sections += _goals(file)
    in_facts = [each.key for each in form.fields if each.means in (Means.FEE, Means.AGREED_ON, Means.GUARDIAN)]
    sections += form_sections(form, answers, on_paper(file, is_for_the_client=True), but=in_facts)
    if "since" in about.include and kept.since:
        sections.append(Section("since", _("Changed since"), (Items(kept.since),)))
    sections.append(_signatures(file, form, answers))
    therapist = file.practice.therapist or file.practice.name
    subtitle = _("{client} and {therapist}").format(client=file.client.name, therapist=therapist)
    report = clinical_page(file, KIND, _(form.title), subtitle, sections)
    foot = _("One copy for each who signs · printed {date}").format(date=long_date(file.today))
    return replace(report, footer=foot, is_close=True)


def _fresh(about: About) -> Document:
    form = about.desk.documents.form_for(Purpose.AGREEMENT)
    return Document(client_id=about.client_id, form=form_hash(form), purpose=str(Purpose.AGREEMENT))


def _terms(file: CourseFile, form: Form, answers: Mapping[str, Any]) -> Section:
    """Return what the course itself says: it is not typed twice."""
    course = file.course
    left = (
        (_("Treatment"), _("Interpersonal psychotherapy")),
        (_("Sessions"), terms_words(course)),
        (_("Fee"), str(form.answer(answers, Means.FEE) or "")),
    )
    right = (
        (_("First session"), long_date(course.started_on)),
        (_("Last session"), _("planned for {date}").format(date=long_date(course.planned_end)) if course.planned_end else ""),
        (_("Agreed on"), _day(form.answer(answers, Means.AGREED_ON))),
    )
    return Section("terms", "", (Facts(left, right),), is_full_width=True, is_editable=False)


def _day(answer: Any) -> str:
    return "" if is_blank(answer) else long_date(date.fromisoformat(str(answer)))


def _focus(file: CourseFile) -> Iterator[Section]:
    paper = on_paper(file, is_for_the_client=True)
    areas = linked_areas(file.areas, (), file.protocol, file.people, paper)
    if areas:
        yield Section("focus", _("What we work on"), (Items(tuple(each.in_plain_words for each in areas)),))


def _goals(file: CourseFile) -> Iterator[Section]:
    goals = tuple(each.words for each in file.goals if each.status is not GoalStatus.DROPPED)
    if goals:
        yield Section("goals", _("Goals"), (Items(goals),))


def _signatures(file: CourseFile, form: Form, answers: Mapping[str, Any]) -> Section:
    """Return the lines to sign on: for client and therapist, and for a parent or guardian where one signs."""
    practice, guardian = file.practice, str(form.answer(answers, Means.GUARDIAN) or "").strip()
    therapist, profession = practice.therapist or practice.name, practice.profession
    signed = [Signature(file.client.name, date_label=_("Date"))]
    asked = {task.key for phase in file.protocol.phases for task in phase.tasks}
    if guardian or GUARDIANS_CONSENT in asked:
        as_whom = (_("Parent or guardian"),) if guardian else ()
        signed.append(Signature(guardian or _("Parent or guardian"), as_whom, date_label=_("Date")))
    signed.append(Signature(therapist, (profession,) if profession else (), date_label=_("Date")))
    return Section("signatures", "", tuple(signed), is_full_width=True, is_editable=False)


AGREEMENT = ReportKind(
    key=KIND,
    whom=Whom.CLIENT,
    file_words=marked("agreement"),
    assemble=_assemble,
    parts=(
        Part("focus", marked("What we work on"), marked("What we work on")),
        Part("goals", marked("Goals"), marked("Goals")),
        Part("since", marked("Changed since"), marked("What has changed since it was agreed")),
    ),
    holds=(marked("sessions and dates agreed"), marked("what was written in the agreement"), marked("lines to sign on")),
    leaves_out=(marked("diagnosis"), marked("scores"), marked("risk entries")),
)
