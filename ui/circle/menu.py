"""The Circle menu: every verb of the tab, with its key where it has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from ipt_desktop.domain.text import _

if TYPE_CHECKING:
    from ui.circle.page import CirclePage


def circle_actions(page: CirclePage) -> list[QAction]:
    """Return the menu's entries, children of the page."""
    verbs = (
        ("circle_menu_add", _("Add a person…"), page.ask_for_someone, ""),
        ("circle_menu_rename", _("Rename"), page.rename_chosen, ""),
        ("circle_menu_inventory", _("Ask the inventory"), page.ask_inventory, "F7"),
        ("circle_menu_remove", _("Remove from the circle"), page.remove_person, ""),
        ("circle_menu_delete", _("Delete…"), page.delete_chosen, ""),
        ("circle_menu_tidy", _("Tidy"), page.tidy, ""),
        ("circle_menu_sectors", _("Edit the sectors…"), page.edit_sectors, ""),
        ("circle_menu_zoom_in", _("Zoom in"), page.canvas.zoom_in, ""),
        ("circle_menu_zoom_out", _("Zoom out"), page.canvas.zoom_out, ""),
        ("circle_menu_fit", _("Show the whole circle"), page.canvas.fit, ""),
        ("circle_menu_name", _("Name this circle…"), page.back.ask_for_name, ""),
        ("circle_menu_turn", _("Turn to the client"), page.frame.turn_to_client, "Ctrl+T"),
    )
    actions = []
    for name, words, verb, key in verbs:
        action = QAction(words, page)
        action.setObjectName(name)
        action.triggered.connect(verb)
        action.setShortcut(QKeySequence(key))
        actions.append(action)
    actions.insert(4, page.leaving.menu_action)
    return [*actions, *page.door.circle_actions, page.export.action]
