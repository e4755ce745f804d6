"""A report as it leaves: with the words that were changed for it, the names that are masked, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ipt_desktop.domain.circle_naming import Naming
from ipt_desktop.domain.paper_texts import Edit, PaperText, texts_of, with_edits, without_place
from ipt_desktop.domain.report import Note, Report, Section, as_text
from ipt_desktop.domain.report_words import with_words
from ipt_desktop.domain.text import _
from ipt_desktop.domain.third_parties import ThirdParties
from ipt_desktop.services.report_kind import About, ReportKind
from ipt_desktop.services.report_page import footer


@dataclass(frozen=True, slots=True)
class Named:
    """A name that stands in a paper's texts, what would stand there instead, and whether it does."""

    name: str
    instead: str
    is_masked: bool


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
    report = with_edits(assembled, choices.edits)
    named: tuple[Named, ...] = ()
    if not kind.is_for_the_client and not kind.is_pseudonymous:
        found = dict.fromkeys((*others.named_in(told_in(report)), *sorted(choices.masks)))
        named = tuple(Named(each, others.said_for(each), each in choices.masks) for each in found)
        report = _with_foot(_masked(report, others, choices.masks), about, others)
    if choices.tells_left_out:
        report = _with_left_out(report, about, kind, others)
    return FinishedPaper(report, tuple(texts_of(assembled)), tuple(without_place(assembled, choices.edits)), named)


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
    words = part_words(kind, frozenset(each.key for each in kind.parts) - about.include)
    is_named = kind.is_for_the_client or about.choices.naming is Naming.NAMES or bool(others.named_in(told_in(report)))
    if not is_named:
        words.append(_("other people’s names"))
    if not words:
        return report
    note = Note(_("Not in this document: {what}.").format(what=", ".join(words)))
    told = Section("left_out", "", (note,), is_full_width=True, is_editable=False)
    return replace(report, sections=(*report.sections, told))
