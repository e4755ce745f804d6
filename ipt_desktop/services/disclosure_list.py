"""A client's disclosures as a page, to be handed to the client who asks for them."""

from datetime import date

from ipt_desktop.domain.audit_words import disclosure_words
from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.records import Client, Disclosure, Practice
from ipt_desktop.domain.report import Column, Paper, Prose, Report, Section, Table
from ipt_desktop.domain.rich_text import plain
from ipt_desktop.domain.text import _, language
from ipt_desktop.services.report_page import letterhead

KIND = "disclosure-list"


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
    return (disclosure_table(disclosures),)


def disclosure_table(disclosures: list[Disclosure]) -> Table:
    """Return what was given out as a table, in the order given."""
    columns = (Column(_("Date"), 1.1), Column(_("What"), 1.5), Column(_("To whom"), 1.6), Column(_("For what"), 1.8))
    return Table(columns, tuple(_row(each) for each in disclosures), is_first_bold=False)


def _row(disclosure: Disclosure) -> tuple[str, ...]:
    return (
        long_date(disclosure.at.astimezone().date()),
        disclosure_words(disclosure),
        disclosure.recipient,
        "\n".join(part for part in (disclosure.purpose or _("not stated"), _authorised(disclosure)) if part),
    )


def _authorised(disclosure: Disclosure) -> str:
    day = disclosure.authorised_on
    return _("authorised on {date}").format(date=long_date(day)) if day else ""
