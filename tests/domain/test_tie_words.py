"""A tie in words, told from either of the two it joins."""

from datetime import date

import pytest

from ipt_desktop.domain.records import Tie, TieKind
from ipt_desktop.domain.tie_words import KIND_WORDS, is_of, same_ends, tie_sentence

NAMES = {None: "Marta", "johan": "Johan", "elin": "Elin"}


def tie(**more: object) -> Tie:
    return Tie(**{"client_id": "c", "from_person_id": "johan", "since": date(2024, 5, 1), **more})  # type: ignore[arg-type]


def test_it_says_what_with_whom_how_strong_and_since_when() -> None:
    between = tie(to_person_id="elin", kind=TieKind.CONFLICT, strength=3)
    assert tie_sentence(between, "elin", NAMES) == "conflict with Johan, strong, since 2024"
    assert tie_sentence(between, "johan", NAMES) == "conflict with Elin, strong, since 2024"


def test_a_tie_to_the_client_and_one_that_has_ended() -> None:
    ended = tie(kind=TieKind.PARTNER, strength=1, until=date(2025, 2, 1))
    assert tie_sentence(ended, "johan", NAMES) == "partner of Marta, weak, 2024 to 2025"


@pytest.mark.parametrize("kind", list(TieKind))
def test_every_kind_has_words(kind: TieKind) -> None:
    assert kind in KIND_WORDS
    assert "Marta" in tie_sentence(tie(kind=kind), "johan", NAMES)


def test_the_two_ends_have_no_order() -> None:
    one = tie(to_person_id="elin")
    assert same_ends(one, tie(from_person_id="elin", to_person_id="johan"))
    assert not same_ends(one, tie())
    assert is_of(one, "elin")
    assert not is_of(tie(), "elin")
