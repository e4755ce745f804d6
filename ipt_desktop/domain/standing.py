"""Who stands where: the people of a circle with their placements in the sitting shown and in the one it is compared with."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ipt_desktop.domain.closeness import RingWords, change_words, ring_of
from ipt_desktop.domain.person_name import characters
from ipt_desktop.domain.records import Person, Placement
from ipt_desktop.domain.relation import relation
from ipt_desktop.domain.text import _
from ipt_desktop.domain.told_apart import told_apart, with_relation

TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "sr", "fr", "rev", "frau", "herr"})


LEAST_MOVE = 0.01
"""Closeness differs by more than this where someone was moved on purpose."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A person, where they stand now and where they stood then; None where they are not in the circle."""

    person: Person
    now: Placement | None
    before: Placement | None = None
    called: str = ""
    """What they are called where somebody else has the same name; "" for the name as it is."""

    @property
    def name(self) -> str:
        """What they are called wherever they are named: two people of one name are told apart."""
        return self.called or self.person.name

    @property
    def name_beside_relation(self) -> str:
        """What they are called where the word of what they are stands beside it: it need not be said twice."""
        return self.person.name if self.called == with_relation(self.person) else self.name

    @property
    def felt(self) -> float | None:
        """Closeness now, or None."""
        return self.now.felt if self.now else None

    @property
    def felt_before(self) -> float | None:
        """Closeness in the sitting compared with, or None."""
        return self.before.felt if self.before else None

    @property
    def wanted(self) -> float | None:
        """The closeness wanted; none for someone who died."""
        return self.now.desired if self.now and not self.person.has_died else None

    @property
    def has_changed_ring(self) -> bool:
        """Whether the person stood in another ring, or joined or left the circle."""
        if self.felt is None or self.felt_before is None:
            return self.felt is not self.felt_before
        return ring_of(self.felt) is not ring_of(self.felt_before)

    @property
    def has_moved(self) -> bool:
        """Whether there is a change to tell: of ring, or, of a person the work is about, a move within the ring too."""
        return self.has_changed_ring or self._has_moved_within_ring

    @property
    def _has_moved_within_ring(self) -> bool:
        if self.felt is None or self.felt_before is None or self.has_changed_ring or not self.person.is_in_focus:
            return False
        return abs(self.felt - self.felt_before) > LEAST_MOVE

    def change(self, words: RingWords) -> str:
        """Say the change in ring words; a move within the ring by its direction alone."""
        if self._has_moved_within_ring and self.felt is not None and self.felt_before is not None:
            return _("closer") if self.felt > self.felt_before else _("further")
        return change_words(self.felt_before, self.felt, words)


def standings(
    people: Iterable[Person], now: Mapping[str, Placement], before: Mapping[str, Placement] | None = None
) -> list[Standing]:
    """Join people with their placements (by person id), nearest first; who stood in neither sitting is left out.

    A placement with `is_present` False counts as not in the circle.
    """
    everyone = tuple(people)
    called = told_apart(everyone)
    joined = [
        Standing(person, _present(now.get(person.id)), _present((before or {}).get(person.id)), called[person.id])
        for person in everyone
    ]
    return sorted((each for each in joined if each.now or each.before), key=_nearest_first)


def _present(placement: Placement | None) -> Placement | None:
    return placement if placement and placement.is_present else None


def _nearest_first(standing: Standing) -> tuple[float, str]:
    felt = standing.felt
    return (9.0 if felt is None else 5.0 if felt < 0 else -felt), standing.person.name.casefold()


def relation_text(person: Person) -> str:
    """Return the word under the name: the therapist's own, or the relation's."""
    return person.relation_words.strip() or _(relation(person.relation).word)


def relation_beside_name(person: Person) -> str:
    """Return the relation as it stands beside the name: "" where that is the name itself ("Mother")."""
    words = relation_text(person)
    return "" if words.casefold() == person.name.strip().casefold() else words


def died_text(person: Person) -> str:
    """Return "died 2019", "died" where the year is not known, or nothing for the living."""
    if not person.has_died:
        return ""
    return _("died {year}").format(year=person.died[:4]) if person.died else _("died")


def wish_words(standing: Standing) -> str:
    """Return what the client wishes of someone: "wanted closer", "wanted further", "as wanted"; "" where it was not asked."""
    if standing.wanted is None or standing.felt is None:
        return ""
    if standing.wanted == standing.felt:
        return _("as wanted")
    return _("wanted closer") if standing.wanted > standing.felt else _("wanted further")


def spoken_words(standing: Standing, words: RingWords) -> str:
    """Return a person in words: "Ruth, mother-in-law, middle, wanted further"."""
    ring = words.shown(standing.felt) if standing.now else _("waiting for a place")
    parts = (
        standing.name_beside_relation,
        relation_beside_name(standing.person),
        died_text(standing.person),
        ring,
        wish_words(standing),
    )
    return ", ".join(part for part in parts if part)


def token_initials(person: Person) -> str:
    """Return the two letters in the token: the initials given, of two names, or the beginning of the only one."""
    if person.initials:
        return "".join(letter for letter in person.initials if letter.isalnum())[:2]
    names = [characters(name) for name in _names(person)]
    return names[0][0] + names[-1][0] if len(names) > 1 else "".join(names[0][:2]).capitalize()


def print_initials(people: Iterable[Person]) -> dict[str, str]:
    """Return what is printed instead of each name, by id: "T.N."; people with the same initials are numbered (A.K.1, A.K.2)."""
    bare = {person.id: _dotted(person) for person in people}
    shared = {initials for initials, count in Counter(bare.values()).items() if count > 1}
    counted: Counter[str] = Counter()
    printed = {}
    for person_id, initials in bare.items():
        counted[initials] += 1
        printed[person_id] = f"{initials}{counted[initials]}" if initials in shared else initials
    return printed


def _dotted(person: Person) -> str:
    letters = [letter for letter in person.initials if letter.isalnum()] or [
        characters(name)[0].upper() for name in _names(person)
    ]
    return "".join(f"{letter}." for letter in letters[:3])


def _names(person: Person) -> list[str]:
    parts = [part.strip(".,()") for part in person.name.split()]
    return [part for part in parts if part and part.casefold() not in TITLES] or [person.name.strip() or "?"]
