"""What left the practice about a client: when, what, to whom and for what. A record that is only added to.

It is the accounting that a client may ask for (45 CFR 164.528; UK and EU GDPR, art. 15 (1)(c)).
"""

from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain.records import Client, Disclosure, Practice
from ipt_desktop.domain.text import _
from ipt_desktop.services.practice import OpenPractice, found

if TYPE_CHECKING:
    from ipt_desktop.domain.report import Report

PRIVATE_NOTE = "private-note"  # released by the client's authorisation, which needs no accounting (45 CFR 164.528 (a)(1)(iv))


class Disclosures:
    """The disclosures of each client. `Reporting.save` adds one with each report that has a recipient."""

    def __init__(self, practice: OpenPractice) -> None:
        self._practice = practice

    def of_client(self, client_id: str) -> list[Disclosure]:
        """Return what was disclosed about a client, newest first."""
        with self._practice.read() as reading:
            return reading.all(Disclosure, "-at", client_id=client_id)

    def report(self, client_id: str, *, today: date | None = None) -> "Report":
        """Return the client's list as a page, where no private note is told of. Raises RecordGone for a client not there."""
        from ipt_desktop.services.disclosure_list import disclosure_list

        with self._practice.read() as reading:
            client, practice = found(reading, Client, client_id), reading.all(Practice)[0]
        told = [each for each in self.of_client(client_id) if each.what != PRIVATE_NOTE]
        return disclosure_list(practice, client, told[::-1], today or date.today())

    def file_name(self, client_id: str, *, today: date | None = None) -> str:
        """Return a name for the file that tells no one who it is about."""
        from ipt_desktop.services.termination_summary import client_initials

        with self._practice.read() as reading:
            client = found(reading, Client, client_id)
        return f"{client_initials(client)} {_('disclosures')} {today or date.today():%Y-%m-%d}.pdf".strip()


def disclosed(
    client_id: str, course_id: str, what: str, pages: int, recipient: str, purpose: str, how: str = "pdf"
) -> Disclosure | None:
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
        how=how,
    )
