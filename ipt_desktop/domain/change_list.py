"""What changed between two sittings, said in ring words and never added up.

The people the work is about come first, and a line begins with the client's own words, the move after them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ipt_desktop.domain.closeness import Ring, RingWords, ring_of
from ipt_desktop.domain.records import Person, Placement
from ipt_desktop.domain.standing import Standing, died_text, print_initials, relation_text, standings
from ipt_desktop.domain.text import _


@dataclass(frozen=True, slots=True)
class Change:
    """One person's line: ring words then and now, the client's own words about it, and the change in ring words."""

    person: Person
    name: str
    before: str
    after: str
    own_words: str
    change: str

    @property
    def sentence(self) -> str:
        """The client's own words first, then what changed."""
        said = self.change[:1].upper() + self.change[1:] + "."
        return _("“{words}” {change}").format(words=self.own_words, change=said) if self.own_words else said


@dataclass(frozen=True, slots=True)
class ChangeList:
    """Everyone of two sittings in four groups."""

    moved: tuple[Change, ...]
    new: tuple[Change, ...]
    gone: tuple[Change, ...]
    unchanged: tuple[Change, ...]

    @property
    def rows(self) -> tuple[Change, ...]:
        """All that changed, in the order they are printed."""
        return self.moved + self.new + self.gone

    @property
    def unchanged_line(self) -> str:
        """One line for all who stand where they stood, by ring: "Unchanged. Inner: J.N., daughter. Outer: S.G., GP; H.S."."""
        rings: dict[str, list[str]] = {}
        for each in self.unchanged:
            rings.setdefault(each.after, []).append(each.name)
        groups = [
            _("{ring}: {names}.").format(ring=ring[:1].upper() + ring[1:], names="; ".join(names).removesuffix("."))
            for ring, names in rings.items()
        ]
        return " ".join([_("Unchanged."), *groups]) if groups else ""

    def as_text(self) -> str:
        """Return the list as plain lines, to put in a note."""
        lines = [f"{each.name}: {each.sentence}" for each in self.rows]
        return "\n".join([*lines, self.unchanged_line] if self.unchanged else lines)


def change_list(
    people: Iterable[Person],
    before: Mapping[str, Placement],
    now: Mapping[str, Placement],
    words: RingWords,
    *,
    is_printed: bool = False,
) -> ChangeList:
    """Compare two sittings. On paper (`is_printed`) people are named by initials and relation: "T.N., husband"."""
    people = tuple(people)
    names = printed_names(people) if is_printed else {person.id: person.name for person in people}
    stood = sorted(standings(people, now, before), key=lambda each: not each.person.is_in_focus)
    changes = [(each, _change(each, names[each.person.id], words)) for each in stood]
    return ChangeList(
        moved=tuple(change for each, change in changes if each.before and each.now and each.has_moved),
        new=tuple(change for each, change in changes if not each.before),
        gone=tuple(change for each, change in changes if not each.now),
        unchanged=tuple(change for each, change in sorted(changes, key=_ring) if not each.has_moved),
    )


def _ring(standing_and_change: tuple[Standing, Change]) -> Ring:
    felt = standing_and_change[0].felt
    return Ring.OUTSIDE if felt is None else ring_of(felt)


def printed_names(people: Iterable[Person]) -> dict[str, str]:
    """Return by id how people are named on paper: "M.Ł., mother (died 2025)"."""
    people = tuple(people)
    initials = print_initials(people)
    return {person.id: _printed_name(person, initials[person.id]) for person in people}


def _printed_name(person: Person, initials: str) -> str:
    name = _("{initials}, {relation}").format(initials=initials, relation=relation_text(person))
    return _("{name} ({died})").format(name=name, died=died_text(person)) if person.has_died else name


def _change(standing: Standing, name: str, words: RingWords) -> Change:
    own_words = standing.now.words.strip().strip("“”\"'") if standing.now else ""
    before, after = words.of(standing.felt_before), words.of(standing.felt)
    return Change(standing.person, name, before, after, own_words, standing.change(words))
