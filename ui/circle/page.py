"""The Circle tab: the people by closeness as a table, as a circle and one by one. Every verb can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout

from ipt_desktop.domain.circle_facts import circle_facts
from ipt_desktop.domain.circle_overlay import overlay_words
from ipt_desktop.domain.circle_picture import CircleView
from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.records import Placement
from ipt_desktop.domain.text import _
from ipt_desktop.domain.tidy import tidied
from ui import theme
from ui.circle.canvas_menu import CanvasMenu
from ui.circle.export.door import ExportDoor
from ui.circle.goal_side import GoalSide
from ui.circle.inventory import InventoryEntry
from ui.circle.leaving import Leaving
from ui.circle.looking_back import LookingBack
from ui.circle.menu import circle_actions
from ui.circle.pages import CirclePages
from ui.circle.sector_verbs import SectorVerbs
from ui.circle.sheet_links import SheetSide
from ui.circle.shown import ShownCircle
from ui.circle.table_columns import TableWords
from ui.circle.table_door import TableDoor
from ui.circle.verbs import CircleVerbs, Place
from ui.page import Frame, Page
from ui.verb import Verb

if TYPE_CHECKING:
    from ipt_desktop.services.changes import Changed
    from ipt_desktop.services.desk import Desk


KINDS = (
    "client",
    "course",
    "session",
    "phase_change",
    "person",
    "sitting",
    "placement",
    "tie",
    "sector",
    "problem_area",
    "goal",
)
MOST_WITH_RELATION = 12  # in large text the circle has no room for more second lines


class CirclePage(Page):
    """Table twin, circle and person panel of the client chosen: three views of the same placements."""

    def __init__(self, desk: Desk, frame: Frame) -> None:
        super().__init__(desk, frame)
        self.setObjectName("circle_page")
        self.shown = ShownCircle(desk, frame)
        self.verbs = CircleVerbs(self.shown, self._push, self._refused)
        self.sector_verbs = SectorVerbs(self.shown, self.verbs, self._push, self._refused)
        self._are_sectors_edited = False
        self._selected_id, self._read_to = "", 0
        self._wanted_place: Place | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._pages = CirclePages(self)
        self.columns = self._pages.columns
        self.export = ExportDoor(desk, frame, self._pages, self.shown)
        row.addWidget(self._pages)
        self.table, self.canvas, self.toolbar = self.columns.table, self.columns.canvas, self.columns.toolbar
        self.panel, self.changes, self.add_field = self.columns.panel, self.columns.changes, self.columns.add_field
        self.entry = InventoryEntry(desk, frame, self.panel)
        self.panel.inventory_slot.addWidget(self.entry)
        self.leaving = Leaving(self.shown, self.columns, self.verbs, self._refused, self.flush)
        self.verbs.keep = self.entry.flush
        self.entry.walk.reached.connect(self.panel.bring_into_sight)
        self.entry.walk.left.connect(self.canvas.setFocus)
        self.goals = GoalSide(self.shown, self.panel.goal, self._push, self._refused)
        self.sheets = SheetSide(self.shown, self.panel, frame, self._keep_up)
        self.back = LookingBack(self.shown, self.columns, frame, self._push, self._refused, self.refresh)
        self.door = TableDoor(self.table, (self.verbs, self.sector_verbs), frame, self.refresh, self._refused)
        self._connect()

    def _connect(self) -> None:
        self.canvas.person_moved.connect(self._on_person_moved)
        self.canvas.person_removed.connect(self._on_removed)
        self.canvas.rename_asked.connect(self.rename_person)
        self.canvas.placed_at.connect(self._on_placed_at)
        self.canvas.people_moved.connect(self.verbs.move_people)
        self.canvas.wanted_moved.connect(self._on_wanted_moved)
        self.canvas.menu_asked.connect(self._on_menu_asked)
        for view in (self.canvas, self.table):
            view.person_chosen.connect(self.choose_person)
            view.add_asked.connect(self.ask_for_someone)
        self.table.person_removed.connect(self.verbs.remove_person)
        self.table.menu_asked.connect(self._on_menu_asked)
        self.panel.person_edited.connect(self.verbs.change_person)
        self.panel.placement_edited.connect(self._on_placement_edited)
        self.panel.place_chosen.connect(self.verbs.place_person)
        self.panel.ties.tie_added.connect(self.verbs.add_tie)
        self.panel.ties.tie_changed.connect(self.verbs.change_tie)
        self.panel.ties.tie_removed.connect(self.verbs.remove_tie)
        self.verbs.joined = self.show_about
        self.canvas.tie_drawn.connect(self._on_tie_drawn)
        self.toolbar.changed.connect(self.refresh)
        self.toolbar.turn_asked.connect(self.frame.turn_to_client)
        self._pages.clients_asked.connect(self._on_clients_asked)
        self.add_field.returnPressed.connect(self._on_added)
        self.add_field.left.connect(self._forget_place)
        self.frame.changes.changed.connect(self._on_changed)
        self._connect_sectors()

    def _connect_sectors(self) -> None:
        editor, verbs = self.columns.sectors, self.sector_verbs
        editor.begun.connect(verbs.begin)
        editor.added.connect(verbs.add)
        editor.renamed.connect(verbs.rename)
        editor.turned.connect(verbs.turn)
        editor.removed.connect(verbs.remove)
        editor.evened.connect(verbs.even_out)
        editor.closed.connect(self._on_sectors_done)
        self.panel.sector_chosen.connect(verbs.join)
        self.toolbar.sectors_asked.connect(self._on_sectors_asked)

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_client(self, client_id: str | None, course_id: str | None) -> None:
        """Show this client's circle in this course."""
        self._selected_id = ""
        self._forget_place()
        self._follow_undo()
        if (client_id, course_id) != (self.shown.client_id, self.shown.course_id):
            self.export.leave()
        if client_id != self.shown.client_id:
            self.toolbar.overlay_choice.clear()
        self.back.forget()
        self.shown.show_client(client_id, course_id)
        self.refresh()

    def refresh(self) -> None:
        """Read the circle again and show it in all three views."""
        self._is_behind, self._read_to = False, self.frame.changes.told
        try:
            self._read()
        except RecordGone:  # the course was taken back while this tab had it
            self.shown.course_id = None
            self._read()
        self._pages.show_for(self.shown.client_id, self.shown.course_id)
        self._show()
        self.export.follow()

    def _read(self) -> None:
        self.shown.read()

    def _show(self) -> None:
        shown, here = self.shown, self.shown.here
        if self._selected_id not in {each.person.id for each in (*here, *shown.waiting)}:
            self._selected_id = ""
        before = self.back.before_words
        self.canvas.is_read_only = self.table.people.is_read_only = shown.is_read_only
        self.add_field.setEnabled(not shown.is_read_only)
        self.panel.setEnabled(True)
        self.leaving.follow(self._selected_id)
        view = self._view(before)
        self.table.people.told = TableWords(
            rings=shown.words,
            since=_("Since {when}").format(when=before) if before else "",
            waiting=_("not then") if shown.is_before else _("waiting"),
            sectors={each.id: each.name for each in shown.sectors},
            beside={each.person.id: overlay_words(view.overlay, each, view.areas) for each in here},
        )
        self.table.show_people([*shown.waiting, *here], self._selected_id)
        compared = shown.time.compared
        when = _("before this began") if compared is not None and compared.is_before else before
        self.columns.facts.show_facts(circle_facts(shown.standings, shown.words, when))
        self.back.show_parts()
        self._show_chosen(before)
        groups = sum(each.person.is_group for each in here)
        self.columns.show_count(len(here) - groups, groups, len(shown.waiting))

    def _view(self, before: str) -> CircleView:
        return CircleView(
            client_label=self.shown.client_label,
            words=self.shown.words,
            mode=self.toolbar.mode,
            before_label=before,
            are_ties_shown=self.toolbar.are_ties_shown,
            selected_id=self._selected_id,
            waiting=tuple(self.shown.waiting),
            sectors=tuple(self.shown.sectors) if self.toolbar.are_sectors_shown else (),
            is_before=self.shown.is_before,
            is_conflict_marked=True,
            overlay=self.toolbar.overlay_choice.overlay,
            areas=self.shown.areas,
            is_relation_shown=not theme.current().is_large or len(self.shown.standings) <= MOST_WITH_RELATION,
        )

    def _show_chosen(self, before: str) -> None:
        shown = self.shown
        chosen = shown.standing(self._selected_id)
        self.panel.sectors = shown.sectors
        self.panel.show_person(chosen, before, shown.words, is_read_only=shown.is_read_only)
        self.panel.ties.show_ties(chosen.person.id if chosen else "", shown.ties, shown.people, shown.client_label)
        self.goals.show_person(chosen)
        self.sheets.show_person(chosen.person.id if chosen else "")
        self.entry.show_person(shown.client_id, shown.course_id, self._selected_id)
        self.columns.sectors.show_sectors(shown.sectors)
        is_change = self.back.show_changes(self._view(before))
        self.columns.switch.set_words("person", _("Change") if is_change else chosen.name if chosen else _("Person"))
        beside = self.columns.sectors if self._are_sectors_edited else self.changes if is_change else self.panel
        self.columns.show_beside(beside if self._are_sectors_edited or is_change or chosen else None)

    def _on_changed(self, change: Changed) -> None:
        if not change.touches(*KINDS) or self.frame.changes.heard <= self._read_to:
            return  # nothing shown here, or read already: a step of this tab is shown as it is done
        self._keep_up()

    # -- verbs -----------------------------------------------------------------------------------------------------

    def choose_person(self, person_id: str) -> None:
        """Choose a person in all three views."""
        if person_id == self._selected_id:
            return
        self.panel.flush()
        self._selected_id = person_id
        self._are_sectors_edited = False
        self._show()

    def add_person(self, text: str, place: Place | None = None) -> str:
        """Add someone from "name, relation", choose them and return their id; without a place they wait for one."""
        person_id = self.verbs.add_person(text, place)
        if person_id:
            self.choose_person(person_id)
        return person_id

    def remove_person(self) -> None:
        """Take the person chosen off the circle."""
        self.verbs.remove_person(self._selected_id)

    def delete_person(self, person_id: str) -> None:
        """Delete someone with all that is written about them, who is chosen for it; asked first where there is any."""
        if person_id:
            self.choose_person(person_id)
        self.leaving.ask(person_id)

    def delete_chosen(self) -> None:
        """Delete the person chosen."""
        self.delete_person(self._selected_id)

    def rename_chosen(self) -> None:
        """Let the person chosen be named anew."""
        self.rename_person(self._selected_id)

    def rename_person(self, person_id: str) -> None:
        """Let a person be named anew, in the table."""
        if person_id:
            self.columns.bring_forward("people")
            self.table.rename(person_id)

    def ask_for_someone(self) -> None:
        """Let the name of someone new be typed, who waits for a place then."""
        self._forget_place()
        self._ask_for_name()

    def _ask_for_name(self) -> None:
        self.columns.bring_forward("people")  # in a narrow window the line may lie behind the person
        self.add_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.add_field.selectAll()

    def ask_inventory(self) -> None:
        """Go on with the inventory of whom the keys speak to, else of the person chosen, else of the nearest."""
        if not self.isVisible():
            return
        here = [each.person.id for each in self.shown.here]
        spoken_to = self.canvas.keyboard_id if self.canvas.hasFocus() else ""
        person_id = spoken_to or self._selected_id or next(iter(here), "")
        if person_id:
            self.choose_person(person_id)
            self.columns.show_person_side()
            self.entry.go_on()

    def _push(self, command: Verb) -> None:
        if self._undo is not None:
            self._undo.push(command)

    def _on_person_moved(self, person_id: str, felt: float, angle: float) -> None:
        if self.canvas.is_dropping and self.toolbar.are_sectors_shown:
            self.sector_verbs.drop(person_id, felt, angle)
        else:
            self.verbs.move_person(person_id, felt, angle, is_nudge=not self.canvas.is_dropping)

    def edit_sectors(self) -> None:
        """Show the sectors, and what can be done with them beside the circle."""
        self._are_sectors_edited = True
        self.toolbar.show_sectors()
        self._show()
        self.columns.bring_forward("person")
        self.columns.sectors.setFocus()

    def _on_sectors_asked(self) -> None:
        """Where there are none to show yet, offer to make them."""
        if self.shown.course_id is not None and not self.shown.sectors and not self.shown.is_read_only:
            self.edit_sectors()

    def _on_sectors_done(self) -> None:
        self._are_sectors_edited = False
        self._show()
        self.canvas.setFocus()

    def _on_wanted_moved(self, person_id: str, desired: float | None) -> None:
        self.verbs.want_person(person_id, desired, is_nudge=not self.canvas.is_dropping)

    def _on_removed(self, person_id: str) -> None:
        self.verbs.remove(person_id, self.canvas.marked_ids)

    def _on_menu_asked(self, person_id: str, place: QPoint) -> None:
        """Offer what can be done with a person, or with all who are chosen together."""
        marked = self.canvas.marked_people() if person_id in self.canvas.marked_ids else []
        standing = self.shown.standing(person_id)
        people = marked or ([standing] if standing else [])
        if not people or self.shown.is_read_only:
            return
        CanvasMenu(self.canvas, people, self.shown.words, self.verbs, self.rename_person, self.delete_person).popup(place)

    def tidy(self) -> None:
        """Turn whoever covers somebody; nobody comes closer or goes further by it."""
        drawing = self.canvas.drawing
        if drawing is not None:
            self.verbs.tidy(tidied(drawing.standings, drawing.geometry, drawing.reach))

    def _on_placement_edited(self, placement: Placement) -> None:
        self.verbs.change_placement(placement, is_typing=self.panel.is_typing)

    def _on_tie_drawn(self, from_id: str, to_id: str) -> None:
        self.verbs.join(from_id, to_id or None)  # "" is the client

    def show_about(self, person_id: str, tie_id: str = "") -> None:
        """Choose a person, and open one of their ties where one is meant."""
        self.choose_person(person_id)
        self.columns.bring_forward("person")
        if tie_id:
            self.panel.ties.open_tie(tie_id)

    def show_sitting(self, sitting_id: str) -> None:
        """Show the circle as it stood in a sitting of the course, the present one where there is no such."""
        self.back.show_sitting(sitting_id)

    def show_change(self) -> None:
        """Show who moved since the first circle."""
        self.back.show_since_first()

    def _on_clients_asked(self) -> None:
        self.frame.show_tab("clients")

    def _on_placed_at(self, felt: float, angle: float) -> None:
        self._wanted_place = felt, angle
        self.add_field.ask_who(stands_there=True)
        self._ask_for_name()

    def _forget_place(self) -> None:
        """Let whoever is named next wait for a place: the one pointed at was left."""
        self._wanted_place = None
        self.add_field.ask_who(stands_there=False)

    def _on_added(self) -> None:
        text, place = self.add_field.take(), self._wanted_place
        self._forget_place()
        if not self.add_person(text, place) and text.strip():
            self.add_field.setText(text)  # why not has been said; what was typed is there to be mended

    # -- Page ------------------------------------------------------------------------------------------------------

    def flush(self) -> bool:
        """Keep what is typed in the panel and in the inventory; False where that failed."""
        self.panel.flush()
        return self.entry.flush()

    def forget(self) -> None:
        """Let go of everyone."""
        self._leave_undo()
        self.export.leave()
        self._selected_id = ""
        self.shown.show_client(None, None)
        self.add_field.take()
        self.back.forget()
        self._are_sectors_edited = False
        self.columns.sectors.forget()
        self.entry.forget()
        self.panel.ties.forget()
        self.leaving.forget()
        self.goals.forget()
        self.sheets.forget()
        self._show()

    def menus(self) -> dict[str, Sequence[QAction]]:
        """Return the verbs of the Circle menu."""
        return {
            "Circle": circle_actions(self),
            "View": [self.toolbar.overlay_choice.menu_action, *self.door.view_actions],
        }
