"""What left the practice about a client: when, what, to whom and for what. A record that is only added to.

It is the accounting that a client may ask for (45 CFR 164.528; UK and EU GDPR, art. 15 (1)(c)).
"""

from datetime import date

from ipt_desktop.domain.audit_words import report_words
from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.records import Client, Disclosure, Practice
from ipt_desktop.domain.report import Column, Paper, Prose, Report, Section, Table
from ipt_desktop.domain.rich_text import plain
from ipt_desktop.domain.text import _, language, ngettext
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.services.termination_summary import letterhead

KIND = "disclosure-list"
PRIVATE_NOTE = "private-note"  # released by the client's authorisation, which needs no accounting (45 CFR 164.528 (a)(1)(iv))


class Disclosures:
    """The disclosures of each client. `Reporting.save` adds one with each report that has a recipient."""

    def __init__(self, practice: OpenPractice) -> None:
        self._practice = practice

    def of_client(self, client_id: str) -> list[Disclosure]:
        """Return what was disclosed about a client, newest first."""
        with self._practice.read() as reading:
            return reading.all(Disclosure, "-at", client_id=client_id)

    def report(self, client_id: str, *, today: date | None = None) -> Report:
        """Return the client's list as a page, where no private note is told of. Raises RecordGone for a client not there."""
        with self._practice.read() as reading:
            client, practice = found(reading, Client, client_id), reading.all(Practice)[0]
        told = [each for each in self.of_client(client_id) if each.what != PRIVATE_NOTE]
        return disclosure_list(practice, client, told[::-1], today or date.today())


def disclosed(client_id: str, course_id: str, what: str, pages: int, recipient: str, purpose: str) -> Disclosure | None:
    """Return the record of a report that goes to someone; None for one that is kept for one's own file."""
    if not recipient.strip():
        return None
    return Disclosure(
        client_id=client_id,
        course_id=course_id or None,
        what=what,
        pages=pages,
        recipient=recipient.strip(),
        purpose=purpose.strip(),
    )


def what_words(disclosure: Disclosure) -> str:
    """Return what was given out: "Summary of treatment, 3 pages"."""
    words = ngettext("{what}, {count} page", "{what}, {count} pages", disclosure.pages)
    return words.format(what=report_words(disclosure.what), count=disclosure.pages)


def disclosure_list(practice: Practice, client: Client, disclosures: list[Disclosure], today: date) -> Report:
    """Return a client's disclosures as a report, the earliest first."""
    title = _("Disclosures")
    born = _("born {date}").format(date=long_date(client.born_on)) if client.born_on else ""
    reference = _("ref. {reference}").format(reference=client.reference) if client.reference else ""
    return Report(
        kind=KIND,
        title=title,
        subtitle=" · ".join(part for part in (client.name, born, reference) if part),
        sections=(Section("disclosures", _("What was given out, and to whom"), _body(disclosures), is_full_width=True),),
        letterhead=letterhead(practice),
        running_head=(client.name, title),
        footer=" · ".join((_("Confidential"), _("Printed {date}").format(date=long_date(today)))),
        language=language(),
        paper=Paper(practice.paper) if practice.paper in set(Paper) else Paper.A4,
        author=practice.therapist or practice.name,
    )


def _body(disclosures: list[Disclosure]) -> tuple[Prose | Table, ...]:
    if not disclosures:
        return (Prose(plain(_("No report about this client was given to anyone."))),)
    columns = (Column(_("Date"), 1.1), Column(_("What"), 1.5), Column(_("To whom"), 1.6), Column(_("For what"), 1.8))
    return (Table(columns, tuple(_row(each) for each in disclosures), is_first_bold=False),)


def _row(disclosure: Disclosure) -> tuple[str, ...]:
    return (
        long_date(disclosure.at.astimezone().date()),
        what_words(disclosure),
        disclosure.recipient,
        "\n".join(part for part in (disclosure.purpose or _("not stated"), _authorised(disclosure)) if part),
    )


def _authorised(disclosure: Disclosure) -> str:
    day = disclosure.authorised_on
    return _("authorised on {date}").format(date=long_date(day)) if day else ""
