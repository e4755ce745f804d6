"""The sessions of many courses counted by the database: a practice of decades has tens of thousands of them."""

import json
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from ipt_desktop.domain.course import COUNTED, COUNTED_KINDS, SEEN, Tally


def find(execute: Callable[..., Any], today: date, course_ids: Collection[str]) -> dict[str, Tally]:
    """Return the tally of each of these courses that has sessions; `execute` runs SQL with its values."""
    values = {"today": today.isoformat(), "courses": json.dumps(list(course_ids))}
    return {
        course_id: Tally(counted, over, of_today, answered, date.fromisoformat(seen) if seen else None)
        for course_id, counted, over, of_today, answered, seen in execute(_QUERY, values)
    }


def _listed(kinds: Collection[str | None]) -> str:
    return ", ".join(f"'{each}'" for each in sorted(each for each in kinds if each is not None))


assert None in COUNTED  # noqa: S101 - a session that is not answered yet has a number, which the query knows
_COUNTED = f"(kind IN ({_listed(COUNTED_KINDS)}) AND (attendance IS NULL OR attendance IN ({_listed(COUNTED)})))"
_QUERY = f"""
SELECT course_id,
    sum({_COUNTED}),
    sum({_COUNTED} AND date < :today),
    sum({_COUNTED} AND date = :today),
    sum({_COUNTED} AND date = :today AND attendance IS NOT NULL),
    max(CASE WHEN attendance IN ({_listed(SEEN)}) THEN date END)
FROM session WHERE course_id IN (SELECT value FROM json_each(:courses)) GROUP BY course_id
"""  # noqa: S608 - our own words
