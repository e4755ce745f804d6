"""A filled form as a page says it: each answer under its label, as blocks of a report. What was not answered is not there.

What is not part of the record is never printed; a confidential answer (violence, coercion) only where it is asked for.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.answer_words import Names, words_of
from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.form import Field, FieldKind, Form, is_blank
from ipt_desktop.domain.form import Section as FormSection
from ipt_desktop.domain.form_rows import Column as RowColumn
from ipt_desktop.domain.form_rows import ColumnKind, cell_words
from ipt_desktop.domain.report import Block, Cell, Column, Facts, Items, MinorHead, Prose, Section, Table
from ipt_desktop.domain.rich_text import RichText, plain
from ipt_desktop.domain.text import _

NOT_WRITTEN = (FieldKind.EVENTS, FieldKind.RECORD)
BESIDE_HEADS = 3
"""A table of more columns than these needs the full width of the page."""
SHORT = (FieldKind.LINE, FieldKind.CHOICE, FieldKind.SCALE, FieldKind.DATE, FieldKind.TICK)
"""Answers that stand beside their label, not below it."""


def _as_written(words: RichText) -> RichText:
    return words


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPaper:
    """How a form stands on paper: what keys and ids are called there, and what becomes of names in running words (`told`)."""

    people: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    goals: Mapping[str, str] = field(default_factory=dict)
    ties: Mapping[str, str] = field(default_factory=dict)
    events: Mapping[str, str] = field(default_factory=dict)
    told: Callable[[RichText], RichText] = _as_written

    def say(self, text: str) -> str:
        """Return a line as it stands on paper."""
        return rich_text.as_plain(self.told(plain(text)))


def form_sections(
    form: Form,
    answers: Mapping[str, Any],
    paper: OnPaper,
    *,
    with_confidential: bool = False,
    but: Collection[str] = (),
    told: Mapping[str, tuple[Block, ...]] = MappingProxyType({}),
) -> tuple[Section, ...]:
    """Return what was answered in the form's order, without the fields of the keys `but`.

    A section of the form that has a title is a section of the page, its labels minor heads in it; in one without a title each
    field is a section of its own. `told` says by key what stands instead of an answer: what its records tell.
    """
    filled = _Filled(answers, paper, told)
    printable = [
        (section, [each for each in section.fields if filled.is_told(each, with_confidential) and each.key not in but])
        for section in form.sections
    ]
    made = (_sections(section, fields, filled) for section, fields in printable if fields)
    return tuple(each for several in made for each in several)


@dataclass(frozen=True, slots=True)
class _Filled:
    """What a form's fields say on a paper: their answers, or what is `told` instead."""

    answers: Mapping[str, Any]
    paper: OnPaper
    told: Mapping[str, tuple[Block, ...]]

    def is_told(self, asked: Field, with_confidential: bool) -> bool:
        """Whether a field says anything that is printed."""
        if asked.is_off_record or (asked.is_confidential and not with_confidential):
            return False
        if asked.key in self.told:
            return bool(self.told[asked.key])
        return asked.kind not in NOT_WRITTEN and asked.is_known and not is_blank(self.answers.get(asked.key))

    def blocks(self, asked: Field) -> tuple[Block, ...]:
        """Return what a field says, without its label."""
        return self.told.get(asked.key) or field_blocks(asked, self.answers.get(asked.key), self.paper)

    def is_short(self, asked: Field) -> bool:
        """Whether what it says stands beside its label."""
        return asked.kind in SHORT and asked.key not in self.told

    def short(self, asked: Field) -> str:
        """Return what a field says beside its label."""
        return _short(asked, self.answers[asked.key], self.paper)


def with_word_titles(form: Form, words: Mapping[str, str]) -> Form:
    """Return a form with each section that goes under a word of the protocol under it, and under its own title without one.

    `words` are by what `Section.title_from` names.
    """
    return replace(
        form, sections=tuple(replace(each, title=words.get(each.title_from) or each.title) for each in form.sections)
    )


def field_blocks(asked: Field, answer: Any, paper: OnPaper) -> tuple[Block, ...]:
    """Return one answer as blocks, without its label; none where it says nothing."""
    if is_blank(answer) or not asked.is_known or asked.kind in NOT_WRITTEN:
        return ()
    return tuple(_blocks(asked, answer, paper))


def _sections(section: FormSection, fields: list[Field], filled: _Filled) -> Iterator[Section]:
    """Yield the sections of the page that one section of a form makes."""
    if section.title:
        blocks = tuple(_labelled(fields, filled))
        if blocks:
            yield Section(section.key, _(section.title), blocks, is_full_width=_is_wide(blocks))
        return
    before: Section | None = None
    for asked in fields:
        blocks = filled.blocks(asked)
        if before is not None and asked.is_joined:
            blocks = (*before.blocks, *blocks)
            before = Section(before.key, before.title, blocks, is_full_width=_is_wide(blocks))
            continue
        if before is not None:
            yield before
        before = Section(asked.key, _(asked.label), blocks, is_full_width=_is_wide(blocks)) if blocks else None
    if before is not None:
        yield before


