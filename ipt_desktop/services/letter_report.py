"""Letters as reports: each template is a kind. One page, which states and never directs, and bears no content mark.

What is written over a template is a document of the course (`services/letters.py`); a part the therapist has not written comes
from the template, with the words of the record in it. Once it is signed it reads as it was signed.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.form import FieldKind, Means, Purpose, is_blank
from ipt_desktop.domain.letter import BLANK, PREFIX, filled_in, letter_form
from ipt_desktop.domain.registration import registration_words
from ipt_desktop.domain.report import Addressed, Block, Prose, Report, Section, Signature, as_text
from ipt_desktop.domain.rich_text import RichText
from ipt_desktop.domain.text import _, marked, ngettext
from ipt_desktop.services.course_file import read_about
from ipt_desktop.services.letter_words import addressee_of, letter_words
from ipt_desktop.services.letters import letter_draft
from ipt_desktop.services.report_kind import About, Part, ReportKind, Whom
from ipt_desktop.services.report_page import clinical_page, footer
from ipt_desktop.services.risk_line import risk_line
from ipt_desktop.services.summary_scores import letter_scores
from ipt_desktop.services.termination_summary import third_parties

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ipt_desktop.domain.form import Field, Form
    from ipt_desktop.domain.letter import Letter
    from ipt_desktop.domain.records import Document
    from ipt_desktop.services.course_file import CourseFile

MOST_NAMED = 3
"""So many of its longest parts a letter that is too long names."""


class _Writing:
    """One letter as it stands: its form, what is written over it, and what the record says in its other places."""

    def __init__(self, about: About, letter: Letter, document: Document) -> None:
        desk = about.desk
        self.form: Form = desk.documents.form_of(document)
        self.answers: Mapping[str, Any] = document.answers
        with desk.store.read():  # all that follows sees the same commit
            self.file: CourseFile = read_about(about)
            risk = risk_line(desk, self.file)
        to = rich_text.as_plain(self._own(Means.ADDRESSEE)).strip()
        self.to = to or (addressee_of(self.file) if letter.is_to_referrer else "")
        client = self.file.client
        addressed = " ".join(filter(None, (client.referred_by, self.to.replace("\n", " "))))
        self.others = third_parties(replace(self.file, addressee=self.file.addressee or addressed))
        self.values = letter_words(self.file, self.others, risk, self.to)

    def text(self, asked: Field) -> RichText:
        """Return what stands in a field: the therapist's words, else those it begins with."""
        said = self.answers.get(asked.key)
        if not is_blank(said):
            return rich_text.from_json(said)
        return self.usual(asked)

    def usual(self, asked: Field) -> RichText:
        """Return what a field begins with."""
        return filled_in(asked.prefill, self.values)

    def said(self, means: Means) -> RichText:
        """Return what stands in the field of this meaning."""
        asked = self.form.field_that_means(means)
        return self.text(asked) if asked is not None else ()

    def line(self, means: Means) -> str:
        """Return it as one line."""
        return " ".join(rich_text.as_plain(self.said(means)).split())

    def _own(self, means: Means) -> RichText:
        asked = self.form.field_that_means(means)
        said = self.answers.get(asked.key) if asked is not None else None
        return () if is_blank(said) else rich_text.from_json(said)

    def blocks(self, asked: Field) -> tuple[Block, ...]:
        """Return a part as blocks; none where it says nothing."""
        if asked.kind == FieldKind.RECORD:
            return tuple(letter_scores(self.file, self.others))
        text = self.text(asked)
        return () if rich_text.is_blank(text) else (Prose(text),)


_ROUND = frozenset({Means.ADDRESSEE, Means.SUBJECT, Means.SALUTATION, Means.OPENING, Means.CLOSING, Means.BELOW_NAME})
"""What stands round the parts of a letter."""


def _report(writing: _Writing, kind: str, include: Iterable[str]) -> Report:
    file, form = writing.file, writing.form
    parts = [each for each in form.fields if each.means not in _ROUND and each.key in include]
    bodies = [(each, writing.blocks(each)) for each in parts]
    opening = tuple(Prose(said) for said in map(writing.said, (Means.SALUTATION, Means.OPENING)) if said)
    sections = (
        Section("opening", "", opening, is_full_width=True),
        *(
            Section(each.key, _(each.label), blocks, is_full_width=each.kind == FieldKind.RECORD)
            for each, blocks in bodies
            if blocks
        ),
        _signature(writing),
    )
    to = tuple(line.strip() for line in rich_text.as_plain(writing.said(Means.ADDRESSEE)).splitlines() if line.strip())
    report = clinical_page(file, kind, writing.line(Means.SUBJECT), "", sections)
    return replace(
        report,
        running_head=(report.running_head[0], _(form.title)),
        footer=footer(file.today, is_initials_only=False),
        addressed=Addressed(to, long_date(file.today)),
    )


