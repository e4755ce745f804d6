"""What a look through all signed notes came to: which were altered past the program, and whether any signature is missing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.text import _, marked, ngettext

MOST_NAMED = 20


class SignatureFault(StrEnum):
    """What can be wrong with a signed document."""

    ALTERED = "altered"
    FORM_ALTERED = "form_altered"
    MISSING = "missing"
    DOCUMENT_GONE = "document_gone"
    UNLINKED = "unlinked"
    UNTOLD = "untold"


_WORDS = {
    SignatureFault.ALTERED: marked("{what} is not as it was signed: its text, what it shows, or its signature was altered."),
    SignatureFault.FORM_ALTERED: marked("{what} can’t be read as it was signed: its form was altered or is gone."),
    SignatureFault.MISSING: marked("{what} was signed, and its signature is gone."),
    SignatureFault.DOCUMENT_GONE: marked("{what} was signed, and its text is gone."),
    SignatureFault.UNLINKED: marked("{what} does not follow the signature before it: one of the two was made anew."),
    SignatureFault.UNTOLD: marked("{what} bears a signature that the audit trail does not tell of."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A signed document that something is wrong with: whose it is and which session it is of, as far as that is known."""

    fault: SignatureFault
    number: int
    document_id: str
    client_id: str
    on: date | None = None
    is_addendum: bool = False

    def in_words(self, name_of: Callable[[str], str]) -> str:
        """Return what is wrong as a sentence; `name_of` names a client by id."""
        name = name_of(self.client_id)
        if self.on is None:
            what = _("Signature {number}, {name},").format(number=self.number, name=name)
        elif self.is_addendum:
            what = _("The addendum to the note of {name} of {day}").format(name=name, day=long_date(self.on))
        else:
            what = _("The note of {name} of {day}").format(name=name, day=long_date(self.on))
        return _(_WORDS[self.fault]).format(what=what)


@dataclass(frozen=True, slots=True)
class SignatureState:
    """How many signed documents were looked through, and what was found, in the order of their signatures.

    `erased` counts signatures that went with a client who was erased. `contradicting` are the numbers that a backup knows with
    another mark; `backups` counts those that were heard.
    """

    signed: int
    findings: tuple[Finding, ...] = ()
    erased: int = 0
    backups: int = 0
    contradicting: tuple[int, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether nothing at all was found."""
        return not self.findings and not self.contradicting

    @property
    def faults(self) -> int:
        """How much was found."""
        return len(self.findings) + len(self.contradicting)

    def in_words(self, name_of: Callable[[str], str]) -> str:
        """Return the result in plain sentences."""
        return " ".join(self._sound_words() if self.is_sound else self._fault_words(name_of))

    def _sound_words(self) -> Iterable[str]:
        if not self.signed:
            yield _("No note is signed yet.")
            return
        words = ngettext(
            "The one signed note is as it was signed.", "All {count} signed notes are as they were signed.", self.signed
        )
        yield words.format(count=f"{self.signed:,}")
        if self.erased:
            words = ngettext("{count} more went with an erased client.", "{count} more went with erased clients.", self.erased)
            yield words.format(count=self.erased)
        if self.backups:
            words = ngettext("{count} backup agrees.", "{count} backups agree.", self.backups)
            yield words.format(count=self.backups)
        yield limits_words()

    def _fault_words(self, name_of: Callable[[str], str]) -> Iterable[str]:
        for each in self.findings[:MOST_NAMED]:
            yield each.in_words(name_of)
        more = len(self.findings) - MOST_NAMED
        if more > 0:
            yield ngettext("{count} more was altered.", "{count} more were altered.", more).format(count=more)
        for number in self.contradicting[:1]:
            yield _("A backup knows signature {number} with another mark: the signatures were made anew since.").format(
                number=number
            )
        yield _("It was changed outside this program, or damaged. A backup from before has it as it was.")


def limits_words() -> str:
    """Return what verifying can tell, and no more."""
    return _("This detects changes made outside the program.")
