"""What a demo case tells of a person in a sitting: a confidant or not, support by kind, conflict, contact.

In the file that is `noor = { confidant = true, received = [2, 1, -1, 3], wished = [3, 1, -1, 3], given = 1, conflict = 0,
contact = "weekly" }`: support is emotional, practical, information, company, each 0 (none) to 3 (much), -1 not asked. What is
left out stands as it stood.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from ipt_desktop.domain.records import ContactHow, Support
from ipt_desktop.domain.support_words import KINDS, LEVELS
from ipt_desktop.domain.text import _

NOT_ASKED = -1


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked about someone, as a placement keeps it."""

    is_confidant: bool = False
    received: Support = field(default_factory=Support)
    wished: Support = field(default_factory=Support)
    given: int | None = None
    conflict: int | None = None
    contact: ContactHow | None = None


def asked(told: Any, stood: Asked, refuse: Callable[[str], NoReturn]) -> Asked:
    """Return what is so from now on, from what stood and what a session tells; `refuse` raises for what can't be read."""
    if not isinstance(told, Mapping) or set(told) - {"confidant", "received", "wished", "given", "conflict", "contact"}:
        refuse(_("confidant, received, wished, given, conflict and contact are known here"))
    changed: dict[str, Any] = {}
    for name in ("received", "wished"):
        if name in told:
            changed[name] = _support(told[name], refuse)
    for name in ("given", "conflict"):
        if name in told:
            changed[name] = _level(told[name], refuse)
    if "confidant" in told:
        changed["is_confidant"] = bool(told["confidant"])
    if "contact" in told:
        if told["contact"] not in set(ContactHow):
            refuse(_("“{value}” is not known; known are {names}").format(value=told["contact"], names=", ".join(ContactHow)))
        changed["contact"] = ContactHow(told["contact"])
    return replace(stood, **changed)


def _support(told: Any, refuse: Callable[[str], NoReturn]) -> Support:
    if not isinstance(told, list) or len(told) != len(KINDS):
        refuse(_("four levels are expected here: emotional, practical, information, company"))
    return Support(**{kind: _level(each, refuse) for kind, each in zip(KINDS, told, strict=True)})


def _level(told: Any, refuse: Callable[[str], NoReturn]) -> int | None:
    if type(told) is not int or told not in (NOT_ASKED, *LEVELS):
        refuse(_("a level is 0 (none) to 3 (much), or -1 where it was not asked"))
    return None if told == NOT_ASKED else told
