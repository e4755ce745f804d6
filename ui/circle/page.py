"""The Circle tab: the people by closeness as a table, as a circle and one by one. Every verb can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout

from ipt_desktop.domain.change_list import change_list
from ipt_desktop.domain.circle_picture import CircleMode, CircleView
from ipt_desktop.domain.closeness import OUTSIDE, Ring, RingWords, middle_of
from ipt_desktop.domain.errors import PracticeError, RecordGone
from ipt_desktop.domain.records import Person, Placement, Sitting, Tie
from ipt_desktop.domain.relation import relation_like, relation_named
from ipt_desktop.domain.standing import Standing, standings
from ipt_desktop.domain.text import _
from ui import theme
from ui.circle.commands import AddPerson, ChangePerson, PlacePerson
from ui.circle.inventory import InventoryEntry
from ui.circle.pages import CirclePages
from ui.circle.toolbar import sitting_words
from ui.page import Frame, Page
from ui.verb import Verb

if TYPE_CHECKING:
    from ipt_desktop.services.changes import Changed
    from ipt_desktop.services.desk import Desk


KINDS = ("client", "course", "person", "sitting", "placement", "tie")
MOST_WITH_RELATION = 12  # in large text the circle has no room for more second lines


class CirclePage(Page):
    """Table twin, circle and person panel of the client chosen: three views of the same placements."""

    def __init__(self, desk: Desk, frame: Frame) -> None:
        super().__init__(desk, frame)
        self.setObjectName("circle_page")
        self._client_id: str | None = None
        self._course_id: str | None = None
        self._client_label = ""
        self._words = RingWords()
        self._standings: list[Standing] = []
        self._sittings: Sequence[Sitting] = ()
        self._selected_id = ""
        self._wanted_place: tuple[float, float] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._pages = CirclePages(self)
        self.columns = self._pages.columns
        row.addWidget(self._pages)
        self.table, self.canvas, self.toolbar = self.columns.table, self.columns.canvas, self.columns.toolbar
        self.panel, self.changes, self.add_field = self.columns.panel, self.columns.changes, self.columns.add_field
        self.entry = InventoryEntry(desk, frame, self.panel)
        self.panel.inventory_slot.addWidget(self.entry)
        self._connect()

    def _connect(self) -> None:
        self.canvas.person_moved.connect(self._on_person_moved)
        self.canvas.person_removed.connect(self.remove_person)
        self.canvas.rename_asked.connect(self.table.rename)
        self.canvas.placed_at.connect(self._on_placed_at)
        for view in (self.canvas, self.table):
            view.person_chosen.connect(self.choose_person)
            view.add_asked.connect(self.ask_for_someone)
        self.table.person_removed.connect(self.remove_person)
        self.table.people.renamed.connect(self.rename_person)
        self.table.people.ring_chosen.connect(self._on_ring_chosen)
        self.table.people.wanted_chosen.connect(self._on_wanted_chosen)
        self.panel.person_edited.connect(self._on_person_edited)
        self.panel.placement_edited.connect(self._on_placement_edited)
        self.toolbar.changed.connect(self.refresh)
        self._pages.clients_asked.connect(self._on_clients_asked)
        self.add_field.returnPressed.connect(self._on_added)
        self.frame.changes.changed.connect(self._on_changed)

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_client(self, client_id: str | None, course_id: str | None) -> None:
        """Show this client's circle in this course."""
        self._client_id, self._course_id = client_id, course_id
        self._selected_id, self._wanted_place = "", None
        self._follow_undo()
        self._client_label, self._words = self._read_client()
        self.refresh()

    def _read_client(self) -> tuple[str, RingWords]:
        """Return what stands in the middle, and what the course's protocol calls the rings."""
        if self._client_id is None or self._course_id is None:
            return "", RingWords()
        client = self.desk.clients.client(self._client_id)
        rings = self.desk.courses.protocol(self._course_id).rings
        name = self.frame.name_of(client)
        return name.split()[0] if name.split() else name, RingWords((rings.inner, rings.middle, rings.outer), rings.outside)

    def refresh(self) -> None:
        """Read the circle again and show it in all three views."""
        self._is_behind = False
        try:
            self._read_standings()
        except RecordGone:  # the course was taken back while this tab had it
            self._course_id = None
            self._read_standings()
        self._pages.show_for(self._client_id, self._course_id)
        self._show()

    def _read_standings(self) -> None:
        if self._course_id is None:
            self._standings = []
            self._sittings = ()
        else:
            self._sittings = self.desk.circles.sittings(self._course_id)
            self.toolbar.show_sittings(self._sittings)
            shown = self.desk.circles.circle(self._course_id, self._shown_sitting_id())
            since = self.toolbar.since_id
            before = self.desk.circles.circle(self._course_id, since).placements if since else None
            self._standings = standings(shown.people, shown.placements, before)

    def _shown_sitting_id(self) -> str | None:
        """Return the sitting shown, None for now; *before this began* comes to be when it is first chosen."""
        if self.toolbar.is_before and self._course_id is not None:
            return self.desk.circles.sitting_before(self._course_id, date.today()).id
        return self.toolbar.sitting_id or None

    def _show(self) -> None:
        is_past = self._is_past
        here = [each for each in self._standings if each.now]
        if self._selected_id not in {each.person.id for each in here}:
            self._selected_id = ""
        since = self._sitting(self.toolbar.since_id)
        before = "" if since is None else _("before") if since.is_before else sitting_words(since)
        self.canvas.is_read_only = self.table.people.is_read_only = is_past
        self.add_field.setEnabled(not is_past)
        self.table.people.words = self._words
        self.table.people.since = _("Since {when}").format(when=before) if before else ""
        self.table.show_people(here, self._selected_id)
        self.canvas.show_circle(self._standings, self._ties(), self._view(before))
        self._show_chosen(before)
        groups = sum(each.person.is_group for each in here)
        self.columns.show_count(len(here) - groups, groups)
        self._say_when(is_past)

    @property
    def _is_past(self) -> bool:
        """Whether an earlier sitting is shown, to be read only. *Before this began* can be drawn at any time."""
        return bool(self.toolbar.sitting_id) and not self.toolbar.is_before

    def _view(self, before: str) -> CircleView:
        return CircleView(
            client_label=self._client_label,
            words=self._words,
            mode=self.toolbar.mode,
            before_label=before,
            are_ties_shown=self.toolbar.are_ties_shown,
            selected_id=self._selected_id,
            is_relation_shown=not theme.current().is_large or len(self._standings) <= MOST_WITH_RELATION,
        )

    def _ties(self) -> Sequence[Tie]:
        return self.desk.circles.ties(self._client_id) if self._client_id else ()

    def _sitting(self, sitting_id: str) -> Sitting | None:
        return next((each for each in self._sittings if each.id == sitting_id), None)

    def _standing(self, person_id: str) -> Standing | None:
        return next((each for each in self._standings if each.person.id == person_id), None)

    def _show_chosen(self, before: str) -> None:
        chosen = self._standing(self._selected_id)
        self.panel.show_person(chosen, before, self._words, is_read_only=self._is_past)
        self.entry.show_person(self._client_id, self._course_id, self._selected_id)
        self.columns.switch.set_words("person", chosen.person.name if chosen else _("Person"))
        since = self._sitting(self.toolbar.since_id)
        is_change = self.toolbar.mode is CircleMode.CHANGE and since is not None
        self.columns.show_beside(self.changes if is_change else self.panel if chosen else None)
        if is_change:
            stood = {each.person.id: each.before for each in self._standings if each.before}
            stand = {each.person.id: each.now for each in self._standings if each.now}
            people = [each.person for each in self._standings]
            title = _("Since {when}").format(when=_("before this began") if since and since.is_before else before)
            self.changes.show_changes(title, change_list(people, stood, stand, self._words))

    def _say_when(self, is_past: bool) -> None:
        sitting = self._sitting(self.toolbar.sitting_id)
        back = ("circle_back", _("Back to today"), self.toolbar.show_now)
        if self.toolbar.is_before:
            title = _("The circle before this began.")
            words = _("What you change here belongs to the time before the first session. Today’s circle stays as it is.")
            self.columns.bar.say(title, words, tone="note", actions=(back,), can_close=False)
        elif is_past and sitting is not None:
            title = _("{sitting}, read only.").format(sitting=sitting_words(sitting).capitalize())
            self.columns.bar.say(title, tone="note", actions=(back,), can_close=False)
        else:
            self.columns.bar.clear()

    def _on_changed(self, change: Changed) -> None:
        if not change.touches(*KINDS):
            return
        self._keep_up()

    # -- verbs -----------------------------------------------------------------------------------------------------

    def choose_person(self, person_id: str) -> None:
        """Choose a person in all three views."""
        if person_id == self._selected_id:
            return
        self.panel.flush()
        self._selected_id = person_id
        self._show()

    def add_person(self, text: str, felt: float | None = None, angle: float | None = None) -> None:
        """Add someone from "name, relation"; without a place, in the outer ring where it is emptiest."""
        name, _comma, words = (part.strip() for part in text.partition(","))
        sitting = self._sitting_now()
        if not name or sitting is None or self._client_id is None:
            return
        known = relation_named(words)
        person = Person(
            client_id=self._client_id,
            name=name,
            relation=relation_like(words).key,
            relation_words="" if known else words,
        )
        at = Placement(
            person_id=person.id,
            sitting_id=sitting.id,
            felt=middle_of(Ring.OUTER) if felt is None else felt,
            angle=self._emptiest_angle() if angle is None else angle,
        )
        command = AddPerson(self.desk.circles, person, at, self._refused)
        self._push(command)
        self.choose_person(command.person_id)

    def rename_person(self, person_id: str, name: str) -> None:
        """Give a person another name."""
        standing = self._standing(person_id)
        if standing is not None:
            self._on_person_edited(replace(standing.person, name=name))

    def remove_person(self, person_id: str) -> None:
        """Take a person off the circle in this sitting; earlier ones keep them."""
        standing = self._standing(person_id)
        if standing is not None and standing.now is not None and not self._is_past:
            words = _("Remove {name}").format(name=standing.person.name)
            self._place(replace(standing.now, is_present=False), words)

    def ask_for_someone(self) -> None:
        """Let the name of someone new be typed."""
        self.add_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.add_field.selectAll()

    def _push(self, command: Verb) -> None:
        if self._undo is not None:
            self._undo.push(command)

    def _sitting_now(self) -> Sitting | None:
        """Return the sitting that changes go into: the running session's, else today's; or *before this began* while shown."""
        if self._course_id is None:
            return None
        try:
            if self.toolbar.is_before:
                return self.desk.circles.sitting_before(self._course_id, date.today())
            return self.desk.circles.sitting_now(self._course_id)
        except PracticeError as error:
            self._refused(str(error))
            return None

    def _place(self, placement: Placement, words: str, *, is_nudge: bool = False) -> None:
        """Keep a placement in the present sitting, as one step that can be undone."""
        sitting, course_id = self._sitting_now(), self._course_id
        if sitting is None or course_id is None:
            return
        known = self.desk.circles.circle(course_id, sitting.id).placements.get(placement.person_id)
        old = known if known is not None and known.sitting_id == sitting.id else None
        fresh = Placement(person_id=placement.person_id, sitting_id=sitting.id)
        new = replace(placement, id=old.id if old else fresh.id, sitting_id=sitting.id)
        self._push(PlacePerson(self.desk.circles, old, new, words, self._refused, is_nudge=is_nudge))

    def _on_person_moved(self, person_id: str, felt: float, angle: float) -> None:
        standing = self._standing(person_id)
        if standing is not None and standing.now is not None:
            words = _("Move {name}").format(name=standing.person.name)
            self._place(replace(standing.now, felt=felt, angle=angle), words, is_nudge=not self.canvas.is_dropping)

    def _on_ring_chosen(self, person_id: str, ring: int) -> None:
        standing = self._standing(person_id)
        if standing is not None and standing.now is not None:
            words = _("Move {name}").format(name=standing.person.name)
            self._place(replace(standing.now, felt=middle_of(Ring(ring))), words)

    def _on_wanted_chosen(self, person_id: str, ring: int) -> None:
        standing = self._standing(person_id)
        if standing is not None and standing.now is not None:
            desired = None if ring < 0 else OUTSIDE if ring == Ring.OUTSIDE else middle_of(Ring(ring))
            words = _("Closeness wanted with {name}").format(name=standing.person.name)
            self._place(replace(standing.now, desired=desired), words)

    def _on_person_edited(self, person: Person) -> None:
        standing = self._standing(person.id)
        if standing is not None and person != standing.person:
            self._push(ChangePerson(self.desk.circles, standing.person, person, self._refused))

    def _on_placement_edited(self, placement: Placement) -> None:
        standing = self._standing(placement.person_id)
        if standing is not None:
            self._place(placement, _("Change {name}").format(name=standing.person.name), is_nudge=self.panel.is_typing)

    def _on_clients_asked(self) -> None:
        self.frame.show_tab("clients")

    def _on_placed_at(self, felt: float, angle: float) -> None:
        self._wanted_place = felt, angle
        self.ask_for_someone()

    def _on_added(self) -> None:
        text, place = self.add_field.take(), self._wanted_place
        self._wanted_place = None
        self.add_person(text, *(place or (None, None)))

    def _emptiest_angle(self) -> float:
        """Return the middle of the widest gap between the people there are."""
        angles = sorted(each.now.angle % 360.0 for each in self._standings if each.now)
        if not angles:
            return 45.0
        gaps = [(after - angle) % 360.0 or 360.0 for angle, after in zip(angles, angles[1:] + angles[:1], strict=True)]
        widest = max(range(len(gaps)), key=gaps.__getitem__)
        return (angles[widest] + gaps[widest] / 2) % 360.0

    # -- Page ------------------------------------------------------------------------------------------------------

    def flush(self) -> bool:
        """Keep what is typed in the panel and in the inventory; False where that failed."""
        self.panel.flush()
        return self.entry.flush()

    def forget(self) -> None:
        """Let go of everyone."""
        self._leave_undo()
        self._client_id = self._course_id = None
        self._client_label = self._selected_id = ""
        self._standings = []
        self.add_field.take()
        self.changes.forget()
        self.entry.forget()
        self._show()

    def menus(self) -> dict[str, Sequence[QAction]]:
        """Return the verbs of the Circle menu."""
        verbs = (
            ("circle_menu_add", _("Add a person…"), self.ask_for_someone),
            ("circle_menu_rename", _("Rename"), lambda: self.table.rename(self._selected_id)),
            ("circle_menu_remove", _("Remove from the circle"), lambda: self.remove_person(self._selected_id)),
        )
        actions = []
        for name, words, verb in verbs:
            action = QAction(words, self)
            action.setObjectName(name)
            action.triggered.connect(verb)
            actions.append(action)
        return {"Circle": actions}
