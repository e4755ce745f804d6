"""Undo beside others: what one step changed is changed back in the record as it is now, and nothing else is touched."""

from dataclasses import fields, replace
from typing import Any, TypeVar, cast

from ipt_desktop.domain.records import Record

R = TypeVar("R", bound=Record)


def carried_over(stored: R, seen: R, wanted: R) -> R | None:
    """Return the stored record with each change from `seen` to `wanted` made in it; its id stays.

    None where one of these fields holds a third value by now: somebody changed the same thing in another place.
    """
    changed: dict[str, Any] = {}
    for each in fields(cast(Any, stored)):
        old, new, now = (getattr(record, each.name) for record in (seen, wanted, stored))
        if each.name == "id" or old == new:
            continue
        if now not in (old, new):
            return None
        changed[each.name] = new
    return cast(R, replace(cast(Any, stored), **changed))
