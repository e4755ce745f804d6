"""Letters for what happened in a client's life: the same on the timeline and on every chart."""

from collections.abc import Iterable
from datetime import date

from ipt_desktop.domain.session_records import Event, EventKind
from ipt_desktop.domain.told_when import told_span

SYMPTOMS = frozenset({EventKind.SYMPTOM_ONSET, EventKind.SYMPTOM_CHANGE})
TREATMENT = frozenset({EventKind.MEDICATION, EventKind.TREATMENT})
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def is_lettered(event: Event) -> bool:
    """Whether it is something that happened, and neither a symptom nor a treatment: these have lanes of their own."""
    return event.kind not in SYMPTOMS | TREATMENT


def event_letters(events: Iterable[Event], born_on: date | None = None, *, is_southern: bool = False) -> dict[str, str]:
    """Return a letter for each event of a client by its id, in the order of time: a to z, then aa and on.

    Give it all events of the client, whatever part of them is shown, and whose seasons are meant. One that nothing places in
    time has none.
    """
    lettered = [each for each in events if is_lettered(each)]
    spans = [told_span(each.on, each.told, born_on, is_southern=is_southern) for each in lettered]
    placed = [(span, each) for span, each in zip(spans, lettered, strict=True) if span is not None]
    ordered = sorted(placed, key=lambda told: (told[0], told[1].created_at, told[1].id))
    return {each.id: letter_of(number) for number, (_span, each) in enumerate(ordered)}


def letter_of(number: int) -> str:
    """Return the letter of the number-th event, counted from 0: "a", "z", "aa"."""
    letters = ""
    number += 1
    while number:
        number, place = divmod(number - 1, len(_ALPHABET))
        letters = _ALPHABET[place] + letters
    return letters
