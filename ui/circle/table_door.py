"""What the table of people leads to: each edited cell is a verb that can be undone; columns and numbers are kept choices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from ipt_desktop.domain.text import _
from ipt_desktop.domain.typed_person import typed_relation
from ui.circle.column_choice import ColumnChoice
from ui.preferences import save_preferences
from ui.verb import Told

if TYPE_CHECKING:
    from ipt_desktop.domain.standing import Standing
    from ui.circle.people_table import PeopleTable
    from ui.circle.sector_verbs import SectorVerbs
    from ui.circle.verbs import CircleVerbs
    from ui.page import Frame

_SUPPORT = "support_"


class TableDoor(QObject):
    """Does by the circle's verbs what is edited in its table. `refresh` shows the circle anew, with numbers or without."""

    def __init__(
        self,
        table: PeopleTable,
        verbs: tuple[CircleVerbs, SectorVerbs],
        frame: Frame,
        refresh: Callable[[], None],
        refused: Told,
    ) -> None:
        super().__init__(table)
        self._table, self._frame, self._refresh = table, frame, refresh
        self._verbs, self._sector_verbs = verbs
        table.people.edited.connect(self._on_edited)
        table.people.refused.connect(refused)
        self.columns = ColumnChoice(table)
        self.columns.show_keys(frame.preferences.circle_columns)
        self.columns.chosen.connect(self._on_columns_chosen)
        self.numbers = QAction(_("Numbers beside ring words"), self)
        self.numbers.setObjectName("circle_numbers")
        self.numbers.setCheckable(True)
        self.numbers.setChecked(frame.preferences.has_numbers)
        self.numbers.toggled.connect(self._on_numbers)

    @property
    def circle_actions(self) -> Sequence[QAction]:
        """What the Circle menu offers."""
        return (self.columns.menuAction(),)

    @property
    def view_actions(self) -> Sequence[QAction]:
        """What the View menu offers."""
        return (self.numbers,)

    def _on_columns_chosen(self, keys: list[str]) -> None:
        self._frame.preferences.circle_columns = list(keys)
        save_preferences(self._frame.preferences)

    def _on_numbers(self, is_on: bool) -> None:
        self._frame.preferences.has_numbers = is_on
        save_preferences(self._frame.preferences)
        self._refresh()

    # -- what was edited -------------------------------------------------------------------------------------------

    def _on_edited(self, person_id: str, key: str, value: Any) -> None:
        """Do what a cell says; whoever is no longer there is left alone."""
        people = self._table.people
        standing = people.person_in(people.row_of(person_id))
        if standing is None:
            return
        if key.startswith(_SUPPORT):
            self._keep_support(standing, key.removeprefix(_SUPPORT), value)
        elif key in ("relation", "group"):
            self._keep_person(standing, key, value)
        elif key == "confidant" and standing.now is not None:
            self._verbs.change_placement(replace(standing.now, is_confidant=bool(value)))
        else:
            acts: dict[str, Callable[[str, Any], object]] = {
                "person": self._verbs.rename_person,
                "now": self._verbs.choose_ring,
                "now_typed": self._verbs.place_person,
                "wanted": self._verbs.choose_wanted,
                "wanted_typed": self._verbs.want_person,
                "sector": self._sector_verbs.join,
            }
            acts[key](person_id, value)

    def _keep_person(self, standing: Standing, key: str, value: Any) -> None:
        person = standing.person
        if key == "group":
            self._verbs.change_person(replace(person, is_group=bool(value)))
        else:
            relation, words = typed_relation(str(value))
            self._verbs.change_person(replace(person, relation=relation, relation_words=words))

    def _keep_support(self, standing: Standing, kind: str, level: int | None) -> None:
        now = standing.now
        if now is not None:
            changed: dict[str, Any] = {kind: level}
            self._verbs.change_placement(replace(now, received=replace(now.received, **changed)))
