"""What people are called on a circle that leaves the program: by initials unless names or pseudonyms are asked for.

A pseudonym is what someone is to the client ("Sister", "Friend 1", "Friend 2"), counted over everyone of the client's life in
the order they were named: it stays theirs throughout an export, whichever sittings are shown.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ipt_desktop.domain.change_list import printed_names
from ipt_desktop.domain.person_name import cut_to
from ipt_desktop.domain.records import Person
from ipt_desktop.domain.relation import relation
from ipt_desktop.domain.standing import died_text, print_initials, relation_text
from ipt_desktop.domain.text import _
from ipt_desktop.domain.third_parties import ThirdParties
from ipt_desktop.domain.told_apart import told_apart

LONGEST_LABEL = 26
"""Letters of a name beside its token; a table holds the whole of it."""


class Naming(StrEnum):
    """What people are called."""

    INITIALS = "initials"
    RELATIONS = "relations"
    """In running text by what they are to the client, "her sister"; on a circle as pseudonyms are."""
    PSEUDONYMS = "pseudonyms"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of a client's life as they are called in one export, by id.

    `people` are what a printed circle is drawn from: the words beside a token and the letters in it say no more than was asked
    for. `names` stand in a table by themselves, `lines` beside a circle whose tokens have no words, `relations` in a column of
    their own; `hide` puts what people are called into a text in which they are named.
    """

    naming: Naming
    people: Sequence[Person]
    names: Mapping[str, str]
    lines: Mapping[str, str]
    relations: Mapping[str, str]
    hide: Callable[[str], str]


def cast_of(people: Iterable[Person], naming: Naming, *, client_name: str = "") -> Cast:
    """Return what everyone is called; `people` are all of the client's life, in the order they were named."""
    everyone = tuple(people)
    match naming:
        case Naming.NAMES:
            return _by_name(everyone)
        case Naming.PSEUDONYMS | Naming.RELATIONS:
            return _by_pseudonym(everyone, client_name)
        case _:
            return _by_initials(everyone, client_name)


def _by_initials(everyone: Sequence[Person], client_name: str) -> Cast:
    others = ThirdParties(everyone, client_name=client_name)
    people = tuple(replace(each, name=others.initials[each.id], sector_id=None) for each in _with_tokens(others.people))
    relations = {each.id: relation_text(each) for each in people}
    return Cast(Naming.INITIALS, people, others.initials, printed_names(others.people), relations, others.hide)


def _by_pseudonym(everyone: Sequence[Person], client_name: str) -> Cast:
    called = pseudonyms(everyone)
    others = ThirdParties(everyone, client_name=client_name, called=called)
    people = tuple(
        replace(each, name=called[each.id], initials=_letters(called[each.id]), relation_words=called[each.id], died="")
        for each in everyone
    )
    relations = {each.id: _(relation(each.relation).word) for each in everyone}
    return Cast(Naming.PSEUDONYMS, people, called, _lines(people, called), relations, others.hide)


def _by_name(everyone: Sequence[Person]) -> Cast:
    names = told_apart(everyone)
    people = tuple(replace(each, relation_words=_shortened(names[each.id])) for each in _with_tokens(everyone))
    relations = {each.id: relation_text(each) for each in everyone}
    spoken = {
        each.id: _("{name}, {relation}").format(name=each.name.strip(), relation=relations[each.id])
        if names[each.id] == each.name.strip()
        else names[each.id]  # told apart by what they are already
        for each in everyone
    }
    return Cast(Naming.NAMES, people, names, _lines(people, spoken), relations, str)


def pseudonyms(people: Iterable[Person]) -> dict[str, str]:
    """Return by id what someone is to the client, with a number where several are: "Sister", "Friend 1", "Friend 2"."""
    words = {each.id: _word(each) for each in people}
    shared = {word for word, count in Counter(words.values()).items() if count > 1}
    counted: Counter[str] = Counter()
    called = {}
    for person_id, word in words.items():
        counted[word] += 1
        called[person_id] = _("{word} {number}").format(word=word, number=counted[word]) if word in shared else word
    return called


def _word(person: Person) -> str:
    """Return the relation's own word: what the therapist wrote instead may hold a name."""
    if person.relation == "other":
        return _("Group") if person.is_group else _("Person")
    word = _(relation(person.relation).word)
    return word[:1].upper() + word[1:]


def _letters(pseudonym: str) -> str:
    """Return the letters of a pseudonym's token: "Si", "Fr1", "ML" of a mother-in-law."""
    word, _space, number = pseudonym.rpartition(" ") if pseudonym[-1].isdigit() else (pseudonym, "", "")
    parts = [part for part in word.replace("-", " ").split() if part]
    letters = (parts[0][0] + parts[-1][0]).upper() if len(parts) > 1 else word[:2]
    return letters[: max(1, 3 - len(number))] + number


def _with_tokens(people: Sequence[Person]) -> tuple[Person, ...]:
    """Fix the letters in each token, which are found from the names, before those go."""
    alone = (print_initials([each])[each.id] for each in people)
    return tuple(
        replace(each, initials="".join(letter for letter in initials if letter.isalnum()))
        for each, initials in zip(people, alone, strict=True)
    )


def _lines(people: Sequence[Person], called: Mapping[str, str]) -> dict[str, str]:
    """Return "Fr1 · Friend 1" or "EL · Elin Berg, daughter (died 2019)": the token is found again by its letters."""
    tokens = print_initials(people)
    lines = {}
    for each in people:
        line = _("{token} · {name}").format(token=tokens[each.id].replace(".", ""), name=called[each.id])
        lines[each.id] = _("{name} ({died})").format(name=line, died=died_text(each)) if each.has_died else line
    return lines


def _shortened(name: str) -> str:
    return cut_to(name, LONGEST_LABEL)