def _labelled(fields: list[Field], filled: _Filled) -> Iterator[Block]:
    """Yield answers with their labels: short ones that follow one another as facts, the others each under a minor head."""
    facts: list[tuple[str, str]] = []
    for asked in fields:
        if filled.is_short(asked):
            facts.append((_(asked.label), filled.short(asked)))
            continue
        if facts:
            yield Facts(tuple(facts))
            facts = []
        blocks = filled.blocks(asked)
        if blocks and not asked.is_joined:
            yield MinorHead(_(asked.label))
        yield from blocks
    if facts:
        yield Facts(tuple(facts))


def _is_wide(blocks: tuple[Block, ...]) -> bool:
    return any(isinstance(each, Table) and len(each.columns) > BESIDE_HEADS for each in blocks)


def _blocks(asked: Field, answer: Any, paper: OnPaper) -> Iterator[Block]:
    match asked.kind:
        case FieldKind.PROSE:
            yield Prose(paper.told(rich_text.from_json(answer)))
        case FieldKind.ROWS:
            yield from _rows(asked, answer, paper)
        case FieldKind.CONTACTS:
            rows = [(paper.say(str(each.get("name", ""))), str(each.get("number", ""))) for each in answer]
            yield Table((Column(weight=3), Column(weight=2)), tuple(row for row in rows if any(row)), is_first_bold=False)
        case FieldKind.GOALS:
            yield from _items(answer, paper.goals)
        case FieldKind.LIFE_EVENTS:
            yield from _items(answer, paper.events)
        case FieldKind.CHOICES if len(answer) > 1:
            yield Items(tuple(words_of(asked, [each], names_on(paper)) for each in answer))
        case FieldKind.TIE:
            if answer in paper.ties:
                yield Prose(plain(paper.ties[answer]))
        case _:
            yield Prose(plain(_short(asked, answer, paper)))


def _items(ids: list[str], known: Mapping[str, str]) -> Iterator[Block]:
    """Yield what ids stand for as a list; one that stands for nothing any more says nothing."""
    words = tuple(known[each] for each in ids if each in known)
    if words:
        yield Items(words)


def _short(asked: Field, answer: Any, paper: OnPaper) -> str:
    match asked.kind:
        case FieldKind.LINE:
            return paper.say(str(answer))
        case FieldKind.SCALE:
            return scale_words(answer, asked.lowest, asked.highest, _(asked.low), _(asked.high))
        case FieldKind.TICK:
            return _("yes")
        case FieldKind.PERSONS:  # each is named with what they are: "T.N., husband; A.K., sister"
            return "; ".join(words_of(asked, each, names_on(paper)) for each in answer)
        case FieldKind.RISK | FieldKind.STEP:
            return paper.say(words_of(asked, answer, names_on(paper)))
        case _:
            return words_of(asked, answer, names_on(paper))


def scale_words(value: int, lowest: int, highest: int, low: str, high: str) -> str:
    """Return a rating with its ends, which a number says nothing without: "6 (0 worst, 10 best)"."""
    ends = _("{lowest} {low}, {highest} {high}").format(lowest=lowest, low=low, highest=highest, high=high)
    return _("{value} ({ends})").format(value=value, ends=ends) if low and high else str(value)


def names_on(paper: OnPaper) -> Names:
    """Return what ids and keys stand for on a paper."""
    return Names(people=paper.people, areas=paper.areas, goals=paper.goals)


def _rows(asked: Field, rows: list[Mapping[str, Any]], paper: OnPaper) -> Iterator[Block]:
    """Yield rows as a table of the columns that any of them answers; the ends of its scales stand below."""
    columns = [each for each in asked.columns if any(not is_blank(row.get(each.key)) for row in rows)]
    told = [tuple(_cell(each, row.get(each.key), paper) for each in columns) for row in rows if not is_blank(row)]
    if not columns or not told:
        return
    heads = tuple(Column(_(each.label), 1.0 if each.kind in (ColumnKind.SCALE, ColumnKind.DATE) else 2.0) for each in columns)
    ends = [
        _("{label}: {lowest} {low}, {highest} {high}").format(
            label=_(each.label), lowest=each.lowest, low=_(each.low), highest=each.highest, high=_(each.high)
        )
        for each in columns
        if each.kind == ColumnKind.SCALE and each.low and each.high
    ]
    note = _("{scales}.").format(scales="; ".join(ends)) if ends else ""
    yield Table(heads, tuple(told), is_first_bold=False, note=note)


def _cell(column: RowColumn, said: Any, paper: OnPaper) -> Cell:
    if is_blank(said):
        return ""
    if column.kind in (ColumnKind.WHEN, ColumnKind.TICK):
        return cell_words(column, said)
    if column.kind == ColumnKind.DATE:
        try:
            return long_date(date.fromisoformat(str(said)))
        except ValueError:
            return str(said)
    return paper.told(plain(str(said)))
