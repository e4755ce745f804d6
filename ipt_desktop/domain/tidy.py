"""Tidying a circle: who covers somebody else turns a little, their closeness kept.

The angle has no clinical meaning; the distance from the centre is the client's answer and is never changed.
"""

from collections.abc import Sequence

from ipt_desktop.domain.circle_paper import Reach, first_clear
from ipt_desktop.domain.closeness import Geometry
from ipt_desktop.domain.standing import Standing

MOST_TURNED = 180
ROOM = 4.0


def tidied(standings: Sequence[Standing], geometry: Geometry, reach: Reach) -> dict[str, float]:
    """Return new angles in degrees, by person id, of those who must turn so that no token covers another.

    Who is in focus turns last of all, then who is nearest. Where a ring is so full that no place is clear, people stay.
    """
    taken: list[tuple[tuple[float, float], float]] = []
    turned: dict[str, float] = {}
    for each in sorted(standings, key=lambda each: not each.person.is_in_focus):
        if each.now is None:
            continue
        room = reach(each.person) + ROOM / 2
        angle, at = first_clear(each.now, geometry, MOST_TURNED, taken, room)
        taken.append((at, room))
        if angle != each.now.angle:
            turned[each.person.id] = angle % 360.0
    return turned
