"""What changed between two sittings, said in ring words and never added up.

The people the work is about come first, and a line begins with the client's own words, the move after them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ipt_desktop.domain.closeness import Ring, RingWords, ring_of, rings_moved
from ipt_desktop.domain.records import Person, Placement
from ipt_desktop.domain.standing import Standing, died_text, print_initials, relation_text, standings
from ipt_desktop.domain.text import _, ngettext
from ipt_desktop.domain.told_apart import told_apart


@dataclass(frozen=True, slots=True)
class Change:
    """One person's line: ring words then and now, the client's own words about it, and the change in ring words."""

    person: Person
    name: str
    before: str
    after: str
    own_words: str
    change: str
    is_closer: bool = False
    """Whether someone who moved is closer now; further otherwise."""

    @property
    def ways(self) -> str:
        """The change with both rings: "two rings further, inner to outer"; "middle to outside" says all of itself."""
        if not self.before or not self.after or self.before == self.after:
            return self.change
        rings = _("{before} to {after}").format(before=self.before, after=self.after)
        is_counted = self.change in _counted_moves()
        return _("{change}, {rings}").format(change=self.change, rings=rings) if is_counted else rings

    @property
    def told(self) -> str:
        """The line of someone who moved in a text: “Johan: “I told him first.” Two rings further, inner to outer.”."""
        ways = _sentence(self.ways)
        said = _("“{words}” {change}").format(words=self.own_words, change=ways) if self.own_words else ways
        return _("{name}: {said}").format(name=self.name, said=said)

    @property
    def sentence(self) -> str:
        """The client's own words first, then what changed."""
        said = _sentence(self.change)
        return _("“{words}” {change}").format(words=self.own_words, change=said) if self.own_words else said


@dataclass(frozen=True, slots=True)
class ChangeList:
    """Everyone of two sittings in four groups."""

    moved: tuple[Change, ...]
    new: tuple[Change, ...]
    gone: tuple[Change, ...]
    unchanged: tuple[Change, ...]
    trusted: tuple[str, ...] = ()
    """Names of those the client confides in now and did not then."""
    trusted_no_more: tuple[str, ...] = ()
    wishes: tuple[tuple[Person, str, str], ...] = ()
    """Who does not stand where the client wants them: person, name, "still further than wanted"."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed: a wish that is not met is no change."""
        return not (self.rows or self.trusted or self.trusted_no_more)

    @property
    def confidants(self) -> tuple[str, ...]:
        """What became of whom the client confides in: "Two more confidants: Noor, Tess."."""
        said = []
        if self.trusted:
            words = ngettext("{number} more confidant: {names}.", "{number} more confidants: {names}.", len(self.trusted))
            said.append(words.format(number=_number(len(self.trusted)), names=", ".join(self.trusted)))
        if self.trusted_no_more:
            count = len(self.trusted_no_more)
            words = ngettext("{number} confidant fewer: {names}.", "{number} confidants fewer: {names}.", count)
            said.append(words.format(number=_number(count), names=", ".join(self.trusted_no_more)))
        return tuple(said)

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
        lines = [each.told for each in self.moved]
        lines += [_("{name} joined.").format(name=each.name) for each in self.new]
        lines += [_("{name} is no longer in the circle.").format(name=each.name) for each in self.gone]
        lines += self.confidants
        lines += [_("{name}: {said}").format(name=name, said=said + ".") for _person, name, said in self.wishes]
        return "\n".join([*lines, self.unchanged_line] if self.unchanged else lines)


def change_list(
    people: Iterable[Person],
    before: Mapping[str, Placement],
    now: Mapping[str, Placement],
    words: RingWords,
    *,
    called: Mapping[str, str] | None = None,
) -> ChangeList:
    """Compare two sittings. `called` is what people go under, by id, where it is not their names: `printed_names` on paper."""
    people = tuple(people)
    names = told_apart(people) if called is None else called
    stood = sorted(standings(people, now, before), key=lambda each: not each.person.is_in_focus)
    changes = [(each, _change(each, names[each.person.id], words)) for each in stood]
    return ChangeList(
        moved=tuple(change for each, change in changes if each.before and each.now and each.has_moved),
        new=tuple(change for each, change in changes if not each.before),
        gone=tuple(change for each, change in changes if not each.now),
        unchanged=tuple(change for each, change in sorted(changes, key=_ring) if not each.has_moved),
        trusted=tuple(change.name for each, change in changes if _is_trusted(each.now) and not _is_trusted(each.before)),
        trusted_no_more=tuple(
            change.name for each, change in changes if _is_trusted(each.before) and not _is_trusted(each.now)
        ),
        wishes=tuple((each.person, change.name, said) for each, change in changes if (said := _unmet(each))),
    )


def _is_trusted(placement: Placement | None) -> bool:
    return placement is not None and placement.is_confidant


def _unmet(standing: Standing) -> str:
    """Say by ring how someone does not stand where they are wanted, and whether that was so then too; "" where they do."""
    side = _side(standing.felt, standing.wanted)
    if not side:
        return ""
    is_still = _side(standing.felt_before, standing.wanted) == side
    if side > 0:
        return _("still further than wanted") if is_still else _("further than wanted")
    return _("still closer than wanted") if is_still else _("closer than wanted")


def _side(felt: float | None, wanted: float | None) -> int:
    """Return 1 for further than wanted, -1 for closer, 0 for the ring wanted or where nothing is known."""
    if felt is None or wanted is None:
        return 0
    away = ring_of(felt) - ring_of(wanted)
    return (away > 0) - (away < 0)


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
    is_closer = standing.felt is not None and standing.felt_before is not None and standing.felt > standing.felt_before
    return Change(standing.person, name, before, after, own_words, standing.change(words), is_closer)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + "."


def _counted_moves() -> frozenset[str]:
    """Return the changes that count rings; the others name the rings they lead to themselves."""
    return frozenset(rings_moved(count) for count in (-2, -1, 1, 2))


def _number(count: int) -> str:
    """Return a small number as a sentence begins with it."""
    names = (_("One"), _("Two"), _("Three"), _("Four"), _("Five"), _("Six"), _("Seven"), _("Eight"), _("Nine"), _("Ten"))
    return names[count - 1] if count <= len(names) else str(count)
