"""Snippets: what an abbreviation stands for in a note. A set comes along; the therapist changes it, removes from it and adds.

A change of one that came along is stored under its abbreviation; one that was removed is stored without words.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.session_records import Snippet
from ipt_desktop.domain.text import _
from ipt_desktop.services.changes import Changed
from ipt_desktop.services.practice import OpenPractice
from ipt_desktop.storage.store import Reading, Writing

LONGEST, MOST_LETTERS = 12, 2000
_ABBREVIATION = re.compile(rf"\w{{1,{LONGEST}}}")


@dataclass(frozen=True, slots=True)
class SnippetLine:
    """An abbreviation (without its semicolon) and its words; `is_own` says that it did not come along like this."""

    abbreviation: str
    words: str
    is_own: bool


class Snippets:
    """What can be done with snippets."""

    def __init__(self, practice: OpenPractice, file: Path) -> None:
        """`file` holds the set that comes along."""
        self._practice, self._file = practice, file
        self._known: dict[str, str] | None = None
        practice.changes.subscribe(self._on_changed)

    @cached_property
    def shipped(self) -> dict[str, str]:
        """The set that comes along: words by abbreviation."""
        kept = tomllib.loads(self._file.read_text("utf-8"))["snippets"]
        return {str(abbreviation): _(str(words)) for abbreviation, words in kept.items()}

    def lines(self) -> list[SnippetLine]:
        """Return all there are, by abbreviation."""
        with self._practice.read() as reading:
            return _lines(reading, self.shipped)

    def words_of(self, abbreviation: str) -> str | None:
        """Return what an abbreviation stands for, typed in any case; None where it is none."""
        if self._known is None:
            self._known = {each.abbreviation: each.words for each in self.lines()}
        return self._known.get(abbreviation.casefold())

    def keep_snippet(self, abbreviation: str, words: str, *, instead_of: str = "") -> SnippetLine:
        """Keep a snippet, `instead_of` another whose abbreviation or words changed.

        Raises Refused without words, for an abbreviation that is not one to twelve letters or digits, or one that is taken.
        """
        kept = Snippet(id=abbreviation.strip().removeprefix(";").casefold(), words=words.lstrip())
        if not _ABBREVIATION.fullmatch(kept.id):
            raise Refused(reason=_("An abbreviation is one to twelve letters or digits, without spaces."))
        if not kept.words.strip() or len(kept.words) > MOST_LETTERS:
            raise Refused(reason=_("A snippet needs words to stand for, two thousand letters at most."))

        def work(writing: Writing) -> SnippetLine:
            taken = next((each for each in _lines(writing, self.shipped) if each.abbreviation == kept.id), None)
            if taken is not None and taken.abbreviation != instead_of:
                reason = _("“;{abbreviation}” stands for “{words}” already. Change that one, or choose another abbreviation.")
                raise Refused(reason=reason.format(abbreviation=kept.id, words=taken.words.strip()))
            if instead_of and instead_of != kept.id:
                self._take_out(writing, instead_of)
            writing.upsert(kept)
            return SnippetLine(kept.id, kept.words, is_own=True)

        return self._practice.write("keep_snippet", work)

    def remove_snippet(self, abbreviation: str) -> None:
        """Take a snippet out; one that is not there stays out."""
        self._practice.write("remove_snippet", lambda writing: self._take_out(writing, abbreviation))

    def _take_out(self, writing: Writing, abbreviation: str) -> None:
        if abbreviation in self.shipped:
            writing.upsert(Snippet(id=abbreviation, words=""))
        elif writing.get(Snippet, abbreviation) is not None:
            writing.delete(Snippet, abbreviation)

    def _on_changed(self, change: Changed) -> None:
        if change.touches("snippet"):
            self._known = None


def _lines(reading: Reading, shipped: dict[str, str]) -> list[SnippetLine]:
    own = {each.id: each.words for each in reading.all(Snippet)}
    known = {**shipped, **own}
    return [SnippetLine(each, known[each], known[each] != shipped.get(each)) for each in sorted(known) if known[each]]
