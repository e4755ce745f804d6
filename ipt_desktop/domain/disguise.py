"""A disguise for one portfolio: everyone under one name throughout, dates moved alike, what else tells who it is left out.

Names are found as they are spelt in the lists, whole words only, and by initials; numbers to ring, addresses and further words
by the client's file and the therapist's own list. Nicknames, inflected forms, rare jobs and events are not found: what may
still tell who someone is, is listed (`domain.may_identify`), and whoever signs reads the page.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ipt_desktop.domain.records import Client, Person
from ipt_desktop.domain.relation import relation_named
from ipt_desktop.domain.rich_text import Block, RichText, Run
from ipt_desktop.domain.sheltered import Sheltered, Step
from ipt_desktop.domain.shifted_dates import DateShift
from ipt_desktop.domain.standing import TITLES, print_initials
from ipt_desktop.domain.text import _, marked
from ipt_desktop.domain.third_parties import ThirdParties

ABBREVIATIONS = frozenset(
    {"GP", "TV", "OK", "IPT", "PHQ", "GAD", "NHS", "CBT", "UK", "US", "EU", "UN", "IT", "HR", "ID", "AM", "PM"}
)
"""Capitals that are words of their own: as initials of somebody they are left, and told of."""
_CLIENT = "client"
_HOUSING = marked("flat apartment unit floor house road street avenue lane room")
"""Words of an address that tell nothing by themselves."""


@dataclass(frozen=True, slots=True)
class Alias:
    """Words and what stands instead of them in a portfolio."""

    words: str
    instead: str = ""


class Disguise:
    """Says everything of one client's course as a portfolio says it; the same words always become the same."""

    def __init__(
        self, client: Client, people: Sequence[Person], called: Mapping[str, str], aliases: Iterable[Alias], dates: DateShift
    ) -> None:
        """Know everyone: `called` is what each person goes under, by id; the client goes under `client_called`."""
        self.dates = dates
        self.client_called = _("Client")
        myself = Person(id=_CLIENT, client_id=client.id, name=client.name, initials=client.initials)
        everyone = [replace(each, relation_words="") for each in people]
        all_called = {**called, _CLIENT: self.client_called}
        self.pseudonyms = tuple(all_called.values())
        self._names = ThirdParties([*everyone, myself], called=all_called)
        self._steps = [
            *_alias_steps(aliases),
            *_contact_steps(client),
            *_outsider_steps(client, [*everyone, myself]),
            *dates.patterns(),
            *_capital_steps([*everyone, myself], all_called),
        ]
        self.name_parts = frozenset(part for each in [*everyone, myself] for part in _name_parts(each.name))
        self._titles = _titles_before([*all_called.values(), _("[name]")])
        self._last = [*_initial_steps([*everyone, myself], all_called), (_NUMBER, lambda found: _("[number]"))]

    def text(self, words: str) -> str:
        """Return a text in disguise."""
        said = Sheltered(words)
        said.replace(self._steps)
        said.text = self._titles.sub("", self._names.hide(said.text))
        said.replace(self._last)
        return said.told()

    def rich(self, blocks: RichText) -> RichText:
        """Return rich text in disguise; emphasis stays where it does not part what has to be seen in one."""
        return tuple(self._block(each) for each in blocks)

    def _block(self, block: Block) -> Block:
        whole = self.text(block.text)
        runs = tuple(replace(run, text=self.text(run.text)) for run in block.runs)
        return replace(block, runs=runs if "".join(run.text for run in runs) == whole else (Run(whole),))


