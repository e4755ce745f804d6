"""The full record of a client, for an access request: everything but private notes and jottings, with a page of contents.

Other people are named by initials. What was answered on violence and coercion is in it only where it is asked for: the record
may be read at home. Where the law counts private pages among what may be asked for (UK, EU), the therapist is told to look
through them; each is released on a page of its own, and no page tells that there are any.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.form_blocks import OnPaper
from ipt_desktop.domain.practice_settings import Jurisdiction
from ipt_desktop.domain.report import Chapter, Contents, Report, Section
from ipt_desktop.domain.text import _, marked
from ipt_desktop.services.course_file import read_about
from ipt_desktop.services.record_client import WholeRecord, client_sections, disclosure_sections, risk_sections
from ipt_desktop.services.record_course import CourseRecord, course_sections
from ipt_desktop.services.report_kind import About, Part, ReportKind, Whom
from ipt_desktop.services.report_page import footer, joined, page_about
from ipt_desktop.services.session_note_report import as_signed
from ipt_desktop.services.termination_summary import names_in, third_parties
from ipt_desktop.services.told_notes import people_then, read_notes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipt_desktop.services.course_file import CourseFile
    from ipt_desktop.services.told_notes import ToldNote

KIND = "full-record"


def _assemble(about: About) -> Report:
    desk = about.desk
    with desk.store.read():  # all that follows sees the same commit
        client, practice = desk.clients.client(about.client_id), desk.practice.details()
        courses = [replace(about, course_id=each.id) for each in desk.courses.courses(client.id)]
        read = [(file := read_about(each), read_notes(desk, file)) for each in courses]
        sections = _sections(about, read)
    others = about.people()
    born = _("born {date}").format(date=long_date(client.born_on)) if client.born_on else ""
    reference = _("ref. {reference}").format(reference=client.reference) if client.reference else ""
    subtitle = joined(client.name, reference, born)
    report = page_about(practice, client, KIND, _("Record"), subtitle, [_contents(sections), *sections])
    return replace(report, footer=footer(about.today, is_initials_only=not names_in(report, others)), is_close=True)


def _sections(about: About, read: Sequence[tuple[CourseFile, list[ToldNote]]]) -> list[Section]:
    desk = about.desk
    notes = [each for _file, own in read for each in own]
    everyone = people_then(desk.circles.people(about.client_id), notes)
    told = [_told(about, replace(file, people=everyone), own) for file, own in read]
    whole = told[-1].whole if told else _without_course(about)
    return [
        *client_sections(whole),
        *(section for each in told for section in course_sections(each)),
        *risk_sections(whole),
        *disclosure_sections(whole),
    ]


def _told(about: About, file: CourseFile, notes: Sequence[ToldNote]) -> CourseRecord:
    file, paper = as_signed(about.desk, file, notes)
    whole = replace(_without_course(about), others=third_parties(file), paper=paper)
    return CourseRecord(whole=whole, file=file, notes=notes)


def _without_course(about: About) -> WholeRecord:
    desk, others = about.desk, about.people()
    return WholeRecord(
        desk=desk,
        client=desk.clients.client(about.client_id),
        today=about.today,
        include=about.include,
        others=others,
        paper=OnPaper(people=others.printed, told=others.hide_in),
        events=desk.events.of_client(about.client_id),
    )


def _contents(sections: Sequence[Section]) -> Section:
    chapters = (block for each in sections for block in each.blocks if isinstance(block, Chapter))
    entries = tuple((each.title, each.level) for each in chapters)
    return Section("contents", _("Contents"), (Contents(entries),), is_full_width=True, is_editable=False)


def _to_check(about: About, _report: Report) -> Sequence[str]:
    """Say what the law asks for besides: private pages are looked through one by one, where they count."""
    if about.desk.settings.values().jurisdiction is Jurisdiction.US:
        return ()
    return (
        _(
            "By the law you practise under, private pages may belong to what a client can ask for: look through them in "
            "Sessions, and release there what belongs to it."
        ),
    )


FULL_RECORD = ReportKind(
    key=KIND,
    whom=Whom.FILE,
    file_words=marked("record"),
    assemble=_assemble,
    parts=(
        Part("people", marked("People"), marked("People, and what was asked about them")),
        Part("events", marked("Events"), marked("Events of the client’s life")),
        Part("illness", marked("Diagnoses and medication"), marked("Diagnoses and medication")),
        Part("papers", marked("Papers"), marked("Agreements, formulations, history and what else was written")),
        Part("areas", marked("Problem areas"), marked("Records of the problem areas")),
        Part("goals", marked("Goals"), marked("Goals and their ratings")),
        Part("circle", marked("The circle"), marked("The circle at each sitting")),
        Part("tasks", marked("Between-session tasks"), marked("Between-session tasks")),
        Part("worksheets", marked("Worksheets"), marked("Worksheets")),
        Part("measures", marked("Measures"), marked("Measures with every answer")),
        Part("notes", marked("Session notes"), marked("Session notes with their addenda")),
        Part("risk", marked("Risk"), marked("Risk entries and safety plans")),
        Part("disclosures", marked("Disclosures"), marked("What was given out, and to whom")),
        Part(
            "confidential",
            marked("Violence and coercion"),
            marked("Answers on violence and coercion"),
            is_default=False,
            is_unsaid=True,
        ),
        Part("self_checks", marked("Self-checks"), marked("Your own self-checks"), is_default=False),
    ),
    needs_course=False,
    to_check=_to_check,
    holds=(marked("who the client is"), marked("courses, phases and protocols")),
    leaves_out=(marked("jottings"), marked("private pages")),
    check_words=marked("Before the client gets it"),
    is_often_made=True,
    is_as_written=True,
)
