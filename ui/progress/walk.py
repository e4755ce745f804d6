"""Which mark of the timeline a key leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from ipt_desktop.domain.timeline_picture import Place, Strip

_ALONG = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ACROSS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


def neighbour(strip: Strip, at: str, key: Qt.Key) -> Place | None:
    """Return the next mark of the lane, or the nearest in time of the next lane; at the end the same, None for other keys."""
    here = strip.place(at)
    if here is None or not (key in _ALONG or key in _ACROSS or key in (Qt.Key.Key_Home, Qt.Key.Key_End)):
        return None
    lane = sorted((each for each in strip.places if each.lane == here.lane), key=lambda each: (each.x, each.top, each.key))
    place = lane.index(here)
    if key in _ALONG:
        return lane[min(max(place + _ALONG[key], 0), len(lane) - 1)]
    if key in _ACROSS:
        lanes = sorted({each.lane for each in strip.places})
        number = min(max(lanes.index(here.lane) + _ACROSS[key], 0), len(lanes) - 1)
        others = [each for each in strip.places if each.lane == lanes[number]]
        return here if lanes[number] == here.lane else min(others, key=lambda each: abs(each.x - here.x))
    return lane[0 if key is Qt.Key.Key_Home else -1]
