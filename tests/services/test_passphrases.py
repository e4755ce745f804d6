"""How hard a passphrase is to guess, in words; and one that is."""

import pytest

from ipt_desktop.services.keys import require_strong
from ipt_desktop.services.passphrases import _words, strength_words, suggest_passphrase


@pytest.mark.parametrize(
    ("passphrase", "words"),
    [
        ("", ""),
        ("eleven char", "Too short: 11 of at least 12 characters"),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaa", "Weak: a program could guess it"),
        ("passwordpassword", "Weak: a program could guess it"),
        ("hello hello hello hello", "Weak: a program could guess it"),
        ("a b c d e f g h", "Weak: a program could guess it"),
        ("river stone candle forest", "Fair"),
        ("orbit cactus velvet marble anchor", "Fair"),
        ("orbit cactus velvet marble anchor pigeon", "Strong"),
        ("kV7#pQ2!xW9@zR4$tY", "Strong"),
    ],
)
def test_strength_is_said_in_words(passphrase: str, words: str):
    assert strength_words(passphrase) == words


def test_the_list_is_the_whole_list():
    words = _words()
    assert len(words) == len(set(words)) == 7776
    assert all(word == word.strip().lower() and word.isascii() for word in words)


def test_a_suggestion_is_six_words_of_the_list_strong_and_new_each_time():
    suggestions = [suggest_passphrase() for _each in range(200)]
    assert len(set(suggestions)) == 200
    for suggestion in suggestions:
        assert len(suggestion.split(" ")) == 6
        assert set(suggestion.split(" ")) <= set(_words())
        require_strong(suggestion)
        assert strength_words(suggestion) == "Strong"
