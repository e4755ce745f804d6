"""From a TOML file to what it defines, with errors that name file, line and field.

A dataclass is the format of its file: its fields are the keys, their types the values that are allowed.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from math import isfinite
from types import UnionType
from typing import Any, NoReturn, TypeVar, get_args, get_origin, get_type_hints

from ipt_desktop.domain.errors import DefinitionError
from ipt_desktop.domain.text import _
from ipt_desktop.services.toml_lines import Place, lines_of

T = TypeVar("T")
_WORD = re.compile(r"^[a-z][a-z0-9_-]*$")


@dataclass(frozen=True)
class Source:
    """A definition as it was written: its file's name, its values and its text."""

    file: str
    body: dict[str, Any]
    text: str

    def refuse(self, place: Place, reason: str) -> NoReturn:
        """Raise the error for a value, or for what is missing there."""
        lines = lines_of(self.text)
        line = next((lines[place[:end]] for end in range(len(place), -1, -1) if place[:end] in lines), 1)
        raise DefinitionError(file=self.file, line=line, field=self._name(place), reason=reason)

    def _name(self, place: Place) -> str:
        """Say a place by the keys of what it is in: `room.mood.kind`."""
        at: Any = self.body
        name: list[str] = []
        for step in place:
            at = at[step] if isinstance(step, int) or (isinstance(at, Mapping) and step in at) else None
            key = at.get("key") if isinstance(step, int) and isinstance(at, Mapping) else None
            if isinstance(step, int):
                name[-1] = key if isinstance(key, str) else f"{name[-1]}[{step + 1}]"
            else:
                name.append(step)
        return ".".join(name)


def parse_as(kind: type[T], text: str, file: str) -> tuple[T, Source]:
    """Read a file whose format is a dataclass; the source tells where a value stands. Raises `DefinitionError`."""
    source = _source(text, file)
    return _read(kind, source.body, (), source), source


def _source(text: str, file: str) -> Source:
    try:
        return Source(file, tomllib.loads(text), text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line, column = (int(found[1]), found[2]) if found else (text.count("\n") + 1, "1")
        reason = str(error).split(" (at ")[0]
        raise DefinitionError(file=file, line=line, field=_("column {column}").format(column=column), reason=reason) from None


def _read(kind: type[T], body: Any, place: Place, source: Source) -> T:
    if not isinstance(body, Mapping):
        source.refuse(place, _("a table is expected here"))
    known = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]
    for name in body:
        if name not in known:
            source.refuse((*place, name), _("there is no such field; known are {names}").format(names=", ".join(known)))
    for name, each in known.items():
        if name not in body and each.default is MISSING and each.default_factory is MISSING:
            source.refuse((*place, name), _("this field is missing"))
    types = get_type_hints(kind)
    return kind(**{name: _value(types[name], value, (*place, name), source) for name, value in body.items()})


def _value(kind: Any, value: Any, place: Place, source: Source) -> Any:
    if isinstance(kind, UnionType):
        kind = get_args(kind)[0]
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            source.refuse(place, _("a list is expected here"))
        return tuple(_value(get_args(kind)[0], each, (*place, number), source) for number, each in enumerate(value))
    if is_dataclass(kind):
        return _read(kind, value, place, source)  # type: ignore[arg-type]
    if get_origin(kind) is dict:  # its keys and values are checked by whoever knows them
        return value if isinstance(value, dict) else source.refuse(place, _("a table is expected here"))
    if kind is float and type(value) is int:  # a whole number is a number, and stays whole
        return value
    if type(value) is not kind or (kind is float and not isfinite(value)):
        words = {str: _("text in quotes"), int: _("a whole number"), float: _("a number"), bool: _("true or false")}
        source.refuse(place, _("{expected} is expected here").format(expected=words[kind]))
    return value


def check_words(value: Any, place: Place, source: Source) -> None:
    """Refuse words that have to be there and are blank, in a value and all that is in it."""
    for each in fields(value):
        said = getattr(value, each.name)
        if isinstance(said, str) and each.default is MISSING and not said.strip():
            source.refuse((*place, each.name), _("words are needed here"))
        if is_dataclass(said):
            check_words(said, (*place, each.name), source)
        for number, one in enumerate(said if isinstance(said, tuple) else ()):
            if is_dataclass(one):
                check_words(one, (*place, each.name, number), source)
            elif isinstance(one, str) and not one.strip():
                source.refuse((*place, each.name, number), _("words are needed here"))


def check_range(value: int, lowest: int, highest: int, place: Place, source: Source) -> None:
    """Refuse a number outside a range."""
    if not lowest <= value <= highest:
        words = _("a number from {lowest} to {highest} is expected here")
        source.refuse(place, words.format(lowest=lowest, highest=highest))


def check_keys(place: Place, keys: Sequence[str], source: Source) -> None:
    """Refuse keys that are none, and one that is used twice in its list."""
    for number, key in enumerate(keys):
        check_key(key, (*place, number), source)
        if key in keys[:number]:
            source.refuse((*place, number, "key"), _("“{key}” is used twice").format(key=key))


def check_key(key: str, place: Place, source: Source) -> None:
    """Refuse a key that is none."""
    if not _WORD.match(key):
        source.refuse((*place, "key"), _("a key is made of small letters, digits, - and _"))


def check_one_of(value: str, known: Iterable[str], place: Place, source: Source, *, may_be_empty: bool = False) -> None:
    """Refuse a word that is not one of those known."""
    if value not in set(known) and not (may_be_empty and not value):
        names = ", ".join(str(each) for each in known)
        source.refuse(place, _("“{value}” is not known; known are {names}").format(value=value, names=names))
