"""Differences word by word: nothing of either text is lost in them, and they read as a person would mark them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipt_desktop.domain import word_difference
from ipt_desktop.domain.word_difference import Difference, Piece, count_words, word_differences

SAME, ADDED, REMOVED = Difference.SAME, Difference.ADDED, Difference.REMOVED
TEXTS = st.lists(
    st.sampled_from(["one", "two", "two", "three", " ", " ", "\n", ".", "Żółć", "林美玲", "😀", "\ud800"]), max_size=40
).map("".join)


@given(TEXTS, TEXTS)
def test_both_texts_are_there_to_the_letter(before: str, after: str):
    pieces = word_differences(before, after)
    assert "".join(each.text for each in pieces if each.difference is not REMOVED) == after
    assert "".join(each.text for each in pieces if each.difference is not ADDED) == before
    assert all(each.text for each in pieces)
    assert all(first.difference is not second.difference for first, second in pairwise(pieces))


@given(TEXTS)
def test_the_same_text_differs_in_nothing(text: str):
    assert word_differences(text, text) == ((Piece(text),) if text else ())


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("She rang Johan.", "She rang Elin.", [("She rang ", SAME), ("Johan", REMOVED), ("Elin", ADDED), (".", SAME)]),
        ("", "Begun.", [("Begun.", ADDED)]),
        ("Mood 4", "", [("Mood 4", REMOVED)]),
        ("Silent at first", "Silent, then angry", [("Silent", SAME), (" at first", REMOVED), (", then angry", ADDED)]),
        ("one\ntwo\nthree", "one\nthree", [("one\n", SAME), ("two\n", REMOVED), ("three", SAME)]),
        ("didn't go", "didn't want to go", [("didn't ", SAME), ("want to ", ADDED), ("go", SAME)]),
    ],
)
def test_it_reads_as_a_person_would_mark_it(before: str, after: str, told: list[tuple[str, Difference]]):
    assert [(each.text, each.difference) for each in word_differences(before, after)] == told


def test_words_are_counted_without_marks_and_spaces():
    pieces = word_differences("She rang Johan, twice.", "She rang no one at all.")
    assert count_words(pieces) == (4, 2)


def test_a_stretch_too_long_to_be_read_word_by_word_is_told_as_a_whole(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(word_difference, "MOST_PARTS", 4)
    pieces = word_differences("same a b c d e f end", "same 1 2 c 3 4 5 end")
    assert [each.difference for each in pieces] == [SAME, REMOVED, ADDED, SAME]
