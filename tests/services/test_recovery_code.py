"""The recovery code: every slip of the pen is noticed, and a single one is found."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipt_desktop.domain.errors import RecoveryCodeWrong
from ipt_desktop.services.recovery_code import (
    ALPHABET,
    GROUP,
    GROUPS,
    code_of,
    group_problem,
    groups_of,
    groups_typed,
    problem_so_far,
    root_of,
)

ROOT = bytes(range(7, 39))
ROOTS = st.binary(min_size=32, max_size=32)


@given(ROOTS)
def test_a_code_gives_its_root_back(root: bytes) -> None:
    code = code_of(root)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}", code)
    assert root_of(code) == root


@given(ROOTS, st.sampled_from([str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("-", " ") + "\n"]))
def test_case_and_parting_do_not_matter(root: bytes, written: object) -> None:
    assert callable(written)
    assert root_of(written(code_of(root))) == root


def test_what_is_copied_from_a_saved_sheet_is_read() -> None:
    """The small numbers come along, and whatever a word processor makes of spaces and hyphens."""
    root = bytes(range(32))
    groups = groups_of(code_of(root))
    numbered = "\n".join(f"{number} {group}" for number, group in enumerate(groups, 1))
    for copied in (numbered, "\u00a0".join(groups), "\u2011".join(groups), "\u2010".join(groups)):
        assert root_of(copied) == root
        assert problem_so_far(copied) == ""
        assert groups_typed(copied) == GROUPS
    wrong = numbered.replace(f"5 {groups[4]}", f"5 {groups[4][:3]}{'2' if groups[4][3] != '2' else '3'}")
    assert "group 5" in problem_so_far(wrong)


@pytest.mark.parametrize(("written", "meant"), [("I", "1"), ("l", "1"), ("o", "0")])
def test_letters_that_look_like_digits_are_read_as_them(written: str, meant: str) -> None:
    root = next(root for last in range(99) if meant in code_of(root := bytes([*ROOT[:-1], last])))
    assert root_of(code_of(root).replace(meant, written)) == root


def test_every_single_wrong_character_is_found_and_its_group_named() -> None:
    text = code_of(ROOT).replace("-", "")
    for place, right in enumerate(text):
        for wrong in ALPHABET.replace(right, ""):
            with pytest.raises(RecoveryCodeWrong, match=rf"group {place // GROUP + 1} "):
                root_of(text[:place] + wrong + text[place + 1 :])


def test_every_swap_of_neighbours_is_noticed() -> None:
    text = code_of(ROOT).replace("-", "")
    for place in range(len(text) - 1):
        swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        if swapped != text:
            with pytest.raises(RecoveryCodeWrong):
                root_of(swapped)


@given(ROOTS, st.integers(0, 55), st.integers(0, 55), st.sampled_from(ALPHABET), st.sampled_from(ALPHABET))
def test_any_two_wrong_characters_are_noticed(root: bytes, one: int, other: int, first: str, second: str) -> None:
    text = list(code_of(root).replace("-", ""))
    before = "".join(text)
    text[one], text[other] = first, second
    if "".join(text) == before:
        assert root_of("".join(text)) == root
    else:
        with pytest.raises(RecoveryCodeWrong):
            root_of("".join(text))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", "0 characters"),
        (code_of(ROOT)[:-1], "55 characters"),
        (code_of(ROOT) + "0", "57 characters"),
        (code_of(ROOT)[:-4] + "U" + code_of(ROOT)[-3:], "group 14 holds “U”"),
        ("ümlaut", "group 1 holds “Ü”"),
    ],
)
def test_what_is_no_code_is_told_apart(code: str, words: str) -> None:
    with pytest.raises(RecoveryCodeWrong, match=re.escape(words)):
        root_of(code)


def test_groups_are_four_characters_each() -> None:
    assert [len(each) for each in groups_of(code_of(ROOT))] == [4] * 14


def test_a_group_typed_back_is_right_however_it_is_written():
    code = code_of(ROOT)
    for number, group in enumerate(groups_of(code), 1):
        for written in (group, group.lower(), f" {group[:2]} {group[2:]}\n", group.replace("0", "o").replace("1", "l")):
            assert group_problem(code, number, written) == ""


def test_every_single_slip_in_a_group_typed_back_is_named():
    code = code_of(ROOT)
    groups = groups_of(code)
    for number, group in enumerate(groups, 1):
        for place, right in enumerate(group):
            for wrong in ALPHABET.replace(right, ""):
                typed = group[:place] + wrong + group[place + 1 :]
                said = group_problem(code, number, typed)
                assert said.startswith("That is group" if typed in groups else f"Character {place + 1} is not")


def test_a_group_typed_back_that_is_none_or_another_is_told():
    code = code_of(ROOT)
    groups = groups_of(code)
    assert "these are 3" in group_problem(code, 1, groups[0][:3])
    assert group_problem(code, 1, "") == "Type group 1; its small number stands before it."
    assert "“U”" in group_problem(code, 1, "u" + groups[0][1:])
    assert group_problem(code, 1, groups[1]).startswith("That is group 2. Type group 1")
    assert group_problem(code, GROUPS, "0000") == "This is not group 14 as it stands on the sheet."


def test_no_beginning_of_a_code_is_found_fault_with():
    code = code_of(ROOT)
    for end in range(len(code) + 1):
        for typed in (code[:end], code[:end].lower().replace("-", " "), code[:end].replace("-", ""), f"IPTR1:{code[:end]}"):
            assert problem_so_far(typed) == ""
    assert groups_typed(code[:23]) == 4
    assert groups_typed(code) == GROUPS


def test_a_wrong_group_is_named_as_soon_as_it_can_be_told():
    groups = groups_of(code_of(ROOT))
    assert problem_so_far(f"{groups[0]} {groups[1][:3]}") == "", "it is still being typed"
    assert problem_so_far(f"{groups[0]} {groups[1][:3]} {groups[2]}") == "group 2 has 3 characters instead of 4"
    assert problem_so_far(f"{groups[0]}-{groups[1]}7-{groups[2]}") == "group 2 has 5 characters instead of 4"
    assert problem_so_far(f"{groups[0]}{groups[1]}7 {groups[2]}").startswith("group 3 has 1 ")
    assert problem_so_far(f"{groups[0]} {groups[1]} u") == "group 3 holds “U”, which no code has"
    slip = "0" if groups[8][1] != "0" else "1"
    typed = " ".join([*groups[:8], groups[8][0] + slip + groups[8][2:], *groups[9:]])
    assert problem_so_far(typed) == "group 9 is not as it stands on the sheet"
    assert "these are 57 characters" in problem_so_far(f"{' '.join(groups)}0")
