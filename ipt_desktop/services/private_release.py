"""Releasing one private note on purpose: on a page of its own, by the client's authorisation, which is recorded with it.

45 CFR 164.508(a)(2) asks for an authorisation for psychotherapy notes alone, so nothing else stands on the page, and the
private note stands on no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.errors import PracticeError, Refused
from ipt_desktop.domain.form import FieldKind, is_blank
from ipt_desktop.domain.records import AuditEntry, Disclosure
from ipt_desktop.domain.report import Facts, Paper, Prose, Report, Section
from ipt_desktop.domain.text import _, language
from ipt_desktop.domain.third_parties import ThirdParties
from ipt_desktop.services.course_file import read_course
from ipt_desktop.services.disclosures import PRIVATE_NOTE
from ipt_desktop.services.report_page import letterhead
from ipt_desktop.services.reporting import page_count, write_whole
from ipt_desktop.services.termination_summary import client_initials, names_in

if TYPE_CHECKING:
    from pathlib import Path

    from ipt_desktop.domain.records import Document, Session
    from ipt_desktop.services.desk import Desk
    from ipt_desktop.storage.store import Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorisation:
    """Who allowed it (the client, or who may sign for them) and when, to whom it goes, and for what."""

    by: str
    on: date | None
    recipient: str
    purpose: str


def what_is_missing(authorisation: Authorisation, today: date | None = None) -> tuple[str, str] | None:
    """Return the field that keeps a note from being released and a sentence about it, or None."""
    if not authorisation.by.strip():
        return "by", _("Say who authorised it: the client, or who may sign for them.")
    if authorisation.on is None:
        return "on", _("Give the day of the authorisation.")
    if authorisation.on > (today or date.today()):
        return "on", _("An authorisation can’t be of a day still to come.")
    if not authorisation.recipient.strip():
        return "recipient", _("Say to whom it goes.")
    if not authorisation.purpose.strip():
        return "purpose", _("Say what it is for.")
    return None


def report_of(
    desk: Desk,
    document: Document,
    authorisation: Authorisation,
    *,
    has_initials: bool = False,
    today: date | None = None,
) -> Report:
    """Return the page: whose note it is, by whose authorisation it goes to whom, and its words.

    With `has_initials` other people's names are initials in the words, as far as the list of people knows them; the note itself
    stays as it is written.
    """
    words = _words(desk, document)
    if has_initials:
        others = _others(desk, document, addressee=authorisation.recipient)
        words = [others.hide_in(each) for each in words]
    session = _session(desk, document)
    client, practice = desk.clients.client(document.client_id), desk.practice.details()
    title = _("Private note")
    allowed = (_("Authorised by"), authorisation.by.strip()), (_("Authorised on"), _day(authorisation.on))
    goes = (_("Released to"), authorisation.recipient.strip()), (_("Purpose"), authorisation.purpose.strip())
    whose = (_("Client"), client.name), (_("Born"), _day(client.born_on)), (_("Session of"), long_date(session.date))
    return Report(
        kind=PRIVATE_NOTE,
        title=title,
        subtitle=" · ".join((client.name, long_date(session.date))),
        sections=(
            Section("release", "", (Facts((*whose,), (*goes, *allowed)),), is_full_width=True, is_editable=False),
            Section("note", _("Note"), tuple(map(Prose, words)), is_full_width=True),
        ),
        letterhead=letterhead(practice),
        running_head=(client.name, title),
        footer=" · ".join((_("Confidential"), _("Printed {date}").format(date=long_date(today or date.today())))),
        language=language(),
        paper=Paper(practice.paper) if practice.paper in set(Paper) else Paper.A4,
        author=practice.therapist or practice.name,
    )


def named_people(desk: Desk, document: Document) -> list[str]:
    """Return the people of the client's life who are named in the note, as far as the inventory knows their names."""
    page = report_of(desk, document, Authorisation(by="", on=None, recipient="", purpose=""))
    return names_in(page, _others(desk, document))


def file_name(desk: Desk, document: Document) -> str:
    """Return a name for the file that tells no one whose it is: initials and the session's day."""
    initials = client_initials(desk.clients.client(document.client_id))
    return f"{initials} {_session(desk, document).date:%Y-%m-%d}.pdf".strip()


def release(
    desk: Desk, document: Document, authorisation: Authorisation, path: Path, *, has_initials: bool = False
) -> Disclosure:
    """Write this note alone as a PDF, readable for this user alone, and record by whose authorisation it goes to whom.

    With `has_initials` other people's names are not in it.

    Raises Refused where anything of the authorisation is missing or nothing is written, FolderNotWritable, or SaveFailed where
    it could not be recorded; then there is no file: nothing leaves without a trace.
    """
    if missing := what_is_missing(authorisation):
        raise Refused(reason=missing[1])
    if is_blank(document.answers):
        raise Refused(reason=_("Nothing is written on this private page."))
    page = report_of(desk, document, authorisation, has_initials=has_initials)
    pdf = desk.reporting.render(page, page.paper)
    write_whole(pdf, path)
    try:
        return _record(desk, document, authorisation, page_count(pdf))
    except PracticeError:
        path.unlink(missing_ok=True)
        raise


def _record(desk: Desk, document: Document, authorisation: Authorisation, pages: int) -> Disclosure:
    """Keep the disclosure with its audit row, in one transaction."""
    words = _("{purpose}; authorised by {name}")
    disclosure = Disclosure(
        client_id=document.client_id,
        course_id=_session(desk, document).course_id,
        what=PRIVATE_NOTE,
        pages=pages,
        recipient=authorisation.recipient.strip(),
        purpose=words.format(purpose=authorisation.purpose.strip(), name=authorisation.by.strip()),
        authorised_on=authorisation.on,
    )
    entry = AuditEntry(
        operation="release_private",
        kind="document",
        record_id=document.id,
        client_id=document.client_id,
        detail={"disclosure": disclosure.id, "pages": pages},
    )

    def work(writing: Writing) -> None:
        writing.insert(disclosure)

    desk.open_practice.carry_out(entry, work)
    return disclosure


def _words(desk: Desk, document: Document) -> list[rich_text.RichText]:
    """Return all that is written, in the order of the form it was written with."""
    form = desk.private.documents.form_of(document)
    answers = ((each, document.answers.get(each.key)) for each in form.fields if each.kind in (FieldKind.PROSE, FieldKind.LINE))
    return [
        rich_text.from_json(answer) if asked.kind == FieldKind.PROSE else rich_text.plain(str(answer))
        for asked, answer in answers
        if not is_blank(answer)
    ]


def _others(desk: Desk, document: Document, *, addressee: str = "") -> ThirdParties:
    """Return the people of the client's life; a professional whom the page is for keeps the name."""
    file = read_course(desk, _session(desk, document).course_id, date.today())
    return ThirdParties(file.people, client_name=file.client.name, addressee=addressee)


def _session(desk: Desk, document: Document) -> Session:
    return desk.sessions.session(document.session_id or "")


def _day(day: date | None) -> str:
    return long_date(day) if day else ""
