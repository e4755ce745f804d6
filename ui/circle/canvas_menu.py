"""What can be done with the person under the mouse, or that the menu key speaks to, or with all who are chosen together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ipt_desktop.domain.closeness import Ring, RingWords, ring_of
from ipt_desktop.domain.text import _, ngettext

if TYPE_CHECKING:
    from ipt_desktop.domain.standing import Standing
    from ui.circle.verbs import CircleVerbs

NOT_ASKED = -1
Told = Callable[[str], None]


class CanvasMenu(QMenu):
    """A menu about one person, or several: it does what is chosen by `verbs`, and goes.

    `rename` opens a name for typing, `delete` asks before someone goes for good; both take a person's id.
    """

    def __init__(
        self, parent: QWidget, people: list[Standing], words: RingWords, verbs: CircleVerbs, rename: Told, delete: Told
    ) -> None:
        super().__init__(parent)
        self.setObjectName("circle_person_menu")
        self.aboutToHide.connect(self.deleteLater)
        self._words, self._verbs, self._rename, self._delete = words, verbs, rename, delete
        self._ids = [each.person.id for each in people]
        one = people[0] if len(people) == 1 else None
        count = ngettext("{count} person", "{count} people", len(people)).format(count=len(people))
        self._add(one.name.replace("&", "&&") if one else count, "menu_about").setEnabled(False)
        self._add_rings(one)
        if one is not None:
            self._person = one.person
            self._add_person(one)
        self._add(_("Remove from the circle"), "menu_remove").triggered.connect(self._on_removal)
        if one is not None:
            self._add(_("Delete…"), "menu_delete").triggered.connect(self._on_delete)

    def _add_rings(self, one: Standing | None) -> None:
        rings = self._sub(_("Place in ring") if one else _("Align to ring"), "menu_rings")
        now = ring_of(one.felt) if one is not None and one.felt is not None else None
        for ring in Ring:
            self._choice(rings, self._words.word(ring), f"menu_ring_{int(ring)}", int(ring), is_on=ring is now)
        rings.triggered.connect(self._on_ring)

    def _add_person(self, one: Standing) -> None:
        if one.now is not None and not one.person.has_died:
            wanted = self._sub(_("Closeness wanted"), "menu_wanted")
            now = None if one.wanted is None else ring_of(one.wanted)
            self._choice(wanted, _("not asked"), "menu_wanted_none", NOT_ASKED, is_on=now is None)
            for ring in Ring:
                self._choice(wanted, self._words.word(ring), f"menu_wanted_{int(ring)}", int(ring), is_on=ring is now)
            wanted.triggered.connect(self._on_wanted)
        focus = self._add(_("Focus of the work"), "menu_focus")
        focus.setCheckable(True)
        focus.setChecked(one.person.is_in_focus)
        focus.toggled.connect(self._on_focus)
        self._add(_("Rename"), "menu_rename").triggered.connect(self._on_rename)

    def _sub(self, words: str, name: str) -> QMenu:
        menu = QMenu(words, self)
        menu.setObjectName(name)
        self.addMenu(menu)
        return menu

    def _choice(self, menu: QMenu, words: str, name: str, value: int, *, is_on: bool) -> None:
        action = menu.addAction(words)
        action.setObjectName(name)
        action.setData(value)
        action.setCheckable(True)
        action.setChecked(is_on)

    def _add(self, words: str, name: str) -> QAction:
        action = self.addAction(words)
        action.setObjectName(name)
        return action

    def _on_ring(self, action: QAction) -> None:
        if len(self._ids) > 1:
            self._verbs.align(self._ids, action.data())
        else:
            self._verbs.choose_ring(self._ids[0], action.data())

    def _on_wanted(self, action: QAction) -> None:
        self._verbs.choose_wanted(self._ids[0], action.data())

    def _on_focus(self, is_in_focus: bool) -> None:
        self._verbs.change_person(replace(self._person, is_in_focus=is_in_focus))

    def _on_rename(self) -> None:
        self._rename(self._ids[0])

    def _on_delete(self) -> None:
        self._delete(self._ids[0])

    def _on_removal(self) -> None:
        if len(self._ids) > 1:
            self._verbs.remove_people(self._ids)
        else:
            self._verbs.remove_person(self._ids[0])
