"""The words that a paper begins with: a form's own, with the words of the course in them, until others are written.

They are shown and printed, and kept only once the therapist changes them: so they follow what the course agrees.
"""

from collections.abc import Mapping
from typing import Any

from ipt_desktop.domain.form import FieldKind, Form, is_blank
from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.records import Course
from ipt_desktop.domain.rich_text import plain, to_json
from ipt_desktop.domain.text import _, ngettext

PLACES = frozenset({"terms", "time_limit", "areas", "ending", "excused", "emergency", "how_it_goes"})
"""What may stand in braces in a form's `prefill`."""


def course_words(course: Course, protocol: Protocol, emergency: str) -> dict[str, str]:
    """Return the words of a course by their place; `emergency` is the number to ring in danger, "" where none is known."""
    areas = [_(each.client_label) for each in protocol.areas]
    return {
        "terms": terms_words(course),
        "time_limit": _time_limit(course),
        "areas": either(areas),
        "ending": _(protocol.ending_word).lower(),
        "excused": _excused(protocol),
        "emergency": emergency or _("the emergency number"),
        "how_it_goes": _how_it_goes(course, protocol),
    }


def terms_words(course: Course) -> str:
    """Return "16 weekly sessions of 50 minutes", "monthly sessions of 50 minutes, without a fixed number of them"."""
    if course.is_open:
        words, number = _("{frequency} sessions of {minutes} minutes, without a fixed number of them"), ""
    else:
        words = ngettext(
            "{number} {frequency} session of {minutes} minutes",
            "{number} {frequency} sessions of {minutes} minutes",
            course.planned_sessions,
        )
        number = str(course.planned_sessions)
    said = words.format(frequency=_(course.frequency) if course.frequency else "", minutes=course.minutes, number=number)
    return " ".join(said.split())


def _time_limit(course: Course) -> str:
    if course.is_open:
        return _("From time to time we look back together and decide how to go on.")
    return _("There is an end in sight from the first day: it helps both of us to keep to what matters.")


def _how_it_goes(course: Course, protocol: Protocol) -> str:
    """Return how a course goes, for the client; one without a number of sessions keeps what an earlier one has brought."""
    areas = either([_(each.client_label) for each in protocol.areas])
    if course.is_open:
        words = _(
            "We meet to keep what you have gained. Each time we look at what happened with people since we last met, at first"
            " signs of getting ill again, and at what lies ahead: {areas}. What helped before, we use again."
        )
        return words.format(areas=areas)
    words = _(
        "At first we look at what you suffer from and since when, and draw the people in your life as a circle. Then we choose"
        " what to work on: {areas}. In the middle part we take what happened with people since we last met: what was said, what"
        " you felt, what you would have liked, what else you could try. {last_part}: what has changed, what helped, and what"
        " you will do if it comes back."
    )
    return words.format(areas=areas, last_part=_last_part(protocol))


def _last_part(protocol: Protocol) -> str:
    """Return what the course ends with, in plain words: the protocol's own for the last phase is the therapist's."""
    ends_after = any(each.is_after and each.label == protocol.ending_word for each in protocol.phases)
    if ends_after:  # as IPSRT, whose weekly sessions are followed by monthly ones
        return _("Then we meet less often, so that you stay well. The very last part is for ending well")
    return _("The last part is for ending well")


def _excused(protocol: Protocol) -> str:
    """Return what the client is excused from and takes on; "" where the protocol has no sick role."""
    if not protocol.sick_role:
        return ""
    return _("Some things may be too much for now, and that is allowed. In return, getting better is what you take on.")


def either(words: list[str]) -> str:
    """Return "a loss, a disagreement, a life change or loneliness"."""
    if len(words) < 2:
        return "".join(words)
    return _("{some} or {last}").format(some=", ".join(words[:-1]), last=words[-1])


def prefilled(form: Form, words: Mapping[str, str]) -> dict[str, Any]:
    """Return the answers that a form begins with, by field key."""
    told: dict[str, Any] = {}
    for field in form.fields:
        if field.prefill:
            said = _(field.prefill).format_map(dict(words)).strip()
            told[field.key] = said if field.kind == FieldKind.LINE else to_json(plain(said))
    return told


def with_prefilled(answers: Mapping[str, Any], prefills: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers as they are printed: what the form begins with where nothing else is written."""
    return {**prefills, **{key: each for key, each in answers.items() if not is_blank(each)}}
