"""What is to be looked at on the pages before they leave, besides the names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipt_desktop.domain.report import places_in_words
from ipt_desktop.domain.text import _

if TYPE_CHECKING:
    from ui.reports.typesetter import Proof


def cautions(proof: Proof, check_words: str) -> tuple[str, str] | None:
    """Return a head and words, or None where there is nothing; `check_words` head what the kind itself has looked for."""
    heads, words = [], []
    if proof.places:
        heads.append(_("Some characters cannot be printed; in brackets stands what they are"))
        words.append(_("{places}.").format(places=places_in_words(proof.places)))
    if proof.lost:
        heads.append(_("The record now says something else where you had changed a text"))
        words.append(_("Your words are not on these pages. Read the text there, and change it again if you want."))
    if proof.checks:
        heads.append(_(check_words))
        words += proof.checks
    return (". ".join(heads), " ".join(words)) if heads else None
