"""The recovery code: the root key as a therapist keeps it on paper, in fourteen groups of four characters.

Crockford's base 32 (no I, L, O, U; case and hyphens do not matter): 52 characters hold the 32 bytes, four more are the check.
The check is a linear code over GF(32) of 20 bits whose distance is 3 at this length (a BCH code: its generator has two
consecutive powers of an element of order 1023 as roots), so every one or two wrong characters are noticed, and a
single one, or a swap of neighbours, is found and its group named.
"""

import secrets
from collections.abc import Sequence
from functools import cache

from ipt_desktop.domain.errors import RecoveryCodeWrong
from ipt_desktop.domain.text import _
from ipt_desktop.services.keys import KEY_BYTES

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
QR_PREFIX = "IPTR1:"  # what a scanned code begins with: it tells what it is
GROUP = 4
GROUPS = 14
LENGTH = GROUP * GROUPS
CHECK = 4
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})
_PARTED_BY = " -‐‑–—−\xa0\u202f\t\r\n."  # spaces and dashes as word processors set them, too
_PARTING = str.maketrans(dict.fromkeys(_PARTED_BY))
_APART = str.maketrans(dict.fromkeys(_PARTED_BY, " "))
_GENERATOR = (0, 26, 27, 12)  # x⁴ + 26x² + 27x + 12, the leading 1 left out
_MODULUS = 0b100101  # x⁵ + x² + 1


def code_of(root: bytes) -> str:
    """Return the code of a root key, its groups parted by hyphens."""
    number = int.from_bytes(root, "big") << (LENGTH - CHECK) * 5 - KEY_BYTES * 8
    held = [number >> shift & 31 for shift in range((LENGTH - CHECK - 1) * 5, -1, -5)]
    text = "".join(ALPHABET[value] for value in (*held, *_remainder([*held, 0, 0, 0, 0])))
    return "-".join(groups_of(text))


def groups_of(code: str) -> list[str]:
    """Return the groups of a code in order."""
    text = code.translate(_PARTING)
    return [text[start : start + GROUP] for start in range(0, len(text), GROUP)]


def group_to_ask() -> int:
    """Return the number of the group, 1 to 14, that shows whether the sheet is at hand."""
    return secrets.randbelow(GROUPS) + 1


def is_group(code: str, group: int, typed: str) -> bool:
    """Tell whether `typed` is this group (1 to 14) of a code, as leniently as a whole code is read."""
    return _plain(typed) == groups_of(code)[group - 1]


def group_problem(code: str, group: int, typed: str) -> str:
    """Say what is wrong with a group (1 to 14) of a code that was typed back from its sheet, "" where nothing is."""
    text, groups = _plain(typed), groups_of(code)
    right = groups[group - 1]
    if text == right:
        return ""
    if unknown := next((each for each in text if each not in ALPHABET), ""):
        return _("“{character}” is in no code. Look at the sheet again.").format(character=unknown)
    if not text:
        return _("Type group {group}; its small number stands before it.").format(group=group)
    if len(text) != GROUP:
        return _("A group has {size} characters; these are {length}.").format(size=GROUP, length=len(text))
    if text in groups:
        words = _("That is group {found}. Type group {group}; its small number stands before it.")
        return words.format(found=groups.index(text) + 1, group=group)
    wrong = [place for place in range(GROUP) if text[place] != right[place]]
    if len(wrong) == 1:
        return _("Character {place} is not as it stands on the sheet.").format(place=wrong[0] + 1)
    return _("This is not group {group} as it stands on the sheet.").format(group=group)


