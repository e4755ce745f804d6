"""A measure's definition as it is kept with its results: readable when its file is changed or gone."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from ipt_desktop.domain.form import definition_hash
from ipt_desktop.domain.measure import Measure

T = TypeVar("T")


def to_json(measure: Measure) -> dict[str, Any]:
    """Return a measure's definition as JSON; what has its usual value is left out."""
    return _told(measure)  # type: ignore[no-any-return]


def from_json(body: Mapping[str, Any]) -> Measure:
    """Read a stored definition; what a later version added is passed over."""
    return _read(Measure, body)


def measure_hash(measure: Measure) -> str:
    """Return the id a measure's definition is stored under."""
    return definition_hash(to_json(measure))


def _told(value: Any) -> Any:
    if is_dataclass(value):
        kept = ((each.name, getattr(value, each.name), each.default) for each in fields(value))
        return {name: _told(told) for name, told, usual in kept if told != usual}
    return [_told(each) for each in value] if isinstance(value, tuple) else value


def _read(kind: type[T], body: Mapping[str, Any]) -> T:
    types = _types(kind)  # type: ignore[arg-type]
    return kind(**{each: _as(types[each], body[each]) for each in types if each in body})


@cache
def _types(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _as(kind: Any, value: Any) -> Any:
    """Return a value of JSON as its field has it: lists as tuples, tables as dataclasses."""
    if isinstance(kind, UnionType):
        kind = get_args(kind)[0]
    if get_origin(kind) is tuple:
        return tuple(_as(get_args(kind)[0], each) for each in value)
    return _read(kind, value) if is_dataclass(kind) else value  # type: ignore[arg-type]
