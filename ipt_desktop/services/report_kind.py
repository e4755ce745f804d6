"""What a kind of report is: whom it is for, what it may leave out, and how it is assembled from what is stored.

A further kind is one module that makes a `ReportKind`, its line in `reporting.KINDS`, and its name in `audit_words.REPORTS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from ipt_desktop.domain.audit_words import report_words
from ipt_desktop.domain.circle_naming import Naming
from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.paper_people import people_on_paper
from ipt_desktop.domain.paper_texts import Edit
from ipt_desktop.domain.report import Report
from ipt_desktop.domain.rich_text import RichText
from ipt_desktop.domain.text import _, marked

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Document
    from ipt_desktop.domain.third_parties import ThirdParties
    from ipt_desktop.services.desk import Desk


class Whom(StrEnum):
    """For whom a report is made, unless the therapist says otherwise."""

    LETTER = "letter"
    CLINICIAN = "clinician"
    CLIENT = "client"
    PEERS = "peers"
    FILE = "file"
    OTHER = "other"
    """Anybody else: an insurer, a court, an employer. No kind is made for them; any may be sent to them."""


WHOM_WORDS = {
    Whom.LETTER: marked("Letters, one page"),
    Whom.CLINICIAN: marked("For a clinician who asks for it"),
    Whom.CLIENT: marked("For the client"),
    Whom.PEERS: marked("For supervision or certification"),
    Whom.FILE: marked("For your own file"),
    Whom.OTHER: marked("For someone else"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report that can be left out: its key, its heading, and its words among the choices.

    One that is not `is_default` is left out until it is asked for, and so is one that is `kept_from` whom the paper goes to:
    what is left over is the least that each of them needs. `of` is the part it is a detail of, in whose section it stands.
    One that `is_unsaid` is on no page named as left out: that it may be there is not for whoever reads along.
    """

    key: str
    title: str
    words: str
    is_default: bool = True
    of: str = ""
    is_unsaid: bool = False
    kept_from: frozenset[Whom] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the therapist chose for one paper, besides its parts.

    `naming` is what other people are called and `addressee` a professional who keeps the name. `since` and `until` (both
    included) bound the days of a kind that `has_dates`. `edits` are texts that read otherwise on this paper, `masks` names
    that are masked on it though they were written out. `tells_left_out` says on the last page what is not in it.
    """

    naming: Naming = Naming.INITIALS
    addressee: str = ""
    since: date | None = None
    until: date | None = None
    edits: tuple[Edit, ...] = ()
    masks: frozenset[str] = frozenset()
    tells_left_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What one report is about. `course_id` is "" where there is no course; `record_id` says which of several it shows.

    Of a kind that takes several, they stand in it with spaces between (`record_ids`).

    `include` holds the keys of the parts wanted. `choices` tells how people are named (ask `course_file.read_about`, or
    `people` where there is no course) and which days it `covers`; edits and masks are none of a kind's business.
    """

    desk: Desk
    client_id: str
    course_id: str
    today: date
    include: frozenset[str] = frozenset()
    record_id: str = ""
    choices: Choices = Choices()

    @property
    def record_ids(self) -> list[str]:
        """Which of several it shows, of a kind that takes more than one."""
        return self.record_id.split()

    def covers(self, day: date) -> bool:
        """Whether a day lies in the range of days asked for."""
        since, until = self.choices.since, self.choices.until
        return (since is None or since <= day) and (until is None or day <= until)

    def people(self) -> ThirdParties:
        """Return the people of the client's life as they are called on this paper; the referrer keeps the name."""
        client = self.desk.clients.client(self.client_id)
        return people_on_paper(
            self.desk.circles.people(self.client_id),
            self.choices.naming,
            client_name=client.name,
            addressee=self.choices.addressee or client.referred_by,
            pronouns=client.pronouns,
        )


def _nothing_missing(_about: About) -> str:
    return ""


def _no_texts(_about: About) -> Mapping[str, RichText]:
    return {}


def _nothing_to_check(_about: About, _report: Report) -> Sequence[str]:
    return ()


def _only_one(_about: About) -> Sequence[tuple[str, str]]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportKind:
    """A kind of report. `file_words` stand in the name of its file, which tells nobody whom it is about.

    `assemble` may be slow, and raises Refused for the reason `missing` gives: why there is nothing to print, "" where there is.
    `texts` is the purpose of the document whose answers are printed instead of what the record says (`defaults`, by the meaning
    or the key of a field); `document` finds it where there may be several of that purpose. `name` is what one is called that
    comes from a template. `check_words` head what is to be looked at; it has no more than `most_pages`, where that is not 0.
    `records` lists what it can show one of, as (id, words), the first one first. `holds` and `leaves_out` tell in words what is
    in it and what is not, besides its parts. What `is_for_the_client` is the client's own: it names people as the client does.
    One that `takes_several` of its records has one last that stands for all.
    One that `has_dates` can be bounded by days (`About.covers`). What `is_often_made` is offered before the rest.
    One that `is_to_referrer` goes to whoever referred the client, unless somebody else is named.
    What `is_as_written` prints the record to the letter: names in it can be masked, words not changed.
    One that `is_pseudonymous` tells nobody's name, in the name of its file neither; `to_check` lists in sentences what in it
    may still tell. `texts_hint` says above its texts what becomes of them.
    """

    key: str
    whom: Whom
    file_words: str
    assemble: Callable[[About], Report]
    parts: tuple[Part, ...] = ()
    needs_course: bool = True
    missing: Callable[[About], str] = _nothing_missing
    texts: Purpose | None = None
    texts_hint: str = marked(
        "Change what you like; the record stays as it is. A text left empty comes from the record, with initials for other "
        "people where their names are spelt as on the circle. Please read it before you send it."
    )
    defaults: Callable[[About], Mapping[Means, RichText] | Mapping[str, RichText]] = _no_texts
    document: Callable[[About], Document] | None = None
    to_check: Callable[[About, Report], Sequence[str]] = _nothing_to_check
    is_pseudonymous: bool = False
    records: Callable[[About], Sequence[tuple[str, str]]] = _only_one
    holds: tuple[str, ...] = ()
    leaves_out: tuple[str, ...] = ()
    has_dates: bool = False
    takes_several: bool = False
    name: str = ""
    check_words: str = marked("Please look through the pages for what may still tell who it is")
    most_pages: int = 0
    is_often_made: bool = False
    is_as_written: bool = False
    is_to_referrer: bool = False

    @property
    def title(self) -> str:
        """What it is called."""
        return _(self.name) if self.name else report_words(self.key)

    @property
    def is_for_the_client(self) -> bool:
        """Whether it is the client's own."""
        return self.whom is Whom.CLIENT

    @property
    def usual_parts(self) -> frozenset[str]:
        """The parts it has unless others are asked for."""
        return self.least(Whom.FILE)

    def least(self, whom: Whom) -> frozenset[str]:
        """Return the parts it has for someone unless others are asked for."""
        return frozenset(each.key for each in self.parts if each.is_default and whom not in each.kept_from)
