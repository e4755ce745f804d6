"""The days that may be hard, as the ending's pages have them: what each is, when, and whether it comes back every year.

One that comes back every year has an event of its own on the timeline, so that it is named in time later on. The event
follows its row: changed with it, gone with it, never there twice.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ipt_desktop.domain.dates import day_and_month, month_names
from ipt_desktop.domain.form import FieldKind, Form, Means
from ipt_desktop.domain.form_rows import ROW_ID, is_rows
from ipt_desktop.domain.session_records import Event, EventKind
from ipt_desktop.domain.typed_when import is_when, when_words

_YEAR = len("2019")


@dataclass(frozen=True, slots=True)
class TriggerDate:
    """A day that may be hard. `when` is "" or an ISO date of any precision; `row_id` is "" in a row that has none."""

    row_id: str
    words: str
    when: str
    is_yearly: bool

    @property
    def comes_back(self) -> bool:
        """Whether it comes back every year: of a year alone, or of no date, nothing does."""
        return self.is_yearly and bool(self.row_id and self.words) and is_when(self.when) and len(self.when) > _YEAR

    @property
    def when_said(self) -> str:
        """When it is, in words; one that comes back every year without its year: "21 November"."""
        if not self.comes_back:
            return when_words(self.when) if self.when else ""
        if len(self.when) == len("2019-12"):
            return month_names()[int(self.when[5:]) - 1]
        return day_and_month(date.fromisoformat(self.when))


def trigger_dates(form: Form | None, answers: Mapping[str, Any]) -> list[TriggerDate]:
    """Return the dates of an ending's pages that say something, in their order."""
    asked = form.field_that_means(Means.TRIGGER_DATES) if form else None
    rows = answers.get(asked.key) if asked is not None and asked.kind == FieldKind.ROWS else None
    told = [_told(row) for row in rows or ()] if is_rows(rows) else []
    return [each for each in told if each.words or each.when]


def _told(row: Mapping[str, Any]) -> TriggerDate:
    words = " ".join(str(row.get("words", "")).split())
    return TriggerDate(str(row.get(ROW_ID, "")), words, str(row.get("when", "")), row.get("yearly") == 1)


def event_id_of(document_id: str, row_id: str) -> str:
    """Return the id of the event that a row of an ending's pages makes."""
    return str(uuid5(NAMESPACE_URL, f"ipt-desktop/{document_id}/{row_id}/date"))


def events_told(dates: Iterable[TriggerDate], document_id: str, client_id: str, known: Mapping[str, Event]) -> Iterator[Event]:
    """Yield the events of the dates that come back every year; `known` are those that are there already, by id.

    Whom an event is about, and what was noted of it on the timeline, is the therapist's own and stays.
    """
    for each in dates:
        if not each.comes_back:
            continue
        event_id = event_id_of(document_id, each.row_id)
        event = known.get(event_id) or Event(id=event_id, client_id=client_id, on=each.when, title=each.words)
        yield replace(event, on=each.when, title=each.words, kind=EventKind.ANNIVERSARY, recurs=True)
