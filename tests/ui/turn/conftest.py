"""The real window on a real practice, as the tests of the lock have it, with a circle to turn to its client."""

from collections.abc import Iterator

import pytest

from tests.ui.lock.conftest import Opening, _clocks, clock, open_window, wall
from tests.ui.turn.room import TurnRoom
from ui.tabs import ALL_TABS

__all__ = ["_clocks", "clock", "open_window", "wall"]


@pytest.fixture
def room(open_window: Opening) -> Iterator[TurnRoom]:
    room = TurnRoom(open_window(ALL_TABS))
    yield room
    if room.window.workspace is not None:  # a window that is turned does not close
        room.turning.come_back()
