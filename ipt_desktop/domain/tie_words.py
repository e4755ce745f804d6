"""A tie in words, told from one of the two it joins: "conflict with Johan, strong, since 2024"."""

from collections.abc import Mapping

from ipt_desktop.domain.records import Tie, TieKind
from ipt_desktop.domain.text import _, marked

KIND_WORDS = {
    TieKind.PARTNER: marked("partner"),
    TieKind.KIN: marked("family"),
    TieKind.ALLIANCE: marked("alliance"),
    TieKind.FRIEND: marked("friends"),
    TieKind.CONFLICT: marked("conflict"),
    TieKind.CUTOFF: marked("cut off"),
    TieKind.UNKNOWN: marked("not known"),
}
STRENGTH_WORDS = {1: marked("weak"), 2: marked("medium"), 3: marked("strong")}

_WITH = {
    TieKind.PARTNER: marked("partner of {name}"),
    TieKind.KIN: marked("family of {name}"),
    TieKind.ALLIANCE: marked("alliance with {name}"),
    TieKind.FRIEND: marked("friends with {name}"),
    TieKind.CONFLICT: marked("conflict with {name}"),
    TieKind.CUTOFF: marked("cut off from {name}"),
    TieKind.UNKNOWN: marked("tie with {name}, kind not known"),
}


def other_end(tie: Tie, person_id: str) -> str | None:
    """Return the id of whom a tie joins this person with; None for the client."""
    return tie.to_person_id if tie.from_person_id == person_id else tie.from_person_id


def is_of(tie: Tie, person_id: str) -> bool:
    """Whether a tie begins or ends at this person."""
    return person_id in (tie.from_person_id, tie.to_person_id)


def same_ends(tie: Tie, other: Tie) -> bool:
    """Whether two ties join the same two, whichever of them each begins at."""
    return {tie.from_person_id, tie.to_person_id} == {other.from_person_id, other.to_person_id}


def tie_sentence(tie: Tie, person_id: str, names: Mapping[str | None, str]) -> str:
    """Return the tie as told of this person; `names` gives the name of everyone by id, and of the client under None."""
    return _("{tie}, {how}").format(tie=tie_what(tie, person_id, names), how=tie_how(tie))


def tie_what(tie: Tie, person_id: str, names: Mapping[str | None, str]) -> str:
    """Return what the tie is and with whom: "conflict with Johan"."""
    return _(_WITH[tie.kind]).format(name=names.get(other_end(tie, person_id)) or _("someone"))


def tie_how(tie: Tie) -> str:
    """Return how strong a tie is, and since when: "strong, since 2024"; of one that has ended, from when to when."""
    strength = _(STRENGTH_WORDS[max(1, min(tie.strength, 3))])
    if tie.until is None:
        return _("{strength}, since {year}").format(strength=strength, year=tie.since.year)
    return _("{strength}, {first} to {last}").format(strength=strength, first=tie.since.year, last=tie.until.year)
