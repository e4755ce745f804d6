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
from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.report import Report
from ipt_desktop.domain.rich_text import RichText
from ipt_desktop.domain.text import marked

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


class Whom(StrEnum):
    """For whom a report is made, unless the therapist says otherwise."""

    CLINICIAN = "clinician"
    CLIENT = "client"
    PEERS = "peers"
    FILE = "file"


WHOM_WORDS = {
    Whom.CLINICIAN: marked("For a clinician who asks for it"),
    Whom.CLIENT: marked("For the client"),
    Whom.PEERS: marked("For supervision or certification"),
    Whom.FILE: marked("For your own file"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report that can be left out: its key, its heading, and its words among the choices.

    One that is not `is_default` is left out until it is asked for. `of` is the part it is a detail of, in whose section it
    stands.
    """

    key: str
    title: str
    words: str
    is_default: bool = True
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What one report is about. `course_id` is "" where there is no course; `record_id` says which of several it shows.

    `include` holds the keys of the parts wanted.
    """

    desk: Desk
    client_id: str
    course_id: str
    today: date
    include: frozenset[str] = frozenset()
    record_id: str = ""


def _nothing_missing(_about: About) -> str:
    return ""


def _no_texts(_about: About) -> Mapping[Means, RichText]:
    return {}


def _nothing_to_check(_about: About, _report: Report) -> Sequence[str]:
    return ()


def _only_one(_about: About) -> Sequence[tuple[str, str]]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportKind:
    """A kind of report. `file_words` stand in the name of its file, which tells nobody whom it is about.

    `assemble` may be slow, and raises Refused for the reason `missing` gives: why there is nothing to print, "" where there is.
    `texts` is the purpose of the document whose answers are printed instead of what the record says (`defaults`, by meaning).
    `records` lists what it can show one of, as (id, words), the first one first. `holds` and `leaves_out` tell in words what is
    in it and what is not, besides its parts. What `is_for_the_client` is the client's own: it names people as the client does.
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
    defaults: Callable[[About], Mapping[Means, RichText]] = _no_texts
    to_check: Callable[[About, Report], Sequence[str]] = _nothing_to_check
    is_pseudonymous: bool = False
    records: Callable[[About], Sequence[tuple[str, str]]] = _only_one
    holds: tuple[str, ...] = ()
    leaves_out: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What it is called."""
        return report_words(self.key)

    @property
    def is_for_the_client(self) -> bool:
        """Whether it is the client's own."""
        return self.whom is Whom.CLIENT

    @property
    def usual_parts(self) -> frozenset[str]:
        """The parts it has unless others are asked for."""
        return frozenset(each.key for each in self.parts if each.is_default)
