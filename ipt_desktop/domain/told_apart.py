"""People of one name told apart wherever they are named: by what they are to the client, else by a number, never by an id."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from ipt_desktop.domain.person_name import cut_to
from ipt_desktop.domain.records import Person
from ipt_desktop.domain.relation import relation
from ipt_desktop.domain.text import _


def told_apart(people: Iterable[Person], *, by_relation: bool = True) -> dict[str, str]:
    """Return by id what everyone is called: "Elin", and where two are, "Anna (sister)" and "Anna (friend)", or "Anna (2)".

    Numbers count in the order in which people were named, so that they stay whoever moves. Names that differ only in capitals
    or in how an accent is encoded are one name. `by_relation` False leaves what people are out of it.
    """
    everyone = sorted(people, key=lambda each: (each.created_at, each.id))
    names = {each.id: each.name.strip() for each in everyone}
    if by_relation:
        for each in _shared(everyone, names):
            names[each.id] = with_relation(each)
    taken = {_folded(name) for name in names.values()}
    counted: Counter[str] = Counter()
    for each in _shared(everyone, names):
        name, number = names[each.id], counted[_folded(names[each.id])] + 1
        while _folded(told := _("{name} ({what})").format(name=name, what=number)) in taken:
            number += 1  # somebody may be called so already
        counted[_folded(name)] = number
        taken.add(_folded(told))
        names[each.id] = told
    return names


def cut_apart(called: str, name: str, most: int) -> str:
    """Return what someone is called in about so many characters; what tells them apart from a namesake is not cut off."""
    apart = called.removeprefix(name.strip())
    return cut_to(called, most) if apart == called else cut_to(name.strip(), max(most - len(apart), most // 2)) + apart


def with_relation(person: Person) -> str:
    """Return a name with what they are to the client: "Anna (sister)"."""
    words = person.relation_words.strip() or _(relation(person.relation).word)
    return _("{name} ({what})").format(name=person.name.strip(), what=words)


def _shared(people: Sequence[Person], names: dict[str, str]) -> list[Person]:
    """Return those whose name somebody else has, too."""
    counted = Counter(_folded(name) for name in names.values())
    return [each for each in people if counted[_folded(names[each.id])] > 1]


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
