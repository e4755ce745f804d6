"""In which sessions the strategies of a problem area were worked on: the pills of a row, and the same in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ipt_desktop.domain.course import numbers
from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.protocol import Strategy
from ipt_desktop.domain.records import Session
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import StrategyWork
from ipt_desktop.domain.wording import spelt


@dataclass(frozen=True, slots=True)
class Worked:
    """A strategy and where it was worked on: the `numbers` of sessions, from 1, and the `days` that are of none."""

    key: str
    text: str
    numbers: tuple[int, ...] = ()
    days: tuple[date, ...] = ()

    def words(self, today: date) -> str:
        """Say where it was worked on: "worked in sessions 4 and 5", "not worked on so far"."""
        parts = [part for part in (_session_words(self.numbers), self._day_words(today)) if part]
        return _("worked {when}").format(when=_listed(parts)) if parts else _("not worked on so far")

    def _day_words(self, today: date) -> str:
        days = [day_words(each, has_year=each.year != today.year) for each in self.days]
        return _("on {days}").format(days=_listed(days)) if days else ""


def numbered_so_far(sessions: Iterable[Session], today: date) -> dict[int, Session]:
    """Return the sessions that count and have been held by today, or are today's or running, by number."""
    by_id = {each.id: each for each in sessions}
    counted = {number: by_id[session_id] for session_id, number in numbers(by_id.values()).items()}
    return {number: each for number, each in counted.items() if each.date <= today or each.is_running}


def session_meant(so_far: Mapping[int, Session], today: date) -> int:
    """Return the number of the session that a mark made now is about: the running one, today's, else the last; 0 for none.

    Of two today it is the first whose attendance is not answered, as the strip counts.
    """
    running = [number for number, each in so_far.items() if each.is_running]
    of_today = [number for number, each in so_far.items() if each.date == today]
    open_today = [number for number in of_today if so_far[number].attendance is None]
    chosen = running or open_today or of_today[-1:] or sorted(so_far)[-1:]
    return chosen[0] if chosen else 0


def strategies_worked(
    strategies: Sequence[Strategy],
    works: Iterable[StrategyWork],
    so_far: Mapping[int, Session],
    words_of: Callable[[str], str] = spelt,
) -> tuple[Worked, ...]:
    """Return the strategies of a problem area in the protocol's order, and after them those it no longer has (`words_of`)."""
    number_of = {each.id: number for number, each in so_far.items()}
    found: dict[str, tuple[set[int], set[date]]] = {each.key: (set(), set()) for each in strategies}
    for work in works:
        in_sessions, on_days = found.setdefault(work.strategy, (set(), set()))
        number = number_of.get(work.session_id or "")
        if number is None:
            on_days.add(work.on)
        else:
            in_sessions.add(number)
    texts = {each.key: _(each.text) for each in strategies}
    return tuple(
        Worked(key, texts.get(key) or words_of(key), tuple(sorted(in_sessions)), tuple(sorted(on_days)))
        for key, (in_sessions, on_days) in found.items()
    )


def _session_words(told: Sequence[int]) -> str:
    if not told:
        return ""
    words = _("in session {numbers}") if len(told) == 1 else _("in sessions {numbers}")
    return words.format(numbers=_listed([str(each) for each in told]))


def _listed(words: Sequence[str]) -> str:
    """Return "4", "4 and 5", "2, 4 and 5"."""
    if len(words) < 2:
        return "".join(words)
    return _("{several} and {last}").format(several=", ".join(words[:-1]), last=words[-1])
