"""What can be undone of suggestions: putting one aside, and showing it again."""

from typing import Protocol

from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import SuggestionAnswer
from ui.verb import Told, Verb


class Suggestions(Protocol):
    """The operations of suggestions a command stands on (`services.suggestions`)."""

    def answer_suggestion(self, answer: SuggestionAnswer) -> object:
        """Put a suggestion aside."""
        ...

    def take_back_answer(self, answer_id: str) -> object:
        """Take an answer back."""
        ...


class PutAside(Verb):
    """A suggestion is put aside. Undone, it is there again."""

    def __init__(self, suggestions: Suggestions, answer: SuggestionAnswer, refused: Told) -> None:
        super().__init__(_("Put a suggestion aside"), refused)
        self._suggestions, self._answer = suggestions, answer

    def redo(self) -> None:
        """Put it aside."""
        self.attempt(lambda: self._suggestions.answer_suggestion(self._answer))

    def undo(self) -> None:
        """Show it again."""
        self.attempt(lambda: self._suggestions.take_back_answer(self._answer.id))


class SuggestAgain(Verb):
    """A suggestion that was put aside for good is shown again. Undone, it is put aside as before."""

    def __init__(self, suggestions: Suggestions, answer: SuggestionAnswer, refused: Told) -> None:
        super().__init__(_("Suggest it again"), refused)
        self._suggestions, self._answer = suggestions, answer

    def redo(self) -> None:
        """Show it again."""
        self.attempt(lambda: self._suggestions.take_back_answer(self._answer.id))

    def undo(self) -> None:
        """Put it aside."""
        self.attempt(lambda: self._suggestions.answer_suggestion(self._answer))