def _signature(writing: _Writing) -> Section:
    practice, file = writing.file.practice, writing.file
    registration = registration_words(practice.registration)
    lines = (", ".join(filter(None, (practice.profession, registration))), writing.line(Means.BELOW_NAME))
    name = practice.therapist or practice.name
    sign = Signature(name, tuple(filter(None, lines)), long_date(file.today), _("Date"))
    closing = writing.said(Means.CLOSING)
    blocks: tuple[Block, ...] = (Prose(closing), sign) if closing else (sign,)
    return Section("signature", "", blocks, is_full_width=True, is_editable=False)


# -- the kind ----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=128)
def letter_kind(letter: Letter) -> ReportKind:
    """Return the kind of report that a template makes."""
    form, key = letter_form(letter), f"{PREFIX}{letter.key}"

    def writing(about: About) -> _Writing:
        return _Writing(about, letter, document(about))

    def document(about: About) -> Document:
        return letter_draft(about.desk, form, about.client_id, about.course_id)

    def assemble(about: About) -> Report:
        return _report(writing(about), key, about.include)

    def defaults(about: About) -> Mapping[str, RichText]:
        told = writing(about)
        return {each.key: told.usual(each) for each in told.form.fields if each.prefill}

    def to_check(about: About, report: Report) -> Sequence[str]:
        return [*_too_long(about, report), *_left_open(form, report)]

    return ReportKind(
        key=key,
        name=letter.title,
        whom=Whom.LETTER,
        file_words=letter.title.casefold(),
        assemble=assemble,
        parts=tuple(
            Part(each.key, each.head, each.called, is_default=not each.only_if_asked, kept_from=_kept_from(letter, each.key))
            for each in letter.parts
        ),
        texts=Purpose.LETTER,
        texts_hint=marked(
            "Change what you like; the record stays as it is. A text left empty comes from the record. A letter is one page, "
            "set closer where it needs more."
        ),
        document=document,
        defaults=defaults,
        to_check=to_check,
        check_words=marked("Before it goes out"),
        most_pages=1,
        is_often_made=letter.is_to_referrer,
        is_to_referrer=letter.is_to_referrer,
        holds=(marked("who it goes to, and the words it opens with"),),
        leaves_out=(*letter.leaves_out, marked("content mark")),
    )


def _kept_from(letter: Letter, part: str) -> frozenset[Whom]:
    """Return who does not get a part unless it is asked for: what a referrer is told is not for a stranger."""
    return frozenset({Whom.OTHER}) if letter.is_to_referrer and part != "plan" else frozenset()


def _too_long(about: About, report: Report) -> Sequence[str]:
    """Return what to shorten where a letter does not fit its page."""
    from ipt_desktop.reports.document import overfull

    found = overfull(report, about.desk.reporting.fonts)
    if not found.too_many:
        return []
    longest = sorted(((count, title) for title, count in found.lines.items()), reverse=True)[:MOST_NAMED]
    named = ", ".join(
        ngettext("{part} ({count} line)", "{part} ({count} lines)", count).format(part=title or _("Opening"), count=count)
        for count, title in longest
    )
    words = ngettext(
        "This letter is {count} line longer than its page. Shorten one of its parts or leave it out; the longest are {parts}.",
        "This letter is {count} lines longer than its page. Shorten its parts or leave one out; the longest are {parts}.",
        found.too_many,
    )
    return [words.format(count=found.too_many, parts=named)]


def _left_open(form: Form, report: Report) -> Sequence[str]:
    """Return that it says nothing about risk, where its template does, and that a blank is still to be filled in."""
    risk = form.field_that_means(Means.RISK)
    told = {each.key for each in report.sections}
    said = [_("It says nothing about risk: you left the risk line out.")] if risk is not None and risk.key not in told else []
    blanks = as_text(report).count(BLANK)
    words = ngettext(
        "{count} place is still to be filled in: {blank}.", "{count} places are still to be filled in: {blank}.", blanks
    )
    return [*said, words.format(count=blanks, blank=BLANK)] if blanks else said
