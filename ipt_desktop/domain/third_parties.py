"""Third parties on paper: the people of a client's life never consented to stand in a report, so initials stand there.

Names are found as whole words, as they are spelt in the list of people. Nicknames, inflected forms and people who are on no
circle are not found: whoever signs has to read the page. A name that is also a word ("May") is replaced there too.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from ipt_desktop.domain.change_list import printed_names
from ipt_desktop.domain.person_name import characters
from ipt_desktop.domain.records import Person
from ipt_desktop.domain.relation import relation, relation_named
from ipt_desktop.domain.rich_text import RichText
from ipt_desktop.domain.standing import TITLES, print_initials
from ipt_desktop.domain.text import _

_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR")


class ThirdParties:
    """The people of a client's life, and what is printed instead of their names."""

    def __init__(
        self,
        people: Iterable[Person],
        *,
        client_name: str = "",
        addressee: str = "",
        called: Mapping[str, str] | None = None,
    ) -> None:
        """`client_name` is printed whatever it shares with others'; so is a professional who is the `addressee`.

        `called` says by id what stands instead of each name, in place of initials.
        """
        everyone = tuple(people)
        self.initials = dict(called) if called is not None else print_initials(everyone)
        self._is_by_initials = called is None
        self._addressee = set(_words(addressee))
        own = set(_words(client_name))
        hidden = [each for each in everyone if not _is_addressed(each, addressee)]
        self._shown = {**self._parts(hidden, own), **self._wholes(hidden, client_name)}
        longest_first = sorted(self._shown, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_whole_word, longest_first))) if longest_first else None
        self.people = tuple(replace(each, relation_words=self.hide(each.relation_words)) for each in everyone)

    def hide(self, text: str) -> str:
        """Return the text with initials where names stood; a full stop after initials is not doubled."""
        composed = unicodedata.normalize("NFC", text)
        return self._pattern.sub(self._replacement, composed) if self._pattern else composed

    def professional(self, name: str) -> str:
        """Return a professional who need not be on any circle: the addressee by name, others by title and initials ("Dr B.").

        What is no name stays: "the surgery", "GP".
        """
        hidden, words = self.hide(name), _words(name)
        if hidden != name or not words or set(words) <= self._addressee:
            return hidden
        said = [each if _is_no_name(each) else f"{characters(each)[0].upper()}." for each in name.split()]
        return re.sub(r"(?<=\b\w\.) (?=\w\.)", "", " ".join(said))

    def hide_in(self, blocks: RichText) -> RichText:
        """Return rich text with initials where names stood, emphasis as it was."""
        return tuple(
            replace(block, runs=tuple(replace(run, text=self.hide(run.text)) for run in block.runs)) for block in blocks
        )

    @property
    def printed(self) -> dict[str, str]:
        """What people are called in a table, by id: "M.Ł., mother (died 2025)"."""
        return printed_names(self.people)

    def named_in(self, text: str) -> list[str]:
        """Return the names that stand in a text, each once."""
        composed = unicodedata.normalize("NFC", text)
        found = self._pattern.finditer(composed) if self._pattern else ()
        return list(dict.fromkeys(match[0].removesuffix(".") for match in found))

    def said_for(self, name: str) -> str:
        """Return what stands instead of a name that `named_in` found; of any other word its first letters."""
        known = self._shown.get(name, self._shown.get(f"{name}.", ""))
        return known or "".join(f"{part[0]}." for part in name.split())

    def mask(self, text: str, names: Collection[str]) -> str:
        """Return the text with these names alone replaced, those of people nobody listed too."""
        composed = unicodedata.normalize("NFC", text)
        if self._pattern:
            composed = self._pattern.sub(
                lambda match: self._replacement(match) if match[0].removesuffix(".") in names else match[0], composed
            )
        for name in names:
            if name.strip() and name not in self._shown:
                composed = re.sub(_whole_word(name), self.said_for(name), composed)
        return composed

    def _replacement(self, match: re.Match[str]) -> str:
        name = match[0]
        if name in self._shown:
            return self._shown[name]
        initials = self._shown[name.removesuffix(".")]
        return initials if initials.endswith(".") else f"{initials}."

    def _wholes(self, people: Iterable[Person], client_name: str) -> dict[str, str]:
        """Return initials by full name; a relation's word ("mother") given as a name is no name."""
        return {
            spelling: self.initials[each.id]
            for each in people
            if not relation_named(each.name) and each.name.strip() != client_name.strip()
            for spelling in _spellings(each)
        }

    def _parts(self, people: Iterable[Person], own: set[str]) -> dict[str, str]:
        """Return initials by first or last name; one that several people have is printed as its first letter."""
        parts = [(part, each) for each in people if not each.is_group for part in set(_words(each.name)) - own]
        shared = Counter(part for part, _person in parts)
        return {
            part: self.initials[each.id] if shared[part] == 1 else self._said_of_several(part)
            for part, each in parts
            if not relation_named(part)
        }

    def _said_of_several(self, part: str) -> str:
        """Return what stands for a name that several people have: its first letter, where initials may tell that much."""
        return f"{part[0]}." if self._is_by_initials else _("[name]")


class UnderPseudonyms(ThirdParties):
    """People who go under pseudonyms already, in the texts too: nothing is left to be hidden."""

    def __init__(self, people: Iterable[Person]) -> None:
        super().__init__(())
        self.people = tuple(people)
        self.initials = print_initials(self.people)

    @property
    def printed(self) -> dict[str, str]:
        """What people are called in a table, by id."""
        return {each.id: each.name for each in self.people}


def _spellings(person: Person) -> Iterator[str]:
    name = unicodedata.normalize("NFC", " ".join(person.name.split()))
    if not name or (person.is_group and name == name.casefold()):  # "choir" is no name
        return
    yield name
    yield name.upper()
    if name[0].islower():
        yield name[0].upper() + name[1:]


def _words(name: str) -> list[str]:
    """Return the parts of a name that can stand for someone: no titles, no particles ("van"), no single letters."""
    parts = (part.strip(".,()") for part in unicodedata.normalize("NFC", name).split())
    return [part for part in parts if len(part) > 1 and not part[0].islower() and part.casefold() not in TITLES]


def _is_no_name(word: str) -> bool:
    """Whether a word of what a professional is called tells no name: a title, a word in small letters, an abbreviation."""
    bare = word.strip(".,()")
    is_abbreviation = len(bare) > 1 and bare == bare.upper() != bare.lower()
    return not bare or bare[0].islower() or is_abbreviation or bare.casefold() in TITLES


def _is_addressed(person: Person, addressee: str) -> bool:
    words = _words(person.name)
    return relation(person.relation).shape == "professional" and bool(words) and set(words) <= set(_words(addressee))


def _whole_word(name: str) -> str:
    """Return a pattern for a name as a whole word; scripts that set no spaces between words have no whole words."""
    start, end = ("" if _is_unspaced(letter) else edge for letter, edge in ((name[0], r"(?<!\w)"), (name[-1], r"(?!\w)")))
    return rf"{start}{re.escape(name)}{end}(?:\.(?!\.))?"


def _is_unspaced(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(_UNSPACED)
