"""One mapper between frozen dataclasses and table rows, driven by the records' own type hints.

A row holds only what SQLite itself knows: text, integers and floats. Dates and times are ISO text, instants ISO text in UTC
with microseconds (so that they sort as text), enumerations their value, and everything nested is JSON.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from sqlalchemy import Float, Integer, Text
from sqlalchemy.types import TypeEngine

from ipt_desktop.domain.records import Record

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class FieldMap:
    """How one field of a record is kept: its column's type, and the way there and back."""

    name: str
    column_type: type[TypeEngine[Any]]
    is_optional: bool
    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]

    def to_column(self, value: object) -> object:
        """Return the stored form of `value`; None stays None (NULL)."""
        return None if value is None else self.encode(value)

    def to_field(self, value: object) -> object:
        """Return the field's value for a stored one; NULL is None."""
        return None if value is None else self.decode(value)


@cache
def fields_of(record_type: type[Record]) -> dict[str, FieldMap]:
    """Return the fields of a record type by name, in the order of its columns.

    Raises TypeError for a type hint the mapper does not know, so that a new kind of field is noticed at once.
    """
    hints = get_type_hints(record_type)
    return {field.name: _map(field.name, hints[field.name]) for field in fields(cast(Any, record_type))}


def to_row(record: Record) -> dict[str, Any]:
    """Return a record as the values of its row."""
    return {name: kept.to_column(getattr(record, name)) for name, kept in fields_of(type(record)).items()}


def to_record(record_type: type[R], row: Mapping[str, Any]) -> R:
    """Return the record that a row holds."""
    return record_type(**{name: kept.to_field(row[name]) for name, kept in fields_of(record_type).items()})


def _map(name: str, hint: Any) -> FieldMap:
    """Return how a field of this type hint is kept."""
    is_optional = isinstance(hint, UnionType) and NoneType in get_args(hint)
    plain = next(part for part in get_args(hint) if part is not NoneType) if is_optional else hint
    column_type, encode, decode = _plain(plain)
    return FieldMap(name, column_type, is_optional, encode, decode)


def _plain(hint: Any) -> tuple[type[TypeEngine[Any]], Callable[[Any], Any], Callable[[Any], Any]]:
    """Return column type, encoder and decoder of a type hint without None."""
    if hint in _KNOWN:
        return _KNOWN[hint]
    origin = get_origin(hint) or hint
    if origin in (dict, list):
        return Text, _to_json, json.loads
    if origin is tuple and is_dataclass(get_args(hint)[0]):
        part = get_args(hint)[0]
        return Text, _parts_to_json, lambda text: tuple(part(**values) for values in json.loads(text))
    if is_dataclass(hint) and isinstance(hint, type):
        # Read once for each text there is: thousands of rows hold the same few levels, and such a record never changes.
        return Text, lambda value: _to_json(asdict(value)), lru_cache(256)(lambda text: hint(**json.loads(text)))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Text, lambda value: hint(value).value, hint
    raise TypeError(f"the mapper keeps no {hint!r}")


def _same(value: Any) -> Any:
    return value


def _text(value: str) -> str:
    """Return text that UTF-8 can hold: half a character (a limit or a paste may cut an emoji in two) becomes U+FFFD.

    Refused instead, it would keep the whole note from being saved, over and over, because of one character.
    """
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return value


def _instant(value: datetime) -> str:
    """Return an aware instant as UTC text of fixed length; a naive one is a fault of the caller."""
    if value.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _to_json(value: Any) -> str:
    return _text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _parts_to_json(parts: tuple[Any, ...]) -> str:
    return _to_json([asdict(part) for part in parts])


_KNOWN: dict[Any, tuple[type[TypeEngine[Any]], Callable[[Any], Any], Callable[[Any], Any]]] = {
    str: (Text, _text, _same),
    int: (Integer, int, _same),
    float: (Float, float, float),
    bool: (Integer, int, bool),
    date: (Text, date.isoformat, date.fromisoformat),
    time: (Text, time.isoformat, time.fromisoformat),
    datetime: (Text, _instant, datetime.fromisoformat),
}
