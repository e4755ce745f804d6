"""The formulation on paper: for the therapist's own file with the link as a picture; for the client what was said to them.

The client's page is plain words in large print: no diagnosis, and the protocol's words for clients instead of the manual's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import Means, Purpose, is_blank
from ipt_desktop.domain.form_blocks import OnPaper, form_sections
from ipt_desktop.domain.formulation_link import LinkedArea, link_of, linked_areas
from ipt_desktop.domain.formulation_picture import Sheet, link_picture
from ipt_desktop.domain.report import Drawing, Items, Pictures, Prose, Report, Section
from ipt_desktop.domain.text import _, marked
from ipt_desktop.services.course_file import CourseFile, read_about
from ipt_desktop.services.form_paper import on_paper
from ipt_desktop.services.report_kind import About, Part, ReportKind, Whom
from ipt_desktop.services.report_page import clients_page, clinical_page, footer
from ipt_desktop.services.termination_summary import names_in, third_parties

if TYPE_CHECKING:
    from ipt_desktop.domain.form import Form
    from ipt_desktop.domain.form import Section as FormSection
    from ipt_desktop.domain.records import Document
    from ipt_desktop.services.summary_circle import PaperInk

KIND, NARRATIVE_KIND = "formulation", "formulation-narrative"
PICTURE_WIDTH = 470.0
"""Of the picture, in its own units, each a point on paper."""
ENLARGED = 4 / 3
LINE = 13.0


def _formulation(about: About) -> Document | None:
    found = about.desk.documents.of_course(about.course_id, Purpose.FORMULATION)
    return next((each for each in found if not is_blank(each.answers)), None)


def _missing(about: About) -> str:
    if _formulation(about) is not None:
        return ""
    return _("There is no formulation yet. It is written under Phases, among the papers of the course.")


def _assemble(about: About) -> Report:
    document = _formulation(about)
    if document is None:
        raise Refused(reason=_missing(about))
    file = read_about(about)
    others, form = third_parties(file), about.desk.documents.form_of(document)
    paper = on_paper(file, events=about.desk.events.of_client(about.client_id))
    sections = list(_link_section(file, form, document, paper, about.desk.reporting.ink)) if "link" in about.include else []
    for part, kept in _shared_out(form).items():
        if part in about.include:
            told = form_sections(replace(form, sections=tuple(kept)), document.answers, paper)
            sections += [replace(each, part=part) for each in told]
    written = _("written {date}").format(date=long_date(document.saved_at.astimezone().date()))
    report = clinical_page(file, KIND, _("Formulation"), f"{file.client.name} · {written}", sections)
    return replace(report, footer=footer(file.today, is_initials_only=not names_in(report, others)))


def _link_section(file: CourseFile, form: Form, document: Document, paper: OnPaper, ink: PaperInk) -> tuple[Section, ...]:
    """Return the link as a picture, where two of its parts at least say anything."""
    areas = linked_areas(file.areas, file.stages, file.protocol, file.people, paper, is_printed=True)
    link = link_of(form, document.answers, areas, paper)
    if link.parts < 2:
        return ()
    picture = link_picture(link, Sheet(PICTURE_WIDTH, ink.measure, LINE, ink.style))
    drawn = Pictures((Drawing("", "", picture),), enlarged=ENLARGED)
    return (Section("link", "", (drawn,), is_full_width=True),)


def _shared_out(form: Form) -> dict[str, list[FormSection]]:
    """Return the form's sections by the part of the page they make: what was shared, the background, and what comes first."""
    parts: dict[str, list[FormSection]] = {"focus": [], "shared": [], "background": []}
    for section in form.sections:
        is_shared = any(each.means == Means.NARRATIVE for each in section.fields)
        parts["shared" if is_shared else "background" if section.is_folded else "focus"].append(section)
    return parts


FORMULATION = ReportKind(
    key=KIND,
    whom=Whom.FILE,
    file_words=marked("formulation"),
    assemble=_assemble,
    parts=(
        Part("link", marked("The link"), marked("The link as a picture")),
        Part("focus", marked("Symptoms and focus"), marked("Symptoms and focus")),
        Part("shared", marked("Shared with the client"), marked("What was shared with the client")),
        Part("background", marked("Background"), marked("Background")),
    ),
    missing=_missing,
)


# -- the client's own --------------------------------------------------------------------------------------------------


def _narrative_missing(about: About) -> str:
    document = _formulation(about)
    said = about.desk.documents.form_of(document).answer(document.answers, Means.NARRATIVE) if document is not None else None
    if not is_blank(said):
        return ""
    return _("Nothing is written yet under “Said to the client” in the formulation.")


def _assemble_narrative(about: About) -> Report:
    if why := _narrative_missing(about):
        raise Refused(reason=why)
    file = read_about(about)
    told = file.formulation
    sections = [Section("narrative", "", (Prose(told.prose(Means.NARRATIVE)),), is_full_width=True)]
    if "focus" in about.include and (areas := areas_in_plain_words(file)):
        sections.append(Section("focus", _("What we work on"), (Items(tuple(areas)),)))
    if "goals" in about.include and file.goals:
        goals = tuple(each.words for each in file.goals)
        sections.append(Section("goals", _("What I want to reach"), (Items(goals),)))
    if "own_words" in about.include and (own := told.prose(Means.CLIENT_WORDS)):
        sections.append(Section("own_words", _("In my own words"), (Prose(own),)))
    written_with = file.practice.therapist or file.practice.name
    subtitle = _("{client}, with {therapist}").format(client=file.client.name, therapist=written_with)
    return clients_page(file, NARRATIVE_KIND, _("How we understand it"), subtitle, sections, is_large_print=True)


def areas_in_plain_words(file: CourseFile) -> list[str]:
    """Return the problem areas worked on in the words for clients; those the form chose where none was agreed on."""
    paper = on_paper(file, is_for_the_client=True)
    chosen = file.formulation.answer(Means.PROBLEM_AREA) or ()
    own = [LinkedArea(paper.areas[key]) for key in chosen if key in paper.areas]
    areas = linked_areas(file.areas, (), file.protocol, file.people, paper)
    return [each.in_plain_words for each in areas or own]


NARRATIVE = ReportKind(
    key=NARRATIVE_KIND,
    whom=Whom.CLIENT,
    file_words=marked("how we understand it"),
    assemble=_assemble_narrative,
    parts=(
        Part("focus", marked("What we work on"), marked("What we work on")),
        Part("own_words", marked("In my own words"), marked("The client’s own words")),
        Part("goals", marked("What I want to reach"), marked("Goals"), is_default=False),
    ),
    missing=_narrative_missing,
    holds=(marked("what was said to the client"),),
    leaves_out=(marked("diagnosis"), marked("scores"), marked("risk entries")),
)
