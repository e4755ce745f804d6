"""Days that come round again in a client's life: of a death, or of what the therapist marked as coming back every year.

Dates may be exact to the day or to the month; of a year alone nothing comes round. What is of 29 February comes round on the
last of February in other years.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ipt_desktop.domain.dates import day_and_month, month_names, short_date
from ipt_desktop.domain.records import Person
from ipt_desktop.domain.session_records import Event, EventKind
from ipt_desktop.domain.text import _, ngettext
from ipt_desktop.domain.typed_when import yearly_day

NEAR_DAYS = 30
_MONTH = len("2019-12")


@dataclass(frozen=True, slots=True)
class Anniversary:
    """A day that comes round again: of an event, or of the death of someone of the client's people.

    `on` is when it next does; where only the month is known, the first day of it that is still to come.
    """

    on: date
    event: Event | None = None
    died: Person | None = None

    @property
    def of(self) -> str:
        """The ISO date, of any precision, of what it is an anniversary of."""
        return self.event.on if self.event else self.died.died if self.died else ""

    @property
    def is_of_a_month(self) -> bool:
        """Whether only the month is known."""
        return len(self.of) == _MONTH

    @property
    def when(self) -> str:
        """When it comes round, as a line begins: "2 December", "In December"."""
        if self.is_of_a_month:
            return _("In {month}").format(month=month_names()[self.on.month - 1])
        return day_and_month(self.on)

    @property
    def short_when(self) -> str:
        """The same where there is little room: "2 Dec"."""
        return self.when if self.is_of_a_month else short_date(self.on)

    @property
    def words(self) -> str:
        """What it is of, and how long ago: "7 years since Sven died", "The wedding, 15 years ago", "Mama’s birthday"."""
        years = self.on.year - int(self.of[:4])
        if self.died is not None:
            words = ngettext("{count} year since {name} died", "{count} years since {name} died", years)
            return words.format(count=years, name=self.died.name)
        title = self.event.title if self.event else ""
        if years < 1 or _is_a_day_kept(self.event):
            return title
        return ngettext("{title}, {count} year ago", "{title}, {count} years ago", years).format(count=years, title=title)


def anniversaries(events: Iterable[Event], people: Iterable[Person], day: date, *, days: int = NEAR_DAYS) -> list[Anniversary]:
    """Return what comes round again from a day until so many days later, the nearest first.

    What happened on that very day is no anniversary of itself; an event of the kind *anniversary* is. A death is told once:
    not again beside an anniversary on its day that names the person, or nobody.
    """
    recurring = [each for each in events if each.recurs]
    coming = [
        *(Anniversary(on, event=each) for each in recurring if (on := _next(each.on, day))),
        *(
            Anniversary(on, died=each)
            for each in people
            if each.has_died and (on := _next(each.died, day)) and not any(_tells(event, each) for event in recurring)
        ),
    ]
    near = (each for each in coming if each.on <= day + timedelta(days=days) and not _is_the_first(each))
    return sorted(_told_once(near), key=lambda each: each.on)


def _next(when: str, day: date) -> date | None:
    """Return the next day, from a day on, on which an ISO date of any precision comes round; never before the date itself."""
    if len(when) != _MONTH:
        begun = _as_day(when)
        return yearly_day(when, max(day, begun)) if begun else None
    first = _as_day(f"{when}-01")
    if first is None:
        return None
    start = max(day, first)
    return start if start.month == first.month else yearly_day(first.isoformat(), start)


def _as_day(when: str) -> date | None:
    try:
        return date.fromisoformat(when)
    except ValueError:
        return None


def _is_a_day_kept(event: Event | None) -> bool:
    return event is not None and event.kind is EventKind.ANNIVERSARY


def _is_the_first(each: Anniversary) -> bool:
    """Whether it is the very day, or month, that it is of."""
    return each.on.isoformat().startswith(each.of) and not _is_a_day_kept(each.event)


def _tells(event: Event, person: Person) -> bool:
    """Whether an anniversary stands for the death of a person, too."""
    is_same_day = bool(person.died[5:]) and event.on[5:] == person.died[5:]
    return is_same_day and (person.id in event.person_ids or (_is_a_day_kept(event) and not event.person_ids))


def _told_once(coming: Iterable[Anniversary]) -> Iterator[Anniversary]:
    """Pass over what is told with the same words of the same day."""
    told: set[tuple[date, str]] = set()
    for each in coming:
        key = each.on, each.words.casefold()
        if key not in told:
            told.add(key)
            yield each
