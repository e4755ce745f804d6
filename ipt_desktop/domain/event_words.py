"""Events of a client's life in words."""

from collections.abc import Mapping
from datetime import date

from ipt_desktop.domain.session_records import Event, EventKind
from ipt_desktop.domain.text import _
from ipt_desktop.domain.told_when import told_words
from ipt_desktop.domain.typed_when import when_words


def event_kind_words() -> dict[EventKind, str]:
    """Return what each kind of event is called, as a choice offers it."""
    return {
        EventKind.LOSS: _("Loss"),
        EventKind.DISPUTE: _("Dispute"),
        EventKind.TRANSITION: _("Transition"),
        EventKind.SEPARATION: _("Separation"),
        EventKind.MOVE: _("Move"),
        EventKind.ILLNESS: _("Illness"),
        EventKind.BIRTH: _("Birth"),
        EventKind.WORK: _("Work"),
        EventKind.ACHIEVEMENT: _("Achievement"),
        EventKind.ANNIVERSARY: _("Anniversary"),
        EventKind.SYMPTOM_ONSET: _("Symptoms began"),
        EventKind.SYMPTOM_CHANGE: _("Symptoms changed"),
        EventKind.MEDICATION: _("Medication"),
        EventKind.TREATMENT: _("Treatment"),
        EventKind.OTHER: _("Other"),
    }


def dated_event(event: Event, today: date | None = None) -> str:
    """Return an event with its date, as it was told, on one line: "Johan moved out, February 2026"."""
    when = told_words(event.on, event.told, today)
    return _("{event}, {when}").format(event=event.title, when=when) if when else event.title


def event_detail(event: Event, names: Mapping[str, str], today: date) -> str:
    """Return what stands beside an event's title: "22 November · separation · Johan · mood 2 · every year".

    `names` are people by id; someone no longer known is passed over. The kind *other* says nothing. A note stands last: what
    was typed of the day and can't be read as one ("in spring").
    """
    when = told_words(event.on, event.told, today)
    if event.until:
        when = _("{begun} to {ended}").format(begun=when, ended=when_words(event.until, today))
    parts = [when]
    if event.kind is not EventKind.OTHER:
        parts.append(event_kind_words()[event.kind].lower())
    parts += [names[each] for each in event.person_ids if each in names]
    if event.mood is not None:
        parts.append(_("mood {mood}").format(mood=event.mood))
    if event.recurs:
        parts.append(_("every year"))
    if event.note:
        parts.append(_("“{words}”").format(words=event.note))
    return " · ".join(each for each in parts if each)
