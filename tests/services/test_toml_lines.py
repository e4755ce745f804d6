"""The line of everything in a TOML file: as it is written, also inside lists, and however words look like headers."""

import tomllib
from pathlib import Path

import pytest

from ipt_desktop.services.resources_folder import resources_folder
from ipt_desktop.services.toml_lines import Place, lines_of

TEXT = '''# a comment = nothing
key = "a" # [not a table]
words = """
[no] table
key = "no key" \\"""
"""
raw = \'\'\'it is = "so"\'\'\'
list = [
  { key = "one", text = "a, ] } #" },  # the first
  # between
  { key = "two", text = """
  over two lines""" },
  [1, 2],
]
"quoted key" = 1
one.two = 2

[rings]
inner = "inner"

[[phases]]
first = 1

  [[phases.tasks]]
  key = "a"
  [[phases.tasks]]
  key = "b"

[[phases]]
  [[phases.tasks]]
  key = "c"
'''


def places(value: object, here: Place = ()) -> list[Place]:
    """Return the place of every value that a file says."""
    if not isinstance(value, dict | list):
        return [here]
    return [
        each
        for key, one in (value.items() if isinstance(value, dict) else enumerate(value))
        for each in places(one, (*here, key))
    ]


def test_everything_has_the_line_it_is_written_on():
    lines = lines_of(TEXT)
    assert {
        ("key",): 2,
        ("words",): 3,
        ("raw",): 7,
        ("list",): 8,
        ("list", 0, "text"): 9,
        ("list", 1): 11,
        ("list", 1, "text"): 11,
        ("list", 2, 1): 13,
        ("quoted key",): 15,
        ("one", "two"): 16,
        ("rings", "inner"): 19,
        ("phases",): 21,
        ("phases", 0, "first"): 22,
        ("phases", 0, "tasks", 1, "key"): 27,
        ("phases", 1): 29,
        ("phases", 1, "tasks", 0, "key"): 31,
    }.items() <= lines.items()
    assert ("no",) not in lines


@pytest.mark.parametrize("file", sorted(resources_folder().glob("*/*.toml")), ids=lambda file: file.name)
def test_nothing_that_ships_is_without_a_line(file: Path):
    text = file.read_text("utf-8")
    lines = lines_of(text)
    assert [each for each in places(tomllib.loads(text)) if each not in lines] == []
    assert max(lines.values()) <= text.count("\n") + 1
