"""The link of a formulation: what the client suffers, what happened with whom, and the problem areas that are worked on.

It is the heart of an interpersonal formulation: symptoms are linked to one or two problem areas (Weissman, Markowitz &
Klerman; Stuart & Robertson).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.form import Form, Means, is_blank
from ipt_desktop.domain.form_blocks import OnPaper
from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.records import Person, ProblemArea, StageChange
from ipt_desktop.domain.standing import TITLES, print_initials, token_initials
from ipt_desktop.domain.text import _

MOST_EVENTS = 4
MOST_AREAS = 3
_STOP = re.compile(r"[.!?…]+[”’\"')]*(?=\s|$)|[。！？]")


@dataclass(frozen=True, slots=True)
class LinkedArea:
    """A problem area with whom it is about, who is `person` where they are on the circle, and `words` about it.

    `initials` stand in the person's token.
    """

    title: str
    person: Person | None = None
    initials: str = ""
    with_whom: str = ""
    words: str = ""

    @property
    def in_plain_words(self) -> str:
        """Say it on one line: "A disagreement, with Johan", "The loss of someone: Maria" where that person has died."""
        words = _("{area}: {name}") if self.person is not None and self.person.has_died else _("{area}, with {name}")
        said = words.format(area=self.title, name=self.with_whom) if self.with_whom else self.title
        return said[:1].upper() + said[1:]


@dataclass(frozen=True, slots=True)
class FormulationLink:
    """The three parts. `illness` is the diagnosis as it was said; `events` are those chosen, else `why_now` stands for them."""

    illness: str = ""
    suffers: str = ""
    events: tuple[str, ...] = ()
    why_now: str = ""
    areas: tuple[LinkedArea, ...] = ()

    @property
    def parts(self) -> int:
        """How many of the three parts say anything."""
        return sum(map(bool, (self.illness or self.suffers, self.events or self.why_now, self.areas)))


def link_of(
    form: Form, answers: Mapping[str, Any], areas: Sequence[LinkedArea], paper: OnPaper, *, is_for_the_client: bool = False
) -> FormulationLink:
    """Return the link that a formulation makes. `areas` are those agreed on; where there are none, what the form chose.

    What is for the client has no diagnosis in it.
    """

    def words(means: Means) -> str:
        said = form.answer(answers, means)
        return "" if is_blank(said) else " ".join(rich_text.as_plain(paper.told(rich_text.from_json(said))).split())

    chosen = form.answer(answers, Means.PROBLEM_AREA) or ()
    own = tuple(LinkedArea(paper.areas[each]) for each in chosen if each in paper.areas)
    events = [paper.events[each] for each in form.answer(answers, Means.STRESSORS) or () if each in paper.events]
    return FormulationLink(
        illness="" if is_for_the_client else words(Means.DIAGNOSIS),
        suffers=first_sentence(words(Means.PRESENTING)),
        events=tuple(events[:MOST_EVENTS]),
        why_now=first_sentence(words(Means.WHY_NOW)),
        areas=tuple(areas[:MOST_AREAS]) or own[:MOST_AREAS],
    )


def linked_areas(
    areas: Sequence[ProblemArea],
    stages: Sequence[StageChange],
    protocol: Protocol,
    people: Sequence[Person],
    paper: OnPaper,
    *,
    is_printed: bool = False,
) -> list[LinkedArea]:
    """Return the problem areas agreed on, those still worked on where there are any, the primary one first.

    Where it `is_printed`, the initials are those that stand there instead of names.
    """
    printed = print_initials(people)
    open_ones = [each for each in areas if each.ended_on is None] or list(areas)
    by_id = {each.id: each for each in people}
    made = []
    for area in sorted(open_ones, key=lambda each: each.rank):
        stage = _stage_label(area, stages, protocol)
        person = by_id.get(area.person_id or "")
        words = " · ".join(filter(None, (stage, paper.say(area.about) if area.about else "")))
        title, with_whom = paper.areas.get(area.area, area.area), paper.people.get(area.person_id or "", "")
        initials = "" if person is None else printed[person.id].replace(".", "") if is_printed else token_initials(person)
        made.append(LinkedArea(title, person, initials, with_whom, words))
    return made


def first_sentence(text: str) -> str:
    """Return how a text begins: its first sentence, or all of it."""
    for stop in _STOP.finditer(text):
        if text[: stop.start()].rpartition(" ")[2].casefold() not in TITLES:
            return text[: stop.end()]
    return text


def _stage_label(area: ProblemArea, stages: Sequence[StageChange], protocol: Protocol) -> str:
    own = [each for each in stages if each.problem_area_id == area.id]
    latest = max(own, key=lambda each: (each.on, each.created_at), default=None)
    known = protocol.area(area.area)
    offered = known.stages if known is not None and latest is not None else ()
    return next((_(each.label) for each in offered if latest is not None and each.key == latest.stage), "")
