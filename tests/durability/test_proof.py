"""The page that says what was proven is made of what the tests told, and of nothing else."""

import re
from datetime import date
from pathlib import Path

import pytest

from ipt_desktop.storage.migrations import REVISIONS
from tests.durability.proof import BEGIN, END, PAGE, Row, put_into, table_of


def test_the_table_takes_the_place_of_the_old_one(tmp_path: Path):
    page = tmp_path / "page.md"
    page.write_text(f"# Title\n\n{BEGIN}old\n{END}\nThe rest.\n", encoding="utf-8")
    put_into(page, table_of([Row("flip", "300 | bits", "none")], date(2026, 3, 2), "SQLite 3"))
    head = "Run on 2026-03-02 with SQLite 3.\n\n| fault | what was tried | what came out |\n| --- | --- | --- |\n"
    row = "| flip | 300 \\| bits | none |\n"
    assert page.read_text(encoding="utf-8") == f"# Title\n\n{BEGIN}{head}{row}{END}\nThe rest.\n"


def test_the_page_tells_of_the_long_form():
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    tried = {fault: f"{what}: {outcome}" for fault, what, outcome in rows}
    assert "600 points, WAL + FULL: 0 of" in tried["power cut"]
    assert "120 places" in tried["no room, or an error, at the k-th write or sync"]
    flips = [int(what.split()[0]) for fault, what, _outcome in rows if fault.startswith("one bit flipped")]
    assert sum(flips) == 300
    assert all(f"kill -9 while {what}" in tried for what in ("notes are saved", "a note is typed"))


# What is to be proven of the vault, and a number that the long form has.
TO_BE_PROVEN = [
    ("kill -9 while notes are saved", "100 kills"),
    ("kill -9 while a note is typed", "100 kills"),
    ("power cut", "600 points"),
    ("power cut, control", "600 points"),
    ("no room, or an error, at the k-th write or sync", "120 places"),
    ("a full disk", "tmpfs"),
    ("words in clear", "UTF-16LE"),
    ("one bit flipped in the database", "150 flips"),
    ("one bit flipped in the log", "150 flips"),
    ("a file that is not whole, or not this practice's", "20 times"),
    ("another practice's log", ""),
    *((f"migration to {each}", "at 20 of") for each in (*REVISIONS, "a later revision")),
    ("migration to 0001 of the private notes", "at 20 of"),
    ("backup while notes are saved", "50 backups"),
    ("kill -9 while backups are made", "50 kills"),
    ("a wrong or tampered secret", "24 values"),
    ("a slip in the recovery code", "56 characters"),
    ("a value of the header altered", ""),
    ("a keychain that fails", ""),
    ("the settings of each connection", ""),
    ("kill -9 while the practice gets a new key", ""),
    ("kill -9 while a backup is restored", ""),
    ("the audit trail changed by SQL", "400 fields"),
]


@pytest.mark.parametrize(("fault", "number"), TO_BE_PROVEN)
def test_each_thing_to_be_proven_stands_in_the_table_with_its_number(fault: str, number: str):
    found = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {fault}")]
    assert any(number in line for line in found), found


def test_the_page_names_no_place_of_any_machine():
    assert re.findall(r"/(?:tmp|home|root|work|Users)\b|[A-Z]:\\", PAGE.read_text(encoding="utf-8")) == []
