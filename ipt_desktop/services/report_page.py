"""The page round what a report says: one that a clinician writes, and one that is the client's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ipt_desktop.domain.circle_naming import Naming
from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.registration import registration_lines
from ipt_desktop.domain.report import Letterhead, Note, Paper, Report, Section, TextSize
from ipt_desktop.domain.text import _, language, marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from ipt_desktop.domain.records import Client, Practice
    from ipt_desktop.services.course_file import CourseFile


def letterhead(practice: Practice) -> Letterhead:
    """Return who writes, as it stands at the head of a page."""
    name = practice.name if practice.therapist else ""
    lines = (name, *practice.address.splitlines(), *practice.contact.splitlines(), *registration_lines(practice.registration))
    kept = tuple(line.strip() for line in lines if line.strip())
    return Letterhead(practice.therapist or practice.name, practice.profession, kept)


def paper_of(practice: Practice) -> Paper:
    """Return the sheet the practice prints on."""
    return Paper(practice.paper) if practice.paper in set(Paper) else Paper.A4


def joined(*words: str) -> str:
    """Return words with dots between, without those that are empty."""
    return " · ".join(filter(None, words))


_PROMISES = {
    Naming.INITIALS: marked("Other people are named by initials only"),
    Naming.RELATIONS: marked("Other people are named by what they are to the client"),
    Naming.PSEUDONYMS: marked("Other people go under pseudonyms"),
}


def footer(today: date, *, is_initials_only: bool, naming: Naming = Naming.INITIALS) -> str:
    """Return the foot of a clinician's page; it says how others are named only where no name was written after all."""
    promise = _(_PROMISES.get(naming, "")) if is_initials_only else ""
    return joined(_("Confidential"), promise, _("Printed {date}").format(date=long_date(today)))


def clinical_page(
    file: CourseFile, kind: str, title: str, subtitle: str, sections: Iterable[Section], *, has_letterhead: bool = True
) -> Report:
    """Return a page that a clinician writes about a client; its footer is still to be said."""
    return page_about(file.practice, file.client, kind, title, subtitle, sections, has_letterhead=has_letterhead)


def page_about(
    practice: Practice,
    client: Client,
    kind: str,
    title: str,
    subtitle: str,
    sections: Iterable[Section],
    *,
    has_letterhead: bool = True,
) -> Report:
    """Return a page about a client, of a course or none; its footer is still to be said."""
    reference = _("ref. {reference}").format(reference=client.reference) if client.reference else ""
    return Report(
        kind=kind,
        title=title,
        subtitle=subtitle,
        sections=tuple(sections),
        letterhead=letterhead(practice) if has_letterhead else None,
        running_head=(joined(client.name, reference), title),
        language=language(),
        paper=paper_of(practice),
        author=practice.therapist or practice.name,
    )


def rights_apart(section: Section) -> Iterator[Section]:
    """Yield a section, and whose the measures in it are in one of its own: those are no names of the client's life."""
    yield replace(section, blocks=tuple(each for each in section.blocks if not isinstance(each, Note)))
    if notes := tuple(each for each in section.blocks if isinstance(each, Note)):
        part = section.part or section.key
        yield Section(f"{section.key}_rights", "", notes, is_full_width=True, is_editable=False, part=part)


def clients_page(
    file: CourseFile, kind: str, title: str, subtitle: str, sections: Sequence[Section], *, is_large_print: bool
) -> Report:
    """Return a page that is the client's own: no letterhead, nothing but their name and the day at its foot."""
    practice = file.practice
    return Report(
        kind=kind,
        title=title,
        subtitle=subtitle,
        sections=tuple(sections),
        running_head=(file.client.name, title),
        footer=joined(_("My own copy"), long_date(file.today)),
        language=language(),
        paper=paper_of(practice),
        author=practice.therapist or practice.name,
        is_large=True,
        text_size=TextSize.LARGE_PRINT if is_large_print else TextSize.USUAL,
    )
