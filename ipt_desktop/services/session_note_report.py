"""The notes of sessions on paper: one, or all of a course, each with its signature and its addenda.

A signed note is printed as it was signed, with other people by initials; one that is not signed says that it is a draft.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ipt_desktop.domain.dates import span
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.report import Chapter, Report, Section
from ipt_desktop.domain.text import _, marked, ngettext
from ipt_desktop.services.course_file import read_about
from ipt_desktop.services.form_paper import on_paper
from ipt_desktop.services.note_sections import note_caption, note_line, note_sections, note_title
from ipt_desktop.services.report_kind import About, Part, ReportKind, Whom
from ipt_desktop.services.report_page import clinical_page, footer, joined
from ipt_desktop.services.termination_summary import names_in, third_parties
from ipt_desktop.services.told_notes import notes_at_hand, people_then, read_notes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipt_desktop.domain.form_blocks import OnPaper
    from ipt_desktop.services.course_file import CourseFile
    from ipt_desktop.services.desk import Desk
    from ipt_desktop.services.told_notes import ToldNote

KIND = "session-notes"
ALL = "all"


def _records(about: About) -> Sequence[tuple[str, str]]:
    """Return the notes of a course by their sessions, the latest first, and all of them together."""
    told = [(each.session.id, note_line(each)) for each in reversed(notes_at_hand(about.desk, about.course_id))]
    return [*told, (ALL, _("All notes of this course"))] if len(told) > 1 else told


def _missing(about: About) -> str:
    desk = about.desk
    if desk.documents.has_notes(about.course_id):
        return ""
    return _("No note has been written yet. Notes are written under Sessions.")


def _assemble(about: About) -> Report:
    desk = about.desk
    with desk.store.read():  # all that follows sees the same commit
        file = read_about(about)
        notes = read_notes(desk, file, None if about.record_id in ("", ALL) else about.record_ids)
        if about.record_id == ALL:
            notes = [each for each in notes if about.covers(each.session.date)]
        elif not about.record_id:
            notes = notes[-1:]
        if not notes:
            raise Refused(reason=_missing(about) or _nothing(about))
    if "scores" not in about.include:
        notes = [replace(each, scores=()) for each in notes]
    file, paper = as_signed(desk, file, notes)
    others = third_parties(file)
    if len(notes) == 1:
        title, said = note_title(notes[0]), note_caption(notes[0])
        sections = list(note_sections(notes[0], file, others, paper))
    else:
        title, said = _("Session notes"), _several(notes)
        sections = [each for note in notes for each in (_head(note), *note_sections(note, file, others, paper))]
    reference = _("ref. {reference}").format(reference=file.client.reference) if file.client.reference else ""
    subtitle = joined(file.client.name, reference, said)
    report = clinical_page(file, KIND, title, subtitle, sections, has_letterhead=False)
    return replace(report, footer=footer(file.today, is_initials_only=not names_in(report, others)), is_close=True)


def as_signed(desk: Desk, file: CourseFile, notes: Sequence[ToldNote]) -> tuple[CourseFile, OnPaper]:
    """Return the course with everyone whom its notes name, and how people, goals and areas are called in them.

    Of who is no longer there nothing is known but the name, which gives initials.
    """
    there = {each.id for each in desk.circles.people(file.client.id)}
    file = replace(file, people=people_then(file.people, notes))
    ties, events = desk.circles.ties(file.client.id), desk.events.of_client(file.client.id)
    paper, initials = on_paper(file, ties=ties, events=events), third_parties(file).initials
    gone = {each.id: initials[each.id] for each in file.people if each.id not in there}
    return file, replace(paper, people={**paper.people, **gone})


def _nothing(about: About) -> str:
    if about.record_id == ALL:
        return _("There is no note of a session in that time.")
    return _("There is nothing in the note of this session.")


def _several(notes: Sequence[ToldNote]) -> str:
    words = ngettext("{count} note", "{count} notes", len(notes)).format(count=len(notes))
    return joined(words, span(notes[0].session.date, notes[-1].session.date))


def _head(note: ToldNote) -> Section:
    """Return the head of one note of several, told of in the contents where there are any."""
    return Section(f"{note.session.id}_head", "", (Chapter(note_line(note), note_caption(note), 2),), is_full_width=True)


SESSION_NOTES = ReportKind(
    key=KIND,
    whom=Whom.FILE,
    file_words=marked("session notes"),
    assemble=_assemble,
    missing=_missing,
    records=_records,
    parts=(Part("scores", "", marked("The session’s scores"), of="notes"),),
    holds=(
        marked("attendance and times"),
        marked("what was written in the note"),
        marked("its signature and addenda"),
    ),
    leaves_out=(marked("jottings"), marked("what is confidential")),
    has_dates=True,
    takes_several=True,
    is_often_made=True,
    is_as_written=True,
)
