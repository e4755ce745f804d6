"""Spelling: what is known, what is suggested, what is learnt, and that no audit row tells a word."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ipt_desktop.domain.errors import Refused
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.spelling import Spelling
from ipt_desktop.services.vault import create_with_key

SMALL = {"nl_NL": ("SET UTF-8\n", "2\nfiets\nhuis\n"), "xx_XX": ("FLAG nonsense\nSET no-such-code\n", "\x00\x01")}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(create_with_key(tmp_path / "practice", bytes(range(32)), "Willow Lane Practice"))
    yield desk
    desk.close()


def system_dictionaries(folder: Path) -> Path:
    folder.mkdir()
    for code, (affixes, words) in SMALL.items():
        (folder / f"{code}.aff").write_text(affixes, encoding="utf-8")
        (folder / f"{code}.dic").write_text(words, encoding="utf-8")
    (folder / "hyph_nl_NL.dic").write_text("UTF-8\n", encoding="utf-8")
    return folder


def test_every_word_is_known_until_the_dictionary_is_read(desk: Desk) -> None:
    assert desk.spelling.is_known("recieve")
    desk.spelling.load()
    assert desk.spelling.is_ready
    assert not desk.spelling.is_known("recieve")
    assert all(map(desk.spelling.is_known, ("receive", "Receive", "wouldn’t", "client's", "color")))
    assert desk.spelling.suggestions("recieve")[0] == "receive"
    assert len(desk.spelling.suggestions("definately")) <= 5


def test_languages_are_chosen_and_several_count_together(desk: Desk) -> None:
    assert [each.code for each in desk.spelling.languages][:2] == ["en_GB", "en_US"]
    assert {each.name for each in desk.spelling.languages} >= {"English (United Kingdom)", "English (United States)"}
    desk.settings.change(spelling=("en_GB",))
    assert not desk.spelling.is_ready
    desk.spelling.load()
    assert desk.spelling.is_known("colour")
    assert not desk.spelling.is_known("color")
    desk.settings.change(spelling=("en_GB", "en_US"))
    desk.spelling.load()
    assert desk.spelling.is_known("colour")
    assert desk.spelling.is_known("color")
    desk.settings.change(spelling=())
    desk.spelling.load()
    assert desk.spelling.is_known("xqzzt")


def test_the_systems_dictionaries_are_offered_and_a_broken_one_harms_nothing(desk: Desk, tmp_path: Path) -> None:
    folder = system_dictionaries(tmp_path / "hunspell")
    chosen = ("en_US", "nl_NL", "xx_XX")
    spelling = Spelling(
        desk.open_practice, desk.resources.path("dictionaries"), lambda: chosen, lambda: (folder, tmp_path / "none")
    )
    assert [each.code for each in spelling.languages] == ["en_GB", "en_US", "nl_NL", "xx_XX"]
    spelling.load()
    assert spelling.unread == ("xx_XX",)
    assert spelling.is_known("fiets")
    assert spelling.is_known("house")
    assert not spelling.is_known("fietz")


def test_a_word_is_learnt_for_good_and_forgotten_again(desk: Desk, tmp_path: Path) -> None:
    desk.spelling.load()
    assert not desk.spelling.is_known("Łukasiewicz")
    desk.spelling.learn_word(" Łukasiewicz ")
    assert desk.spelling.is_known("Łukasiewicz")
    assert desk.spelling.is_known("Łukasiewicz’s")
    assert [each.id for each in desk.spelling.words()] == ["Łukasiewicz"]
    desk.spelling.forget_word("Łukasiewicz")
    desk.spelling.forget_word("never there")
    assert not desk.spelling.is_known("Łukasiewicz")
    assert desk.spelling.words() == []
    for refused in ("  ", "two words", "x" * 61):
        with pytest.raises(Refused):
            desk.spelling.learn_word(refused)


def test_no_audit_row_tells_the_word(desk: Desk) -> None:
    desk.spelling.learn_word("Lukasiewicz")
    desk.spelling.forget_word("Lukasiewicz")
    entries = desk.audit.entries()
    assert [each.operation for each in entries if "word" in each.operation] == ["forget_word", "learn_word"]
    assert "Lukasiewicz" not in str(entries)
