"""The safety plan: whom to ring first by country, and what a plan says of itself. Its headings are our own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.form import Form, Means
from ipt_desktop.domain.records import Document, new_id, now
from ipt_desktop.domain.text import _

OF_ONE_READING = (Means.READ_AGAIN_ON, Means.NUMBERS_CHECKED_ON)
"""What is not taken into a new version: it was true of the one before, and is asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisLine:
    """Whom to ring, as the client reads it, and the number."""

    words: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisCountry:
    """The numbers of a country (ISO 3166, small letters), the emergency number first."""

    key: str
    name: str
    lines: tuple[CrisisLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisLines:
    """A file of crisis lines."""

    version: int
    countries: tuple[CrisisCountry, ...]


def as_contacts(country: CrisisCountry | None) -> list[dict[str, str]]:
    """Return a country's numbers as the answer to a field of contacts."""
    return [{"name": each.words, "number": each.number} for each in (country.lines if country else ())]


def next_version(form: Form, answers: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return the answers a new version begins with: those of the last one, made today, not read again or checked yet."""
    dropped = {each.key for each in form.fields if each.means in (*OF_ONE_READING, Means.MADE_ON)}
    made = form.field_that_means(Means.MADE_ON)
    kept = {key: value for key, value in answers.items() if key not in dropped}
    return {**kept, **({made.key: today.isoformat()} if made else {})}


def copied(plan: Document, answers: Mapping[str, Any]) -> Document:
    """Return a new version of a plan, which is stored with its first save."""
    return replace(plan, id=new_id(), answers=dict(answers), revision=0, saved_at=now(), created_at=now())


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """A version of a plan at a glance: when it was made, and where it is kept, in words."""

    document_id: str
    made_on: date
    kept: str

    @property
    def words(self) -> str:
        """Return "13 October, copy kept at home"."""
        return ", ".join(each for each in (day_words(self.made_on), self.kept) if each)


def standing_of(form: Form, plan: Document) -> PlanStanding:
    """Return a plan at a glance."""
    made = plan_day(form, plan.answers, Means.MADE_ON)
    home, kept_with = form.answer(plan.answers, Means.SAFE_AT_HOME), form.answer(plan.answers, Means.KEPT_WITH) or ""
    words = {"yes": _("copy kept at home"), "no": _("not kept at home")}
    kept = words.get(str(home), _("not asked yet where it is safe"))
    if home == "no" and kept_with.strip():
        kept = _("kept with {whom}").format(whom=kept_with.strip())
    return PlanStanding(plan.id, made or plan.created_at.astimezone().date(), kept)


def plan_day(form: Form, answers: Mapping[str, Any], means: Means) -> date | None:
    """Return a day that a plan tells, or None."""
    told = form.answer(answers, means)
    try:
        return date.fromisoformat(told) if told else None
    except (TypeError, ValueError):
        return None


def latest_first(standings: Sequence[tuple[PlanStanding, Document]]) -> list[Document]:
    """Return the plans, the one made last first."""
    ordered = sorted(standings, key=lambda each: (each[0].made_on, each[1].created_at), reverse=True)
    return [document for _standing, document in ordered]
