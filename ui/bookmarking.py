"""Keeps where the therapist is, so that a start after a crash, as after a lock, opens exactly there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from ipt_desktop.services.bookmarks import DESK
from ui.companions import Companion

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ui.main_window import MainWindow
    from ui.workspace import Whereabouts

EVERY_MS = 1500  # no more is lost of the place than of the words


class Bookmarking(Companion):
    """Looks again and again, and once more when the practice is left, whether the place is another one."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(desk, window)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.keep)
        self._timer.start(EVERY_MS)

    def keep(self) -> None:
        """Keep where the therapist is now."""
        if self.window.workspace is not None:
            self.desk.bookmarks.keep(DESK, as_kept(self.window.workspace.whereabouts()))

    def leave(self) -> None:
        """End with the place that is being left."""
        self._timer.stop()
        self.keep()
        super().leave()


def left_at(desk: Desk) -> Whereabouts | None:
    """Return where the practice was left, or the program ended by force; None where that was never kept."""
    return whereabouts_from(desk.bookmarks.place(DESK))


def as_kept(where: Whereabouts) -> dict[str, Any]:
    """Return whereabouts as they are stored: ids and numbers."""
    return {"client": where.client_id, "course": where.course_id, "tab": where.tab, "place": _plain(where.place)}


def whereabouts_from(kept: Mapping[str, Any]) -> Whereabouts | None:
    """Return the whereabouts stored, None for what is none."""
    from ui.workspace import Whereabouts

    match kept:
        case {"client": (str() | None) as client, "course": (str() | None) as course, "tab": str() as tab, **rest}:
            return Whereabouts(client, course, tab, _place(rest.get("place")))
    return None


def _plain(place: object) -> Any:
    """Return a page's place as JSON has it; None for one that is not made of ids and numbers."""
    if is_dataclass(place) and not isinstance(place, type):
        return asdict(place)
    if isinstance(place, tuple):
        return [_plain(each) for each in place]
    return place if isinstance(place, str | int | float) else None


def _place(kept: object) -> object:
    if isinstance(kept, dict):
        from ui.sessions.note_sight import place_from

        return place_from(kept)
    return tuple(_place(each) for each in kept) if isinstance(kept, list) else kept
