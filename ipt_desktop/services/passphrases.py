"""Passphrases: how hard one is to guess, in words, and one that nobody guesses."""

import math
import secrets
from functools import cache

from ipt_desktop.domain.text import _

SHORTEST = 12
WEAK_BITS, FAIR_BITS = 45, 65
SUGGESTED_WORDS = 6
BITS_OF_A_WORD = 11.5  # people choose from the few thousand words they use


def strength_words(passphrase: str) -> str:
    """Say in words how hard a passphrase is to guess: too short, weak, fair or strong."""
    if not passphrase:
        return ""
    if len(passphrase) < SHORTEST:
        return _("Too short: {count} of at least {least} characters").format(count=len(passphrase), least=SHORTEST)
    bits = _guessing_bits(passphrase)
    if bits < WEAK_BITS:
        return _("Weak: a program could guess it")
    return _("Fair") if bits < FAIR_BITS else _("Strong")


def suggest_passphrase() -> str:
    """Return six different random words of the bundled list of 7,776: 77 bits, even for someone who knows the list."""
    return " ".join(secrets.SystemRandom().sample(_words(), SUGGESTED_WORDS))


@cache
def _words() -> tuple[str, ...]:
    from ipt_desktop.services.resources_folder import resources_folder

    return tuple(resources_folder().joinpath("words", "en.txt").read_text("utf-8").split())


def _guessing_bits(passphrase: str) -> float:
    """Return a cautious estimate: characters that repeat add nothing, and a word counts for little more than its letters."""
    words = {word.lower() for word in passphrase.split()}
    if len(words) >= 3:
        return sum(min(BITS_OF_A_WORD, 5 * len(set(word))) for word in words)
    kinds = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())
    pool = sum(size for kind, size in zip(kinds, (26, 26, 10, 20), strict=True) if any(map(kind, passphrase)))
    return len(set(passphrase)) * math.log2(max(pool, 2)) * 0.72
