"""Whose a record is: the way from each table to the client, along the links without which its rows cannot exist."""

from functools import cache
from itertools import pairwise

from sqlalchemy import Table

from ipt_desktop.storage.tables import Schema, metadata_of

CLIENT = "client"


@cache
def owner_query(table_name: str) -> str | None:
    """Return the SQL that gives the client's id for a record's id; None for a table whose rows belong to no client."""
    if table_name == CLIENT:
        return 'SELECT id FROM "client" WHERE id = ?'
    way = _way_up(metadata_of(Schema.PRACTICE).tables.get(table_name))
    if way is None:
        return None
    last_table, last_column = way[-1]
    joins = "".join(
        f' JOIN "{parent}" ON "{parent}".id = "{child}"."{column}"' for (child, column), (parent, _next) in pairwise(way)
    )
    return f'SELECT "{last_table}"."{last_column}" FROM "{table_name}"{joins} WHERE "{table_name}".id = ?'  # noqa: S608


def _way_up(table: Table | None) -> list[tuple[str, str]] | None:
    """Return tables and columns from here up to the one that names the client, the shortest way; None where there is none."""
    waiting: list[list[tuple[str, str]]] = [[]]
    tables = [table]
    while tables:
        here, way = tables.pop(0), waiting.pop(0)
        if here is None:
            continue
        for key in here.foreign_keys:
            if key.ondelete == "CASCADE":
                longer = [*way, (here.name, key.parent.name)]
                if key.column.table.name == CLIENT:
                    return longer
                tables.append(key.column.table)
                waiting.append(longer)
    return None
