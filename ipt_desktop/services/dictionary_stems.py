"""The words of a Hunspell dictionary in a few large pieces.

The library keeps an object for each word and more for their indexes, 200,000 for English: Python's search for garbage, which
the window waits for, would take 0.3 s each time. Here words are letters and shared sets of flags; the library is handed its own
objects one by one as it asks.
"""

import re
from collections.abc import Iterator
from typing import Any

_TAGS = re.compile(r"[ \t]\w{2}:|\t")
_SLASH = re.compile(r"(?<!\\)/")
_SPELT = re.compile(r"\bph:(\S+)")

Flags = frozenset[str]


class Stems:
    """What the library's own `Dic` is to it."""

    words: tuple[()] = ()  # it is asked for all of them at once only as a dictionary is made

    def __init__(self, affixes: Any, context: Any) -> None:
        self._affixes, self._context = affixes, context
        self._known: dict[str, tuple[Flags, ...]] = {}  # the flags of each word of these letters
        self._lower: dict[str, tuple[str, ...]] = {}  # the words with capitals by their small letters
        self._spelt: dict[str, list[str]] = {}  # how a word is often misspelt
        self._flags: dict[str, Flags] = {}
        self._single: dict[Flags, tuple[Flags, ...]] = {}

    def read(self, lines: Iterator[tuple[int, str]]) -> None:
        """Take in a dictionary's lines: "stem/flags", with tags behind a tab or as "ph:…"."""
        for number, line in lines:
            if number == 1 and line[:1].isdigit():
                continue
            tags = _TAGS.search(line)
            entry = line[: tags.start()] if tags and tags.start() else line
            word, flags = entry, ""
            if not entry.startswith("/"):
                parts = _SLASH.split(entry, maxsplit=1)
                word, flags = parts[0], parts[1] if len(parts) == 2 else ""
            word = word.replace(r"\/", "/")
            if self._context.ignore:
                word = word.translate(self._context.ignore.tr)
            self._add(word, flags)
            if tags and "ph:" in line:
                self._add_misspelt(word, _SPELT.findall(line))

    def _add(self, word: str, flags: str) -> None:
        if flags not in self._flags:
            self._flags[flags] = frozenset(self._context.parse_flags(flags))
        one = self._flags[flags]
        alone = self._single.setdefault(one, (one,))
        self._known[word] = self._known[word] + alone if word in self._known else alone
        if not word.islower():
            for lower in self._affixes.casing.lower(word):
                if lower != word and word not in self._lower.get(lower, ()):
                    self._lower[lower] = (*self._lower.get(lower, ()), word)

    def _add_misspelt(self, word: str, told: list[str]) -> None:
        from spylls.hunspell.data.aff import RepPattern

        for each in told:
            if each.endswith("*"):
                self._affixes.REP.append(RepPattern(each[:-2], word[:-1]))
            elif "->" in each:
                self._affixes.REP.append(RepPattern(*each.split("->", 1)))
            else:
                self._affixes.REP.append(RepPattern(each, word))
                self._spelt.setdefault(word, []).append(each)

    # What the library asks.

    def homonyms(self, stem: str, *, ignorecase: bool = False) -> list[Any]:
        """Return the words of these letters, or of these small letters."""
        stems = self._lower.get(stem, ()) if ignorecase else (stem,)
        return [self._word(each, flags) for each in stems for flags in self._known.get(each, ())]

    def has_flag(self, stem: str, flag: str, *, for_all: bool = False) -> bool:
        """Tell whether any word of these letters, or every one, has a flag."""
        known = self._known.get(stem, ())
        return bool(known) and (all if for_all else any)(flag in each for each in known)

    def __iter__(self) -> Iterator[Any]:
        """Yield every word that may be suggested."""
        affixes = self._affixes
        bad = {affixes.FORBIDDENWORD, affixes.NOSUGGEST, affixes.ONLYINCOMPOUND} - {None, ""}
        return (
            self._word(stem, flags) for stem, known in self._known.items() for flags in known if not bad.intersection(flags)
        )

    def _word(self, stem: str, flags: Flags) -> Any:
        from spylls.hunspell.data.dic import Word

        return Word(stem, flags, {}, self._spelt.get(stem, []), self._affixes.casing.guess(stem))
