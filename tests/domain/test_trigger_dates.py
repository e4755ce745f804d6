"""The days that may be hard, as the ending's pages have them, and the events that come back every year."""

from dataclasses import replace

import pytest

from ipt_desktop.domain.form import Field, FieldKind, Form, Means, Section
from ipt_desktop.domain.form_rows import Column
from ipt_desktop.domain.session_records import Event, EventKind
from ipt_desktop.domain.trigger_dates import TriggerDate, event_id_of, events_told, trigger_dates

COLUMNS = (
    Column(key="words", label="What"),
    Column(key="when", label="When", kind="when"),
    Column(key="yearly", label="Every year", kind="tick"),
)
DATES = Field(
    key="dates",
    label="Dates",
    kind=FieldKind.ROWS,
    means=Means.TRIGGER_DATES,
    columns=COLUMNS,
    row_label="Date",
    has_row_ids=True,
)
FORM = Form(key="f", version=1, purpose="ending", title="F", sections=(Section(key="s", fields=(DATES,)),))


def test_rows_as_they_are_told_and_no_other():
    rows = [
        {"id": "1", "words": " All  Saints ", "when": "2026-11-01", "yearly": 1},
        {},
        {"id": "2", "when": "2027"},
        {"id": "3", "yearly": 1},
    ]
    assert trigger_dates(FORM, {"dates": rows}) == [
        TriggerDate("1", "All Saints", "2026-11-01", True),
        TriggerDate("2", "", "2027", False),
    ]
    assert trigger_dates(FORM, {}) == trigger_dates(None, {"dates": rows}) == trigger_dates(FORM, {"dates": "no rows"}) == []


@pytest.mark.parametrize(
    ("when", "is_yearly", "comes_back", "said"),
    [
        ("2026-11-21", True, True, "21 November"),
        ("2026-12", True, True, "December"),
        ("2026", True, False, "2026"),
        ("2026-11-21", False, False, "21 November 2026"),
        ("2026-12", False, False, "December 2026"),
        ("", True, False, ""),
    ],
)
def test_what_comes_back_and_how_it_is_said(when: str, is_yearly: bool, comes_back: bool, said: str):
    told = TriggerDate("1", "A day", when, is_yearly)
    assert (told.comes_back, told.when_said) == (comes_back, said)


def test_each_that_comes_back_has_one_event_whatever_was_noted_of_it_elsewhere():
    dates = [TriggerDate("1", "All Saints", "2026-11-01", True), TriggerDate("2", "The move", "2026-09-01", False)]
    (event,) = events_told(dates, "d", "c", {})
    assert (event.id, event.client_id, event.on) == (event_id_of("d", "1"), "c", "2026-11-01")
    assert (event.title, event.kind, event.recurs) == ("All Saints", EventKind.ANNIVERSARY, True)
    known: Event = replace(event, note="at the grave", person_ids=["p"])
    later = replace(dates[0], when="2026-11-02")
    assert list(events_told([later], "d", "c", {event.id: known})) == [replace(known, on="2026-11-02")]
    assert event_id_of("d", "1") != event_id_of("e", "1") != event_id_of("d", "2")
