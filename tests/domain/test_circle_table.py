"""The table for a spreadsheet, in which nothing runs."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipt_desktop.domain.circle_naming import Naming, cast_of
from ipt_desktop.domain.circle_table import as_csv, defused, people_rows
from ipt_desktop.domain.closeness import OUTSIDE, RingWords
from ipt_desktop.domain.records import ContactHow, Person, Placement, Support
from ipt_desktop.domain.standing import Standing

SIGNS = "=+-@＝＋－＠"


def test_each_row_tells_someone_in_ring_words_and_numbers() -> None:
    elin = Person(id="e", client_id="c", name="Elin Ek", relation="daughter", is_in_focus=True, sector_id="s")
    lost = Person(id="l", client_id="c", name="Ola", relation="friend", relation_words="lost touch")
    now = Placement(
        person_id="e",
        sitting_id="now",
        felt=0.5,
        desired=0.9,
        is_confidant=True,
        received=Support(emotional=3),
        wished=Support(practical=0),
        given=1,
        conflict=2,
        contact=ContactHow.WEEKLY,
    )
    stood = [
        Standing(elin, now, Placement(person_id="e", sitting_id="then", felt=0.1)),
        Standing(lost, Placement(person_id="l", sitting_id="now", felt=OUTSIDE)),
    ]
    days = {"now": date(2026, 5, 4), "then": date(2026, 3, 2)}
    heads, first, second = people_rows(stood, cast_of([elin, lost], Naming.INITIALS), RingWords(), days, {"s": "Elin’s side"})
    told = dict(zip(heads, first, strict=True))
    assert {name: value for name, value in told.items() if value} == {
        "Person": "E.E.",
        "Relation": "daughter",
        "Sector": "E.E.’s side",
        "Focus of the work": "yes",
        "Now": "middle",
        "Closeness now": "0.50",
        "Before": "outer",
        "Closeness before": "0.10",
        "Wanted": "inner",
        "Closeness wanted": "0.90",
        "Confidant": "yes",
        "Support received: emotional": "3",
        "Support wished: practical": "0",
        "Support given": "1",
        "Conflict": "2",
        "Contact": "weekly",
        "Date": "2026-05-04",
        "Date before": "2026-03-02",
    }
    told = dict(zip(heads, second, strict=True))
    assert (told["Relation"], told["Now"], told["Closeness now"]) == ("lost touch", "outside", ""), "outside is no number"


@pytest.mark.parametrize(
    "name",
    [
        "=1+1",
        "+49 151",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        ' "=1',
        "＝1+1",
        "Anna;=cmd|'/c calc'!A0",
        'x",=1',
        "a\n=1",
        "a | -1",
    ],
)
def test_no_cell_begins_a_formula_whatever_a_spreadsheet_takes_for_a_border(name: str) -> None:
    text = as_csv([("Person", name, name)]).decode("utf-8-sig").replace("\r", "\n")
    for delimiter in ",;\t|":
        cells = [cell for row in csv.reader(io.StringIO(text), delimiter=delimiter) for cell in row]
        for line in (line for cell in cells for line in cell.splitlines()):
            assert line.lstrip(' \t"')[:1] not in (*SIGNS,), (delimiter, cells)


def test_words_that_run_nothing_stay_as_they_are() -> None:
    for words in ("Anna-Lena", "a + b", "2026-05-04", "0.50", "mother-in-law", "e@mail.example", "王芳", ""):
        assert defused(words) == words


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4), max_size=5))
def test_any_words_come_back_but_for_the_apostrophes(rows: list[list[str]]) -> None:
    back = read(as_csv(rows))
    assert [[cell.replace("'", "") for cell in row] for row in back] == [
        [cell.replace("'", "").replace("\0", "") for cell in row] for row in rows
    ]
    for row in back:
        assert all(cell[:1] not in SIGNS or not cell for cell in row)


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
