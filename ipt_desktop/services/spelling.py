"""Spelling: dictionaries in Hunspell's format, shipped and the system's, and the words the therapist taught it.

The one module that knows the library. Reading a dictionary takes a third of a second: `load` belongs on a thread of its own;
until it is done every word counts as known. A word that was taught lies in the practice, and in no audit row.
"""

import io
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.session_records import SpellingWord
from ipt_desktop.domain.spelt_words import folded, plain_word, without_possessive
from ipt_desktop.domain.text import _
from ipt_desktop.services.changes import Changed
from ipt_desktop.services.dictionary_stems import Stems
from ipt_desktop.services.practice import OpenPractice
from ipt_desktop.storage.store import Writing

MOST_SUGGESTIONS = 5
LONGEST_SEARCH = 0.5  # seconds after which no further suggestion is waited for
MOST_REMEMBERED = 50_000
LONGEST_WORD = 60
_CODE = re.compile(r"^[a-z]{2,3}(_[A-Za-z]+)*$")


@dataclass(frozen=True, slots=True)
class Language:
    """A dictionary at hand: "en_GB", and where its two files are, without their endings."""

    code: str
    path: Path

    @property
    def name(self) -> str:
        """What it is called: "English (United Kingdom)"."""
        from babel import Locale, UnknownLocaleError

        try:
            return str(Locale.parse("_".join(self.code.split("_")[:2])).get_display_name("en")) or self.code
        except (UnknownLocaleError, ValueError):
            return self.code


def system_folders() -> tuple[Path, ...]:
    """Return where this system keeps dictionaries; Windows has none."""
    if sys.platform == "darwin":
        return Path("~/Library/Spelling").expanduser(), Path("/Library/Spelling")
    return tuple(map(Path, ("/usr/share/hunspell", "/usr/share/myspell", "/usr/share/myspell/dicts")))


class Spelling:
    """Judges words in the languages chosen, suggests others, and learns."""

    def __init__(
        self,
        practice: OpenPractice,
        shipped: Path,
        chosen: Callable[[], Iterable[str]],
        system: Callable[[], Iterable[Path]] = system_folders,
    ) -> None:
        """`shipped` is the folder of the dictionaries that came along; `chosen` tells the languages in use, by code."""
        self._practice, self._shipped, self._chosen, self._system = practice, shipped, chosen, system
        self._gate = Lock()
        self._read: dict[str, Any] = {}  # by language; one that can't be read is None
        self._used: tuple[Any, ...] | None = None  # the dictionaries in use, once they are read
        self._learnt: frozenset[str] = frozenset()
        self._judged: dict[str, bool] = {}
        practice.changes.subscribe(self._on_changed)

    # -- languages -------------------------------------------------------------------------------------------------

    @cached_property
    def languages(self) -> tuple[Language, ...]:
        """The dictionaries at hand, the shipped ones first."""
        found: dict[str, Language] = {}
        for folder in (self._shipped, *self._system()):
            for file in sorted(folder.glob("*.dic")) if folder.is_dir() else ():
                if _CODE.match(file.stem) and file.with_suffix(".aff").exists():
                    found.setdefault(file.stem, Language(file.stem, file.with_suffix("")))
        return tuple(found.values())

    @property
    def unread(self) -> tuple[str, ...]:
        """The languages whose dictionaries turned out not to be readable."""
        return tuple(code for code, dictionary in self._read.items() if dictionary is None)

    @property
    def is_ready(self) -> bool:
        """Whether `load` has read what is chosen now."""
        return self._used is not None

    def load(self) -> None:
        """Read the dictionaries of the languages chosen and the words learnt; call it on a thread of its own."""
        with self._gate:
            chosen = tuple(self._chosen())
            for language in self.languages:
                if language.code in chosen and language.code not in self._read:
                    self._read[language.code] = _dictionary(language.path)
            self._learnt = frozenset(folded(each.id) for each in self.words())
            self._judged = {}
            self._used = tuple(self._read[code] for code in chosen if self._read.get(code) is not None)

    # -- judging ---------------------------------------------------------------------------------------------------

    def is_known(self, word: str) -> bool:
        """Whether a word stands in a dictionary in use or was learnt; with none in use every word does."""
        if not self._used or len(word) > LONGEST_WORD:
            return True
        known = self._judged.get(word)
        if known is None:
            known = self._judge(word, self._used)
            if len(self._judged) >= MOST_REMEMBERED:
                self._judged = {}
            self._judged[word] = known
        return known

    def _judge(self, word: str, used: tuple[Any, ...]) -> bool:
        if folded(word) in self._learnt or folded(without_possessive(word)) in self._learnt:
            return True
        plain = plain_word(word)
        return any(dictionary.lookup(plain) for dictionary in used)

    def suggestions(self, word: str) -> list[str]:
        """Return up to five other spellings, the likeliest first: some tenth of a second's work."""
        until = monotonic() + LONGEST_SEARCH
        found: list[str] = []
        for dictionary in self._used or ():
            place = 0  # the languages take turns: the best of each come first
            for suggestion in dictionary.suggest(plain_word(word)):
                if suggestion not in found:
                    found.insert(min(place, len(found)), suggestion)
                place += 2
                if place >= 2 * MOST_SUGGESTIONS or monotonic() > until:
                    break
        return found[:MOST_SUGGESTIONS]

    # -- learning --------------------------------------------------------------------------------------------------

    def words(self) -> list[SpellingWord]:
        """Return the words learnt, in their order."""
        with self._practice.read() as reading:
            return sorted(reading.all(SpellingWord), key=lambda each: (each.id.casefold(), each.id))

    def learn_word(self, word: str) -> SpellingWord:
        """Keep a word as rightly spelt. Raises Refused for one that is empty or longer than sixty letters."""
        learnt = SpellingWord(id=plain_word(word.strip()))
        if not learnt.id or len(learnt.id) > LONGEST_WORD or len(learnt.id.split()) > 1:
            raise Refused(reason=_("The dictionary takes one word at a time, of sixty letters at most."))
        self._practice.write("learn_word", lambda writing: writing.upsert(learnt))
        return learnt

    def forget_word(self, word: str) -> None:
        """Take a word out of the dictionary; one that is not there stays out."""

        def work(writing: Writing) -> None:
            if writing.get(SpellingWord, word) is not None:
                writing.delete(SpellingWord, word)

        self._practice.write("forget_word", work)

    def _on_changed(self, change: Changed) -> None:
        """Follow what was learnt at once, and other settings with the next `load`."""
        if change.touches("spelling_word"):
            self._learnt = frozenset(folded(each.id) for each in self.words())
            self._judged = {}
        if change.touches("setting"):
            self._used = None


@cache
def _dictionary(path: Path) -> Any:
    """Return a dictionary, or None where its files can't be read; it is read once, for it holds no word of a client."""
    from spylls.hunspell import Dictionary, readers
    from spylls.hunspell.readers.file_reader import FileReader

    class WholeReader(FileReader):  # type: ignore[misc]  # the library ships no types
        """Reads a file at once: the library's own reader leaves it open."""

        def _open(self, path: str, encoding: str) -> io.StringIO:
            return io.StringIO(Path(path).read_bytes().decode(encoding, "surrogateescape"), newline=None)

    try:
        affixes, context = readers.read_aff(WholeReader(f"{path}.aff"))
        stems = Stems(affixes, context)
        stems.read(WholeReader(f"{path}.dic", encoding=context.encoding))
        dictionary = Dictionary(affixes, stems)
        dictionary.suggester.words_for_ngram = stems
        return dictionary
    except Exception:  # another program's files may be broken in any way: then this language is not offered
        return None
