"""Brings the timeline into line with the dates of an ending's pages, within the save of those pages."""

from collections.abc import Mapping
from typing import Any

from ipt_desktop.domain.form import Form
from ipt_desktop.domain.records import Document
from ipt_desktop.domain.session_records import Event
from ipt_desktop.domain.trigger_dates import event_id_of, events_told, trigger_dates
from ipt_desktop.storage.store import Writing


def follow_ending(writing: Writing, form: Form, document: Document, before: Mapping[str, Any]) -> None:
    """Add, change and take out the events of dates that come back every year; `before` are the answers stored until now.

    An event that was taken off the timeline by hand stays away until its own row is changed.
    """
    was = {each.row_id: each for each in trigger_dates(form, before) if each.row_id}
    now = {each.row_id: each for each in trigger_dates(form, document.answers) if each.row_id}
    changed = {row_id for row_id in {*was, *now} if was.get(row_id) != now.get(row_id)}
    if not changed:
        return
    ids = {event_id_of(document.id, row_id) for row_id in changed}
    known = {each.id: each for each in writing.all(Event, id=ids)}
    dates = [now[row_id] for row_id in now if row_id in changed]
    told = {each.id: each for each in events_told(dates, document.id, document.client_id, known)}
    for event_id in known.keys() - told.keys():
        writing.delete(Event, event_id)
    for event in told.values():
        if event != known.get(event.id):
            writing.upsert(event)
