"""Snippets: a set comes along; it is changed, added to and removed from, and a clash is refused in words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ipt_desktop.domain.errors import Refused
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(create_with_key(tmp_path / "practice", bytes(range(32)), "Willow Lane Practice"))
    yield desk
    desk.close()


def test_a_set_comes_along(desk: Desk) -> None:
    words = {each.abbreviation: each.words for each in desk.snippets.lines()}
    assert words["rd"] == "Role dispute: "
    assert {"rt", "gr", "id", "st", "hw"} <= words.keys()
    assert desk.snippets.words_of("RD") == "Role dispute: "
    assert desk.snippets.words_of("zz") is None


def test_own_ones_are_added_changed_renamed_and_removed(desk: Desk) -> None:
    snippets = desk.snippets
    snippets.keep_snippet(" ;Sl ", "slept through")
    assert snippets.words_of("sl") == "slept through"
    snippets.keep_snippet("sl", "slept badly", instead_of="sl")
    assert snippets.words_of("sl") == "slept badly"
    snippets.keep_snippet("sb", "slept badly", instead_of="sl")
    assert (snippets.words_of("sl"), snippets.words_of("sb")) == (None, "slept badly")
    snippets.remove_snippet("sb")
    assert snippets.words_of("sb") is None


def test_one_that_came_along_is_changed_and_removed_for_good(desk: Desk) -> None:
    snippets = desk.snippets
    snippets.keep_snippet("rd", "Dispute: ", instead_of="rd")
    assert [each.is_own for each in snippets.lines() if each.abbreviation in ("rd", "rt")] == [True, False]
    snippets.remove_snippet("rd")
    assert snippets.words_of("rd") is None
    snippets.keep_snippet("rd", "Role dispute: ")
    assert [each.is_own for each in snippets.lines() if each.abbreviation == "rd"] == [False]


def test_a_clash_and_what_is_no_snippet_are_refused_in_words(desk: Desk) -> None:
    with pytest.raises(Refused, match="“;rd” stands for “Role dispute:” already"):
        desk.snippets.keep_snippet("RD", "Something else")
    with pytest.raises(Refused, match="already"):
        desk.snippets.keep_snippet("rd", "Role transition: ", instead_of="rt")
    assert desk.snippets.words_of("rt") == "Role transition: "
    for abbreviation, words in (("", "x"), ("a b", "x"), ("a" * 13, "x"), ("ab", "  "), ("ab", "x" * 2001)):
        with pytest.raises(Refused):
            desk.snippets.keep_snippet(abbreviation, words)
    assert "Role" not in str(desk.audit.entries())