_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WEB = re.compile(r"(?:https?://|www\.)[^\s<>\"”]+", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w\ue000])[+(]?\d(?:[\s()/.-]{0,2}\d){6,}(?![\w\ue001])")


def _whole(words: str, *, is_name: bool = False) -> re.Pattern[str]:
    """Return a pattern for words as they stand between other words, however they are spaced; a name has its capitals."""
    inner = r"\s+".join(re.escape(word) for word in words.split())
    start = r"(?<!\w)" if words[0].isalnum() else ""
    end = r"(?!\w)" if words[-1].isalnum() else ""
    return re.compile(f"{start}{inner}{end}", re.NOFLAG if is_name else re.IGNORECASE)


def _says(words: str) -> Callable[[re.Match[str]], str]:
    return lambda _found: words


def _alias_steps(aliases: Iterable[Alias]) -> list[Step]:
    told = [(" ".join(each.words.split()), " ".join(each.instead.split())) for each in aliases]
    known = sorted((each for each in told if len(each[0]) > 1), key=lambda each: len(each[0]), reverse=True)
    return [(_whole(words), _says(instead or _("[left out]"))) for words, instead in known]


def _contact_steps(client: Client) -> list[Step]:
    """Return what finds the client's own addresses and numbers, and any other address of the net."""
    steps: list[Step] = [(_MAIL, _says(_("[e-mail]"))), (_WEB, _says(_("[web page]")))]
    for number in (client.phone, client.emergency_phone):
        digits = [each for each in number if each.isdigit()]
        if len(digits) >= 4:
            steps.append((re.compile(r"[+(]?" + r"[\s()/.-]{0,3}".join(digits)), _says(_("[number]"))))
    steps += [(_whole(part, is_name=True), _says(_("[address]"))) for part in _address_parts(client.address)]
    if len(client.reference.strip()) > 2:
        steps.append((_whole(client.reference.strip()), _says(_("[reference]"))))
    return steps


def _outsider_steps(client: Client, people: Iterable[Person]) -> list[Step]:
    """Return what finds those whom the file names besides the client's people: who referred them, whom to ring in need."""
    known = {word for each in people for word in _name_parts(each.name)}
    others = ((client.referred_by, _("[referrer]")), (client.emergency_name, _("[emergency contact]")))
    return [
        (_whole(each, is_name=True), _says(instead))
        for name, instead in others
        for each in _name_parts(name)
        if not set(each.split()) & known
    ]


def _address_parts(address: str) -> list[str]:
    """Return the parts of an address that tell where it is, the longest first: each line, and the words and codes in it."""
    lines = {" ".join(part.split()) for part in re.split(r"[,\n;]", address)}
    runs = {
        " ".join(run) for line in lines for _is_code, run in groupby(line.split(), lambda word: any(map(str.isdigit, word)))
    }
    telling = {each for each in lines | runs if len(each) > 3 and each.casefold() not in _(_HOUSING).split()}
    return sorted(telling, key=len, reverse=True)


def _name_parts(name: str) -> list[str]:
    """Return a name as a whole and by its parts: no titles, no particles, no initials, no word of a relation."""
    words = [each for part in name.split() if (each := part.strip(".,()")).casefold() not in TITLES]
    whole = [" ".join(words)] if len(words) > 1 else []
    return whole + [each for each in words if _is_name(each)]


def _is_name(word: str) -> bool:
    return len(word) > 2 and word[0].isupper() and not relation_named(word)


def _capital_steps(people: Sequence[Person], called: Mapping[str, str]) -> list[Step]:
    """Return what finds parts of names that are written in capitals throughout."""
    parts = [(part.upper(), each) for each in people if not each.is_group for part in set(_name_parts(each.name))]
    shared = Counter(part for part, _person in parts)
    return [
        (_whole(part, is_name=True), _says(called[each.id] if shared[part] == 1 else _("[name]")))
        for part, each in sorted(parts, key=lambda told: len(told[0]), reverse=True)
    ]


def _titles_before(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for a title and the space behind it, where what follows is nobody's own name any more."""
    titles = "|".join(each.capitalize() for each in sorted(TITLES))
    return re.compile(rf"(?<!\w)(?:{titles})\.?\s+(?=(?:{'|'.join(map(re.escape, names))}))")


def _initial_steps(people: Sequence[Person], called: Mapping[str, str]) -> list[Step]:
    """Return what finds people's initials: "T.N.", "T. N.", "TN", and the first letter with a stop where it is one person's."""
    named = [each for each in people if (each.initials or not each.is_group) and not relation_named(each.name)]
    alone = {each.id: "".join(letter for letter in print_initials([each])[each.id] if letter.isalnum()) for each in named}
    shared, firsts = Counter(alone.values()), Counter(letters[:1] for letters in alone.values())
    found: dict[str, str] = {}
    for person_id, letters in alone.items():
        if len(letters) > 1:
            found[letters] = called[person_id] if shared[letters] == 1 else _("[initials]")
        if letters:
            found.setdefault(letters[0], called[person_id] if firsts[letters[0]] == 1 else _("[initial]"))
    return [_initials(letters, found[letters]) for letters in sorted(found, key=len, reverse=True)]


def _initials(letters: str, instead: str) -> Step:
    """Return what finds initials: with stops always, without only two or more that are no word of their own.

    The stop of the last one ends the sentence too where another begins behind it.
    """
    dotted = r"\.\s?".join(re.escape(letter) for letter in letters) + r"\.\d?"
    bare = f"|{re.escape(letters)}(?!\\w)" if len(letters) > 1 and letters.upper() not in ABBREVIATIONS else ""

    def put(found: re.Match[str]) -> str:
        behind = found.string[found.end() :].strip()
        is_end = found[0].endswith(".") and (not behind or behind[0].isupper())
        return f"{instead}." if is_end else instead

    return re.compile(rf"(?<![\w.])(?:{dotted}{bare})"), put
