"""The records a signed note shows, read back from what was taken down as it was signed (`services.signed_snapshot`)."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from datetime import date, datetime, time
from enum import StrEnum
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

R = TypeVar("R")


def records_in(snapshot: Mapping[str, Any], key: str, record_type: type[R]) -> list[R]:
    """Return the records kept under a key, in their order. One that was altered past the program is passed over."""
    told: list[R] = []
    for each in snapshot.get(key) or ():
        with suppress(TypeError, ValueError, KeyError):  # for *Verify* to name
            told.append(_record(record_type, each))
    return told


def _record(record_type: type[R], told: Mapping[str, Any]) -> R:
    """Return a record from its JSON; what a later release added to it keeps its usual value."""
    kinds = get_type_hints(record_type)
    names = [each.name for each in fields(record_type) if each.name in told]  # type: ignore[arg-type]
    return record_type(**{name: _value(kinds[name], told[name]) for name in names})


def _value(kind: Any, told: Any) -> Any:
    if get_origin(kind) is UnionType:
        return None if told is None else _value(get_args(kind)[0], told)
    if kind in (date, datetime, time):
        return kind.fromisoformat(told)
    return kind(told) if isinstance(kind, type) and issubclass(kind, StrEnum) else told
