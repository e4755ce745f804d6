"""The risk entries of a client beside the table: all of them on a line, and one to write in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.risk import KIND_WORDS, day_of, entry_words, in_order, is_of_note, last_found
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry, RiskKind
from ipt_desktop.domain.text import _
from ui import theme
from ui.clients.side_panel import SidePanel
from ui.risk.form import RiskForm
from ui.risk.timeline import EntryLine, RiskTimeline
from ui.widgets.buttons import link, outlined
from ui.widgets.card import hairline
from ui.widgets.chips import FlowLayout
from ui.widgets.labels import HintLabel, label


class RiskPanel(SidePanel):
    """It changes nothing itself: each signal is a wish about the entry in the form, by its id."""

    review_asked = Signal(str, bool)
    remove_asked = Signal(str)
    again_asked = Signal(str)
    plan_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, name="risk_panel", title=_("Risk"))
        self._entries: list[RiskEntry] = []
        self._open: frozenset[str] = frozenset()
        self.say_under(_("Nothing written here is sent to anyone. If someone is to be told, you tell them."))
        self._build_verbs()
        self.timeline = RiskTimeline(self.sheet)
        self.body.addWidget(self.timeline)
        self._hint = HintLabel("", self.sheet, name="risk_timeline_hint")
        self.body.addWidget(self._hint)
        self._rule = hairline(self.sheet)
        self.body.addWidget(self._rule)
        self._build_review()
        self.form = RiskForm(self.sheet)
        self.body.addWidget(self.form)
        self._remove = link(_("Remove this entry"), self.sheet, name="remove_risk", icon="trash-2")
        self.body.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self._connect()

    def _build_verbs(self) -> None:
        verbs = FlowLayout(gap=8)
        self.new = outlined(_("New entry"), self.sheet, name="new_risk", icon="plus", spoken=_("New entry about risk"))
        self.plan = link(_("Safety plan"), self.sheet, name="risk_plan", icon="file-text")
        self.done = link(_("Done"), self.sheet, name="risk_done", spoken=_("Done: back to the client’s file"))
        for each in (self.new, self.plan, self.done):
            verbs.addWidget(each)
        self.body.addLayout(verbs)

    def _build_review(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._when = label("", self.sheet, kind="strong", name="risk_when", wraps=True)
        self.review = outlined(_("Reviewed today"), self.sheet, name="review_risk")
        self.unreview = link(_("Review again"), self.sheet, name="unreview_risk")
        row.addWidget(self._when, 1)
        row.addWidget(self.review, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.unreview, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def _connect(self) -> None:
        self.new.clicked.connect(self.ask_for_new)
        self.plan.clicked.connect(self.plan_asked)
        self.done.clicked.connect(self.left)
        self.timeline.chosen.connect(self._on_chosen)
        self.timeline.again_asked.connect(self.again_asked)
        self.timeline.asking.connect(self._show_hint)
        self.review.clicked.connect(self._on_review)
        self.unreview.clicked.connect(self._on_unreview)
        self._remove.clicked.connect(self._on_remove)

    def offer_way_back(self, is_offered: bool) -> None:
        """Say where *Done* leads: back to the note it was come from, else to the client's file."""
        self.done.setText(_("Back to the note") if is_offered else _("Done"))
        self.done.setAccessibleName(_("Done: back to the note") if is_offered else _("Done: back to the client’s file"))

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_entries(self, entries: Sequence[RiskEntry], open_ids: frozenset[str], chosen_id: str = "") -> None:
        """Show a client's entries; `chosen_id` is the one to write in, else it stays, or is the latest."""
        self._entries, self._open = in_order(entries), open_ids
        known = [each.id for each in self._entries]
        offered = (chosen_id,) if self.form.is_new else (chosen_id, self.form.entry_id, *known[:1])
        wanted = next((each for each in offered if each in known), "")
        today = date.today()
        self.timeline.show_lines([self._line(place, today) for place in range(len(self._entries))], wanted)
        self._show_hint(False)
        entry = next((each for each in self._entries if each.id == wanted), None)
        if entry is not None:
            self.form.show_entry(entry)
        elif self.form.entry_id or self.form.isHidden():
            self.form.ask_for_new()
        self._show_review(entry)

    def _line(self, place: int, today: date) -> EntryLine:
        entry = self._entries[place]
        found = last_found((each.on, each.asked, each.words) for each in self._entries[place:] if each.kind is entry.kind)
        state = _("to review") if entry.id in self._open else ""
        if entry.reviewed_on is not None:
            state = _("reviewed {day}").format(day=day_of(entry.reviewed_on, today))
        told = _("told: {whom}").format(whom=entry.told) if entry.told else ""
        how = _("unchanged") if entry.asked is RiskAsked.UNCHANGED else ""
        parts = (day_of(entry.on, today), how, _(KIND_WORDS[entry.kind]).lower(), state, told)
        detail = " · ".join(part for part in parts if part)
        is_found = found is not None and not found.is_none
        words = entry_words(entry, found)
        return EntryLine(entry.id, words, detail, entry.id in self._open, is_found)

    def _show_hint(self, is_asking: bool) -> None:
        words = _("U, then Enter: asked again today, unchanged.") if self._entries else _("Nothing has been asked yet.")
        self._hint.setText(_("Asked again today, unchanged? Enter keeps it, Esc does not.") if is_asking else words)
        theme.restyle(self._hint, tone="caution" if is_asking else "text_soft")

    def _show_review(self, entry: RiskEntry | None) -> None:
        words = ""
        if entry is not None and entry.reviewed_on is not None:
            words = _("Reviewed on {day}").format(day=long_date(entry.reviewed_on))
        elif entry is not None:
            words = _("To review") if entry.id in self._open else long_date(entry.on)
        self._when.setText(words or _("New entry"))
        self.review.setVisible(entry is not None and entry.reviewed_on is None)
        self.unreview.setVisible(entry is not None and entry.reviewed_on is not None)
        self._remove.setVisible(entry is not None and not is_of_note(entry))

    def ask_for_new(self) -> None:
        """Begin an entry outside a session: a telephone call, something read."""
        self.form.keep()
        if self.form.is_waiting:
            return
        self.form.ask_for_new()
        self._show_review(None)
        self.form.kind.findChildren(QWidget)[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.bring_into_sight(self.form.kind)

    def ask_about(self, kind: RiskKind, why: str) -> None:
        """Begin an entry of a kind; what it follows (`why`) is said, and whether it was asked comes next."""
        self.ask_for_new()
        if not self.form.is_waiting:
            self.form.ask_about(kind, why)
            self.bring_into_sight(self.form.asked)

    def begin(self) -> None:
        """Give the keyboard to the entries, or to a new one where there is none."""
        self.show_top()
        first = self.timeline if self._entries else self.form.kind.findChildren(QWidget)[0]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what its parts tell ---------------------------------------------------------------------------------------

    def _on_chosen(self, entry_id: str) -> None:
        self.form.keep()
        if self.form.is_waiting:
            return
        entry = next((each for each in self._entries if each.id == entry_id), None)
        if entry is not None:
            self.form.show_entry(entry)
        self._show_review(entry)

    def _on_review(self) -> None:
        self.review_asked.emit(self.form.entry_id, True)

    def _on_unreview(self) -> None:
        self.review_asked.emit(self.form.entry_id, False)

    def _on_remove(self) -> None:
        self.remove_asked.emit(self.form.entry_id)

    def clear(self) -> None:
        """Let go of every word."""
        self._entries, self._open = [], frozenset()
        self.timeline.forget()
        self.form.forget()
        self._show_review(None)
