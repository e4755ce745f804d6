"""What a person is to the client, found from the word typed."""

import pytest

from ipt_desktop.domain.relation import RELATIONS, relation_like


@pytest.mark.parametrize(
    ("words", "key"),
    [("mother", "mother"), (" Sister-in-law ", "in_law"), ("gp", "doctor"), ("group", "community"), ("old flame", "other")],
)
def test_a_word_finds_its_shape(words: str, key: str) -> None:
    assert relation_like(words).key == key


def test_a_relation_s_own_word_means_itself() -> None:
    assert [relation_like(each.word).key for each in RELATIONS] == [each.key for each in RELATIONS]
