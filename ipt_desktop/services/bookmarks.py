"""Where the therapist was, in each document and at the desk, kept so that a start after a crash comes back there too.

A bookmark is no act on a record: it is posted without an audit row, and tells nobody that anything has changed.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ipt_desktop.domain.errors import DatabaseDamaged, PracticeError
from ipt_desktop.domain.session_records import Bookmark

if TYPE_CHECKING:
    from ipt_desktop.services.practice import OpenPractice

DESK = "desk"
"""The id of the bookmark that tells client, tab and the place in its page; that of a document is its own id."""

Place = Mapping[str, Any]


class Bookmarks:
    """What can be done with bookmarks. They hold ids and numbers alone."""

    def __init__(self, practice: "OpenPractice") -> None:
        self._practice = practice
        self._known: dict[str, Place] = {}

    def place(self, about: str) -> Place:
        """Return the place kept of a document, or of the desk; empty where none is."""
        if about not in self._known:
            kept = None
            with suppress(DatabaseDamaged), self._practice.read() as reading:  # whoever opens a page must not fail for it
                kept = reading.get(Bookmark, about)
            self._known[about] = kept.place if kept is not None else {}
        return self._known[about]

    def keep(self, about: str, place: Place) -> None:
        """Queue a place to be kept, if it is another one. One that can't be kept is nobody's concern: no word hangs on it."""
        if self._known.get(about) == place:
            return
        self._known[about] = place
        with suppress(PracticeError):
            self._practice.store.post(lambda writing: writing.upsert(Bookmark(id=about, place=dict(place))), _let_be)


def _let_be(_kept: None, _error: BaseException | None) -> None:
    """Let the next change of place be kept, whatever became of this one."""
