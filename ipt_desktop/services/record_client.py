"""What the full record says of the client beside the courses: who they are, their people, their life, risk, what left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.event_words import event_detail
from ipt_desktop.domain.form import Purpose, is_blank
from ipt_desktop.domain.form_blocks import form_sections
from ipt_desktop.domain.illness_words import medication_words
from ipt_desktop.domain.report import Chapter, Column, Facts, Items, Prose, Section, Table
from ipt_desktop.domain.rich_text import plain
from ipt_desktop.domain.risk import Found, in_order, last_found
from ipt_desktop.domain.risk_paper import risk_prose
from ipt_desktop.domain.safety_plan import standing_of
from ipt_desktop.domain.text import _
from ipt_desktop.services.disclosure_list import disclosure_table
from ipt_desktop.services.disclosures import PRIVATE_NOTE

if TYPE_CHECKING:
    from datetime import date

    from ipt_desktop.domain.form_blocks import OnPaper
    from ipt_desktop.domain.records import Client, Document
    from ipt_desktop.domain.session_records import Event, RiskEntry
    from ipt_desktop.domain.third_parties import ThirdParties
    from ipt_desktop.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeRecord:
    """Whose record it is, and how it is told: everyone as `others` and `paper` call them."""

    desk: Desk
    client: Client
    today: date
    include: frozenset[str]
    others: ThirdParties
    paper: OnPaper
    events: Sequence[Event]

    @property
    def has_confidential(self) -> bool:
        """Whether answers on violence and coercion are asked for."""
        return "confidential" in self.include

    def filled(self, document: Document, key: str, *, part: str) -> Iterator[Section]:
        """Yield what was written in a document; nothing where nobody holds its form any more."""
        try:
            form = self.desk.documents.form_of(document)
        except RecordGone:
            return
        told = form_sections(form, document.answers, self.paper, with_confidential=self.has_confidential)
        yield from keyed(key, part, told)


def keyed(prefix: str, part: str, sections: Iterator[Section] | Sequence[Section]) -> Iterator[Section]:
    """Yield sections of a part under keys that no other part has."""
    yield from (replace(each, key=f"{prefix}_{each.key}", part=part) for each in sections)


def head(key: str, title: str, caption: str = "", *, level: int = 2, part: str = "") -> Section:
    """Return the head of a chapter."""
    chapter = Chapter(title, caption, level)
    return Section(f"{key}_head", "", (chapter,), is_full_width=True, is_editable=False, part=part)


def under_head(top: Section, sections: Sequence[Section]) -> Iterator[Section]:
    """Yield a head with what stands under it; no head where nothing does."""
    if sections:
        yield top
        yield from sections


def client_sections(told: WholeRecord) -> Iterator[Section]:
    """Yield who the client is, what brought them, and who is in their life."""
    client = told.client
    yield head("client", _("Client"), level=1, part="client")
    referred = [client.referred_by, long_date(client.referred_on) if client.referred_on else ""]
    left = (
        (_("Name"), client.name),
        (_("Born"), long_date(client.born_on) if client.born_on else ""),
        (_("Pronouns"), client.pronouns),
        (_("Reference"), client.reference),
        (_("Client since"), long_date(client.since)),
        (_("Referred by"), ", ".join(filter(None, referred))),
    )
    right = (
        (_("Telephone"), client.phone),
        (_("E-mail"), client.email),
        (_("Address"), client.address),
        (_("In an emergency"), ", ".join(filter(None, (told.others.hide(client.emergency_name), client.emergency_phone)))),
    )
    yield Section("client_facts", "", (Facts(left, right),), is_full_width=True, is_editable=False, part="client")
    for key, title, words in (
        ("client_presenting", _("Why the client came"), client.presenting_problem),
        ("client_words", _("In the client’s words"), client.own_words),
    ):
        if words.strip():
            yield Section(key, title, (Prose(told.paper.told(plain(words))),), part="client")
    yield from _medication(told)
    yield from _people(told)
    yield from _life(told)


def _medication(told: WholeRecord) -> Iterator[Section]:
    taken = told.desk.medications.of_client(told.client.id)
    if taken and "illness" in told.include:
        words = tuple(
            "\n".join(filter(None, (told.others.hide(medication_words(each)), told.others.hide(each.note)))) for each in taken
        )
        yield Section("medication", _("Medication"), (Items(words),), part="illness")


def _people(told: WholeRecord) -> Iterator[Section]:
    """Yield everyone on the circle, and what was asked about each in the inventory."""
    people = told.desk.circles.people(told.client.id)
    if "people" not in told.include or not people:
        return
    entries = {each.about_id: each for each in told.desk.documents.of_client(told.client.id, Purpose.INVENTORY_ENTRY)}
    called = told.paper.people
    said = told.paper.ties
    ties = tuple(
        _("{person}: {tie}").format(person=called[each.from_person_id], tie=said[each.id])
        for each in told.desk.circles.ties(told.client.id)
        if each.id in said and each.from_person_id in called
    )
    everyone = Items(tuple(called[each.id] for each in people if each.id in called))
    yield head("people", _("People"), part="people")
    yield Section("people", _("On the circle"), (everyone,), is_editable=False, part="people")
    if ties:
        yield Section("people_ties", _("Ties"), (Items(ties),), is_editable=False, part="people")
    for person in people:
        entry = entries.get(person.id)
        if entry is None or is_blank(entry.answers):
            continue
        sections = list(told.filled(entry, f"inventory_{person.id}", part="people"))
        yield from under_head(head(f"inventory_{person.id}", called.get(person.id, ""), level=3, part="people"), sections)


def _life(told: WholeRecord) -> Iterator[Section]:
    if told.events and "events" in told.include:
        say, people = told.paper.say, told.paper.people
        rows = tuple((say(each.title), say(event_detail(each, people, told.today))) for each in told.events)
        table = Table((Column(_("Event"), 3), Column(_("When, and with whom"), 3)), rows, is_first_bold=False)
        yield head("events", _("Events of the client’s life"), part="events")
        yield Section("events", "", (table,), is_full_width=True, part="events")


def risk_sections(told: WholeRecord) -> Iterator[Section]:
    """Yield what was asked about risk, the earliest first, and every version of the safety plan."""
    if "risk" not in told.include:
        return
    entries = list(reversed(in_order(told.desk.risk.entries(told.client.id))))
    if entries:
        yield head("risk", _("Risk"), level=1, part="risk")
    for number, entry in enumerate(entries):
        words = risk_prose(entry, _found_before(entries[:number], entry))
        yield Section(f"risk_{entry.id}", long_date(entry.on), (Prose(told.paper.told(words)),), part="risk")
    for plan in reversed(told.desk.safety_plans.plans(told.client.id)):
        form = told.desk.safety_plans.form_of(plan)
        sections = list(told.filled(plan, f"plan_{plan.id}", part="risk"))
        standing = standing_of(form, plan)
        yield from under_head(head(f"plan_{plan.id}", _(form.title), standing.words, part="risk"), sections)


def _found_before(earlier: Sequence[RiskEntry], entry: RiskEntry) -> Found | None:
    return last_found((each.on, each.asked, each.words) for each in reversed(earlier) if each.kind is entry.kind)


def disclosure_sections(told: WholeRecord) -> Iterator[Section]:
    """Yield what was given out about the client, the earliest first; that there are private notes is told on no page."""
    if "disclosures" not in told.include:
        return
    disclosures = [each for each in told.desk.disclosures.of_client(told.client.id) if each.what != PRIVATE_NOTE]
    if disclosures:
        yield head("disclosures", _("What was given out, and to whom"), level=1, part="disclosures")
        table = disclosure_table(disclosures[::-1])
        yield Section("disclosures", "", (table,), is_full_width=True, is_editable=False, part="disclosures")
