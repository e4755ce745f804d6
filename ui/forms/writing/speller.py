"""The spell-check as a form view has it: the practice's, and what this client's notes know besides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ipt_desktop.domain.spelt_words import folded, names_as_words, without_possessive
from ui.background import Task

if TYPE_CHECKING:
    from ipt_desktop.services.spelling import Spelling


class Speller(QObject):
    """Judges words; `changed` says that words may be judged otherwise now. Dictionaries are read behind the window."""

    changed = Signal()

    def __init__(self, spelling: Spelling, parent: QObject) -> None:
        super().__init__(parent)
        self.spelling = spelling
        self._names: frozenset[str] | None = frozenset()
        self._asked_names: Callable[[], Iterable[str]] = tuple
        self._ignored: dict[str, set[str]] = {}  # by document, until lock
        self._document_id = ""
        self._is_loading = False

    def begin(self, document_id: str, names: Callable[[], Iterable[str]]) -> None:
        """Judge the words of this document; `names` tells, when it is first asked, who may be named in it."""
        self._document_id = document_id
        self._names, self._asked_names = None, names

    def load(self) -> None:
        """See to it that the dictionaries are read; `changed` tells when."""
        if self.spelling.is_ready or self._is_loading:
            return
        self._is_loading = True
        task = Task(self.spelling.load, self)
        task.done.connect(self._on_loaded)
        task.failed.connect(self._on_loaded)
        task.start()

    def is_known(self, word: str) -> bool:
        """Whether there is nothing to say about a word."""
        if self.spelling.is_known(word):
            return True
        if self._names is None:
            self._names = names_as_words(self._asked_names())
        plain = folded(word)
        return bool({plain, folded(without_possessive(word))} & self._names) or plain in self._ignored.get(
            self._document_id, ()
        )

    def ignore(self, word: str) -> None:
        """Let a word stand in this document until lock."""
        self._ignored.setdefault(self._document_id, set()).add(folded(word))
        self.changed.emit()

    def learn(self, word: str) -> None:
        """Keep a word in the practice's dictionary. Raises Refused, or SaveFailed where it could not be kept."""
        self.spelling.learn_word(word)
        self.changed.emit()

    def unlearn(self, word: str) -> None:
        """Take a word out again."""
        self.spelling.forget_word(word)
        self.changed.emit()

    def suggest(self, word: str, then: Callable[[list[str]], None]) -> None:
        """Look for other spellings behind the window and hand them over.

        The work is this object's own, which outlives menus and fields: a task must not be freed while its thread ends.
        """
        task = Task(partial(self.spelling.suggestions, word), self)
        task.done.connect(then)
        task.start()

    def forget(self) -> None:
        """Let go of every word."""
        self._document_id, self._names, self._ignored = "", frozenset(), {}
        self._asked_names = tuple

    def _on_loaded(self, _result: object) -> None:
        self._is_loading = False
        self.changed.emit()
