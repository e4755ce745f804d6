"""To whom a paper can go without being typed: the client, who referred them, and the professionals of their life."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipt_desktop.domain.relation import relation
from ipt_desktop.domain.standing import relation_text
from ipt_desktop.domain.text import _
from ipt_desktop.services.report_kind import Whom

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Client
    from ipt_desktop.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody a paper can go to: the name it is recorded under, what they are, and whose least set they have."""

    name: str
    words: str
    whom: Whom
    is_referrer: bool = False


def referrer(client: Client) -> str:
    """Return who referred a client, as it was written; "" for one who came by themselves."""
    is_self = client.referred_by.replace(",", " ").casefold().split()[:1] in (["self"], [_("self")])
    return "" if is_self else client.referred_by.strip()


def recipients(desk: Desk, client_id: str) -> list[Recipient]:
    """Return who is known to the client's file, the referrer first. Raises RecordGone for a client who is not there."""
    client = desk.clients.client(client_id)
    referred_by = referrer(client)
    found = [Recipient(referred_by, _("referrer"), Whom.CLINICIAN, is_referrer=True)] if referred_by else []
    known = referred_by.casefold()
    for person in desk.circles.people(client_id):
        name = person.name.strip()
        is_professional = relation(person.relation).shape == "professional" and not person.is_group and not person.has_died
        if is_professional and name and name.casefold() not in known:
            found.append(Recipient(name, relation_text(person), Whom.CLINICIAN))
    return [*found, Recipient(client.name, _("the client"), Whom.CLIENT)]
