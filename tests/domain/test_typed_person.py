"""Whom a typed line means."""

import pytest

from ipt_desktop.domain.closeness import OUTSIDE, RingWords, number_of, typed_closeness
from ipt_desktop.domain.relation import RELATIONS
from ipt_desktop.domain.typed_person import TypedPerson, typed_person


@pytest.mark.parametrize(
    ("typed", "name", "relation", "words"),
    [
        ("Ingrid, mother", "Ingrid", "mother", ""),
        ("Ingrid (mother)", "Ingrid", "mother", ""),
        ("Ingrid(mother)", "Ingrid", "mother", ""),
        ("Ingrid - mother", "Ingrid", "mother", ""),
        ("Ingrid \N{EN DASH} Mother", "Ingrid", "mother", ""),
        ("  Ingrid ,  mother ", "Ingrid", "mother", ""),
        ("Ola, old flame", "Ola", "other", "old flame"),
        ("Dr Weiss, GP", "Dr Weiss", "doctor", "GP"),
        ("mother", "Mother", "mother", ""),
        ("Mother", "Mother", "mother", ""),
        ("mother,", "Mother", "mother", ""),
        ("boss", "Boss", "manager", "boss"),
        ("mother-in-law", "Mother-in-law", "mother_in_law", ""),
        ("Ingrid", "Ingrid", "other", ""),
        ("Ingrid,", "Ingrid", "other", ""),
        ("Anna (the tall one)", "Anna (the tall one)", "other", ""),
        ("Karl - Heinz", "Karl - Heinz", "other", ""),
        ("Anne-Marie", "Anne-Marie", "other", ""),
        ("(mother)", "(mother)", "other", ""),
        ("", "", "other", ""),
        (" , ", "", "other", ""),
        (", mother", "", "mother", ""),
    ],
)
def test_a_line_means_someone(typed: str, name: str, relation: str, words: str) -> None:
    assert typed_person(typed) == TypedPerson(name, relation, words)


def test_every_relation_s_word_alone_takes_on_someone_of_it() -> None:
    for each in RELATIONS:
        made = typed_person(each.word)
        key = "other" if each.key == "faith" else each.key  # people are christened Faith
        assert (made.relation, made.name.casefold(), made.relation_words) == (key, each.word.casefold(), "")


@pytest.mark.parametrize(
    ("typed", "felt"),
    [("6.5", 0.65), ("6,5", 0.65), (" 10 ", 1.0), ("0", 0.0), ("middle", 0.5), ("Outside", OUTSIDE)]
    + [(each, None) for each in ("", "11", "-1", "near", "nan", "inf", "6.5.5")],
)
def test_a_typed_closeness_is_a_number_from_0_to_10_or_a_ring(typed: str, felt: float | None) -> None:
    assert typed_closeness(typed, RingWords()) == felt


def test_a_number_stands_beside_the_ring_only_where_it_is_wanted() -> None:
    assert [number_of(felt) for felt in (0.65, 1.0, 0.0, 0.834, OUTSIDE)] == ["6.5", "10", "0", "8.3", ""]
    plain, numbered = RingWords(), RingWords(is_numbered=True)
    assert [plain.shown(felt) for felt in (0.65, OUTSIDE, None)] == ["middle", "outside", ""]
    assert [numbered.shown(felt) for felt in (0.65, OUTSIDE, None)] == ["middle 6.5", "outside", ""]
    assert numbered.of(0.65) == "middle"