def root_of(code: str) -> bytes:
    """Return the root key a code holds.

    Raises RecoveryCodeWrong, naming the group where that can be told, for anything that is not exactly a code.
    """
    text = _plain(code)
    if reason := _unknown(text):
        raise RecoveryCodeWrong(reason=reason)
    if len(text) != LENGTH:
        reason = _("a code has {count} groups of {size} characters; these are {length} characters")
        raise RecoveryCodeWrong(reason=reason.format(count=GROUPS, size=GROUP, length=len(text)))
    values = [ALPHABET.index(character) for character in text]
    if any(_remainder(values)):
        raise RecoveryCodeWrong(reason=_wrong_place(values))
    number = 0
    for value in values[:-CHECK]:
        number = number << 5 | value
    spare = (LENGTH - CHECK) * 5 - KEY_BYTES * 8
    if number & (1 << spare) - 1:
        raise RecoveryCodeWrong(reason=_("more than one character is wrong"))
    return (number >> spare).to_bytes(KEY_BYTES, "big")


def problem_so_far(typed: str) -> str:
    """Say what is wrong with as much of a code as has been typed, as `root_of` does; "" while all of it may be right."""
    text = _plain(typed)
    if reason := _unknown(text):
        return reason
    group = 1
    for part in _without_numbers(typed).translate(_APART).split()[:-1]:
        if len(part) % GROUP:
            within, length = (len(part) // GROUP, len(part) % GROUP) if len(part) > GROUP + 1 else (0, len(part))
            reason = _("group {group} has {length} characters instead of {size}")
            return reason.format(group=group + within, length=length, size=GROUP)
        group += len(part) // GROUP
    if len(text) >= LENGTH:
        try:
            root_of(text)
        except RecoveryCodeWrong as error:
            return str(error.values["reason"])
    return ""


def groups_typed(typed: str) -> int:
    """Return how many whole groups have been typed."""
    return len(_plain(typed)) // GROUP


def _unknown(text: str) -> str:
    """Say which group holds a character that no code has, "" where none does."""
    for place, character in enumerate(text):
        if character not in ALPHABET:
            reason = _("group {group} holds “{character}”, which no code has")
            return reason.format(group=place // GROUP + 1, character=character)
    return ""


def _plain(typed: str) -> str:
    """Return what was typed or scanned as a code is written: capitals without parting, digits for what looks like them."""
    return _without_numbers(typed).translate(_PARTING).translate(_READ_AS)


def _without_numbers(typed: str) -> str:
    """Return a whole code in capitals, without the small numbers that are copied along from a saved sheet."""
    text = typed.strip().upper().removeprefix(QR_PREFIX)
    parts = text.translate(_APART).split()
    return " ".join(parts[1::2]) if parts[::2] == [str(number) for number in range(1, GROUPS + 1)] else text


def _wrong_place(values: Sequence[int]) -> str:
    """Say which group is wrong, where one change, or else one swap of neighbours, would make the code right."""
    rest = _remainder(values)
    weights = _weights()
    for place, weight in enumerate(weights):
        if any(_times(slip, weight) == rest for slip in range(1, 32)):
            return _group_words(place)
    for place in range(1, LENGTH):
        slip = values[place - 1] ^ values[place]
        both = [one ^ other for one, other in zip(weights[place - 1], weights[place], strict=True)]
        if slip and _times(slip, both) == rest:
            return _group_words(place)
    return _("more than one character is wrong")


@cache
def _weights() -> list[list[int]]:
    """Return what a slip of 1 at each place leaves over."""
    return [_remainder([1, *[0] * after]) for after in range(LENGTH - 1, -1, -1)]


def _group_words(place: int) -> str:
    return _("group {group} is not as it stands on the sheet").format(group=place // GROUP + 1)


def _times(factor: int, word: Sequence[int]) -> list[int]:
    return [_product(factor, value) for value in word]


def _remainder(values: Sequence[int]) -> list[int]:
    """Return what is left of a word, its first character the highest power, when the generator divides it."""
    rest = [0] * CHECK
    for value in values:
        top, *lower = rest
        rest = [low ^ _product(top, factor) for low, factor in zip([*lower, value], _GENERATOR, strict=True)]
    return rest


@cache
def _product(one: int, other: int) -> int:
    """Multiply in GF(32)."""
    product = 0
    for bit in range(5):
        if other >> bit & 1:
            product ^= one << bit
    for bit in range(8, 4, -1):
        if product >> bit & 1:
            product ^= _MODULUS << bit - 5
    return product
