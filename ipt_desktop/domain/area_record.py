"""The record of a problem area: a document of its own, what it is the record of, and whether violence was asked about.

Violence or coercion is asked about before a confrontation is rehearsed. What was told is part of the record and confidential:
no report and no list shows it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ipt_desktop.domain.form import Form, Means
from ipt_desktop.domain.records import Document, ProblemArea

OF_AREA = "_area"
"""The key, which no field may have, under which a record keeps what it is of: `{"id": problem area, "key": the protocol's}`."""


class Screened(StrEnum):
    """What was told of violence or coercion; until then it is not asked."""

    NOT_ASKED = "not_asked"
    NONE = "none"
    PAST = "past"
    CURRENT = "current"
    UNSURE = "unsure"

    @property
    def is_asked(self) -> bool:
        """Whether it was asked."""
        return self is not Screened.NOT_ASKED

    @property
    def is_told(self) -> bool:
        """Whether anything was told that has to be read before a confrontation is rehearsed."""
        return self in (Screened.PAST, Screened.CURRENT, Screened.UNSURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRecord:
    """How the record of a problem area stands.

    Its document, how what is written in it begins ("" where nothing is), and what was told of violence.
    """

    problem_area_id: str
    document_id: str = ""
    words: str = ""
    screened: Screened = Screened.NOT_ASKED


def answers_for(area: ProblemArea, form: Form) -> dict[str, Any]:
    """Return what the fresh record of a problem area begins with: what it is of, and with whom."""
    person = form.field_that_means(Means.ABOUT_PERSON)
    named = {person.key: area.person_id} if person is not None and area.person_id else {}
    return {OF_AREA: {"id": area.id, "key": area.area}, **named}


def kept_of(answers: Mapping[str, Any]) -> tuple[str, str]:
    """Return the problem area that a record was begun for, as id and key; "" where it does not say."""
    told = answers.get(OF_AREA)
    return (str(told.get("id", "")), str(told.get("key", ""))) if isinstance(told, Mapping) else ("", "")


def is_record_of(document: Document, area: ProblemArea) -> bool:
    """Whether a record can be that of a problem area: of the same kind, and about nobody else."""
    is_about_another = document.about_id is not None and area.person_id is not None and document.about_id != area.person_id
    return kept_of(document.answers)[1] == area.area and not is_about_another


def screened(form: Form, answers: Mapping[str, Any]) -> Screened:
    """Return what a document says was asked about violence."""
    said = form.answer(answers, Means.VIOLENCE)
    return Screened(said) if said in set(Screened) else Screened.NOT_ASKED
