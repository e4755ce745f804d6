"""Where in the Sessions tab one is, as ids and numbers, and the way back there: notes, focus mode, the private page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.sessions.note_sight import NotePlace
from ui.sessions.notes_beside import BesidePlace

if TYPE_CHECKING:
    from ui.sessions.page import SessionsPage

FOCUS, FOCUS_BESIDE, PRIVATE = "focus", "focus_beside", "private"


def place_of(page: SessionsPage, session_id: str) -> object:
    """Return the session shown, where in its note the cursor is, what is beside it, and how it is written in; or None."""
    beside = page.columns.beside
    return (session_id, page.note.place(), beside.place(), _way_of_writing(page)) if session_id else None


def return_to_place(page: SessionsPage, place: object) -> None:
    """Open the session again, with the cursor where it was and the keyboard in it."""
    match place:
        case (str(session_id), NotePlace() as in_note, beside, *way) if page.choose_session(session_id):
            page.note.take_up(in_note)
            _open_beside(page, beside)
            _write_again(page, way[0] if way else "")


def _way_of_writing(page: SessionsPage) -> str:
    beside = page.columns.beside
    if page.note.sight.lent is not None:
        return FOCUS
    if beside.is_open and beside.second.sight.lent is not None:
        return FOCUS_BESIDE
    return PRIVATE if page.columns.side.is_turned else ""


def _open_beside(page: SessionsPage, beside: object) -> None:
    match beside:  # read back from a bookmark it is a plain tuple
        case (str(session_id), NotePlace() as place, bool() as has_keyboard):
            page.columns.beside.return_to(BesidePlace(session_id, place, has_keyboard))


def _write_again(page: SessionsPage, way: object) -> None:
    """Go back into focus mode, or to the private page; with the client in the room that waits for its key."""
    beside = page.columns.beside
    if way == PRIVATE and not page.note.is_in_room:
        page.columns.side.turn_to_private()
    elif way == FOCUS or (way == FOCUS_BESIDE and beside.is_open):
        page.ask_for_focus(page.note if way == FOCUS else beside.second)
