"""The risk line of a letter: of each kind what was found and when it was asked, since which session, plan and means.

Factual words, and never that there is no risk. What is asked about violence at home is in no letter by itself.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from ipt_desktop.domain.course import numbers
from ipt_desktop.domain.dates import day_and_month, long_date
from ipt_desktop.domain.form import Means
from ipt_desktop.domain.rich_text import RichText, plain
from ipt_desktop.domain.risk import KIND_WORDS, in_order, means_words
from ipt_desktop.domain.safety_plan import plan_day
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry, RiskKind
from ipt_desktop.domain.text import _, ngettext
from ipt_desktop.services.ending_texts import run_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ipt_desktop.domain.records import Session
    from ipt_desktop.services.course_file import CourseFile
    from ipt_desktop.services.desk import Desk

KEPT_BACK = frozenset({RiskKind.DOMESTIC_ABUSE})
"""What is said in no letter unless the therapist writes it."""


def risk_line(desk: Desk, file: CourseFile) -> RichText:
    """Return the line as one paragraph; that risk was never asked about is said, too."""
    first, last = file.course.started_on, file.course.ended_on or file.today
    entries = [
        each for each in in_order(desk.risk.entries(file.client.id)) if each.kind not in KEPT_BACK and first <= each.on <= last
    ]
    told = [words for kind in dict.fromkeys(each.kind for each in entries) for words in _of_kind(entries, kind, file.sessions)]
    said = [*(told or [_("No note of this course says that risk was asked.")]), *_means(entries), *_safety_plan(desk, file)]
    return plain(" ".join(said))


def _of_kind(entries: Sequence[RiskEntry], kind: RiskKind, sessions: Sequence[Session]) -> Iterator[str]:
    """Yield what was found first, then how often it was asked and what was found last, under the word of the kind."""
    asked = [each for each in reversed(entries) if each.kind is kind and each.asked is not RiskAsked.NOT_ASKED]
    name = _(KIND_WORDS[kind])
    if not asked:
        yield _("{kind}: not asked so far.").format(kind=name)
        return
    times = ngettext("{count} time", "{count} times", len(asked)).format(count=len(asked))
    last = {"times": times, "day": long_date(asked[-1].on), "found": _last_found(asked, sessions)}
    if asked[0].words.strip() and asked[0].asked is not RiskAsked.NONE and len(asked) > 1:
        yield _("{kind}. On {day}: {found}.").format(kind=name, day=long_date(asked[0].on), found=run_on(asked[0].words))
        yield _("Asked {times}, last on {day}: {found}.").format(**last)
    else:
        yield _("{kind}: asked {times}, last on {day}: {found}.").format(kind=name, **last)


def _last_found(asked: Sequence[RiskEntry], sessions: Sequence[Session]) -> str:
    """Return what was found last, with the session since which it is so."""
    last = asked[-1]
    if last.asked is RiskAsked.CHANGED:
        return run_on(last.words) or _("changed")
    if last.asked is RiskAsked.NONE:
        alike = list(takewhile(lambda each: each.asked is RiskAsked.NONE, reversed(asked)))
        since = _session_words(alike[-1], sessions) if len(alike) > 1 else ""
        return _("none reported since {session}").format(session=since) if since else _("none reported")
    changed = next((each for each in reversed(asked) if each.asked is RiskAsked.CHANGED), asked[0])
    words = next((run_on(each.words) for each in reversed(asked) if each.words.strip()), "")
    since = _session_words(changed, sessions) if changed is not last else ""
    unchanged = _("unchanged since {session}").format(session=since) if since else _("unchanged")
    return _("{words}, {unchanged}").format(words=words, unchanged=unchanged) if words else unchanged


def _session_words(entry: RiskEntry, sessions: Sequence[Session]) -> str:
    """Return "session 9 (7 May)"; the day alone where no session of a number is known."""
    number = numbers(sessions).get(entry.session_id or "")
    if number is None:
        return long_date(entry.on)
    return _("session {number} ({day})").format(number=number, day=day_and_month(entry.on))


def _means(entries: Sequence[RiskEntry]) -> Iterator[str]:
    """Yield the means told of last, and by whom they are restricted."""
    told = next((each for each in entries if means_words(each)), None)
    if told is not None:
        words = means_words(told)
        yield _("{means}.").format(means=words[:1].upper() + words[1:])


def _safety_plan(desk: Desk, file: CourseFile) -> Iterator[str]:
    plans = desk.safety_plans.plans(file.client.id)
    if not plans:
        return
    form, plan = desk.safety_plans.form_of(plans[0]), plans[0]
    made = plan_day(form, plan.answers, Means.MADE_ON) or plan.created_at.astimezone().date()
    again = plan_day(form, plan.answers, Means.READ_AGAIN_ON)
    if again is not None and again > made:
        words = _("Safety plan of {made}, read again on {again}.")
        yield words.format(made=long_date(made), again=long_date(again))
    else:
        yield _("Safety plan of {made}.").format(made=long_date(made))
