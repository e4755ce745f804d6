"""Rows of the circle: who stands where in a sitting, put there and taken back."""

from collections.abc import Mapping
from dataclasses import replace

from ipt_desktop.domain.carried_over import carried_over
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.records import Person, Placement, Sitting, Support
from ipt_desktop.domain.text import _
from ipt_desktop.services.people import changed_elsewhere
from ipt_desktop.services.practice import found
from ipt_desktop.storage.store import Writing

Rows = Mapping[str, Placement | None]
"""Rows of one sitting by person id; None where a person has none in it."""


def put_row(writing: Writing, sitting_id: str, person_id: str, placement: Placement | None) -> Placement | None:
    """Make a person's row of a sitting this one, or none. Raises Refused for a wish about someone who has died."""
    person = found(writing, Person, person_id)
    found(writing, Sitting, sitting_id)
    known = writing.all(Placement, sitting_id=sitting_id, person_id=person_id)
    if placement is None:
        for row in known:
            writing.delete(Placement, row.id)
        return None
    if person.has_died and placement.desired is not None:
        reason = _("{name} has died, so closeness wanted is not asked.")
        raise Refused(reason=reason.format(name=person.name))
    if person.has_died and placement.wished != Support():
        reason = _("{name} has died, so support wished is not asked.")
        raise Refused(reason=reason.format(name=person.name))
    row = replace(placement, id=known[0].id if known else placement.id, sitting_id=sitting_id, person_id=person_id)
    writing.upsert(row)
    return row


def take_row_back(writing: Writing, sitting_id: str, person_id: str, step: tuple[Placement | None, Placement | None]) -> None:
    """Undo or redo a step of one row, from what was seen to what is wanted; what others changed in it stays.

    A wish that was there before someone died comes back with it. Raises Refused where the same was changed elsewhere since.
    """
    person = found(writing, Person, person_id)
    found(writing, Sitting, sitting_id)
    stored = next(iter(writing.all(Placement, sitting_id=sitting_id, person_id=person_id)), None)
    seen, wanted = step
    if stored is None or seen is None or wanted is None:
        if _bare(stored) == _bare(wanted):
            return
        if _bare(stored) != _bare(seen):
            raise changed_elsewhere(person.name)
        if wanted is None and stored is not None:
            writing.delete(Placement, stored.id)
        elif wanted is not None:
            writing.upsert(replace(wanted, sitting_id=sitting_id, person_id=person_id))
        return
    kept = carried_over(stored, seen, wanted)
    if kept is None:
        raise changed_elsewhere(person.name)
    writing.update(kept)


def _bare(row: Placement | None) -> Placement | None:
    """Return a row without what tells it from another of the same content."""
    return replace(row, id="") if row is not None else None
