"""What left the practice about a client, and what was done with the record: lists kept elsewhere, as documents too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.text import _, marked
from ipt_desktop.services.audit import wanted
from ipt_desktop.services.disclosure_list import KIND as DISCLOSURE_LIST
from ipt_desktop.services.disclosures import PRIVATE_NOTE
from ipt_desktop.services.report_kind import About, ReportKind, Whom
from ipt_desktop.services.trail_report import KIND as AUDIT_TRAIL

if TYPE_CHECKING:
    from ipt_desktop.domain.report import Report


def _nothing_given_out(about: About) -> str:
    given = about.desk.disclosures.of_client(about.client_id)
    if any(each.what != PRIVATE_NOTE for each in given):
        return ""
    return _("Nothing about this client was given to anyone yet.")


def _disclosures(about: About) -> Report:
    if why := _nothing_given_out(about):
        raise Refused(reason=why)
    return about.desk.disclosures.report(about.client_id, today=about.today)


def _trail(about: About) -> Report:
    name = about.desk.clients.client(about.client_id).name
    asked = wanted(client_id=about.client_id, first=about.choices.since, last=about.choices.until)
    return about.desk.audit.report(asked, lambda _client_id: name, asked=_("everything about {client}").format(client=name))


DISCLOSURES = ReportKind(
    key=DISCLOSURE_LIST,
    whom=Whom.CLIENT,
    file_words=marked("disclosures"),
    assemble=_disclosures,
    missing=_nothing_given_out,
    needs_course=False,
    holds=(marked("what was given out, to whom and for what"),),
)
CLIENT_TRAIL = ReportKind(
    key=AUDIT_TRAIL,
    whom=Whom.FILE,
    file_words=marked("audit trail"),
    assemble=_trail,
    needs_course=False,
    holds=(marked("what was done with the record, when and by whom"), marked("the seal of the last entry")),
    leaves_out=(marked("every clinical word"),),
    has_dates=True,
)
