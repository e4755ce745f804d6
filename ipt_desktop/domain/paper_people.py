"""What other people are called on one paper: by initials, unless words for what they are, pseudonyms or names are asked for."""

import re
from collections.abc import Iterable, Mapping, Sequence

from ipt_desktop.domain.circle_naming import Cast, Naming, cast_of
from ipt_desktop.domain.records import Person
from ipt_desktop.domain.standing import died_text
from ipt_desktop.domain.text import _, marked
from ipt_desktop.domain.third_parties import ThirdParties

_OWNERS = {"she": marked("her {relation}"), "he": marked("his {relation}"), "they": marked("their {relation}")}
_SENTENCE_ENDED = re.compile(r"(?:^|[.!?:…\n]\s*)[“\"‘(]?$")


def people_on_paper(
    people: Iterable[Person], naming: Naming, *, client_name: str = "", addressee: str = "", pronouns: str = ""
) -> ThirdParties:
    """Return the people of a client's life as they are called on a paper; a professional who is the `addressee` keeps the name.

    `people` are all there are, in the order they were named; `pronouns` are the client's, as the file has them ("she/her").
    """
    everyone = tuple(people)
    if naming is Naming.INITIALS:
        return ThirdParties(everyone, client_name=client_name, addressee=addressee)
    cast = cast_of(everyone, naming, client_name=client_name)
    if naming is Naming.NAMES:
        return _ByName(everyone, cast, client_name, addressee)
    in_text = _as_relations(cast.names, pronouns) if naming is Naming.RELATIONS else cast.names
    return _ByWords(everyone, cast, in_text, client_name, addressee)


class _ByWords(ThirdParties):
    """People called by words of ours: in a text, in a table and beside a token."""

    def __init__(
        self, everyone: Sequence[Person], cast: Cast, in_text: Mapping[str, str], client_name: str, addressee: str
    ) -> None:
        super().__init__(everyone, client_name=client_name, addressee=addressee, called=in_text)
        self.people = tuple(cast.people)
        self.initials = dict(cast.names)
        self._lines = {each.id: _with_death(cast.names[each.id], each) for each in everyone}

    @property
    def printed(self) -> dict[str, str]:
        """What people are called in a table, by id: "Sister", "Mother (died 2025)"."""
        return dict(self._lines)

    def _replacement(self, match: re.Match[str]) -> str:
        """Begin a sentence with a capital letter; a full stop that ended it is kept."""
        said = super()._replacement(match)
        return said[:1].upper() + said[1:] if _SENTENCE_ENDED.search(match.string[: match.start()]) else said


class _ByName(ThirdParties):
    """People called by their names: nothing is hidden, and every name is found still."""

    def __init__(self, everyone: Sequence[Person], cast: Cast, client_name: str, addressee: str) -> None:
        super().__init__(everyone, client_name=client_name, addressee=addressee)
        self.people = tuple(cast.people)
        self.initials = dict(cast.names)
        self._lines = {each.id: _with_death(_with_relation(cast, each), each) for each in everyone}

    @property
    def printed(self) -> dict[str, str]:
        """What people are called in a table, by id: "Maria Łukasiewicz, mother (died 2025)"."""
        return dict(self._lines)

    def hide(self, text: str) -> str:
        """Return the text as it is."""
        return text


def _as_relations(called: Mapping[str, str], pronouns: str) -> dict[str, str]:
    """Return what people are called in running text, from their relations' words: "her sister", "her friend 2"."""
    owner = _OWNERS.get(pronouns.strip().casefold().split("/")[0].strip(), "")
    words = _(owner) if owner else _("the client’s {relation}")
    return {key: words.format(relation=name[:1].lower() + name[1:]) for key, name in called.items()}


def _with_relation(cast: Cast, person: Person) -> str:
    """Return "Tomasz Nowak, husband"; those told apart by what they are say it already."""
    name = cast.names[person.id]
    if name != person.name.strip():
        return name
    return _("{name}, {relation}").format(name=name, relation=cast.relations[person.id])


def _with_death(words: str, person: Person) -> str:
    return _("{name} ({died})").format(name=words, died=died_text(person)) if person.has_died else words
