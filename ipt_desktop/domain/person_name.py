"""Names as they are kept and as they are cut: one line of what can be read, in whole characters as people see them."""

import unicodedata
from collections.abc import Callable, Iterator

LONGEST_NAME = 200
"""Code points that a name has room for; an emoji may take several."""

_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the reading direction of whatever follows them, beyond the name. Its own letters say which way they run."""
_JOINER = "\u200d"
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters by their category that show nothing."""
_MODIFIERS = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)


def cleaned_name(text: str) -> str:
    """Return a name as it is kept: line ends and tabs are spaces, and half characters, NUL and other controls go.

    Joiners and variation signs stay, as emoji and several scripts need them; what turns the direction of other text goes.
    """
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")  # two halves of one emoji are joined
    spaced = "".join(" " if each.isspace() else each for each in whole)
    kept = (each for each in spaced if unicodedata.category(each) not in ("Cc", "Cs") and each not in _TURNS | {"\ufeff"})
    return " ".join("".join(kept).split())


def is_nameless(name: str) -> bool:
    """Whether nothing of a name would be seen: it is empty, or all marks and joiners."""
    return not any(unicodedata.category(each)[0] in "LNPS" and each not in _BLANK for each in name)


def characters(text: str) -> list[str]:
    """Return the characters as they are seen: a flag, a family joined of four emoji or a letter with its accents is one."""
    return list(text) if text.isascii() else list(_clusters(text))


def _clusters(text: str) -> Iterator[str]:
    cluster = ""
    for each in text:
        if cluster and _goes_on(cluster, each):
            cluster += each
        else:
            if cluster:
                yield cluster
            cluster = each
    if cluster:
        yield cluster


def _goes_on(cluster: str, letter: str) -> bool:
    """Whether a letter belongs to the character begun."""
    code = ord(letter)
    if letter == _JOINER or cluster.endswith(_JOINER) or code in _MODIFIERS or code in _TAGS or code == 0xE007F:
        return True
    if code in _FLAG_LETTERS:
        return len(cluster) == 1 and ord(cluster) in _FLAG_LETTERS
    return unicodedata.category(letter)[0] == "M"


def cut_to(text: str, most: int) -> str:
    """Return a text of at most so many characters as they are seen, with an ellipsis where it was cut."""
    seen = characters(text) if len(text) > most else []
    return "".join(seen[: most - 1]).rstrip() + "…" if len(seen) > most else text


def fitted(text: str, width: float, measure: Callable[[str], float]) -> str:
    """Return as much of a text as fits, cut between characters as they are seen, with an ellipsis; "" where not one fits."""
    if measure(text) <= width:
        return text
    seen = characters(text)
    low, high = 0, len(seen) - 1
    while low < high:  # the widest beginning that fits: halved, since a name may be long
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure("".join(seen[:middle]).rstrip() + "…") <= width else (low, middle - 1)
    return "".join(seen[:low]).rstrip() + "…" if low > 0 else ""
