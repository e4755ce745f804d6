"""What is to be finished, as the card above the clients tells it: the notes that are not signed, with their age."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain.dates import short_date
from ipt_desktop.domain.records import Client
from ipt_desktop.domain.text import _, ngettext
from ui.clients.today_card import TodayColumn, TodayLine, TodayPlace

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk

MOST = 500  # are counted


def to_finish(desk: Desk, name_of: Callable[[Client], str], today: date) -> TodayColumn:
    """Return the notes and addenda to sign, the oldest first; those of clients in the archive too."""
    unsigned = desk.clients.notes_to_sign()
    if not unsigned:
        return _("To finish"), ()
    names = {each.id: name_of(each) for each in desk.clients.clients(with_archived=True)}
    places = [
        TodayPlace(_place_words(names.get(each.client_id, ""), each.on, today), each.client_id, each.course_id, each.session_id)
        for each in reversed(unsigned)
    ]
    count = len(unsigned)
    words = ngettext("{count} note to sign", "{count} notes to sign", count)
    told = words.format(count=count if count < MOST else _("{count} or more").format(count=MOST))
    return _("To finish"), (TodayLine("to_sign", "pen-line", told, tuple(places)),)


def _place_words(name: str, on: date, today: date) -> str:
    """Return whose note it is, and how old: "Tomás Okoro, 19 Nov (5 days)"."""
    days = (today - on).days
    if days <= 0:
        return _("{name}, today").format(name=name)
    age = ngettext("{count} day", "{count} days", days).format(count=days)
    return _("{name}, {day} ({age})").format(name=name, day=short_date(on), age=age)
