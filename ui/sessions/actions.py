"""The verbs of the Sessions tab as the menus and the keyboard know them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from ipt_desktop.domain.text import _
from ui.key_choices import FOCUS
from ui.sessions.kinds import kind_menu

if TYPE_CHECKING:
    from ui.sessions.page import SessionsPage

NEW_SESSION, NEW_KIND = "new_session", "new_kind"
SELF_CHECK = "self_check"  # not while a session runs: the client may see the screen
NEW = (NEW_SESSION, NEW_KIND)  # what can be asked for from another tab too


def session_actions(page: SessionsPage) -> dict[str, Sequence[QAction]]:
    """Return what the page adds to the menus Edit, Session and View."""
    note, columns = page.note, page.columns
    beside = columns.beside  # what is asked for by key is meant for the note that the keyboard is in
    focus = _action(page, "focus_mode", _("Focus mode"), "", columns.ask_for_focus)
    page.frame.keys.bind(focus, FOCUS)
    return {
        "Edit": (
            _action(page, "find_in_note", _("Find in the note…"), "Ctrl+F", lambda: beside.active.finding.ask()),
            _action(page, "find_next", _("Find next"), "F3", lambda: beside.active.finding.go_on()),
            _action(page, "find_previous", _("Find previous"), "Shift+F3", lambda: beside.active.finding.go_back()),
        ),
        "Session": (
            _action(page, NEW_SESSION, _("New session"), "Ctrl+Shift+N", page.work.new_session),
            kind_menu(page.work, page, name=NEW_KIND).menuAction(),
            _action(page, "go_to_note", _("Go to the note"), "", note.focus_note),
            _action(page, "private_page", _("Private page"), "Ctrl+Shift+P", columns.side.toggle),
            _action(page, "bring_forward", _("Bring forward from the last note…"), "", lambda: beside.active.bring_forward()),
            _action(page, "note_beside", _("Last note beside"), "Ctrl+Shift+L", beside.toggle_last),
            _action(page, "note_history", _("History"), "Ctrl+Shift+H", lambda: columns.history.toggle(beside.active)),
            _action(page, "unfold_note", _("Unfold all of the note"), "Ctrl+Down", note.unfold_all),
            _action(page, "sign_note", _("Sign note"), "Ctrl+Shift+G", page.sign_note),
            _action(page, "add_addendum_action", _("Add an addendum"), "", note.signing.add_addendum),
            _action(page, "change_session", _("Change date, times or attendance"), "", page.ask_for_change),
            _action(page, "reopen_session", _("Reopen session"), "", page.running.reopen_session),
            _action(page, "move_note", _("Move this note to another client…"), "", columns.moving.ask),
            columns.session_moving.action,
            _action(page, "remove_session", _("Remove session"), "", page.work.remove_session),
            *page.between.actions(),
        ),
        "View": (
            focus,
            _action(page, "session_list_shown", _("List of sessions"), "F6", columns.toggle_list),
            _action(page, "last_time_shown", _("Last time"), "F4", columns.toggle_last_time),
        ),
    }


def _action(page: SessionsPage, name: str, words: str, keys: str, verb: Callable[[], object]) -> QAction:
    made = QAction(words, page)
    made.setObjectName(name)
    if keys:
        made.setShortcut(QKeySequence(keys))
    made.triggered.connect(verb)
    return made
