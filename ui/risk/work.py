"""What is done with risk entries: begun, changed, asked again, reviewed, removed; each a step that can be undone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from ipt_desktop.domain.records import Client
from ipt_desktop.domain.risk import asked_again, in_order, last_found, levels
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry, RiskKind
from ipt_desktop.domain.text import _
from ipt_desktop.services.autosave import Keeping
from ui.clients.work import Work
from ui.risk.commands import AddRisk, ChangeRisk, RemoveRisk, ReviewRisk
from ui.verb import Verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipt_desktop.domain.records import Course
    from ui.risk.opening import WayBack
    from ui.risk.panel import RiskPanel


class RiskWork(Work):
    """The verbs of risk with their panel. `plan_asked`: the safety plan is wanted."""

    plan_asked = Signal()

    _way_back: WayBack | None = None

    @cached_property
    def panel(self) -> RiskPanel:
        """The panel; most days do without it."""
        from ui.risk.panel import RiskPanel

        panel = RiskPanel(self.columns.right)
        panel.left.connect(self._on_left)
        panel.form.begun.connect(self._on_begun)
        panel.form.kept.connect(self._on_kept)
        panel.again_asked.connect(self.ask_again)
        panel.review_asked.connect(self._on_review_asked)
        panel.remove_asked.connect(self.remove)
        panel.plan_asked.connect(self.plan_asked)
        panel.form.note_asked.connect(self.go_to_note)
        self.frame.changes.changed.connect(self._on_changed)
        self.columns.right.addWidget(panel)
        return panel

    @property
    def _has_panel(self) -> bool:
        return "panel" in self.__dict__

    # -- what it shows ---------------------------------------------------------------------------------------------

    def open_risk(self, entry_id: str | None = None, way_back: WayBack | None = None) -> bool:
        """Come to the front with the entries of the client chosen; False without one, or where text could not be kept.

        `way_back`: the note this was asked for in, to which it leads back.
        """
        if not self.come() or self.client is None or not self.is_kept():
            return False
        if self.panel.form.is_new:
            self.panel.form.forget()
        self._take_way_back(way_back)
        self.refresh(entry_id or "")
        self.panel_asked.emit(self.panel)
        self.panel.begin()
        return True

    def begin_entry(self, kind: RiskKind, why: str) -> bool:
        """Come to the front with a new entry of a kind, whether it was asked still open; `why` stands beside it."""
        if not self.open_risk():
            return False
        self.panel.ask_about(kind, why)
        return True

    def refresh(self, chosen_id: str = "") -> None:
        """Show the entries as they are stored."""
        if self.client is None:
            return
        entries = self.desk.risk.entries(self.client.id)
        still_open = frozenset(each.entry.id for each in levels(entries) if each.is_open)
        self.panel.show_entries(entries, still_open, chosen_id)

    def show_client(self, client: Client | None, courses: Sequence[Course]) -> None:
        """Take the client chosen; what is shown of another one goes."""
        is_other = self.client is not None and (client is None or client.id != self.client.id)
        super().show_client(client, courses)
        if is_other and self._has_panel:
            self._take_way_back(None)
            self.panel.clear()

    def is_kept(self) -> bool:
        """Keep what is typed; False where the store refused some of it."""
        if not self._has_panel:
            return True
        self.panel.form.keep()
        return not self.panel.form.is_waiting

    def forget(self) -> None:
        """Let go of every word."""
        self.show_client(None, ())
        if self._has_panel:
            self.panel.clear()

    # -- the verbs -------------------------------------------------------------------------------------------------

    def ask_again(self, entry_id: str) -> None:
        """Make an entry of today that repeats what an earlier one stands for."""
        if self.client is None or not self.is_kept():
            return
        entries = in_order(self.desk.risk.entries(self.client.id))
        place = next((place for place, each in enumerate(entries) if each.id == entry_id), None)
        if place is None:
            return
        entry = entries[place]
        found = last_found((each.on, each.asked, each.words) for each in entries[place:] if each.kind is entry.kind)
        self._add(asked_again(entry, found, date.today(), course_id=self.frame.course_id))

    def remove(self, entry_id: str) -> None:
        """Take an entry out; a bar offers it back until the next step."""
        if not entry_id or not self.is_kept():
            return
        if self._do(RemoveRisk(self.desk.risk, self.desk.risk.entry(entry_id), self.refused.emit)):
            undo = ("undo_remove_risk", _("Undo"), self.frame.undo_stack().undo)
            self.say(_("The risk entry was removed"), "", (undo,))

    def _on_begun(self, on: date, kind: RiskKind, asked: RiskAsked) -> None:
        if self.client is not None:
            entry = RiskEntry(client_id=self.client.id, course_id=self.frame.course_id, on=on, kind=kind, asked=asked)
            self._add(entry)
            if self.panel.form.entry_id == entry.id:
                self.panel.form.go_on()

    def _add(self, entry: RiskEntry) -> None:
        self._do(AddRisk(self.desk.risk, entry, self.refused.emit), entry.id)

    def _on_kept(self, fields: dict[str, Any], visit: int) -> None:
        entry_id = self.panel.form.entry_id
        entry = self.desk.risk.entry(entry_id)
        before = {key: getattr(entry, key) for key in fields}
        self._do(ChangeRisk(self.desk.risk, entry_id, before, fields, self.refused.emit, visit=visit))

    def _on_review_asked(self, entry_id: str, is_reviewed: bool) -> None:
        if self.is_kept():
            entry, today = self.desk.risk.entry(entry_id), date.today()
            self._do(ReviewRisk(self.desk.risk, entry, today if is_reviewed else None, self.refused.emit))

    def _do(self, verb: Verb, chosen_id: str = "") -> bool:
        """Do a step, say whether it is kept, and show what came of it."""
        is_done = self.push(verb)
        state, at = (Keeping.SAVED, datetime.now(UTC)) if is_done else (Keeping.FAILED, None)
        self.frame.show_save_state(state, at, "" if is_done else _("your words are kept on screen"))
        if is_done:
            self.refresh(chosen_id)
        return is_done

    def go_to_note(self, entry_id: str) -> None:
        """Go to the note that an entry stands in; to where one was, if one came from there."""
        entry = self.desk.risk.entry(entry_id)
        if entry.session_id is None or not self.is_kept():
            return
        if self._way_back is not None and self._way_back.session_id == entry.session_id:
            self._on_left()
            return
        page = self.frame.page("sessions")
        is_there = self.frame.course_id == entry.course_id or self.frame.choose_client(entry.client_id, entry.course_id)
        if page is not None and is_there and self.frame.show_tab("sessions"):
            page.go_to_session(entry.session_id)

    def _take_way_back(self, way_back: WayBack | None) -> None:
        self._way_back = way_back
        self.panel.offer_way_back(way_back is not None)

    def _on_left(self) -> None:
        if self.is_kept():
            way_back = self._way_back
            self._take_way_back(None)
            self.panel_left.emit()
            if way_back is not None:
                way_back.go()

    def _on_changed(self, change: Any) -> None:
        """Follow what is stored elsewhere: a note, a step undone."""
        if self.client is not None and change.touches("risk_entry") and self.columns.right.currentWidget() is self.panel:
            self.refresh()
