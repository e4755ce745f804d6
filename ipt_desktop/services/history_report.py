"""The illness and its history on paper, for the therapist's own file: diagnoses, medication, what was written, events."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.event_words import event_detail
from ipt_desktop.domain.form import Purpose, is_blank
from ipt_desktop.domain.form_blocks import form_sections, with_word_titles
from ipt_desktop.domain.illness_words import medication_words, prescribed_on_paper
from ipt_desktop.domain.report import Column, Items, Report, Section, Table
from ipt_desktop.domain.text import _, marked
from ipt_desktop.services.course_file import CourseFile, read_about
from ipt_desktop.services.form_paper import on_paper
from ipt_desktop.services.report_kind import About, Part, ReportKind, Whom
from ipt_desktop.services.report_page import clinical_page, footer
from ipt_desktop.services.summary_illness import diagnosis_blocks
from ipt_desktop.services.termination_summary import names_in, third_parties

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ipt_desktop.domain.form_blocks import OnPaper
    from ipt_desktop.domain.records import Document
    from ipt_desktop.domain.session_records import Event
    from ipt_desktop.domain.third_parties import ThirdParties

KIND = "history"


def _written(about: About) -> Document | None:
    found = about.desk.documents.of_course(about.course_id, Purpose.HISTORY)
    return next((each for each in found if not is_blank(each.answers)), None)


def _missing(about: About) -> str:
    desk = about.desk
    is_there = (
        _written(about) is not None
        or desk.diagnoses.of_course(about.course_id)
        or desk.medications.of_client(about.client_id)
        or desk.events.of_client(about.client_id)
    )
    return (
        ""
        if is_there
        else _("Nothing is known of the illness yet. It is written under Phases, among the papers of the course.")
    )


def _assemble(about: About) -> Report:
    if why := _missing(about):
        raise Refused(reason=why)
    file = read_about(about)
    others = third_parties(file)
    sections = [each for each in _told(about, file, others) if each.part in about.include]
    report = clinical_page(file, KIND, _("Illness and history"), file.client.name, sections)
    return replace(report, footer=footer(file.today, is_initials_only=not names_in(report, others)))


def _told(about: About, file: CourseFile, others: ThirdParties) -> Iterator[Section]:
    if made := tuple(diagnosis_blocks(file, others)):
        yield Section("diagnosis", _("Diagnosis"), made, part="diagnosis")
    if taken := tuple(others.hide(medication_words(prescribed_on_paper(each, others))) for each in file.medications):
        yield Section("medication", _("Medication"), (Items(taken),), part="medication")
    events = about.desk.events.of_client(about.client_id)
    paper = on_paper(file, events=events)
    if (document := _written(about)) is not None:
        form = with_word_titles(about.desk.documents.form_of(document), {"sick_role": _(file.protocol.sick_role)})
        for each in form_sections(form, document.answers, paper):
            yield replace(each, part="history")
    if events:
        yield Section("timeline", _("Timeline"), (_events(file, events, paper),), part="timeline")


def _events(file: CourseFile, events: Sequence[Event], paper: OnPaper) -> Table:
    rows = tuple((paper.say(each.title), paper.say(event_detail(each, paper.people, file.today))) for each in events)
    return Table((Column(_("Event"), 3), Column(_("When, and with whom"), 3)), rows, is_first_bold=False)


HISTORY = ReportKind(
    key=KIND,
    whom=Whom.FILE,
    file_words=marked("history"),
    assemble=_assemble,
    parts=(
        Part("diagnosis", marked("Diagnosis"), marked("Diagnosis")),
        Part("medication", marked("Medication"), marked("Medication")),
        Part("history", marked("History"), marked("What was written of the illness and its history")),
        Part("timeline", marked("Timeline"), marked("Events of the client’s life")),
    ),
    missing=_missing,
    leaves_out=(marked("what is confidential"),),
)
