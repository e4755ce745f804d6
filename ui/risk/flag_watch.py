"""Watches for flagged answers of the client chosen, and asks about them: never while the client has the screen."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from ipt_desktop.domain.dates import day_words, short_date
from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.risk import asked_again, in_order, last_found
from ipt_desktop.domain.session_records import RiskKind
from ipt_desktop.domain.text import _, ngettext
from ui.companions import Companion
from ui.risk.commands import AddRisk
from ui.risk.opening import record_risk

if TYPE_CHECKING:
    from ipt_desktop.domain.measured import Measured
    from ipt_desktop.domain.risk import Found
    from ipt_desktop.domain.session_records import RiskEntry
    from ipt_desktop.services.changes import Changed
    from ipt_desktop.services.desk import Desk
    from ui.main_window import MainWindow
    from ui.risk.safety_bar import SafetyBar
    from ui.workspace import Workspace

KINDS = ("measure_result", "risk_entry", "client")


class FlagWatch(Companion):
    """Shows its bar as long as a flagged answer of the client chosen waits; chosen again, the client brings it back."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(desk, window)
        self._is_brought = False
        self._client_id = ""
        workspace = window.workspace
        assert workspace is not None  # noqa: S101 - made for an open practice
        self._workspace: Workspace = workspace
        workspace.changes.changed.connect(self._on_changed)
        workspace.undo_group.activeStackChanged.connect(self.refresh)  # each client has an own one
        workspace.room.turned.connect(self._on_room_turned)
        self._action: QAction | None = None
        with suppress(KeyError):
            self._action = window.menus.action("ask_about_answer")
            self._action.triggered.connect(self.bring)
        self.refresh()

    @property
    def _bar(self) -> SafetyBar:
        return self._workspace.bars.safety_bar

    def _has_bar(self) -> bool:
        return "safety_bar" in vars(self._workspace.bars)

    def waiting(self) -> list[Measured]:
        """Return the results that wait, the earliest first."""
        client_id = self._workspace.client_id
        try:
            return self.desk.measures.unasked(client_id) if client_id else []
        except PracticeError:
            return []

    def refresh(self) -> None:
        """Say what waits now; nothing where nothing does."""
        waiting = self.waiting()
        if self._action is not None:
            self._action.setEnabled(bool(waiting))
        if self._client_id != (self._workspace.client_id or ""):
            self._client_id, self._is_brought = self._workspace.client_id or "", False
        if not waiting:
            self._is_brought = False
            if self._has_bar():
                self._bar.clear()
            return
        if not self._has_bar():
            self._bar.record_asked.connect(self._on_record)
            self._bar.unchanged_asked.connect(self._on_unchanged)
        if self._workspace.is_in_room and not self._is_brought:
            self._bar.tell_nothing(self._key)
        else:
            self._bar.tell(flag_words(waiting), self._unchanged_words())

    @property
    def _key(self) -> str:
        native = QKeySequence.SequenceFormat.NativeText
        return self._action.shortcut().toString(native) if self._action is not None else ""

    def bring(self) -> None:
        """Show what waits and give it the keyboard; in the room, asked for once more, hide it again."""
        if not self.waiting():
            return
        self._is_brought = not (self._is_brought and self._workspace.is_in_room)
        self.refresh()
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Give the keyboard to the bar, where there is one."""
        self.refresh()
        if self._has_bar() and self._bar.isVisible():
            self._bar.setFocus(Qt.FocusReason.OtherFocusReason)

    def _latest(self) -> tuple[RiskEntry, Found] | None:
        client_id = self._workspace.client_id
        entries = in_order(self.desk.risk.entries(client_id)) if client_id else []
        own = [each for each in entries if each.kind is RiskKind.SUICIDE]
        found = last_found((each.on, each.asked, each.words) for each in own)
        return (own[0], found) if own and found is not None else None

    def _unchanged_words(self) -> str:
        latest = self._latest()
        return _("{found}, {day}").format(found=latest[1].told, day=short_date(latest[1].on)) if latest else ""

    def _on_unchanged(self) -> None:
        """Note that it was asked today and is unchanged, as a step that can be undone."""
        latest = self._latest()
        if latest is not None:
            entry = asked_again(latest[0], latest[1], date.today(), course_id=self._workspace.course_id)
            self._workspace.undo_stack().push(AddRisk(self.desk.risk, entry, self._refused))

    def _refused(self, reason: str) -> None:
        self._workspace.say(_("Not done"), reason, tone="caution")

    def _on_record(self) -> None:
        waiting = self.waiting()
        if waiting:
            record_risk(self._workspace, RiskKind.SUICIDE, flag_words(waiting))

    def _on_changed(self, changed: Changed) -> None:
        if changed.touches(*KINDS):
            self.refresh()

    def _on_room_turned(self) -> None:
        self._is_brought = False
        self.refresh()

    def leave(self) -> None:
        """End, without a word left."""
        self._workspace.changes.changed.disconnect(self._on_changed)
        self._workspace.undo_group.activeStackChanged.disconnect(self.refresh)
        self._workspace.room.turned.disconnect(self._on_room_turned)
        super().leave()


def flag_words(waiting: list[Measured]) -> str:
    """Say the latest of these results: which measure, of which day, and what was answered."""
    latest = waiting[-1]
    day = day_words(latest.result.on, has_year=latest.result.on.year != date.today().year)
    parts = []
    for flag in latest.safety_flags:
        value = latest.result.answers.get(str(flag.item))
        item = next((each for each in latest.measure.items if each.number == flag.item), None)
        options = latest.measure.options_of(item) if item is not None else ()
        label = next((each.label for each in options if each.value == value), "")
        answered = ", ".join(each for each in (f"{value:g}" if value is not None else "", label) if each)
        words = _("item {number}, {what}: {answer}") if answered else _("item {number}, {what}")
        parts.append(words.format(number=flag.item, what=flag.what, answer=answered))
    said = _("{measure} of {day}, {items}.").format(measure=latest.measure.name, day=day, items="; ".join(parts))
    others = len(waiting) - 1
    if others:
        more = ngettext("One more result waits too.", "{count} more results wait too.", others)
        said = f"{said} {more.format(count=others)}"
    return said
