"""Codes are found by code and by words, as they are typed."""

import pytest

from ipt_desktop.domain.code_list import CodeKind, CodeLine, CodeList

LINES = [
    CodeLine("F30-F39", "Mood [affective] disorders", CodeKind.BLOCK),
    CodeLine("F32", "Depressive episode", CodeKind.CATEGORY, "F30-F39"),
    CodeLine("F32.1", "Major depressive disorder, single episode, moderate", CodeKind.BILLABLE, "F32"),
    CodeLine("F32.A", "Depression, unspecified", CodeKind.BILLABLE, "F32"),
    CodeLine("F43.1", "Post-traumatic stress disorder (PTSD)", CodeKind.SUBCATEGORY, "F43"),
    CodeLine("F43.12", "Post-traumatic stress disorder, chronic", CodeKind.BILLABLE, "F43.1"),
    CodeLine("Z63.0", "Problems in relationship with spouse or partner", CodeKind.BILLABLE, "Z63"),
]
LIST = CodeList("ICD-10-CM 2026-04", LINES)


def codes(typed: str, most: int = 40) -> list[str]:
    return [each.code for each in LIST.find(typed, most)]


@pytest.mark.parametrize("typed", ["F32.1", "f321", " F32.1 ", "f32 moderate", "moderate f32"])
def test_a_code_is_typed_with_or_without_its_dot_and_with_words(typed: str) -> None:
    assert codes(typed) == ["F32.1"]


@pytest.mark.parametrize("typed", ["moderate depressive", "depressive moder", "Dépressive MODERATE", "episode major"])
def test_words_stand_in_any_order_and_whatever_the_accents(typed: str) -> None:
    assert codes(typed) == ["F32.1"]


def test_what_can_be_chosen_comes_before_the_headings() -> None:
    assert codes("F3") == ["F32.1", "F32.A", "F30-F39", "F32"]
    assert [each.is_choosable for each in LIST.find("F3")] == [True, True, False, False]


def test_words_of_the_same_stem_come_after_those_typed() -> None:
    assert codes("depression") == ["F32.A", "F32.1", "F32"]


def test_what_stands_below_a_heading_is_found_by_its_words() -> None:
    assert codes("ptsd") == ["F43.12", "F43.1"]


@pytest.mark.parametrize("typed", ["post-traumatic chronic", "posttraumatic chronic", "traumatic chron"])
def test_a_word_with_a_hyphen_is_found_whole_and_in_parts(typed: str) -> None:
    assert codes(typed) == ["F43.12"]


@pytest.mark.parametrize("typed", ["", "   ", ". –", "depressive xyz", "F99"])
def test_nothing_is_found_for_nothing_or_what_is_not_there(typed: str) -> None:
    assert codes(typed) == []


def test_no_more_are_found_than_asked_for() -> None:
    assert codes("f", 2) == ["F32.1", "F32.A"]


def test_a_code_is_looked_up_however_it_is_written() -> None:
    assert LIST.line("f32a") == LINES[3]
    assert LIST.line("F32.9") is None
    assert LIST.name == "ICD-10-CM"
