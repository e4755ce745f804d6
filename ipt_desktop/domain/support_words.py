"""What the people of a circle give and ask for, in words: support by kind, conflict, contact.

The kinds of support and the levels 0–3 are those of the interpersonal inventory: emotional, practical, informational,
companionship; None is what was not asked, which is not the same as none.
"""

from dataclasses import fields

from ipt_desktop.domain.records import ContactHow, Placement, Support
from ipt_desktop.domain.text import _, marked

KINDS = tuple(each.name for each in fields(Support))
LEVELS = (0, 1, 2, 3)

_KIND_WORDS = {
    "emotional": marked("emotional"),
    "practical": marked("practical"),
    "informational": marked("information"),
    "companionship": marked("company"),
}
_LEVEL_WORDS = (marked("none"), marked("a little"), marked("some"), marked("much"))
_CONTACT_WORDS = {
    ContactHow.DAILY: marked("daily"),
    ContactHow.WEEKLY: marked("weekly"),
    ContactHow.MONTHLY: marked("monthly"),
    ContactHow.RARELY: marked("rarely"),
    ContactHow.NEVER: marked("never"),
}


def kind_word(kind: str) -> str:
    """Return what a kind of support is called."""
    return _(_KIND_WORDS[kind])


def level_word(level: int | None) -> str:
    """Return a level 0–3 in a word: none, a little, some, much; "not asked" for None."""
    return _("not asked") if level is None else _(_LEVEL_WORDS[level])


def contact_word(contact: ContactHow | None) -> str:
    """Return how often there is contact; "not asked" for None."""
    return _("not asked") if contact is None else _(_CONTACT_WORDS[contact])


def level_of(support: Support, kind: str) -> int | None:
    """Return the level of one kind."""
    level: int | None = getattr(support, kind)
    return level


def support_words(support: Support) -> str:
    """Return the kinds that were asked about with their levels: "emotional much, practical none"; "" where none was."""
    asked = [(kind, level_of(support, kind)) for kind in KINDS]
    said = [
        _("{kind} {level}").format(kind=kind_word(kind), level=level_word(level)) for kind, level in asked if level is not None
    ]
    return ", ".join(said)


def support_lines(placement: Placement) -> list[str]:
    """Return what was asked about someone in a sitting, a sentence each; what was not asked is left out."""
    lines = [_("A confidant.")] if placement.is_confidant else []
    lines += support_sentences(placement)
    if placement.given is not None:
        lines.append(_("Given to them: {level}.").format(level=level_word(placement.given)))
    if placement.conflict is not None:
        lines.append(_("Conflict: {level}.").format(level=level_word(placement.conflict)))
    if placement.contact is not None:
        lines.append(_("Contact: {often}.").format(often=contact_word(placement.contact)))
    return lines


def support_sentences(placement: Placement) -> list[str]:
    """Return support received and wished by kind, a sentence each, as far as they were asked."""
    received, wished = support_words(placement.received), support_words(placement.wished)
    lines = [_("Received: {kinds}.").format(kinds=received)] if received else []
    return [*lines, _("Wished: {kinds}.").format(kinds=wished)] if wished else lines
