"""A report as it leaves: with the words that were changed for it, the names that are masked, and what it leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from ipt_desktop.domain.circle_naming import Naming
from ipt_desktop.domain.may_identify import may_identify
from ipt_desktop.domain.paper_texts import Edit, PaperText, texts_of, with_edits, without_place
from ipt_desktop.domain.report import Note, Report, Section, as_text
from ipt_desktop.domain.report_words import with_words
from ipt_desktop.domain.rich_text import as_plain
from ipt_desktop.domain.text import _
from ipt_desktop.domain.third_parties import ThirdParties
from ipt_desktop.services.report_kind import About, ReportKind
from ipt_desktop.services.report_page import footer

MOST_GUESSED = 12
"""Of more words that may be names than these the rest is not asked about."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name that stands in a paper's texts, what would stand there instead, and whether it does.

    One that is not `is_known` is a word with a capital, which may be the name of somebody or some place nobody listed.
    """

    name: str
    instead: str
    is_masked: bool
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class FinishedPaper:
    """A report ready to be set, with what is to be looked at before.

    `texts` are those that can be changed, as they were assembled; `lost` are changes whose text is not there any more.
    """

    report: Report
    texts: tuple[PaperText, ...] = ()
    lost: tuple[Edit, ...] = ()
    named: tuple[Named, ...] = ()


def finished(about: About, kind: ReportKind, assembled: Report) -> FinishedPaper:
    """Return the report with the choices made for this paper; what is stored is not touched."""
    choices, others = about.choices, about.people()
    edits = () if kind.is_as_written else choices.edits
    assembled = _told_apart(assembled)
    report = with_edits(assembled, edits)
    named: tuple[Named, ...] = ()
    if not kind.is_for_the_client and not kind.is_pseudonymous:
        named = tuple(_named(about, report, others))
        report = _with_foot(_masked(report, others, choices.masks), about, others)
    if choices.tells_left_out:
        report = _with_left_out(report, about, kind, others)
    texts = () if kind.is_as_written else tuple(texts_of(assembled))
    return FinishedPaper(report, texts, tuple(without_place(assembled, edits)), named)


def _told_apart(report: Report) -> Report:
    """Return the report with a key of its own for each section, as those of several notes have not: "focus", "focus.2"."""
    counted: Counter[str] = Counter()
    sections = []
    for section in report.sections:
        counted[section.key] += 1
        count, part = counted[section.key], section.part or section.key
        sections.append(section if count == 1 else replace(section, key=f"{section.key}.{count}", part=part))
    return replace(report, sections=tuple(sections))


def _named(about: About, report: Report, others: ThirdParties) -> Iterator[Named]:
    """Yield the names of the client's people that stand in the texts, then what may be names, then what else is masked."""
    masks = about.choices.masks
    known = others.named_in(told_in(report))
    client, practice = about.desk.clients.client(about.client_id), about.desk.practice.details()
    own = (client.name, client.referred_by, about.choices.addressee, practice.therapist, practice.name, report.title)
    words = {word.strip(".,;()") for each in (*own, *(section.title for section in report.sections)) for word in each.split()}
    texts = [as_plain(each.words) for each in texts_of(report)]
    maybe = [each for each in may_identify(texts, words, ()).capitals if _is_like_a_name(each, known)]
    for name in dict.fromkeys((*known, *maybe[:MOST_GUESSED], *sorted(masks))):
        yield Named(name, others.said_for(name), name in masks, name not in maybe)


def _is_like_a_name(word: str, known: Collection[str]) -> bool:
    return len(word) > 2 and not word.isupper() and not any(word in each for each in known)


def told_in(report: Report) -> str:
    """Return what a report tells, without what names client and therapist."""
    told = tuple(each for each in report.sections if each.is_editable)
    return as_text(replace(report, sections=told, letterhead=None, addressed=None))


def part_words(kind: ReportKind, keys: Iterable[str]) -> list[str]:
    """Return parts by key as they stand inside a sentence, in their order."""
    wanted = set(keys)
    words = [_(part.words) for part in kind.parts if part.key in wanted]
    return [each[:1].lower() + each[1:] for each in words]


def _masked(report: Report, others: ThirdParties, masks: frozenset[str]) -> Report:
    if not masks:
        return report
    sections = (
        with_words(each, lambda text: others.mask(text, masks)) if each.is_editable else each for each in report.sections
    )
    return replace(report, sections=tuple(sections))


def _with_foot(report: Report, about: About, others: ThirdParties) -> Report:
    """Let the foot say how other people are named, where it is one that does: only what is so is promised."""
    usual = [footer(about.today, is_initials_only=is_so) for is_so in (True, False)]
    if report.is_letter or report.footer not in usual:
        return report
    is_so = not others.named_in(told_in(report))
    return replace(report, footer=footer(about.today, is_initials_only=is_so, naming=about.choices.naming))


def _with_left_out(report: Report, about: About, kind: ReportKind, others: ThirdParties) -> Report:
    """Say on the last page which parts were left out, and that names were. It never tells that private notes exist."""
    words = part_words(kind, frozenset(each.key for each in kind.parts if not each.is_unsaid) - about.include)
    is_named = kind.is_for_the_client or about.choices.naming is Naming.NAMES or bool(others.named_in(told_in(report)))
    if not is_named:
        words.append(_("other people’s names"))
    if not words:
        return report
    note = Note(_("Not in this document: {what}.").format(what=", ".join(words)))
    told = Section("left_out", "", (note,), is_full_width=True, is_editable=False)
    return replace(report, sections=(*report.sections, told))
