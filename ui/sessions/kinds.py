"""The kinds a new session may have, as a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from ipt_desktop.domain.records import SessionKind
from ipt_desktop.domain.session_words import kind_words
from ipt_desktop.domain.text import _
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ui.sessions.session_work import SessionWork

OTHERS = (
    SessionKind.INTAKE,
    SessionKind.JOINT,
    SessionKind.PARENTS,
    SessionKind.PHONE,
    SessionKind.CRISIS,
    SessionKind.SUPERVISION,
    SessionKind.LETTER,
)


def kind_menu(work: SessionWork, parent: QWidget, *, name: str) -> QMenu:
    """Return a menu that makes a new one of each other kind."""
    menu = named(QMenu(_("New of another kind"), parent), name, _("New of another kind"))
    words = kind_words()
    for kind in OTHERS:
        action = menu.addAction(words[kind])
        action.setObjectName(f"{name}_{kind}")
        action.setData(str(kind))
        action.triggered.connect(work.on_kind_asked)
    menu.menuAction().setObjectName(name)
    return menu
