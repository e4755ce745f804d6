"""Every word of a report, however deep it lies, changed by one rule: spelt out, or masked."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from ipt_desktop.domain.picture import Label

T = TypeVar("T")


def with_words(value: T, change: Callable[[str], str], *, token: str = "") -> T:
    """Return a value of a report with each of its texts changed; what needs nothing stays as it is.

    Where the letters in a token of the circle would change, `token` stands there instead, if it says anything.
    """
    made: Any = value
    if isinstance(value, str) and not isinstance(value, Enum):
        made = change(value)
    elif isinstance(value, tuple):
        made = tuple(with_words(each, change, token=token) for each in value)
    elif token and isinstance(value, Label) and value.style.startswith("initials"):
        made = replace(value, text=value.text if change(value.text) == value.text else token)
    elif is_dataclass(value) and not isinstance(value, type):
        made = replace(
            value, **{each.name: with_words(getattr(value, each.name), change, token=token) for each in fields(value)}
        )
    return made  # type: ignore[no-any-return]
