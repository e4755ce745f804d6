"""What in a text in disguise may still tell who someone is: words with a capital, times told in words, numbers, names in small.

A search of this kind finds a town and misses a rare job: it is a list to read by, never a promise.
"""

import re
from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from ipt_desktop.domain.dates import month_names, weekday_names
from ipt_desktop.domain.disguise import ABBREVIATIONS
from ipt_desktop.domain.text import _, marked

MOST_TOLD = 12
"""Of more words of one kind than these, the rest are counted."""
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_YEAR = re.compile(r"(?<![\w.])(?:19|20)\d\d(?![\w.]\d|\w)")
_LONG_NUMBER = re.compile(r"(?<![\w.])\d{5,}(?!\w)")
_BEGINS = "“”\"‘'(:.!?…–—•·/\n\t["
_TIMES = marked(
    "Christmas Easter Ramadan Eid Hanukkah Passover Diwali Midsummer Whitsun Pentecost Lent Advent "
    "birthday anniversary Halloween Thanksgiving"
)


@dataclass(slots=True)
class Found:
    """What was found, each word once, in the order of the text: by kind."""

    capitals: dict[str, None] = field(default_factory=dict)
    times: dict[str, None] = field(default_factory=dict)
    numbers: dict[str, None] = field(default_factory=dict)
    small: dict[str, None] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """Return a sentence for each kind that was found."""
        kinds = (
            (_("Words with a capital: {words}."), self.capitals),
            (_("Words that are also names: {words}."), self.small),
            (_("Times in words: {words}."), self.times),
            (_("Numbers: {words}."), self.numbers),
        )
        return [said.format(words=_listed(list(words))) for said, words in kinds if words]


def may_identify(texts: Iterable[str], known: Collection[str], names: Collection[str], shifted: Collection[str] = ()) -> Found:
    """Look through texts.

    `known` are words that may have a capital, `names` parts of names, `shifted` years that stand there because they were moved.
    """
    allowed = {each.casefold() for each in (*known, *ABBREVIATIONS, *month_names(), *weekday_names(), "I", "PHQ", "GAD", "ICD")}
    found = Found()
    times = {each.casefold() for each in _(_TIMES).split()}
    lower = {each.casefold() for each in names}
    for text in texts:
        for match in _WORD.finditer(text):
            word = re.sub(r"[’']s?$", "", match[0])
            if word.casefold() in times:
                found.times[word] = None
            elif word[0].isupper() and not _begins(text, match.start()) and not _is_allowed(word.removesuffix("s"), allowed):
                found.capitals[word] = None
            elif word[0].islower() and word in lower:
                found.small[word] = None
        for match in (*_YEAR.finditer(text), *_LONG_NUMBER.finditer(text)):
            if match[0] not in shifted:
                found.numbers[match[0]] = None
    return found


def _begins(text: str, at: int) -> bool:
    """Whether a word begins a sentence, a line or a quotation: its capital says nothing then."""
    before = text[:at].rstrip(" \u00a0")
    return not before or before[-1] in _BEGINS or (text[at - 1 : at] in ("\n", "\t"))


def _is_allowed(word: str, allowed: AbstractSet[str]) -> bool:
    return all({part.casefold(), f"{part.casefold()}s"} & allowed for part in re.split(r"[’'-]", word) if part)


def _listed(words: list[str]) -> str:
    more = len(words) - MOST_TOLD
    told = ", ".join(words[:MOST_TOLD])
    return _("{words} and {count} more").format(words=told, count=more) if more > 0 else told
