"""What the pages of an ending say, as the texts of a summary: gains, skills, what remains, signs, and the plan."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.form import Means
from ipt_desktop.domain.referrals import referrals
from ipt_desktop.domain.rich_text import Block, BlockKind, RichText, Run
from ipt_desktop.domain.text import _
from ipt_desktop.services.course_file import Filled

_SENTENCE_END = re.compile(r"(?<=[a-zß-ÿ’”)][.!]) +(?=\w)")
_AS_WRITTEN = (
    Means.FUNCTIONING_START,
    Means.FUNCTIONING_END,
    Means.CIRCLE_CHANGE,
    Means.WARNING_SIGNS,
    Means.TRIGGERS,
)


def texts_of_ending(ending: Filled) -> dict[Means, RichText]:
    """Return the texts by their meaning; one about which nothing was written is empty."""
    return {
        **{means: ending.prose(means) for means in _AS_WRITTEN},
        Means.GAINS: (*ending.prose(Means.GAINS), *ending.prose(Means.CREDIT)),
        Means.SKILLS: (
            *as_list(ending.prose(Means.SKILLS)),
            *headed(_("Where else it serves"), ending.prose(Means.SKILLS_ELSEWHERE)),
        ),
        Means.REMAINING: (
            *as_list(ending.prose(Means.REMAINING)),
            *headed(_("What else could help"), as_list(ending.prose(Means.ALTERNATIVES))),
        ),
        Means.PLAN: _plan(ending),
    }


def _plan(ending: Filled) -> RichText:
    """Return the client's own steps, whom they call, how they come back and what was agreed, as one list."""
    steps = as_list(ending.prose(Means.RELAPSE_PLAN))
    after = (
        *_calls(ending),
        *ending.prose(Means.COMING_BACK),
        *_agreed(ending),
        *ending.prose(Means.MAINTENANCE_WORDS),
        *(paragraph(each.words) for each in referrals(ending.form, ending.answers)),
    )
    offered = headed(_("Offered or sent"), as_list(ending.prose(Means.OFFERED)))
    if steps and steps[-1].kind is BlockKind.BULLET:
        return (*steps, *bullets(after), *offered)
    return (*as_list((*steps, *after)), *offered)


def people_to_call(ending: Filled) -> list[tuple[str, str]]:
    """Return whom the client calls in order, each with the number or how they are reached."""
    said = ending.answer(Means.PEOPLE_TO_CALL)
    told = [(str(each.get("name", "")).strip(), str(each.get("number", "")).strip()) for each in said or ()]
    return [each for each in told if any(each)]


def review_day(ending: Filled) -> date | None:
    """Return the day agreed to look again, or None."""
    with suppress(TypeError, ValueError):
        return date.fromisoformat(ending.answer(Means.MAINTENANCE_REVIEW))
    return None


def _calls(ending: Filled) -> Iterator[Block]:
    names = [name for name, _number in people_to_call(ending) if name]
    if names:
        yield paragraph(_("Whom the client calls, in this order: {names}.").format(names="; ".join(names)))


def _agreed(ending: Filled) -> Iterator[Block]:
    """Yield "Agreed for afterwards: maintenance; monthly; review on 9 January 2027."."""
    review, often = review_day(ending), str(ending.answer(Means.MAINTENANCE_FREQUENCY) or "").strip().rstrip(".")
    parts = [in_sentence(_(each)) for each in ending.chosen(Means.MAINTENANCE)]
    parts += [in_sentence(often)] if often else []
    parts += [_("review on {day}").format(day=long_date(review))] if review else []
    if parts:
        yield paragraph(_("Agreed for afterwards: {what}.").format(what="; ".join(parts)))


def run_on(text: str) -> str:
    """Return lines and sentences as one, without its full stop: "off three days a week; no friend seen"."""
    parts = [part.strip().rstrip(".;") for line in text.splitlines() for part in _SENTENCE_END.split(line)]
    said = [part for part in parts if part]
    return "; ".join(map(in_sentence, said))


# -- blocks ------------------------------------------------------------------------------------------------------------


def as_list(blocks: RichText) -> RichText:
    """Return several plain paragraphs as a list; anything the therapist has arranged stays as it is."""
    said = tuple(each for each in blocks if each.text.strip())
    if len(said) < 2 or any(each.kind is not BlockKind.PARAGRAPH for each in said):
        return said
    return bullets(said)


def bullets(blocks: Iterable[Block]) -> RichText:
    """Return paragraphs as items of a list; what is arranged otherwise stays."""
    return tuple(replace(each, kind=BlockKind.BULLET) if each.kind is BlockKind.PARAGRAPH else each for each in blocks)


def heading(text: str) -> Block:
    """Return a heading inside a text."""
    return Block((Run(text),), BlockKind.HEADING)


def paragraph(text: str) -> Block:
    """Return a paragraph."""
    return Block((Run(text),))


def headed(words: str, blocks: RichText) -> Iterator[Block]:
    """Yield a text under a heading, nothing where it says nothing."""
    if not rich_text.is_blank(blocks):
        yield heading(words)
        yield from blocks


def in_sentence(words: str) -> str:
    """Return words that began a line as they stand inside a sentence; an abbreviation (IPT) stays as it is."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
