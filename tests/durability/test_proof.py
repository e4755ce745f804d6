"""The page that says what was proven is made of what the tests told, and of nothing else."""

import re
from datetime import date
from pathlib import Path

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


def test_the_page_names_no_place_of_any_machine():
    assert re.findall(r"/(?:tmp|home|root|work|Users)\b|[A-Z]:\\", PAGE.read_text(encoding="utf-8")) == []
