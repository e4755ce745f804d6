"""The risk entries that say where each kind stands, found by the database: the latest, back to one that says it in words."""

import json
from collections.abc import Callable, Collection
from typing import Any


def find(execute: Callable[..., Any], client_ids: Collection[str]) -> list[str]:
    """Return the ids of the entries that count for these clients; `execute` runs SQL with its values.

    Of each client and kind the latest, and while those say "unchanged" without words, or that it was not asked, the one before.
    """
    return [row[0] for row in execute(_QUERY, {"clients": json.dumps(list(client_ids))})]


_SPEAKS = "asked IN ('none', 'changed') OR (asked = 'unchanged' AND trim(words) <> '')"
_QUERY = f"""
SELECT id FROM (
    SELECT id, sum({_SPEAKS}) OVER (
        PARTITION BY client_id, kind ORDER BY "on" DESC, created_at DESC, id DESC
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS spoken
    FROM risk_entry WHERE client_id IN (SELECT value FROM json_each(:clients))
) WHERE coalesce(spoken, 0) = 0
"""  # noqa: S608 - our own words
